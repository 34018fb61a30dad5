// The layout file, NAME.layout.json beside NAME.ts: how the contract's state lies in storage. It is committed, so that a
// build can see what an earlier version has stored. A field that is gone stays in it: its data are still there.

import type { AbiEnum, AbiSlot, AbiStruct, AbiType } from "../core/abi.js";
import { formatAbiType } from "../core/abi.js";
import type { Problem } from "./diagnostic.js";
import type { LinkedContract } from "./link-contract.js";
import type { SourceModel, Span } from "./model.js";
import { writeAbi } from "./write-abi.js";

/** One stored field, as in the interface. */
export interface LayoutSlot {
  readonly name: string;
  readonly kind: NonNullable<AbiSlot["kind"]>;
  readonly keys: readonly AbiType[];
  readonly type: AbiType;
  /** Whether the contract has it no longer. */
  readonly removed?: true;
}

export interface Layout {
  readonly layoutVersion: 1;
  readonly contract: string;
  readonly slots: readonly LayoutSlot[];
  /** The structs and enums that the slots' types name, directly or not. */
  readonly structs: Readonly<Record<string, readonly { readonly name: string; readonly type: AbiType }[]>>;
  readonly enums: Readonly<Record<string, readonly string[]>>;
}

/** Where a contract's layout file is. */
export function layoutPath(sourceFile: string): string {
  return sourceFile.replace(/\.ts$/, ".layout.json");
}

/** The layout of a contract as it is in the source. */
export function layoutOf(contract: LinkedContract, sources: readonly SourceModel[]): Layout {
  const abi = writeAbi(contract, sources, { name: "qwvm", version: "" });
  const slots = abi.state.map(({ name, kind = "value", keys = [], type }) => ({ name, kind, keys, type }));
  const structs: Record<string, AbiStruct["fields"]> = {};
  const enums: Record<string, AbiEnum["variants"]> = {};
  const visit = (type: AbiType): void => {
    if (typeof type === "string") return;
    if ("array" in type) visit(type.array);
    else if ("option" in type) visit(type.option);
    else if ("enum" in type) enums[type.enum] = abi.enums.find(({ name }) => name === type.enum)?.variants ?? [];
    else if (structs[type.struct] === undefined) {
      const fields = abi.structs.find(({ name }) => name === type.struct)?.fields ?? [];
      structs[type.struct] = fields.map(({ name, type }) => ({ name, type }));
      for (const field of fields) visit(field.type);
    }
  };
  for (const slot of slots) for (const type of [...slot.keys, slot.type]) visit(type);
  return { layoutVersion: 1, contract: contract.own.name, slots, structs, enums };
}

/** The text of a layout file: slots by name, so that moving a field in the source changes nothing. */
export function layoutText(layout: Layout): string {
  const slots = [...layout.slots].sort((a, b) => (a.name < b.name ? -1 : 1));
  const line = (value: unknown) =>
    JSON.stringify(value).replace(/,"/g, ', "').replace(/":/g, '": ').replaceAll("},{", "}, {");
  const entries = (items: Readonly<Record<string, unknown>>) =>
    Object.entries(items)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `    ${JSON.stringify(name)}: ${line(value)}`)
      .join(",\n");
  const block = (items: Readonly<Record<string, unknown>>) =>
    Object.keys(items).length === 0 ? "{}" : `{\n${entries(items)}\n  }`;
  const list = slots.length === 0 ? "[]" : `[\n${slots.map((slot) => `    ${line(slot)}`).join(",\n")}\n  ]`;
  return `{
  "layoutVersion": 1,
  "contract": ${JSON.stringify(layout.contract)},
  "slots": ${list},
  "structs": ${block(layout.structs)},
  "enums": ${block(layout.enums)}
}
`;
}

