// Finds state outside of the contract's fields that is changed: variables of a file or namespace, static fields, and what
// the arrays, maps and objects in them hold. Each call begins with what they are declared with.

import { ts } from "ts-morph";
import { type AddMisuse, assignedIn } from "./misuse-nodes.js";
import type { Named, Names } from "./names/resolve-names.js";
import { hasModifier } from "./read-nodes.js";

/** Methods that change an array, map, set or typed array in place. */
const CHANGING: ReadonlySet<string> = new Set([
  "set",
  "add",
  "delete",
  "clear",
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

export function readLasting(file: ts.SourceFile, names: Names, add: AddMisuse): void {
  const reader = new LastingReader(names, add);
  const visit = (node: ts.Node): void => {
    reader.read(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
}

class LastingReader {
  readonly #names: Names;
  readonly #add: AddMisuse;
  readonly #changes = new WeakMap<ts.Node, boolean>();

  constructor(names: Names, add: AddMisuse) {
    this.#names = names;
    this.#add = add;
  }

  read(node: ts.Node): void {
    const target = assignedIn(node);
    if (target !== undefined) this.#lost(target);
    if (!ts.isCallExpression(node)) return;
    if (this.#isChange(node) && ts.isPropertyAccessExpression(node.expression)) this.#lost(node.expression.expression);
    const callee = this.#names.resolve(node.expression);
    if (callee.from !== "project" || !ts.isFunctionLike(callee.node)) return;
    for (const [index, argument] of node.arguments.entries()) {
      const parameter = callee.node.parameters[index];
      if (parameter !== undefined && this.#isChanged(parameter, callee.node)) this.#lost(argument);
    }
  }

  /** Takes note of what is assigned or changed, if it is declared outside of functions and is no field. */
  #lost(node: ts.Expression): void {
    const { root, named } = this.#rootOf(node);
    if (named.from === "project" && isLasting(named)) this.#add("lostState", root, named.name);
  }

  /** What an access begins with: `list` of `list[0].name`, `Rules.limits` of `Rules.limits[2]`. */
  #rootOf(node: ts.Expression): { readonly root: ts.Expression; readonly named: Named } {
    let at = node;
    for (;;) {
      if (ts.isParenthesizedExpression(at) || ts.isNonNullExpression(at) || ts.isElementAccessExpression(at)) {
        at = at.expression;
      } else if (ts.isPropertyAccessExpression(at) && !isLasting(this.#names.resolve(at))) {
        at = at.expression;
      } else {
        // A variable that is assigned as a whole stands for something else; what it stands for is not changed.
        const isWhole = at === node && ts.isIdentifier(at) && ts.isBinaryExpression(node.parent);
        return { root: at, named: isWhole ? this.#names.resolve(at) : this.#names.resolveThrough(at) };
      }
    }
  }

  /** Whether a call changes what it is called on: an array's method, or a method of a class that assigns its fields. */
  #isChange({ expression: callee }: ts.CallExpression): boolean {
    if (!ts.isPropertyAccessExpression(callee)) return false;
    const method = this.#names.resolve(callee);
    if (method.from !== "project") return CHANGING.has(callee.name.text);
    if (!ts.isMethodDeclaration(method.node)) return false;
    return this.#once(method.node, () =>
      contains(method.node, (node) => {
        const target = assignedIn(node);
        return target !== undefined && beginsWithThis(target);
      }),
    );
  }

  /** Whether a function changes what it is given as a parameter. */
  #isChanged(parameter: ts.ParameterDeclaration, owner: ts.Node): boolean {
    return this.#once(parameter, () =>
      contains(owner, (node) => {
        const target = assignedIn(node);
        const changed =
          target !== undefined && !ts.isIdentifier(target)
            ? target
            : ts.isCallExpression(node) && this.#isChange(node) && ts.isPropertyAccessExpression(node.expression)
              ? node.expression.expression
              : undefined;
        if (changed === undefined) return false;
        const { named } = this.#rootOf(changed);
        return named.from === "project" && named.node === parameter;
      }),
    );
  }

  #once(node: ts.Node, find: () => boolean): boolean {
    const known = this.#changes.get(node);
    if (known !== undefined) return known;
    this.#changes.set(node, false);
    const found = find();
    this.#changes.set(node, found);
    return found;
  }
}

/** Whether a name is a variable of a file or namespace, or a static field: these begin anew in every call. */
function isLasting(named: Named): boolean {
  if (named.from !== "project") return false;
  const { node, place } = named;
  if (ts.isVariableDeclaration(node)) return place !== "local";
  return ts.isPropertyDeclaration(node) && hasModifier(node, ts.SyntaxKind.StaticKeyword);
}

function contains(root: ts.Node, matches: (node: ts.Node) => boolean): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    if (found) return;
    found = matches(node);
    if (!found) ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

function beginsWithThis(node: ts.Expression): boolean {
  let at: ts.Expression = node;
  while (ts.isPropertyAccessExpression(at) || ts.isElementAccessExpression(at)) at = at.expression;
  return at.kind === ts.SyntaxKind.ThisKeyword;
}
