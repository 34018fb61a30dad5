// Model → the stored state as asc sees it: for each field a cached value, read when it is first used and written when it
// has changed. It takes the place of sdk-as/storage/state.ts.

import type { AbiType } from "../core/abi.js";
import type { LinkedContract } from "./link-contract.js";
import type { SlotModel, SourceModel } from "./model.js";
import { importPath, importRecords, SDK_TYPES } from "./write-glue.js";

/** The state module's path, in the place of the SDK's own. */
const STATE_PATH = "~lib/qwvm/sdk-as/storage/state";

/** Writes the state module. `sources` are the contract's file and what it imports. */
export function writeState(contract: LinkedContract, sources: readonly SourceModel[]): string {
  const plain = contract.slots.filter((slot) => slot.kind === "value");
  const collections = contract.slots.filter((slot) => slot.kind !== "value");
  return `// Generated from ${sources[0]?.file}: the stored state. A field is read when it is first used, and written once, at the
// end of the call or before another contract runs, if it has changed.

import { ${SDK_TYPES.join(", ")} } from "../index";
import * as __sizes from "../sizes";
import { IterableMap } from "./iterable-map";
import { decodeRaw, rawAt, readRaw, readSlot, writeIfChanged, writeSlot } from "./slot";
import { StorageMap } from "./storage-map";
import { StorageSet } from "./storage-set";
import { StorageVec } from "./storage-vec";
${importRecords(sources, (file) => importPath(STATE_PATH, file))}${plain.map(writeSlotState).join("")}${collections.map(writeCollection).join("")}
/** Writes what has changed. */
export function flushState(): void {
${plain.map(writeFlush).join("")}}

/** Forgets what has been read: another contract may have changed it. */
export function forgetState(): void {
${plain.map(writeForget).join("")}}
`;
}

/** Whether a value can change without being assigned, or cannot be compared: its bytes are compared instead. */
function isComparedByBytes({ type, lazy }: SlotModel): boolean {
  return typeof type.abi === "object" && !("enum" in type.abi) && !lazy;
}

function writeSlotState(slot: SlotModel): string {
  const { name } = slot;
  const type = slot.asc;
  const byBytes = isComparedByBytes(slot);
  const key = `${name}$key, ${keyBytes(slot).length}`;
  const read = byBytes
    ? `    ${name}$length = readRaw<${type}>(${key});
    ${name}$at = rawAt;
    ${name}$value = decodeRaw<${type}>(${name}$at, ${name}$length);`
    : `    ${name}$stored = ${name}$value = readSlot<${type}>(${key});`;
  const zero = zeroOf(slot.type.abi, type);
  const before = byBytes
    ? `/** The bytes it was read from; without any, the length is one that no value has. */
let ${name}$at: usize = 0;
let ${name}$length: usize = usize.MAX_VALUE;`
    : `let ${name}$stored: ${type} = ${zero};`;
  return `
const ${name}$key = ${dataOf(keyBytes(slot))};
/** 0 not used yet, 1 read, 2 assigned before it was read. */
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

export function store_${name}(value: ${type}): void {
  if (${name}$state == 0) ${name}$state = 2;
  ${name}$value = value;
}
`;
}

function writeFlush(slot: SlotModel): string {
  const { name } = slot;
  const type = slot.asc;
  const key = `${name}$key, ${keyBytes(slot).length}`;
  if (slot.lazy) {
    return `  if (${name}$state == 2) {
    ${name}$state = 1;
    writeSlot<${type}>(${key}, ${name}$value);
  }
`;
  }
  if (!isComparedByBytes(slot)) {
    return `  if (${name}$state == 2 || ${name}$value != ${name}$stored) {
    ${name}$state = 1;
    ${name}$stored = ${name}$value;
    writeSlot<${type}>(${key}, ${name}$value);
  }
`;
  }
  return `  if (${name}$state != 0) {
    ${name}$state = 1;
    ${name}$length = writeIfChanged<${type}>(${key}, ${name}$value, ${name}$at, ${name}$length);
    ${name}$at = rawAt;
  }
`;
}

function writeForget(slot: SlotModel): string {
  const forgetBytes = isComparedByBytes(slot) ? `  ${slot.name}$length = usize.MAX_VALUE;\n` : "";
  return `  ${slot.name}$state = 0;\n${forgetBytes}`;
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
