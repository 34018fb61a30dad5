// A Wasm decoder for the reference interpreter: MVP, sign extension, saturating conversions, bulk memory, reference
// types and multi-value. It shares no line with the project's own decoder, so that the two can disagree.
// Source: WebAssembly Core Specification 2.0, chapter 5 (binary format).

export type ValueType = "i32" | "i64" | "f32" | "f64" | "funcref" | "externref";
export interface FunctionType {
  readonly params: ValueType[];
  readonly results: ValueType[];
}
/** One operator: its code (0xfc operators as 0xfc00 + sub-code) and its immediates. */
export interface Instruction {
  readonly op: number;
  readonly args: readonly (number | bigint)[];
  /** For block, loop, if: parameters and results. For br_table: the labels, default last. */
  readonly type?: FunctionType;
  readonly labels?: readonly number[];
}
export interface CodeBody {
  readonly type: FunctionType;
  readonly locals: ValueType[];
  readonly code: Instruction[];
}
export interface Segment {
  readonly mode: "active" | "passive" | "declared";
  readonly table: number;
  readonly offset: Instruction[];
  readonly bytes: Uint8Array;
  readonly items: Instruction[][];
}
export interface DecodedModule {
  readonly types: FunctionType[];
  readonly functionTypes: number[];
  readonly tables: { type: ValueType; min: number; max: number | undefined }[];
  readonly memory: { min: number; max: number | undefined } | undefined;
  readonly globals: { type: ValueType; init: Instruction[] }[];
  readonly exports: { name: string; kind: number; index: number }[];
  readonly start: number | undefined;
  readonly elements: Segment[];
  readonly data: Segment[];
  readonly bodies: CodeBody[];
}

const VALUE_TYPES: Record<number, ValueType> = {
  127: "i32",
  126: "i64",
  125: "f32",
  124: "f64",
  112: "funcref",
  111: "externref",
};

class Reader {
  position = 0;
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
  byte(): number {
    const value = this.bytes[this.position++];
    if (value === undefined) throw new Error("the module ends early");
    return value;
  }
  u32(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }
  signed(bits: number): bigint {
    let value = 0n;
    let shift = 0n;
    for (;;) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      shift += 7n;
      if (byte < 0x80) {
        if (byte & 0x40) value -= 1n << shift;
        return BigInt.asIntN(bits, value);
      }
    }
  }
  take(length: number): Uint8Array {
    const slice = this.bytes.subarray(this.position, this.position + length);
    this.position += length;
    return slice;
  }
  list<T>(read: () => T): T[] {
    return Array.from({ length: this.u32() }, read);
  }
}

/** Decodes a valid module without imports. */
export function decodeModule(wasm: Uint8Array): DecodedModule {
  const reader = new Reader(wasm);
  reader.take(8);
  const types: FunctionType[] = [];
  let functionTypes: number[] = [];
  let tables: DecodedModule["tables"] = [];
  let memory: DecodedModule["memory"];
  let globals: DecodedModule["globals"] = [];
  let exports: DecodedModule["exports"] = [];
  let start: number | undefined;
  let elements: Segment[] = [];
  let data: Segment[] = [];
  let bodies: CodeBody[] = [];
  const valueType = (r: Reader): ValueType => VALUE_TYPES[r.byte()] as ValueType;
  const limits = (r: Reader) => {
    const flag = r.byte();
    return { min: r.u32(), max: flag & 1 ? r.u32() : undefined };
  };
  while (reader.position < wasm.length) {
    const id = reader.byte();
    const r = new Reader(reader.take(reader.u32()));
    if (id === 1) {
      for (const type of r.list(() => {
        r.byte();
        return { params: r.list(() => valueType(r)), results: r.list(() => valueType(r)) };
      }))
        types.push(type);
    } else if (id === 2) {
      if (r.u32() > 0) throw new Error("the reference interpreter takes no imports");
    } else if (id === 3) functionTypes = r.list(() => r.u32());
    else if (id === 4) tables = r.list(() => ({ type: valueType(r), ...limits(r) }));
    else if (id === 5) memory = r.list(() => limits(r))[0];
    else if (id === 6)
      globals = r.list(() => {
        const type = valueType(r);
        r.byte();
        return { type, init: readExpression(r, types) };
      });
    else if (id === 7)
      exports = r.list(() => ({
        name: new TextDecoder().decode(r.take(r.u32())),
        kind: r.byte(),
        index: r.u32(),
      }));
    else if (id === 8) start = r.u32();
    else if (id === 9) elements = r.list(() => readElement(r, types));
    else if (id === 10)
      bodies = r
        .list(() => r.take(r.u32()))
        .map((bytes, index) =>
          readBody(new Reader(bytes), types[functionTypes[index] as number] as FunctionType, types),
        );
    else if (id === 11)
      data = r.list(() => {
        const flag = r.u32();
        if (flag === 2) r.u32();
        const offset = flag === 1 ? [] : readExpression(r, types);
        return {
          mode: flag === 1 ? "passive" : "active",
          table: 0,
          offset,
          bytes: r.take(r.u32()),
          items: [],
        } as Segment;
      });
  }
  return { types, functionTypes, tables, memory, globals, exports, start, elements, data, bodies };
}

