// How much of a function's arithmetic a compiler may carry out anew in blocks other than those it stands in. An optimising
// compiler moves a value without side effects to where it is used, and copies it when several blocks use it, along with
// all that it is computed from. So for each block the size of what the values from other blocks are computed from is
// added up: at most what was read since the oldest part of it. What a store, a load or a call takes in the block that
// computes it stays there.
//
// Where paths meet, a local is taken for the largest value that it may have: two paths can bring the same one.

import { OP } from "./opcodes.js";

/** Where paths may meet: positions in the list of what was set, where it begins, and at the first and last branch to it. */
export interface Meeting {
  readonly mark: number;
  /** Infinity without a branch. */
  first: number;
  last: number;
}

/** Of one function, in the order of its operators. Code that cannot run is left out. */
export class CarriedValues {
  /** Operators that may be carried out anew. */
  carried = 0;
  /** By value; 0 stands for all that are where they are. */
  readonly #size: number[] = [0];
  readonly #from: number[] = [0];
  readonly #madeIn: number[] = [0];
  readonly #usedIn: number[] = [0];
  readonly #left: number[] = [0];
  readonly #right: number[] = [0];
  readonly #locals: Int32Array;
  readonly #stack: number[] = [];
  #made = 0;
  #block = 1;
  #blockSize = 0;
  #blockFrom = 0;
  /** What locals held before they were set: the local, its first value and its largest one since. */
  readonly #set: number[] = [];
  readonly #first: number[] = [];
  readonly #largest: number[] = [];
  readonly #keptAt: Int32Array;
  readonly #found: Int32Array;

  constructor(locals: number) {
    this.#locals = new Int32Array(locals);
    this.#keptAt = new Int32Array(locals).fill(-1);
    this.#found = new Int32Array(locals);
  }

  /** Where a place begins that begins here. */
  get mark(): number {
    return this.#set.length;
  }

  get(local: number): void {
    const value = this.#locals[local] ?? 0;
    this.#use(value);
    this.#stack.push(value);
  }

  /** Sets a local to the value on the stack, which stays there. */
  set(local: number): void {
    const before = this.#locals[local] ?? 0;
    this.#set.push(local);
    this.#first.push(before);
    this.#largest.push(before);
    this.#locals[local] = this.#stack.at(-1) ?? 0;
  }

  drop(): void {
    this.#stack.pop();
  }

  /** Any other operator: takes its operands; the stack is `height` high after it. */
  take(opcode: number, pops: number, height: number): void {
    const weight = WEIGHTS[opcode] as number;
    if (weight > 0) {
      this.#compute(weight, pops);
      return;
    }
    const holds = HOLDS[opcode] === 1;
    for (let i = 0; i < pops; i++) {
      const value = this.#stack.pop() ?? 0;
      if (holds) this.#hold(value);
      else this.#use(value);
    }
    this.level(height);
  }

  /** Makes the stack `height` high: what is added is where it is. */
  level(height: number): void {
    const stack = this.#stack;
    // Below nothing in modules that are not valid, which the engine will say.
    if (stack.length > height) stack.length = Math.max(height, 0);
    while (stack.length < height) stack.push(0);
  }

  /** The largest of the top values of the stack, `count` of them, and another one. */
  largestOf(count: number, other: number): number {
    let largest = other;
    for (let i = 1; i <= count; i++) largest = this.#larger(largest, this.#stack.at(-i) ?? 0);
    return largest;
  }

  /** Puts a value in place of the smaller ones among the top `count`. */
  raise(count: number, value: number): void {
    for (let i = this.#stack.length - count; i < this.#stack.length; i++) {
      this.#stack[i] = this.#larger(this.#stack[i] ?? 0, value);
    }
  }

  nextBlock(): void {
    this.#block++;
    this.#blockSize = 0;
  }

