// JSON ↔ the values that an interface's types have in JavaScript, for the command line. Integers are JSON numbers only
// while those are exact, else decimal texts; bytes, hashes and addresses are hex texts, or the label of a test address.

import { type Abi, type AbiField, type AbiPrimitive, type AbiType, formatAbiType } from "../core/abi.js";
import { QwvmError } from "../core/errors.js";
import { suggest } from "../core/suggest.js";
import { INTEGER_TYPES, type IntegerType } from "./integer-types.js";
import { isJsonObject, type Json, JsonNumber } from "./json-text.js";
import { address } from "./machine.js";
import { toHex } from "./value-problem.js";

type Types = Pick<Abi, "structs" | "enums">;

const LABEL = /^[A-Za-z][\w-]{0,31}$/;
/** What is rather an address with a mistake in it than a label. */
const HEX_LIKE = /^[0o]x|^[0-9a-f]{20,}$/i;
/** JSON numbers that are whole: `5`, `5.0`, `5e3`. */
const EXACT_FORM = /^-?\d+(\.0+)?([eE]\+?\d+)?$/;
const SHOWN = 60;

/**
 * The arguments of a method, in the order of its parameters, of a JSON object with their names; they fit their types.
 * @param what names the method: `Counter.increment`
 * @throws QwvmError `BAD_ARGUMENT`
 */
export function argumentsOfJson(types: Types, params: readonly AbiField[], json: Json, what: string): unknown[] {
  const example = exampleOf(types, params);
  if (!isJsonObject(json)) {
    throw new QwvmError("BAD_ARGUMENT", `${what} takes its arguments as a JSON object, but got ${show(json)}.`, {
      hint: `Write '${example}'.`,
    });
  }
  return new Reader(types, what, example).record(params, json, "");
}

/** What a parameter list looks like as JSON: `{"amount": 0}`. */
export function exampleOf(types: Types, params: readonly AbiField[]): string {
  return `{${params.map(({ name, type }) => `${JSON.stringify(name)}: ${exampleValue(types, type, 0)}`).join(", ")}}`;
}

/** A decoded value as JSON: integers beyond 2^53 as decimal texts, bytes as hex. */
export function jsonOfValue(value: unknown): unknown {
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (value instanceof Uint8Array) return `0x${toHex(value)}`;
  if (Array.isArray(value)) return value.map(jsonOfValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, jsonOfValue(item)]));
}

class Reader {
  readonly #types: Types;
  readonly #what: string;
  readonly #example: string;

  constructor(types: Types, what: string, example: string) {
    this.#types = types;
    this.#what = what;
    this.#example = example;
  }

  /** The fields' values in order. */
  record(fields: readonly AbiField[], json: { readonly [key: string]: Json }, path: string): unknown[] {
    const names = fields.map(({ name }) => name);
    for (const key of Object.keys(json)) {
      if (names.includes(key)) continue;
      const nearest = suggest(key, names);
      const hint = nearest === undefined ? "" : `Did you mean ${JSON.stringify(nearest)}? `;
      this.#refuse(`there is no ${path === "" ? "parameter" : "field"} ${at(path, key)}`, hint);
    }
    return fields.map(({ name, type }) => {
      const value = Object.hasOwn(json, name) ? json[name] : undefined;
      if (value === undefined) {
        this.#refuse(`${at(path, name)} (${formatAbiType(type)}) is missing`, "");
      }
      return this.#value(type, value, at(path, name));
    });
  }

