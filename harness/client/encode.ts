// Borsh encoders, one function per type, put together once per interface. They check as they write: count, type and
// range of every value, so that nothing wrong reaches the VM. Format: https://borsh.io, with `address` as 20 raw bytes
// and `hash` as 32.

import type { Abi, AbiField, AbiType } from "../core/abi.js";
import { formatAbiType } from "../core/abi.js";
import { parseAddress } from "../core/address.js";
import { InternalError, QwvmError } from "../core/errors.js";
import { printableLiteral } from "../core/printable.js";
import type { ByteWriter } from "./byte-writer.js";
import { describeRange, INTEGER_TYPES, type IntegerType } from "./integer-types.js";
import { isBytes, showValue, ValueProblem } from "./value-problem.js";

/** Writes a value or throws a ValueProblem. */
export type Encoder = (writer: ByteWriter, value: unknown) => void;

/** Makes the encoders of one interface; a struct's is made once and shared. */
export class EncoderFactory {
  readonly #structs = new Map<string, Encoder>();
  readonly #abi: Pick<Abi, "structs" | "enums">;

  constructor(abi: Pick<Abi, "structs" | "enums">) {
    this.#abi = abi;
  }

  /** @throws QwvmError `BAD_ABI` when the type names a struct or an enum that the interface lacks */
  encoder(type: AbiType): Encoder {
    if (typeof type === "string") return primitiveEncoder(type);
    if ("array" in type) return this.#array(type.array, type.length);
    if ("option" in type) return optionEncoder(this.encoder(type.option));
    return "struct" in type ? this.#struct(type.struct) : this.#enum(type.enum);
  }

  /** Writes the fields of an object, or of a struct, in order. */
  record(fields: readonly AbiField[], what: string): Encoder {
    const encoders = fields.map((field) => this.encoder(field.type));
    return (writer, value) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) {
        const shape = fields.map((field) => `${field.name}: ${formatAbiType(field.type)}`).join(", ");
        throw new ValueProblem(`${showValue(value)}, which is not a ${what}`, `Give an object: { ${shape} }.`);
      }
      for (let index = 0; index < encoders.length; index++) {
        const { name, type } = fields[index] as AbiField;
        const item = (value as Record<string, unknown>)[name];
        // What every object has, such as toString, was not given.
        const isInherited = name in Object.prototype && !Object.hasOwn(value, name);
        if (isInherited || (item === undefined && !(name in value))) {
          const given = Object.keys(value).join(", ") || "none";
          throw new ValueProblem(
            `${showValue(value)}, which lacks the field ${name}: ${formatAbiType(type)}`,
            `The fields given are: ${given}.`,
          );
        }
        encodeAt(encoders[index] as Encoder, writer, item, `.${name}`);
      }
    };
  }

  #array(item: AbiType, length: number | undefined): Encoder {
    const encodeItem = this.encoder(item);
    const acceptsBytes = item === "u8";
    const what = formatAbiType(length === undefined ? { array: item } : { array: item, length });
    return (writer, value) => {
      if (!Array.isArray(value) && !(acceptsBytes && isBytes(value))) {
        throw new ValueProblem(`${showValue(value)}, which is not an array`, `Give an array for ${what}.`);
      }
      // Read once: a Proxy may say something else the next time.
      const count = value.length;
      if (length !== undefined && count !== length) {
        throw new ValueProblem(`an array of ${count} items instead of ${length}`, `${what} has exactly ${length}.`);
      }
      if (length === undefined) writer.u32(count);
      for (let index = 0; index < count; index++) encodeAt(encodeItem, writer, value[index], `[${index}]`);
    };
  }

  #struct(name: string): Encoder {
    const known = this.#structs.get(name);
    if (known !== undefined) return known;
    const struct = this.#abi.structs.find((candidate) => candidate.name === name);
    if (struct === undefined) throw missingType("struct", name);
    let encode: Encoder = () => {
      throw new InternalError(`The encoder of struct ${name} was used before it was made.`);
    };
    // A struct may contain itself through an array or an option: inside, its encoder is looked up when it runs.
    this.#structs.set(name, (writer, value) => encode(writer, value));
    encode = this.record(struct.fields, name);
    this.#structs.set(name, encode);
    return encode;
  }

  #enum(name: string): Encoder {
    const variants = this.#abi.enums.find((candidate) => candidate.name === name)?.variants;
    if (variants === undefined) throw missingType("enum", name);
    const indexes = new Map(variants.map((variant, index) => [variant, index]));
    return (writer, value) => {
      const index = indexes.get(value as string);
      if (index === undefined) {
        const list = variants.map((variant) => printableLiteral(variant)).join(", ");
        throw new ValueProblem(`${showValue(value)}, which is not a ${name}`, `Its values are ${list}.`);
      }
      writer.u8(index);
    };
  }
}

