// Random steps of the bodies of classes: numbers, fields, events, payments, and calls of members by `this` and `super`.

import type { Random } from "../../hostile/random.js";
import { encode, utf8Hex } from "../borsh.js";
import { codeOf, fail, ModelError, ModelFailure } from "../failure.js";
import { runCollection } from "../stored-collections.js";
import { ADDRESS, BYTES, type IntType, STRING, type Value } from "../types.js";
import {
  type ClassSpec,
  called,
  calledBySuper,
  lineOf,
  type Member,
  memberOf,
  type Version,
  versionsIn,
} from "./line.js";
import { type Frame, MODULUS, type Step } from "./step.js";
import type { Call } from "./world.js";

/** What a member's body may use. */
export interface BodyScope {
  readonly random: Random;
  readonly type: IntType;
  readonly owner: ClassSpec;
  readonly writes: boolean;
  /** Members of lower levels alone are called, so that nothing calls itself. */
  readonly level: number;
  /** Whether value may have been sent. */
  readonly payable: boolean;
  /** Methods that the peer may call back; undefined where the peer is not there. */
  readonly back?: readonly string[] | undefined;
  /** Gives names and numbers that are there once. */
  readonly next: () => number;
}

interface Family {
  readonly form: "method" | "accessor";
  readonly level: number;
  readonly writes: boolean;
}

/** What members of generated classes are called, so that many classes have one of a name. */
export const FAMILIES: Readonly<Record<string, Family>> = {
  help: { form: "method", level: 0, writes: false },
  check: { form: "method", level: 1, writes: true },
  level: { form: "accessor", level: 2, writes: false },
  hook: { form: "method", level: 3, writes: false },
  step: { form: "method", level: 4, writes: true },
  close: { form: "method", level: 5, writes: true },
  open: { form: "method", level: 5, writes: true },
  pay: { form: "method", level: 5, writes: true },
  vouch: { form: "method", level: 5, writes: true },
  peek: { form: "method", level: 5, writes: false },
};

export function runMember(call: Call, line: readonly ClassSpec[], { owner, member }: Version, args: readonly Value[]) {
  const x = args.at(-1);
  const frame: Frame = { call, line, owner, args, r: typeof x === "bigint" ? x % MODULUS : 3n };
  for (const step of member.body) step.run(frame);
  return frame.r;
}

function invoke(
  { call, line, owner }: Frame,
  name: string,
  form: Member["form"],
  by: "this" | "super",
  args: readonly Value[],
): bigint {
  const version = by === "this" ? called(line, owner, name, form) : calledBySuper(line, owner, name, form);
  if (version === undefined) throw new ModelError(`no ${by}.${name} in ${owner.name}`);
  return runMember(call, line, version, args);
}

/** Whether the class can write `this.name`, and `super.name`. */
export function isThere(owner: ClassSpec, name: string, form: Member["form"], by: "this" | "super"): boolean {
  const bases = (lineOf(owner) ?? []).slice(1);
  if (versionsIn(bases, name, form).length > 0) return true;
  return by === "this" && memberOf(owner, name, form) !== undefined;
}

/** The number of a class, by which its fields are called. */
export const numberOf = ({ fields }: ClassSpec): string => /\d+$/.exec(fields[0]?.name ?? "")?.[0] ?? "";

export function fold(factor: number, more: number): Step {
  return {
    text: `r = (r * ${factor} + ${more}) % ${MODULUS};`,
    run: (frame) => (frame.r = (frame.r * BigInt(factor) + BigInt(more)) % MODULUS),
  };
}

function callStep(name: string, by: "this" | "super", factor: number): Step {
  const args = name === "vouch" ? "context.caller, r" : "r";
  return {
    text: `r = (r * ${factor} + ${by}.${name}(${args})) % ${MODULUS};`,
    run: (frame) => {
      const given = name === "vouch" ? [frame.call.caller, frame.r] : [frame.r];
      frame.r = (frame.r * BigInt(factor) + invoke(frame, name, "method", by, given)) % MODULUS;
    },
  };
}

