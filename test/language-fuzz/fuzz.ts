// The fuzzer: makes programs from seeds, builds them, makes calls on both sides and keeps what differs. What the compiler refuses
// is left out of the program, and counted by code.

import { Random } from "../hostile/random.js";
import { generateCall, generateProgram, type Sizes } from "./generate-program.js";
import { hasHopelessOperation } from "./never-succeeds.js";
import { CONTRACT_FILE, type Printed, printProgram } from "./print-program.js";
import type { ContractCall, Method, Program, Raw } from "./program.js";
import { visit, without } from "./reduce.js";
import { type Built, build, type Difference, Pair } from "./run-program.js";
import { isShared } from "./types.js";

export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly method: string | undefined;
  readonly line: string;
}

export interface Finding {
  readonly seed: number;
  readonly difference: Difference;
  /** The calls that led to it, the last of which differs. */
  readonly calls: readonly ContractCall[];
  readonly program: Program;
}

export interface Tally {
  programs: number;
  compilations: number;
  methods: number;
  calls: number;
  failed: number;
  long: number;
  readonly refusals: Map<string, number>;
  readonly samples: Map<string, Refusal & { seed: number }>;
  readonly findings: Finding[];
  /** What was not refused though it means something else than it says. */
  readonly wronglyAccepted: {
    readonly seed: number;
    readonly name: string;
    readonly codes: readonly string[];
    readonly source: string;
    readonly program: Readonly<Record<string, string>>;
  }[];
  /** What was refused though it is right. */
  readonly wronglyRefused: (Refusal & { readonly seed: number; readonly source: string })[];
}

/** Warnings that a program may have: a write after a call of another contract. */
const WARNINGS = new Set(["QW145 (warning)"]);

export function newTally(): Tally {
  return {
    programs: 0,
    compilations: 0,
    methods: 0,
    calls: 0,
    failed: 0,
    long: 0,
    refusals: new Map(),
    samples: new Map(),
    findings: [],
    wronglyAccepted: [],
    wronglyRefused: [],
  };
}

export interface FuzzOptions {
  readonly plain?: boolean;
  readonly sizes?: Sizes;
  readonly callsPerMethod?: number;
}

/** One program of a seed. */
export async function fuzzSeed(seed: number, tally: Tally, options: FuzzOptions = {}): Promise<void> {
  tally.programs++;
  const made = await buildAccepted(generateProgram(seed, options.sizes), seed, tally, options);
  if (made === undefined) return;
  const { program, built } = made;
  const random = new Random(seed ^ 0xca11);
  let called = program;
  const methods = callable(program);
  tally.methods += methods.length;
  let pair = new Pair(called, built);
  let calls: ContractCall[] = [];
  const count = methods.length * (options.callsPerMethod ?? 100);
  for (let i = 0; i < count; i++) {
    const left = callable(called);
    if (left.length === 0) return;
    const call = generateCall(random.pick(left), random);
    const outcome = pair.call(call);
    tally.calls++;
    if (outcome === "long") {
      tally.long++;
      continue;
    }
    calls.push(call);
    if (!("what" in outcome)) {
      if (outcome.failure !== undefined) tally.failed++;
      continue;
    }
    tally.findings.push({ seed, difference: outcome, calls, program });
    // The method is not called again, and both sides begin anew.
    called = without(called, [call.method]);
    pair = new Pair(program, built);
    calls = [];
  }
}

export function callable(program: Program): Method[] {
  return program.classes
    .flatMap(({ methods }) => methods)
    .filter(({ kind, raw }) => (kind === "execute" || kind === "query") && raw === undefined);
}

