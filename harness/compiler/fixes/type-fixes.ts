// Fixes of types, of numbers, and of what is stored.

import { ts } from "ts-morph";
import { around, cut, type MakeFix, nodeAt, replace } from "./context.js";

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
const IMPORTED = ["u256", "Bytes", "StorageMap", "StorageSet", "min", "max", "abs"];

const COLLECTIONS: Readonly<Record<string, string>> = { Map: "StorageMap", Set: "StorageSet" };

const typeFix: MakeFix = ({ span }, context) => {
  const node = nodeAt(context, span);
  if (node === undefined) return undefined;
  const text = node.getText();
  const meant = Object.hasOwn(MEANT, text) ? MEANT[text] : undefined;
  if (meant !== undefined) return { title: `Write ${meant}`, edits: [replace(node, meant)], imports: importsOf(meant) };
  if (!ts.isTypeReferenceNode(node) || !ts.isPropertyDeclaration(node.parent)) return undefined;
  const name = node.typeName.getText();
  const collection = Object.hasOwn(COLLECTIONS, name) ? COLLECTIONS[name] : undefined;
  const isField = context.source.contracts.some((contract) =>
    contract.slots.some((slot) => slot.type.span.start === span.start),
  );
  if (collection === undefined || !isField) return undefined;
  const { initializer } = node.parent;
  const rest = initializer === undefined ? [] : [cut(node.getEnd(), initializer.getEnd())];
  return {
    title: `Write ${collection}`,
    edits: [replace(node.typeName, collection), ...rest],
    imports: importsOf(collection),
  };
};

function importsOf(name: string): string[] {
  return IMPORTED.includes(name) && !["min", "max", "abs"].includes(name) ? [name] : [];
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

export const TYPE_FIXES: Readonly<Record<string, MakeFix>> = {
  QW106: typeFix,

  QW111: (problem, context) => {
    const node = nodeAt(context, problem.span);
    if (node !== undefined && ts.isNumericLiteral(node)) {
      const integer = asInteger(node.getText());
      return (integer && { title: `Write ${integer}`, edits: [replace(node, integer)] }) || undefined;
    }
    const name = /^Math\.(min|max|abs)$/.exec(node?.getText() ?? "")?.[1];
    if (node !== undefined && name !== undefined) return { title: `Write ${name}()`, edits: [replace(node, name)] };
    return typeFix(problem, context);
  },

  QW133: ({ span }, context) => {
    const node = around(context, span, ts.isPropertyDeclaration);
    if (node?.initializer === undefined) return undefined;
    const end = node.initializer.getEnd();
    return { title: "Leave out the assignment", edits: [cut((node.type ?? node.name).getEnd(), end)] };
  },
};