function encodeAt(encode: Encoder, writer: ByteWriter, value: unknown, step: string): void {
  try {
    encode(writer, value);
  } catch (problem) {
    if (problem instanceof ValueProblem) problem.path.push(step);
    throw problem;
  }
}

/** The error of an interface that names a type it does not have. */
export function missingType(kind: "struct" | "enum", name: string): QwvmError {
  return new QwvmError(
    "BAD_ABI",
    `The interface names the ${kind} ${JSON.stringify(name)}, but does not describe it.`,
    {
      hint: `Add it to the interface's "${kind}s".`,
    },
  );
}

function optionEncoder(encode: Encoder): Encoder {
  return (writer, value) => {
    if (value === undefined) throw new ValueProblem("undefined", "Write null for no value.");
    writer.u8(value === null ? 0 : 1);
    if (value !== null) encode(writer, value);
  };
}

function primitiveEncoder(type: Extract<AbiType, string>): Encoder {
  const integer = INTEGER_TYPES.get(type);
  if (integer !== undefined) return integer.isNumber ? numberEncoder(integer) : bigintEncoder(integer);
  const encoder = OTHER_ENCODERS.get(type);
  if (encoder !== undefined) return encoder;
  throw new QwvmError("BAD_ABI", `The interface names the type ${JSON.stringify(type)}, which does not exist.`, {
    hint: `The types are bool, string, bytes, address, hash, ${[...INTEGER_TYPES.keys()].join(", ")}.`,
  });
}

function bigintEncoder(type: IntegerType): Encoder {
  const { min, max } = type;
  const words = type.bits / 64;
  return (writer, value) => {
    if (typeof value !== "bigint") {
      const asBigint = Number.isSafeInteger(value) ? `Write ${value}n: ` : "";
      throw new ValueProblem(notA(value, type), `${asBigint}${article(type.name)} is ${describeRange(type)}.`);
    }
    if (value < min || value > max) throw new ValueProblem(notA(value, type), rangeHint(type));
    writer.big(value, words);
  };
}

function numberEncoder(type: IntegerType): Encoder {
  const min = Number(type.min);
  const max = Number(type.max);
  const { bits } = type;
  return (writer, value) => {
    if (typeof value !== "number") {
      const asNumber = typeof value === "bigint" && value >= min && value <= max ? `Write ${value}: ` : "";
      throw new ValueProblem(notA(value, type), `${asNumber}${article(type.name)} is ${describeRange(type)}.`);
    }
    if (!Number.isInteger(value) || value < min || value > max)
      throw new ValueProblem(notA(value, type), rangeHint(type));
    if (bits === 32) writer.u32(value);
    else if (bits === 16) writer.u16(value);
    else writer.u8(value);
  };
}

function notA(value: unknown, type: IntegerType): string {
  return `${showValue(value)}, which is not ${article(type.name)}`;
}

function rangeHint(type: IntegerType): string {
  return `${article(type.name)} is ${describeRange(type)}.`;
}

