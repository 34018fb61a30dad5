// Random lines of contract classes: several bases, one behind the other, side by side or both, whose members have the same few
// names; overrides that keep, state or drop guards. Some of them are refused, as refusals.ts says.

import type { Random } from "../../hostile/random.js";
import { codeOf, ModelFailure } from "../failure.js";
import { ADDRESS, BOOL, INTS, type IntType, type Type } from "../types.js";
import { LOCK, makeGuards } from "./guard-marks.js";
import { type ClassSpec, lastOnes, lineOf, type Member, marksOf, memberOf, versionsIn } from "./line.js";
import { MODULUS } from "./step.js";
import { type BodyScope, callBack, FAMILIES, hasGuest, makeBody, numberOf } from "./steps.js";
import type { Call } from "./world.js";

/** A class being made. */
interface Making extends ClassSpec {
  readonly fields: { name: string; text: string; type?: Type }[];
  readonly members: Member[];
}

interface Maker {
  readonly random: Random;
  readonly type: IntType;
  readonly next: () => number;
}

/** The classes of one file, bases first; the last is the contract. */
export function makeClasses(random: Random, contract: string): { classes: readonly ClassSpec[]; type: IntType } {
  const type = INTS[random.pick(["u32", "u64", "u64", "u128", "u256", "u256", "i64", "i128", "i256"])] as IntType;
  let count = 0;
  const maker: Maker = { random, type, next: () => count++ };
  const classes: Making[] = [];
  const most = 3 + random.below(3);
  for (let i = 0; i < most; i++) {
    const isLast = i === most - 1;
    const bases = isLast ? leavesOf(classes, random) : someBases(classes, random);
    classes.push(makeClass(maker, isLast ? contract : `${contract}Base${i}`, ordered(bases), i, isLast));
  }
  return { classes, type };
}

function someBases(classes: readonly ClassSpec[], random: Random): ClassSpec[] {
  if (classes.length === 0 || random.chance(35)) return [];
  const first = random.pick(classes);
  if (classes.length === 1 || random.chance(60)) return [first];
  const second = random.pick(classes);
  return first === second ? [first] : [first, second];
}

/** What nothing else extends, in any order. */
function leavesOf(classes: readonly ClassSpec[], random: Random): ClassSpec[] {
  const leaves = classes.filter((one) => !classes.some(({ bases }) => bases.includes(one)));
  return leaves.length > 1 && random.chance(50) ? leaves.reverse() : leaves;
}

/** In an order that there is a line for, or the first alone. */
function ordered(bases: readonly ClassSpec[]): readonly ClassSpec[] {
  const has = (list: readonly ClassSpec[]) => lineOf({ name: "", bases: list, fields: [], members: [] }) !== undefined;
  const ways = [bases, [...bases].reverse()];
  return ways.find(has) ?? bases.slice(0, 1);
}

function makeClass(maker: Maker, name: string, bases: readonly ClassSpec[], index: number, isLast: boolean): Making {
  const { random, type } = maker;
  const statics = random.chance(50) ? makeStatics(maker) : undefined;
  const one: Making = { name, bases, fields: [], members: [], statics };
  one.fields.push({ name: `t${index}`, text: `t${index}: ${type.name};`, type });
  one.fields.push({ name: `keep${index}`, text: `keep${index}: Address;`, type: ADDRESS });
  one.fields.push({ name: `guests${index}`, text: `guests${index}: StorageSet<Address>;` });
  if (index === 0) one.fields.push({ name: "paused", text: "paused: bool;", type: BOOL });
  if (isLast) one.fields.push({ name: "peer", text: "peer: Address;", type: ADDRESS });
  const line = (lineOf(one) ?? [one]).slice(1);
  for (const family of ["gate", "boss", ...Object.keys(FAMILIES)]) {
    if (!isWanted(family, line, random)) continue;
    if (family === "gate") one.members.push(makeGate(maker, one));
    else if (family === "boss") one.members.push(makeBoss(one));
    else if (family === "level") one.members.push(...makeAccessors(maker, one));
    else one.members.push(makeMethod(maker, one, family, isLast));
  }
  one.members.push(makeUnique(maker, one, isLast, true), makeUnique(maker, one, isLast, false));
  return one;
}

/** Whether the class writes a member of the name: mostly where the language wants it, seldom where it refuses it. */
function isWanted(family: string, line: readonly ClassSpec[], random: Random): boolean {
  const forms: readonly Member["form"][] = ["method", "get", "set"];
  const isHidden = line.some((base) => forms.some((form) => memberOf(base, family, form)?.access === "private"));
  if (isHidden) return random.chance(4);
  const versions = forms.flatMap((form) => versionsIn(line, family, form));
  if (new Set(lastOnes(versions).map(({ owner }) => owner)).size > 1) return random.chance(88);
  return random.chance(PRIVATE.includes(family) ? 55 : 38);
}

const PRIVATE = ["gate", "boss", "help", "check"];

const PLAIN = { kind: undefined, payable: false, unguarded: false, guards: [] } as const;

function scopeOf(
  maker: Maker,
  owner: ClassSpec,
  level: number,
  writes: boolean,
  more: Partial<BodyScope> = {},
): BodyScope {
  return { ...maker, owner, level, writes, payable: false, ...more };
}

function makeStatics({ random, type: { name } }: Maker): NonNullable<ClassSpec["statics"]> {
  const [factor, more, rate] = [1 + random.below(9), random.below(500), random.below(900)].map(BigInt) as [
    bigint,
    bigint,
    bigint,
  ];
  return {
    text: `static readonly RATE: ${name} = ${rate};\n  static twist(x: ${name}): ${name} { return (x * ${factor} + ${more}) % ${MODULUS}; }`,
    rate,
    twist: (x) => (x * factor + more) % MODULUS,
  };
}

