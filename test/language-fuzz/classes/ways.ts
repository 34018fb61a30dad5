// Ways by which something happens far from where it is written: a small effect (or none) in a function, and around it functions,
// statics, constructors, accessors, operators, generics, namespaces and function values of the same or of another file.

import type { Random } from "../../hostile/random.js";
import type { IntType } from "../types.js";
import { type Effect, effectOf, typeOfGiven } from "./effects.js";
import type { Call } from "./world.js";

/** What a way is handed besides a number: the contract, one of its fields, or nothing. */
export type Given = "contract" | "map" | "list" | "item" | "none";

/** Something that is called with what is given and a number, and gives a number. */
export interface Way {
  readonly given: Given;
  readonly writes: boolean;
  readonly isLib: boolean;
  /** What is imported. */
  readonly symbol: string;
  /** Whether the symbol is a plain function, and so a value. */
  readonly isFunction: boolean;
  use(symbol: string, handle: string, x: string): string;
  run(call: Call, field: string, x: bigint): bigint;
}

/** A file's ways: those of the file itself and of the file of functions that it imports. */
export class Workshop {
  readonly own: string[] = [];
  readonly lib: string[] = [];
  readonly barrel: string[] = [];
  readonly imports: string[] = [];
  readonly ways: Way[] = [];
  #count = 0;

  readonly random: Random;
  readonly type: IntType;
  readonly contract: string;
  readonly index: number;

  constructor(random: Random, type: IntType, contract: string, index: number) {
    this.random = random;
    this.type = type;
    this.contract = contract;
    this.index = index;
  }

  next(): number {
    return this.#count++;
  }

  /** How code of the contract's file calls a way: under its own name, another one, or through its file's or a barrel's. */
  reach(way: Way): (handle: string, x: string) => string {
    const symbol = way.isLib ? this.#imported(way.symbol) : way.symbol;
    return (handle, x) => way.use(symbol, handle, x);
  }

  #imported(symbol: string): string {
    const { random, index } = this;
    const as = `${symbol}_${this.next()}`;
    switch (random.below(5)) {
      case 0:
        return `tools.${symbol}`;
      case 1:
        this.imports.push(`import { ${symbol} as ${as} } from "./lib/tools${index}";`);
        return as;
      case 2:
        this.barrel.push(`export { ${symbol} as ${as} } from "./tools${index}";`);
        this.imports.push(`import { ${as} } from "./lib/hand${index}";`);
        return as;
      case 3:
        this.barrel.push(`export { ${symbol} as ${as} } from "./tools${index}";`);
        return `hand.${as}`;
      default:
        this.barrel.push(`export { ${symbol} as ${as} } from "./tools${index}";`);
        this.imports.push(`import { ${as} as ${as}_here } from "./lib/hand${index}";`);
        return `${as}_here`;
    }
  }

  /** Makes an effect in a function, and carriers around it. */
  make(given: Given, writes: boolean): Way {
    const { random } = this;
    const effect = effectOf(given, writes, this);
    const isLib = given !== "contract" && !effect.ownFile && random.chance(60);
    let way = this.#carry(plain(effect, this, isLib), 0);
    for (let i = random.below(3); i > 0; i--) way = this.#carry(way, 1);
    this.ways.push(way);
    return way;
  }

  #carry(way: Way, least: number): Way {
    const carriers = Object.values(CARRIERS);
    const carrier = least === 0 && this.random.chance(40) ? undefined : this.random.pick(carriers);
    if (carrier === undefined) return way;
    const isLib = way.isLib && this.random.chance(50);
    const inner = isLib ? (handle: string, x: string) => way.use(way.symbol, handle, x) : this.reach(way);
    const value = way.isFunction ? (isLib || !way.isLib ? way.symbol : this.#imported(way.symbol)) : undefined;
    const made = carrier({
      k: this.next(),
      inner,
      value,
      handed: handed(way.given, this),
      type: this.type.name,
      handle: way.given === "none" ? "" : "h, ",
      held: way.given === "none" ? "" : "this.h, ",
    });
    if (made === undefined) return way;
    (isLib ? this.lib : this.own).push(made.text.replace(/^(function|class|namespace)/gm, "export $1"));
    const { symbol, use, isFunction = false } = made;
    const skips = made.skips === true;
    return {
      given: way.given,
      writes: way.writes,
      isLib,
      symbol,
      isFunction,
      use: (name, handle, x) => use(name, handle === "" ? "" : `${handle}, `, x, handle),
      run: (call, field, x) => (skips && x % 2n !== 0n ? x : way.run(call, field, x)),
    };
  }
}

