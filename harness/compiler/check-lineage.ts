// Checks that the members of a contract's bases do not meet unasked: fields are slots of one storage, methods of bases that
// know nothing of each other are joined by an override alone, and `super` leads to a body.

import { suggest } from "../core/suggest.js";
import type { Problem } from "./diagnostic.js";
import { type Family, unrelated, type Version } from "./lineage-members.js";
import type { LinkedContract } from "./link-contract.js";
import type { ContractModel, MemberUse, SourceModel, Span } from "./model.js";
import { indexLines } from "./positions.js";

/** Problems of a contract's lineage, placed in its own file. `sources` are that file and what it imports. */
export function checkLineage(contract: LinkedContract, sources: readonly SourceModel[]): Problem[] {
  return [
    ...checkFields(contract),
    ...contract.families.flatMap((family) => checkJoined(family, contract, sources)),
    ...checkSupers(contract),
    ...checkStatics(contract, sources),
    ...checkPrivate(contract, sources),
  ];
}

interface Member {
  readonly name: string;
  readonly owner: ContractModel;
  readonly span: Span;
  readonly what: "field" | "method" | "accessor";
  readonly isPrivate: boolean;
}

/** Fields share their names with everything else, methods with accessors. */
function checkFields({ own, lineage, lineageOf }: LinkedContract): Problem[] {
  const members = [...lineage].reverse().flatMap((owner): Member[] => [
    ...owner.slots.map(({ name, span }) => ({ name, owner, span, what: "field" as const, isPrivate: false })),
    ...owner.methods
      .filter(({ isStatic }) => !isStatic)
      .map(({ name, nameSpan, accessor, access }) => {
        const what = accessor === undefined ? ("method" as const) : ("accessor" as const);
        return { name, owner, span: nameSpan, what, isPrivate: access === "private" };
      }),
  ]);
  const seen = new Map<string, Member[]>();
  return members.flatMap((member) => {
    const known = seen.get(member.name) ?? [];
    seen.set(member.name, [...known, member]);
    const before = known.find((other) => other.owner !== member.owner && meet(member, other));
    if (before === undefined || known.some((other) => other.owner === member.owner && other.what === member.what))
      return [];
    const isOwn = member.owner === own;
    // What two classes of one base have in common is said there.
    if (!isOwn && isKnownBelow([before.owner, member.owner], { lineage, lineageOf })) return [];
    const message = isOwn
      ? `${member.name} is also the ${before.what} ${member.name} of ${before.owner.name}, which ${own.name} extends.`
      : `${own.name} cannot extend both ${before.owner.name} and ${member.owner.name}: each has a member named ${member.name}.`;
    const hint = isOwn
      ? "Rename it, or use the base's."
      : "Extend one of them, or rename the member in the base that is yours.";
    return [{ code: "QW107", message, span: isOwn ? member.span : (own.heritage ?? own.nameSpan), hint }];
  });
}

function meet(a: Member, b: Member): boolean {
  if (a.what === "field" || b.what === "field") return true;
  return a.what !== b.what && !a.isPrivate && !b.isPrivate;
}

/** Whether a base of a contract has all of some classes in its own lineage. */
function isKnownBelow(
  owners: readonly ContractModel[],
  { lineage, lineageOf }: Pick<LinkedContract, "lineage" | "lineageOf">,
): boolean {
  return lineage.slice(1).some((base) => owners.every((owner) => lineageOf(base).includes(owner)));
}

/** Members of bases that know nothing of each other are one member only if the contract says what that does. */
function checkJoined(family: Family, contract: LinkedContract, sources: readonly SourceModel[]): Problem[] {
  const { own, lineageOf, families } = contract;
  // A getter and a setter are one member; what is to be said of both is said of the first.
  const together = families.filter(
    (other) => other === family || (isAccessor(family) && isAccessor(other) && other.name === family.name),
  );
  if (family.isPrivate || together[0] !== family) return [];
  const versions = together.filter(({ isPrivate }) => !isPrivate).flatMap((item) => item.versions);
  if (versions.some(({ owner }) => owner === own)) return [];
  const meeting = unrelated(versions, lineageOf).filter(
    ({ owner }, index, all) => all.findIndex((other) => other.owner === owner) === index,
  );
  const [first, second] = meeting;
  if (first === undefined || second === undefined) return [];
  const owners = meeting.map(({ owner }) => owner);
  if (isKnownBelow(owners, contract)) return [];
  const what = isAccessor(family) ? "accessor" : "method";
  const message = `${own.name} has the ${what} ${family.name} of two bases that know nothing of each other: ${placeOf(first, sources)} and ${placeOf(second, sources)}.`;
  return [{ code: "QW240", message, span: own.heritage ?? own.nameSpan, hint: hintFor(family, meeting, own) }];
}

