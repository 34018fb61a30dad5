// A slow interpreter that counts gas the way the rules say it, and nothing else: one operator after another, a block
// paid in full where it begins. It is the second opinion on the metering that the project rewrites modules for.
//
// The block rule: a straight-line block ends after any operator of control, call, memory.grow or bulk memory. Its
// operators are paid when it is entered, one gas each; the surcharge of memory.grow and of a bulk operator, which depends on
// its length, when it is carried out. Out of gas is a price above what is left.

import {
  type CodeBody,
  type DecodedModule,
  decodeModule,
  type FunctionType,
  type Instruction,
} from "./decode-module.js";
import { frameBytes } from "./frame-size.js";
import { NUMERIC, Trap, type Value } from "./numeric-ops.js";

export interface Prices {
  readonly memoryGrow: number;
  /** For every 64 bytes begun of a bulk operator on memory, and every element of one on tables. */
  readonly bulk: number;
}

/** What one machine allows, of memory and tables for all that the module itself does not limit. */
export interface Bounds {
  readonly memoryPages: number;
  /** Elements of all tables together: what they begin with leaves equal shares of the rest to each. */
  readonly tableElements: number;
  /** Of all frames under way, by the formula of frame-size.ts. */
  readonly stackBytes: number;
}

const UNBOUNDED: Bounds = { memoryPages: 65_536, tableElements: 20_000_000, stackBytes: Number.POSITIVE_INFINITY };

export interface Call {
  readonly results: Value[];
  readonly trap: string | undefined;
  readonly gasUsed: number;
}

const UNREACHABLE = 0x00;
const BLOCK = 0x02;
const LOOP = 0x03;
const IF = 0x04;
const ELSE = 0x05;
const END = 0x0b;
const MEMORY_GROW = 0x40;
const PAGE = 65_536;

/** Ends a straight-line block: unreachable, block to end, the branches, return, calls, grow, bulk memory and tables. */
function endsBlock(op: number): boolean {
  return op === UNREACHABLE || (op >= 0x02 && op <= 0x11) || op === MEMORY_GROW || (op >= 0xfc08 && op !== 0xfc10);
}

/** Positions that a jump needs, found once for each function. */
interface Body extends CodeBody {
  /** For `block`, `loop` and `if`: the index of its `end`. */
  readonly ends: Map<number, number>;
  /** For `if`: the index of its `else`. */
  readonly elses: Map<number, number>;
  /** What the block that begins at an index costs. */
  readonly costs: number[];
  readonly frameBytes: number;
}

interface Label {
  /** Where a branch continues, how many values it takes along, and the stack's height below them. */
  readonly target: number;
  readonly arity: number;
  readonly height: number;
}

class OutOfGas extends Error {}

/** One instance of a module without imports; memory, tables and globals last from call to call. */
export class ReferenceInstance {
  readonly #module: DecodedModule;
  readonly #bodies: Body[];
  readonly #prices: Prices;
  readonly #globals: Value[] = [];
  readonly #tables: Value[][];
  readonly #dropped = { data: new Set<number>(), elements: new Set<number>() };
  #memory: Uint8Array;
  readonly #bounds: Bounds;
  #gas = 0;
  #depth = 0;
  #stackBytes = 0;
  /** What the start function cost. */
  readonly startGas: number;

