// Modules for `compile.mjs`: each kind of code in a number of copies, in a contract. What they may ask of an engine's
// compilers is bounded by harness/instrument/complexity.ts; the worker deploys them by it, so none goes beyond.

import "../fixtures/load-typescript.mjs";

const { concat, contractBytes, each, leb, repeat, section } = await import("../hostile/module-bytes.ts");
const { Random } = await import("../hostile/random.ts");

const I32 = 0x7f;
const END = 0x0b;
const ZERO = [0x41, 0];
const BLOCK = [0x02, 0x40];
const LOOP = [0x03, 0x40];
const IF = [0x04, 0x40];
const STORE = [0x36, 2, 0];
const MUL = 0x6c;
const ADD = 0x6a;
const get = (local) => [0x20, ...leb(local)];
const set = (local) => [0x21, ...leb(local)];
/** i32.const of a number below 2^31. */
const constant = (value) => [0x41, ...signed(value)];
const TABLE = { 4: section(4, [1, 0x70, 0, 10]) };
/** `execute` has four parameters: the others begin here. */
const OWN = 4;

function signed(value) {
  const bytes = leb(value);
  return bytes.at(-1) < 0x40 ? bytes : [...bytes.slice(0, -1), bytes.at(-1) | 0x80, 0];
}

/** A contract whose `execute` is this code. */
const alone = (code, { locals = 0, ...extras } = {}) =>
  contractBytes({ execute: concat(locals > 0 ? [1, ...leb(locals), I32] : [0], code, [END]), ...extras });

/** A contract of functions like `execute`, each of this code. */
const many = (count, code, sections = {}) => {
  const one = concat([0], code, [END]);
  const body = concat(leb(one.length), one);
  return contractBytes({ functions: [count, repeat(count, [1]), repeat(count, body)], sections });
};

const readAll = (locals) => each(locals, (i) => concat(constant(4 * i), get(OWN + i), STORE));
const hundred = new Array(100).fill(I32);
const HUNDRED = { types: [1, [0x60, 100, ...hundred, 100, ...hundred]] };
const values = repeat(100, ZERO);
const dropped = repeat(100, [0x1a]);
const grown = concat(get(0), constant(3), [MUL], constant(1), [ADD], set(0));
const increment = (local) => concat(get(local), constant(1), [ADD], set(local));
const toLabels = (n) => concat(get(0), [0x0e], leb(n - 1), each(n, leb));

