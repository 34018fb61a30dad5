// What a function asks of the engine's compilers, by reading its operators once, before any engine compiles them. Both
// compilers do some things once for each operator, and others once for each pair: of a meeting of paths and a slot, of a
// loop and a local that it changes, of a block and a value that is computed anew there. Each is counted here and weighed
// with what it was measured to take (`npm run bench -- compile`), on the version of the engine that takes longest.

import type { ByteReader } from "./byte-reader.js";
import { CarriedValues, type Meeting } from "./carried-values.js";
import { OPERATORS_PER_BYTE, SLOT_BYTES } from "./frame-size.js";
import type { FunctionType, ModuleShape } from "./module-shape.js";
import { ENDS_BLOCK, IMMEDIATE, MAKES_NAN_F32, MAKES_NAN_F64, OP, OPERATORS, PREFIXED_FC } from "./opcodes.js";
import { isValueType } from "./read-module.js";

/** What was counted of one function. */
export interface FunctionWork {
  readonly operators: number;
  /** Straight-line blocks. */
  readonly blocks: number;
  readonly loops: number;
  readonly nans: number;
  /** Deepest operand stack. */
  readonly maxHeight: number;
  /** Nanoseconds that the slower of the two compilers takes, roughly. */
  readonly time: number;
}

/** Nanoseconds for each. Of what takes memory rather than time, four for each byte. */
const TIME = {
  function: 10_000,
  operator: 1_500,
  /** A block's charge, as operators. */
  block: 10,
  /** Operators times blocks. */
  crossing: 0.75,
  /** Triples of places where paths meet. */
  meeting: 0.02,
  /** A slot, for each operator. */
  walk: 1,
  /** A slot where paths meet. */
  slot: 80,
  /** A local that a block changes, for each path that meets at its end. */
  change: 500,
  /** A local that a loop changes. */
  loopChange: 9_000,
  /** Pairs of `br` to one place. */
  pair: 150,
  /** A value handed to or from a function. */
  value: 2_500,
  /** An operator that is carried out anew in another block. */
  carried: 1_200,
};

/** Operators that become several, with paths between them: as many blocks each is. */
const EXPANDS: Readonly<Record<number, number>> = {
  [OP.callIndirect]: 4,
  [OP.memoryGrow]: 3,
  [OP.refFunc]: 2,
  // Division and remainder, signed.
  109: 3,
  111: 3,
  127: 3,
  129: 3,
};

interface Place extends Meeting {
  readonly opcode: number;
  readonly height: number;
  readonly params: number;
  readonly results: number;
  /** How many operators stand before it. */
  readonly start: number;
  /** It begins where nothing runs. */
  readonly dead: boolean;
  branches: number;
  /** Those of them that are `br`. */
  leaps: number;
  /** The largest value that a branch takes along. */
  brought: number;
}

/**
 * Reads a function's operators. Dead code is taken for code that runs. Undefined when there is something of a feature that
 * is not accepted: the rewriting names it, and nothing is compiled.
 * @param reader at the first operator, after the local declarations
 * @param most stops when the time is beyond it
 * @param stackBytes a function whose frame is larger never runs: it is not compiled, and takes no time
 */