/** A field to the left of a call that may change it: what it was before counts. */
function besideCalls(name: string, field: string): Step[] {
  const args = name === "vouch" ? "context.caller, r" : "r";
  const run = (frame: Frame): bigint => {
    const given = name === "vouch" ? [frame.call.caller, frame.r] : [frame.r];
    const before = frame.call.at.get(field) as bigint;
    return (before + invoke(frame, name, "method", "this", given)) % MODULUS;
  };
  return [
    {
      text: `for (let i = 0; i < 2; i++) r = (this.${field} + this.${name}(${args})) % ${MODULUS};`,
      run: (frame) => {
        for (let i = 0; i < 2; i++) frame.r = run(frame);
      },
    },
    {
      text: `this.${field} = (this.${field} + this.${name}(${args})) % ${MODULUS};`,
      run: (frame) => frame.call.at.set(field, run(frame)),
    },
  ];
}

function staticStep(name: string, { twist, rate }: NonNullable<ClassSpec["statics"]>): Step {
  return {
    text: `r = (r + ${name}.twist(r) + ${name}.RATE) % ${MODULUS};`,
    run: (frame) => (frame.r = (frame.r + twist(frame.r) + rate) % MODULUS),
  };
}

/** The steps of a body, one after the other. */
export function makeBody(scope: BodyScope, own: { readonly name: string; readonly form: Member["form"] }): Step[] {
  const { random, owner } = scope;
  const steps: Step[] = [fold(7, 1 + random.below(500))];
  for (let i = 1 + random.below(3); i > 0; i--) steps.push(makeStep(scope));
  if (isThere(owner, own.name, own.form, "super") && random.chance(75)) {
    const parent = own.form === "method" ? callStep(own.name, "super", 3) : accessSuper(own.name, own.form);
    steps.splice(random.below(steps.length + 1), 0, parent);
  }
  return steps;
}

function accessSuper(name: string, form: "get" | "set"): Step {
  if (form === "get")
    return {
      text: `r = (r + super.${name}) % ${MODULUS};`,
      run: (frame) => (frame.r = (frame.r + invoke(frame, name, form, "super", [])) % MODULUS),
    };
  return { text: `super.${name} = r;`, run: (frame) => void invoke(frame, name, form, "super", [frame.r]) };
}

function makeStep(scope: BodyScope): Step {
  const { random, owner, level, writes } = scope;
  const number = numberOf(owner);
  const k = 1 + random.below(50);
  const calls = Object.entries(FAMILIES).filter(
    ([name, family]) =>
      family.form === "method" &&
      family.level < level &&
      (writes || !family.writes) &&
      isThere(owner, name, "method", "this"),
  );
  const wanted: Step[] = [
    fold(3, k),
    {
      text: `r = (r + this.t${number}) % ${MODULUS};`,
      run: (frame) => (frame.r = (frame.r + (frame.call.at.get(`t${number}`) as bigint)) % MODULUS),
    },
  ];
  for (const [name, family] of calls) {
    wanted.push(callStep(name, "this", 5), callStep(name, "this", 2));
    if (family.writes) wanted.push(...besideCalls(name, `t${number}`));
  }
  for (const one of lineOf(owner) ?? []) if (one.statics !== undefined) wanted.push(staticStep(one.name, one.statics));
  if (level > 2 && isThere(owner, "level", "get", "this")) wanted.push(...accessors(scope, k));
  if (random.chance(15)) wanted.push(refusing(owner, k));
  if (scope.payable)
    wanted.push({
      text: `if (context.value > ${k}) r = (r + ${k}) % ${MODULUS};`,
      run: (frame) => {
        if (frame.call.value > BigInt(k)) frame.r = (frame.r + BigInt(k)) % MODULUS;
      },
    });
  if (writes) wanted.push(...writing(scope, k));
  return random.pick(wanted);
}

function accessors({ writes }: BodyScope, k: number): Step[] {
  const read: Step = {
    text: `r = (r * 2 + this.level) % ${MODULUS};`,
    run: (frame) => (frame.r = (frame.r * 2n + invoke(frame, "level", "get", "this", [])) % MODULUS),
  };
  if (!writes) return [read];
  const set: Step = {
    text: `this.level = r;`,
    run: (frame) => void invoke(frame, "level", "set", "this", [frame.r]),
  };
  const add: Step = {
    text: `this.level += ${k};`,
    run: (frame) => {
      const before = invoke(frame, "level", "get", "this", []);
      invoke(frame, "level", "set", "this", [before + BigInt(k)]);
    },
  };
  return [read, set, add];
}

