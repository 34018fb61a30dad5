// Checks an interface that somebody else has written: its shape, its names, and that every type it names is there.
// Lists that are left out are empty, so that a hand-written interface can be short. Problems name the path in the file.

import type { Abi, AbiField, AbiMethod, AbiType } from "../core/abi.js";
import { QwvmError } from "../core/errors.js";
import { isPrintable } from "../core/printable.js";
import { suggest } from "../core/suggest.js";
import { INTEGER_TYPES } from "./integer-types.js";
import { showValue } from "./value-problem.js";

/** A method as it may be written by hand: what is left out is `[]` and `false`. */
export type AbiMethodInput = Omit<AbiMethod, "params" | "payable"> & Partial<Pick<AbiMethod, "params" | "payable">>;

/** An interface as it may be written by hand: `methods` alone is needed. */
export type AbiInput = Omit<Partial<Abi>, "init" | "methods"> & {
  readonly init?: Omit<AbiMethodInput, "name" | "kind">;
  readonly methods: readonly AbiMethodInput[];
};

/** Who wrote an interface: somebody by hand, or a compiler into the module, whose newer keys are no mistakes. */
export interface AbiSource {
  /** For messages: `counter.abi.json`. */
  readonly from: string;
  /** It describes a module without an interface of its own, whose query answers one i64. */
  readonly isRaw: boolean;
  readonly isCompiled?: boolean;
}

const PRIMITIVES: readonly string[] = ["bool", "string", "bytes", "address", "hash", ...INTEGER_TYPES.keys()];
const LARGEST_CODE = 2 ** 32 - 1;
const MOST_VARIANTS = 256;
const LONGEST_NAME = 200;
const SLOT_KINDS = ["value", "map", "vec", "set", "iterableMap"];
const NAME = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

/**
 * The interface, complete.
 * @throws QwvmError `BAD_ABI`
 */
export function checkAbi(value: unknown, source: AbiSource): Abi {
  return new AbiChecker(source).check(value);
}

type Entry = Readonly<Record<string, unknown>>;

class AbiChecker {
  readonly #source: AbiSource;
  /** Names that types can refer to, and the types that do, to be looked up at the end. */
  readonly #names = { struct: new Set<string>(), enum: new Set<string>() };
  readonly #uses: { readonly kind: "struct" | "enum"; readonly name: string; readonly path: string }[] = [];

  constructor(source: AbiSource) {
    this.#source = source;
  }

