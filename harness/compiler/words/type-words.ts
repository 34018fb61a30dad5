// Types that TypeScript has and AssemblyScript does not, in words. Used for types that are stored and passed, and for all others.

import { ts } from "ts-morph";

/** What is wrong with a type as it is written, and what to write; nothing for a name, an array or `T | null`. */
export interface TypeWording {
  /** A sentence about it. */
  readonly message: string;
  readonly hint: string;
}

const has = (what: string, hint: string): TypeWording => ({ message: `AssemblyScript has no ${what}.`, hint });

const STRUCT = "Write a class with these fields, @struct if it is stored or passed.";

const BY_KIND: ReadonlyMap<ts.SyntaxKind, TypeWording> = new Map([
  [ts.SyntaxKind.IntersectionType, has("intersection types", "Write one class that has the fields of both.")],
  [ts.SyntaxKind.TupleType, has("tuples", `${STRUCT} Items of one type are an array, \`u64[]\`.`)],
  [ts.SyntaxKind.TypeLiteral, has("types in braces", STRUCT)],
  [ts.SyntaxKind.TypeQuery, has("`typeof` as a type", "Write the type's name.")],
  [
    ts.SyntaxKind.IndexedAccessType,
    has(
      "types by a field's name or a length",
      "Write the field's type itself; an array is `u64[]`, one of a fixed length `FixedArray<u64, 5>`.",
    ),
  ],
  [ts.SyntaxKind.ConditionalType, has("conditional types", "Write a type for each case.")],
  [ts.SyntaxKind.MappedType, has("mapped types", STRUCT)],
  [ts.SyntaxKind.TemplateLiteralType, has("types made of texts", "Write `string`.")],
  [ts.SyntaxKind.ConstructorType, has("types of constructors", "Pass a function that makes the object: `() => Item`.")],
  [ts.SyntaxKind.TypePredicate, has("type predicates", "Write `bool`.")],
  [ts.SyntaxKind.ImportType, has("`import()` as a type", "Import the name at the top of the file.")],
  [
    ts.SyntaxKind.UndefinedKeyword,
    has("`undefined`", "Write `void` for no result, `T | null` for a value that can be missing."),
  ],
  [ts.SyntaxKind.NeverKeyword, has("`never`", "Write `void`.")],
  [ts.SyntaxKind.ObjectKeyword, has("`object`", "Name the class.")],
  [ts.SyntaxKind.BigIntKeyword, has("`bigint`", "Choose u64, u128 or u256.")],
]);

const UNION = "The only union AssemblyScript knows is `T | null`.";

/** The wording for a type's own node; parts of it are looked at by themselves. */
export function typeWording(node: ts.TypeNode): TypeWording | undefined {
  if (ts.isUnionTypeNode(node)) return unionWording(node);
  if (ts.isLiteralTypeNode(node)) return literalWording(node);
  if (ts.isTypeOperatorNode(node)) return operatorWording(node);
  return BY_KIND.get(node.kind);
}

function isNull(node: ts.TypeNode): boolean {
  return ts.isLiteralTypeNode(node) && node.literal.kind === ts.SyntaxKind.NullKeyword;
}

function unionWording({ types }: ts.UnionTypeNode): TypeWording | undefined {
  const rest = types.filter((type) => !isNull(type));
  if (rest.length === 1 && types.length === 2) return undefined;
  const names = rest.map((type) => type.getText());
  if (names.includes("undefined")) {
    const others = names.filter((name) => name !== "undefined");
    const hint = others.length === 1 ? `Write \`${others[0]} | null\`.` : "Write `T | null`.";
    return { message: "AssemblyScript has no `undefined`.", hint };
  }
  const literals = rest.filter((type) => ts.isLiteralTypeNode(type));
  const hint =
    literals.length === rest.length
      ? "Write an enum: `enum Color { Red, Green }`."
      : "Choose one type; a class with a field for each and an enum that says which one counts can hold several.";
  return { message: UNION, hint };
}

function literalWording({ literal }: ts.LiteralTypeNode): TypeWording | undefined {
  if (literal.kind === ts.SyntaxKind.NullKeyword) return has("type `null` by itself", "Write `T | null`, or `void`.");
  const plain = ts.isStringLiteralLike(literal)
    ? "string"
    : literal.kind === ts.SyntaxKind.TrueKeyword || literal.kind === ts.SyntaxKind.FalseKeyword
      ? "bool"
      : "u64";
  return {
    message: `AssemblyScript has no values as types, such as \`${literal.getText()}\`.`,
    hint: `Write \`${plain}\`, or an enum.`,
  };
}

function operatorWording({ operator }: ts.TypeOperatorNode): TypeWording | undefined {
  if (operator === ts.SyntaxKind.KeyOfKeyword) return has("`keyof`", "Write `string`, or an enum of the names.");
  if (operator === ts.SyntaxKind.UniqueKeyword) return has("`unique symbol`", "Write an enum.");
  return undefined;
}
