// What a type is on the wire, whatever its parts are called; and which structs and enums a type leads to.

import type { Abi, AbiEnum, AbiStruct, AbiType } from "../core/abi.js";

/** The structs and enums of an interface by name. */
export interface NamedTypes {
  readonly structs: ReadonlyMap<string, AbiStruct>;
  readonly enums: ReadonlyMap<string, AbiEnum>;
}

export function namedTypes(abi: Abi): NamedTypes {
  return {
    structs: new Map(abi.structs.map((item) => [item.name, item])),
    enums: new Map(abi.enums.map((item) => [item.name, item])),
  };
}

/**
 * A text that two types share exactly when their values have the same bytes. Names do not matter, an enum's variants do;
 * a struct that leads back to itself is written as how many levels further out it is.
 */
export function wireForm(type: AbiType, named: NamedTypes, outer: readonly string[] = []): string {
  if (type === "bytes") return "[u8]";
  if (type === "hash") return "[u8;32]";
  if (type === "address") return "[u8;20]";
  if (typeof type === "string") return type;
  if ("array" in type) {
    const item = wireForm(type.array, named, outer);
    return type.length === undefined ? `[${item}]` : `[${item};${type.length}]`;
  }
  if ("option" in type) return `${wireForm(type.option, named, outer)}?`;
  if ("enum" in type) return `<${(named.enums.get(type.enum)?.variants ?? []).join("|")}>`;
  const level = outer.lastIndexOf(type.struct);
  if (level >= 0) return `^${outer.length - level}`;
  const fields = named.structs.get(type.struct)?.fields ?? [];
  return `{${fields.map((field) => wireForm(field.type, named, [...outer, type.struct])).join(",")}}`;
}

/** The names of all structs and enums that types lead to, their fields' included. */
export function reachedNames(types: Iterable<AbiType>, named: NamedTypes): ReadonlySet<string> {
  const reached = new Set<string>();
  const visit = (type: AbiType): void => {
    if (typeof type === "string") return;
    if ("array" in type) visit(type.array);
    else if ("option" in type) visit(type.option);
    else {
      const name = "struct" in type ? type.struct : type.enum;
      if (reached.has(name)) return;
      reached.add(name);
      if ("struct" in type) for (const field of named.structs.get(name)?.fields ?? []) visit(field.type);
    }
  };
  for (const type of types) visit(type);
  return reached;
}