  check(value: unknown): Abi {
    const keys = [
      "$schema",
      "abiVersion",
      "name",
      "bases",
      "sdk",
      "init",
      "keepsValue",
      "methods",
      "events",
      "errors",
      "messages",
      "structs",
      "enums",
      "state",
      "docs",
    ];
    const abi = this.#entry(value, "", keys);
    const { abiVersion = 1, name = "Contract" } = abi;
    if (abiVersion !== 1) this.#fail("abiVersion", `is ${showValue(abiVersion)}`, "This version reads 1.");
    if (typeof name !== "string" || name === "" || name.length > LONGEST_NAME || !isPrintable(name))
      this.#fail("name", `is ${showValue(name)}`, 'Write the name: "Counter".');
    if (abi["methods"] === undefined) {
      this.#fail(
        "methods",
        "is missing",
        '"methods" is an array: [{"name": "increment", "kind": "execute", "params": []}].',
      );
    }
    const { $schema: _, ...own } = abi;
    const checked = {
      ...own,
      abiVersion,
      name,
      ...(abi["init"] === undefined ? {} : { init: this.#method(abi["init"], "init", "init") }),
      methods: this.#list(abi, "methods", (item, path) => this.#method(item, path, undefined)),
      events: this.#list(abi, "events", (item, path) => this.#record(item, path, [])),
      errors: this.#list(abi, "errors", (item, path) => this.#error(item, path)),
      structs: this.#list(abi, "structs", (item, path) => this.#record(item, path, [])),
      enums: this.#list(abi, "enums", (item, path) => this.#enum(item, path)),
      state: this.#list(abi, "state", (item, path) => this.#slot(item, path)),
    } as unknown as Abi;
    for (const [i, base] of this.#array(abi["bases"], "bases").entries()) this.#text(base, `bases[${i}]`);
    for (const [i, item] of this.#array(abi["messages"], "messages").entries()) this.#message(item, `messages[${i}]`);
    this.#text(abi["docs"] ?? "", "docs");
    if ((abi["keepsValue"] ?? true) !== true) {
      this.#fail("keepsValue", `is ${showValue(abi["keepsValue"])}`, "It is true, or left out.");
    }
    if (abi["sdk"] !== undefined) {
      const sdk = this.#entry(abi["sdk"], "sdk", ["name", "version"]);
      for (const key of ["name", "version"]) this.#text(sdk[key], `sdk.${key}`);
    }
    for (const { name } of checked.structs) this.#names.struct.add(name);
    for (const { name } of checked.enums) this.#names.enum.add(name);
    for (const use of this.#uses) this.#checkUse(use);
    return checked;
  }

  #checkUse({ kind, name, path }: { kind: "struct" | "enum"; name: string; path: string }): void {
    if (this.#names[kind].has(name)) return;
    const nearest = suggest(name, this.#names[kind]);
    const hint = nearest === undefined ? `Describe it in "${kind}s".` : `Did you mean ${JSON.stringify(nearest)}?`;
    this.#fail(path, `names the ${kind} ${JSON.stringify(name)}, which is not described`, hint);
  }

  #method(value: unknown, path: string, kind: "init" | undefined): AbiMethod {
    const method = this.#entry(value, path, [
      "name",
      "kind",
      "params",
      "result",
      "payable",
      "guards",
      "signed",
      "from",
      "docs",
    ]);
    const name = kind === "init" && method["name"] === undefined ? "init" : this.#name(method, path);
    const given = kind === "init" ? (method["kind"] ?? "init") : method["kind"];
    if (kind === "init" ? given !== "init" : given !== "execute" && given !== "query") {
      const hint =
        kind === "init"
          ? 'The kind of init is "init".'
          : 'It is "execute" or "query"; the constructor stands under "init".';
      this.#fail(`${path}.kind`, given === undefined ? "is missing" : `is ${showValue(given)}`, hint);
    }
    const { payable = false, result } = method;
    if (typeof payable !== "boolean") this.#fail(`${path}.payable`, `is ${showValue(payable)}`, "It is true or false.");
    if (payable && given === "query") this.#fail(`${path}.payable`, "is true", "A query cannot be sent value.");
    if (result !== undefined) this.#result(result, `${path}.result`, given as string);
    if (method["signed"] !== undefined) this.#signed(method["signed"], `${path}.signed`);
    for (const [i, guard] of this.#array(method["guards"], `${path}.guards`).entries()) {
      this.#guard(guard, `${path}.guards[${i}]`);
    }
    this.#texts(method, path);
    return { ...method, name, kind: given, params: this.#fields(method, path, "params"), payable } as AbiMethod;
  }

  #guard(value: unknown, path: string): void {
    const guard = this.#entry(value, path, ["name", "args"]);
    this.#text(guard["name"], `${path}.name`);
    for (const [i, arg] of this.#array(guard["args"], `${path}.args`).entries()) this.#text(arg, `${path}.args[${i}]`);
  }

  #signed(value: unknown, path: string): void {
    const signed = this.#entry(value, path, ["by", "in", "key"]);
    const among = (key: string, values: readonly string[]) => {
      if (values.includes(signed[key] as string)) return;
      this.#fail(
        `${path}.${key}`,
        `is ${showValue(signed[key])}`,
        `It is ${values.map((v) => `"${v}"`).join(" or ")}.`,
      );
    };
    this.#text(signed["by"], `${path}.by`);
    among("in", ["params", "state"]);
    among("key", ["publicKey", "address"]);
  }

  #result(type: unknown, path: string, kind: string): void {
    this.#type(type, path);
    if (kind === "init") this.#fail(path, "is given", "A constructor returns nothing: leave it out.");
    if (!this.#source.isRaw) return;
    if (kind === "execute") {
      this.#fail(path, "is given", "The machine ignores what execute of a raw module returns: leave it out.");
    }
    if (type !== "u64" && type !== "i64") {
      this.#fail(path, `is ${showValue(type)}`, 'What query of a raw module returns is one i64: write "u64" or "i64".');
    }
  }

  #record(value: unknown, path: string, more: readonly string[]): Entry {
    const record = this.#entry(value, path, ["name", "fields", "from", "docs", ...more]);
    this.#texts(record, path);
    return { ...record, name: this.#name(record, path), fields: this.#fields(record, path, "fields") };
  }

  #error(value: unknown, path: string): Entry {
    const error = this.#record(value, path, ["code", "message"]);
    this.#text(error["message"] ?? "", `${path}.message`);
    this.#code(error["code"], path);
    return error;
  }

