// What a comparison of interfaces is made of: changes, and the comparing of names, fields and types.

import { type Abi, type AbiField, type AbiType, formatAbiType } from "../core/abi.js";
import { formatFields } from "./describe.js";
import { type NamedTypes, wireForm } from "./wire-form.js";

/** `breaking` for callers, `warning` for what a caller should know, `compatible` for the rest. */
export type Severity = "breaking" | "warning" | "compatible";

export interface AbiChange {
  readonly severity: Severity;
  /** What has changed: `method`, `event`, ... */
  readonly part: Part;
  /** Its name; `init` for the constructor. */
  readonly name: string;
  /** In words that follow the name: `is gone`. */
  readonly what: string;
}

export type Part = "contract" | "constructor" | "method" | "event" | "error" | "message" | "struct" | "enum" | "state";

/** The two interfaces while they are compared. */
export interface Sides {
  readonly before: Abi;
  readonly after: Abi;
  readonly old: NamedTypes;
  readonly now: NamedTypes;
}

/** Takes down a change. */
export type Tell = (severity: Severity, name: string, what: string) => void;

interface Named {
  readonly name: string;
  readonly docs?: string;
}

/** Entries that are gone, new, and there in both. */
export function matchNames<T extends Named>(before: readonly T[], after: readonly T[]) {
  const now = new Map(after.map((item) => [item.name, item]));
  const old = new Set(before.map(({ name }) => name));
  return {
    gone: before.filter(({ name }) => !now.has(name)),
    added: after.filter(({ name }) => !old.has(name)),
    both: before.flatMap((item): [T, T][] => {
      const other = now.get(item.name);
      return other === undefined ? [] : [[item, other]];
    }),
  };
}

export function tellDocs(before: Named, after: Named, tell: Tell): void {
  if (before.docs !== after.docs) tell("compatible", before.name, "is documented differently");
}

/** Parameters, or fields of a record: bytes depend on types and order, names are for people and for JSON. */
export function diffFields(
  old: readonly AbiField[],
  now: readonly AbiField[],
  what: "parameter" | "field",
  sides: Sides,
  tell: (severity: Severity, what: string) => void,
): void {
  if (old.length !== now.length) {
    const count = (fields: readonly AbiField[]) => `${fields.length} ${what}${fields.length === 1 ? "" : "s"}`;
    const list = now.length === 0 ? "" : ` (${formatFields(now)})`;
    tell("breaking", `has ${count(now)}${list}, had ${count(old)}`);
    return;
  }
  const moved = isReordered(old, now);
  for (const [i, field] of old.entries()) {
    const other = now[i] as AbiField;
    const place = `${what} ${i + 1}`;
    if (moved && field.name !== other.name) {
      tell("breaking", `has ${other.name} as ${place}, where ${field.name} was`);
      continue;
    }
    if (field.name !== other.name) tell("warning", `calls ${place} ${other.name}, it was ${field.name}`);
    diffType(field.type, other.type, sides, (severity, types) =>
      tell(severity, `has ${types} as ${place}, ${other.name}`),
    );
  }
}

/** The same names in another order: same bytes or not, the meaning has moved. */
function isReordered(old: readonly AbiField[], now: readonly AbiField[]): boolean {
  const names = (fields: readonly AbiField[]) => fields.map(({ name }) => name);
  const [was, is] = [names(old), names(now)];
  return was.join() !== is.join() && [...was].sort().join() === [...is].sort().join();
}

/** What a struct or enum of the same name is inside is told once, of itself. */
export function diffType(
  old: AbiType,
  now: AbiType,
  sides: Sides,
  tell: (severity: Severity, what: string) => void,
): void {
  if (JSON.stringify(old) === JSON.stringify(now)) return;
  const [was, is] = [formatAbiType(old), formatAbiType(now)];
  const same = wireForm(old, sides.old) === wireForm(now, sides.now);
  tell(same ? "warning" : "breaking", same ? `${is} (the same bytes as ${was})` : `${is} (was ${was})`);
}
