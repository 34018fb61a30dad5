// The codec of one interface: arguments to bytes, results, events and errors back to values, compiled once and kept.
// Its errors name contract, method, argument, value and type, and are thrown before the VM is entered.

import { type Abi, type AbiField, type AbiMethod, type AbiType, formatAbiType, wireParams } from "../core/abi.js";
import { BUILTIN_ERRORS } from "../core/builtin-errors.js";
import { QwvmError } from "../core/errors.js";
import { freezeCopy } from "../core/freeze.js";
import { suggest } from "../core/suggest.js";
import { ByteWriter } from "./byte-writer.js";
import { ByteReader, DecodeProblem, type Decoder, DecoderFactory } from "./decode.js";
import { type Encoder, EncoderFactory } from "./encode.js";
import { showValue, toHex, ValueProblem } from "./value-problem.js";

/** The writer that waits; undefined while values are being encoded, whose getters may make calls of their own. */
let waiting: ByteWriter | undefined = new ByteWriter();

function takeWriter(): ByteWriter {
  const writer = waiting ?? new ByteWriter();
  waiting = undefined;
  writer.reset();
  return writer;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const NO_BYTES = new Uint8Array(0);

/** Encodes the arguments and decodes the result of one method. */
export interface MethodCodec {
  readonly method: AbiMethod;
  /** @throws QwvmError `BAD_ARGUMENT_COUNT` or `BAD_ARGUMENT` */
  encodeArgs(args: readonly unknown[]): Uint8Array;
  /** The method's own parameters alone, without what a signed one wants behind them. */
  encodeOwnArgs(args: readonly unknown[]): Uint8Array;
  /** @throws QwvmError `BAD_RESULT` when the bytes do not fit, or some are left over */
  decodeResult(bytes: Uint8Array): unknown;
  /** Arguments as values, for messages; undefined when the bytes do not fit. */
  decodeArgs(bytes: Uint8Array): Record<string, unknown> | undefined;
}

/** An event of a known interface. */
export interface NamedValues {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** Of an error that has one: its text, with its fields filled in. */
  readonly text?: string;
}

/** The codec of one interface. */
export class AbiCodec {
  readonly abi: Abi;
  readonly #encoders: EncoderFactory;
  readonly #decoders: DecoderFactory;
  readonly #methods = new Map<string, MethodCodec>();
  readonly #init: MethodCodec;

  constructor(abi: Abi) {
    this.abi = abi;
    this.#encoders = new EncoderFactory(abi);
    this.#decoders = new DecoderFactory(abi);
    for (const method of abi.methods) this.#methods.set(method.name, this.#methodCodec(method));
    this.#init = this.#methodCodec(abi.init ?? { name: "init", kind: "init", params: [], payable: false });
  }

  /** The constructor's codec; without a constructor it takes no arguments. */
  get init(): MethodCodec {
    return this.#init;
  }

  get methods(): Iterable<MethodCodec> {
    return this.#methods.values();
  }

  /** The codec of a method; undefined when there is none of that name. `init` is the constructor's. */
  find(name: string): MethodCodec | undefined {
    return this.#methods.get(name) ?? (name === "init" ? this.#init : undefined);
  }

  /** @throws QwvmError `UNKNOWN_METHOD`, with the nearest name */
  method(name: string): MethodCodec {
    const codec = this.#methods.get(name);
    if (codec !== undefined) return codec;
    const names = [...this.#methods.keys()];
    const nearest = suggest(name, names);
    const hint = names.length === 0 ? "It has no methods." : `Its methods are ${names.join(", ")}.`;
    throw new QwvmError("UNKNOWN_METHOD", `${this.abi.name} has no method ${JSON.stringify(name)}.`, {
      hint: nearest === undefined ? hint : `Did you mean ${nearest}? ${hint}`,
    });
  }

  /** The event's name and fields; undefined when the interface has no such event or the data does not fit it. */
  decodeEvent(topic: Uint8Array, data: Uint8Array): NamedValues | undefined {
    const name = decodeText(topic);
    const event = this.abi.events.find((candidate) => candidate.name === name);
    if (event === undefined) return undefined;
    const args = this.#tryRecord(event.fields, data);
    return args && { name: event.name, args };
  }

  /** The error of this interface that revert data stands for; undefined for the SDK's own and for others. */
  decodeError(data: Uint8Array): NamedValues | undefined {
    if (data.length < 4) return undefined;
    const code = new ByteReader(data).view.getUint32(0, true);
    const known = data.length === 4 ? this.abi.messages?.find((candidate) => candidate.code === code) : undefined;
    if (known !== undefined) return { name: "Message", args: { message: known.text } };
    const entry = this.abi.errors.find((candidate) => candidate.code === code);
    const args = entry && this.#tryRecord(entry.fields, data.subarray(4));
    if (entry === undefined || args === undefined) return undefined;
    return entry.message === undefined
      ? { name: entry.name, args }
      : { name: entry.name, args, text: fillIn(entry.message, args) };
  }

  /** One value of a type of this interface. */
  decodeValue(type: AbiType, bytes: Uint8Array, what: string): unknown {
    return decodeAll(this.#decoders.decoder(type), bytes, what, formatAbiType(type));
  }

  /** @throws QwvmError `BAD_ARGUMENT` */
  encodeValue(type: AbiType, value: unknown, what: string): Uint8Array {
    const encode = this.#encoders.encoder(type);
    const writer = takeWriter();
    try {
      encode(writer, value);
      return writer.finish();
    } catch (problem) {
      throw problem instanceof ValueProblem ? badValue(what, formatAbiType(type), problem) : problem;
    } finally {
      waiting = writer;
    }
  }

  #tryRecord(fields: readonly AbiField[], data: Uint8Array): Record<string, unknown> | undefined {
    return tryDecode(this.#decoders.record(fields), data);
  }

  #methodCodec(method: AbiMethod): MethodCodec {
    const what = `${this.abi.name}.${method.name}`;
    const params = wireParams(method);
    const encoders = params.map((param) => this.#encoders.encoder(param.type));
    const ownEncoders = encoders.slice(0, method.params.length);
    const decodeResult = method.result === undefined ? undefined : this.#decoders.decoder(method.result);
    const resultText = method.result === undefined ? "" : formatAbiType(method.result);
    const decodeParams = this.#decoders.record(params);
    return {
      method,
      encodeArgs: (args) => encodeArguments(what, params, encoders, args),
      encodeOwnArgs: (args) => encodeArguments(what, method.params, ownEncoders, args),
      decodeResult: (bytes) => {
        if (decodeResult !== undefined) return decodeAll(decodeResult, bytes, `The result of ${what}`, resultText);
        return bytes.length === 0 ? undefined : decodeAll(() => undefined, bytes, `The result of ${what}`, "nothing");
      },
      decodeArgs: (bytes) => tryDecode(decodeParams, bytes),
    };
  }
}

/** Puts fields in the place of their names: `{needed} are needed`. Numbers are in plain digits. */
function fillIn(text: string, args: Readonly<Record<string, unknown>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(args, name) ? args[name] : undefined;
    if (value === undefined) return whole;
    return typeof value === "bigint" || typeof value === "string" ? String(value) : showValue(value);
  });
}

const codecs = new WeakMap<Abi, AbiCodec>();

/** The codec of an interface, made on first use. */
export function codecOf(abi: Abi): AbiCodec {
  let codec = codecs.get(abi);
  if (codec === undefined) {
    codec = new AbiCodec(freezeCopy(abi));
    codecs.set(abi, codec);
  }
  return codec;
}

const EMPTY_ABI: Abi = {
  abiVersion: 1,
  name: "",
  methods: [],
  events: [],
  errors: [],
  structs: [],
  enums: [],
  state: [],
};

/** The SDK's own error that revert data stands for. `text` says in words what it means. */
export function decodeBuiltinError(data: Uint8Array): (NamedValues & { readonly text: string }) | undefined {
  if (data.length < 4) return undefined;
  const code = new DataView(data.buffer, data.byteOffset).getUint32(0, true);
  const entry = BUILTIN_ERRORS.find((candidate) => candidate.code === code);
  if (entry === undefined) return undefined;
  const args = tryDecode(new DecoderFactory(EMPTY_ABI).record(entry.fields), data.subarray(4));
  return args && { name: entry.name, args, text: entry.text };
}

/** Text of bytes, or undefined when they are not UTF-8. */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** A method's parameters as an author reads them: `(to: Address, amount: u256)`. */
export function formatParams(params: readonly AbiField[]): string {
  return `(${params.map((param) => `${param.name}: ${formatAbiType(param.type)}`).join(", ")})`;
}

function encodeArguments(
  what: string,
  params: readonly AbiField[],
  encoders: readonly Encoder[],
  args: readonly unknown[],
): Uint8Array {
  if (args.length !== encoders.length) throw wrongCount(what, params, args);
  if (encoders.length === 0) return NO_BYTES;
  const writer = takeWriter();
  let index = 0;
  try {
    for (; index < encoders.length; index++) (encoders[index] as Encoder)(writer, args[index]);
    return writer.finish();
  } catch (problem) {
    if (!(problem instanceof ValueProblem)) throw problem;
    const { name, type } = params[index] as AbiField;
    throw badValue(`${what}: argument ${index + 1} (${name}: ${formatAbiType(type)})`, undefined, problem);
  } finally {
    waiting = writer;
  }
}

function wrongCount(what: string, params: readonly AbiField[], args: readonly unknown[]): QwvmError {
  const count = params.length === 0 ? "no arguments" : plural(params.length, "argument");
  const given = args.length === 0 ? "none was" : args.length === 1 ? "1 was" : `${args.length} were`;
  return new QwvmError("BAD_ARGUMENT_COUNT", `${what} takes ${count}, but ${given} given.`, {
    hint:
      args.length > params.length && args.length > 0 && params.length === 0
        ? `Call it without arguments; ${showValue(args[0])} was the first one given.`
        : `Its parameters are ${formatParams(params)}.`,
  });
}

function plural(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

function badValue(what: string, type: string | undefined, problem: ValueProblem): QwvmError {
  const place = problem.place === "" ? "" : `${problem.place} `;
  const typed = type === undefined ? "" : ` (${type})`;
  return new QwvmError("BAD_ARGUMENT", `${what}${typed}: ${place}is ${problem.text}.`.replace("): is", ") is"), {
    hint: problem.hint,
  });
}

function decodeAll(decode: Decoder, bytes: Uint8Array, what: string, type: string): unknown {
  const reader = new ByteReader(bytes);
  let problem: string | undefined;
  let value: unknown;
  try {
    value = decode(reader);
    if (reader.left > 0) problem = `${plural(reader.left, "byte")} left over after offset ${reader.offset}`;
  } catch (error) {
    if (!(error instanceof DecodeProblem)) throw error;
    problem = error.text;
  }
  if (problem === undefined) return value;
  const shown = `0x${toHex(bytes.subarray(0, 40))}${bytes.length > 40 ? "..." : ""}`;
  throw new QwvmError("BAD_RESULT", `${what} is not ${type === "nothing" ? "empty" : `a valid ${type}`}: ${problem}.`, {
    hint: `The ${plural(bytes.length, "byte")} are ${shown}. Does the interface belong to the contract deployed here?`,
  });
}

function tryDecode<T>(decode: (reader: ByteReader) => T, bytes: Uint8Array): T | undefined {
  const reader = new ByteReader(bytes);
  try {
    const value = decode(reader);
    return reader.left === 0 ? value : undefined;
  } catch (error) {
    if (error instanceof DecodeProblem) return undefined;
    throw error;
  }
}