  /** A branch to a place: what locals hold now is what they may hold there. */
  branch(place: Meeting): void {
    place.first = Math.min(place.first, this.#set.length);
    place.last = Math.max(place.last, this.#set.length);
  }

  /** The second arm of an `if` begins: locals are what they were before the first, whose end may be reached. */
  otherwise(place: Meeting, reached: boolean): void {
    const { mark } = place;
    for (let i = this.#set.length - 1; i >= mark; i--) {
      const local = this.#set[i] as number;
      if (reached) this.#largest[i] = this.#larger(this.#largest[i] as number, this.#locals[local] as number);
    }
    for (let i = this.#set.length - 1; i >= mark; i--) this.#locals[this.#set[i] as number] = this.#first[i] as number;
    if (!reached) return;
    place.first = mark;
    place.last = this.#set.length + 1;
  }

  /**
   * The end of a place.
   * @param reached whether the code before it may run through
   * @param open the places around it
   */
  meet(place: Meeting, reached: boolean, open: readonly Meeting[]): void {
    const { mark, first, last } = place;
    const meets = first < Number.POSITIVE_INFINITY;
    const many = first !== last;
    const length = this.#set.length;
    if (meets) {
      // From the end, so that what a local held at the first branch comes last.
      for (let i = length - 1; i >= mark; i--) {
        const local = this.#set[i] as number;
        this.#found[local] = reached || i < first ? (this.#locals[local] as number) : 0;
      }
      for (let i = length - 1; i >= Math.max(first, mark); i--) {
        const local = this.#set[i] as number;
        let value = this.#found[local] as number;
        if (many) value = this.#larger(this.#larger(value, this.#largest[i] as number), this.#locals[local] as number);
        this.#found[local] = this.#larger(value, this.#first[i] as number);
      }
    }
    let kept = mark;
    for (let i = mark; i < length; i++) {
      const local = this.#set[i] as number;
      const at = this.#keptAt[local] as number;
      if (at >= mark && at < kept && this.#set[at] === local) {
        this.#largest[at] = this.#larger(this.#largest[at] as number, this.#largest[i] as number);
        continue;
      }
      this.#keptAt[local] = kept;
      this.#set[kept] = local;
      this.#first[kept] = this.#first[i] as number;
      this.#largest[kept] = this.#larger(this.#largest[i] as number, this.#locals[local] as number);
      if (meets) this.#locals[local] = this.#found[local] as number;
      kept++;
    }
    this.#set.length = kept;
    this.#first.length = kept;
    this.#largest.length = kept;
    if (kept === length) return;
    for (const outer of open) {
      if (outer.first > mark && outer.first < Number.POSITIVE_INFINITY) outer.first = mark;
      if (outer.last > mark) outer.last = Math.max(kept, mark + 1);
    }
  }

  #larger(a: number, b: number): number {
    return (this.#size[b] as number) > (this.#size[a] as number) ? b : a;
  }

  #compute(weight: number, pops: number): void {
    let size = weight;
    let from = this.#made;
    let left = 0;
    let right = 0;
    for (let i = 0; i < pops; i++) {
      const value = this.#stack.pop() ?? 0;
      this.#use(value);
      const own = this.#size[value] as number;
      if (own > 0) {
        size += own;
        from = Math.min(from, this.#from[value] as number);
      }
      left = right;
      right = value;
    }
    this.#made += weight;
    const value = this.#size.push(Math.min(size, this.#made - from)) - 1;
    this.#from.push(from);
    this.#madeIn.push(this.#block);
    this.#usedIn.push(this.#block);
    this.#left.push(left);
    this.#right.push(right);
    this.#stack.push(value);
    if (weight === SPLITS) this.nextBlock();
  }

  #use(value: number): void {
    if (this.#usedIn[value] === this.#block) return;
    const size = this.#size[value] as number;
    if (size === 0) return;
    this.#usedIn[value] = this.#block;
    const from = this.#from[value] as number;
    if (this.#blockSize === 0 || from < this.#blockFrom) this.#blockFrom = from;
    const before = this.#blockSize;
    this.#blockSize = Math.min(before + size, this.#made - this.#blockFrom);
    this.carried += Math.max(0, this.#blockSize - before);
  }

  /** A use that keeps the value, and what it is computed from, in this block. */
  #hold(value: number): void {
    const open = [value];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      this.#use(next);
      if (this.#madeIn[next] !== this.#block || this.#size[next] === 0) continue;
      this.#size[next] = 0;
      open.push(this.#left[next] as number, this.#right[next] as number);
    }
  }
}

/** How much each operator without side effects is to copy: 0 for those that stay. */
const WEIGHTS = new Uint8Array(256);
WEIGHTS.fill(1, 0x45, 0xc5);
// select
WEIGHTS.fill(1, 0x1b, 0x1d);
// Division and remainder, whose checks are blocks of their own; truncations.
const SPLITS = 4;
for (const first of [0x6d, 0x7f]) WEIGHTS.fill(SPLITS, first, first + 4);
WEIGHTS.fill(2, 0xa8, 0xac);
WEIGHTS.fill(2, 0xae, 0xb2);
WEIGHTS[0xd1] = 1;

/** Loads, stores, `global.set` and calls. */
const HOLDS = new Uint8Array(256);
HOLDS.fill(1, 0x28, 0x3f);
HOLDS[0x24] = 1;
HOLDS[OP.call] = 1;
HOLDS[OP.callIndirect] = 1;
