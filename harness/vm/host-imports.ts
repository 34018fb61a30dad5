// Host functions that a caller gives to a module: found by module and name, or said to be missing with their type.

import { QwvmError } from "../core/errors.js";
import { formatSignature } from "../core/host-interface.js";
import { printableLiteral, printableName } from "../core/printable.js";
import { suggest } from "../core/suggest.js";
import type { ModuleImport } from "../instrument/meter-module.js";

/** A function that a module imports: takes and returns numbers, and bigints for i64; an array for several results. */
// biome-ignore lint/suspicious/noExplicitAny: whatever types the module declares.
export type HostImport = (...args: any[]) => unknown;

/** Functions by module and name. */
export type ImportTable = Readonly<Record<string, Readonly<Record<string, HostImport>>>>;

/** The function for an import. @throws QwvmError `MISSING_IMPORT`, `BAD_IMPORT` */
export function findImport(importer: string, table: ImportTable, entry: ModuleImport): HostImport {
  const { module, name } = entry;
  const shown = shownImport(entry);
  const type = printableName(formatSignature(entry));
  if (table === null || typeof table !== "object") {
    throw new QwvmError("BAD_IMPORT", `The imports of ${importer} are ${table === null ? "null" : typeof table}.`, {
      hint: "Give an object: { module: { name: function } }.",
    });
  }
  const found = ownOf(ownOf(table, module), name);
  if (typeof found === "function") return found as HostImport;
  const example = `imports: { ${quote(module)}: { ${quote(name)}: (...) => ... } }`;
  if (found !== undefined) {
    throw new QwvmError("BAD_IMPORT", `The import ${shown} is ${found === null ? "null" : `a ${typeof found}`}.`, {
      hint: `Give a function of type ${type}: ${example}.`,
    });
  }
  const others = Object.entries(table).flatMap(([at, names]) => Object.keys(names ?? {}).map((key) => `${at}.${key}`));
  const nearest = suggest(`${module}.${name}`, others);
  throw new QwvmError("MISSING_IMPORT", `${importer} imports ${shown}, which was not given.`, {
    hint: `${nearest === undefined ? "" : `${printableName(nearest)} was given. `}Give a function of type ${type}: ${example}.`,
  });
}

/** An import's name for a message. */
export function shownImport({ module, name }: ModuleImport): string {
  return `${printableName(module)}.${printableName(name)}`;
}

/** A property, unless it is one that every object has: a module may well import something named `toString`. */
function ownOf(object: unknown, name: string): unknown {
  if ((typeof object !== "object" && typeof object !== "function") || object === null) return undefined;
  const found = (object as Record<string, unknown>)[name];
  return found === (Object.prototype as unknown as Record<string, unknown>)[name] ? undefined : found;
}

function quote(name: string): string {
  return /^[A-Za-z_$][\w$]{0,79}$/.test(name) ? name : printableLiteral(name);
}
