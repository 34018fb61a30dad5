// What there is to say of a module before it is deployed, as data: imports, exports, sizes, features, whether it can be
// deployed and for how much gas. Works on broken modules, and on those that QWVM refuses.

import { ABI_SECTION } from "../core/abi.js";
import { QwvmError } from "../core/errors.js";
import { HOST_FUNCTIONS, HOST_MODULE } from "../core/host-interface.js";
import { deploymentGas } from "../gas/formulas.js";
import { readFunctionNames } from "./function-names.js";
import { featuresOf, type UsedFeature } from "./module-features.js";
import { type ExternKind, type Outline, outlineModule } from "./outline.js";
import { type InstrumentOptions, instrument } from "./pipeline.js";
import { debugSections, totalBytes } from "./size-refusal.js";

/** Where an imported function comes from. */
export type ImportStatus = "documented" | "extension" | "unknown";

export interface InspectedImport {
  readonly module: string;
  readonly name: string;
  readonly kind: ExternKind;
  readonly type: string;
  readonly status: ImportStatus;
}

export interface InspectedExport {
  readonly name: string;
  readonly kind: ExternKind;
  readonly type: string;
}

export interface InspectedFunction {
  /** Among all functions, imported ones first. */
  readonly index: number;
  /** From the name section, or the name it is exported under. */
  readonly name: string | undefined;
  readonly type: string;
  /** Of its body, size included. */
  readonly sizeBytes: number;
}

export interface SizedPart {
  readonly name: string;
  readonly sizeBytes: number;
}

/** Why a module cannot be deployed. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
}

export interface Inspection {
  readonly sizeBytes: number;
  readonly kind: "SDK contract" | "raw contract" | "module" | "not WebAssembly";
  /** Undefined when it can be deployed. */
  readonly refusal: Refusal | undefined;
  /** Storing the code; `init` comes on top. Undefined when it cannot be deployed. */
  readonly deploymentGas: number | undefined;
  readonly imports: readonly InspectedImport[];
  readonly exports: readonly InspectedExport[];
  readonly features: readonly UsedFeature[];
  /** The parts of the file in its order, header included: their sizes add up to the file's. */
  readonly sections: readonly SizedPart[];
  /** What custom sections take up that nothing at run time reads. */
  readonly debugBytes: number;
  /** The largest first. */
  readonly functions: readonly InspectedFunction[];
}

const SECTION_NAMES = [
  "custom",
  "type",
  "import",
  "function",
  "table",
  "memory",
  "global",
  "export",
  "start",
  "element",
  "code",
  "data",
  "data count",
  "tag",
];
const CONTRACT_NAMES = ["init", "execute", "query"];

/** Looks at a module. Never throws for what is in the bytes. */
export function inspectModule(wasm: Uint8Array, options: InstrumentOptions): Inspection {
  const outline = outlineModule(wasm);
  const isWasm = wasm.length >= 8 && Buffer.from(wasm.subarray(0, 8)).equals(Buffer.from("0061736d01000000", "hex"));
  const known: Outline = isWasm ? outline : outlineModule(new Uint8Array());
  const exported = new Set(known.exports.map(({ name }) => name));
  const isContract = CONTRACT_NAMES.some((name) => exported.has(name));
  const hasAbi = known.sections.some(({ id, name }) => id === 0 && name === ABI_SECTION);
  const refusal = findRefusal(wasm, options);
  return {
    sizeBytes: wasm.length,
    kind: !isWasm ? "not WebAssembly" : hasAbi ? "SDK contract" : isContract ? "raw contract" : "module",
    refusal,
    deploymentGas: refusal === undefined ? deploymentGas(options.schedule, wasm.length) : undefined,
    imports: known.imports.map(({ module, name, kind, type }) => ({
      module,
      name,
      kind,
      type,
      status: kind === "function" && module === HOST_MODULE ? statusOf(name) : "unknown",
    })),
    exports: known.exports.map(({ name, kind, type }) => ({ name, kind, type })),
    features: featuresOf(wasm, known),
    sections: isWasm ? partsOf(wasm, known) : [],
    debugBytes: totalBytes(debugSections(known.sections)),
    functions: functionsOf(wasm, known),
  };
}

function findRefusal(wasm: Uint8Array, options: InstrumentOptions): Refusal | undefined {
  try {
    instrument(wasm, options);
    return undefined;
  } catch (error) {
    if (!(error instanceof QwvmError)) throw error;
    const { code, hint } = error;
    const text = hint === undefined ? error.message : error.message.slice(0, -hint.length - 1);
    return { code, message: text.replace(`${options.name} cannot be deployed: `, ""), hint };
  }
}

function statusOf(name: string): ImportStatus {
  const host = HOST_FUNCTIONS.find((candidate) => candidate.name === name);
  if (host === undefined) return "unknown";
  return host.extension ? "extension" : "documented";
}

function partsOf(wasm: Uint8Array, { sections }: Outline): SizedPart[] {
  const parts = [
    { name: "header", sizeBytes: 8 },
    ...sections.map(({ id, name, sizeBytes }) => ({
      name: id === 0 ? name : (SECTION_NAMES[id] ?? `unknown (${id})`),
      sizeBytes,
    })),
  ];
  const unread = wasm.length - totalBytes(parts);
  return unread > 0 ? [...parts, { name: "unreadable", sizeBytes: unread }] : parts;
}

function functionsOf(wasm: Uint8Array, outline: Outline): InspectedFunction[] {
  const { bodies, functions, importedFunctions, exports } = outline;
  const names = new Map<number, string>();
  for (const { kind, index, name } of exports) if (kind === "function") names.set(index, name);
  for (const [index, name] of readFunctionNames(wasm)) names.set(index, name);
  const all = bodies.map(({ start, end }, i) => {
    const index = importedFunctions + i;
    const length = end - start;
    const sizeBytes = length + Math.max(1, Math.ceil((32 - Math.clz32(length)) / 7));
    return { index, name: names.get(index), type: functions[index] ?? "unknown", sizeBytes };
  });
  return all.sort((a, b) => b.sizeBytes - a.sizeBytes || a.index - b.index);
}
