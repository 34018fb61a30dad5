// What asc sees of an event, error or struct: its class, and the methods that encode and decode it.

import type { AbiType } from "../core/abi.js";
import { codeOf } from "./error-code.js";
import type { FieldModel, RecordModel } from "./model.js";
import { insertText, type TextEdit } from "./text-edits.js";
import { writeRead, writeRefresh } from "./write-codec.js";

export function recordEdits(record: RecordModel): TextEdit[] {
  const edits: TextEdit[] = [];
  // Events and errors only live until they are encoded; structs need their class to be told apart from fixed-size values.
  if (record.kind !== "struct") edits.push(insertText(record.decorator.start, "@unmanaged "));
  for (const field of record.fields) {
    const zero = field.isProperty && field.initializer === undefined ? zeroOf(field) : undefined;
    if (zero !== undefined) edits.push(insertText(field.type.span.end, ` = ${zero}`));
  }
  edits.push(insertText(record.closing, `${codecMethods(record).join(" ")} `));
  return edits;
}

function codecMethods(record: RecordModel): string[] {
  const { kind, name, fields } = record;
  const sum = (each: (field: FieldModel) => string) => fields.map(each).join(" + ") || "0";
  const lines = [
    `__length(): usize { return ${sum(({ name, type }) => `__qwvm.encodedLength<${type.asc}>(this.${name})`)}; }`,
    `__encode(at: usize): usize { ${fields
      .map((field) => `at = __qwvm.write<${field.type.asc}>(at, this.${field.name}); `)
      .join("")}return at; }`,
  ];
  if (kind === "event") {
    const topic = [...new TextEncoder().encode(name)];
    lines.push(`__topicAt(): usize { return memory.data<u8>([${topic.join(", ")}]); }`);
    lines.push(`__topicLength(): usize { return ${topic.length}; }`);
  }
  if (kind === "error") lines.push(`__code(): u32 { return ${codeOf(name)}; }`);
  if (kind === "struct") {
    const assign = (field: FieldModel, value: string) =>
      // To asc a readonly field is the constructor's; reading one in is making the struct, too.
      field.isReadonly
        ? `store<${field.type.asc}>(changetype<usize>(this), ${value}, offsetof<${record.name}>("${field.name}"));`
        : `this.${field.name} = ${value};`;
    lines.push(`__decode(): void { ${fields.map((field) => assign(field, writeRead(field.type))).join(" ")} }`);
    // asc compiles it only where a reference into the state can be held while another contract runs.
    lines.push(
      `__refresh(): void { ${fields.map((field) => assign(field, writeRefresh(field.type, `this.${field.name}`))).join(" ")} }`,
    );
    lines.push(`__minimum(): usize { return ${sum(({ type }) => `__qwvm.minLength<${type.asc}>()`)}; }`);
  }
  return lines;
}

/** What a field without an initializer starts as; undefined where AssemblyScript's own zero is right. */
function zeroOf({ type }: FieldModel): string | undefined {
  const { abi } = type;
  if (abi === undefined) return undefined;
  if (typeof abi === "string") return ZERO_VALUES[abi];
  if ("array" in abi) return abi.length === undefined ? "[]" : `new ${type.asc}()`;
  if ("option" in abi) return "null";
  return "struct" in abi ? `__qwvm.zero<${type.asc}>()` : undefined;
}

const ZERO_VALUES: Partial<Record<Extract<AbiType, string>, string>> = {
  string: '""',
  bytes: "__qwvm.Bytes.empty",
  address: "__qwvm.Address.zero",
  hash: "__qwvm.Hash.zero",
  u128: "__qwvm.u128.zero",
  u256: "__qwvm.u256.zero",
  i128: "__qwvm.i128.zero",
  i256: "__qwvm.i256.zero",
};