  constructor(wasm: Uint8Array, prices: Prices = { memoryGrow: 0, bulk: 0 }, bounds: Bounds = UNBOUNDED) {
    const module = decodeModule(wasm);
    this.#module = module;
    this.#prices = prices;
    this.#bounds = bounds;
    this.#bodies = module.bodies.map((body) => ({
      ...findJumps(body),
      frameBytes: bounds === UNBOUNDED ? 0 : frameBytes(module, body),
    }));
    this.#memory = new Uint8Array((this.#module.memory?.min ?? 0) * PAGE);
    for (const global of this.#module.globals) this.#globals.push(this.#constant(global.init));
    this.#tables = this.#module.tables.map((table) => new Array<Value>(table.min).fill(null));
    this.#applySegments();
    this.#gas = Number.MAX_SAFE_INTEGER;
    if (this.#module.start !== undefined) this.#call(this.#module.start, []);
    this.startGas = Number.MAX_SAFE_INTEGER - this.#gas;
  }

  /** Calls an exported function; a trap or the end of the gas is in the answer. */
  call(name: string, args: readonly Value[], gasLimit: number): Call {
    const exported = this.#module.exports.find((entry) => entry.kind === 0 && entry.name === name);
    if (exported === undefined) throw new Error(`no exported function ${name}`);
    this.#gas = gasLimit;
    this.#depth = 0;
    this.#stackBytes = 0;
    try {
      const results = this.#call(exported.index, args);
      return { results, trap: undefined, gasUsed: gasLimit - this.#gas };
    } catch (error) {
      if (error instanceof OutOfGas) return { results: [], trap: "out of gas", gasUsed: gasLimit };
      if (error instanceof Trap) return { results: [], trap: error.message, gasUsed: gasLimit - this.#gas };
      throw error;
    }
  }

  #applySegments(): void {
    for (const [index, segment] of this.#module.elements.entries()) {
      if (segment.mode === "passive") continue;
      if (segment.mode === "active") {
        this.#tableInit(segment.table, index, Number(this.#constant(segment.offset)), 0, segment.items.length);
      }
      this.#dropped.elements.add(index);
    }
    for (const [index, segment] of this.#module.data.entries()) {
      if (segment.mode === "passive") continue;
      const at = (this.#constant(segment.offset) as number) >>> 0;
      if (at + segment.bytes.length > this.#memory.length) throw new Trap("out-of-bounds memory access");
      this.#memory.set(segment.bytes, at);
      this.#dropped.data.add(index);
    }
  }

  #constant(code: readonly Instruction[]): Value {
    const { op, args } = code[0] as Instruction;
    if (op === 0x23) return this.#globals[Number(args[0])] as Value;
    if (op === 0xd0) return null;
    return args[0] as Value;
  }

  #pay(gas: number): void {
    if (gas > this.#gas) throw new OutOfGas();
    this.#gas -= gas;
  }

  #call(index: number, args: readonly Value[]): Value[] {
    const body = this.#bodies[index] as Body;
    if (++this.#depth > 900) throw new Trap("stack overflow");
    if (this.#stackBytes + body.frameBytes > this.#bounds.stackBytes) throw new Trap("stack overflow");
    this.#stackBytes += body.frameBytes;
    const locals = [...args, ...body.locals.map(zeroOf)];
    const results = this.#run(body, locals);
    this.#depth--;
    this.#stackBytes -= body.frameBytes;
    return results;
  }

  #run(body: Body, locals: Value[]): Value[] {
    const { code } = body;
    const stack: Value[] = [];
    const labels: Label[] = [{ target: code.length, arity: body.type.results.length, height: 0 }];
    const pop = (): Value => stack.pop() as Value;
    const number = (): number => stack.pop() as number;
    let at = 0;
    let enters = true;
    const branch = (depth: number): void => {
      const label = labels[labels.length - 1 - depth] as Label;
      const kept = label.arity === 0 ? [] : stack.splice(-label.arity);
      stack.length = label.height;
      stack.push(...kept);
      const isLoop = label.target > 0 && label.target <= at && code[label.target - 1]?.op === LOOP;
      labels.length -= isLoop ? depth : depth + 1;
      at = label.target;
    };
    while (at < code.length) {
      if (enters) this.#pay(body.costs[at] as number);
      const { op, args, type, labels: targets } = code[at] as Instruction;
      enters = endsBlock(op);
      const here = at++;
      const numeric = NUMERIC[op];
      if (numeric !== undefined) {
        stack.push(numeric.run(...stack.splice(-numeric.arity)));
        continue;
      }
      switch (op) {
        case UNREACHABLE:
          throw new Trap("unreachable");
        case 0x01:
          break;
        case BLOCK:
        case LOOP:
          labels.push(labelOf(body, here, type as FunctionType, stack.length));
          break;
        case IF: {
          const taken = number() !== 0;
          const otherwise = body.elses.get(here);
          if (!taken && otherwise === undefined) at = (body.ends.get(here) as number) + 1;
          else {
            labels.push(labelOf(body, here, type as FunctionType, stack.length));
            if (!taken) at = (otherwise as number) + 1;
          }
          break;
        }
        case ELSE:
          // Reached from the first arm: it goes on after the `end`, which belongs to the second.
          at = (labels.pop() as Label).target;
          break;
        case END:
          labels.pop();
          break;
        case 0x0c:
          branch(Number(args[0]));
          break;
        case 0x0d:
          if (number() !== 0) branch(Number(args[0]));
          break;
        case 0x0e: {
          const choice = number() >>> 0;
          const all = targets as readonly number[];
          branch(all[Math.min(choice, all.length - 1)] as number);
          break;
        }
        case 0x0f:
          branch(labels.length - 1);
          break;
        case 0x10:
          this.#callWith(stack, Number(args[0]));
          break;
        case 0x11: {
          const entry = (this.#tables[Number(args[1])] as Value[])[number() >>> 0];
          if (entry === undefined) throw new Trap("out-of-bounds table access");
          if (entry === null) throw new Trap("indirect call to null");
          const wanted = this.#module.types[Number(args[0])] as FunctionType;
          const found = this.#module.types[this.#module.functionTypes[entry as number] as number] as FunctionType;
          if (JSON.stringify(wanted) !== JSON.stringify(found)) throw new Trap("indirect call type mismatch");
          this.#callWith(stack, entry as number);
          break;
        }
        case 0x1a:
          stack.pop();
          break;
        case 0x1b:
        case 0x1c: {
          const [first, second, condition] = stack.splice(-3);
          stack.push((condition !== 0 ? first : second) as Value);
          break;
        }
        case 0x20:
          stack.push(locals[Number(args[0])] as Value);
          break;
        case 0x21:
          locals[Number(args[0])] = pop();
          break;
        case 0x22:
          locals[Number(args[0])] = stack.at(-1) as Value;
          break;
        case 0x23:
          stack.push(this.#globals[Number(args[0])] as Value);
          break;
        case 0x24:
          this.#globals[Number(args[0])] = pop();
          break;
        case 0x41:
        case 0x42:
        case 0x43:
        case 0x44:
          stack.push(args[0] as Value);
          break;
        case 0xd0:
          stack.push(null);
          break;
        case 0xd1:
          stack.push(pop() === null ? 1 : 0);
          break;
        case 0xd2:
          stack.push(Number(args[0]));
          break;
        default:
          this.#memoryOrTable(op, args.map(Number), stack);
      }
    }
    return stack.splice(stack.length - body.type.results.length);
  }

  #callWith(stack: Value[], index: number): void {
    const type = this.#module.types[this.#module.functionTypes[index] as number] as FunctionType;
    stack.push(...this.#call(index, stack.splice(stack.length - type.params.length)));
  }

  #range(at: number, length: number): number {
    if (at + length > this.#memory.length) throw new Trap("out-of-bounds memory access");
    return at;
  }

  #memoryOrTable(op: number, args: readonly number[], stack: Value[]): void {
    const number = (): number => (stack.pop() as number) >>> 0;
    if (op >= 0x28 && op <= 0x35) stack.push(this.#load(op, number() + (args[1] as number)));
    else if (op >= 0x36 && op <= 0x3e) {
      const value = stack.pop() as Value;
      this.#store(op, number() + (args[1] as number), value);
    } else if (op === 0x3f) stack.push(this.#memory.length / PAGE);
    else if (op === MEMORY_GROW) {
      this.#pay(this.#prices.memoryGrow);
      const before = this.#memory.length / PAGE;
      const after = before + number();
      if (after > Math.min(this.#module.memory?.max ?? 65_536, this.#bounds.memoryPages)) stack.push(-1);
      else {
        const grown = new Uint8Array(after * PAGE);
        grown.set(this.#memory);
        this.#memory = grown;
        stack.push(before);
      }
    } else if (op === 0x25 || op === 0x26) this.#tableAccess(op, args[0] as number, stack);
    else this.#bulk(op, args, stack);
  }

  #load(op: number, at: number): Value {
    const bytes = [4, 8, 4, 8, 1, 1, 2, 2, 1, 1, 2, 2, 4, 4][op - 0x28] as number;
    this.#range(at, bytes);
    let bits = 0n;
    for (let index = bytes - 1; index >= 0; index--) bits = (bits << 8n) | BigInt(this.#memory[at + index] as number);
    // 0x2c to 0x2f are i32 loads of part of it, 0x30 to 0x35 i64 loads; the even ones extend the sign.
    const signed = op >= 0x2c && op % 2 === 0;
    if (signed) bits = BigInt.asIntN(bytes * 8, bits);
    if (op === 0x29 || op >= 0x30) return BigInt.asIntN(64, bits);
    if (op === 0x2b) return bits;
    return op === 0x2a ? Number(bits) : Number(BigInt.asIntN(32, bits));
  }

  #store(op: number, at: number, value: Value): void {
    const bytes = [4, 8, 4, 8, 1, 2, 1, 2, 4][op - 0x36] as number;
    this.#range(at, bytes);
    const bits = BigInt.asUintN(64, BigInt(value as number | bigint));
    for (let index = 0; index < bytes; index++) {
      this.#memory[at + index] = Number((bits >> BigInt(8 * index)) & 255n);
    }
  }

  #tableAccess(op: number, table: number, stack: Value[]): void {
    const entries = this.#tables[table] as Value[];
    const value = op === 0x26 ? (stack.pop() as Value) : null;
    const at = (stack.pop() as number) >>> 0;
    if (at >= entries.length) throw new Trap("out-of-bounds table access");
    if (op === 0x26) entries[at] = value;
    else stack.push(entries[at] as Value);
  }

  #bulk(op: number, args: readonly number[], stack: Value[]): void {
    if (op === 0xfc09) return void this.#dropped.data.add(args[0] as number);
    if (op === 0xfc0d) return void this.#dropped.elements.add(args[0] as number);
    const table = this.#tables[op === 0xfc0c ? (args[1] as number) : (args[0] as number)];
    if (op === 0xfc10) return void stack.push((table as Value[]).length);
    const [first, second, third] = stack.splice(op === 0xfc0f ? -2 : -3) as [Value, Value, Value];
    const length = ((op === 0xfc0f ? second : third) as number) >>> 0;
    this.#pay(this.#prices.bulk * (op < 0xfc0c ? Math.ceil(length / 64) : length));
    const to = (first as number) >>> 0;
    const from = (second as number) >>> 0;
    if (op === 0xfc08) {
      const bytes = this.#dropped.data.has(args[0] as number)
        ? new Uint8Array()
        : this.#module.data[args[0] as number]?.bytes;
      if (from + length > (bytes as Uint8Array).length) throw new Trap("out-of-bounds memory access");
      this.#memory.set((bytes as Uint8Array).subarray(from, from + length), this.#range(to, length));
    } else if (op === 0xfc0a) {
      this.#memory.copyWithin(this.#range(to, length), this.#range(from, length), from + length);
    } else if (op === 0xfc0b) this.#memory.fill(from & 255, this.#range(to, length), to + length);
    else if (op === 0xfc0c) this.#tableInit(args[1] as number, args[0] as number, to, from, length);
    else if (op === 0xfc0e) {
      const source = this.#tables[args[1] as number] as Value[];
      const target = table as Value[];
      if (from + length > source.length || to + length > target.length) throw new Trap("out-of-bounds table access");
      for (const [index, value] of source.slice(from, from + length).entries()) target[to + index] = value;
    } else if (op === 0xfc0f) {
      const entries = table as Value[];
      if (entries.length + length > this.#largestTable(args[0] as number)) stack.push(-1);
      else {
        stack.push(entries.length);
        for (let index = 0; index < length; index++) entries.push(first);
      }
    } else if (op === 0xfc11) {
      if (to + length > (table as Value[]).length) throw new Trap("out-of-bounds table access");
      (table as Value[]).fill(second, to, to + length);
    } else throw new Error(`the reference interpreter has no operator 0x${op.toString(16)}`);
  }

  #largestTable(index: number): number {
    const { tables } = this.#module;
    const spare = this.#bounds.tableElements - tables.reduce((sum, table) => sum + table.min, 0);
    const { min = 0, max = Number.POSITIVE_INFINITY } = tables[index] ?? {};
    return Math.min(Math.max(max, min), min + Math.floor(spare / tables.length), 10_000_000);
  }

  #tableInit(table: number, segment: number, to: number, from: number, length: number): void {
    const items = this.#dropped.elements.has(segment) ? [] : (this.#module.elements[segment]?.items ?? []);
    const target = this.#tables[table] as Value[];
    if (from + length > items.length || (to >>> 0) + length > target.length)
      throw new Trap("out-of-bounds table access");
    for (let index = 0; index < length; index++) {
      const item = items[from + index] as Instruction[];
      target[to + index] = item[0]?.op === 0xd2 ? Number(item[0].args[0]) : this.#constant(item);
    }
  }
}

function zeroOf(type: string): Value {
  if (type === "i64" || type === "f64") return 0n;
  return type === "funcref" || type === "externref" ? null : 0;
}

function labelOf(body: Body, at: number, type: FunctionType, height: number): Label {
  const below = height - type.params.length;
  if (body.code[at]?.op === LOOP) return { target: at + 1, arity: type.params.length, height: below };
  return { target: (body.ends.get(at) as number) + 1, arity: type.results.length, height: below };
}

function findJumps(body: CodeBody): Omit<Body, "frameBytes"> {
  const ends = new Map<number, number>();
  const elses = new Map<number, number>();
  const open: number[] = [];
  for (const [index, { op }] of body.code.entries()) {
    if (op >= BLOCK && op <= IF) open.push(index);
    else if (op === ELSE) elses.set(open.at(-1) as number, index);
    else if (op === END && open.length > 0) ends.set(open.pop() as number, index);
  }
  const costs: number[] = [];
  for (let index = body.code.length - 1; index >= 0; index--) {
    const { op } = body.code[index] as Instruction;
    costs[index] = 1 + (endsBlock(op) ? 0 : (costs[index + 1] as number));
  }
  return { ...body, ends, elses, costs };
}