  #message(value: unknown, path: string): void {
    const { code, text } = this.#entry(value, path, ["code", "text"]);
    this.#code(code, path);
    this.#text(text, `${path}.text`);
  }

  #code(code: unknown, path: string): void {
    if (Number.isInteger(code) && (code as number) >= 0 && (code as number) <= LARGEST_CODE) return;
    const hint = "It is the u32 that the revert data begins with: a whole number from 0 to 4294967295.";
    this.#fail(`${path}.code`, code === undefined ? "is missing" : `is ${showValue(code)}`, hint);
  }

  #enum(value: unknown, path: string): Entry {
    const entry = this.#entry(value, path, ["name", "variants", "docs"]);
    const { variants } = entry;
    const isList =
      Array.isArray(variants) && variants.every((variant) => typeof variant === "string" && variant !== "");
    if (!isList || variants.length === 0 || variants.length > MOST_VARIANTS) {
      const hint = 'It is an array of 1 to 256 names, in the order of their bytes: ["Open", "Closed"].';
      this.#fail(`${path}.variants`, variants === undefined ? "is missing" : `is ${showValue(variants)}`, hint);
    }
    this.#refuseTwins(variants as string[], `${path}.variants`);
    this.#texts(entry, path);
    return { ...entry, name: this.#name(entry, path) };
  }

  #slot(value: unknown, path: string): Entry {
    const slot = this.#entry(value, path, ["name", "kind", "type", "keys", "from", "docs"]);
    const { kind = "value", keys = [] } = slot;
    if (!SLOT_KINDS.includes(kind as string)) {
      this.#fail(`${path}.kind`, `is ${showValue(kind)}`, `It is one of ${SLOT_KINDS.join(", ")}.`);
    }
    this.#type(slot["type"], `${path}.type`);
    for (const [i, key] of this.#array(keys, `${path}.keys`).entries()) this.#type(key, `${path}.keys[${i}]`);
    this.#texts(slot, path);
    return { ...slot, name: this.#name(slot, path) };
  }

  #fields(owner: Entry, path: string, key: string): AbiField[] {
    return this.#list(
      owner,
      key,
      (item, at) => {
        const field = this.#entry(item, at, ["name", "type", "indexed", "docs"]);
        const name = this.#name(field, at);
        this.#type(field["type"], `${at}.type`);
        const { indexed = true } = field;
        if (indexed !== true) this.#fail(`${at}.indexed`, `is ${showValue(indexed)}`, "It is true, or left out.");
        this.#texts(field, at);
        return { ...field, name } as AbiField;
      },
      path,
    );
  }

  #type(value: unknown, path: string): AbiType {
    if (typeof value === "string") {
      if (PRIMITIVES.includes(value)) return value as AbiType;
      const nearest = suggest(value, PRIMITIVES);
      const hint = `${nearest === undefined ? "" : `Did you mean ${JSON.stringify(nearest)}? `}${TYPES_HINT}`;
      return this.#fail(path, `is ${JSON.stringify(value)}, which is no type`, hint);
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return this.#fail(path, value === undefined ? "is missing" : `is ${showValue(value)}`, TYPES_HINT);
    }
    const form = ["array", "option", "struct", "enum"].find((key) => key in value);
    if (form === undefined) return this.#fail(path, `is ${showValue(value)}, which is no type`, TYPES_HINT);
    const type = this.#entry(value, path, form === "array" ? ["array", "length"] : [form]);
    const inner = type[form];
    if (form === "array" || form === "option") {
      this.#type(inner, `${path}.${form}`);
      const { length } = type;
      if (
        length !== undefined &&
        !(Number.isInteger(length) && (length as number) >= 0 && (length as number) < 2 ** 32)
      ) {
        this.#fail(`${path}.length`, `is ${showValue(length)}`, "It is a whole number, or left out.");
      }
    } else {
      if (typeof inner !== "string")
        this.#fail(`${path}.${form}`, `is ${showValue(inner)}`, `It is the name of a ${form}.`);
      this.#uses.push({ kind: form as "struct" | "enum", name: inner as string, path });
    }
    return value as AbiType;
  }

  #list<T>(owner: Entry, key: string, read: (item: unknown, path: string) => T, ownerPath = ""): T[] {
    const path = ownerPath === "" ? key : `${ownerPath}.${key}`;
    const items = this.#array(owner[key], path).map((item, i) => read(item, `${path}[${i}]`));
    this.#refuseTwins(
      items.map((item) => (item as { name: string }).name),
      path,
    );
    return items;
  }

  #array(list: unknown, path: string): readonly unknown[] {
    if (list === undefined) return [];
    return Array.isArray(list) ? list : this.#fail(path, `is ${showValue(list)}`, "It is an array: [...].");
  }

  /** What any entry may say in words. */
  #texts(owner: Entry, path: string): void {
    for (const key of ["from", "docs"]) this.#text(owner[key] ?? "", `${path}.${key}`);
  }

  #text(value: unknown, path: string): void {
    if (typeof value === "string") return;
    this.#fail(path, value === undefined ? "is missing" : `is ${showValue(value)}`, 'It is a text: "...".');
  }

  #refuseTwins(names: readonly string[], path: string): void {
    const twin = names.findIndex((name, i) => names.indexOf(name) < i);
    if (twin >= 0) this.#fail(`${path}[${twin}]`, `is a second ${JSON.stringify(names[twin])}`, "Names must differ.");
  }

  #name(owner: Entry, path: string): string {
    const { name } = owner;
    if (typeof name === "string" && name.length <= LONGEST_NAME && NAME.test(name)) return name;
    return this.#fail(
      `${path}.name`,
      name === undefined ? "is missing" : `is ${showValue(name)}`,
      'Write a name: "amount".',
    );
  }

  #entry(value: unknown, path: string, keys: readonly string[]): Entry {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      this.#fail(path, `is ${showValue(value)}`, `It is an object with the keys ${keys.join(", ")}.`);
    }
    const unknown = Object.keys(value as object).find((key) => !keys.includes(key));
    if (unknown !== undefined && this.#source.isCompiled !== true) {
      const nearest = suggest(unknown, keys);
      const hint = `${nearest === undefined ? "" : `Did you mean ${JSON.stringify(nearest)}? `}The keys are ${keys.join(", ")}.`;
      this.#fail(path === "" ? unknown : `${path}.${unknown}`, "is not a key of an interface", hint);
    }
    return value as Entry;
  }

  #fail(path: string, problem: string, hint: string): never {
    const place = path === "" ? "" : `${path} `;
    throw new QwvmError("BAD_ABI", `The interface in ${this.#source.from} is wrong: ${place || "it "}${problem}.`, {
      hint,
    });
  }
}

const TYPES_HINT =
  'Types are "u64" (u8 to u256, i8 to i256), "bool", "string", "bytes", "address", "hash", {"array": T}, {"option": T}, ' +
  '{"struct": NAME}, {"enum": NAME}.';
