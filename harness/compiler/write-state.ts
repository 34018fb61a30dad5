// Model → the stored state as asc sees it: for each field a cached value, read when it is first used and written when it
// has changed. It takes the place of sdk-as/storage/state.ts.

import type { AbiType } from "../core/abi.js";
import type { LinkedContract } from "./link-contract.js";
import type { SlotModel, SourceModel } from "./model.js";
import { usesSdk } from "./names/sdk-uses.js";
import { fieldsWithCell } from "./read-loops.js";
import { isComparedByBytes, isInteger, isWrittenOut } from "./slot-shape.js";
import { importPath, importRecords, SDK_TYPES } from "./write-glue.js";
import { writeCellFlush, writeCellForget, writeCellState } from "./write-wide-state.js";

/** The state module's path, in the place of the SDK's own. */
const STATE_PATH = "~lib/qwvm/sdk-as/storage/state";

/** The host function's second form: a contract of integers alone needs no room for what it reads. */
const READ_WORD = `
@external("env", "qw_storage_read")
declare function readWord(keyAt: usize, keyLength: usize): u64;
`;

const CELL_IMPORTS = `import { isSame } from "../types/same";
import { readCell } from "./wide-cell";
`;

/** Writes the state module. `sources` are the contract's file and what it imports. */
export function writeState(contract: LinkedContract, sources: readonly SourceModel[]): string {
  const plain = contract.slots.filter((slot) => slot.kind === "value");
  const collections = contract.slots.filter((slot) => slot.kind !== "value");
  const words = contract.slots.every((slot) => slot.kind === "value" && isInteger(slot));
  const cells = fieldsWithCell(contract, sources);
  const shape: StateShape = { contract, leaves: leavesContract(sources), words, cells };
  return `// Generated from ${sources[0]?.file}: the stored state. A field is read when it is first used, and written once, at the
// end of the call or before another contract runs, if it has changed.

import { ${SDK_TYPES.join(", ")} } from "../index";
import { writeStorage } from "../read-only";
import * as __sizes from "../sizes";
import { IterableMap } from "./iterable-map";
import { decodeRaw, hasRefreshed, rawAt, rawLength, readFixed, readRaw, readSlot, refreshSlot, settleSlot, startRefresh, writeIfChanged, writeSlot } from "./slot";
import { StorageMap } from "./storage-map";
import { StorageSet } from "./storage-set";
import { StorageVec } from "./storage-vec";
${words ? READ_WORD : ""}${cells.size > 0 ? CELL_IMPORTS : ""}${importRecords(contract, sources, (file) => importPath(STATE_PATH, file))}${plain.map((slot) => writeSlotState(slot, shape)).join("")}${collections.map(writeCollection).join("")}
/** Writes what has changed. */
export function flushState(): void {
${plain.map((slot) => writeFlush(slot, shape)).join("")}}

/** Forgets what has been read, as another contract may have changed it. What can be referred to is read anew at once. */
export function forgetState(): void {
${writeForgetting(plain, shape)}}
`;
}

/** Functions and classes of the SDK with which another contract can run, and see or change what is stored. */
const LEAVING = ["callContract", "tryCallContract", "transfer", "tryTransfer", "Remote"];

/** Whether another contract can run during a call. If none can, the state is written once and never read anew. */
function leavesContract(sources: readonly SourceModel[]): boolean {
  return usesSdk(sources, LEAVING) || sources.some(({ interfaces }) => interfaces.length > 0);
}

/** What decides how all fields are written. */
interface StateShape {
  readonly contract: LinkedContract;
  /** Whether another contract can run during a call. */
  readonly leaves: boolean;
  /** Whether all fields are read by the host function's second form. */
  readonly words: boolean;
  /** The fields of wide integers that are changed in place. */
  readonly cells: ReadonlySet<string>;
}

function writeSlotState(slot: SlotModel, { contract, leaves, words, cells }: StateShape): string {
  if (cells.has(slot.name)) return writeCellState(slot, dataOf(keyBytes(slot)), keyBytes(slot).length);
  const { name } = slot;
  const type = slot.asc;
  const byBytes = isComparedByBytes(slot);
  const key = `${name}$key, ${keyBytes(slot).length}`;
  const read = words
    ? `    store<u64>(${name}$at, readWord(${key}));\n    ${name}$value = load<${type}>(${name}$at);`
    : isInteger(slot)
      ? `${leaves ? `    store<${type}>(${name}$at, 0);\n` : ""}    readFixed(${key}, ${name}$at, sizeof<${type}>());
    ${name}$value = load<${type}>(${name}$at);`
      : byBytes
        ? `    ${name}$length = readRaw<${type}>(${key});
    ${name}$at = rawAt;
    ${name}$value = decodeRaw<${type}>(${name}$at, ${name}$length);`
        : `    ${name}$stored = ${name}$value = readSlot<${type}>(${key});`;
  const zero = zeroOf(slot.type.abi, type);
  const before = byBytes
    ? `/** The bytes it was read from; without any, the length is one that no value has. */
let ${name}$at: usize = 0;
let ${name}$length: usize = usize.MAX_VALUE;`
    : isInteger(slot)
      ? `/** What is stored, as far as it is known. */\nconst ${name}$at = memory.data(8, 8);`
      : `let ${name}$stored: ${type} = ${zero};`;
  return `
const ${name}$key = ${dataOf(keyBytes(slot))};
/** 0 not used yet, 1 read, 2 assigned before it was read, 3 assigned after that. */
let ${name}$state: i32 = 0;
let ${name}$value: ${type} = ${zero};
${before}

export function load_${name}(): ${type} {
  if (${name}$state == 0) {
    ${name}$state = 1;
${read}
  }
  return ${name}$value;
}

${isWrittenOut(slot, contract) ? "@inline " : ""}export function store_${name}(value: ${type}): void {
  ${name}$value = value;
  ${name}$state |= 2;
}
`;
}

