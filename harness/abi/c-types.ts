// The types of an interface in C: their names, declarations in an order that C takes, and statements that write and read.

import type { Abi, AbiField, AbiType } from "../core/abi.js";
import { C_KEYWORDS } from "./c-support.js";
import { asciiName, Scope, snakeCase } from "./identifiers.js";
import { canBeEmpty } from "./type-sizes.js";
import { type NamedTypes, namedTypes } from "./wire-form.js";

const KEYWORDS = new Set(C_KEYWORDS);

const PLAIN: Readonly<Record<string, string>> = {
  bool: "bool",
  u8: "uint8_t",
  u16: "uint16_t",
  u32: "uint32_t",
  u64: "uint64_t",
  i8: "int8_t",
  i16: "int16_t",
  i32: "int32_t",
  i64: "int64_t",
  u128: "qw_u128",
  u256: "qw_u256",
  i128: "qw_i128",
  i256: "qw_i256",
  string: "qw_bytes",
  bytes: "qw_bytes",
  address: "qw_address",
  hash: "qw_hash",
};

/** Where the bytes of a type that is nothing but bytes are, and how many. */
const BYTES: Readonly<Record<string, readonly [member: string, length: number]>> = {
  u128: ["le", 16],
  i128: ["le", 16],
  u256: ["le", 32],
  i256: ["le", 32],
  address: ["bytes", 20],
  hash: ["bytes", 32],
};

/** A name that C takes, in ASCII. */
export function cIdentifier(name: string): string {
  const plain = asciiName(name);
  return KEYWORDS.has(plain) ? `${plain}_` : plain;
}

