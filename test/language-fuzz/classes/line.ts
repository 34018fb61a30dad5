// Classes of contracts and their lines, by the language's description: C3, private members that are their class's own, kinds
// and guards that an override keeps until it states others.

import type { Type } from "../types.js";
import type { Step } from "./step.js";
import type { Guard } from "./world.js";

/** A guard as it is written above a method. */
export interface GuardMark {
  readonly name: string;
  readonly text: string;
  /** What it asks, the same for two guards that ask the same. */
  readonly meaning: string;
  /** What it does in a contract of this line. */
  make(line: readonly ClassSpec[]): Guard;
}

export interface Member {
  readonly name: string;
  readonly form: "method" | "get" | "set";
  readonly access: "private" | "protected" | "public";
  /** Undefined where the member states none. */
  readonly kind?: "execute" | "query" | undefined;
  readonly payable: boolean;
  readonly unguarded: boolean;
  readonly guards: readonly GuardMark[];
  readonly params: readonly { readonly name: string; readonly type: Type }[];
  readonly result: Type | undefined;
  readonly body: readonly Step[];
}

export interface ClassSpec {
  readonly name: string;
  readonly bases: readonly ClassSpec[];
  readonly fields: readonly { readonly name: string; readonly text: string; readonly type?: Type }[];
  readonly members: readonly Member[];
  /** `static twist` and `static readonly RATE`, which several classes have. */
  readonly statics?: { readonly text: string; readonly rate: bigint; twist(x: bigint): bigint } | undefined;
}

export interface Version {
  readonly owner: ClassSpec;
  readonly member: Member;
}

/** The class and its bases, in the order in which a member is looked up; undefined where there is no such order. */
export function lineOf(one: ClassSpec): ClassSpec[] | undefined {
  const lines: ClassSpec[][] = [];
  for (const base of one.bases) {
    const line = lineOf(base);
    if (line === undefined) return undefined;
    lines.push(line);
  }
  let rest = [...lines, [...one.bases]].filter((list) => list.length > 0);
  const line = [one];
  while (rest.length > 0) {
    const next = rest.map(([head]) => head as ClassSpec).find((head) => rest.every((list) => list.indexOf(head) <= 0));
    if (next === undefined) return undefined;
    line.push(next);
    rest = rest.map((list) => list.filter((item) => item !== next)).filter((list) => list.length > 0);
  }
  return line;
}

export function memberOf(owner: ClassSpec, name: string, form: Member["form"]): Member | undefined {
  return owner.members.find((member) => member.name === name && member.form === form);
}

/** All that are not private, in the order of the line. */
export function versionsIn(line: readonly ClassSpec[], name: string, form: Member["form"]): Version[] {
  return line.flatMap((owner) => {
    const member = memberOf(owner, name, form);
    return member === undefined || member.access === "private" ? [] : [{ owner, member }];
  });
}

/** What `this.name` in a class means: its own private member, or the line's first version. */
export function called(
  line: readonly ClassSpec[],
  from: ClassSpec,
  name: string,
  form: Member["form"],
): Version | undefined {
  const own = memberOf(from, name, form);
  if (own?.access === "private") return { owner: from, member: own };
  return versionsIn(line, name, form)[0];
}

/** What `super.name` in a class means in a contract of this line. */
export function calledBySuper(
  line: readonly ClassSpec[],
  from: ClassSpec,
  name: string,
  form: Member["form"],
): Version | undefined {
  return versionsIn(line.slice(line.indexOf(from) + 1), name, form)[0];
}

/** Versions whose class is no base of another's. */
export function lastOnes(versions: readonly Version[]): Version[] {
  return versions.filter(
    ({ owner }) => !versions.some((other) => other.owner !== owner && (lineOf(other.owner) ?? []).includes(owner)),
  );
}

/** The versions that one overrides, as its own class sees it. */
export function overridden({ owner, member }: Version): Version[] {
  return lastOnes(versionsIn((lineOf(owner) ?? []).slice(1), member.name, member.form));
}

/** The version that states kind and guards of this one. */
export function marksOf(version: Version): Version | undefined {
  if (version.member.kind !== undefined) return version;
  for (const before of overridden(version)) {
    const marks = marksOf(before);
    if (marks !== undefined) return marks;
  }
  return undefined;
}