/** Leaves out what is refused until the rest builds. */
export async function buildAccepted(
  whole: Program,
  seed: number,
  tally: Tally,
  options: FuzzOptions,
): Promise<{ program: Program; built: Built } | undefined> {
  let program = whole;
  for (let attempt = 0; attempt < 8; attempt++) {
    const printed = printProgram(program, options.plain);
    const built = await build(printed);
    tally.compilations++;
    const refused = refusalsOf(built, printed);
    for (const refusal of refused) {
      note(refusal, seed, tally);
      const expected = mustBeRefused(program).find(({ name }) => name === refusal.method);
      if (expected?.codes.includes(refusal.code) === true) continue;
      if (isWrong(refusal, program))
        tally.wronglyRefused.push({ ...refusal, seed, source: sourceOf(refusal, program, options) });
    }
    if (built.artifact !== undefined) {
      const accepted = mustBeRefused(program);
      if (accepted.length === 0) return { program, built };
      for (const { name, text, top = "", codes } of accepted)
        tally.wronglyAccepted.push({ seed, name, codes, source: `${top}\n${text}`, program: printed.files });
      program = without(
        program,
        accepted.map(({ name }) => name),
      );
      continue;
    }
    const names = [...new Set(refused.map(({ method }) => method).filter((name) => name !== undefined))];
    if (names.length === 0) return undefined;
    program = without(program, names);
  }
  return undefined;
}

/** What is left in a program that no build may accept. */
function mustBeRefused(program: Program): (Raw & { readonly name: string; readonly codes: readonly string[] })[] {
  return methodsOf(program).flatMap(({ name, raw }) =>
    raw?.codes === undefined ? [] : [{ name, ...raw, codes: raw.codes }],
  );
}

function refusalsOf({ result }: Built, { files, owners }: Printed): Refusal[] {
  return result.diagnostics.map(({ code, message, file, line, severity }) => ({
    code: severity === "error" ? code : `${code} (warning)`,
    message,
    method: owners[file ?? CONTRACT_FILE]?.[line ?? 0],
    line: files[file ?? CONTRACT_FILE]?.split("\n")[(line ?? 1) - 1]?.trim() ?? "",
  }));
}

/** Whether a refusal has no reason that the model sees. */
function isWrong({ code, message, method }: Refusal, program: Program): boolean {
  if (WARNINGS.has(code)) return false;
  // TypeScript's parser does not take `x << (f<T>(y) % 3)`.
  if (code === "QW270" && message === "'>' expected.") return false;
  const refused = methodsOf(program).filter(({ name }) => name === method);
  if (code === "QW148") return !refused.some(readsCopies) && !methodsOf(program).some(storesObjects);
  return !(code === "QW191" && refused.some(hasHopelessOperation));
}

/** Whether it changes what may be a copy out of a stored collection. */
function readsCopies(method: Method): boolean {
  let found = false;
  visit(method.body, (node) => {
    found ||= node.kind === "operation" && node.collection !== undefined && isShared(node.type);
  });
  return found;
}

/** Whether it gives a stored collection what may be changed afterwards, by itself or where it is called. */
function storesObjects(method: Method): boolean {
  let found = false;
  visit(method.body, (node) => {
    found ||=
      node.kind === "operation" &&
      node.collection !== undefined &&
      /^(set|push|add)$/.test(node.name) &&
      node.args.slice(1).some(({ type }) => isShared(type));
  });
  return found;
}

/** The program as it was refused, or the method of it. */
function sourceOf({ method }: Refusal, program: Program, options: FuzzOptions): string {
  const { files, owners } = printProgram(program, options.plain);
  const lines = Object.entries(files).flatMap(([path, text]) =>
    text.split("\n").filter((_line, i) => method === undefined || owners[path]?.[i + 1] === method),
  );
  return lines.join("\n");
}

function methodsOf(program: Program): Method[] {
  return [...program.functions, ...program.classes.flatMap(({ methods }) => methods)];
}

function note(refusal: Refusal, seed: number, tally: Tally): void {
  tally.refusals.set(refusal.code, (tally.refusals.get(refusal.code) ?? 0) + 1);
  const key = `${refusal.code} ${refusal.message.replaceAll(/[\d'"`].*/g, "")}`;
  if (!tally.samples.has(key)) tally.samples.set(key, { ...refusal, seed });
}
