// Guards as they are written above methods, and what each asks in the model.

import type { Random } from "../../hostile/random.js";
import { encode, utf8Hex } from "../borsh.js";
import { fail } from "../failure.js";
import { U64 } from "../types.js";
import { type ClassSpec, called, type GuardMark, lineOf, memberOf } from "./line.js";
import { hasGuest, hasPaused, numberOf } from "./steps.js";
import type { Call } from "./world.js";

/** Some guards of a method of a class; `param` is the name of its first parameter. */
export function makeGuards(random: Random, one: ClassSpec, family: string, param: string): GuardMark[] {
  const numbers = (lineOf(one) ?? []).map(numberOf);
  const number = random.pick(numbers);
  const wanted: GuardMark[] = [
    only(`keep${number}`),
    only(`keep${number}`, `keep${random.pick(numbers)}`),
    guests(number),
  ];
  if (memberOf(one, "boss", "method") !== undefined) wanted.push(bossOf(one), bossOf(one));
  if (memberOf(one, "gate", "method") !== undefined) wanted.push(gateOf(one), gateOf(one), gateOf(one));
  if (hasPaused(one)) wanted.push(pausing(random.chance(50)));
  if (family !== "peek") wanted.push(LOCK, LOCK, LOCK);
  const guards = [random.pick(wanted), random.pick(wanted)].slice(0, random.pick([0, 1, 1, 1, 2]));
  if (family === "vouch") guards.unshift(random.chance(60) ? signedByParameter(param) : signedByField(`keep${number}`));
  return guards.filter(({ name }, i) => guards.findIndex((other) => other.name === name) === i);
}

const unauthorized = (caller: string): never => fail("Unauthorized", caller);

function only(...fields: readonly string[]): GuardMark {
  const names = [...new Set(fields)];
  const text = `@only(${names.map((name) => `"${name}"`).join(", ")})`;
  const make = () => ({
    before: ({ caller, at }: Call) => void (names.some((name) => at.get(name) === caller) || unauthorized(caller)),
  });
  return { name: "only", text, meaning: text, make };
}

function guests(number: string): GuardMark {
  const text = `@only("guests${number}")`;
  const make = () => ({
    before: (call: Call) => void (hasGuest(call, `guests${number}`) || unauthorized(call.caller)),
  });
  return { name: "only", text, meaning: text, make };
}

function bossOf(one: ClassSpec): GuardMark {
  const keep = `keep${numberOf(one)}`;
  const make = () => ({
    before: ({ caller, at }: Call) => void (at.get(keep) === caller || unauthorized(caller)),
  });
  return { name: "only", text: `@only("boss")`, meaning: `only ${one.name}.boss`, make };
}

function gateOf(one: ClassSpec): GuardMark {
  const make = (line: readonly ClassSpec[]) => ({
    before: (call: Call) => {
      const gate = called(line, one, "gate", "method");
      for (const step of gate?.member.body ?? []) step.run({ call, line, owner: one, args: [], r: 0n });
    },
  });
  return { name: "guard", text: `@guard("gate")`, meaning: `guard ${one.name}.gate`, make };
}

function pausing(whenPaused: boolean): GuardMark {
  const make = () => ({
    before: ({ at }: Call) => {
      if ((at.get("paused") === true) !== whenPaused) fail(whenPaused ? "NotPaused" : "Paused");
    },
  });
  const name = whenPaused ? "whenPaused" : "whenNotPaused";
  return { name, text: `@${name}`, meaning: name, make };
}

export const LOCK: GuardMark = {
  name: "nonReentrant",
  text: "@nonReentrant",
  meaning: "nonReentrant",
  make: () => {
    const key = utf8Hex("%lock");
    return {
      before: ({ at }) => {
        if (at.entries.has(key)) fail("Reentrant");
        at.entries.set(key, "25");
      },
      after: ({ at }) => void at.entries.delete(key),
    };
  },
};

function signedByParameter(name: string): GuardMark {
  const make = () => ({ before: (call: Call, [who]: readonly unknown[]) => checkSignature(call, who as string) });
  return { name: "signed", text: `@signed("${name}")`, meaning: "signed by the first parameter", make };
}

function signedByField(name: string): GuardMark {
  const make = () => ({ before: (call: Call) => checkSignature(call, call.at.get(name) as string) });
  return { name: "signed", text: `@signed("${name}")`, meaning: `signed by ${name}`, make };
}

/** The nonce of a signer is stored under `%nonce/` and the address. */
function checkSignature({ at, signature }: Call, signer: string): void {
  if (signature === undefined) fail("BadArguments");
  if (signature.by !== signer) fail("BadSignature");
  const key = utf8Hex("%nonce/") + signer;
  const stored = at.entries.get(key);
  const expected = stored === undefined ? 0n : Buffer.from(stored, "hex").readBigUInt64LE();
  if (signature.nonce !== expected) fail("BadNonce", encode(U64, expected));
  if (!signature.isRight) fail("BadSignature");
  at.entries.set(key, encode(U64, expected + 1n));
}
