// Borsh decoders, one function per type, put together once per interface. They trust nothing: lengths, bytes that must
// be 0 or 1, UTF-8 and enum bytes are checked. Format: https://borsh.io, as in encode.ts.

import type { Abi, AbiField, AbiType } from "../core/abi.js";
import { addressFromBytes } from "../core/address.js";
import { InternalError, QwvmError } from "../core/errors.js";
import { missingType } from "./encode.js";
import { INTEGER_TYPES } from "./integer-types.js";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads a value from `reader`, or throws a DecodeProblem. */
export type Decoder = (reader: ByteReader) => unknown;

/** Bytes that do not fit their type; codec.ts says of what. */
export class DecodeProblem {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Short bytes are read from a copy: a view of each result would cost more than the whole call. */
const SCRATCH = new Uint8Array(256);
const SCRATCH_VIEW = new DataView(SCRATCH.buffer);

/** A position in bytes that are being decoded. One reader at a time: `view` may be shared. */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  offset = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    if (bytes.length <= SCRATCH.length) {
      SCRATCH.set(bytes);
      this.view = SCRATCH_VIEW;
    } else {
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
  }

  get left(): number {
    return this.bytes.length - this.offset;
  }

  /** Moves past `count` bytes and says where they began. */
  take(count: number): number {
    const start = this.offset;
    if (count > this.bytes.length - start) {
      throw new DecodeProblem(`${count} bytes are needed at offset ${start}, but only ${this.left} are left`);
    }
    this.offset = start + count;
    return start;
  }

  slice(count: number): Uint8Array {
    const start = this.take(count);
    return this.bytes.slice(start, start + count);
  }
}

/** Makes the decoders of one interface; a struct's is made once and shared. */
export class DecoderFactory {
  readonly #structs = new Map<string, Decoder>();
  readonly #abi: Pick<Abi, "structs" | "enums">;

  constructor(abi: Pick<Abi, "structs" | "enums">) {
    this.#abi = abi;
  }

  decoder(type: AbiType): Decoder {
    if (typeof type === "string") return primitiveDecoder(type);
    if ("array" in type) return this.#array(type.array, type.length);
    if ("option" in type) return optionDecoder(this.decoder(type.option));
    return "struct" in type ? this.#struct(type.struct) : this.#enum(type.enum);
  }

  /** Reads fields into a plain object, in order. */
  record(fields: readonly AbiField[]): (reader: ByteReader) => Record<string, unknown> {
    const decoders = fields.map((field) => [field.name, this.decoder(field.type)] as const);
    if (fields.some(({ name }) => name === "__proto__")) {
      // Assigned, it would be the object's prototype and no field.
      return (reader) => Object.fromEntries(decoders.map(([name, decode]) => [name, decode(reader)]));
    }
    return (reader) => {
      const value: Record<string, unknown> = {};
      for (const [name, decode] of decoders) value[name] = decode(reader);
      return value;
    };
  }

  #array(item: AbiType, length: number | undefined): Decoder {
    const decode = this.decoder(item);
    return (reader) => {
      const count = length ?? reader.view.getUint32(reader.take(4), true);
      // Every item has at least one byte, unless it is a struct without fields; a lying length must not cost memory.
      if (count > reader.left && !(typeof item === "object" && ("struct" in item || "array" in item))) {
        throw new DecodeProblem(
          `an array of ${count} items is announced at offset ${reader.offset}, but ${reader.left} bytes are left`,
        );
      }
      const items: unknown[] = [];
      for (let index = 0; index < count; index++) {
        const before = reader.offset;
        items.push(decode(reader));
        if (reader.offset === before && index > 65_535) throw new DecodeProblem(`an array of ${count} empty items`);
      }
      return items;
    };
  }

  #struct(name: string): Decoder {
    const known = this.#structs.get(name);
    if (known !== undefined) return known;
    const struct = this.#abi.structs.find((candidate) => candidate.name === name);
    if (struct === undefined) throw missingType("struct", name);
    let decode: Decoder = () => {
      throw new InternalError(`The decoder of struct ${name} was used before it was made.`);
    };
    this.#structs.set(name, (reader) => decode(reader));
    decode = this.record(struct.fields);
    this.#structs.set(name, decode);
    return decode;
  }

  #enum(name: string): Decoder {
    const variants = this.#abi.enums.find((candidate) => candidate.name === name)?.variants;
    if (variants === undefined) throw missingType("enum", name);
    return (reader) => {
      const index = reader.bytes[reader.take(1)] as number;
      const variant = variants[index];
      if (variant === undefined)
        throw new DecodeProblem(`byte ${index} is not a ${name}, which has ${variants.length} values`);
      return variant;
    };
  }
}

function optionDecoder(decode: Decoder): Decoder {
  return (reader) => (readFlag(reader, "an option") ? decode(reader) : null);
}

function readFlag(reader: ByteReader, what: string): boolean {
  const byte = reader.bytes[reader.take(1)] as number;
  if (byte > 1)
    throw new DecodeProblem(`byte ${byte} at offset ${reader.offset - 1} is not ${what}: it must be 0 or 1`);
  return byte === 1;
}

function primitiveDecoder(type: Extract<AbiType, string>): Decoder {
  const integer = INTEGER_TYPES.get(type);
  if (integer === undefined) {
    const decoder = OTHER_DECODERS.get(type);
    if (decoder !== undefined) return decoder;
    throw new QwvmError("BAD_ABI", `The interface names the type ${JSON.stringify(type)}, which does not exist.`);
  }
  if (!integer.isNumber) return bigintDecoder(integer.bits / 64, integer.signed);
  const { signed } = integer;
  if (integer.bits === 32) {
    return (reader) =>
      signed ? reader.view.getInt32(reader.take(4), true) : reader.view.getUint32(reader.take(4), true);
  }
  if (integer.bits === 16) {
    return (reader) =>
      signed ? reader.view.getInt16(reader.take(2), true) : reader.view.getUint16(reader.take(2), true);
  }
  return (reader) => (signed ? reader.view.getInt8(reader.take(1)) : reader.view.getUint8(reader.take(1)));
}

function bigintDecoder(words: number, signed: boolean): Decoder {
  return (reader) => {
    const start = reader.take(words * 8);
    const last = start + (words - 1) * 8;
    let value = signed ? reader.view.getBigInt64(last, true) : reader.view.getBigUint64(last, true);
    for (let at = last - 8; at >= start; at -= 8) value = (value << 64n) | reader.view.getBigUint64(at, true);
    return value;
  };
}

const OTHER_DECODERS: ReadonlyMap<string, Decoder> = new Map<string, Decoder>(
  Object.entries({
    bool: (reader) => readFlag(reader, "a bool"),
    string: (reader) => {
      const bytes = reader.slice(reader.view.getUint32(reader.take(4), true));
      try {
        return utf8.decode(bytes);
      } catch {
        throw new DecodeProblem(`the string's ${bytes.length} bytes are not UTF-8`);
      }
    },
    bytes: (reader) => reader.slice(reader.view.getUint32(reader.take(4), true)),
    hash: (reader) => reader.slice(32),
    address: (reader) => addressFromBytes(reader.slice(20)),
  } satisfies Record<string, Decoder>),
);
