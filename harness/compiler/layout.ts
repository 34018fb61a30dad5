// The layout file, NAME.layout.json beside NAME.ts: how the contract's state lies in storage. It is committed, so that a
// build can see what an earlier version has stored. A field that is gone stays in it, with its structs and enums as they
// were then: its data are still there. parse-layout.ts reads the file, compare-layouts.ts compares.

import type { AbiSlot, AbiType } from "../core/abi.js";
import type { LinkedContract } from "./link-contract.js";
import type { SourceModel } from "./model.js";
import { writeAbi } from "./write-abi.js";

/** The version of the file that a build writes. Version 1 kept one set of structs and enums for all slots, also for those that were gone. */
export const LAYOUT_VERSION = 2;

/** One field of a stored struct. */
export interface LayoutField {
  readonly name: string;
  readonly type: AbiType;
}

/** Structs and enums by name. Maps, because `toString` and `__proto__` are names like all others. */
export interface LayoutTypes {
  readonly structs: ReadonlyMap<string, readonly LayoutField[]>;
  readonly enums: ReadonlyMap<string, readonly string[]>;
}

/** One stored field, as in the interface. */
export interface LayoutSlot {
  readonly name: string;
  readonly kind: NonNullable<AbiSlot["kind"]>;
  readonly keys: readonly AbiType[];
  readonly type: AbiType;
  /** Set when the contract has it no longer: what its types named when it was last there. */
  readonly removed?: LayoutTypes;
  /** Of a field that was removed when the file was of version 1: its structs and enums may have been others then. */
  readonly uncertain?: true;
}

export interface Layout {
  /** The version of the file that it was read from. */
  readonly layoutVersion: 1 | 2;
  readonly contract: string;
  readonly slots: readonly LayoutSlot[];
  /** The structs and enums that the types of the contract's slots name, directly or not. */
  readonly types: LayoutTypes;
}

/** Where a contract's layout file is. */
export function layoutPath(sourceFile: string): string {
  return sourceFile.replace(/\.ts$/, ".layout.json");
}

/** The layout of a contract as it is in the source. */
export function layoutOf(contract: LinkedContract, sources: readonly SourceModel[]): Layout {
  const abi = writeAbi(contract, sources, { name: "qwvm", version: "" });
  const slots = abi.state.map(({ name, kind = "value", keys = [], type }) => ({ name, kind, keys, type }));
  const all: LayoutTypes = {
    structs: new Map(abi.structs.map(({ name, fields }) => [name, fields.map(({ name, type }) => ({ name, type }))])),
    enums: new Map(abi.enums.map(({ name, variants }) => [name, variants])),
  };
  return { layoutVersion: LAYOUT_VERSION, contract: contract.own.name, slots, types: typesOf(slots, all) };
}

/** The structs and enums that the types of some slots name, directly or not, out of all that there are. */
export function typesOf(slots: readonly Pick<LayoutSlot, "keys" | "type">[], all: LayoutTypes): LayoutTypes {
  const structs = new Map<string, readonly LayoutField[]>();
  const enums = new Map<string, readonly string[]>();
  const visit = (type: AbiType): void => {
    if (typeof type === "string") return;
    if ("array" in type) visit(type.array);
    else if ("option" in type) visit(type.option);
    else if ("enum" in type) {
      const members = all.enums.get(type.enum);
      if (members !== undefined) enums.set(type.enum, members);
    } else if (!structs.has(type.struct)) {
      const fields = all.structs.get(type.struct);
      if (fields === undefined) return;
      structs.set(type.struct, fields);
      for (const field of fields) visit(field.type);
    }
  };
  for (const slot of slots) for (const type of [...slot.keys, slot.type]) visit(type);
  return { structs, enums };
}

/** The text of a layout file: slots by name, so that moving a field in the source changes nothing. */
export function layoutText(layout: Layout): string {
  const slots = [...layout.slots].sort((a, b) => (a.name < b.name ? -1 : 1));
  const block = (items: ReadonlyMap<string, unknown>) =>
    items.size === 0
      ? "{}"
      : `{\n${sorted(items)
          .map((entry) => `    ${entry}`)
          .join(",\n")}\n  }`;
  const list = slots.length === 0 ? "[]" : `[\n${slots.map((slot) => `    ${slotText(slot)}`).join(",\n")}\n  ]`;
  return `{
  "layoutVersion": ${LAYOUT_VERSION},
  "contract": ${JSON.stringify(layout.contract)},
  "slots": ${list},
  "structs": ${block(layout.types.structs)},
  "enums": ${block(layout.types.enums)}
}
`;
}

function slotText({ removed, ...slot }: LayoutSlot): string {
  if (removed === undefined) return lineOf(slot);
  const { structs, enums } = removed;
  const types = [
    ...(structs.size === 0 ? [] : [`"structs": {${sorted(structs).join(", ")}}`]),
    ...(enums.size === 0 ? [] : [`"enums": {${sorted(enums).join(", ")}}`]),
  ];
  return `${lineOf({ ...slot, removed: true }).slice(0, -1)}${types.map((text) => `, ${text}`).join("")}}`;
}

/** `"name": value` for each, by name. */
function sorted(items: ReadonlyMap<string, unknown>): string[] {
  return [...items]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${JSON.stringify(name)}: ${lineOf(value)}`);
}

/** JSON in one line, with the spaces that people write. Names have neither quotes nor braces. */
function lineOf(value: unknown): string {
  return JSON.stringify(value).replace(/,"/g, ', "').replace(/":/g, '": ').replaceAll("},{", "}, {");
}
