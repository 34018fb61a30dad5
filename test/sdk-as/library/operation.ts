// An operation of AssemblyScript's library as a contract has it, beside the same in JavaScript; and how both are run.

import { compileSdkModule, Revert, type SdkModule } from "../../fixtures/sdk-module.js";

/** A type on both sides: integers are bigint in JavaScript, whatever their width. `[]` behind it is an array. */
export type Kind = string;

export type Value = bigint | boolean | string | readonly Value[];

/** What an operation gives that ends the call. */
export const FAILS = Symbol("fails");

export interface Operation {
  readonly name: string;
  readonly params: readonly Kind[];
  readonly result: Kind;
  /** AssemblyScript over `a`, `b`, `c`, `d`: an expression, or statements with a `return`. */
  readonly body: string;
  // biome-ignore lint/suspicious/noExplicitAny: operations have parameters of all types.
  readonly reference: (...args: any[]) => Value | typeof FAILS;
}

const NAMES = ["a", "b", "c", "d"];
const HEX = /^(Address|Hash|Bytes)$/;
const FIXED: Record<string, number> = { Address: 20, Hash: 32 };

function asType(kind: Kind): string {
  return kind.endsWith("[]") ? `Array<${asType(kind.slice(0, -2))}>` : kind;
}

/** The module's text: an exported function for each operation, over encoded arguments. */
export function moduleOf(operations: readonly Operation[], declarations = ""): string {
  const functions = operations.map(({ name, params, result, body }) => {
    const list = params.map((kind, i) => `${NAMES[i]}: ${asType(kind)}`).join(", ");
    const reads = params.map((kind) => `read<${asType(kind)}>()`).join(", ");
    const statements = /\breturn\b/.test(body) ? body : `return ${body};`;
    return `function do_${name}(${list}): ${asType(result)} { ${statements} }
export function ${name}(at: usize, length: usize): i64 {
  // An odd number of bytes, as a text of that length takes them.
  __alloc((length & 14) + 1);
  openReader(at, length);
  return result<${asType(result)}>(do_${name}(${reads}));
}
`;
  });
  return `import { openReader, read, result } from "qwvm/sdk-as/glue";
import { Address, Bytes, Hash, u128, u256, i128, i256 } from "qwvm/sdk-as";
export function alloc(size: usize): usize { return __alloc(size); }
${declarations}
${functions.join("")}`;
}

export async function compile(operations: readonly Operation[], declarations?: string): Promise<() => SdkModule> {
  return compileSdkModule(moduleOf(operations, declarations));
}

/** The operation's result in Wasm, or FAILS. */
export function runIn(instance: SdkModule, { name, params, result }: Operation, args: readonly Value[]) {
  const bytes = params.flatMap((kind, i) => encode(kind, args[i] as Value));
  try {
    const at = instance.write(Uint8Array.from(bytes));
    const answer = BigInt.asUintN(64, BigInt(instance.exports[name]?.(at, bytes.length) as never));
    const data = instance.read(Number(answer >> 32n), Number(answer & 0xffffffffn));
    return decode(result, { data, at: 0 });
  } catch (error) {
    if (error instanceof Revert || error instanceof WebAssembly.RuntimeError) return FAILS;
    throw error;
  }
}

function widthOf(kind: Kind): { bytes: number; signed: boolean } {
  const [, sign, bits] = /^([iu])(\d+)$/.exec(kind) ?? [];
  if (bits === undefined) throw new Error(`${kind} is no integer`);
  return { bytes: Number(bits) / 8, signed: sign === "i" };
}

function littleEndian(value: bigint, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, i) => Number((BigInt.asUintN(bytes * 8, value) >> BigInt(8 * i)) & 255n));
}

function encode(kind: Kind, value: Value): number[] {
  if (kind.endsWith("[]")) {
    const items = value as readonly Value[];
    return [...littleEndian(BigInt(items.length), 4), ...items.flatMap((item) => encode(kind.slice(0, -2), item))];
  }
  if (kind === "bool") return [value === true ? 1 : 0];
  // UTF-16 units, so that halves of pairs arrive: see `fromUnits` in the operations.
  if (kind === "string") {
    const bytes = new TextEncoder().encode(value as string);
    return [...littleEndian(BigInt(bytes.length), 4), ...bytes];
  }
  if (HEX.test(kind)) {
    const bytes = [...Buffer.from((value as string).slice(2), "hex")];
    return kind in FIXED ? bytes : [...littleEndian(BigInt(bytes.length), 4), ...bytes];
  }
  return littleEndian(value as bigint, widthOf(kind).bytes);
}

function decode(kind: Kind, source: { readonly data: Uint8Array; at: number }): Value {
  const take = (length: number) => {
    source.at += length;
    return source.data.subarray(source.at - length, source.at);
  };
  const number = (length: number) => take(length).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  if (kind.endsWith("[]")) {
    return Array.from({ length: Number(number(4)) }, () => decode(kind.slice(0, -2), source));
  }
  if (kind === "bool") return number(1) !== 0n;
  if (kind === "string") return new TextDecoder("utf-8", { ignoreBOM: true }).decode(take(Number(number(4))));
  if (HEX.test(kind)) return `0x${Buffer.from(take(FIXED[kind] ?? Number(number(4)))).toString("hex")}`;
  const { bytes, signed } = widthOf(kind);
  return signed ? BigInt.asIntN(bytes * 8, number(bytes)) : number(bytes);
}