function isAccessor({ accessor }: Family): boolean {
  return accessor !== undefined;
}

function hintFor({ name, accessor }: Family, meeting: readonly Version[], { name: own }: ContractModel): string {
  const [first, second] = meeting as [Version, Version];
  const others = accessor === undefined ? meeting : [];
  const differ = others.some(
    ({ method }) =>
      method.params.length !== first.method.params.length ||
      method.params.some(({ type }, index) => type.text !== first.method.params[index]?.type.text) ||
      method.result?.text !== first.method.result?.text ||
      (method.kind !== undefined && first.method.kind !== undefined && method.kind !== first.method.kind),
  );
  if (differ) {
    return `No method can stand for both, as they take or give different things: extend one of ${first.owner.name} and ${second.owner.name}, or rename the member of the one that is yours.`;
  }
  const kind = meeting.find(({ method }) => method.kind !== undefined)?.method.kind;
  const list = first.method.params.map(({ name, type }) => `${name}: ${type.text}`).join(", ");
  const args = first.method.params.map((param) => param.name).join(", ");
  const result = first.method.result?.text ?? "void";
  const call = `${result === "void" ? "" : "return "}super.${name}(${args});`;
  const isOpen = meeting.some(({ method }) => method.access === "public");
  const text = `${isOpen ? "" : "protected "}${name}(${list}): ${result} { ${call} }`;
  const ways =
    accessor !== undefined
      ? `Write the accessors ${name} in ${own}`
      : kind === undefined
        ? `Write it in ${own}, for example ${text}`
        : `Write ${name} in ${own} with its @${kind} and its guards`;
  const use = accessor === undefined ? `super.${name}()` : `super.${name}`;
  return `${ways}: ${use} there is ${first.owner.name}'s. Or rename one of them.`;
}

/** `Shop.close (contracts/shop.ts:5)`; of a file of the SDK, by the path that it is imported by. */
function placeOf({ owner, method }: Version, sources: readonly SourceModel[]): string {
  const source = sources.find(({ file }) => file === owner.file);
  const line = source === undefined ? "" : `:${indexLines(source.text).at(method.nameSpan.start).line}`;
  return `${owner.name}.${method.name} (${owner.file.replace(/^~lib\//, "")}${line})`;
}

/** `super.name` needs a body behind it, in the class's own lineage and where a contract puts another base in between. */
function checkSupers(contract: LinkedContract): Problem[] {
  const { own, lineage, lineageOf } = contract;
  return lineage.flatMap((owner) =>
    usesOf(owner)
      .filter(({ by }) => by === "super")
      .flatMap((use): Problem[] => {
        const atHome = nextOf(use.name, owner, lineageOf(owner));
        const here = nextOf(use.name, owner, lineage);
        if (owner === own && here?.method.isAbstract === true) {
          const message = `super.${use.name} is ${here.owner.name}.${use.name}, which is abstract: there is nothing to call.`;
          return [{ code: "QW241", message, span: use.span, hint: "Leave it out." }];
        }
        if (owner === own || here?.method.isAbstract !== true || atHome?.method.isAbstract === true) return [];
        if (isKnownBelow([owner, here.owner], contract)) return [];
        const message = `super.${use.name} in ${owner.name} would be ${here.owner.name}.${use.name} in ${own.name}, which is abstract.`;
        const hint = `Name ${here.owner.name} before ${owner.name}, or write a body in ${here.owner.name}.`;
        return [{ code: "QW241", message, span: own.heritage ?? own.nameSpan, hint }];
      }),
  );
}

/** In a static method `this` is the class. */
function usesOf({ methods, slots }: ContractModel): MemberUse[] {
  return [...methods.filter(({ isStatic }) => !isStatic), ...slots].flatMap(({ uses }) => uses);
}

/** What a base names has to be its own: it is compiled in a contract, where another base can have something of the name. */
function unknownMember(name: string, span: Span, { own, slots, families }: LinkedContract): Problem {
  const nearest = suggest(
    name,
    [...slots, ...families].map((item) => item.name),
  );
  const hint = "Write it, declare it abstract, or extend the base that has it.";
  const message = `${own.name} has no member ${name}, nor has a base of it.`;
  return { code: "QW247", message, span, hint: nearest === undefined ? hint : `Did you mean ${nearest}? ${hint}` };
}

