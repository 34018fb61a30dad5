// The features beyond WebAssembly's first version that a module uses, each with the first place it stands at, and
// whether QWVM runs it.

import { BadBinary, ByteReader } from "./byte-reader.js";
import { FLOAT, OPERATORS, PREFIXED_FC } from "./opcodes.js";
import type { Outline } from "./outline.js";
import { type WalkedOperator, walkExpression } from "./walk-operators.js";

export interface UsedFeature {
  readonly name: string;
  /** Whether QWVM runs it. */
  readonly accepted: boolean;
  /** Where it is used first: `function 3`, `the memory`. */
  readonly where: string;
}

const ACCEPTED: readonly string[] = [
  "floating point",
  "sign extension",
  "saturating conversions",
  "bulk memory",
  "mutable globals",
  "multi-value",
  "reference types",
];

/** Every feature a module uses, the accepted ones first. */
export function featuresOf(wasm: Uint8Array, outline: Outline): UsedFeature[] {
  const places = new Map<string, string>();
  const note = (feature: string | undefined, where: string): void => {
    if (feature !== undefined && !places.has(feature)) places.set(feature, where);
  };
  noteDeclarations(outline, note);
  for (const [i, { start, end }] of outline.bodies.entries()) {
    const where = `function ${outline.importedFunctions + i}`;
    const reader = new ByteReader(wasm, start, end);
    try {
      for (let groups = reader.u32(); groups > 0; groups--) {
        reader.skipLeb();
        const type = reader.u8();
        note(featureOfType(type), where);
        if (type === 0x63 || type === 0x64) reader.skipLeb();
      }
      walkExpression(reader, (operator) => note(featureOf(operator), where));
    } catch (error) {
      // A body that cannot be read to its end: what deployment says of the module names it.
      if (!(error instanceof BadBinary)) throw error;
    }
  }
  const all = [...places].map(([name, where]) => ({ name, accepted: ACCEPTED.includes(name), where }));
  return [...all.filter(({ accepted }) => accepted), ...all.filter(({ accepted }) => !accepted)];
}

/** What sections outside of the code show, by the texts of their types. */
function noteDeclarations(outline: Outline, note: (feature: string | undefined, where: string) => void): void {
  const { imports, exports, functions } = outline;
  for (const [i, type] of outline.memories.entries()) {
    if (type.includes("shared")) note("threads", "the memory");
    if (type.includes("64-bit")) note("memory64", "the memory");
    if (i > 0) note("multiple memories", `memory ${i}`);
  }
  note(
    outline.computedGlobal === undefined ? undefined : "extended constant expressions",
    `global ${outline.computedGlobal}`,
  );
  for (const { kind, type, name } of [...imports, ...exports]) {
    if (kind === "tag") note("exceptions", name);
    if (kind === "global" && type.startsWith("mut ")) note("mutable globals", name);
  }
  for (const [i, type] of functions.entries()) {
    const where = `function ${i}`;
    if (/\) -> \(\w/.test(type)) note("multi-value", where);
    if (/\bf(32|64)\b/.test(type)) note("floating point", where);
    if (/\bv128\b/.test(type)) note("SIMD", where);
    if (/\b(extern|func)ref\b/.test(type)) note("reference types", where);
    if (/\bref\b/.test(type)) note("GC", where);
  }
  if (outline.sections.some(({ id }) => id === 13)) note("exceptions", "the tag section");
}

function featureOfType(type: number): string | undefined {
  if (type === 0x7d || type === 0x7c) return "floating point";
  if (type === 0x7b) return "SIMD";
  if (type === 0x70 || type === 0x6f) return "reference types";
  return type < 0x7c ? "GC" : undefined;
}

function featureOf({ opcode, sub }: WalkedOperator): string | undefined {
  if (opcode === 0xfc) {
    if (sub < 8) return "saturating conversions";
    if (sub < 15) return "bulk memory";
    return PREFIXED_FC[sub] === undefined ? "wide arithmetic" : "reference types";
  }
  if (opcode === 0xfd) return sub >= 0x100 ? "relaxed SIMD" : "SIMD";
  if (opcode === 0xfe) return "threads";
  if (opcode === 0xfb || opcode === 0xd3) return "GC";
  const operator = OPERATORS[opcode];
  if (operator === undefined) {
    if (opcode === 0x12 || opcode === 0x13) return "tail calls";
    return [0x14, 0x15, 0xd4, 0xd5, 0xd6].includes(opcode) ? "typed function references" : "exceptions";
  }
  if (opcode >= 0xc0 && opcode <= 0xc4) return "sign extension";
  if (opcode >= 0xd0 || opcode === 0x25 || opcode === 0x26 || opcode === 0x1c) return "reference types";
  return (operator.flags & FLOAT) === 0 ? undefined : "floating point";
}