  #value(type: AbiType, json: Json, path: string): unknown {
    if (typeof type === "string") return this.#primitive(type, json, path);
    if ("option" in type) return json === null ? null : this.#value(type.option, json, path);
    if ("array" in type) {
      if (type.array === "u8" && typeof json === "string") return this.#bytes(json, path, type);
      if (!Array.isArray(json)) return this.#wrong(type, json, path, "Write [...].");
      if (type.length !== undefined && json.length !== type.length) {
        return this.#wrong(type, json, path, `Give ${type.length} items, not ${json.length}.`);
      }
      return (json as readonly Json[]).map((item, i) => this.#value(type.array, item, `${path}[${i}]`));
    }
    if ("enum" in type) {
      const variants = this.#types.enums.find(({ name }) => name === type.enum)?.variants ?? [];
      if (typeof json === "string" && variants.includes(json)) return json;
      return this.#wrong(
        type,
        json,
        path,
        `Its values are ${variants.map((name) => JSON.stringify(name)).join(", ")}.`,
      );
    }
    const fields = this.#types.structs.find(({ name }) => name === type.struct)?.fields ?? [];
    if (!isJsonObject(json)) return this.#wrong(type, json, path, `Write ${exampleOf(this.#types, fields)}.`);
    const values = this.record(fields, json, path);
    return Object.fromEntries(fields.map(({ name }, i) => [name, values[i]]));
  }

  #primitive(type: AbiPrimitive, json: Json, path: string): unknown {
    if (INTEGER_TYPES.has(type)) return this.#integer(type, json, path);
    switch (type) {
      case "bool":
        return typeof json === "boolean" ? json : this.#wrong(type, json, path, "Write true or false.");
      case "string":
        return typeof json === "string" ? json : this.#wrong(type, json, path, 'Write a text in "double quotes".');
      case "address":
        if (typeof json === "string" && /^0x[0-9a-fA-F]{40}$/.test(json)) return json;
        if (typeof json === "string" && LABEL.test(json) && !HEX_LIKE.test(json)) return address(json);
        return this.#wrong(type, json, path, 'Write 0x and 40 hex digits, or a label: "alice".');
      case "hash": {
        const bytes = typeof json === "string" ? this.#bytes(json, path, type) : undefined;
        if (bytes?.length === 32) return bytes;
        return this.#wrong(type, json, path, "Write 0x and 64 hex digits.");
      }
      default:
        if (typeof json === "string") return this.#bytes(json, path, type);
        return this.#wrong(type, json, path, 'Write hex: "0x0102".');
    }
  }

  #integer(type: AbiPrimitive, json: Json, path: string): unknown {
    const { isNumber, min, max, bits, signed } = INTEGER_TYPES.get(type) as IntegerType;
    const source = json instanceof JsonNumber ? json.source : json;
    if (typeof source !== "string") return this.#wrong(type, json, path, "Write a whole number.");
    if (json instanceof JsonNumber && !EXACT_FORM.test(source)) {
      return this.#wrong(type, json, path, "Write a whole number.");
    }
    if (json instanceof JsonNumber && !Number.isSafeInteger(Number(source))) {
      if (/[.eE]/.test(source)) return this.#wrong(type, json, path, "Write a whole number, digit by digit.");
      const hint = `JSON numbers are exact up to 2^53 - 1. Write it as a string: "${source}".`;
      return this.#wrong(type, json, path, hint);
    }
    if (typeof json === "string" && !/^-?\d+$/.test(source)) {
      return this.#wrong(type, json, path, 'Write decimal digits: 5 or "5".');
    }
    const value = json instanceof JsonNumber ? BigInt(Number(source)) : BigInt(source);
    if (value < min || value > max) {
      const power = signed ? bits - 1 : bits;
      const range = bits <= 32 ? `${min} to ${max}` : `${signed ? `-2^${power}` : 0} to 2^${power} - 1`;
      return this.#wrong(type, json, path, `It is a whole number from ${range}.`);
    }
    return isNumber ? Number(value) : value;
  }

  #bytes(text: string, path: string, type: AbiType): Uint8Array {
    if (/^0x([0-9a-fA-F]{2})*$/.test(text)) return new Uint8Array(Buffer.from(text.slice(2), "hex"));
    return this.#wrong(type, text, path, 'Write an even number of hex digits after 0x: "0x0102".');
  }

  #wrong(type: AbiType, json: Json, path: string, hint: string): never {
    return this.#refuse(`${path} (${formatAbiType(type)}) is ${show(json)}`, `${hint} `);
  }

  #refuse(problem: string, hint: string): never {
    throw new QwvmError("BAD_ARGUMENT", `${this.#what}: ${problem}.`, {
      hint: `${hint}Its arguments look like '${this.#example}'.`,
    });
  }
}

function at(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

/** A JSON value as it was written, cut to a readable length. */
function show(json: Json): string {
  const text = showWhole(json);
  return text.length > SHOWN ? `${text.slice(0, SHOWN - 3)}...` : text;
}

function showWhole(json: Json): string {
  if (json instanceof JsonNumber) return json.source;
  if (Array.isArray(json)) return `[${json.map(showWhole).join(", ")}]`;
  if (!isJsonObject(json)) return JSON.stringify(json);
  return `{${Object.entries(json)
    .map(([key, value]) => `${JSON.stringify(key)}: ${showWhole(value)}`)
    .join(", ")}}`;
}

function exampleValue(types: Types, type: AbiType, depth: number): string {
  if (typeof type === "string") {
    if (INTEGER_TYPES.has(type)) return "5";
    return { bool: "true", string: '"text"', address: '"0x..."', bytes: '"0x..."', hash: '"0x..."' }[type as "bool"];
  }
  if ("option" in type) return "null";
  if (depth > 2) return "...";
  if ("array" in type) return `[${exampleValue(types, type.array, depth + 1)}]`;
  if ("enum" in type) return JSON.stringify(types.enums.find(({ name }) => name === type.enum)?.variants[0] ?? "");
  const fields = types.structs.find(({ name }) => name === type.struct)?.fields ?? [];
  const shown = fields.map((field) => `${JSON.stringify(field.name)}: ${exampleValue(types, field.type, depth + 1)}`);
  return `{${shown.join(", ")}}`;
}
