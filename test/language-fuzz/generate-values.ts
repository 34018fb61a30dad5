// Random values of a type: near the ends of the range, near powers of two, small, empty and long; texts with all kinds of
// characters.

import type { Random } from "../hostile/random.js";
import { zeroOf } from "./borsh.js";
import { type IntType, least, most, type Type, type Value, wrap } from "./types.js";

const CHARACTERS = ["a", "b", "Z", "0", " ", "é", "ß", "€", "日", "😀", "𝔘", "\u0000", "\n", '"', "\\", "$", "`"];

export function randomInteger(type: IntType, random: Random): bigint {
  const bits = BigInt(random.below(type.bits + 1));
  switch (random.below(8)) {
    case 0:
      return BigInt(random.below(4));
    case 1:
      return wrap({ ...type, bits: Math.min(type.bits, 32) }, BigInt(random.below(200)));
    case 2:
      return random.chance(50) ? least(type) : most(type);
    case 3:
      return wrap(type, (1n << bits) - BigInt(random.below(3)));
    case 4:
      return type.signed ? -BigInt(random.below(100)) : BigInt(random.below(100));
    case 5: {
      let value = 0n;
      for (let taken = 0; taken < type.bits; taken += 32) value = (value << 32n) | BigInt(random.next());
      return wrap(type, value >> BigInt(random.below(type.bits)));
    }
    default:
      return BigInt(random.below(20));
  }
}

export function randomText(random: Random, most = 6): string {
  const length = random.chance(4) ? random.below(200) : random.below(most + 1);
  return Array.from({ length }, () => random.pick(CHARACTERS)).join("");
}

export function randomHex(random: Random, bytes: number): string {
  return Array.from({ length: bytes }, () => random.below(256).toString(16).padStart(2, "0")).join("");
}

/** Few different ones, so that they meet again. */
export function randomAccount(random: Random): string {
  const digit = random.below(4);
  return digit === 0 ? "00".repeat(20) : `${"0".repeat(39)}${digit}`;
}

export function randomValue(type: Type, random: Random, depth = 0): Value {
  switch (type.kind) {
    case "int":
      return randomInteger(type, random);
    case "enum":
      return BigInt(random.below(type.members.length));
    case "bool":
      return random.chance(50);
    case "string":
      return randomText(random);
    case "bytes":
      return randomHex(random, random.chance(4) ? random.below(300) : random.below(8));
    case "address":
      return randomAccount(random);
    case "hash":
      return random.chance(50) ? "11".repeat(32) : randomHex(random, 32);
    case "option":
      return random.chance(35) ? null : randomValue(type.of, random, depth + 1);
    case "array": {
      const length = depth > 1 ? random.below(3) : random.chance(4) ? random.below(60) : random.below(6);
      return { items: Array.from({ length }, () => randomValue(type.of, random, depth + 1)) };
    }
    case "fixed":
      return { items: Array.from({ length: type.length }, () => randomValue(type.of, random, depth + 1)) };
    case "struct":
      return {
        fields: Object.fromEntries(
          type.fields.map((field) => [field.name, randomValue(field.type, random, depth + 1)]),
        ),
      };
    case "void":
      return zeroOf(type);
  }
}
