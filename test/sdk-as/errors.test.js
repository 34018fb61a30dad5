// The SDK's error numbers and the tools' list of them are one.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { BUILTIN_ERRORS } from "../../harness/core/builtin-errors.js";

test("sdk-as/errors.ts has the numbers of core/builtin-errors.ts", () => {
  const text = readFileSync(new URL("../../sdk-as/errors.ts", import.meta.url), "utf8");
  const found = [...text.matchAll(/export const (\w+): u32 = (\d+);/g)].map(([, name, code]) => [name, Number(code)]);
  expect(found).toEqual(BUILTIN_ERRORS.map(({ name, code }) => [name, code]));
});
