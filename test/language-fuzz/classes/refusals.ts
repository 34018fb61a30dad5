// What the language refuses of a class and its bases, by its description (docs/language.md, "Base contracts"): members that meet
// unasked, overrides of private members, guards dropped without a word.

import {
  type ClassSpec,
  lastOnes,
  lineOf,
  type Member,
  marksOf,
  memberOf,
  overridden,
  type Version,
  versionsIn,
} from "./line.js";

/** The codes that a class is refused with, its bases' own left out. */
export function refusalsOf(one: ClassSpec): Set<string> {
  const line = lineOf(one);
  if (line === undefined) return new Set(["QW141"]);
  const codes = new Set<string>();
  if (meetsUnasked(one, line)) codes.add("QW240");
  for (const member of one.members) {
    const reach = takesReach(member, line);
    if (reach) codes.add("QW140");
    else for (const code of refusedOverride({ owner: one, member })) codes.add(code);
  }
  return codes;
}

/** Two bases that know nothing of each other have one member, and the class does not say what it is. */
function meetsUnasked(one: ClassSpec, line: readonly ClassSpec[]): boolean {
  const names = new Set(line.flatMap(({ members }) => members.map(({ name }) => name)));
  return [...names].some((name) => {
    const forms: readonly Member["form"][] = ["method", "get", "set"];
    const versions = forms.flatMap((form) => versionsIn(line, name, form));
    if (versions.some(({ owner }) => owner === one)) return false;
    const owners = [...new Set(lastOnes(versions).map(({ owner }) => owner))];
    if (owners.length < 2) return false;
    // What a base joins already is said of the base.
    return !line.slice(1).some((base) => owners.every((owner) => (lineOf(base) ?? []).includes(owner)));
  });
}

/** It is a base's private member, or takes away what others may call. */
function takesReach({ name, form, access }: Member, line: readonly ClassSpec[]): boolean {
  return line.slice(1).some((base) => {
    const before = memberOf(base, name, form);
    if (before === undefined) return false;
    return (
      before.access === "private" || access === "private" || (access === "protected" && before.access === "public")
    );
  });
}

function refusedOverride(version: Version): string[] {
  const { member } = version;
  if (member.form !== "method" || member.access === "private") return [];
  const befores = overridden(version);
  const marked = befores.flatMap((before) => marksOf(before) ?? []);
  const codes: string[] = [];
  if (
    member.kind !== undefined &&
    marked.some(({ member: before }) => before.kind !== member.kind || before.payable !== member.payable)
  )
    codes.push("QW140");
  if (member.unguarded && (member.kind === undefined || marked.every(({ member: before }) => !isGuarded(before))))
    return [...codes, "QW245"];
  if (member.kind === undefined) {
    if (new Set(marked.map(meaningOf)).size > 1) codes.push("QW143");
  } else if (
    !member.unguarded &&
    member.guards.length === 0 &&
    marked.some(({ member: before }) => isGuarded(before))
  ) {
    codes.push("QW143");
  }
  return codes;
}

const isGuarded = ({ guards }: Member): boolean => guards.length > 0;

function meaningOf({ member }: Version): string {
  return JSON.stringify([member.kind, member.payable, member.guards.map(({ meaning }) => meaning)]);
}
