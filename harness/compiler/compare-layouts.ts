// Compares the layout that is committed with the contract's: what would be read as something else than was stored, what
// begins anew under another name, and what has another name but the same bytes and the same meaning.

import { type AbiType, formatAbiType } from "../core/abi.js";
import { printableName } from "../core/printable.js";
import type { Problem } from "./diagnostic.js";
import { LAYOUT_VERSION, type Layout, type LayoutField, type LayoutSlot, type LayoutTypes, typesOf } from "./layout.js";
import type { LinkedContract } from "./link-contract.js";
import type { Span } from "./model.js";

export interface LayoutCheck {
  readonly problems: readonly Problem[];
  /** What the file is to hold now: everything of before and what is new. */
  readonly next: Layout;
}

/** Compares. Problems are placed in the contract's own file. */
export function compareLayouts(before: Layout, after: Layout, contract: LinkedContract): LayoutCheck {
  const { own } = contract;
  const problems: Problem[] = [];
  const renames = new Map<string, Span>();
  const place = (name: string): Span => own.slots.find((slot) => slot.name === name)?.span ?? own.nameSpan;
  for (const slot of after.slots) {
    const stored = before.slots.find(({ name }) => name === slot.name);
    if (stored === undefined) continue;
    const then = stored.removed ?? before.types;
    const comparison = new Comparison(then, after.types, before.layoutVersion);
    const change = comparison.slots(stored, slot);
    if (change === undefined) {
      if (stored.uncertain === true) problems.push(uncertain(stored, place(slot.name)));
      for (const rename of comparison.renames) if (!renames.has(rename)) renames.set(rename, place(slot.name));
      continue;
    }
    problems.push({
      code: "QW150",
      message: `${slot.name} would misread what earlier versions of ${own.name} have stored: ${change}.`,
      span: place(slot.name),
      hint: `Give what is new another name, and move the data in an @execute method. If no version is deployed, delete the layout file.`,
    });
  }
  for (const [rename, span] of renames) {
    problems.push({
      code: "QW260",
      severity: "warning",
      message: `${rename}.`,
      span,
      hint: "If it means the same as before, all is well: this is said once. If not, add it as something new, and leave the old one.",
    });
  }
  const gone = before.slots.filter(({ name }) => !after.slots.some((slot) => slot.name === name));
  problems.push(...lostNames(before, after, gone, place));
  const removed = gone.map((slot) => ({ ...slot, removed: slot.removed ?? typesOf([slot], before.types) }));
  return { problems, next: { ...after, layoutVersion: LAYOUT_VERSION, slots: [...after.slots, ...removed] } };
}

/** A field that comes back, of which a file of version 1 may have forgotten what it was. */
function uncertain({ name, removed }: LayoutSlot, span: Span): Problem {
  const types = [...(removed?.structs.keys() ?? []), ...(removed?.enums.keys() ?? [])].map((type) =>
    printableName(type),
  );
  return {
    code: "QW263",
    severity: "warning",
    message: `${name} comes back, and its layout file was of version 1 when it was removed: whether ${types.join(", ")} meant the same then is not known.`,
    span,
    hint: "Compare with the version of the contract that had the field. If it did not mean the same, give the field another name.",
  };
}

/** A field that is new where one of the same type has just gone looks like the same field under another name. */
function lostNames(
  before: Layout,
  after: Layout,
  gone: readonly LayoutSlot[],
  place: (name: string) => Span,
): Problem[] {
  const added = after.slots.filter(({ name }) => !before.slots.some((slot) => slot.name === name));
  return added.flatMap((slot): Problem[] => {
    const renamed = gone.find((old) => {
      if (old.removed !== undefined) return false;
      const comparison = new Comparison(before.types, after.types);
      return comparison.slots(old, slot) === undefined && comparison.renames.length === 0;
    });
    if (renamed === undefined) return [];
    const old = printableName(renamed.name);
    return [
      {
        code: "QW151",
        severity: "warning",
        message: `${slot.name} is new and ${old}, of the same type, is gone: what was stored under ${old} stays there.`,
        span: place(slot.name),
        hint: `If it is the same field, call it ${old} again: the name is the key. If not, this is said once.`,
      },
    ];
  });
}

/** Two types that are of different kinds: whoever compared says what they were part of. */
const ANOTHER = Symbol("another type");
type Change = string | typeof ANOTHER | undefined;

/**
 * Compares types by what their bytes mean. The names of structs, fields, enums and members are no part of the bytes, so they
 * may change, but only to names that are new, from names that are gone: an order that has changed looks like two renames.
 */
class Comparison {
  /** Fields and members that have another name now, each as a sentence without its stop. */
  readonly renames: string[] = [];
  readonly #before: LayoutTypes;
  readonly #after: LayoutTypes;
  readonly #version: Layout["layoutVersion"];
  readonly #seen = new Set<string>();

  /** @param version of the file that `before` was read from */
  constructor(before: LayoutTypes, after: LayoutTypes, version: Layout["layoutVersion"] = LAYOUT_VERSION) {
    this.#before = before;
    this.#after = after;
    this.#version = version;
  }

  /** What has changed of a slot, as a clause; undefined when its bytes mean what they meant. */
  slots(was: LayoutSlot, is: LayoutSlot): string | undefined {
    const another = `it was ${formatSlot(was)}, and is ${formatSlot(is)}`;
    if (was.kind !== is.kind || was.keys.length !== is.keys.length) return another;
    const pairs = was.keys.map((key, i): [AbiType, AbiType] => [key, is.keys[i] as AbiType]);
    for (const [one, other] of [...pairs, [was.type, is.type] as const]) {
      const change = this.#types(one, other);
      if (change !== undefined) return change === ANOTHER ? another : change;
    }
    return undefined;
  }