export function measureWork(
  shape: ModuleShape,
  reader: ByteReader,
  locals: number,
  results: number,
  most: number,
  stackBytes: number,
): FunctionWork | undefined {
  const changed = new Int32Array(locals).fill(-1);
  const values = new CarriedValues(locals);
  const places: Place[] = [makePlace(-1, 0, 0, results, 0, 0, false)];
  let dead = false;
  let operators = 0;
  /** Of them, those that can run. */
  let live = 0;
  let blocks = 1;
  let loops = 0;
  let nans = 0;
  let height = 0;
  let maxHeight = 0;
  let expanded = 0;
  let meets = 0;
  /** What is not in proportion to operators, in nanoseconds. */
  let pairs = 0;
  const total = (): number => {
    const all = operators + TIME.block * (blocks + expanded);
    const crossings = all * (blocks + expanded) * TIME.crossing;
    const meetings = meets ** 3 * TIME.meeting;
    return TIME.function + all * TIME.operator + crossings + meetings + pairs + values.carried * TIME.carried;
  };
  while (reader.offset < reader.end) {
    const opcode = reader.u8();
    const operator = opcode === OP.prefixFc ? PREFIXED_FC[reader.u32()] : OPERATORS[opcode];
    if (operator === undefined) return undefined;
    operators++;
    const { flags, pops, pushes, immediate } = operator;
    expanded += EXPANDS[opcode] ?? 0;
    if ((flags & (MAKES_NAN_F32 | MAKES_NAN_F64)) !== 0) nans++;
    switch (opcode) {
      case OP.localGet: {
        values.get(reader.u32());
        height++;
        break;
      }
      case OP.localSet:
      case OP.localTee: {
        const local = reader.u32();
        changed[local] = operators;
        if (!dead) values.set(local);
        if (opcode === OP.localSet) {
          height--;
          values.drop();
        }
        break;
      }
      case OP.block:
      case OP.loop:
      case OP.if: {
        const type = readBlockType(shape, reader);
        if (type === undefined) return undefined;
        if (opcode === OP.if) height--;
        if (opcode === OP.loop) loops++;
        values.take(opcode, pops, height);
        const base = Math.max(height - type.params, (places.at(-1) as Place).height);
        places.push(makePlace(opcode, base, type.params, type.results, operators, values.mark, dead));
        if (opcode === OP.if && !dead) values.branch(places.at(-1) as Place);
        height = base + type.params;
        break;
      }
      case OP.else: {
        const place = places.at(-1) as Place;
        place.brought = values.largestOf(place.results, place.brought);
        values.otherwise(place, !dead);
        dead = place.dead;
        height = place.height + place.params;
        values.level(height);
        break;
      }
      case OP.end: {
        const place = places.pop() as Place | undefined;
        if (place === undefined) return undefined;
        const { branches, start } = place;
        height = place.height + place.results;
        values.level(height);
        values.raise(place.results, place.brought);
        values.meet(place, !dead, places);
        dead = place.dead || (dead && place.first === Number.POSITIVE_INFINITY);
        // Each path brings along what may have changed since the paths parted.
        let changes = place.params + place.results;
        const meeting = branches > 0 || place.opcode === OP.if;
        if (meeting) meets++;
        if (meeting || place.opcode === OP.loop) {
          for (let i = 0; i < locals; i++) if ((changed[i] as number) >= start) changes++;
        }
        if (place.opcode === OP.loop) pairs += changes * (TIME.loopChange + branches * TIME.change);
        else pairs += changes * (branches + 2) * TIME.change;
        pairs += place.leaps * place.leaps * TIME.pair;
        break;
      }
      case OP.br:
      case OP.brIf: {
        if (opcode === OP.brIf) height--;
        values.take(opcode, pops, height);
        const place = reach(places, reader.u32(), values, dead);
        if (opcode === OP.brIf) break;
        dead = true;
        if (place !== undefined) place.leaps++;
        break;
      }
      case OP.brTable: {
        const count = reader.u32() + 1;
        height--;
        values.take(opcode, pops, height);
        pairs += count * (locals + Math.max(height, 0)) * TIME.slot;
        for (let i = 0; i < count; i++) {
          const place = reach(places, reader.u32(), values, dead);
          if (place !== undefined) pairs += (place.opcode === OP.loop ? place.params : place.results) * TIME.change;
        }
        dead = true;
        break;
      }
      case OP.call:
      case OP.callIndirect: {
        const index = reader.u32();
        if (opcode === OP.callIndirect) {
          reader.skipLeb();
          height--;
        }
        const type = shape.types[opcode === OP.call ? (shape.functions[index] ?? -1) : index];
        if (type === undefined) return undefined;
        const handed = type.params.length + type.results.length;
        pairs += handed * TIME.value;
        height -= type.params.length;
        values.take(opcode, pops + type.params.length, Math.max(height, 0));
        height += type.results.length;
        values.level(Math.max(height, 0));
        break;
      }
      default:
        skipImmediate(reader, immediate);
        height += pushes - pops;
        values.take(opcode, pops, Math.max(height, 0));
    }
    const floor = (places.at(-1) as Place | undefined)?.height ?? 0;
    if (opcode === OP.return || opcode === OP.unreachable) dead = true;
    if (height < floor) {
      height = floor;
      values.level(floor);
    }
    if (height > maxHeight) maxHeight = height;
    if (!dead) {
      live++;
      const slots = Math.max((locals + height) * SLOT_BYTES, live / OPERATORS_PER_BYTE);
      if (slots > stackBytes) return { operators, blocks, loops, nans, maxHeight, time: 0 };
    }
    pairs += (locals + height) * TIME.walk;
    if ((flags & ENDS_BLOCK) === 0) continue;
    values.nextBlock();
    blocks++;
    pairs += (locals + height) * TIME.slot;
    if (total() > most) break;
  }
  return { operators, blocks, loops, nans, maxHeight, time: total() };
}

function makePlace(
  opcode: number,
  height: number,
  params: number,
  results: number,
  start: number,
  mark: number,
  dead: boolean,
): Place {
  const meeting = { mark, first: Number.POSITIVE_INFINITY, last: 0, branches: 0, leaps: 0, brought: 0 };
  return { opcode, height, params, results, start, dead, ...meeting };
}

/** Counts a branch. */
function reach(places: readonly Place[], depth: number, values: CarriedValues, dead: boolean): Place | undefined {
  const place = places[places.length - 1 - depth];
  if (place === undefined) return undefined;
  place.branches++;
  if (place.opcode !== OP.loop && !dead) values.branch(place);
  if (place.opcode !== OP.loop && place.results > 0) place.brought = values.largestOf(place.results, place.brought);
  return place;
}

function readBlockType(shape: ModuleShape, reader: ByteReader): { params: number; results: number } | undefined {
  const index = reader.s33();
  if (index >= 0) {
    const type = shape.types[index] as FunctionType | undefined;
    return type && { params: type.params.length, results: type.results.length };
  }
  if (index === -64) return { params: 0, results: 0 };
  return isValueType(index + 128) ? { params: 0, results: 1 } : undefined;
}

function skipImmediate(reader: ByteReader, immediate: number): void {
  if (immediate === IMMEDIATE.f32) reader.skip(4);
  else if (immediate === IMMEDIATE.f64) reader.skip(8);
  else if (immediate === IMMEDIATE.typeVector) {
    const count = reader.u32();
    for (let i = 0; i < count; i++) reader.skipLeb();
  } else if (immediate !== IMMEDIATE.none) {
    reader.skipLeb();
    if (immediate === IMMEDIATE.memarg || immediate === IMMEDIATE.lebPair) reader.skipLeb();
  }
}
