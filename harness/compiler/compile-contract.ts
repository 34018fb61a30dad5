// One checked contract → its files: glue, module, source map, ABI, typed client. Positions lead back to the author.

import { posix } from "node:path";
import { ABI_SECTION, type Abi } from "../core/abi.js";
import { BUILD_SECTION } from "../core/build-record.js";
import { makeBuildRecord } from "./build-record.js";
import { checkEffects, type EffectProblem } from "./check-effects.js";
import type { StateFields } from "./checked-operators.js";
import { findOrigins } from "./code-origins.js";
import { type Diagnostic, placeProblems } from "./diagnostic.js";
import { explainCrash, missingImports, placeFinding, tellingFindings } from "./explain-asc.js";
import type { LinkedContract, LinkedMethod } from "./link-contract.js";
import type { SourceModel } from "./model.js";
import { indexLines } from "./positions.js";
import { fieldsWithCell } from "./read-loops.js";
import { type AscInput, type CompiledProgram, runAsc } from "./run-asc.js";
import { isInteger } from "./slot-shape.js";
import { type ContractSourceMap, type MappedPosition, type OriginalPosition, rewriteSourceMap } from "./source-map.js";
import type { EditedText } from "./text-edits.js";
import { transformSource } from "./transform-source.js";
import { appendCustomSection, functionBodyOffsets, stripCustomSections } from "./wasm-sections.js";
import { onChainAbi, writeAbi } from "./write-abi.js";
import { writeClientModule, writeClientTypes } from "./write-client.js";
import { methodsByLine, writeGlue } from "./write-glue.js";
import { writeSizes } from "./write-sizes.js";
import { writeState } from "./write-state.js";

const SDK_PATH = "~lib/qwvm/sdk-as/";

/** Everything one contract is built from. */
export interface ContractInput {
  readonly contract: LinkedContract;
  /** The contract's own file first, then what it imports, directly or not. */
  readonly sources: readonly SourceModel[];
  /** SDK files by their path below sdk-as, without ending. */
  readonly sdk: ReadonlyMap<string, string>;
  /** Path of the outputs without ending, relative to the root: `build/counter`. */
  readonly outBase: string;
  readonly hostFunctions: "all" | "documented";
  /** Leaves out what is for development. */
  readonly release: boolean;
  readonly version: string;
}

