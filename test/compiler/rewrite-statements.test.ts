// `require`, `revert` and `throw` in every statement's place, against the same text run as JavaScript: random programs of
// if, else, for, while, do and switch without braces, with and without semicolons, with comments and line ends in between.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ts } from "ts-morph";
import { afterAll, beforeAll, expect, test } from "vitest";
import { codeOf } from "../../harness/compiler/error-code.js";
import { compileContracts } from "../../harness/compiler.js";
import { type Deployed, deploy, readArtifact } from "../fixtures/deployed.js";

const METHODS = 50;
const INPUTS = 16;

type Random = (below: number) => number;

/** A linear congruential generator, with the constants of Numerical Recipes. */
function generator(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

let numbers = 0;

/** Something that ends the call, perhaps: never a block. */
function ending(random: Random): string {
  const bit = `bit(c, ${random(4)})`;
  const error = `new Stop(${++numbers})`;
  const gap = ["", " ", " /* if (a) { */ ", "\n      // } else {\n      "][random(4)];
  const end = [";", "\n", " ;"][random(3)];
  switch (random(6)) {
    case 0:
      return `require(${gap}${bit},${gap}${error}${gap})${end}`;
    case 1:
      return `require(${bit} ||${gap}${bit},${gap}"text ${++numbers}"${gap})${end}`;
    case 2:
      return `require(${bit}, ${error},)${end}`;
    case 3:
      return `if (${bit}) revert(${gap}${error})${end}`;
    case 4:
      return `if (!${bit}) throw ${error}${end}`;
    default:
      return `if (${bit})${gap}require(!${bit}, "text ${++numbers}")${end} else t += ${random(90)}${end}`;
  }
}

function statement(random: Random, depth: number): string {
  if (depth > 3) return random(2) === 0 ? `t += ${random(90)};` : ending(random);
  const one = () => statement(random, depth + 1);
  const bit = `bit(c, ${random(4)})`;
  const name = `i${depth}`;
  switch (random(11)) {
    case 0:
      return `t += ${random(90)};`;
    case 1:
      return `if (${bit}) ${one()}\n`;
    case 2:
    case 3:
    case 4:
      return `if (${bit}) ${one()} else ${one()}\n`;
    case 5:
      return `for (let ${name}: u32 = 0; ${name} < 2; ${name}++) ${one()}\n`;
    case 6:
      return `{ let ${name}: u32 = 0; while (${name}++ < 2) ${one()}\n }`;
    case 7:
      return `{ let ${name}: u32 = 0; do ${one()}\n while (++${name} < 2); }`;
    case 8:
      return `switch (c & 3) { case 0: ${one()}\n break; case 1: ${one()}\n default: ${one()}\n }`;
    default:
      return ending(random);
  }
}

const programs = Array.from({ length: METHODS }, (_, index) => {
  const random = generator(index + 1);
  const text = Array.from({ length: 3 }, () => statement(random, 0)).join("\n");
  // An `if` whose branch is an `if` of its own takes the next `else`: JavaScript reads the same text.
  return `let t: u32 = 0;\n${text}\nreturn t;`;
});

const CONTRACT = `import { contract, error, execute, require as demand, require, revert } from "qwvm/sdk-as";
@error class Stop { constructor(public at: u32) {} }
function bit(c: u32, at: u32): bool { return ((c >> at) & 1) == 1; }
function check(list: u32[]): void { list.forEach((x: u32) => require(x < 3, new Stop(x))); }
@contract export class Rewritten {
${programs.map((program, index) => `  @execute run${index}(c: u32): u32 {\n${program}\n  }`).join("\n")}
  made: u32;
  private make(): u32 { this.made += 1; return this.made; }
  @execute lazily(ok: bool): u32 { demand(ok, new Stop(this.make())); return this.made; }
  @execute inArrow(x: u32): u32 { check([1, x]); return 0; }
}
`;

/** What JavaScript makes of a program: the result, or the number or text it stops with. */
function expected(program: string, c: number): string {
  const source = ts.transpileModule(`(function (c: u32) {\n${program}\n})`, {
    compilerOptions: { target: ts.ScriptTarget.ES2022 },
  }).outputText;
  class Stop {
    readonly at: number;
    constructor(at: number) {
      this.at = at;
    }
  }
  const stop = (error: unknown) => {
    throw error;
  };
  const require = (holds: boolean, error: unknown) => (holds ? undefined : stop(error));
  const bit = (value: number, at: number) => ((value >> at) & 1) === 1;
  const run = new Function("Stop", "require", "revert", "bit", `return ${source.slice(source.indexOf("("))}`)(
    Stop,
    require,
    stop,
    bit,
  );
  try {
    return `result ${run(c)}`;
  } catch (error) {
    if (error instanceof Stop) return `stop ${error.at}`;
    if (typeof error === "string") return `text ${codeOf(error)}`;
    throw error;
  }
}

let root: string;
let deployed: Deployed;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "qwvm-rewrite-"));
  mkdirSync(join(root, "contracts"));
  writeFileSync(join(root, "contracts", "rewritten.ts"), CONTRACT);
  const result = await compileContracts({ root });
  expect(result.diagnostics).toEqual([]);
  deployed = deploy(readArtifact(result.contracts[0] as never));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function word(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

function run(method: string, argument: Uint8Array): string {
  const { failure, result } = deployed.execute(method, argument);
  if (failure === undefined) return `result ${new DataView(result.slice().buffer).getUint32(0, true)}`;
  const data = "data" in failure ? (failure.data as Uint8Array) : new Uint8Array();
  if (data.length < 4) return JSON.stringify(failure);
  const view = new DataView(data.slice().buffer);
  const code = view.getUint32(0, true);
  return code === codeOf("Stop") ? `stop ${view.getUint32(4, true)}` : `text ${code}`;
}

test("random programs do what JavaScript does", () => {
  let stopped = 0;
  for (const [index, program] of programs.entries()) {
    for (let c = 0; c < INPUTS; c++) {
      const wanted = expected(program, c);
      if (!wanted.startsWith("result")) stopped++;
      expect(run(`run${index}`, word(c)), `run${index}(${c}):\n${program}`).toBe(wanted);
    }
  }
  // Both ends are tried, by a good part of the programs each.
  expect(stopped).toBeGreaterThan(100);
  expect(stopped).toBeLessThan(METHODS * INPUTS - 100);
});

test("an error is made when it is needed, under another name of require too, and in an arrow function", () => {
  expect(run("lazily", Uint8Array.of(1))).toBe("result 0");
  expect(run("lazily", Uint8Array.of(0))).toBe("stop 1");
  expect(run("inArrow", word(2))).toBe("result 0");
  expect(run("inArrow", word(7))).toBe("stop 7");
});
