// Calls that asc refuses: what they take, and the types that it cannot find by itself.

import { ts } from "ts-morph";
import type { SourceModel, Span } from "./model.js";
import { readSdkParameters } from "./project-files.js";

function parse({ file, text }: SourceModel): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
}

/** What a call or `new` takes, as far as it is written in the file or in the SDK. */
export function adviseOnArguments(source: SourceModel, span: Span): string | undefined {
  const file = parse(source);
  const call = callAt(file, span);
  if (call === undefined) return undefined;
  const name = calledName(call.expression);
  const made = ts.isNewExpression(call) && name !== undefined && Object.hasOwn(MADE, name) ? MADE[name] : undefined;
  if (made !== undefined) return made;
  const found = name && (parametersIn(file, name, ts.isNewExpression(call)) ?? readSdkParameters(name));
  if (found === undefined || found === "") return undefined;
  return `${name} takes ${found}.`;
}

const STATE = "It is a field of the contract, and not made: `name: StorageMap<Address, u64>;`.";
const WIDE = 'u256.from(5) makes one of a number, u256.parse("12") of a text; so do u128, i128 and i256.';

/** Classes that are not made with arguments, and how they are. */
const MADE: Readonly<Record<string, string>> = {
  Address: 'Address.parse("0x…") makes one of a text, Address.from(bytes) of 20 bytes.',
  Hash: 'Hash.parse("0x…") makes one of a text, Hash.from(bytes) of 32 bytes.',
  Bytes: 'Bytes.from(text) makes bytes of a text, Bytes.parse("0x…") of hexadecimal digits, encode(value) of a value.',
  u128: WIDE,
  u256: WIDE,
  i128: WIDE,
  i256: WIDE,
  StorageMap: STATE,
  StorageVec: STATE,
  StorageSet: STATE,
  IterableMap: STATE,
  Map: "Make it empty, and set(key, value) what is in it.",
  Set: "Make it empty, and add(item) what is in it.",
};

function callAt(file: ts.SourceFile, { start, end }: Span): ts.CallExpression | ts.NewExpression | undefined {
  let found: ts.CallExpression | ts.NewExpression | undefined;
  const visit = (node: ts.Node): void => {
    if (node.pos > start || node.end < start) return;
    const isCall = ts.isCallExpression(node) || ts.isNewExpression(node);
    // Of `a(...).b(...)` both begin at one place.
    if (isCall && node.getStart() === start && (found === undefined || node.getEnd() === end)) found = node;
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return found;
}

function calledName(node: ts.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) ? node.name.text : undefined;
}

/** The parameters of the only function, method or class of a name in a file. */
function parametersIn(file: ts.SourceFile, name: string, isClass: boolean): string | undefined {
  const found: (readonly ts.ParameterDeclaration[])[] = [];
  const visit = (node: ts.Node): void => {
    const isFunction = ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node);
    if (!isClass && isFunction && node.name?.getText() === name) found.push([...node.parameters]);
    if (isClass && ts.isClassDeclaration(node) && node.name?.text === name) {
      found.push([...(node.members.find(ts.isConstructorDeclaration)?.parameters ?? [])]);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  const [only] = found;
  if (only === undefined || found.length > 1) return undefined;
  if (only.length === 0) return "no arguments";
  return only.map((parameter) => `${parameter.name.getText()}: ${parameter.type?.getText() ?? "?"}`).join(", ");
}

/** Methods of arrays that give another type than they are called on. */
const GENERIC = ["map", "reduce", "reduceRight"];

/** `items.map((x) => ...)` needs the type of what it gives; so does what is wrong inside of it. */
export function adviseOnTypeArguments(source: SourceModel, { start }: Span): string | undefined {
  let found: string | undefined;
  const visit = (node: ts.Node): void => {
    if (node.pos > start || node.end <= start) return;
    if (ts.isCallExpression(node) && node.typeArguments === undefined) {
      const { expression } = node;
      const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : "";
      const isInside = expression.getEnd() <= start;
      if (isInside && GENERIC.includes(name)) found = `Write the type of what ${name}() gives: ${name}<u64>(...).`;
      else if (isInside) found = undefined;
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(parse(source), visit);
  return found;
}