function refusing({ name }: ClassSpec, k: number): Step {
  const text = `${name} says no`;
  return {
    text: `require(r % 11 != ${k % 11}, "${text}");`,
    run: (frame) => {
      if (frame.r % 11n === BigInt(k % 11)) throw new ModelFailure(codeOf(text));
    },
  };
}

const GUESTS = { kind: "storage-set", of: ADDRESS } as const;

export function hasGuest(call: Call, field: string): boolean {
  return runCollection(GUESTS, utf8Hex(field), "has", [call.caller], call.at.storage) === true;
}

function writing(scope: BodyScope, k: number): Step[] {
  const { random, owner, type, back } = scope;
  const number = numberOf(owner);
  const [t, guests, keep] = [`t${number}`, `guests${number}`, `keep${number}`];
  const change = random.pick(["add", "delete"]);
  const steps: Step[] = [
    { text: "emit(new Mark(r));", run: ({ call, r }) => call.world.emit("Mark", encode(type, r)) },
    {
      text: `this.${t} = (this.${t} * 3 + r + ${k}) % ${MODULUS};`,
      run: ({ call, r }) => call.at.set(t, ((call.at.get(t) as bigint) * 3n + r + BigInt(k)) % MODULUS),
    },
    {
      text: `this.${guests}.${change}(context.caller);`,
      run: ({ call }) => void runCollection(GUESTS, utf8Hex(guests), change, [call.caller], call.at.storage),
    },
  ];
  if (hasPaused(owner) && scope.level > 3)
    steps.push({
      text: "this.paused = !this.paused;",
      run: ({ call }) => call.at.set("paused", call.at.get("paused") !== true),
    });
  if (scope.level > 3 && random.chance(60)) steps.push(payment(random, keep, k), payment(random, keep, k));
  if (back !== undefined && back.length > 0 && random.chance(70)) {
    const one = calledBack(scope, random.pick(back));
    steps.push(one, one, one);
  }
  return steps;
}

export const hasPaused = (owner: ClassSpec): boolean =>
  (lineOf(owner) ?? []).some(({ fields }) => fields.some(({ name }) => name === "paused"));

function payment(random: Random, keep: string, amount: number): Step {
  const [text, to] = random.pick<readonly [string, (call: Call) => string]>([
    [`this.${keep}`, ({ at }) => at.get(keep) as string],
    ["context.caller", ({ caller }) => caller],
    ["context.self", ({ at }) => at.address],
  ]);
  if (random.chance(50))
    return {
      text: `transfer(${text}, ${amount});`,
      run: ({ call }) => {
        if (!call.world.pay(call.at.address, to(call), BigInt(amount))) fail("TransferFailed");
      },
    };
  return {
    text: `if (tryTransfer(${text}, ${amount})) r = (r + 1) % ${MODULUS};`,
    run: (frame) => {
      const { call } = frame;
      if (call.world.pay(call.at.address, to(call), BigInt(amount))) frame.r = (frame.r + 1n) % MODULUS;
    },
  };
}

/** A call of the peer, which calls back. */
export function callBack(scope: BodyScope): Step[] {
  const { back, random } = scope;
  return back === undefined || back.length === 0 ? [] : [calledBack(scope, random.pick(back))];
}

/** The peer calls one of the contract's methods with `r`; its failure is survived, or is this call's. */
function calledBack({ random, type, next }: BodyScope, method: string): Step {
  const args = `encode<Address>(context.self).concat(encode<string>("${method}")).concat(encode<Bytes>(encode<${type.name}>(r)))`;
  const call = ({ call: { world, at }, r }: Frame) =>
    world.call(
      at.address,
      at.get("peer") as string,
      "back",
      encode(ADDRESS, at.address) + encode(STRING, method) + encode(BYTES, encode(type, r)),
    );
  if (random.chance(50)) {
    const name = `called${next()}`;
    return {
      text: `const ${name} = tryCallContract(this.peer, "back", ${args});\nif (${name}.success) r = (r + 5) % ${MODULUS};`,
      run: (frame) => {
        if (call(frame).failure === undefined) frame.r = (frame.r + 5n) % MODULUS;
      },
    };
  }
  return {
    text: `callContract(this.peer, "back", ${args});`,
    run: (frame) => {
      const { failure, data } = call(frame);
      if (failure !== undefined) throw new ModelFailure(data === "" ? "0b000000" : data);
    },
  };
}