/** `h: TYPE, ` of what is given, and the bare type. */
function handed(
  given: Given,
  workshop: Workshop,
): { readonly parameter: string; readonly type: string; readonly field: string } {
  const type = typeOfGiven(given, workshop);
  return type === ""
    ? { parameter: "", type, field: "" }
    : { parameter: `h: ${type}, `, type, field: `public h: ${type}, ` };
}

function plain(effect: Effect, workshop: Workshop, isLib: boolean): Way {
  const symbol = `act${workshop.next()}`;
  const { parameter } = handed(effect.given, workshop);
  const text = `export function ${symbol}(${parameter}x: ${workshop.type.name}): ${workshop.type.name} { ${effect.text} }`;
  (isLib ? workshop.lib : workshop.own).push(text);
  return {
    given: effect.given,
    writes: effect.writes,
    isLib,
    symbol,
    isFunction: true,
    use: (name, handle, x) => `${name}(${handle === "" ? "" : `${handle}, `}${x})`,
    run: (call, field, x) => effect.run(call, field, x),
  };
}

interface Carried {
  readonly k: number;
  readonly inner: (handle: string, x: string) => string;
  /** The inner function as a value. */
  readonly value: string | undefined;
  readonly handed: ReturnType<typeof handed>;
  readonly type: string;
  readonly handle: string;
  readonly held: string;
}

interface Carrier {
  readonly text: string;
  readonly symbol: string;
  readonly isFunction?: boolean;
  /** Whether an odd number is given back as it is. */
  readonly skips?: boolean;
  /** `args` is the handle with a comma behind it, or nothing. */
  use(symbol: string, args: string, x: string, handle: string): string;
}

const h = ({ handed: { type } }: Carried): string => (type === "" ? "" : "h");
const own = ({ handed: { type } }: Carried): string => (type === "" ? "" : "this.h");

const calls = (symbol: string, args: string, x: string): string => `${symbol}(${args}${x})`;

