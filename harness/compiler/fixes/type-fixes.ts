// Fixes of types, of numbers, and of what is stored.

import { ts } from "ts-morph";
import type { ProblemFix } from "../diagnostic.js";
import { around, cut, type FixContext, type MakeFix, nodeAt, replace } from "./context.js";

/** Types that TypeScript has, and what is meant in a contract. */
const MEANT: Readonly<Record<string, string>> = {
  number: "u64",
  bigint: "u256",
  usize: "u32",
  isize: "i32",
  Uint8Array: "Bytes",
  ArrayBuffer: "Bytes",
};

/** Names of the SDK among them. */
const IMPORTED = ["u256", "Bytes", "StorageMap", "StorageSet"];

const COLLECTIONS: Readonly<Record<string, string>> = { Map: "StorageMap", Set: "StorageSet" };

const typeFix: MakeFix = ({ span }, context) => {
  const node = nodeAt(context, span);
  if (node === undefined) return undefined;
  const written = ts.isTypeReferenceNode(node) ? node.typeName : node;
  const text = written.getText();
  // A type of the author's own is not the one that TypeScript has.
  if (ts.isIdentifier(written) && !context.names.isGlobal(written, text)) return undefined;
  const meant = Object.hasOwn(MEANT, text) ? MEANT[text] : undefined;
  if (meant !== undefined) {
    if (!IMPORTED.includes(meant) && context.names.lookUp(meant, node, "type").from !== "global") return undefined;
    const isWhole = !ts.isTypeReferenceNode(node) || node.typeArguments === undefined;
    return isWhole ? { title: `Write ${meant}`, edits: [replace(node, meant)], imports: importsOf(meant) } : undefined;
  }
  if (!ts.isTypeReferenceNode(node) || !ts.isPropertyDeclaration(node.parent)) return undefined;
  const collection = Object.hasOwn(COLLECTIONS, text) ? COLLECTIONS[text] : undefined;
  const isField = context.source.contracts.some((contract) =>
    contract.slots.some((slot) => slot.type.span.start === span.start),
  );
  if (collection === undefined || !isField) return undefined;
  const { initializer } = node.parent;
  // What a field begins with is lost with it, unless it is empty.
  const isEmpty =
    initializer === undefined || (ts.isNewExpression(initializer) && (initializer.arguments ?? []).length === 0);
  if (!isEmpty) return undefined;
  const rest = initializer === undefined ? [] : [cut(node.getEnd(), initializer.getEnd())];
  return {
    title: `Write ${collection}`,
    edits: [replace(node.typeName, collection), ...rest],
    imports: importsOf(collection),
  };
};

function importsOf(name: string): string[] {
  return IMPORTED.includes(name) ? [name] : [];
}

/** `1e18` is 1000000000000000000; `2.0` is 2. Undefined for a number with a fraction. */
function asInteger(text: string): string | undefined {
  const match = /^(\d[\d_]*)(?:\.(\d*))?(?:e\+?(\d{1,2}))?$/i.exec(text);
  if (match === null) return undefined;
  const [, whole = "", fraction = "", exponent = "0"] = match;
  const digits = fraction.replace(/0+$/, "");
  const zeros = Number(exponent) - digits.length;
  if (zeros < 0) return undefined;
  const value = BigInt(`${whole.replaceAll("_", "")}${digits}${"0".repeat(zeros)}`);
  return value < 1n << 64n ? String(value) : undefined;
}

/** `Math.min(a, b)` is `min(a, b)`, where `min` is AssemblyScript's own. */
function mathFix(node: ts.PropertyAccessExpression, { names }: FixContext): ProblemFix | undefined {
  const name = node.name.text;
  const taken = name === "abs" ? 1 : 2;
  if (!["min", "max", "abs"].includes(name) || !names.isGlobal(node.expression, "Math")) return undefined;
  const isCalled = ts.isCallExpression(node.parent) && node.parent.expression === node;
  if (!isCalled || (node.parent as ts.CallExpression).arguments.length !== taken) return undefined;
  if (names.lookUp(name, node, "value").from !== "global") return undefined;
  return { title: `Write ${name}()`, edits: [replace(node, name)] };
}

export const TYPE_FIXES: Readonly<Record<string, MakeFix>> = {
  QW106: typeFix,

  QW111: (problem, context) => {
    const node = nodeAt(context, problem.span);
    if (node !== undefined && ts.isNumericLiteral(node)) {
      const integer = asInteger(node.getText());
      // 5.0 / 2 is 2.5, 5 / 2 is not.
      const isDivided =
        ts.isBinaryExpression(node.parent) && node.parent.operatorToken.kind === ts.SyntaxKind.SlashToken;
      if (integer === undefined || isDivided) return undefined;
      return { title: `Write ${integer}`, edits: [replace(node, integer)] };
    }
    if (node !== undefined && ts.isPropertyAccessExpression(node)) return mathFix(node, context);
    return typeFix(problem, context);
  },

  QW133: ({ span }, context) => {
    const node = around(context, span, ts.isPropertyDeclaration);
    if (node?.initializer === undefined) return undefined;
    const end = node.initializer.getEnd();
    return { title: "Leave out the assignment", edits: [cut((node.type ?? node.name).getEnd(), end)] };
  },
};