/** `a u64`, `an i64`. */
function article(name: string): string {
  return name.startsWith("i") ? `an ${name}` : `a ${name}`;
}

const OTHER_ENCODERS: ReadonlyMap<string, Encoder> = new Map<string, Encoder>(
  Object.entries({
    bool: (writer, value) => {
      if (typeof value !== "boolean")
        throw new ValueProblem(`${showValue(value)}, which is not a bool`, "Write true or false.");
      writer.u8(value ? 1 : 0);
    },
    string: (writer, value) => {
      if (typeof value !== "string") {
        throw new ValueProblem(`${showValue(value)}, which is not a string`, "Give a JavaScript string.");
      }
      if (/\p{Surrogate}/u.test(value)) {
        const hint = "Text is stored as UTF-8, which cannot hold half of a surrogate pair; pass bytes for binary data.";
        throw new ValueProblem(`${showValue(value)}, which has a lone surrogate`, hint);
      }
      writer.text(value);
    },
    bytes: (writer, value) => {
      if (!isBytes(value)) {
        throw new ValueProblem(`${showValue(value)}, which is not bytes`, "Give a Uint8Array: Uint8Array.of(1, 2, 3).");
      }
      writer.u32(value.length);
      writer.raw(value);
    },
    hash: (writer, value) => {
      if (!isBytes(value))
        throw new ValueProblem(`${showValue(value)}, which is not a hash`, "Give a Uint8Array of 32 bytes.");
      if (value.length !== 32) {
        throw new ValueProblem(`${value.length} bytes instead of 32`, "A hash is a Uint8Array of exactly 32 bytes.");
      }
      writer.raw(value);
    },
    address: (writer, value) => {
      writer.raw(addressBytes(value));
    },
  } satisfies Record<string, Encoder>),
);

const ADDRESS_HINT = 'An address is 20 bytes, written as 0x and 40 hex digits. In tests, address("alice") makes one.';

/** Where the last address was put together; the writer copies it. */
const ADDRESS_SCRATCH = new Uint8Array(20);

function addressBytes(value: unknown): Uint8Array {
  if (typeof value === "string" && readAddress(value)) return ADDRESS_SCRATCH;
  let text: string;
  try {
    text = parseAddress(value, "it");
  } catch (error) {
    if (!(error instanceof QwvmError)) throw error;
    throw new ValueProblem(describeBadAddress(value), ADDRESS_HINT);
  }
  readAddress(text);
  return ADDRESS_SCRATCH;
}

/** Reads `0x` and 40 hex digits into the scratch bytes; false for any other text. */
function readAddress(text: string): boolean {
  if (text.length !== 42 || text.charCodeAt(0) !== 0x30 || text.charCodeAt(1) !== 0x78) return false;
  let bad = 0;
  for (let index = 0; index < 20; index++) {
    const first = text.charCodeAt(2 + index * 2);
    const second = text.charCodeAt(3 + index * 2);
    const high = HEX_VALUES[first & 0xff] as number;
    const low = HEX_VALUES[second & 0xff] as number;
    bad |= high | low | ((first | second) & 0xff00);
    ADDRESS_SCRATCH[index] = (high << 4) | low;
  }
  return (bad & ~15) === 0;
}

/** The value of each hex digit by its character code; 255 for all other characters. */
const HEX_VALUES = new Uint8Array(256).fill(255);
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16);
  HEX_VALUES[digit.charCodeAt(0)] = value;
  HEX_VALUES[digit.toUpperCase().charCodeAt(0)] = value;
}

function describeBadAddress(value: unknown): string {
  if (isBytes(value)) return `${value.length} bytes instead of 20`;
  const isHex = typeof value === "string" && /^(0x)?[0-9a-fA-F]+$/.test(value);
  if (!isHex) return `${showValue(value)}, which is not an address`;
  const digits = value.replace(/^0x/, "").length;
  return `${showValue(value)}, which has ${digits / 2} bytes instead of 20`;
}