const CARRIERS: Readonly<Record<string, (given: Carried) => Carrier | undefined>> = {
  function: (it) => ({
    text: `function pass${it.k}(${it.handed.parameter}x: ${it.type}): ${it.type} { return ${it.inner(h(it), "x")}; }`,
    symbol: `pass${it.k}`,
    isFunction: true,
    use: calls,
  }),
  generic: (it) => ({
    text: `function any${it.k}<A>(${it.handed.parameter}x: A): A { return ${it.inner(h(it), "x")}; }`,
    symbol: `any${it.k}`,
    use: (symbol, args, x) => `${symbol}<${it.type}>(${args}${x})`,
  }),
  namespace: (it) => ({
    text: `namespace space${it.k} { export function go(${it.handed.parameter}x: ${it.type}): ${it.type} { return ${it.inner(h(it), "x")}; } }`,
    symbol: `space${it.k}`,
    use: (symbol, args, x) => `${symbol}.go(${args}${x})`,
  }),
  static: (it) => ({
    text: `class Stat${it.k} { static go(${it.handed.parameter}x: ${it.type}): ${it.type} { return ${it.inner(h(it), "x")}; } }`,
    symbol: `Stat${it.k}`,
    use: (symbol, args, x) => `${symbol}.go(${args}${x})`,
  }),
  constructed: (it) => ({
    text: `class Made${it.k} { got: ${it.type}; constructor(${it.handed.parameter}x: ${it.type}) { this.got = ${it.inner(h(it), "x")}; } }`,
    symbol: `Made${it.k}`,
    use: (symbol, args, x) => `new ${symbol}(${args}${x}).got`,
  }),
  method: (it) => ({
    text: `class Tool${it.k} { constructor(${it.handed.field}public x: ${it.type}) {} go(): ${it.type} { return ${it.inner(own(it), "this.x")}; } }`,
    symbol: `Tool${it.k}`,
    use: (symbol, args, x) => `new ${symbol}(${args}${x}).go()`,
  }),
  genericClass: (it) => ({
    text: `class Cell${it.k}<A> { constructor(public x: A) {} go(${it.handed.parameter}more: A): A { return ${it.inner(h(it), "more")}; } }`,
    symbol: `Cell${it.k}`,
    use: (symbol, args, x) => `new ${symbol}<${it.type}>(${x}).go(${args}${x})`,
  }),
  getter: (it) => ({
    text: `class Look${it.k} { constructor(${it.handed.field}public x: ${it.type}) {} get got(): ${it.type} { return ${it.inner(own(it), "this.x")}; } }`,
    symbol: `Look${it.k}`,
    use: (symbol, args, x) => `new ${symbol}(${args}${x}).got`,
  }),
  setter: (it) => ({
    text: `class Put${it.k} { constructor(${it.handed.field}public last: ${it.type}) {} set put(x: ${it.type}) { this.last = ${it.inner(own(it), "x")}; } }
function put${it.k}(${it.handed.parameter}x: ${it.type}): ${it.type} { const it = new Put${it.k}(${it.handle}x); it.put = x; return it.last; }`,
    symbol: `put${it.k}`,
    isFunction: true,
    use: calls,
  }),
  operator: (it) => ({
    text: `class Sum${it.k} { constructor(${it.handed.field}public x: ${it.type}) {} @operator("+") static plus(a: Sum${it.k}, b: Sum${it.k}): Sum${it.k} { return new Sum${it.k}(${it.handle === "" ? "" : "a.h, "}${it.inner(it.handle === "" ? "" : "a.h", "b.x")}); } }`,
    symbol: `Sum${it.k}`,
    use: (symbol, args, x) => `(new ${symbol}(${args}${x}) + new ${symbol}(${args}${x})).x`,
  }),
  index: (it) => ({
    text: `class At${it.k} { constructor(${it.handed.field}public x: ${it.type}) {} @operator("[]") at(i: i32): ${it.type} { return ${it.inner(own(it), "this.x")}; } }`,
    symbol: `At${it.k}`,
    use: (symbol, args, x) => `new ${symbol}(${args}${x})[0]`,
  }),
  variable: (it) =>
    it.value === undefined
      ? undefined
      : {
          text: `function held${it.k}(${it.handed.parameter}x: ${it.type}): ${it.type} { const f = ${it.value}; return f(${it.handle}x); }`,
          symbol: `held${it.k}`,
          isFunction: true,
          use: calls,
        },
  handedOn: (it) =>
    it.value === undefined
      ? undefined
      : {
          text: `function apply${it.k}(f: (${it.handed.parameter}x: ${it.type}) => ${it.type}, ${it.handed.parameter}x: ${it.type}): ${it.type} { return f(${it.handle}x); }
function give${it.k}(${it.handed.parameter}x: ${it.type}): ${it.type} { return apply${it.k}(${it.value}, ${it.handle}x); }`,
          symbol: `give${it.k}`,
          isFunction: true,
          use: calls,
        },
  arrow: (it) => ({
    text: `function arrow${it.k}(${it.handed.parameter}x: ${it.type}): ${it.type} { const f = (${it.handed.parameter}x: ${it.type}): ${it.type} => { return ${it.inner(h(it), "x")}; }; return f(${it.handle}x); }`,
    symbol: `arrow${it.k}`,
    isFunction: true,
    use: calls,
  }),
  overridden: (it) => ({
    text: `class Calm${it.k} { go(${it.handed.parameter}x: ${it.type}): ${it.type} { return x; } }
class Loud${it.k} extends Calm${it.k} { go(${it.handed.parameter}x: ${it.type}): ${it.type} { return ${it.inner(h(it), "x")}; } }
function kind${it.k}(loud: bool): Calm${it.k} { return loud ? new Loud${it.k}() : new Calm${it.k}(); }`,
    symbol: `kind${it.k}`,
    skips: true,
    use: (symbol, args, x) => `${symbol}(${x} % 2 == 0).go(${args}${x})`,
  }),
};
