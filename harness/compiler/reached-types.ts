// The structs and enums that a contract's interface and state are made of, by the files that declare them: two unrelated
// files may each have an enum Color. What is not reached stands in the interface too, unless its name is taken.

import type { LinkedContract } from "./link-contract.js";
import type { EnumModel, FieldModel, InterfaceModel, MethodModel, RecordModel, SourceModel, TypeRef } from "./model.js";

/** A struct or enum and the file of its declaration. */
export type DeclaredType = RecordModel | EnumModel;

export interface ReachedTypes {
  /** In the order of the files; no name twice among them. */
  readonly structs: readonly RecordModel[];
  readonly enums: readonly EnumModel[];
  /** Of those, what is reached. */
  readonly reached: ReadonlySet<DeclaredType>;
  /** Two of one name that are both reached. */
  readonly clashes: readonly (readonly [DeclaredType, DeclaredType])[];
}

/** What a contract reaches: by its fields, by the methods called from outside, by events and errors. */
export function reachedTypes(contract: LinkedContract, sources: readonly SourceModel[]): ReachedTypes {
  const called = contract.methods.filter(({ kind }) => kind !== undefined);
  const raised = sources.flatMap(({ records }) => records.filter(({ kind }) => kind !== "struct"));
  const slots = contract.slots.flatMap(({ type, keys }) => [...keys, type]);
  return reach(
    [
      ...slots.flatMap(({ refs }) => refs),
      ...called.flatMap(refsOfMethod),
      ...raised.flatMap(({ fields }) => refsOfFields(fields)),
    ],
    sources,
  );
}

/** What an `@interface` class reaches: by its methods alone. */
export function reachedByInterface(item: InterfaceModel, sources: readonly SourceModel[]): ReachedTypes {
  return reach(item.methods.flatMap(refsOfMethod), sources);
}

/** The declaration that a type names. */
export function declarationOf(ref: TypeRef, sources: readonly SourceModel[]): DeclaredType | undefined {
  const source = sources.find(({ file }) => file === ref.file);
  return (
    source?.records.find(({ name, kind }) => name === ref.name && kind === "struct") ??
    source?.enums.find(({ name }) => name === ref.name)
  );
}

function refsOfMethod({ params, result }: MethodModel): TypeRef[] {
  return [...refsOfFields(params), ...(result?.refs ?? [])];
}

function refsOfFields(fields: readonly FieldModel[]): TypeRef[] {
  return fields.flatMap(({ type }) => type.refs);
}

function reach(roots: readonly TypeRef[], sources: readonly SourceModel[]): ReachedTypes {
  const reached = new Set<DeclaredType>();
  const pending = [...roots];
  for (let ref = pending.pop(); ref !== undefined; ref = pending.pop()) {
    const found = declarationOf(ref, sources);
    if (found === undefined || reached.has(found)) continue;
    reached.add(found);
    if ("fields" in found) pending.push(...refsOfFields(found.fields));
  }
  const clashes: [DeclaredType, DeclaredType][] = [];
  const byName = new Map<string, DeclaredType>();
  for (const type of [...reached].sort((a, b) => (a.file < b.file ? -1 : 1))) {
    const other = byName.get(type.name);
    if (other === undefined) byName.set(type.name, type);
    else clashes.push([other, type]);
  }
  const counts = <T extends DeclaredType>(type: T): boolean => {
    const known = byName.get(type.name);
    if (known === undefined) byName.set(type.name, type);
    return (known ?? type) === type;
  };
  const structs = sources.flatMap(({ records }) => records.filter(({ kind }) => kind === "struct"));
  return {
    structs: structs.filter(counts),
    enums: sources.flatMap((source) => source.enums).filter(counts),
    reached,
    clashes,
  };
}
