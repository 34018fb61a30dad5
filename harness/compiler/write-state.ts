// Model → the stored state as asc sees it: for each field a cached value, read when it is first used and written when it
// has changed. It takes the place of sdk-as/storage/state.ts.

import type { AbiType } from "../core/abi.js";
import type { ContractModel, SlotModel, SourceModel } from "./model.js";
import { importRecords, SDK_TYPES } from "./write-glue.js";

/** Path from the state module's folder, `~lib/qwvm/sdk-as/storage`, to the project's root. */
const TO_ROOT = "../../../../";

/** Writes the state module. `sources` are the contract's file and what it imports. */
export function writeState(contract: ContractModel, sources: readonly SourceModel[]): string {
  const plain = contract.slots.filter((slot) => slot.mapKey === undefined);
  const maps = contract.slots.filter((slot) => slot.mapKey !== undefined);
  return `// Generated from ${sources[0]?.file}: the stored state. A field is read when it is first used, and written once, at the
// end of the call or before another contract runs, if it has changed.

import { ${SDK_TYPES.join(", ")} } from "../index";
import { decodeRaw, rawAt, readRaw, readSlot, writeIfChanged, writeSlot } from "./slot";
import { StorageMap } from "./storage-map";
${importRecords(sources, (file) => TO_ROOT + file.replace(/\.ts$/, ""))}${plain.map(writeSlotState).join("")}${maps.map(writeMap).join("")}
/** Writes what has changed. */
export function flushState(): void {
${plain.map(writeFlush).join("")}}

/** Forgets what has been read: another contract may have changed it. */
export function forgetState(): void {
${plain.map(writeForget).join("")}}
`;
}

/** Whether a value can change without being assigned, or cannot be compared: its bytes are compared instead. */
function isComparedByBytes(type: AbiType | undefined): boolean {
  return typeof type === "object";
}

function writeSlotState(slot: SlotModel): string {
  const { name } = slot;
  const type = slot.type.text;
  const byBytes = isComparedByBytes(slot.type.abi);
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
  const type = slot.type.text;
  const key = `${name}$key, ${keyBytes(slot).length}`;
  if (!isComparedByBytes(slot.type.abi)) {
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
  const forgetBytes = isComparedByBytes(slot.type.abi) ? `  ${slot.name}$length = usize.MAX_VALUE;\n` : "";
  return `  ${slot.name}$state = 0;\n${forgetBytes}`;
}

/** A map is a pointer to its prefix: a length, then the bytes that every key begins with. */
function writeMap(slot: SlotModel): string {
  const type = `StorageMap<${slot.mapKey?.text}, ${slot.type.text}>`;
  const prefix = [...keyBytes(slot), "/".charCodeAt(0)];
  return `
export function load_${slot.name}(): ${type} {
  return changetype<${type}>(${dataOf([prefix.length, 0, 0, 0, ...prefix])});
}
`;
}

function zeroOf(abi: AbiType | undefined, type: string): string {
  if (abi === "bool") return "false";
  return typeof abi === "string" && /^[ui](8|16|32|64)$/.test(abi) ? "0" : `changetype<${type}>(0)`;
}

function keyBytes(slot: SlotModel): number[] {
  return [...new TextEncoder().encode(slot.name)];
}

function dataOf(bytes: readonly number[]): string {
  return `memory.data<u8>([${bytes.join(", ")}])`;
}