/** A text as a literal, in UTF-8; octal escapes end by themselves. */
export function cText(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const shown = [...bytes].map((byte) => {
    const character = String.fromCharCode(byte);
    return /[ !#-.0-9:;<=>@A-Z[\]^_`a-z{|}~/]/.test(character) ? character : `\\${byte.toString(8).padStart(3, "0")}`;
  });
  return `"${shown.join("")}"`;
}

/** Fields with the names they have in C. */
export class FieldScope {
  readonly names: readonly string[];
  readonly #fields: readonly AbiField[];

  constructor(fields: readonly AbiField[], reserved: readonly string[] = []) {
    const scope = new Scope(reserved);
    this.#fields = fields;
    this.names = fields.map((field) => scope.take(cIdentifier(snakeCase(field.name))));
  }

  map<T>(make: (field: AbiField, name: string) => T): T[] {
    return this.#fields.map((field, i) => make(field, this.names[i] as string));
  }
}

/** A type that the header declares: a struct, enum, list, option or array of a fixed length. */
interface Declared {
  readonly name: string;
  readonly type: AbiType;
}

export class CTypes {
  readonly #prefix: string;
  readonly #named: NamedTypes;
  /** Names of types and functions, which are of one kind in C, and of constants. */
  readonly names = new Scope(["message"]);
  readonly constants = new Scope();
  /** By the type's JSON. */
  readonly #declared = new Map<string, Declared>();
  readonly #enums: readonly string[];

  constructor(abi: Abi, prefix: string) {
    this.#prefix = prefix;
    this.#named = namedTypes(abi);
    for (const { name } of abi.enums) this.#declare({ enum: name }, cIdentifier(snakeCase(name)));
    for (const { name } of abi.structs) this.#declare({ struct: name }, cIdentifier(snakeCase(name)));
    for (const { fields } of abi.structs) for (const { type } of fields) this.name(type);
    this.#enums = abi.enums.map(({ name, variants, docs }) => this.#enum(name, variants, docs));
  }

  /** The type's name; declares it when it is met for the first time, which has to be before `declarations`. */
  name(type: AbiType): string {
    if (typeof type === "string") return PLAIN[type] as string;
    const known = this.#declared.get(JSON.stringify(type));
    if (known !== undefined) return known.name;
    return this.#declare(type, this.#describe(type)).name;
  }

  #declare(type: AbiType, word: string): Declared {
    const own = this.names.take(word);
    for (const verb of ["read", "write"]) this.names.take(`${verb}_value_${own}`);
    const declared = { name: `${this.#prefix}_${own}`, type };
    this.#declared.set(JSON.stringify(type), declared);
    if (typeof type === "object" && "array" in type) this.name(type.array);
    if (typeof type === "object" && "option" in type) this.name(type.option);
    return declared;
  }

  #describe(type: AbiType): string {
    if (typeof type === "string") return type;
    if ("array" in type)
      return `${type.length === undefined ? "list" : `array${type.length}`}_${this.#describe(type.array)}`;
    if ("option" in type) return `option_${this.#describe(type.option)}`;
    return cIdentifier(snakeCase("struct" in type ? type.struct : type.enum));
  }

  /** A statement that writes a value to `out`. */
  write(type: AbiType, value: string): string {
    if (typeof type === "string") {
      const bytes = BYTES[type];
      if (bytes !== undefined) return `qw_put(out, ${value}.${bytes[0]}, ${bytes[1]});`;
      if (type === "string" || type === "bytes") return `qw_put_bytes(out, ${value});`;
      if (type === "bool") return `qw_put_number(out, ${value} ? 1 : 0, 1);`;
      return `qw_put_number(out, (uint64_t)${value}, ${Number(type.slice(1)) / 8});`;
    }
    if ("enum" in type) return `qw_put_number(out, (uint64_t)${value}, 1);`;
    return `${this.#functionOf("write", type)}(out, &${value});`;
  }

  /** A statement that reads a value from `in` into a place. */
  read(type: AbiType, place: string): string {
    if (typeof type === "string") {
      const bytes = BYTES[type];
      if (bytes !== undefined) return `qw_get(in, ${place}.${bytes[0]}, ${bytes[1]});`;
      if (type === "string" || type === "bytes") return `${place} = qw_get_bytes(in);`;
      if (type === "bool") return `${place} = qw_get_below(in, 2) != 0;`;
      return `${place} = (${PLAIN[type]})qw_get_number(in, ${Number(type.slice(1)) / 8});`;
    }
    if ("enum" in type) {
      const count = this.#named.enums.get(type.enum)?.variants.length ?? 0;
      return `${place} = (${this.name(type)})qw_get_below(in, ${count});`;
    }
    return `${this.#functionOf("read", type)}(in, &${place});`;
  }

  #functionOf(verb: "read" | "write", type: AbiType): string {
    return `${this.#prefix}_${verb}_value_${this.name(type).slice(this.#prefix.length + 1)}`;
  }

  /** All declarations: names first, then what needs another whole after it, then the functions. */
  declarations(): string[] {
    const all = [...this.#declared.values()];
    const structs = all.filter(({ type }) => typeof type === "object" && !("enum" in type) && !("option" in type));
    const forward = structs.map(({ name }) => `typedef struct ${name} ${name};`);
    const options = this.#optionsInOrder(all);
    const bodies: string[] = [];
    const done = new Set<string>();
    const visit = ({ name, type }: Declared): void => {
      if (done.has(name)) return;
      done.add(name);
      for (const inner of this.#wholes(type)) visit(this.#declared.get(JSON.stringify(inner)) as Declared);
      bodies.push(this.#body(name, type));
    };
    for (const declared of structs) visit(declared);
    const coded = all.filter(({ type }) => typeof type === "object" && !("enum" in type));
    const prototypes = coded.flatMap(({ name, type }) => [
      `static inline void ${this.#functionOf("write", type)}(qw_writer *out, const ${name} *value);`,
      `static inline void ${this.#functionOf("read", type)}(qw_reader *in, ${name} *value);`,
    ]);
    return [
      ...this.#enums,
      ...[forward, options].filter((lines) => lines.length > 0).map((lines) => `${lines.join("\n")}\n`),
      ...bodies,
      ...(prototypes.length === 0 ? [] : [`${prototypes.join("\n")}\n`]),
      ...coded.map(({ name, type }) => this.#coders(name, type)),
    ];
  }

  /** An option of an option names the inner one, which therefore comes first. */
  #optionsInOrder(all: readonly Declared[]): string[] {
    const depth = (type: AbiType): number =>
      typeof type === "object" && "option" in type ? 1 + depth(type.option) : 0;
    return all
      .flatMap(({ name, type }) => (typeof type === "object" && "option" in type ? [{ name, type }] : []))
      .sort((a, b) => depth(a.type) - depth(b.type))
      .map(({ name, type }) => `typedef const ${this.name(type.option)} *${name};`);
  }

  /** The declared types that must be complete before this one is: what it has in itself. */
  #wholes(type: AbiType): AbiType[] {
    const isWhole = (inner: AbiType) => typeof inner === "object" && !("option" in inner) && !("enum" in inner);
    if (typeof type === "string" || "option" in type || "enum" in type) return [];
    if ("array" in type) return type.length !== undefined && isWhole(type.array) ? [type.array] : [];
    return (this.#named.structs.get(type.struct)?.fields ?? []).map((field) => field.type).filter(isWhole);
  }

  #body(name: string, type: AbiType): string {
    const lines: string[] = [];
    if (typeof type === "object" && "array" in type) {
      const item = this.name(type.array);
      if (type.length === undefined) lines.push(`  const ${item} *items;`, "  uint32_t length;");
      else lines.push(`  ${item} items[${Math.max(type.length, 1)}];`);
    } else if (typeof type === "object" && "struct" in type) {
      const fields = new FieldScope(this.#named.structs.get(type.struct)?.fields ?? []);
      lines.push(...fields.map((field, at) => `  ${this.name(field.type)} ${at};`));
      if (lines.length === 0) lines.push("  uint8_t unused_;");
    }
    return `struct ${name} {\n${lines.join("\n")}\n};\n`;
  }

  #enum(name: string, variants: readonly string[], docs: string | undefined): string {
    const own = this.name({ enum: name });
    const names = variants.map((variant) => {
      return this.constants.take(`${own}_${asciiName(snakeCase(variant))}`.toUpperCase());
    });
    const text = docs === undefined ? "" : `/* ${docs.replace(/[\s\p{C}]+/gu, " ").replaceAll("*/", "* /")} */\n`;
    return `${text}typedef enum {\n${names.map((variant, i) => `  ${variant} = ${i},`).join("\n")}\n} ${own};\n`;
  }

  #coders(name: string, type: AbiType): string {
    const [write, read] = this.#statements(type);
    const put = `static inline void ${this.#functionOf("write", type)}(qw_writer *out, const ${name} *value) {`;
    const get = `static inline void ${this.#functionOf("read", type)}(qw_reader *in, ${name} *value) {`;
    return [put, ...write, "}", get, ...read, "}", ""].join("\n");
  }

  #statements(type: AbiType): [write: string[], read: string[]] {
    if (typeof type === "string" || "enum" in type) return [[], []];
    if ("option" in type) {
      const inner = this.name(type.option);
      return [
        [
          "  qw_put_number(out, *value != NULL, 1);",
          "  if (*value == NULL) return;",
          `  ${this.write(type.option, "(**value)")}`,
        ],
        [
          "  *value = NULL;",
          "  if (qw_get_below(in, 2) == 0) return;",
          `  ${inner} *item = (${inner} *)qw_get_room(in, 1, sizeof *item);`,
          "  if (item == NULL) return;",
          `  ${this.read(type.option, "(*item)")}`,
          "  *value = item;",
        ],
      ];
    }
    if ("array" in type) {
      const item = this.name(type.array);
      const loop = (count: string, statement: string) => `  for (uint32_t i = 0; i < ${count}; i++) ${statement}`;
      if (type.length !== undefined) {
        return [
          [loop(`${type.length}u`, this.write(type.array, "value->items[i]"))],
          [loop(`${type.length}u && !in->bad && !in->full`, this.read(type.array, "value->items[i]"))],
        ];
      }
      const least = canBeEmpty(type.array, this.#named) ? 0 : 1;
      return [
        ["  qw_put_number(out, value->length, 4);", loop("value->length", this.write(type.array, "value->items[i]"))],
        [
          "  value->items = NULL;",
          `  value->length = qw_get_count(in, ${least});`,
          `  ${item} *items = (${item} *)qw_get_room(in, value->length, sizeof *items);`,
          "  if (items == NULL) value->length = 0;",
          loop("value->length && !in->bad && !in->full", this.read(type.array, "items[i]")),
          "  value->items = items;",
        ],
      ];
    }
    const fields = new FieldScope(this.#named.structs.get(type.struct)?.fields ?? []);
    return [
      [...fields.map((field, at) => `  ${this.write(field.type, `value->${at}`)}`), "  (void)out;", "  (void)value;"],
      [...fields.map((field, at) => `  ${this.read(field.type, `value->${at}`)}`), "  (void)in;", "  (void)value;"],
    ];
  }
}