/** What `super.name` is in a class of a lineage. */
function nextOf(name: string, owner: ContractModel, lineage: readonly ContractModel[]): Version | undefined {
  for (const base of lineage.slice(lineage.indexOf(owner) + 1)) {
    const method = base.methods.find((item) => item.name === name && !item.isStatic && item.access !== "private");
    if (method !== undefined) return { owner: base, method };
  }
  return undefined;
}

/** Static members belong to the class that is named; asc would look in what a contract puts behind it, too. */
function checkStatics(contract: LinkedContract, sources: readonly SourceModel[]): Problem[] {
  const { own, lineage, lineageOf } = contract;
  const has = (owner: ContractModel, name: string) =>
    owner.statics.includes(name) || owner.methods.some((method) => method.isStatic && method.name === name);
  return sources.flatMap((source) =>
    source.accesses.flatMap(({ of, name, span }): Problem[] => {
      const named = lineage.find((owner) => owner.name === of);
      if (named === undefined) return [];
      const meant = lineageOf(named).find((owner) => has(owner, name));
      const found = lineage.slice(lineage.indexOf(named)).find((owner) => has(owner, name));
      if (found === undefined || found === meant) return [];
      const message =
        meant === undefined
          ? `${of}.${name} in ${own.name} would be ${found.name}.${name}, which ${of} does not know of.`
          : `${of}.${name} is ${meant.name}.${name}, but in ${own.name} it would be ${found.name}.${name}.`;
      const isHere = source.file === own.file;
      const hint = `Write ${(meant ?? found).name}.${name}.`;
      return [{ code: "QW242", message, span: isHere ? span : (own.heritage ?? own.nameSpan), hint }];
    }),
  );
}

/** What a contract names is its own or a base's, and no base's private member. */
export function checkReach(contract: LinkedContract): Problem[] {
  const { own, lineage } = contract;
  // Where a base is not found, that is what has to be said.
  const isWhole = lineage.every(({ bases }) => bases.every(({ name }) => lineage.some((base) => base.name === name)));
  const membersOf = ({ slots, methods }: ContractModel) => [
    ...slots.map(({ name, access }) => ({ name, access })),
    ...methods.filter(({ isStatic }) => !isStatic).map(({ name, access }) => ({ name, access })),
  ];
  return usesOf(own).flatMap(({ by, name, span }): Problem[] => {
    const line = by === "this" ? lineage : lineage.slice(1);
    const named = line.flatMap((owner) =>
      membersOf(owner).flatMap((item) => (item.name === name ? [{ owner, ...item }] : [])),
    );
    const [first] = named;
    // In a contract that is compiled by itself asc finds it.
    if (first === undefined)
      return by === "this" && own.isAbstract && isWhole ? [unknownMember(name, span, contract)] : [];
    if (named.some(({ owner, access }) => owner === own || access !== "private")) return [];
    const message = `${by}.${name} is private to ${first.owner.name}, which ${own.name} extends.`;
    return [
      { code: "QW243", message, span, hint: `Make ${name} protected in ${first.owner.name}, or use another member.` },
    ];
  });
}

/** A contract has no object in memory, by which asc would find what an interface's method is in it. */
export function checkInterfaceUse({ own, lineage }: LinkedContract): Problem[] {
  if (lineage.every(({ interfaces }) => interfaces === undefined)) return [];
  return own.bareThis.slice(0, 1).map((span) => ({
    code: "QW248",
    message: `${own.name} implements an interface, and hands itself on here: a call through the interface would not find its methods.`,
    span,
    hint: "Call them as this.name(), or leave out `implements` and take the contract's class as the parameter's type.",
  }));
}

/** Where a private member's name is not its alone, it is told apart by `this`: nothing else may lead to it. */
function checkPrivate({ own, lineage, families }: LinkedContract, sources: readonly SourceModel[]): Problem[] {
  if (lineage.every(({ bareThis }) => bareThis.length === 0)) return [];
  const shared = families.filter(
    ({ isPrivate, name, versions }) =>
      isPrivate && families.some((other) => other.name === name && other.versions[0]?.owner !== versions[0]?.owner),
  );
  return shared.flatMap(({ name, versions }): Problem[] => {
    const { owner } = versions[0] as Version;
    const source = sources.find((item) => item.accesses.some((access) => access.name === name));
    const access = source?.accesses.find((item) => item.name === name);
    if (source === undefined || access === undefined) return [];
    const message = `${name} is a private member of ${owner.name} and a member of another class of ${own.name}, and is named here of something else than this.`;
    const hint = `Write this.${name}, or rename the private one.`;
    const isHere = source.file === own.file;
    return [{ code: "QW243", message, span: isHere ? access.span : (own.heritage ?? own.nameSpan), hint }];
  });
}
