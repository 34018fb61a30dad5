// Contracts that are valid by construction and do anything: control flow, calls direct and through a table, memory, globals,
// tables, floats, bulk operators. A value is made for each operand that an operator takes, so nothing has to be repaired.
// No imports, so that the reference interpreter can run them too.

import { type Bytes, concat, leb, name, section } from "./module-bytes.js";
import { Random } from "./random.js";

export interface GeneratedModule {
  readonly wasm: Uint8Array;
  /** Tables or segments change, which no kept memory remembers. */
  readonly changesTables: boolean;
}

type Type = 0x7f | 0x7e | 0x7d | 0x7c;
const I32 = 0x7f;
const I64 = 0x7e;
const F32 = 0x7d;
const F64 = 0x7c;
const TYPES: readonly Type[] = [I32, I64, F32, F64];
const VOID = 0x40;
const END = 0x0b;

interface Signature {
  readonly params: readonly Type[];
  readonly results: readonly Type[];
}

/** What a branch to a label takes along: nothing, or one value. A loop's label takes nothing. */
type Label = Type | undefined;

interface Scope {
  readonly locals: readonly Type[];
  readonly results: readonly Type[];
  /** Innermost last; the function itself is none of them. */
  readonly labels: Label[];
  /** Locals that count loops' rounds: nothing else writes them. */
  readonly counters: number[];
}

/** Operators on two operands of one type, by type: first and last opcode of those that give the type, and that give i32. */
const BINARY: Record<Type, readonly [number, number]> = {
  [I32]: [0x6a, 0x78],
  [I64]: [0x7c, 0x8a],
  [F32]: [0x92, 0x98],
  [F64]: [0xa0, 0xa6],
};
const UNARY: Record<Type, readonly number[]> = {
  [I32]: [0x67, 0x68, 0x69, 0xc0, 0xc1],
  [I64]: [0x79, 0x7a, 0x7b, 0xc2, 0xc3, 0xc4],
  [F32]: [0x8b, 0x8c, 0x8d, 0x8e, 0x8f, 0x90, 0x91],
  [F64]: [0x99, 0x9a, 0x9b, 0x9c, 0x9d, 0x9e, 0x9f],
};
const COMPARE: Record<Type, readonly [number, number]> = {
  [I32]: [0x46, 0x4f],
  [I64]: [0x51, 0x5a],
  [F32]: [0x5b, 0x60],
  [F64]: [0x61, 0x66],
};
/** Conversions: operator, operand's type; those of two bytes begin with 0xfc. */
const CONVERSIONS: Record<Type, readonly (readonly [readonly number[], Type])[]> = {
  [I32]: [
    [[0xa7], I64],
    [[0xa8], F32],
    [[0xa9], F32],
    [[0xaa], F64],
    [[0xab], F64],
    [[0xbc], F32],
    [[0xfc, 0], F32],
    [[0xfc, 1], F32],
    [[0xfc, 2], F64],
    [[0xfc, 3], F64],
    [[0x45], I32],
    [[0x50], I64],
  ],
  [I64]: [
    [[0xac], I32],
    [[0xad], I32],
    [[0xae], F32],
    [[0xaf], F32],
    [[0xb0], F64],
    [[0xb1], F64],
    [[0xbd], F64],
    [[0xfc, 4], F32],
    [[0xfc, 5], F32],
    [[0xfc, 6], F64],
    [[0xfc, 7], F64],
  ],
  [F32]: [
    [[0xb2], I32],
    [[0xb3], I32],
    [[0xb4], I64],
    [[0xb5], I64],
    [[0xb6], F64],
    [[0xbe], I32],
  ],
  [F64]: [
    [[0xb7], I32],
    [[0xb8], I32],
    [[0xb9], I64],
    [[0xba], I64],
    [[0xbb], F32],
    [[0xbf], I64],
  ],
};
/** Loads: opcode and its natural alignment. */
const LOADS: Record<Type, readonly (readonly [number, number])[]> = {
  [I32]: [
    [0x28, 2],
    [0x2c, 0],
    [0x2d, 0],
    [0x2e, 1],
    [0x2f, 1],
  ],
  [I64]: [
    [0x29, 3],
    [0x30, 0],
    [0x31, 0],
    [0x32, 1],
    [0x33, 1],
    [0x34, 2],
    [0x35, 2],
  ],
  [F32]: [[0x2a, 2]],
  [F64]: [[0x2b, 3]],
};
const STORES: Record<Type, readonly (readonly [number, number])[]> = {
  [I32]: [
    [0x36, 2],
    [0x3a, 0],
    [0x3b, 1],
  ],
  [I64]: [
    [0x37, 3],
    [0x3c, 0],
    [0x3d, 1],
    [0x3e, 2],
  ],
  [F32]: [[0x38, 2]],
  [F64]: [[0x39, 3]],
};
const BITS_32 = [
  0, 1, 2, 7, 63, 64, 65, 255, 256, 32767, 65535, 65536, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffe, 0x7fc00000,
  0x7f800001, 0xffc12345, 0x3f800000, 0xcf000000, 0x4f000000,
];
const BITS_64 = [
  0n,
  1n,
  2n,
  63n,
  0xffffffffn,
  0x80000000n,
  0x7fffffffffffffffn,
  0x8000000000000000n,
  0xffffffffffffffffn,
  0x7ff8000000000000n,
  0x7ff0000000000001n,
  0xfff123456789abcdn,
  0x3ff0000000000000n,
  0x41e0000000000000n,
  0xc3e0000000000000n,
];