function writeFlush(slot: SlotModel, { leaves, cells }: StateShape): string {
  if (cells.has(slot.name)) return writeCellFlush(slot, keyBytes(slot).length);
  const { name } = slot;
  const type = slot.asc;
  const key = `${name}$key, ${keyBytes(slot).length}`;
  // Where it is written once, nothing has to be remembered of it.
  const mark = leaves ? `    ${name}$state = 1;\n` : "";
  if (slot.lazy) {
    return `  if ((${name}$state & 2) != 0) {
${mark}    writeSlot<${type}>(${key}, ${name}$value);
  }
`;
  }
  if (!isComparedByBytes(slot)) {
    const write = isInteger(slot)
      ? `    store<${type}>(${name}$at, ${name}$value);\n    writeStorage(${key}, ${name}$at, sizeof<${type}>());\n`
      : `    writeSlot<${type}>(${key}, ${name}$value);\n`;
    const remember = leaves ? `${mark}${isInteger(slot) ? "" : `    ${name}$stored = ${name}$value;\n`}` : "";
    const stored = isInteger(slot) ? `load<${type}>(${name}$at)` : `${name}$stored`;
    // Both are cheap: asking for both is less code than a way around the second.
    return `  if (u32(${name}$state == 2) | u32(${name}$value != ${stored})) {\n${remember}${write}  }\n`;
  }
  const changed = `writeIfChanged<${type}>(${key}, ${name}$value, ${name}$at, ${name}$length)`;
  return leaves
    ? `  if (${name}$state != 0) {\n${mark}    ${name}$length = ${changed};\n    ${name}$at = rawAt;\n  }\n`
    : `  if (${name}$state != 0) ${changed};\n`;
}

/**
 * Values are read again when they are used. Structs and arrays are read at once, into the objects that hold them: a
 * variable can refer to one, and what it changes after the call has to be stored, as in Solidity.
 */
function writeForgetting(slots: readonly SlotModel[], { leaves, cells }: StateShape): string {
  if (!leaves) return "";
  const places = slots.filter(isComparedByBytes);
  const values = slots.filter((slot) => !isComparedByBytes(slot));
  const forget = values.map((slot) => (cells.has(slot.name) ? writeCellForget(slot) : `  ${slot.name}$state = 0;\n`));
  if (places.length === 0) return forget.join("");
  const refresh = places.map(
    (slot) => `  if (${slot.name}$state != 0) {
    ${slot.name}$value = refreshSlot<${slot.asc}>(${slot.name}$key, ${keyBytes(slot).length}, ${slot.name}$value, ${slot.name}$at, ${slot.name}$length);
    ${slot.name}$at = rawAt;
    ${slot.name}$length = rawLength;
  }
`,
  );
  const settle = places.map(
    ({ name, asc }) =>
      `    if (${name}$state != 0) ${name}$value = settleSlot<${asc}>(${name}$value, ${name}$at, ${name}$length);\n`,
  );
  return [...forget, "  startRefresh();\n", ...refresh, "  if (hasRefreshed) {\n", ...settle, "  }\n"].join("");
}

/** A collection is a pointer to what its keys begin with: a length, then the bytes. */
function writeCollection(slot: SlotModel): string {
  const bytes = keyBytes(slot);
  return `
export function load_${slot.name}(): ${slot.asc} {
  return changetype<${slot.asc}>(${dataOf([bytes.length, 0, 0, 0, ...bytes])});
}
`;
}

function zeroOf(abi: AbiType | undefined, type: string): string {
  if (abi === "bool") return "false";
  if (typeof abi === "object" && "enum" in abi) return "0";
  return typeof abi === "string" && /^[ui](8|16|32|64)$/.test(abi) ? "0" : `changetype<${type}>(0)`;
}

function keyBytes(slot: SlotModel): number[] {
  return [...new TextEncoder().encode(slot.name)];
}

function dataOf(bytes: readonly number[]): string {
  return `memory.data<u8>([${bytes.join(", ")}])`;
}