/** What is made of `n` copies, by name. */
export const CONSTRUCTS = {
  additions: (n) => alone(concat(ZERO, get(0), repeat(n, [...get(1), ADD]), STORE)),
  "products, all used": (n) =>
    alone(
      concat(
        ZERO,
        get(1),
        each(n, (i) => [...get(0), ...constant(i + 3), MUL, ADD]),
        STORE,
      ),
    ),
  loads: (n) => alone(concat(ZERO, repeat(n, [0x28, 2, 0]), [0x1a])),
  stores: (n) => alone(repeat(n, [...get(0), ...get(1), ...STORE])),
  "quotients of quotients": (n) => alone(concat(get(0), repeat(n, [...get(1), 0x6d]), set(0))),
  "remainders, stored": (n) =>
    alone(each(n, (i) => [...constant(4 * i), ...get(0), ...get(1), ...constant(i + 3), ADD, 0x6f, ...STORE])),
  truncations: (n) => alone(concat(ZERO, [0x43, 0, 0, 0, 0], repeat(n, [0xa8, 0xb2]), [0x38, 2, 0])),
  "values used in branches alone": (n) =>
    alone(each(n, (i) => concat(grown, get(1), IF, constant(4 * i), get(0), STORE, [END]))),
  "products anew in each branch": (n) =>
    alone(each(n, (i) => concat(get(1), IF, constant(4 * i), get(0), constant(i + 3), [MUL], STORE, [END]))),
  "empty blocks": (n) => alone(repeat(n, [...BLOCK, END])),
  "blocks inside of each other": (n) => alone(concat(repeat(n, BLOCK), repeat(n, [END]))),
  ifs: (n) => alone(repeat(n, [...get(0), ...IF, END])),
  "ifs that change a local": (n) => alone(repeat(n, concat(get(0), IF, increment(1), [END]))),
  "ifs that load a local": (n) =>
    alone(concat(repeat(n, concat(get(0), IF, get(1), [0x28, 2, 0], set(1), [END])), ZERO, get(1), STORE)),
  "ifs among 100 locals": (n) =>
    alone(
      concat(
        each(n, (i) => concat(get(0), IF, constant(i), set(OWN + (i % 100)), [END])),
        readAll(100),
      ),
      {
        locals: 100,
      },
    ),
  "ifs inside of each other": (n) => alone(concat(repeat(n, concat(get(0), IF, increment(1))), repeat(n, [END]))),
  "br_if out of a block": (n) => alone(concat(BLOCK, repeat(n, [...get(0), 0x0d, 0]), [END])),
  "br_if out, 100 locals changed": (n) =>
    alone(
      concat(
        BLOCK,
        each(n, (i) => concat(constant(i), set(OWN + (i % 100)), get(0), [0x0d, 0])),
        [END],
        readAll(100),
      ),
      { locals: 100 },
    ),
  "br_if over a change": (n) => alone(repeat(n, concat(BLOCK, get(0), [0x0d, 0], increment(1), [END]))),
  // An engine takes 65,520 of them.
  "br_table to one place": (n) => {
    const targets = Math.min(n, 65_000);
    return alone(concat(BLOCK, get(0), [0x0e], leb(targets), repeat(targets, [0]), [0, END]));
  },
  "a switch in a loop": (n) =>
    alone(
      concat(
        LOOP,
        repeat(n, BLOCK),
        toLabels(n),
        each(n, (i) => concat([END], increment(0), [0x0c], leb(n - 1 - i))),
        [END],
      ),
    ),
  "a switch that is left": (n) =>
    alone(
      concat(
        BLOCK,
        repeat(n, BLOCK),
        toLabels(n),
        each(n, (i) => concat([END], increment(0), [0x0c], leb(n - 1 - i))),
        [END],
      ),
    ),
  loops: (n) => alone(repeat(n, concat(LOOP, ZERO, get(0), STORE, get(0), [0x0d, 0, END]))),
  "loops inside of each other": (n) => alone(concat(repeat(n, LOOP), repeat(n, [...get(0), 0x0d, 0, END]))),
  "loops inside of each other, 100 locals changed": (n) =>
    alone(
      concat(
        repeat(n, LOOP),
        each(100, (i) => increment(OWN + i)),
        repeat(n, [...get(0), 0x0d, 0, END]),
        readAll(100),
      ),
      { locals: 100 },
    ),
  "loops of 100 values": (n) => alone(concat(values, repeat(n, [0x03, 3, ...get(0), 0x0d, 0, END]), dropped), HUNDRED),
  "ifs of 100 values": (n) => alone(concat(values, repeat(n, [...get(0), 0x04, 3, 0x05, END]), dropped), HUNDRED),
  calls: (n) => alone(repeat(n, [0x10, 0])),
  "calls of 100 values": (n) => {
    const body = concat([0], each(100, get), [END]);
    const functions = [1, [3], concat(leb(body.length), body)];
    return alone(concat(values, repeat(n, [0x10, 3]), dropped), { ...HUNDRED, functions });
  },
  "indirect calls": (n) => alone(repeat(n, [...get(0), 0x11, 0, 0]), { sections: TABLE }),
  "ref.func": (n) => alone(repeat(n, [0xd2, 0, 0x1a])),
  "memory.grow": (n) => alone(repeat(n, [...ZERO, 0x40, 0, 0x1a])),
  "memory.fill": (n) => alone(repeat(n, [...get(0), ...get(0), ...get(0), 0xfc, 11, 0])),
  "table.get over 4,000 operands": (n) =>
    alone(concat(repeat(4_000, ZERO), repeat(n, [...ZERO, 0x25, 0, 0x1a]), repeat(4_000, [0x1a])), { sections: TABLE }),
  "functions of one load": (n) => many(n, [...ZERO, 0x28, 2, 0, 0x1a]),
  "functions of 100 ifs": (n) => many(n, repeat(100, concat(get(0), IF, increment(1), [END]))),
  "functions of 100 loops": (n) => many(n, repeat(100, concat(LOOP, increment(0), get(0), [0x0d, 0, END]))),
  "functions of 100 quotients": (n) => many(n, concat(get(0), repeat(100, [...get(1), 0x6d]), set(0))),
  "functions of 100 calls": (n) => many(n, repeat(100, [0x10, 0])),
  "functions of 20,000 loads": (n) =>
    many(
      n,
      concat(
        ZERO,
        each(20_000, (i) => [0x28, 2, ...leb(4 * (i % 100))]),
        [0x1a],
      ),
    ),
};

