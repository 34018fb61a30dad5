// What a type's name means to a contract: a struct, an enum, another contract's interface, a class of the SDK. And which
// names are decorators of the SDK's, under whatever name they are imported.

import { ts } from "ts-morph";
import type { Named, Names } from "./resolve-names.js";

/** What the name of a type means. */
export type NamedType =
  | {
      readonly kind: "struct" | "event" | "error" | "contract" | "interface" | "class";
      readonly node: ts.ClassLikeDeclaration;
      readonly file: string;
      readonly name: string;
    }
  | {
      readonly kind: "enum";
      readonly node: ts.EnumDeclaration;
      readonly file: string;
      readonly name: string;
      readonly members: number;
    }
  /** A type alias, a type parameter, a TypeScript interface, a variable, a namespace. */
  | { readonly kind: "other"; readonly node: ts.Node; readonly name: string }
  | { readonly kind: "sdk" | "global" | "unknown"; readonly name: string };

const MARKS = ["struct", "event", "error", "contract", "interface"] as const;

/** What a name in a type, behind `new`, or on the left of `.member` means. */
export function typeNamed(node: ts.Node, names: Names): NamedType {
  const named = names.resolve(node);
  if (named.from === "sdk" || named.from === "global" || named.from === "unknown") {
    return { kind: named.from, name: named.name };
  }
  return named.from === "module" ? { kind: "unknown", name: "" } : declaredType(named, names);
}

/** As `typeNamed`, if it is an enum at the top of a file: these are bytes, and encoded as such. */
export function enumNamed(node: ts.Node, names: Names): Extract<NamedType, { kind: "enum" }> | undefined {
  const target = ts.isTypeReferenceNode(node) ? withoutAliases(node, names) : node;
  const found = typeNamed(target, names);
  return found.kind === "enum" ? found : undefined;
}

/** The type that an alias stands for, through aliases of it; any other type, or a circle of them, is what it is. */
export function withoutAliases(node: ts.TypeNode, names: Names): ts.TypeNode {
  const seen = new Set<ts.Node>();
  let at = node;
  while (ts.isTypeReferenceNode(at)) {
    const aliased = aliasedType(typeNamed(at, names));
    if (aliased === undefined) return at;
    if (seen.has(aliased)) return node;
    seen.add(aliased);
    at = aliased;
  }
  return at;
}

/** What a type alias without type parameters stands for; undefined for anything else. */
function aliasedType(found: NamedType): ts.TypeNode | undefined {
  if (found.kind !== "other" || !ts.isTypeAliasDeclaration(found.node)) return undefined;
  const { type, typeParameters } = found.node;
  if (typeParameters !== undefined) return undefined;
  return withoutParentheses(type);
}

export function withoutParentheses(node: ts.TypeNode): ts.TypeNode {
  return ts.isParenthesizedTypeNode(node) ? withoutParentheses(node.type) : node;
}

function declaredType({ node, file, name, place }: Extract<Named, { from: "project" }>, names: Names): NamedType {
  if (ts.isEnumDeclaration(node) && place === "top") {
    return { kind: "enum", node, file, name: node.name.text, members: node.members.length };
  }
  if (!ts.isClassLike(node)) return { kind: "other", node, name };
  const own = node.name?.text ?? name;
  const mark = place === "top" ? MARKS.find((candidate) => hasDecorator(node, candidate, names)) : undefined;
  return { kind: mark ?? "class", node, file, name: own };
}

/** Words that stand for a decorator of another name: TypeScript reserves `interface`, so that editors accept another. */
const ALIASES: Readonly<Record<string, string>> = { remote: "interface" };

/** A decorator's name: the SDK's own under whatever name it was imported, else as it is written. */
export function decoratorName(decorator: ts.Decorator, names: Names): string {
  const { expression } = decorator;
  const named = ts.isCallExpression(expression) ? expression.expression : expression;
  const name = names.sdkName(named) ?? named.getText();
  return Object.hasOwn(ALIASES, name) ? (ALIASES[name] as string) : name;
}

export function hasDecorator(node: ts.HasDecorators, name: string, names: Names): boolean {
  return (ts.getDecorators(node) ?? []).some((decorator) => decoratorName(decorator, names) === name);
}
