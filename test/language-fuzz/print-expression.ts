// An expression of a generated program as contract source, in one of the ways in which it can be written.

import type { Random } from "../hostile/random.js";
import { ModelError } from "./failure.js";
import { operationRule } from "./operations.js";
import type { Cast, Expression, PeerCall } from "./program.js";
import { type EnumType, type IntType, isWide, least, nameOf, type Type, type Value } from "./types.js";

/** How tightly an expression holds together; a part that holds less tightly needs parentheses. */
const ATOM = 20;
const PREFIX = 14;
const PRECEDENCE: Readonly<Record<string, number>> = {
  "**": 13,
  "*": 12,
  "/": 12,
  "%": 12,
  "+": 11,
  "-": 11,
  "<<": 10,
  ">>": 10,
  ">>>": 10,
  "<": 9,
  "<=": 9,
  ">": 9,
  ">=": 9,
  "==": 8,
  "!=": 8,
  "===": 8,
  "!==": 8,
  "&": 7,
  "^": 6,
  "|": 5,
  "&&": 4,
  "||": 3,
};
/** Written without parentheses these mean what a reader does not expect, or are refused. */
const LOOSE = 10;

export interface Style {
  readonly random: Random;
  /** Does not write what was known not to compile in early versions. */
  readonly plain: boolean;
}

export class ExpressionPrinter {
  readonly style: Style;

  constructor(style: Style) {
    this.style = style;
  }

  /** `typed`: the place says which type is expected, so that a literal need not. */
  print(node: Expression, typed = false): string {
    return this.#text(node, typed).text;
  }

  /** With parentheses if it holds less tightly than `least`. */
  #part(node: Expression, leastPrecedence: number, typed = false): string {
    const { text, precedence } = this.#text(node, typed);
    return precedence < leastPrecedence || (precedence < ATOM && this.#chance(10)) ? `(${text})` : text;
  }

  #text(node: Expression, typed: boolean): { text: string; precedence: number } {
    const atom = (text: string) => ({ text, precedence: ATOM });
    switch (node.kind) {
      case "literal": {
        const text = node.written ?? this.literal(node.type, node.value, typed);
        return { text, precedence: /^[-<]/.test(text) ? PREFIX : ATOM };
      }
      case "local":
      case "constant":
        return atom(node.name);
      case "own":
      case "property":
        return atom(`this.${node.name}`);
      case "field":
        return atom(`${this.#part(node.of, ATOM)}.${node.name}`);
      case "index":
        return atom(`${this.#part(node.of, ATOM)}[${this.print(node.at)}]`);
      case "binary": {
        const precedence = PRECEDENCE[node.operator] as number;
        const isTight = precedence > LOOSE && node.operator !== "**";
        const left = this.#part(node.left, isTight ? precedence : ATOM);
        return {
          text: `${left} ${node.operator} ${this.#part(node.right, isTight ? precedence + 1 : ATOM, true)}`,
          precedence,
        };
      }
      case "comparison": {
        const precedence = PRECEDENCE[node.operator] as number;
        const left = this.#part(node.left, LOOSE + 1);
        const right = this.#part(node.right, LOOSE + 1, true);
        return { text: `${left} ${node.operator} ${right}`, precedence };
      }
      case "logic": {
        const precedence = PRECEDENCE[node.operator] as number;
        const left = this.#part(node.left, precedence);
        return { text: `${left} ${node.operator} ${this.#part(node.right, precedence + 1)}`, precedence };
      }
      case "unary":
        return { text: `${node.operator}${this.#part(node.of, ATOM)}`, precedence: PREFIX };
      case "ternary": {
        const condition = this.#part(node.condition, 3);
        return {
          text: `${condition} ? ${this.#part(node.yes, 2, typed)} : ${this.#part(node.no, 2, typed)}`,
          precedence: 1,
        };
      }
      case "cast":
        return this.#cast(node);
      case "assignment":
        return { text: `${this.print(node.target)} ${node.operator} ${this.print(node.value, true)}`, precedence: 0 };
      case "step": {
        const target = this.print(node.target);
        return { text: node.prefix ? node.operator + target : target + node.operator, precedence: PREFIX };
      }
      case "call": {
        const before = node.on === "free" ? "" : node.on === "super" ? "super." : "this.";
        return atom(`${before}${node.callee}(${node.args.map((argument) => this.print(argument, true)).join(", ")})`);
      }
      case "operation": {
        if (node.collection !== undefined) return atom(this.#collection(node.name, node.args));
        const typedFrom = node.name === "newTable" ? 0 : 1;
        const args = node.args.map((argument, i) =>
          i < typedFrom ? this.#part(argument, ATOM, this.#takesTyped(node.name)) : this.#part(argument, 2, true),
        );
        const text = operationRule(node).text(args, node);
        return { text, precedence: /^<|=/.test(text.replace(/\(.*\)/s, "")) ? 8 : text.endsWith("!") ? 15 : ATOM };
      }
      case "peer":
        return atom(this.peerCall(node, node.how === "raw" ? "callContract" : "PeerLike.at(this.peer)"));
      case "new":
        return atom(`new ${nameOf(node.type)}()`);
      case "array-literal":
        return atom(this.#array(node.type, node.items, typed));
    }
  }

  /** Functions with type arguments say what is expected of the first argument, too. */
  #takesTyped(name: string): boolean {
    return name === "encode";
  }

