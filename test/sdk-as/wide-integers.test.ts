// u128, u256, i128 and i256 against BigInt: every operation, on random numbers and on edges, a million cases in all.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SdkModule } from "../fixtures/sdk-module.js";
import {
  compileWide,
  edgeValues,
  generator,
  get,
  least,
  most,
  OPERATIONS,
  outcomeOf,
  pick,
  put,
  runCases,
  WIDE_TYPES,
} from "./wide-cases.js";

const LEAST_CASES = 1_000_000;
const CASES_PER_OPERATION = 6_500;
let cases = 0;

afterAll(() => expect(cases).toBeGreaterThan(LEAST_CASES));

describe.each(WIDE_TYPES)("%s", (type) => {
  let start: () => SdkModule;
  beforeAll(async () => {
    start = await compileWide(type);
  });

  test.each([...Object.keys(OPERATIONS), ...(type.startsWith("u") ? ["sqrt"] : [])])(
    "%s agrees with BigInt",
    (name) => {
      const result = runCases(start, type, name, CASES_PER_OPERATION);
      cases += result.cases;
      expect(result.differences).toEqual([]);
    },
  );

  test("constants", () => {
    const module = start();
    const constants = [0, 1, 2, 3].map((i) => get(module, Number(module.exports["constant"]?.(i)), type));
    expect(constants).toEqual([0n, 1n, least(type), most(type)]);
  });

  test("is printed as BigInt prints it", () => {
    const random = generator(8);
    const module = start();
    const powers = Array.from({ length: 78 }, (_, i) => 10n ** BigInt(i)).flatMap((power) => [power, power - 1n]);
    const values = [...edgeValues(type), ...powers, ...Array.from({ length: 500 }, () => pick(random, type))];
    for (const value of values.filter((candidate) => candidate <= most(type))) {
      expect(textAt(module, Number(module.exports["printed"]?.(put(module, value, type))))).toBe(String(value));
    }
  });

  test("reads digits and nothing else", () => {
    const module = start();
    const parse = (text: string) =>
      outcomeOf(() => get(module, Number(module.exports["parsed"]?.(putText(module, text))), type));
    const isSigned = type.startsWith("i");
    expect(parse("0")).toBe(0n);
    expect(parse("000000000000000000000000000000000000000000000000000000000000000000000000000000000000042")).toBe(42n);
    expect(parse(String(most(type)))).toBe(most(type));
    expect(parse(String(most(type) + 1n))).toBe("code 4");
    expect(parse(`${most(type)}0`)).toBe("code 4");
    expect(parse(String(least(type)))).toBe(least(type));
    expect(parse("-5")).toBe(isSigned ? -5n : "code 12");
    expect(parse("-0")).toBe(isSigned ? 0n : "code 12");
    if (isSigned) expect(parse(String(least(type) - 1n))).toBe("code 4");
    for (const text of ["", "-", "--1", "+1", "12x", " 1", "1 ", "0x10", "1.0", "１"])
      expect(parse(text)).toBe("code 12");
  });
});

function textAt(module: SdkModule, at: number): string {
  const length = new DataView(module.read(at - 4, 4).buffer).getUint32(0, true);
  return new TextDecoder("utf-16le").decode(module.read(at, length));
}

function putText(module: SdkModule, text: string): number {
  const at = Number(module.exports["newText"]?.(text.length));
  module.overwrite(at, new Uint8Array(Uint16Array.from(text, (character) => character.charCodeAt(0)).buffer));
  return at;
}
