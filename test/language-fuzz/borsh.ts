// Borsh as https://borsh.io has it, to and from hex digits: for the model, written without the project's own codec.

import { fail } from "./failure.js";
import type { ListValue, ObjectValue, Type, Value } from "./types.js";

/** A place of an array that was never set, of a type whose values are objects: it has no encoding. */
export const NEVER_SET: Value = Object.freeze({ fields: {} });

export function encode(type: Type, value: Value): string {
  if (value === NEVER_SET) fail("NullValue");
  switch (type.kind) {
    case "void":
      return "";
    case "int":
      return littleEndian(BigInt.asUintN(type.bits, value as bigint), type.bits / 8);
    case "enum":
      return littleEndian(value as bigint, 1);
    case "bool":
      return value === true ? "01" : "00";
    case "string": {
      // Half of a pair becomes U+FFFD, as TextEncoder has it.
      const bytes = Buffer.from(new TextEncoder().encode(value as string));
      return littleEndian(BigInt(bytes.length), 4) + bytes.toString("hex");
    }
    case "bytes":
      return littleEndian(BigInt((value as string).length / 2), 4) + (value as string);
    case "address":
    case "hash":
      return value as string;
    case "option":
      return value === null ? "00" : `01${encode(type.of, value)}`;
    case "array": {
      const { items } = value as ListValue;
      return littleEndian(BigInt(items.length), 4) + items.map((item) => encode(type.of, item)).join("");
    }
    case "fixed":
      return (value as ListValue).items.map((item) => encode(type.of, item)).join("");
    case "struct":
      return type.fields
        .map((field) => encode(field.type, (value as ObjectValue).fields[field.name] as Value))
        .join("");
  }
}

/** Reads a value from all of the digits; undefined if they are no such value. */
export function decode(type: Type, digits: string): Value | undefined {
  const reader = new Reader(digits);
  try {
    const value = reader.read(type);
    return reader.isAtEnd ? value : undefined;
  } catch (error) {
    if (error === BAD) return undefined;
    throw error;
  }
}

/** Reads values one after the other; undefined if the digits are something else. */
export function decodeAll(types: readonly Type[], digits: string): Value[] | undefined {
  const fields = types.map((type, i) => ({ name: String(i), type }));
  const read = decode({ kind: "struct", name: "", fields }, digits) as ObjectValue | undefined;
  return read && fields.map(({ name }) => read.fields[name] as Value);
}

const BAD = new Error("no such value");

class Reader {
  #at = 0;
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }

  get isAtEnd(): boolean {
    return this.#at === this.digits.length;
  }

  read(type: Type): Value {
    switch (type.kind) {
      case "void":
        return null;
      case "int": {
        const value = this.#number(type.bits / 8);
        return type.signed ? BigInt.asIntN(type.bits, value) : value;
      }
      case "enum": {
        const value = this.#number(1);
        if (value >= BigInt(type.members.length)) throw BAD;
        return value;
      }
      case "bool": {
        const value = this.#number(1);
        if (value > 1n) throw BAD;
        return value === 1n;
      }
      case "string":
        return Buffer.from(this.#take(Number(this.#number(4))), "hex").toString("utf8");
      case "bytes":
        return this.#take(Number(this.#number(4)));
      case "address":
        return this.#take(20);
      case "hash":
        return this.#take(32);
      case "option":
        return this.#number(1) === 0n ? null : this.read(type.of);
      case "array":
        return { items: this.#items(type.of, Number(this.#number(4))) };
      case "fixed":
        return { items: this.#items(type.of, type.length) };
      case "struct": {
        const fields: Record<string, Value> = {};
        for (const field of type.fields) fields[field.name] = this.read(field.type);
        return { fields };
      }
    }
  }

  #items(type: Type, count: number): Value[] {
    if (count > this.digits.length) throw BAD;
    return Array.from({ length: count }, () => this.read(type));
  }

  #take(bytes: number): string {
    const end = this.#at + 2 * bytes;
    if (end > this.digits.length) throw BAD;
    const taken = this.digits.slice(this.#at, end);
    this.#at = end;
    return taken;
  }

  #number(bytes: number): bigint {
    return BigInt(`0x${reversed(this.#take(bytes))}`);
  }
}

export function littleEndian(value: bigint, bytes: number): string {
  return reversed(value.toString(16).padStart(2 * bytes, "0"));
}

function reversed(digits: string): string {
  return (digits.match(/../g) ?? []).reverse().join("");
}

/** The zero value: what a field is before anything was stored. */
export function zeroOf(type: Type): Value {
  switch (type.kind) {
    case "int":
    case "enum":
      return 0n;
    case "bool":
      return false;
    case "string":
    case "bytes":
      return "";
    case "address":
      return "00".repeat(20);
    case "hash":
      return "00".repeat(32);
    case "option":
    case "void":
      return null;
    case "array":
      return { items: [] };
    case "fixed":
      return { items: Array.from({ length: type.length }, () => zeroOf(type.of)) };
    case "struct":
      return { fields: Object.fromEntries(type.fields.map((field) => [field.name, zeroOf(field.type)])) };
  }
}

export function utf8Hex(text: string): string {
  return Buffer.from(text, "utf8").toString("hex");
}