/** A committed layout, or what is wrong with its text. */
export function parseLayout(text: string): Layout | string {
  let value: Partial<Layout> | null;
  try {
    value = JSON.parse(text) as Partial<Layout> | null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (value?.layoutVersion !== 1) return `its layoutVersion is ${JSON.stringify(value?.layoutVersion)}, not 1`;
  const isComplete =
    Array.isArray(value.slots) &&
    value.slots.every((slot) => typeof slot?.name === "string" && slot.type !== undefined) &&
    typeof value.structs === "object" &&
    typeof value.enums === "object";
  return isComplete ? (value as Layout) : "it has no list of slots, structs and enums";
}

export interface LayoutCheck {
  readonly problems: readonly Problem[];
  /** What the file is to hold now: everything of before and what is new. */
  readonly next: Layout;
}

/** Compares the committed layout with the contract's. Problems are placed in the contract's own file. */
export function compareLayouts(before: Layout, after: Layout, contract: LinkedContract): LayoutCheck {
  const { own } = contract;
  const problems: Problem[] = [];
  const place = (name: string): Span => own.slots.find((slot) => slot.name === name)?.span ?? own.nameSpan;
  for (const slot of after.slots) {
    const stored = before.slots.find(({ name }) => name === slot.name);
    if (stored === undefined) continue;
    const change = slotChange(stored, slot) ?? nestedChange([...slot.keys, slot.type], before, after, new Set());
    if (change === undefined) continue;
    problems.push({
      code: "QW150",
      message: `${slot.name} would misread what earlier versions of ${own.name} have stored: ${change}.`,
      span: place(slot.name),
      hint: `Give what is new another name, and move the data in an @execute method. If no version is deployed, delete the layout file.`,
    });
  }
  const gone = before.slots.filter(({ name }) => !after.slots.some((slot) => slot.name === name));
  const added = after.slots.filter(({ name }) => !before.slots.some((slot) => slot.name === name));
  for (const slot of added) {
    const renamed = gone.find((old) => old.removed === undefined && slotChange(old, slot) === undefined);
    if (renamed === undefined) continue;
    problems.push({
      code: "QW151",
      severity: "warning",
      message: `${slot.name} is new and ${renamed.name}, of the same type, is gone: what was stored under ${renamed.name} stays there.`,
      span: place(slot.name),
      hint: `If it is the same field, call it ${renamed.name} again: the name is the key. If not, this is said once.`,
    });
  }
  const next = {
    ...after,
    slots: [...after.slots, ...gone.map((slot) => ({ ...slot, removed: true as const }))],
    structs: { ...before.structs, ...after.structs },
    enums: { ...before.enums, ...after.enums },
  };
  return { problems, next };
}

function slotChange(before: LayoutSlot, after: LayoutSlot): string | undefined {
  const was = formatSlot(before);
  const is = formatSlot(after);
  return was === is ? undefined : `it was ${was}, and is ${is}`;
}

const COLLECTIONS = { map: "StorageMap", vec: "StorageVec", set: "StorageSet", iterableMap: "IterableMap" } as const;

function formatSlot({ kind, keys, type }: LayoutSlot): string {
  const value = formatAbiType(type);
  if (kind === "value") return value;
  const hasKey = kind === "map" || kind === "iterableMap";
  const outer = (hasKey ? keys.slice(0, -1) : keys).map(formatAbiType);
  const own = hasKey ? `${formatAbiType(keys.at(-1) ?? "u8")}, ` : "";
  const inner = `${COLLECTIONS[kind]}<${own}${value}>`;
  return outer.reduceRight((text, key) => `StorageMap<${key}, ${text}>`, inner);
}

/** A change in a struct or enum that the types name: of fields in any way, of an enum but for members added at the end. */
function nestedChange(
  types: readonly AbiType[],
  before: Layout,
  after: Layout,
  visited: Set<string>,
): string | undefined {
  for (const type of types) {
    if (typeof type === "string") continue;
    if ("array" in type || "option" in type) {
      const found = nestedChange(["array" in type ? type.array : type.option], before, after, visited);
      if (found !== undefined) return found;
      continue;
    }
    const name = "enum" in type ? type.enum : type.struct;
    if (visited.has(name)) continue;
    visited.add(name);
    const found = "enum" in type ? enumChange(name, before, after) : structChange(name, before, after, visited);
    if (found !== undefined) return found;
  }
  return undefined;
}

function enumChange(name: string, before: Layout, after: Layout): string | undefined {
  const was = before.enums[name] ?? [];
  const is = after.enums[name] ?? [];
  const index = was.findIndex((member, i) => is[i] !== member);
  if (index < 0) return undefined;
  return `the member ${index} of the enum ${name} was ${was[index]}, and is ${is[index] ?? "gone"}`;
}

function structChange(name: string, before: Layout, after: Layout, visited: Set<string>): string | undefined {
  const was = before.structs[name];
  const is = after.structs[name] ?? [];
  if (was === undefined) return undefined;
  const text = (field: { name: string; type: AbiType } | undefined) =>
    field === undefined ? "absent" : `${field.name}: ${formatAbiType(field.type)}`;
  for (let i = 0; i < Math.max(was.length, is.length); i++) {
    if (text(was[i]) !== text(is[i]))
      return `the field ${i} of the struct ${name} was ${text(was[i])}, and is ${text(is[i])}`;
  }
  return nestedChange(
    is.map(({ type }) => type),
    before,
    after,
    visited,
  );
}
