// Says whether a module may be deployed: sizes, imports, exports, and by complexity.ts what compiling its functions would
// take. Refuses with an error that names the first thing wrong. Types inside of functions are checked by the engine; what it says is not repeated.

import { ABI_SECTION } from "../core/abi.js";
import {
  CONTRACT_EXPORTS,
  formatSignature,
  HOST_FUNCTIONS,
  HOST_MODULE,
  type Signature,
  sameSignature,
  type WasmType,
} from "../core/host-interface.js";
import type { Limits } from "../core/limits.js";
import { printableName } from "../core/printable.js";
import { checkComplexity, checkTypeSizes } from "./complexity.js";
import { checkInputRoom, type InputCare } from "./input-room.js";
import { KIND, type ModuleShape, type SizeLimits } from "./module-shape.js";
import { atByte, nearestName, refusal } from "./refusals.js";
import { isGoSection, isWasi, refuseWasi } from "./wasi.js";

/** One import, resolved to the form of a host function that its declared type names. */
export interface LinkedImport {
  readonly name: string;
  /** The declared type, as `formatSignature` writes it. */
  readonly signature: string;
}

/** What the VM needs to know of a module to link and call it. */
export interface ContractInterface {
  readonly imports: readonly LinkedImport[];
  readonly initTakesArguments: boolean;
  readonly executeReturns: boolean;
  readonly queryTakesArguments: boolean;
  readonly hasAllocator: boolean;
  /** What to do about the pages that the inputs lie in, when there is no allocator for them. */
  readonly inputs: InputCare;
  /** The module has the custom section of an SDK module; one without is raw. */
  readonly isSdk: boolean;
  /** Index of each exported function. */
  readonly exports: { readonly init: number; readonly execute: number; readonly query: number; readonly alloc: number };
}

/** How strict deployment is. */
export interface ValidateOptions {
  /** The contract's name, for messages. */
  readonly name: string;
  readonly limits: Limits;
  readonly hostFunctions: "all" | "documented";
}

const TYPE_NAMES: Record<number, WasmType> = {
  127: "i32",
  126: "i64",
  125: "f32",
  124: "f64",
  112: "funcref",
  111: "externref",
};

/**
 * Checks a module's imports, exports and functions; its sizes have been checked.
 * @throws QwvmError with a `RefusalCode`
 */
export function validateModule(shape: ModuleShape, options: ValidateOptions): ContractInterface {
  const imports = checkImports(shape, options);
  const exports = checkExports(shape, options);
  checkComplexity(shape, options.name, options.limits);
  return {
    imports,
    ...exports,
    inputs: exports.hasAllocator ? "safe" : checkInputRoom(shape, options.limits, options.name),
    isSdk: shape.sections.some((section) => section.id === 0 && section.name === ABI_SECTION),
  };
}

/** @throws QwvmError with a `RefusalCode` when types, memory, tables or segments are larger than they may be */
export function checkSizes(shape: ModuleShape, { name, limits }: Pick<ValidateOptions, "name" | "limits">): void {
  checkTypeSizes(shape, name);
  const memory = shape.memories[0];
  if (memory !== undefined && memory.min > limits.memoryPages) {
    const message = `its memory begins with ${memory.min} pages, ${limits.memoryPages} are allowed (${atByte(memory.offset)}).`;
    throw refusal(
      "MEMORY_TOO_LARGE",
      name,
      message,
      "A page is 64 KiB; lower the initial memory in your compiler's options. A smaller stack may do: -Wl,-z,stack-size=65536 with clang and zig cc, --stack 65536 with zig.",
    );
  }
  let elements = 0;
  for (const table of shape.tables) elements += table.min;
  if (elements > limits.tableElements) {
    const offset = (shape.tables[0] as SizeLimits).offset;
    const message = `its tables begin with ${elements} elements, ${limits.tableElements} are allowed (${atByte(offset)}).`;
    throw refusal(
      "TABLE_TOO_LARGE",
      name,
      message,
      "A table holds what is called through pointers: lower its minimum.",
    );
  }
  for (const segment of shape.data) {
    if (segment.at !== undefined && segment.at + segment.length > (memory?.min ?? 0) * 65_536) {
      const place = `${segment.length} bytes to ${segment.at}`;
      throw refusal(
        "BAD_SEGMENT",
        name,
        `a data segment copies ${place}, outside of its memory (${atByte(segment.offset)}).`,
      );
    }
  }
  for (const segment of shape.elements) {
    if (segment.at !== undefined && segment.at + segment.length > (shape.tables[segment.table]?.min ?? 0)) {
      const place = `${segment.length} elements to ${segment.at}`;
      throw refusal(
        "BAD_SEGMENT",
        name,
        `an element segment copies ${place}, outside of its table (${atByte(segment.offset)}).`,
      );
    }
  }
}

/**
 * Checks the imports before anything else: segments lie in the memory and the tables that a module has itself, and what is
 * wrong with an import is no matter of sizes. A type that is not there is left to the engine.
 * @throws QwvmError with a `RefusalCode`
 */
export function refuseForeignParts(shape: ModuleShape, options: ValidateOptions): void {
  if (shape.imports.every(({ typeIndex }) => typeIndex < shape.types.length)) checkImports(shape, options);
}

