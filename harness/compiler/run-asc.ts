// Runs the AssemblyScript compiler on texts in memory, up to the optimized module. Knows nothing of contracts.
// asc's own command line is not used: it would end the process on a crash, and re-parse what it prints.

import type { AscNode } from "./asc-internals.js";
import { type NamesBeside, namesBeside } from "./asc-members.js";
import { watchDiagnostics } from "./call-origins.js";
import { findKeysWithEquality } from "./check-keys.js";
import { type CheckedSources, type OperatorFix, withCheckedOperators } from "./checked-operators.js";
import type { Span } from "./model.js";
import { leaveQueriesUnwatched, optimizeModule, setHeapStart } from "./optimize.js";
import { patchLibrary } from "./patch-library.js";

/** What asc is to compile: texts by the path it asks for, without the ending. */
export interface AscInput {
  /** Path of the entry file, without `.ts`. */
  readonly entry: string;
  /** Path (without `.ts`) → text; `~lib/` begins the path of a package's file. The SDK's are among them: see patch-library. */
  readonly files: ReadonlyMap<string, string>;
  /** The memory manager's text. */
  readonly runtime: string;
  /** The files whose operators are checked; none unless given. */
  readonly checked?: CheckedSources;
  /** Looks at what was compiled, before it is optimized; errors end the compilation. */
  readonly inspect?: (compiled: CompiledProgram) => Inspection;
}

/** A program that asc has compiled, and its module. */
export interface CompiledProgram {
  readonly asc: object;
  readonly binaryen: object;
  readonly module: number;
  readonly program: object;
}

export interface Inspection {
  readonly hasErrors: boolean;
  /** Whether the module has to watch what its queries do. */
  readonly watchesQueries: boolean;
}

/** A finding of asc, where it stands in the text it was given. */
export interface AscFinding {
  readonly severity: "error" | "warning";
  /** asc's number, or a code of our own. */
  readonly code: number | string;
  readonly message: string;
  readonly path: string | undefined;
  readonly span: Span | undefined;
  /** The author's call that was being compiled. */
  readonly origin?: AscPlace;
  /** Of a name that is not found: what there is beside it. */
  readonly known?: readonly string[];
  /** Which of them are static. */
  readonly statics?: readonly string[];
  /** What to do about it, where that is known. */
  readonly hint?: string;
  readonly fix?: OperatorFix;
}

/** A stretch of a text that asc was given. */
export interface AscPlace {
  readonly path: string;
  readonly span: Span;
}

export interface AscOutput {
  readonly findings: readonly AscFinding[];
  /** Undefined when there are errors. */
  readonly wasm: Uint8Array | undefined;
  readonly sourceMap: string | undefined;
  /** What went wrong inside asc itself, if it did. */
  readonly crash: Error | undefined;
  /** The author's call that was being compiled when it did. */
  readonly crashedAt?: AscPlace | undefined;
}

/** The part of asc's programming interface that is used. */
interface AscRange {
  readonly start: number;
  readonly end: number;
  readonly source: { readonly normalizedPath: string };
}
interface AscModule {
  readonly ref: number;
}
interface AscDiagnostic {
  readonly message: string;
  readonly code: number;
  readonly range: AscRange | null;
}
export interface Asc {
  newOptions(): object;
  setRuntime(options: object, runtime: number): void;
  setMemoryBase(options: object, address: number): void;
  setSourceMap(options: object, on: boolean): void;
  setDebugInfo(options: object, on: boolean): void;
  setOptimizeLevelHints(options: object, optimizeLevel: number, shrinkLevel: number): void;
  addGlobalAlias(options: object, alias: string, name: string): void;
  newProgram(options: object): object;
  parse(program: object, text: string | null, path: string, isEntry: boolean): void;
  nextFile(program: object): string | null;
  initializeProgram(program: object): void;
  compile(program: object): AscModule;
  nextDiagnostic(program: object): AscDiagnostic | null;
  isError(diagnostic: AscDiagnostic): boolean;
  isWarning(diagnostic: AscDiagnostic): boolean;
  optimize(
    module: AscModule,
    optimizeLevel: number,
    shrinkLevel: number,
    debugInfo: boolean,
    zeroFilled: boolean,
  ): void;
}

interface LoadedAsc {
  readonly asc: Asc;
  readonly libraryFiles: Readonly<Record<string, string>>;
  readonly binaryen: typeof import("binaryen").default;
}

let loading: Promise<LoadedAsc> | undefined;

/** Loads asc and its copy of binaryen, once. Call it early: it takes longer than reading the sources. */
export function loadAsc(): Promise<LoadedAsc> {
  loading ??= (async () => {
    const asc = await import("assemblyscript");
    const { libraryFiles } = await import("assemblyscript/asc");
    const { default: binaryen } = await import("binaryen");
    return { asc: asc as unknown as Asc, libraryFiles: patchLibrary(libraryFiles as Record<string, string>), binaryen };
  })();
  return loading;
}

const STUB_RUNTIME = 0;
const MEMORY_BASE = 16;