const TABLE_SIZE = 8;
const PASSIVE_BYTES = 40;
/** `init`, `execute` and `query`. */
const EXPORTED = 3;

/** The module of a seed. */
export function generateModule(seed: number): GeneratedModule {
  return new Generator(new Random(seed)).module();
}

class Generator {
  readonly #random: Random;
  readonly #types: Signature[] = [];
  /** The functions after `init`, `execute` and `query`, in order of their indices. */
  readonly #functions: Signature[] = [];
  readonly #globals: { readonly type: Type; readonly mutable: boolean }[] = [];
  #changesTables = false;
  /** How many more operators may be made; values become constants when they are used up. */
  #budget = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  module(): GeneratedModule {
    const r = this.#random;
    const some = (most: number): Type[] => Array.from({ length: r.below(most + 1) }, () => r.pick(TYPES));
    this.#functions.push(
      { params: [], results: [] },
      { params: [I32, I32, I32, I32], results: [] },
      { params: [I32, I32], results: [I64] },
    );
    for (let count = 1 + r.below(6); count > 0; count--) {
      this.#functions.push({ params: some(3), results: r.chance(70) ? [r.pick(TYPES)] : some(2) });
    }
    this.#types.push(...this.#functions);
    for (let count = r.below(5); count > 0; count--) this.#globals.push({ type: r.pick(TYPES), mutable: r.chance(80) });
    const globals = this.#globals.map(({ type, mutable }) =>
      concat([type, mutable ? 1 : 0], this.#constant(type), [END]),
    );
    const bodies = this.#functions.map((_, index) => this.#function(index));
    const pages = 1 + r.below(2);
    const elements = Array.from({ length: r.below(TABLE_SIZE) }, () => leb(r.below(this.#functions.length)));
    const passive = Array.from({ length: 4 }, () => leb(3 + r.below(this.#functions.length - 3)));
    const bytes = Array.from({ length: PASSIVE_BYTES }, () => r.below(256));
    const wasm = concat(
      [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(
        1,
        leb(this.#types.length),
        ...this.#types.map(({ params, results }) =>
          concat([0x60], leb(params.length), params, leb(results.length), results),
        ),
      ),
      section(3, leb(this.#functions.length), ...this.#functions.map((_, index) => leb(index))),
      section(4, [1, 0x70], r.chance(50) ? [0, TABLE_SIZE] : [1, TABLE_SIZE, ...leb(TABLE_SIZE + r.below(200))]),
      section(5, [1], r.chance(50) ? [0, pages] : [1, pages, pages + 1 + r.below(3)]),
      section(6, leb(globals.length), ...globals),
      section(7, [4], name("memory"), [2, 0], name("init"), [0, 0], name("execute"), [0, 1], name("query"), [0, 2]),
      section(9, [2], [0, 0x41, 0, END], leb(elements.length), ...elements, [1, 0], leb(passive.length), ...passive),
      section(12, [2]),
      section(10, leb(bodies.length), ...bodies.map((code) => concat(leb(code.length), code))),
      section(11, [2], [0, 0x41, 16, END], leb(bytes.length), bytes, [1], leb(bytes.length), bytes),
    );
    return { wasm, changesTables: this.#changesTables };
  }

  #function(index: number): Uint8Array {
    const r = this.#random;
    const { params, results } = this.#functions[index] as Signature;
    if (index === 0) return concat([0, END]);
    const own = Array.from({ length: r.below(6) }, () => r.pick(TYPES));
    // The first of the own locals count rounds.
    const rounds = 1 + r.below(3);
    const locals: Type[] = [...params, ...new Array<Type>(rounds).fill(I32), ...own];
    const counters = Array.from({ length: rounds }, (_, i) => params.length + i);
    const scope: Scope = { locals, results, labels: [], counters };
    this.#budget = 20 + r.below(150);
    const code: Bytes[] = [this.#statements(scope, 5)];
    if (index === 2)
      code.push(
        this.#keptFloat(scope, (type) => this.#leaf(type, scope)),
        this.#checksum(locals),
      );
    else for (const type of results) code.push(this.#value(type, scope, 3));
    const groups = [...new Array<Type>(rounds).fill(I32), ...own, ...(index === 2 ? [I32, I64] : [])];
    return concat(leb(groups.length), ...groups.map((type) => [1, type]), ...code, [END]);
  }

  /**
   * Adds up every 64th word of the first 4,096 bytes, the locals, the globals and the sizes, of floats the bits; behind the
   * locals stand an i32 and an i64 for it.
   */
  #checksum(locals: readonly Type[]): Uint8Array {
    const [at, sum] = [locals.length, locals.length + 1];
    const mix = (value: Bytes): Uint8Array =>
      concat([0x20, ...leb(sum), 0x42, 31, 0x7e], value, [0x7c, 0x21, ...leb(sum)]);
    const asI64: Record<Type, readonly number[]> = { [I32]: [0xad], [I64]: [], [F32]: [0xbc, 0xad], [F64]: [0xbd] };
    return concat(
      [0x03, VOID],
      mix([0x20, ...leb(at), 0x29, 0, 0]),
      // at += 64, and again while at < 4,096
      [0x20, ...leb(at), 0x41, 0xc0, 0, 0x6a, 0x22, ...leb(at), 0x41, 0x80, 0x20, 0x49, 0x0d, 0, END],
      ...locals.map((type, i) => mix([0x20, ...leb(i), ...asI64[type]])),
      ...this.#globals.map(({ type }, i) => mix([0x23, ...leb(i), ...asI64[type]])),
      mix([0x3f, 0, 0xad]),
      mix([0xfc, 16, 0, 0xad]),
      [0x20, ...leb(sum)],
    );
  }

  #statements(scope: Scope, depth: number): Uint8Array {
    const parts: Bytes[] = [];
    for (let count = 1 + this.#random.below(5); count > 0; count--) {
      parts.push(this.#statement(scope, depth));
      if (this.#budget <= 0) break;
      // In a block of its own, so that no code with operands stands where it cannot run.
      if (this.#random.chance(4)) {
        const inner = { ...scope, labels: [...scope.labels, undefined] };
        parts.push([0x02, VOID], this.#departure(inner, depth), this.#random.chance(50) ? [0x01] : [], [END]);
        break;
      }
    }
    return concat(...parts);
  }

  /** Leaves: a branch, a return, `unreachable`. */
  #departure(scope: Scope, depth: number): Bytes {
    const r = this.#random;
    const choice = r.below(10);
    if (choice === 0) return [0x00];
    if (choice < 3) return concat(...scope.results.map((type) => this.#value(type, scope, depth - 1)), [0x0f]);
    const at = r.below(scope.labels.length + 1);
    if (at === scope.labels.length)
      return concat(...scope.results.map((type) => this.#value(type, scope, depth - 1)), [0x0c], leb(at));
    const label = scope.labels[scope.labels.length - 1 - at];
    return concat(label === undefined ? [] : this.#value(label, scope, depth - 1), [0x0c], leb(at));
  }

  #statement(scope: Scope, depth: number): Bytes {
    this.#budget--;
    const r = this.#random;
    const deeper = depth - 1;
    const value = (type: Type): Bytes => this.#value(type, scope, deeper);
    if (depth <= 0 || this.#budget <= 0) return [0x01];
    switch (r.below(20)) {
      case 0:
        return this.#block(0x02, scope, deeper);
      case 1:
        return concat(value(I32), this.#block(0x04, scope, deeper, r.chance(50)));
      case 2:
      case 3:
        return this.#loop(scope, deeper);
      case 4: {
        const plain = scope.labels.flatMap((label, i) => (label === undefined ? [scope.labels.length - 1 - i] : []));
        if (plain.length === 0) return [0x01];
        if (r.chance(60)) return concat(value(I32), [0x0d], leb(r.pick(plain)));
        const labels = Array.from({ length: r.below(5) + 1 }, () => leb(r.pick(plain)));
        // In a block of its own, since what follows does not run.
        const within = { ...scope, labels: [...scope.labels, undefined] };
        const inner = labels.map((label) => leb((label[0] as number) + 1));
        return concat([0x02, VOID], this.#value(I32, within, deeper), [0x0e], leb(inner.length - 1), ...inner, [END]);
      }
      case 5:
      case 6:
        return this.#call(scope, deeper, undefined);
      case 7: {
        const index = r.below(this.#globals.length + 1);
        const global = this.#globals[index];
        return global?.mutable === true ? concat(value(global.type), [0x24], leb(index)) : [0x01];
      }
      case 8:
      case 9:
      case 10: {
        const type = r.pick(TYPES);
        const [opcode, align] = r.pick(STORES[type]);
        return concat(this.#address(scope, deeper), value(type), [opcode, r.below(align + 1)], leb(r.below(64)));
      }
      case 11:
        return this.#bulk(scope, deeper);
      case 12:
        return concat(value(r.pick(TYPES)), [0x1a]);
      case 13:
        return concat(
          value(I32),
          [0x04, VOID],
          this.#departure({ ...scope, labels: [...scope.labels, undefined] }, deeper),
          [END],
        );
      case 14:
        return r.chance(50) ? [0xd2, r.below(EXPORTED), 0x1a] : this.#keptFloat(scope, value);
      default: {
        const index = r.below(scope.locals.length);
        if (scope.counters.includes(index)) return [0x01];
        return concat(value(scope.locals[index] as Type), [0x21], leb(index));
      }
    }
  }

  /** A float that a tee keeps, and whose copy on the stack nobody looks at; its bits end where the checksum sees them. */
  #keptFloat(scope: Scope, value: (type: Type) => Bytes): Bytes {
    const r = this.#random;
    const floats = scope.locals.flatMap((type, i) => (type === F32 || type === F64 ? [i] : []));
    if (floats.length === 0) return [0x01];
    const index = r.pick(floats);
    const type = scope.locals[index] as Type;
    const [first, last] = BINARY[type];
    const operator = first + r.below(last - first + 1);
    return concat(
      r.chance(50) ? concat(this.#bitPattern(type), [0x21], leb(index)) : [],
      concat(value(type), this.#bitPattern(type), [operator, 0x22], leb(index), [0x1a]),
      concat([0x41], signedLeb(BigInt(64 * r.below(64))), [0x20], leb(index), [type === F32 ? 0x38 : 0x39, 0, 0]),
    );
  }

  #block(opcode: number, scope: Scope, depth: number, withElse = false): Uint8Array {
    const inner = { ...scope, labels: [...scope.labels, undefined] };
    const otherwise = withElse ? [[0x05], this.#statements(inner, depth)] : [];
    return concat([opcode, VOID], this.#statements(inner, depth), ...otherwise, [END]);
  }

  /** Mostly a loop that ends after some rounds; now and then one that only a branch or the gas ends. */
  #loop(scope: Scope, depth: number): Uint8Array {
    const r = this.#random;
    const inner = { ...scope, labels: [...scope.labels, undefined], counters: scope.counters.slice(1) };
    const [counter] = scope.counters;
    const body = this.#statements({ ...inner, counters: scope.counters }, depth);
    if (counter === undefined || r.chance(8))
      return concat([0x03, VOID], body, this.#value(I32, inner, 1), [0x0d, 0, END]);
    const rounds = 1 + r.below(6);
    const back = [0x20, ...leb(counter), 0x41, 1, 0x6b, 0x22, ...leb(counter), 0x0d, 0];
    return concat([0x41, rounds, 0x21], leb(counter), [0x03, VOID], this.#statements(inner, depth), back, [END]);
  }

  /** A call of a function with one result of the type, or, without a type, of any function with its results dropped. */
  #call(scope: Scope, depth: number, type: Type | undefined): Bytes {
    const r = this.#random;
    const fitting = this.#functions.flatMap(({ results }, i) =>
      i >= 3 && (type === undefined || (results.length === 1 && results[0] === type)) ? [i] : [],
    );
    if (fitting.length === 0) return type === undefined ? [0x01] : this.#constant(type);
    const index = r.pick(fitting);
    const { params, results } = this.#functions[index] as Signature;
    const operands = params.map((param) => this.#value(param, scope, depth - 1));
    const drops = type === undefined ? results.map(() => 0x1a) : [];
    if (r.chance(60)) return concat(...operands, [0x10], leb(index), drops);
    const slot = r.chance(80) ? concat([0x41], leb(r.below(TABLE_SIZE))) : this.#value(I32, scope, depth - 1);
    return concat(...operands, slot, [0x11], leb(index), [0], drops);
  }

  #bulk(scope: Scope, depth: number): Bytes {
    const r = this.#random;
    const small = (): Bytes => (r.chance(90) ? concat([0x41], leb(r.below(60))) : this.#value(I32, scope, depth));
    const place = (): Bytes => (r.chance(80) ? this.#address(scope, depth) : small());
    const choice = r.below(12);
    if (choice < 2) return concat(place(), this.#value(I32, scope, depth), small(), [0xfc, 11, 0]);
    if (choice < 4) return concat(place(), place(), small(), [0xfc, 10, 0, 0]);
    if (choice < 6) return concat(place(), small(), small(), [0xfc, 8, 1, 0]);
    if (choice === 6 && r.chance(70)) return concat([0x41], leb(r.below(3)), [0x40, 0, 0x1a]);
    this.#changesTables = true;
    const slot = (): Bytes => (r.chance(90) ? concat([0x41], leb(r.below(TABLE_SIZE))) : small());
    const reference = r.pick([
      [0xd0, 0x70],
      [0xd2, r.below(EXPORTED)],
      concat([0x41], leb(r.below(TABLE_SIZE)), [0x25, 0]),
      concat([0x41], leb(r.below(TABLE_SIZE)), [0x25, 0]),
    ]);
    switch (r.below(7)) {
      case 0:
        return concat(slot(), reference, [0x26, 0]);
      case 1:
        return concat(slot(), slot(), [0x41, r.below(4)], [0xfc, 14, 0, 0]);
      case 2:
        return concat(slot(), [0x41, r.below(4), 0x41, r.below(4)], [0xfc, 12, 1, 0]);
      case 3:
        return concat(slot(), reference, [0x41, r.below(4)], [0xfc, 17, 0]);
      case 4:
        return concat(reference, small(), [0xfc, 15, 0, 0x1a]);
      case 5:
        return [0xfc, 9, 1];
      default:
        return [0xfc, 13, 1];
    }
  }

  /** An address, mostly one in the first 4,096 bytes. */
  #address(scope: Scope, depth: number): Bytes {
    const value = this.#value(I32, scope, depth);
    return this.#random.chance(95) ? concat(value, [0x41, 0xff, 0x1f, 0x71]) : concat(value);
  }

  #value(type: Type, scope: Scope, depth: number): Bytes {
    this.#budget--;
    const r = this.#random;
    const deeper = depth - 1;
    if (depth <= 0 || this.#budget <= 0) return this.#leaf(type, scope);
    switch (r.below(20)) {
      case 0: {
        const inner = { ...scope, labels: [...scope.labels, type] };
        const early = r.chance(50)
          ? concat(this.#value(type, inner, deeper), this.#value(I32, inner, deeper), [0x0d, 0, 0x1a])
          : [];
        return concat([0x02, type], this.#statements(inner, deeper), early, this.#value(type, inner, deeper), [END]);
      }
      case 1: {
        const inner = { ...scope, labels: [...scope.labels, type] };
        const arm = (): Bytes => concat(this.#statements(inner, deeper), this.#value(type, inner, deeper));
        return concat(this.#value(I32, scope, deeper), [0x04, type], arm(), [0x05], arm(), [END]);
      }
      case 2: {
        const inner = { ...scope, labels: [...scope.labels, undefined] };
        return concat([0x03, type], this.#value(type, inner, deeper), [END]);
      }
      case 3:
        return this.#call(scope, deeper, type);
      case 4:
      case 5: {
        const [opcode, align] = r.pick(LOADS[type]);
        return concat(this.#address(scope, deeper), [opcode, r.below(align + 1)], leb(r.below(64)));
      }
      case 6: {
        const select = r.chance(50) ? [0x1b] : [0x1c, 1, type];
        return concat(
          this.#value(type, scope, deeper),
          this.#value(type, scope, deeper),
          this.#value(I32, scope, deeper),
          select,
        );
      }
      case 7:
      case 8: {
        const [operator, from] = r.pick(CONVERSIONS[type]);
        return concat(this.#value(from, scope, deeper), operator);
      }
      case 9:
        return concat(this.#value(type, scope, deeper), [r.pick(UNARY[type])]);
      case 10: {
        const index = scope.locals.findIndex(
          (local, i) => local === type && !scope.counters.includes(i) && r.chance(50),
        );
        return index < 0 ? this.#leaf(type, scope) : concat(this.#value(type, scope, deeper), [0x22], leb(index));
      }
      case 11: {
        if (type !== I32) return this.#leaf(type, scope);
        const from = r.pick(TYPES);
        const [first, last] = COMPARE[from];
        return concat(this.#value(from, scope, deeper), this.#value(from, scope, deeper), [
          first + r.below(last - first + 1),
        ]);
      }
      case 12:
        if (type !== I32) return this.#leaf(type, scope);
        return r.pick([
          [0x3f, 0],
          [0xfc, 16, 0],
          [0x41, 0, 0x40, 0],
          [0xd0, 0x70, 0xd1],
          // ref.func of an exported function, which any body may name
          [0xd2, r.below(EXPORTED), 0xd1],
          [0x41, r.below(TABLE_SIZE), 0x25, 0, 0xd1],
        ]);
      case 13:
      case 14:
        return this.#leaf(type, scope);
      default: {
        const [first, last] = BINARY[type];
        return concat(this.#value(type, scope, deeper), this.#value(type, scope, deeper), [
          first + r.below(last - first + 1),
        ]);
      }
    }
  }

  /** A constant, a local or a global. */
  #leaf(type: Type, scope: Scope): Bytes {
    const r = this.#random;
    const locals = scope.locals.flatMap((local, i) => (local === type ? [i] : []));
    const globals = this.#globals.flatMap((global, i) => (global.type === type ? [i] : []));
    const choice = r.below(3);
    if (choice === 0 && locals.length > 0) return concat([0x20], leb(r.pick(locals)));
    if (choice === 1 && globals.length > 0) return concat([0x23], leb(r.pick(globals)));
    return this.#constant(type);
  }

  /** A float of bits that are chosen, every other one a NaN that no arithmetic makes. */
  #bitPattern(type: Type): Bytes {
    const r = this.#random;
    const [bits32, bits64] = r.chance(50) ? [0xffc12345, 0x7ff8123456789abcn] : [r.pick(BITS_32), r.pick(BITS_64)];
    if (type === F32) return concat([0x41], signedLeb(BigInt(bits32 | 0)), [0xbe]);
    return concat([0x42], signedLeb(BigInt.asIntN(64, bits64)), [0xbf]);
  }

  #constant(type: Type): Bytes {
    const r = this.#random;
    const bits32 = r.chance(50) ? r.pick(BITS_32) : r.chance(50) ? r.below(100) : r.next();
    const bits64 = r.chance(50)
      ? r.pick(BITS_64)
      : r.chance(50)
        ? BigInt(r.below(100))
        : (BigInt(r.next()) << 32n) | BigInt(r.next());
    if (type === I32) return concat([0x41], signedLeb(BigInt(bits32 | 0)));
    if (type === I64) return concat([0x42], signedLeb(BigInt.asIntN(64, bits64)));
    const view = new DataView(new ArrayBuffer(8));
    if (type === F32) view.setUint32(0, bits32, true);
    else view.setBigUint64(0, bits64, true);
    return concat([type === F32 ? 0x43 : 0x44], new Uint8Array(view.buffer).subarray(0, type === F32 ? 4 : 8));
  }
}

function signedLeb(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const byte = Number(rest & 0x7fn);
    rest >>= 7n;
    if ((rest === 0n && byte < 0x40) || (rest === -1n && byte >= 0x40)) return [...bytes, byte];
    bytes.push(byte | 0x80);
  }
}
