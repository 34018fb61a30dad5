// The methods and accessors of a lineage, told apart: which declarations are versions of one another, what each of them
// overrides as seen from its own class, and the name that each has in asc's text. Private ones are their class's own.

import type { ContractModel, MethodModel } from "./model.js";

/** A declaration of a method or accessor, and its class. */
export interface Version {
  readonly owner: ContractModel;
  readonly method: MethodModel;
}

/** What is called by one name: its versions, the last one first. A private one has a single version. */
export interface Family {
  readonly name: string;
  /** Getters and setters are families of their own. */
  readonly accessor: "get" | "set" | undefined;
  readonly isPrivate: boolean;
  readonly versions: readonly Version[];
}

/** Gives a class and its bases, in the order in which a method is looked up. */
export type LineageOf = (contract: ContractModel) => readonly ContractModel[];

/** The families of a lineage, in the order in which their last versions are found. Static methods are left out. */
export function readFamilies(lineage: readonly ContractModel[]): Family[] {
  const families = new Map<string, { name: string; accessor: Family["accessor"]; versions: Version[] }>();
  for (const owner of lineage) {
    for (const method of owner.methods) {
      if (method.isStatic) continue;
      const { name, accessor, access } = method;
      const key = `${accessor ?? ""} ${name}${access === "private" ? ` ${lineage.indexOf(owner)}` : ""}`;
      const family = families.get(key) ?? { name, accessor, versions: [] };
      // Two of a name in one class are a problem of that class.
      if (family.versions.at(-1)?.owner !== owner) family.versions.push({ owner, method });
      families.set(key, family);
    }
  }
  return [...families.values()].map((family) => ({
    ...family,
    isPrivate: family.versions[0]?.method.access === "private",
  }));
}

/** The names that several declarations would share in asc's text, where a class stands for its bases, too. */
export function sharedNames(families: readonly Family[]): ReadonlySet<string> {
  const owners = new Map<string, Set<ContractModel>>();
  for (const { name, versions } of families) {
    const known = owners.get(name) ?? new Set();
    for (const { owner } of versions) known.add(owner);
    owners.set(name, known);
  }
  return new Set([...owners].filter(([, all]) => all.size > 1).map(([name]) => name));
}

/**
 * The name of each declaration in asc's text: its own, or where others share that, one that nothing in the lineage has.
 * A getter and a setter of one class keep one name.
 */
export function nameVersions(
  lineage: readonly ContractModel[],
  families: readonly Family[],
): ReadonlyMap<MethodModel, string> {
  const taken = new Set(
    lineage.flatMap(({ methods, slots, statics }) => [...[...methods, ...slots].map(({ name }) => name), ...statics]),
  );
  const shared = sharedNames(families);
  const given = new Map<ContractModel, Map<string, string>>();
  const names = new Map<MethodModel, string>();
  for (const { name, versions } of families) {
    for (const { owner, method } of versions) {
      const own = given.get(owner) ?? new Map<string, string>();
      given.set(owner, own);
      const known = own.get(name) ?? (shared.has(name) ? freeName(`${name}$${owner.name}`, taken) : name);
      taken.add(known);
      own.set(name, known);
      names.set(method, known);
    }
  }
  return names;
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  return taken.has(wanted) ? freeName(`${wanted}$`, taken) : wanted;
}

/** The versions before one that nothing else before it overrides: one, or several that know nothing of each other. */
export function overriddenBy({ owner }: Version, versions: readonly Version[], lineageOf: LineageOf): Version[] {
  const bases = lineageOf(owner).slice(1);
  return unrelated(
    versions.filter((version) => bases.includes(version.owner)),
    lineageOf,
  );
}

/** Those of some versions whose class is no base of another's. */
export function unrelated(versions: readonly Version[], lineageOf: LineageOf): Version[] {
  return versions.filter(
    ({ owner }) => !versions.some((other) => other.owner !== owner && lineageOf(other.owner).includes(owner)),
  );
}

/** The declaration that says a version's kind and guards: its own if it says a kind, else what it overrides. */
export function markedBy(version: Version, versions: readonly Version[], lineageOf: LineageOf): Version | undefined {
  if (version.method.kind !== undefined) return version;
  for (const before of overriddenBy(version, versions, lineageOf)) {
    const marked = markedBy(before, versions, lineageOf);
    if (marked !== undefined) return marked;
  }
  return undefined;
}