/** Fragments that `mixed` puts together; each leaves the operand stack as it was. */
const FRAGMENTS = [
  (r) => increment(r.below(20)),
  (r) => concat(get(r.below(20)), get(r.below(20)), [r.pick([ADD, MUL, 0x6b, 0x6d, 0x6f, 0x73])], set(r.below(20))),
  (r) => concat(get(r.below(20)), [0x28, 2], leb(r.below(1_000)), set(r.below(20))),
  (r) => concat(constant(4 * r.below(1_000)), get(r.below(20)), STORE),
  () => [0x10, 0],
  (r) => [...get(r.below(20)), 0x11, 0, 0],
  () => [...ZERO, 0x40, 0, 0x1a],
  (r, inner) => concat(get(r.below(20)), IF, inner(), [END]),
  (r, inner) => concat(get(r.below(20)), IF, inner(), [0x05], inner(), [END]),
  (r, inner) => concat(BLOCK, inner(), get(r.below(20)), [0x0d, 0], inner(), [END]),
  (r, inner) => concat(LOOP, inner(), get(r.below(20)), [0x0d, 0, END]),
  (r, inner) => concat(BLOCK, BLOCK, get(r.below(20)), [0x0e, 1, 0, 1, END], inner(), [END]),
];

/** After `init`, `execute` and `query`. */
const FIRST_OWN = 3;

/**
 * A contract of `n` fragments in one to some functions, of a few kinds that the seed chooses: to find what is worst together.
 * `execute` calls all of them, over and over.
 */
export function mixed(seed, n) {
  const random = new Random(seed);
  const kinds = Array.from({ length: 1 + random.below(4) }, () => random.pick(FRAGMENTS));
  const deep = random.chance(30) ? 200 : 6;
  const perFunction = random.pick([200, 1_000, 1_000_000]);
  let left = n;
  const fragment = (depth) => {
    if (left-- <= 0) return [];
    return random.pick(kinds)(random, () => (depth > 0 ? fragment(depth - 1) : increment(0)));
  };
  const bodies = [];
  while (left > 0) {
    const parts = [];
    for (let i = 0; i < perFunction && left > 0; i++) parts.push(fragment(deep));
    // Called with zeros it skips them, which makes an engine count all of it as run.
    const body = concat([1, 16, I32], BLOCK, get(0), [0x45, 0x0d, 0], ...parts, [END, END]);
    bodies.push(concat(leb(body.length), body));
  }
  const functions = [bodies.length, repeat(bodies.length, [1]), concat(...bodies)];
  const calls = each(bodies.length, (i) => concat(repeat(4, ZERO), [0x10], leb(FIRST_OWN + i)));
  return contractBytes({ execute: concat([0], LOOP, calls, [0x0c, 0, END, END]), functions, sections: TABLE });
}
