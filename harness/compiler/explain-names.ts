// Names that asc does not find: what they are called here if they are another language's, where they are imported from, and
// which name was probably meant.

import { ts } from "ts-morph";
import { suggest } from "../core/suggest.js";
import type { ProblemFix } from "./diagnostic.js";
import { importEdits, makeContext } from "./fixes/context.js";
import type { SourceModel, Span } from "./model.js";
import { thisOf } from "./names/name-places.js";
import type { Names } from "./names/resolve-names.js";
import { readSdkNames } from "./project-files.js";
import { foreignMember } from "./words/foreign-members.js";
import { foreignName, foreignType } from "./words/foreign-words.js";

/** What to do about a name, and the change that does it where there is no question. */
export interface NameAdvice {
  readonly hint: string;
  readonly fix?: ProblemFix;
}

/** A name that asc finds nowhere. `isType` where a type is wanted. */
export function adviseOnName(name: string, source: SourceModel, span: Span): NameAdvice {
  const context = makeContext(source, [source]);
  const file = context.node;
  const node = innermostAt(file, span);
  const isType = node !== undefined && (ts.isTypeReferenceNode(node.parent) || ts.isTypeNode(node));
  const owner = node && ts.findAncestor(node, ts.isClassLike);
  const members = (owner?.members ?? []).flatMap((member) => member.name?.getText() ?? []);
  if (!isType && members.includes(name)) {
    const made = staticOwner(name, node, context.names);
    if (made !== undefined) return { hint: `Write ${made}.${name}: it is static.` };
    const inside = node && thisOf(node);
    if (inside === undefined || inside.isStatic) {
      return {
        hint: `${name} is a member of ${owner?.name?.text ?? "the class"}: only its methods reach it, by \`this.\`.`,
      };
    }
    const edits = [{ span: { start: span.start, end: span.start }, text: "this." }];
    return {
      hint: `Write this.${name}: a class's own members need \`this.\`.`,
      fix: { title: `Write this.${name}`, edits },
    };
  }
  const sdk = [...readSdkNames()];
  if (sdk.includes(name)) {
    const hint = `Import it: import { ${name} } from "qwvm/sdk-as";`;
    const edits = importEdits(context, [name], node ?? file);
    return edits === undefined ? { hint } : { hint, fix: { title: `Import ${name}`, edits } };
  }
  const foreign = isType ? foreignType(name) : foreignName(name);
  if (foreign !== undefined) return { hint: foreign.hint };
  const around = namesAround(file, node);
  const types = isType ? TYPES : VALUES;
  if (around.includes(name)) {
    return { hint: "It is declared further down, or in another block: move the declaration up." };
  }
  const nearest = suggest(name, [...around, ...sdk, ...types]) ?? suggest(name, members);
  if (nearest === undefined) return { hint: "Look for a slip of the pen, or for an import that is missing." };
  if (!around.includes(nearest) && sdk.includes(nearest)) {
    return { hint: `Did you mean ${nearest}? Import it from "qwvm/sdk-as".` };
  }
  const isMember = !around.includes(nearest) && members.includes(nearest);
  return { hint: `Did you mean ${isMember ? "this." : ""}${nearest}?` };
}

/** The class around that has a static member of the name, and no other. */
function staticOwner(name: string, node: ts.Node | undefined, names: Names): string | undefined {
  const owner = node && ts.findAncestor(node, ts.isClassLike);
  if (owner === undefined || names.memberOf(owner, name, false).from !== "unknown") return undefined;
  return names.memberOf(owner, name, true).from === "unknown" ? undefined : owner.name?.text;
}

const TYPES = "u8 u16 u32 u64 i8 i16 i32 i64 bool string Array Map Set StaticArray Uint8Array void".split(" ");
const VALUES = "min max abs clz ctz popcnt rotl rotr isNullable assert Array Map Set Uint8Array String Error".split(
  " ",
);

