// Random loops over wide integers against the same steps on bigint: variables, stored fields, entries of maps, arrays and
// structs that keep values while the variables go on changing.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compileContracts } from "../../harness/compiler.js";
import { ALICE, type Deployed, deploy, readArtifact } from "../fixtures/deployed.js";

const METHODS = 60;
const STATEMENTS = 14;
const TURNS = 4;
const VARIABLES = ["a", "b", "c", "t"] as const;

/** What a program changes. `kept` is the list that the method gives back. */
interface State {
  vars: Record<string, bigint>;
  total: bigint;
  small: bigint;
  entries: Map<bigint, bigint>;
  box: bigint;
  kept: bigint[];
}

interface Statement {
  readonly text: string;
  run(state: State, turn: bigint): void;
}

const MODULUS = 1_000_003n;

/** A value: a text and what it is. All stay far below 2^256, and those of `small` below 2^127. */
function expression(random: () => number, depth = 0): { text: string; value: (s: State, turn: bigint) => bigint } {
  const variable = VARIABLES[Math.floor(random() * VARIABLES.length)] as string;
  const kind = Math.floor(random() * (depth > 1 ? 5 : 11));
  if (kind < 2) return { text: variable, value: (s) => s.vars[variable] as bigint };
  if (kind === 2) return { text: "u256.from(i)", value: (_, turn) => turn };
  if (kind === 3) return { text: "this.total", value: (s) => s.total };
  if (kind === 4) return { text: "u256.from(this.small)", value: (s) => s.small };
  const [x, y] = [expression(random, depth + 1), expression(random, depth + 1)];
  if (kind === 5) return { text: `(${x.text} + ${y.text})`, value: (s, i) => x.value(s, i) + y.value(s, i) };
  if (kind === 6)
    return { text: `(${x.text} * ${y.text} % MODULUS)`, value: (s, i) => (x.value(s, i) * y.value(s, i)) % MODULUS };
  if (kind === 7)
    return {
      text: `(${x.text} > ${y.text} ? ${x.text} : ${y.text})`,
      value: (s, i) => (x.value(s, i) > y.value(s, i) ? x.value(s, i) : y.value(s, i)),
    };
  if (kind === 8) return { text: `same(${x.text})`, value: x.value };
  if (kind === 9) return { text: "this.entries.get(1)", value: (s) => s.entries.get(1n) ?? 0n };
  return { text: `pick(${x.text}, ${y.text})`, value: y.value };
}

function statement(random: () => number): Statement {
  const variable = VARIABLES[Math.floor(random() * VARIABLES.length)] as string;
  const other = VARIABLES[Math.floor(random() * VARIABLES.length)] as string;
  const { text, value } = expression(random);
  const choices: Statement[] = [
    {
      text: `${variable} = ${text} % MODULUS;`,
      run: (s, i) => {
        s.vars[variable] = value(s, i) % MODULUS;
      },
    },
    {
      text: `${variable} = ${other};`,
      run: (s) => {
        s.vars[variable] = s.vars[other] as bigint;
      },
    },
    {
      text: `${variable} += ${text};`,
      run: (s, i) => {
        s.vars[variable] = (s.vars[variable] as bigint) + value(s, i);
      },
    },
    {
      text: `${variable}++;`,
      run: (s) => {
        s.vars[variable] = (s.vars[variable] as bigint) + 1n;
      },
    },
    {
      text: `${variable} = ${other}++;`,
      run: (s) => {
        const old = s.vars[other] as bigint;
        s.vars[other] = old + 1n;
        s.vars[variable] = old;
      },
    },
    { text: `list.push(${text});`, run: (s, i) => void s.kept.push(value(s, i)) },
    {
      text: `{ const k = ${text}; list.push(k); ${variable} = k; }`,
      run: (s, i) => {
        const k = value(s, i);
        s.kept.push(k);
        s.vars[variable] = k;
      },
    },
    {
      text: `this.total = ${text} % MODULUS;`,
      run: (s, i) => {
        s.total = value(s, i) % MODULUS;
      },
    },
    {
      text: `this.total += ${variable};`,
      run: (s) => {
        s.total += s.vars[variable] as bigint;
      },
    },
    {
      text: `this.total = ${variable};`,
      run: (s) => {
        s.total = s.vars[variable] as bigint;
      },
    },
    {
      text: `${variable} = this.total;`,
      run: (s) => {
        s.vars[variable] = s.total;
      },
    },
    {
      text: `this.small = u128.from(${text} % MODULUS);`,
      run: (s, i) => {
        s.small = value(s, i) % MODULUS;
      },
    },
    { text: `this.entries.set(1, ${text});`, run: (s, i) => void s.entries.set(1n, value(s, i)) },
    {
      text: `box.value = ${text};`,
      run: (s, i) => {
        s.box = value(s, i);
      },
    },
    {
      text: `${variable} = box.value;`,
      run: (s) => {
        s.vars[variable] = s.box;
      },
    },
    {
      text: `box.value += ${variable};`,
      run: (s) => {
        s.box += s.vars[variable] as bigint;
      },
    },
  ];
  return choices[Math.floor(random() * choices.length)] as Statement;
}