function readElement(r: Reader, types: FunctionType[]): Segment {
  const flag = r.u32();
  const table = flag === 2 || flag === 6 ? r.u32() : 0;
  const mode = flag & 1 ? (flag & 2 ? "declared" : "passive") : "active";
  const offset = flag & 1 ? [] : readExpression(r, types);
  if (flag & 3) r.byte();
  const items = r.list(() =>
    flag & 4
      ? readExpression(r, types)
      : [
          { op: 0xd2, args: [r.u32()] },
          { op: 0x0b, args: [] },
        ],
  );
  return { mode, table, offset, bytes: new Uint8Array(), items };
}

function readBody(r: Reader, type: FunctionType, types: FunctionType[]): CodeBody {
  const locals = r.list(() => {
    const count = r.u32();
    return new Array<ValueType>(count).fill(VALUE_TYPES[r.byte()] as ValueType);
  });
  return { type, locals: locals.flat(), code: readExpression(r, types) };
}

/** Reads operators up to and with the `end` that closes the expression. */
function readExpression(r: Reader, types: FunctionType[]): Instruction[] {
  const code: Instruction[] = [];
  for (let depth = 0; ; ) {
    const instruction = readInstruction(r, types);
    code.push(instruction);
    if (instruction.op >= 0x02 && instruction.op <= 0x04) depth++;
    if (instruction.op === 0x0b && depth-- === 0) return code;
  }
}

function readInstruction(r: Reader, types: FunctionType[]): Instruction {
  const op = r.byte();
  if (op >= 0x02 && op <= 0x04) return { op, args: [], type: readBlockType(r, types) };
  if (op === 0x0e) return { op, args: [], labels: [...r.list(() => r.u32()), r.u32()] };
  if (op === 0x41) return { op, args: [Number(r.signed(32))] };
  if (op === 0x42) return { op, args: [r.signed(64)] };
  if (op === 0x43) return { op, args: [view(r.take(4)).getUint32(0, true)] };
  if (op === 0x44) return { op, args: [view(r.take(8)).getBigUint64(0, true)] };
  if (op === 0x1c) return { op, args: r.list(() => r.byte()).slice(0, 0) };
  if (op === 0xd0) return { op, args: [r.byte()] };
  if (op === 0xfc) {
    const sub = r.u32();
    const immediates = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1][sub] as number;
    return { op: 0xfc00 + sub, args: Array.from({ length: immediates }, () => r.u32()) };
  }
  const twoIndexes = op === 0x11 || (op >= 0x28 && op <= 0x3e);
  const oneIndex =
    (op >= 0x0c && op <= 0x10) || (op >= 0x20 && op <= 0x26) || op === 0x3f || op === 0x40 || op === 0xd2;
  const immediates = twoIndexes ? 2 : oneIndex && op !== 0x0f ? 1 : 0;
  return { op, args: Array.from({ length: immediates }, () => r.u32()) };
}

function readBlockType(r: Reader, types: FunctionType[]): FunctionType {
  const value = Number(r.signed(33));
  if (value === -64) return { params: [], results: [] };
  if (value < 0) return { params: [], results: [VALUE_TYPES[value + 128] as ValueType] };
  return types[value] as FunctionType;
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