export interface CompiledContract {
  readonly abi: Abi;
  /** The deployed bytes: no names, no debug data, the ABI in its custom section. */
  readonly wasm: Uint8Array;
  readonly sizeBytes: number;
  readonly sourceMap: ContractSourceMap;
  /** Output files by path relative to the root. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
}

/** Compiles; what asc finds is placed in the author's files. `compiled` is undefined when there are errors. */
export async function compileContract(
  input: ContractInput,
): Promise<{ compiled: CompiledContract | undefined; diagnostics: Diagnostic[] }> {
  const { contract, sources, outBase } = input;
  const own = sources[0] as SourceModel;
  const edited = new Map(
    sources.map((source): [string, EditedText] => [source.file, transformSource(source, contract)]),
  );
  const ascInput = writeAscInput(input, edited);
  let effects: readonly EffectProblem[] = [];
  const output = await runAsc({
    ...ascInput,
    inspect: (compiled) => {
      const inspected = inspectEffects(compiled, input, ascInput);
      effects = inspected.problems;
      return inspected;
    },
  });
  const diagnostics = tellingFindings(output.findings, edited).map((finding) =>
    placeFinding(finding, own, contract, sources, edited),
  );
  diagnostics.push(...placeEffects(effects, own, sources, edited));
  if (output.crash !== undefined) diagnostics.push(explainCrash(output, own, contract, sources, edited));
  const hasErrors = diagnostics.some(({ severity }) => severity === "error");
  if (hasErrors || output.wasm === undefined || output.sourceMap === undefined) {
    const missing = missingImports(sources);
    if (missing.length === 0) return { compiled: undefined, diagnostics };
    const said = new Set(missing.map(({ file, message }) => `${file} ${message}`));
    const others = diagnostics.filter(
      ({ code, file, message }) => code === "AS2304" && !said.has(`${file} ${message}`),
    );
    return { compiled: undefined, diagnostics: [...missing, ...others] };
  }
  const { wasm: code, functionNames } = stripCustomSections(output.wasm);
  const written = writeAbi(contract, sources, { name: "qwvm", version: input.version });
  // None of the documented host functions tells of value, so that none can be refused.
  const abi: Abi = input.hostFunctions === "documented" ? { ...written, keepsValue: true } : written;
  const withAbi = appendCustomSection(code, ABI_SECTION, toJson(onChainAbi(abi)));
  const wasm = appendCustomSection(withAbi, BUILD_SECTION, toJson(makeBuildRecord(input, abi)));
  const base = posix.basename(outBase);
  const bodies = functionBodyOffsets(code);
  const mapped = rewriteSourceMap(
    output.sourceMap,
    `${base}.wasm`,
    bodies,
    originalPosition(input, edited, ascInput),
    Array.from(functionNames, (name) => readableName(name ?? "", sources)),
  );
  const sourceMap = { ...mapped, x_qwvm_origins: findOrigins(output.sourceMap, mapped, bodies, abi, ascInput) };
  const files = new Map<string, string | Uint8Array>([
    [`${outBase}.wasm`, wasm],
    [`${outBase}.wasm.map`, `${JSON.stringify(sourceMap)}\n`],
    [`${outBase}.abi.json`, `${JSON.stringify(abi, null, 2)}\n`],
    [`${outBase}.js`, writeClientModule(abi, base)],
    [`${outBase}.d.ts`, writeClientTypes(abi)],
    [`${outBase}.glue.ts`, writeReadableGlue(input, edited)],
  ]);
  return { compiled: { abi, wasm, sizeBytes: code.length, sourceMap, files }, diagnostics };
}

function inspectEffects(compiled: CompiledProgram, { contract, sources }: ContractInput, { entry, files }: AscInput) {
  const found = checkEffects(compiled, contract, sources, entry, files.get(entry) ?? "");
  return { ...found, hasErrors: found.problems.some(({ severity }) => severity !== "warning") };
}

/** Places what the module shows in the author's files; what is in a contract of the SDK, at the contract's name. */
function placeEffects(
  problems: readonly EffectProblem[],
  own: SourceModel,
  sources: readonly SourceModel[],
  edited: ReadonlyMap<string, EditedText>,
): Diagnostic[] {
  return problems.flatMap(({ at, method, ...problem }) => {
    const file = at?.source.normalizedPath ?? method?.owner.file;
    const source = sources.find((candidate) => candidate.file === file && !file.startsWith("~lib/"));
    const text = source && edited.get(source.file);
    if (source === undefined || text === undefined) {
      return placeProblems(own, [{ ...problem, span: own.contracts[0]?.nameSpan ?? { start: 0, end: 0 } }]);
    }
    const span =
      at === undefined
        ? (method as LinkedMethod).nameSpan
        : { start: text.toNearest(at.start), end: text.toNearest(at.end) };
    return placeProblems(source, [{ ...problem, span }]);
  });
}

function toJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** The texts that asc gets for a contract: the SDK, the author's files as transformed, and what was generated. */
export function writeAscInput(input: ContractInput, edited: ReadonlyMap<string, EditedText>): AscInput {
  const { contract, sources, outBase, sdk } = input;
  const all = input.hostFunctions === "all";
  const files = new Map([...sdk].map(([path, text]) => [SDK_PATH + path, text]));
  files.set(`${SDK_PATH}storage/state`, writeState(contract, sources));
  files.set(
    `${SDK_PATH}settings`,
    `// Generated.\nexport const EXTENSIONS: bool = ${all};\nexport const LOGS: bool = ${all && !input.release};\n`,
  );
  files.set(`${SDK_PATH}sizes`, writeSizes(sources));
  for (const [file, { text }] of edited) files.set(file.replace(/\.ts$/, ""), text);
  files.set(`${outBase}.glue`, writeGlue(contract, sources, `${outBase}.glue.ts`));
  const checked = { files: new Set(edited.keys()), sdk: SDK_PATH, state: stateFields(contract, sources) };
  return { entry: `${outBase}.glue`, files, runtime: sdk.get("runtime") as string, checked };
}

/** What the compilation of operators needs to know of the contract's fields. */
function stateFields(contract: LinkedContract, sources: readonly SourceModel[]): StateFields {
  return {
    classNames: new Set(contract.lineage.map(({ file, name }) => `${file.replace(/\.ts$/, "")}/${name}`)),
    plain: new Set(contract.slots.filter((slot) => slot.kind !== "value" || isInteger(slot)).map(({ name }) => name)),
    wide: fieldsWithCell(contract, sources),
  };
}

function writeReadableGlue(input: ContractInput, edited: ReadonlyMap<string, EditedText>): string {
  const own = input.sources[0] as SourceModel;
  const banner = (title: string) => `\n// ${"-".repeat(20)} ${title} ${"-".repeat(Math.max(3, 90 - title.length))}\n\n`;
  return [
    writeGlue(input.contract, input.sources, `${input.outBase}.glue.ts`),
    banner("The stored state: qwvm/sdk-as/storage/state"),
    writeState(input.contract, input.sources),
    banner(`${own.file}, as it is compiled`),
    edited.get(own.file)?.text ?? "",
  ].join("");
}

function originalPosition(
  { contract, sources }: ContractInput,
  edited: ReadonlyMap<string, EditedText>,
  { entry, files }: AscInput,
): OriginalPosition {
  const servedBy = methodsByLine(files.get(entry) ?? "", contract);
  const nameAt = enclosingFunction(sources);
  const indexes = new Map(
    sources.map((source) => [
      source.file,
      { before: indexLines(source.text), after: indexLines(edited.get(source.file)?.text ?? "") },
    ]),
  );
  const place = (file: string, offset: number): MappedPosition | undefined => {
    const original = indexes.get(file)?.before.at(offset);
    if (original === undefined) return undefined;
    return { file: shownFile(file), line: original.line - 1, column: original.column - 1, name: nameAt(file, offset) };
  };
  return (file: string, line: number, column: number) => {
    if (file.startsWith(entry)) {
      const method = servedBy[line];
      return method === undefined ? "none" : place(method.owner.file, method.nameSpan.start);
    }
    const index = indexes.get(file);
    const offset = edited.get(file)?.toOriginal(index?.after.offsetOf(line + 1, column + 1) ?? 0);
    return offset === undefined ? undefined : place(file, offset);
  };
}

/** A file as frames name it: the SDK's contracts are found where the package is installed. */
function shownFile(file: string): string {
  return file.replace(/^~lib\//, "node_modules/");
}

/** The author's method or function that a position is in: `Token.transfer`. */
function enclosingFunction(sources: readonly SourceModel[]) {
  const named = sources.flatMap((source) => [
    ...source.functions.map(({ name, owner, span }) => ({
      file: source.file,
      span,
      name: owner === undefined ? name : `${owner}.${name}`,
    })),
    ...source.contracts.flatMap((contract) =>
      contract.methods.map(({ name, span }) => ({ file: source.file, span, name: `${contract.name}.${name}` })),
    ),
  ]);
  return (file: string, offset: number): string | undefined =>
    named.find((item) => item.file === file && item.span.start <= offset && offset < item.span.end)?.name;
}

/** `contracts/token/Token#transfer` → `Token.transfer`; null for functions that are not the author's. */
function readableName(name: string, sources: readonly SourceModel[]): string | null {
  const source = sources.find(({ file }) => name.startsWith(`${file.replace(/\.ts$/, "")}/`));
  if (source === undefined) return null;
  const readable = name
    .slice(source.file.length - ".ts".length + 1)
    .replaceAll("#", ".")
    .replace(/\|.*$/, "")
    .replace(/\.(get|set):/, ".");
  return /(^|\.)__/.test(readable) ? null : readable;
}