const programs = Array.from({ length: METHODS }, (_, index) => {
  const random = generator(index + 1);
  return Array.from({ length: STATEMENTS }, () => statement(random));
});

const CONTRACT = `import { contract, execute, type StorageMap, struct, u128, u256 } from "qwvm/sdk-as";
const MODULUS = u256.from(${MODULUS});
@struct class Box { value: u256; }
function same(value: u256): u256 { return value; }
function pick(first: u256, second: u256): u256 { first += second; return second; }
@contract export class Fuzz {
  total: u256;
  small: u128;
  entries: StorageMap<u64, u256>;
${programs
  .map(
    (program, index) => `  @execute run${index}(): Array<u256> {
    this.total = u256.zero; this.small = u128.zero; this.entries.set(1, u256.zero);
    const list: Array<u256> = [];
    const box = new Box();
    let a = u256.from(1), b = u256.from(2), c = u256.from(3), t = u256.zero;
    for (let i = 0; i < ${TURNS}; i++) {
      ${program.map(({ text }) => text).join("\n      ")}
    }
    list.push(a); list.push(b); list.push(c); list.push(t); list.push(this.total); list.push(box.value);
    return list;
  }`,
  )
  .join("\n")}
}
`;

let root: string;
let fuzz: Deployed;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "qwvm-fuzz-"));
  mkdirSync(join(root, "contracts"));
  writeFileSync(join(root, "contracts", "fuzz.ts"), CONTRACT);
  const result = await compileContracts({ root });
  expect(result.diagnostics).toEqual([]);
  fuzz = deploy(readArtifact(result.contracts[0] as never));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test.each(programs.map((program, index) => [index, program] as const))("program %i", (index, program) => {
  const state: State = {
    vars: { a: 1n, b: 2n, c: 3n, t: 0n },
    total: 0n,
    small: 0n,
    entries: new Map(),
    box: 0n,
    kept: [],
  };
  for (let turn = 0; turn < TURNS; turn++) for (const { run } of program) run(state, BigInt(turn));
  const { vars, kept, total, box } = state;
  const expected = [...kept, vars["a"], vars["b"], vars["c"], vars["t"], total, box];
  const receipt = fuzz.chain.send({
    from: ALICE,
    value: 0n,
    gasLimit: 1e9,
    kind: "execute",
    to: fuzz.to,
    method: `run${index}`,
    args: new Uint8Array(),
  });
  expect(receipt.failure).toBeUndefined();
  expect(readArray(receipt.result)).toEqual(expected);
});

function readArray(bytes: Uint8Array): bigint[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return Array.from({ length: view.getUint32(0, true) }, (_, i) => {
    let value = 0n;
    for (let at = 24; at >= 0; at -= 8) value = (value << 64n) | view.getBigUint64(4 + i * 32 + at, true);
    return value;
  });
}

/** mulberry32: the same programs in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