/** `gate`, which a guard names: reverts by who calls or by a field; a private one in each class. */
function makeGate({ random }: Maker, one: ClassSpec): Member {
  const number = numberOf(one);
  const text = `gate of ${one.name}`;
  const limit = 200_000 + random.below(800_000);
  const [condition, holds] = random.pick<readonly [string, (call: Call) => boolean]>([
    [`context.caller != this.keep${number}`, ({ caller, at }) => caller !== at.get(`keep${number}`)],
    [`this.t${number} < ${limit}`, ({ at }) => (at.get(`t${number}`) as bigint) < BigInt(limit)],
    [`!this.guests${number}.has(context.caller)`, (call) => !hasGuest(call, `guests${number}`)],
  ]);
  const body = [
    {
      text: `require(${condition}, "${text}");`,
      run: ({ call }: { call: Call }) => {
        if (!holds(call)) throw new ModelFailure(codeOf(text));
      },
    },
  ];
  return { ...PLAIN, name: "gate", form: "method", access: "private", params: [], result: undefined, body };
}

/** `boss`, which `@only` names. */
function makeBoss(one: ClassSpec): Member {
  const text = `return this.keep${numberOf(one)};`;
  const body = [{ text, run: () => {} }];
  return { ...PLAIN, name: "boss", form: "method", access: "private", params: [], result: ADDRESS, body };
}

function makeAccessors(maker: Maker, one: ClassSpec): Member[] {
  const { random, type } = maker;
  const before = versionsIn((lineOf(one) ?? []).slice(1), "level", "get")[0];
  const access = before?.member.access ?? random.pick(["protected", "public"] as const);
  const make = (form: "get" | "set"): Member => ({
    ...PLAIN,
    name: "level",
    form,
    access,
    params: form === "get" ? [] : [{ name: "given", type }],
    result: form === "get" ? type : undefined,
    body: makeBody(scopeOf(maker, one, 2, form === "set"), { name: "level", form }),
  });
  return [make("get"), make("set")];
}

function makeMethod(maker: Maker, one: ClassSpec, family: string, isLast: boolean): Member {
  const { random, type } = maker;
  const { level, writes } = FAMILIES[family] as (typeof FAMILIES)[string];
  const isOpen = level === 5;
  const isPrivate = PRIVATE.includes(family) || (!isOpen && random.chance(10));
  const x = { name: "x", type };
  const params =
    family === "vouch" ? [{ name: random.pick(["who", "holder", "signer"]), type: ADDRESS as Type }, x] : [x];
  const marks = isOpen ? makeMarks(maker, one, family, params[0]?.name ?? "") : PLAIN;
  const body = makeBody(
    scopeOf(maker, one, level, writes, {
      payable: family === "pay",
      back: isLast && family === "open" ? BACK : undefined,
    }),
    { name: family, form: "method" },
  );
  const access = isPrivate ? "private" : isOpen ? "public" : "protected";
  return { ...marks, name: family, form: "method", access, params, result: type, body };
}

/** What is called back: not what calls back itself. */
const BACK = ["close", "peek"];

/** Kind and guards: of the base's, stated again, others, or dropped. */
function makeMarks(
  maker: Maker,
  one: ClassSpec,
  family: string,
  param: string,
): Pick<Member, "kind" | "payable" | "unguarded" | "guards"> {
  const { random } = maker;
  const kind = family === "peek" ? "query" : "execute";
  const payable = (family === "pay") !== random.chance(2) && kind === "execute";
  const befores = lastOnes(versionsIn((lineOf(one) ?? []).slice(1), family, "method"));
  const marked = befores.flatMap((before) => marksOf(before) ?? []);
  const guards = makeGuards(random, one, family, param);
  if (marked.length === 0) return { kind, payable, unguarded: false, guards };
  const isGuarded = marked.some(({ member }) => member.guards.length > 0);
  if (random.chance(50)) return { ...PLAIN, unguarded: random.chance(2) };
  if (isGuarded && random.chance(25))
    return { kind, payable, unguarded: true, guards: random.chance(50) ? [] : guards };
  // Without any guard where there was one it is refused.
  const none = guards.length === 0 && isGuarded && random.chance(85);
  return none ? PLAIN : { kind, payable, unguarded: random.chance(2), guards };
}

/** A method that no other class has, and that calls those which several have; the contract's is called back from the peer. */
function makeUnique(maker: Maker, one: ClassSpec, isLast: boolean, writes: boolean): Member {
  const { random, type } = maker;
  const name = `${writes ? "do" : "read"}${numberOf(one)}`;
  const kind = writes ? "execute" : "query";
  const isLocked = isLast && writes && random.chance(50);
  const guards = random.chance(25) ? makeGuards(random, one, writes ? "close" : "peek", "") : [];
  const scope = scopeOf(maker, one, 6, writes, {
    // Back into itself it comes only where that is refused.
    back: isLast && writes ? (isLocked ? [...BACK, name] : BACK) : undefined,
  });
  const own = { name, form: "method" } as const;
  return {
    ...PLAIN,
    name,
    form: "method",
    access: "public",
    kind,
    guards: isLocked ? [LOCK] : guards,
    params: [{ name: "x", type }],
    result: type,
    body: [...makeBody(scope, own), ...callBack(scope), ...makeBody(scope, own)],
  };
}