  #types(was: AbiType, is: AbiType): Change {
    if (typeof was === "string" || typeof is === "string") return was === is ? undefined : ANOTHER;
    if ("array" in was) {
      return "array" in is && was.length === is.length ? this.#types(was.array, is.array) : ANOTHER;
    }
    if ("option" in was) return "option" in is ? this.#types(was.option, is.option) : ANOTHER;
    if ("struct" in was) return "struct" in is ? this.#structs(was.struct, is.struct) : ANOTHER;
    return "enum" in is ? this.#enums(was.enum, is.enum) : ANOTHER;
  }

  #structs(wasName: string, isName: string): Change {
    const pair = `${wasName} ${isName}`;
    if (this.#seen.has(pair)) return undefined;
    this.#seen.add(pair);
    const was = this.#before.structs.get(wasName);
    const is = this.#after.structs.get(isName) ?? [];
    if (was === undefined) return undefined;
    const what = `the struct ${shownNames(wasName, isName)}`;
    if (this.#version === 1 && isEndOf(was, is)) {
      const [stored, now] = [was, is].map((fields) => fields.map(shownField).join(", "));
      return `${what} was (${stored}), and is (${now}); of a struct that extended another, qwvm 0.1.0 stored its own fields alone`;
    }
    const isSame = this.#isRenamed("structs", wasName, isName);
    const [oldNames, newNames] = [was.map(nameOf), is.map(nameOf)];
    for (let i = 0; i < Math.max(was.length, is.length); i++) {
      const [old, now] = [was[i], is[i]];
      const change = old === undefined || now === undefined ? ANOTHER : this.#types(old.type, now.type);
      if (change !== undefined && change !== ANOTHER) return change;
      if (change === ANOTHER || !mayBeRenamed(oldNames, newNames, i, isSame)) {
        return `the field ${i} of ${what} was ${shownField(old)}, and is ${shownField(now)}`;
      }
      if (old?.name !== now?.name) this.#rename(i, "field", what, old?.name, now?.name);
    }
    return undefined;
  }

  #enums(wasName: string, isName: string): Change {
    const was = this.#before.enums.get(wasName);
    const is = this.#after.enums.get(isName) ?? [];
    if (was === undefined) return undefined;
    const what = `the enum ${shownNames(wasName, isName)}`;
    const isSame = this.#isRenamed("enums", wasName, isName);
    for (const [i, old] of was.entries()) {
      if (!mayBeRenamed(was, is, i, isSame)) {
        return `the member ${i} of ${what} was ${printableName(old)}, and is ${printableName(is[i] ?? "gone")}`;
      }
      if (is[i] !== old) this.#rename(i, "member", what, old, is[i]);
    }
    return undefined;
  }

  /** Whether two names are of one type: the same name, or one that is gone and one that is new. */
  #isRenamed(kind: "structs" | "enums", was: string, is: string): boolean {
    return was === is || (!this.#after[kind].has(was) && !this.#before[kind].has(is));
  }

  #rename(index: number, part: "field" | "member", what: string, was = "", is = ""): void {
    const text = `The ${part} ${index} of ${what} was ${printableName(was)}, and is ${printableName(is)}: it is taken for a new name of the same ${part}`;
    if (!this.renames.includes(text)) this.renames.push(text);
  }
}

/**
 * Whether what has a position now may be what had it before, by the names of all of a type's fields or members.
 * @param isSame whether the type is the same one; names of two different types have to be equal
 */
function mayBeRenamed(was: readonly string[], is: readonly string[], index: number, isSame: boolean): boolean {
  const [old, now] = [was[index], is[index]];
  if (old === now) return true;
  if (old === undefined || now === undefined) return false;
  return isSame && !was.includes(now) && !is.includes(old);
}

/** Whether fields are the last ones of others, which have more before them. */
function isEndOf(fields: readonly LayoutField[], all: readonly LayoutField[]): boolean {
  const first = all.length - fields.length;
  return first > 0 && fields.length > 0 && fields.every((field, i) => shownField(field) === shownField(all[first + i]));
}

function nameOf({ name }: LayoutField): string {
  return name;
}

function shownNames(was: string, is: string): string {
  return was === is ? is : `${is} (before: ${printableName(was)})`;
}

function shownField(field: LayoutField | undefined): string {
  return field === undefined
    ? "absent"
    : `${printableName(field.name)}: ${printableName(formatAbiType(field.type), 200)}`;
}

const COLLECTIONS = { map: "StorageMap", vec: "StorageVec", set: "StorageSet", iterableMap: "IterableMap" } as const;

function formatSlot({ kind, keys, type }: LayoutSlot): string {
  const value = printableName(formatAbiType(type), 200);
  if (kind === "value") return value;
  const hasKey = kind === "map" || kind === "iterableMap";
  const outer = (hasKey ? keys.slice(0, -1) : keys).map(formatAbiType);
  const own = hasKey ? `${formatAbiType(keys.at(-1) ?? "u8")}, ` : "";
  const inner = `${COLLECTIONS[kind]}<${own}${value}>`;
  return outer.reduceRight((text, key) => `StorageMap<${key}, ${text}>`, inner);
}