/** The innermost node that begins where a finding does. */
function innermostAt(file: ts.SourceFile, { start }: Span): ts.Node | undefined {
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (node.pos > start || node.end <= start) return;
    if (node.getStart() === start) found = node;
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return found;
}

/** Names that are declared around a place: parameters and variables of the function, and what stands at the file's top. */
function namesAround(file: ts.SourceFile, node: ts.Node | undefined): string[] {
  const names = new Set<string>();
  const add = (declared: ts.Node | undefined) => {
    if (declared !== undefined && ts.isIdentifier(declared)) names.add(declared.text);
  };
  const visitLocal = (child: ts.Node): void => {
    if (ts.isVariableDeclaration(child) || ts.isParameter(child) || ts.isTypeParameterDeclaration(child))
      add(child.name);
    ts.forEachChild(child, visitLocal);
  };
  const around = node && ts.findAncestor(node, (at) => ts.isFunctionLike(at) || ts.isClassLike(at));
  if (around !== undefined && ts.isFunctionLike(around)) visitLocal(around);
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement)) for (const { name } of statement.declarationList.declarations) add(name);
    if (ts.isImportDeclaration(statement)) {
      const bindings = statement.importClause?.namedBindings;
      if (bindings !== undefined && ts.isNamedImports(bindings)) for (const { name } of bindings.elements) add(name);
      if (bindings !== undefined && ts.isNamespaceImport(bindings)) add(bindings.name);
    }
    add((statement as { name?: ts.Node }).name);
  }
  return [...names];
}

/** A member that a type does not have. */
export function adviseOnMember(
  type: string,
  member: string,
  {
    known,
    statics,
  }: { readonly known: readonly string[] | undefined; readonly statics: readonly string[] | undefined },
  before: string,
): NameAdvice {
  if (type === "Object" && before.endsWith("super.")) {
    return { hint: "The class extends nothing that has it: leave out `super.`, or extend the class that is meant." };
  }
  const foreign = foreignMember(type, member);
  if (foreign !== undefined && (type === "Object" || known?.includes(member) !== true)) return { hint: foreign };
  const candidates = known ?? [];
  if (statics?.includes(member) === true) {
    return { hint: `Write ${type.replace(/<.*| \| null$/g, "")}.${member}: it is static, and not one of an object.` };
  }
  if (candidates.includes(member)) {
    return { hint: `${member} is there, but not here: one of an object needs an object, a static one its class.` };
  }
  const nearest = suggest(member, candidates);
  if (nearest !== undefined) return { hint: `Did you mean ${nearest}?` };
  if (candidates.length > 0 && candidates.length <= MOST_SHOWN) return { hint: `It has ${candidates.join(", ")}.` };
  return { hint: `Look for a slip of the pen: ${type} has no such member.` };
}

/** A name that an import asks for and its file does not export. */
export function adviseOnImport(
  module: string,
  name: string,
  known: readonly string[] | undefined,
  span: Span,
): NameAdvice {
  const isSdk = module === "qwvm/sdk-as";
  const candidates = isSdk ? [...readSdkNames()] : (known ?? []);
  const foreign = isSdk ? foreignName(name) : undefined;
  if (foreign !== undefined) return { hint: foreign.hint };
  const nearest = suggest(name, candidates);
  if (nearest !== undefined) {
    return { hint: `Did you mean ${nearest}?`, fix: { title: `Write ${nearest}`, edits: [{ span, text: nearest }] } };
  }
  if (isSdk) {
    return {
      hint: 'Contracts of the library have files of their own, "qwvm/sdk-as/contracts/erc20"; names are in sdk-as/docs/language.md.',
    };
  }
  if (candidates.length === 0)
    return { hint: "The file exports nothing: write `export` in front of what others import." };
  return { hint: `It exports ${candidates.slice(0, MOST_SHOWN).join(", ")}.` };
}

const MOST_SHOWN = 12;