  #collection(name: string, [of, ...args]: readonly Expression[]): string {
    const base = this.#part(of as Expression, ATOM);
    if (name === "length" || name === "size") return `${base}.${name}`;
    return `${base}.${name}(${args.map((argument) => this.print(argument, true)).join(", ")})`;
  }

  #cast(node: Cast): { text: string; precedence: number } {
    const name = nameOf(node.type);
    if (isWide(node.type)) return { text: `${name}.from(${this.print(node.of)})`, precedence: ATOM };
    if (isWide(node.of.type)) {
      const to = (node.type as IntType).signed ? "toI64" : "toU64";
      const text = `${this.#part(node.of, ATOM)}.${to}()`;
      return (node.type as IntType).bits === 64
        ? { text, precedence: ATOM }
        : { text: `<${name}>${text}`, precedence: PREFIX };
    }
    if (this.#chance(30)) return { text: `${name}(${this.print(node.of)})`, precedence: ATOM };
    if (this.#chance(20)) return { text: `${this.#part(node.of, LOOSE)} as ${name}`, precedence: 9 };
    return { text: `<${name}>${this.#part(node.of, ATOM)}`, precedence: PREFIX };
  }

  /** The call by `on`: a function that is given bytes, or an object of the interface. */
  peerCall({ action, method, args }: PeerCall, on: string): string {
    const own = args.map((argument) => this.print(argument, true));
    if (action === "back") own.unshift("context.self", JSON.stringify(method));
    if (!/Contract$/.test(on)) return `${on}.${action}(${own.join(", ")})`;
    const types = { ping: [], text: ["u32"], fail: ["u8"], back: ["Address", "string", "Bytes"] }[action];
    const [first, ...others] = own.map((text, i) => `encode<${types[i]}>(${text})`);
    const encoded = first === undefined ? "Bytes.empty" : first + others.map((text) => `.concat(${text})`).join("");
    return `${on}(this.peer, "${action}", ${encoded})`;
  }

  #array(type: Type, items: readonly Expression[], typed: boolean): string {
    if (type.kind !== "array") throw new ModelError(type.kind);
    if (items.length === 0) return typed && this.#chance(50) ? "[]" : `new ${nameOf(type)}()`;
    const text = `[${items.map((item) => this.print(item, typed)).join(", ")}]`;
    return typed ? text : `(<${nameOf(type)}>[${items.map((item) => this.print(item, true)).join(", ")}])`;
  }

  literal(type: Type, value: Value, typed: boolean): string {
    switch (type.kind) {
      case "int":
        return this.#integer(type, value as bigint, typed);
      case "enum":
        return `${type.name}.${(type as EnumType).members[Number(value)]}`;
      case "bool":
        return String(value);
      case "string":
        return JSON.stringify(value);
      case "bytes":
        return value === "" ? "Bytes.empty" : `Bytes.parse("0x${value}")`;
      case "address":
        return /^0*$/.test(value as string) ? "Address.zero" : `Address.parse("0x${value}")`;
      case "hash":
        return `Hash.parse("0x${value}")`;
      case "option":
        if (value === null) return "null";
        return this.literal(type.of, value, true);
      case "fixed":
      case "struct":
        return `new ${nameOf(type)}()`;
      case "array":
        return `new ${nameOf(type)}()`;
      case "void":
        throw new ModelError("a literal of no type");
    }
  }

  #integer(type: IntType, value: bigint, typed: boolean): string {
    if (isWide(type)) {
      if (typed && this.#chance(40)) return this.#digits(value) + (this.#chance(40) ? "n" : "");
      if (value === 0n && this.#chance(50)) return `${type.name}.zero`;
      if (value === 1n && this.#chance(50)) return `${type.name}.one`;
      const isShort = value < 1n << 31n && value > -(1n << 31n);
      return isShort && !this.style.plain ? `${type.name}.from(${value})` : `${type.name}.parse("${value}")`;
    }
    if (value === least(type) && type.signed) return `${type.name}.MIN_VALUE`;
    const digits = this.#digits(value);
    if (typed) return this.#chance(10) ? `${digits}n` : digits;
    return `<${type.name}>${digits}`;
  }

  #digits(value: bigint): string {
    if (value >= 10n && this.#chance(10)) return `0x${value.toString(16)}`;
    return value > 9999n && this.#chance(20) ? String(value).replace(/\B(?=(\d{3})+$)/g, "_") : String(value);
  }

  #chance(percent: number): boolean {
    return this.style.random.chance(percent);
  }
}