/** What can be done about an import that is no function. */
export const IMPORT_REMEDIES = {
  memory:
    "Only functions can be imported: let the module define its own memory (no --import-memory; in AssemblyScript, no --importMemory).",
  table:
    "Only functions can be imported: let the module define its own table (no --import-table; in AssemblyScript, no --importTable).",
  global: "Only functions can be imported: make it a constant, or let an imported function return it.",
} as const;

function checkImports(shape: ModuleShape, { name: contract, hostFunctions }: ValidateOptions): LinkedImport[] {
  const known = HOST_FUNCTIONS.map((host) => host.name);
  return shape.imports.map(({ module, name, kind, typeIndex, offset }) => {
    const shown = `${printableName(module)}.${printableName(name)}`;
    const where = atByte(offset);
    if (kind !== KIND.function) {
      const what = kind === KIND.table ? "table" : kind === KIND.memory ? "memory" : "global";
      throw refusal("BAD_IMPORT", contract, `it imports a ${what}, ${shown} (${where}).`, IMPORT_REMEDIES[what]);
    }
    const host = module === HOST_MODULE ? HOST_FUNCTIONS.find((candidate) => candidate.name === name) : undefined;
    if (host === undefined && isWasi(module)) {
      const hasGo = shape.sections.some((section) => isGoSection(section.name));
      throw refuseWasi(contract, module, name, offset, hasGo);
    }
    if (host === undefined) {
      const near = nearestName(name, known);
      const hint =
        near === name
          ? `${near} is in the module "${HOST_MODULE}", not "${printableName(module)}".`
          : near !== undefined
            ? `Did you mean ${HOST_MODULE}.${near}?`
            : `The machine offers ${known.join(", ")}.`;
      throw refusal(
        "UNKNOWN_IMPORT",
        contract,
        `it imports ${shown}, which the machine does not offer (${where}).`,
        hint,
      );
    }
    if (host.extension && hostFunctions === "documented") {
      const hint = 'It is an extension. Allow extensions (hostFunctions: "all"), or build without it.';
      const message = `it imports ${shown}, and this machine allows documented host functions only (${where}).`;
      throw refusal("EXTENSION_IMPORT", contract, message, hint);
    }
    const signature = signatureOf(shape, typeIndex);
    if (!host.forms.some((form) => sameSignature(form, signature))) {
      const expected = host.forms.map(formatSignature).join(" or ");
      const message = `it imports ${shown} as ${printableName(formatSignature(signature))} (${where}).`;
      throw refusal(
        "BAD_IMPORT",
        contract,
        message,
        `The machine's ${name} is ${expected}: (${host.params.join(", ")}).`,
      );
    }
    return { name, signature: formatSignature(signature) };
  });
}

function checkExports(
  shape: ModuleShape,
  { name: contract }: ValidateOptions,
): Omit<ContractInterface, "imports" | "isSdk" | "inputs"> {
  const memory = shape.exports.find((entry) => entry.name === "memory");
  if (memory === undefined || memory.kind !== KIND.memory) {
    const message = memory === undefined ? "it does not export its memory." : 'its export "memory" is not a memory.';
    throw refusal("MISSING_EXPORT", contract, message, 'A contract exports "memory", "init", "execute" and "query".');
  }
  const indices: Record<string, number> = {};
  const chosen: Record<string, Signature> = {};
  for (const { name, required, forms } of CONTRACT_EXPORTS) {
    const entry = shape.exports.find((candidate) => candidate.name === name);
    const expected = forms.map(formatSignature).join(" or ");
    if (entry === undefined) {
      if (!required) continue;
      const near = nearestName(
        name,
        shape.exports.map((other) => other.name),
      );
      const hint =
        near === undefined
          ? `Export ${name} as ${expected}.`
          : `It exports ${printableName(near)}. ${name} is ${expected}.`;
      throw refusal("MISSING_EXPORT", contract, `it does not export the function ${name}.`, hint);
    }
    if (entry.kind !== KIND.function) {
      throw refusal("BAD_EXPORT", contract, `its export ${name} is not a function.`, `${name} is ${expected}.`);
    }
    const signature = signatureOf(shape, shape.functions[entry.index] as number);
    if (!forms.some((form) => sameSignature(form, signature))) {
      throw refusal(
        "BAD_EXPORT",
        contract,
        `it exports ${name} as ${printableName(formatSignature(signature))}.`,
        `${name} is ${expected}.`,
      );
    }
    if (entry.index < shape.importedFunctions) {
      throw refusal(
        "BAD_EXPORT",
        contract,
        `its export ${name} is an imported function.`,
        `${name} must be its own function.`,
      );
    }
    indices[name] = entry.index;
    chosen[name] = signature;
  }
  return {
    initTakesArguments: chosen["init"]?.params.length === 2,
    executeReturns: chosen["execute"]?.results.length === 1,
    queryTakesArguments: chosen["query"]?.params.length === 4,
    hasAllocator: indices["qw_alloc"] !== undefined,
    exports: {
      init: indices["init"] as number,
      execute: indices["execute"] as number,
      query: indices["query"] as number,
      alloc: indices["qw_alloc"] ?? -1,
    },
  };
}

/** A function type of the module, by its index. */
export function signatureOf(shape: ModuleShape, typeIndex: number): Signature {
  const type = shape.types[typeIndex];
  const names = (types: readonly number[] = []): WasmType[] => types.map((type) => TYPE_NAMES[type] as WasmType);
  return { params: names(type?.params), results: names(type?.results) };
}