/** Compiles. Errors in the sources are findings; a crash of asc is a value too, so that all contracts are tried. */
export async function runAsc(input: AscInput): Promise<AscOutput> {
  const { asc, libraryFiles, binaryen } = await loadAsc();
  const options = asc.newOptions();
  asc.setRuntime(options, STUB_RUNTIME);
  // Data begins low, where addresses are short in code; 0 stays free for null.
  asc.setMemoryBase(options, MEMORY_BASE);
  asc.setSourceMap(options, true);
  asc.setDebugInfo(options, true);
  asc.setOptimizeLevelHints(options, 3, 2);
  // Without an abort function, `throw` and asc's own checks are traps: no import, no texts in the module.
  asc.addGlobalAlias(options, "abort", "");
  const program = asc.newProgram(options);
  const origins = watchDiagnostics(program);
  const findings: AscFinding[] = [];
  let crashedAt: AscPlace | undefined;
  try {
    for (const [path, text] of Object.entries(libraryFiles)) {
      if (!path.includes("/")) asc.parse(program, text, `~lib/${path}.ts`, false);
    }
    // asc wants a runtime's entry file first; the memory manager itself is imported, or its functions would be exported.
    asc.parse(program, 'import "./contract";', "~lib/rt/index-contract.ts", true);
    asc.parse(program, input.files.get(input.entry) ?? null, `${input.entry}.ts`, true);
    for (let path = asc.nextFile(program); path !== null; path = asc.nextFile(program)) {
      const [text, actual] =
        path === "~lib/rt/contract" ? [markGlobal(input.runtime), path] : findFile(path, input.files, libraryFiles);
      asc.parse(program, text, `${actual}.ts`, false);
    }
    if (takeFindings(asc, program, findings, origins)) return failed(findings);
    asc.initializeProgram(program);
    const module = compileProgram(asc, program, input, findings, (node) => {
      crashedAt = node && placeOf(node.range);
    });
    if (takeFindings(asc, program, findings, origins)) return failed(findings);
    const inspection = input.inspect?.({ asc, binaryen, module: module.ref, program });
    if (inspection?.hasErrors === true) return failed(findings);
    if (inspection?.watchesQueries === false) leaveQueriesUnwatched(binaryen, module.ref);
    setHeapStart(binaryen, module.ref);
    asc.optimize(module, 3, 2, true, false);
    const { wasm, sourceMap } = optimizeModule(binaryen, module.ref);
    return { findings, wasm, sourceMap, crash: undefined };
  } catch (error) {
    takeFindings(asc, program, findings, origins);
    return { ...failed(findings, error instanceof Error ? error : new Error(String(error))), crashedAt };
  }
}

/** Compiles with checked operators where they are wanted, which make findings of their own. */
function compileProgram(
  asc: Asc,
  program: object,
  { checked }: AscInput,
  findings: AscFinding[],
  crashed: (at: AscNode | undefined) => void,
): AscModule {
  if (checked === undefined) return asc.compile(program);
  const { result, findings: found } = withCheckedOperators(asc, checked, () => asc.compile(program), crashed);
  for (const { node, ...finding } of found) {
    const { path, span } = placeOf(node.range);
    findings.push({ severity: "error", path, span, ...finding });
  }
  for (const { range, className } of findKeysWithEquality(program)) {
    const message = `${className} has an == of its own, and is a key of a Map or Set, which finds objects by where they lie.`;
    const hint = `Take a text or a number made of the fields of ${className} for the key.`;
    findings.push({ severity: "error", code: "QW201", message, hint, ...placeOf(range) });
  }
  return result;
}

function failed(findings: readonly AscFinding[], crash?: Error): AscOutput {
  return { findings, wasm: undefined, sourceMap: undefined, crash };
}

/** asc finds its memory manager by global names; a decorator on a function is not written in the SDK's files. */
function markGlobal(runtime: string): string {
  return runtime.replace(/^export function /gm, "@global @unsafe export function ");
}

function findFile(
  path: string,
  files: ReadonlyMap<string, string>,
  libraryFiles: Readonly<Record<string, string>>,
): [text: string | null, path: string] {
  for (const candidate of [path, `${path}/index`]) {
    const own = files.get(candidate);
    if (own !== undefined) return [own, candidate];
    const library = candidate.startsWith("~lib/") ? libraryFiles[candidate.slice("~lib/".length)] : undefined;
    if (library !== undefined) return [library, candidate];
  }
  return [null, path];
}

/** Moves asc's pending findings into the list; true when one is an error. */
function takeFindings(asc: Asc, program: object, findings: AscFinding[], origins: WeakMap<object, AscNode>): boolean {
  for (let next = asc.nextDiagnostic(program); next !== null; next = asc.nextDiagnostic(program)) {
    const isError = asc.isError(next);
    if (!isError && !asc.isWarning(next)) continue;
    findings.push({
      severity: isError ? "error" : "warning",
      code: next.code,
      message: next.message,
      path: next.range?.source.normalizedPath,
      span: next.range === null ? undefined : { start: next.range.start, end: next.range.end },
      ...originOf(origins.get(next)),
      ...knownBeside(program, next),
    });
  }
  return findings.some((finding) => finding.severity === "error");
}

function knownBeside(program: object, { code, message }: AscDiagnostic): Partial<NamesBeside> {
  return namesBeside(program, code, message) ?? {};
}

function originOf(call: AscNode | undefined): { origin?: AscPlace } {
  return call === undefined ? {} : { origin: placeOf(call.range) };
}

function placeOf({ start, end, source }: AscRange): AscPlace {
  return { path: source.normalizedPath, span: { start, end } };
}
