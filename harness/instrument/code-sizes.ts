// A built contract's bytes by where they come from, and by the methods that need them. What is needed beside the module is
// in its source map: which part and method each stretch of code belongs to.

import { ByteReader } from "./byte-reader.js";
import type { SizedPart } from "./inspect-module.js";
import { type Outline, type OutlineBody, outlineModule } from "./outline.js";
import { skipValueType, walkExpression } from "./walk-operators.js";

/** As the compiler writes it into the source map. */
export interface Origins {
  readonly parts: readonly string[];
  readonly methods: readonly string[];
  /** Triples: offset from the one before, part, method; -1 for none. */
  readonly segments: readonly number[];
}

/** What one method takes, in bytes of code. */
export interface MethodSize {
  readonly name: string;
  /** Of its own: its body, its arguments and result, and what was inlined there. */
  readonly ownBytes: number;
  /** Functions that nothing else needs. */
  readonly aloneBytes: number;
  /** Functions that it needs and others do, too. */
  readonly sharedBytes: number;
}

export interface CodeSizes {
  /** Without custom sections: the figure that budgets are held against. */
  readonly sizeBytes: number;
  /** With them: what deployment is paid for. */
  readonly deployedBytes: number;
  /** The largest first; they add up to `sizeBytes`. */
  readonly parts: readonly SizedPart[];
  /** Custom sections, in the file's order. */
  readonly custom: readonly SizedPart[];
  readonly methods: readonly MethodSize[];
}

const CODE = 10;
const DATA = 11;
const CALL = 0x10;

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly part: number;
  readonly method: number;
}

interface Body {
  readonly sizeBytes: number;
  /** Bytes of each method's own in it. */
  readonly own: ReadonlyMap<number, number>;
  /** Called functions, with the method that the call is for. */
  readonly calls: readonly { readonly method: number; readonly callee: number }[];
}

export function measureCode(wasm: Uint8Array, origins: Origins): CodeSizes {
  const outline = outlineModule(wasm);
  const stretches = readStretches(origins, outline);
  const bytesOf = new Map<string, number>();
  const add = (part: string, bytes: number) => void (bytes > 0 && bytesOf.set(part, (bytesOf.get(part) ?? 0) + bytes));
  for (const { from, to, part } of stretches) add(origins.parts[part] ?? "made by the compiler", to - from);
  const inBodies = stretches.reduce((sum, { from, to }) => sum + to - from, 0);
  const sizes = { all: 8, custom: 0, structure: 8 };
  for (const { id, sizeBytes } of outline.sections) {
    sizes.all += sizeBytes;
    if (id === 0) sizes.custom += sizeBytes;
    else if (id === DATA) add("data", sizeBytes);
    else sizes.structure += id === CODE ? sizeBytes - inBodies : sizeBytes;
  }
  add("module structure", sizes.structure);
  const parts = [...bytesOf].map(([name, sizeBytes]) => ({ name, sizeBytes }));
  return {
    sizeBytes: sizes.all - sizes.custom,
    deployedBytes: sizes.all,
    parts: parts.sort((a, b) => b.sizeBytes - a.sizeBytes || (a.name < b.name ? -1 : 1)),
    custom: outline.sections.filter(({ id }) => id === 0).map(({ name, sizeBytes }) => ({ name, sizeBytes })),
    methods: measureMethods(wasm, outline, stretches, origins.methods),
  };
}

/** The bodies' bytes, cut where part or method change. */
function readStretches({ segments }: Origins, { bodies }: Outline): Stretch[] {
  const marks: { offset: number; part: number; method: number }[] = [];
  for (let i = 0, offset = 0; i + 2 < segments.length; i += 3) {
    offset += segments[i] as number;
    marks.push({ offset, part: segments[i + 1] as number, method: segments[i + 2] as number });
  }
  const stretches: Stretch[] = [];
  let next = 0;
  for (const { start, end } of bodies) {
    while (next < marks.length && (marks[next] as { offset: number }).offset < start) next++;
    let [from, part, method] = [start, -1, -1];
    for (; next < marks.length && (marks[next] as { offset: number }).offset < end; next++) {
      const mark = marks[next] as (typeof marks)[number];
      if (mark.offset > from) stretches.push({ from, to: mark.offset, part, method });
      [from, part, method] = [mark.offset, mark.part, mark.method];
    }
    stretches.push({ from, to: end, part, method });
  }
  return stretches;
}

function measureMethods(
  wasm: Uint8Array,
  outline: Outline,
  stretches: readonly Stretch[],
  names: readonly string[],
): MethodSize[] {
  const { importedFunctions: first } = outline;
  const bodies = outline.bodies.map((body) => readBody(wasm, body, stretches));
  const reachFrom = (callees: Iterable<number>): Set<number> => {
    const reached = new Set<number>();
    const visit = (index: number): void => {
      const body = bodies[index - first];
      if (body === undefined || reached.has(index)) return;
      reached.add(index);
      for (const { callee } of body.calls) visit(callee);
    };
    for (const callee of callees) visit(callee);
    return reached;
  };
  const callsFor = (method: number) =>
    bodies.flatMap((body) => body.calls.filter((call) => call.method === method).map(({ callee }) => callee));
  const reached = names.map((_, method) => reachFrom(callsFor(method)));
  const entries = outline.exports.filter(({ kind }) => kind === "function").map(({ index }) => index);
  // What dispatch itself calls is everybody's; what has code of one method in it is that method's to count.
  const everybodys = reachFrom(callsFor(-1).filter((callee) => (bodies[callee - first]?.own.size ?? 1) === 0));
  return names.map((name, method) => {
    let [ownBytes, aloneBytes, sharedBytes] = [0, 0, 0];
    for (const [i, body] of bodies.entries()) {
      const own = body.own.get(method) ?? 0;
      ownBytes += own;
      const index = first + i;
      if (!reached[method]?.has(index) || entries.includes(index)) continue;
      const isShared = everybodys.has(index) || reached.some((other, m) => m !== method && other.has(index));
      if (isShared) sharedBytes += body.sizeBytes - own;
      else aloneBytes += body.sizeBytes - own;
    }
    return { name, ownBytes, aloneBytes, sharedBytes };
  });
}

function readBody(wasm: Uint8Array, { start, end }: OutlineBody, all: readonly Stretch[]): Body {
  const stretches = all.filter(({ from }) => from >= start && from < end);
  const own = new Map<number, number>();
  for (const { from, to, method } of stretches) {
    if (method >= 0) own.set(method, (own.get(method) ?? 0) + to - from);
  }
  const calls: { method: number; callee: number }[] = [];
  const reader = new ByteReader(wasm, start, end);
  for (let left = reader.u32(); left > 0; left--) {
    reader.u32();
    skipValueType(reader);
  }
  walkExpression(reader, ({ opcode, offset }) => {
    if (opcode !== CALL) return;
    const method = stretches.find(({ from, to }) => from <= offset && offset < to)?.method ?? -1;
    calls.push({ method, callee: new ByteReader(wasm, offset + 1, end).u32() });
  });
  return { sizeBytes: end - start, own, calls };
}
