// Fuzzes `build --fix`: words and access that an author forgot are taken out of a generated project, and the fixes applied until
// none is left. Nobody may be able to call what was not decorated before, whatever was fixed; and what then builds does what the
// whole project does in the model.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { applyFixes } from "../../harness/compiler/apply-fixes.js";
import { compileContracts } from "../../harness/compiler.js";
import { Random } from "../hostile/random.js";
import { buildAccepted, callable, newTally } from "./fuzz.js";
import { generateCall, generateProgram, type Sizes } from "./generate-program.js";
import { CONTRACT_FILE, printProgram } from "./print-program.js";
import type { ContractCall, Program } from "./program.js";
import { callees } from "./reduce.js";
import { build, type Difference, Pair } from "./run-program.js";

const SIZES: Sizes = { methods: 8, helpers: 5, functions: 2, statements: 4, probes: false };
const MOST_ROUNDS = 6;

export interface FixFinding {
  readonly seed: number;
  /** What more can be called, or the difference to the model. */
  readonly what: string;
  readonly calls: readonly ContractCall[];
  readonly files: Readonly<Record<string, string>>;
  readonly fixed: Readonly<Record<string, string>>;
}

export interface FixOutcome {
  readonly findings: readonly FixFinding[];
  /** Fixes that were applied. */
  readonly fixes: number;
  /** Whether it builds in the end. */
  readonly builds: boolean;
  readonly calls: number;
}

export async function fuzzFixes(seed: number, callsPerMethod = 10): Promise<FixOutcome> {
  const random = new Random(seed ^ 0xf1f1);
  const none: FixOutcome = { findings: [], fixes: 0, builds: false, calls: 0 };
  const accepted = await buildAccepted(generateProgram(seed, SIZES), seed, newTally(), {});
  if (accepted === undefined) return none;
  const { program } = accepted;
  const { files: whole } = printProgram(program);
  const source = whole[CONTRACT_FILE] as string;
  const files = { ...whole, [CONTRACT_FILE]: damaged(source, program, random) };
  const { fixed, fixes } = await fix(files);
  const finding = (what: string, calls: readonly ContractCall[] = []): FixOutcome => ({
    findings: [{ seed, what, calls, files, fixed }],
    fixes,
    builds: true,
    calls: calls.length,
  });
  const more = openings(fixed[CONTRACT_FILE] as string) - openings(files[CONTRACT_FILE] as string);
  if (more > 0) return finding(`${more} more methods can be called`);
  const built = await build({ files: fixed, owners: {} });
  if (built.artifact === undefined) return { ...none, fixes };
  const opened = opensMore(program, built.artifact.abi);
  if (opened !== undefined) return finding(opened);
  const pair = new Pair(program, built);
  const methods = callable(program);
  const calls: ContractCall[] = [];
  for (let i = 0; i < methods.length * callsPerMethod; i++) {
    const call = generateCall(random.pick(methods), random);
    const outcome = pair.call(call);
    if (outcome === "long") continue;
    calls.push(call);
    if ("what" in outcome) return finding(shownDifference(outcome), calls);
  }
  return { findings: [], fixes, builds: true, calls: calls.length };
}

function shownDifference({ call, what, model, machine }: Difference): string {
  return `${what} of ${call.method}: expected ${model}, found ${machine}`;
}

/** What of the interface the program does not say: a method, another kind, value that is taken. */
function opensMore(program: Program, abi: unknown): string | undefined {
  const { methods } = abi as { methods: readonly { name: string; kind: string; payable?: boolean }[] };
  const known = new Map(callable(program).map((method) => [method.name, method]));
  for (const { name, kind, payable } of methods) {
    if (name === "create") continue;
    const method = known.get(name);
    if (method === undefined) return `${name} can be called`;
    if (method.kind !== kind) return `${name} is of the kind ${kind}`;
    if (payable === true && method.payable !== true) return `${name} takes value`;
  }
  return undefined;
}

/** Decorators that let others in. */
function openings(text: string): number {
  return text.match(/@(execute|query|init|view|external|payable)\b|\bpublic \w+\(/g)?.length ?? 0;
}

/** The contract without some of its words: access of helpers, result types, imports, and with words of other languages. */
function damaged(source: string, program: Program, random: Random): string {
  const methods = program.classes.flatMap((one) => one.methods);
  const called = new Set(methods.flatMap(callees));
  const helpers = methods.filter(({ kind, accessor }) => kind === "helper" && accessor === undefined);
  let text = source;
  for (const { name, access = "private" } of helpers) {
    // What overrides has the access of what it overrides, which no fix can see.
    if (name === "hook" || !random.chance(called.has(name) ? 60 : 2)) continue;
    text = text.replace(`${access} ${name}(`, `${name}(`);
  }
  const words: readonly (readonly [find: RegExp, put: string, percent: number])[] = [
    [/^( .*\)): void \{/, "$1 {", 15],
    [/@query(?= \w| *\n)/, "@view", 30],
    [/\bu256(?=[,);])/, "uint256", 8],
    [/: string(?=[,);])/, ": String", 8],
    [/: bool(?=[,);])/, ": boolean", 15],
    [/: Address(?=[,);])/, ": address", 15],
  ];
  text = text
    .split("\n")
    .map((line) => {
      for (const [find, put, percent] of words) {
        if (!line.startsWith("import") && random.chance(percent)) return line.replace(find, put);
      }
      return line;
    })
    .join("\n");
  const unimported = ["execute", "query", "wrappingAdd", "require", "emit", "u256", "StorageMap"];
  for (const name of unimported) {
    if (random.chance(25)) text = text.replace(new RegExp(`^(import \\{.*?) ${name},`), "$1");
  }
  return text;
}

/** Builds and fixes until there is nothing to fix. */
async function fix(
  files: Readonly<Record<string, string>>,
): Promise<{ readonly fixed: Record<string, string>; readonly fixes: number }> {
  const root = mkdtempSync(join(tmpdir(), "qwvm-fixes-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    let fixes = 0;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const { diagnostics } = await compileContracts({ root });
      const applied = applyFixes(root, diagnostics);
      fixes += applied.length;
      if (applied.length === 0) break;
    }
    const fixed = Object.fromEntries(Object.keys(files).map((path) => [path, readFileSync(join(root, path), "utf8")]));
    return { fixed, fixes };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
