// The author's source as asc sees it: fields become accessors on their own line, classes get their encoding, `require`
// and `throw` make their error only when it is needed. Every edit stays on its line, and leads back to the author's text.

import type { AbiType } from "../core/abi.js";
import type { ContractModel, FieldModel, RecordModel, RewriteModel, SlotModel, SourceModel } from "./model.js";
import { applyEdits, type EditedText, type TextEdit } from "./text-edits.js";
import { errorCode } from "./write-abi.js";

/** Transforms one file; `contract` is the class being built, if it is in this file. */
export function transformSource(source: SourceModel, contract: ContractModel | undefined): EditedText {
  const edits: TextEdit[] = [
    ...source.typeKeywords.map((span) => ({ span, text: "" })),
    ...source.imports.flatMap(({ specifier, span, file }) => {
      // asc wants file names without their ending.
      const bare = specifier.replace(/\.(js|ts)$/, "");
      return file === undefined || bare === specifier ? [] : [{ span, text: JSON.stringify(bare), anchor: span.start }];
    }),
    ...source.records.flatMap(recordEdits),
    ...source.rewrites.flatMap(rewriteEdits),
  ];
  if (contract !== undefined) {
    if (!contract.exported) edits.push(insert(contract.keyword, "export "));
    edits.push(...contract.slots.map((slot) => accessorEdit(slot, source.text)));
  }
  edits.push(insert(source.text.length, contract === undefined ? GLUE_IMPORT : GLUE_IMPORT + STATE_IMPORT));
  return applyEdits(source.text, edits);
}

const GLUE_IMPORT = '\nimport * as __qwvm from "qwvm/sdk-as/glue";\n';
const STATE_IMPORT = 'import * as __state from "qwvm/sdk-as/storage/state";\n';

function insert(at: number, text: string): TextEdit {
  return { span: { start: at, end: at }, text };
}

function accessorEdit(slot: SlotModel, text: string): TextEdit {
  const { name, access } = slot;
  const prefix = access === "" ? "" : `${access} `;
  const type = slotType(slot);
  const parts = [`${prefix}get ${name}(): ${type} { return __state.load_${name}(); }`];
  if (slot.mapKey === undefined) parts.push(`${prefix}set ${name}(value: ${type}) { __state.store_${name}(value); }`);
  if (slot.initializer !== undefined) {
    parts.push(
      `__init_${name}(): void { this.${name} = ${text.slice(slot.initializer.start, slot.initializer.end)}; }`,
    );
  }
  // What is written over several lines keeps its lines, so that those below keep their place.
  const lines = text.slice(slot.declaration.start, slot.declaration.end).split("\n").length - 1;
  return { span: slot.declaration, text: parts.join(" ") + "\n".repeat(lines) };
}

/** The type of a slot as the author wrote it. */
export function slotType(slot: SlotModel): string {
  return slot.mapKey === undefined ? slot.type.text : `StorageMap<${slot.mapKey.text}, ${slot.type.text}>`;
}

function recordEdits(record: RecordModel): TextEdit[] {
  const edits: TextEdit[] = [];
  // Events and errors only live until they are encoded; structs need their class to be told apart from fixed-size values.
  if (record.kind !== "struct") edits.push(insert(record.decorator.start, "@unmanaged "));
  if (!record.exported) edits.push(insert(record.keyword, "export "));
  for (const field of record.fields) {
    const zero = field.isProperty && field.initializer === undefined ? zeroOf(field.type.abi) : undefined;
    if (zero !== undefined) edits.push(insert(field.type.span.end, ` = ${zero}`));
  }
  edits.push(insert(record.closing, `${codecMethods(record).join(" ")} `));
  return edits;
}

function codecMethods(record: RecordModel): string[] {
  const { kind, name, fields } = record;
  const sum = (each: (field: FieldModel) => string) => fields.map(each).join(" + ") || "0";
  const lines = [
    `__length(): usize { return ${sum((field) => `__qwvm.encodedLength<${field.type.text}>(this.${field.name})`)}; }`,
    `__encode(at: usize): usize { ${fields
      .map((field) => `at = __qwvm.write<${field.type.text}>(at, this.${field.name}); `)
      .join("")}return at; }`,
  ];
  if (kind === "event") {
    const topic = [...new TextEncoder().encode(name)];
    lines.push(`__topicAt(): usize { return memory.data<u8>([${topic.join(", ")}]); }`);
    lines.push(`__topicLength(): usize { return ${topic.length}; }`);
  }
  if (kind === "error") lines.push(`__code(): u32 { return ${errorCode(name)}; }`);
  if (kind === "struct") {
    const reads = fields.map((field) => `this.${field.name} = __qwvm.read<${field.type.text}>();`);
    lines.push(`__decode(): void { ${reads.join(" ")} }`);
    lines.push(`__minimum(): usize { return ${sum((field) => `__qwvm.minLength<${field.type.text}>()`)}; }`);
  }
  return lines;
}

/** What a field without an initializer starts as; undefined where AssemblyScript's own zero is right. */
function zeroOf(type: AbiType | undefined): string | undefined {
  if (type === undefined) return undefined;
  if (typeof type === "string") return ZERO_VALUES[type];
  if ("array" in type) return "[]";
  if ("option" in type) return "null";
  return "struct" in type ? `new ${type.struct}()` : undefined;
}

const ZERO_VALUES: Readonly<Record<string, string>> = {
  string: '""',
  bytes: "Bytes.empty",
  address: "Address.zero",
  hash: "Hash.zero",
  u128: "u128.zero",
  u256: "u256.zero",
};

function rewriteEdits(rewrite: RewriteModel): TextEdit[] {
  const { kind, span, parts } = rewrite;
  const [first, second] = parts;
  const replace = (start: number, end: number, text: string): TextEdit => {
    return { span: { start, end }, text, anchor: span.start };
  };
  if (kind !== "require") {
    // asc knows that nothing comes after a throw, and makes a trap of it that is never reached.
    if (first === undefined) return [replace(span.start, span.end, '{ __qwvm.revert(""); throw new Error(""); }')];
    return [
      replace(span.start, first.start, "{ __qwvm.revert("),
      replace(first.end, span.end, '); throw new Error(""); }'),
    ];
  }
  if (first === undefined) return [];
  if (second === undefined) return [replace(span.start, first.start, "__qwvm.requireTrue(")];
  return [replace(span.start, first.start, "if (!("), replace(first.end, second.start, ")) __qwvm.revert(")];
}
