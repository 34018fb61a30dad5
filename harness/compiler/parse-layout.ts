// Reads a layout file, of this version or the first. Whatever JSON stands in it, the answer is a layout or one sentence
// about what is wrong with it: a merge or a hand may have been in it.

import type { AbiType } from "../core/abi.js";
import { printableText } from "../core/printable.js";
import { Damage, listOf, nameOf, objectOf, readType, shown } from "./json-types.js";
import { type Layout, type LayoutField, type LayoutSlot, type LayoutTypes, typesOf } from "./layout.js";

const KINDS: readonly LayoutSlot["kind"][] = ["value", "map", "vec", "set", "iterableMap"];

/** A committed layout, or what is wrong with its text. */
export function parseLayout(text: string): Layout | string {
  if (/^(<{7}|>{7}) /m.test(text)) return "a merge conflict was left unresolved";
  try {
    return readLayout(JSON.parse(text.replace(/^\uFEFF/, "")));
  } catch (error) {
    return printableText(error instanceof Error ? error.message : String(error), 400);
  }
}

function readLayout(value: unknown): Layout {
  const file = objectOf(value, "it");
  const layoutVersion = file.get("layoutVersion");
  if (layoutVersion !== 1 && layoutVersion !== 2) {
    throw new Damage(`its layoutVersion is ${shown(layoutVersion)}, and this build knows 1 and 2`);
  }
  const contract = nameOf(file.get("contract"), "its contract");
  const types = readTypes(file, "its");
  const slots: LayoutSlot[] = listOf(file.get("slots"), "slots").map((slot, index) => {
    const what = `the slot ${index}`;
    const entry = objectOf(slot, what);
    const name = nameOf(entry.get("name"), `the name of ${what}`);
    const named = `${what} (${name})`;
    const kind = KINDS.find((known) => known === entry.get("kind"));
    if (kind === undefined) throw new Damage(`the kind of ${named} is ${shown(entry.get("kind"))}`);
    const keys = listOf(entry.get("keys"), `keys of ${named}`).map((key) => readType(key, `a key of ${named}`));
    const read = { name, kind, keys, type: readType(entry.get("type"), `the type of ${named}`) };
    if (!entry.has("removed")) return read;
    if (entry.get("removed") !== true) throw new Damage(`"removed" of ${named} is ${shown(entry.get("removed"))}`);
    // Version 1 kept what a removed slot named among the structs and enums of all.
    const own = layoutVersion === 1 ? types : readTypes(entry, `of ${named}, its`);
    const isUncertain = layoutVersion === 2 && entry.get("uncertain") === true;
    return { ...read, removed: typesOf([read], own), ...(isUncertain ? UNCERTAIN : {}) };
  });
  for (const [index, { name }] of slots.entries()) {
    if (slots.findIndex((slot) => slot.name === name) < index) throw new Damage(`it has two slots called ${name}`);
  }
  const live = slots.filter(({ removed }) => removed === undefined);
  for (const slot of slots) checkNamed(slot, slot.removed ?? types, layoutVersion);
  return {
    layoutVersion,
    contract,
    slots:
      layoutVersion === 1 ? slots.map((slot) => (isUncertain(slot, slots) ? { ...slot, ...UNCERTAIN } : slot)) : slots,
    types: typesOf(live, types),
  };
}

const UNCERTAIN = { uncertain: true } as const;

/**
 * Version 1 had one entry for a struct or an enum, of the latest version of the contract that had it in a field: of a field
 * that was removed before, it may not be what it was.
 */
function isUncertain(slot: LayoutSlot, slots: readonly LayoutSlot[]): boolean {
  if (slot.removed === undefined) return false;
  const names = ({ structs, enums }: LayoutTypes) => [...structs.keys(), ...enums.keys()];
  const own = names(slot.removed);
  const all: LayoutTypes = slot.removed;
  return slots.some((other) => other !== slot && names(typesOf([other], all)).some((name) => own.includes(name)));
}

function readTypes(file: ReadonlyMap<string, unknown>, whose: string): LayoutTypes {
  const isSlot = file.has("kind");
  const entries = (key: string) => (isSlot && !file.has(key) ? [] : [...objectOf(file.get(key), `${whose} ${key}`)]);
  const structs = entries("structs").map(([name, fields]): [string, LayoutField[]] => [
    name,
    listOf(fields, `fields of the struct ${shown(name)}`).map((field, index) => {
      const what = `the field ${index} of the struct ${shown(name)}`;
      const entry = objectOf(field, what);
      return { name: nameOf(entry.get("name"), `the name of ${what}`), type: readType(entry.get("type"), what) };
    }),
  ]);
  const enums = entries("enums").map(([name, members]): [string, string[]] => [
    name,
    listOf(members, `members of the enum ${shown(name)}`).map((member) =>
      nameOf(member, `a member of the enum ${shown(name)}`),
    ),
  ]);
  return { structs: new Map(structs), enums: new Map(enums) };
}

/**
 * Every struct and enum that is named has to be there. Version 1 left out structs of some names, such as `toString`: what
 * these meant is not known.
 */
function checkNamed({ name, keys, type }: LayoutSlot, { structs, enums }: LayoutTypes, version: 1 | 2): void {
  const visited = new Set<string>();
  const visit = (type: AbiType): void => {
    if (typeof type === "string") return;
    if ("array" in type || "option" in type) {
      visit("array" in type ? type.array : type.option);
      return;
    }
    const [kind, known, named] = "struct" in type ? ["struct", structs, type.struct] : ["enum", enums, type.enum];
    if (!known.has(named) && !(version === 1 && named in Object.prototype)) {
      throw new Damage(`the slot ${name} is of the ${kind} ${shown(named)}, which is missing`);
    }
    if (kind === "enum" || visited.has(named)) return;
    visited.add(named);
    for (const field of structs.get(named) ?? []) visit(field.type);
  };
  for (const one of [...keys, type]) visit(one);
}
