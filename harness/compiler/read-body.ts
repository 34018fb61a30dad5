// Reads what a method's or function's body does, as far as the checks need it: which state it changes, what it calls.
// Works on syntax alone. A local variable that was given a part of the state stands for that part.

import { ts } from "ts-morph";
import type { BodyModel, CallSite, Effect, Span } from "./model.js";
import { typeNamed } from "./names/known-types.js";
import type { Named, Names } from "./names/resolve-names.js";

/** A part of the state: a field, and how many times `get` was called on the way from it. */
interface Part {
  readonly field: string;
  readonly gets: number;
  readonly viaLocal?: true;
}

type Change = Pick<Effect, "text" | "change">;

/** Functions of the SDK that change something, and what to say of it. */
const CHANGING_FUNCTIONS: Readonly<Record<string, Change>> = {
  emit: { text: "emits an event", change: "event" },
  transfer: { text: "transfers value", change: "transfer" },
  tryTransfer: { text: "transfers value", change: "transfer" },
  callContract: { text: "calls another contract", change: "call" },
  tryCallContract: { text: "calls another contract", change: "call" },
};

/** Methods that change an array, a collection or metadata in place. */
const CHANGING_METHODS = new Set([
  "set",
  "add",
  "delete",
  "clear",
  "swapRemove",
  "push",
  "pop",
  "shift",
  "unshift",
  "splice",
  "sort",
  "reverse",
  "fill",
  "copyWithin",
]);

/** Reads a body. A missing body (an abstract or declared function) does nothing. */
export function readBody(
  body: ts.Node | undefined,
  parameters: readonly ts.ParameterDeclaration[],
  names: Names,
): BodyModel {
  const reader = new BodyReader(names);
  for (const parameter of parameters) reader.declare(parameter);
  if (body !== undefined) reader.visit(body);
  return { effects: reader.effects, calls: reader.calls };
}

class BodyReader {
  readonly effects: Effect[] = [];
  readonly calls: CallSite[] = [];
  readonly #names: Names;
  /** Declarations of local variables that stand for a field of the state, or for another contract. */
  readonly #fields = new Map<ts.Node, Part>();
  readonly #remotes = new Map<ts.Node, string>();

  constructor(names: Names) {
    this.#names = names;
  }

  visit(node: ts.Node): void {
    // What is inside is done before what is around it: arguments before the call, the right side before the assignment.
    ts.forEachChild(node, (child) => this.visit(child));
    if (ts.isVariableDeclaration(node)) this.declare(node);
    this.#readWrite(node);
    if (ts.isCallExpression(node)) this.#readCall(node);
  }

  declare(node: ts.VariableDeclaration | ts.ParameterDeclaration): void {
    if (!ts.isIdentifier(node.name)) return;
    const remote = this.#interfaceNamed(node.type) ?? this.#remoteOf(node.initializer);
    if (remote !== undefined) this.#remotes.set(node, remote);
    const part = node.initializer === undefined ? undefined : this.#partOf(node.initializer);
    if (part !== undefined) this.#fields.set(node, part);
  }

  #readWrite(node: ts.Node): void {
    let target: ts.Node | undefined;
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) target = node.left;
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      if (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken) {
        target = node.operand;
      }
    }
    // A variable that is assigned stands for something else; a part of what it stands for is a part of the state.
    if (target === undefined || ts.isIdentifier(target)) return;
    const part = this.#partOf(target);
    if (part === undefined) return;
    this.effects.push({ text: `writes this.${part.field}`, change: "state", span: spanOf(node), part });
  }

  #readCall(node: ts.CallExpression): void {
    const callee = node.expression;
    const span = spanOf(node);
    const sdk = this.#names.sdkName(callee);
    if (sdk !== undefined) {
      if (Object.hasOwn(CHANGING_FUNCTIONS, sdk)) this.effects.push({ ...(CHANGING_FUNCTIONS[sdk] as Change), span });
      return;
    }
    const named = this.#names.resolve(callee);
    if (named.from === "project" && ts.isFunctionDeclaration(named.node)) {
      this.calls.push({ kind: "function", name: named.node.name?.text ?? named.name, file: named.file, span });
      return;
    }
    if (!ts.isPropertyAccessExpression(callee)) return;
    const name = callee.name.text;
    const target = callee.expression;
    if (target.kind === ts.SyntaxKind.ThisKeyword || target.kind === ts.SyntaxKind.SuperKeyword) {
      this.calls.push({ kind: target.kind === ts.SyntaxKind.ThisKeyword ? "method" : "super", name, span });
      return;
    }
    const remote = this.#remoteOf(target);
    if (remote !== undefined) {
      if (name !== "catching") this.calls.push({ kind: "remote", name, target: remote, span });
      return;
    }
    this.calls.push({ kind: "member", name, span });
    if (!CHANGING_METHODS.has(name)) return;
    const part = this.#partOf(target);
    if (part !== undefined) {
      this.effects.push({ text: `changes this.${part.field} with .${name}()`, change: "state", span, part });
    } else if (isSdk(this.#names.resolveThrough(target), "metadata")) {
      this.effects.push({ text: "writes metadata", change: "state", span });
    }
  }

  /** The `@interface` class through which an expression reaches another contract. */
  #remoteOf(node: ts.Node | undefined): string | undefined {
    if (node === undefined) return undefined;
    if (ts.isParenthesizedExpression(node)) return this.#remoteOf(node.expression);
    if (ts.isIdentifier(node)) return this.#remotes.get(this.#declarationOf(node) ?? node);
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
    const { expression: target, name } = node.expression;
    if (name.text === "catching") return this.#remoteOf(target);
    return name.text === "at" ? this.#interfaceNamed(target) : undefined;
  }

  #interfaceNamed(node: ts.Node | undefined): string | undefined {
    const found = node === undefined ? undefined : typeNamed(node, this.#names);
    return found?.kind === "interface" ? found.name : undefined;
  }

  #declarationOf(node: ts.Identifier): ts.Node | undefined {
    const named = this.#names.resolve(node);
    return named.from === "project" ? named.node : undefined;
  }

  /** The part of the state that an expression stands for: `this.count`, `this.count[1]`, a variable that was given one. */
  #partOf(node: ts.Node): Part | undefined {
    let at = node;
    let gets = 0;
    for (;;) {
      if (ts.isIdentifier(at)) {
        const part = this.#fields.get(this.#declarationOf(at) ?? at);
        return part && { field: part.field, gets: part.gets + gets, viaLocal: true };
      }
      if (ts.isPropertyAccessExpression(at)) {
        if (at.expression.kind === ts.SyntaxKind.ThisKeyword) return { field: at.name.text, gets };
        at = at.expression;
      } else if (ts.isElementAccessExpression(at) || ts.isNonNullExpression(at) || ts.isParenthesizedExpression(at)) {
        at = at.expression;
      } else if (ts.isCallExpression(at) && ts.isPropertyAccessExpression(at.expression)) {
        if (at.expression.name.text !== "get") return undefined;
        gets++;
        at = at.expression.expression;
      } else {
        return undefined;
      }
    }
  }
}

function isSdk(named: Named, name: string): boolean {
  return (named.from === "sdk" || named.from === "global") && named.name === name;
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function spanOf(node: ts.Node): Span {
  return { start: node.getStart(), end: node.getEnd() };
}
