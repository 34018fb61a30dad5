// Fixes of decorators, classes, imports, errors and enums.

import { posix } from "node:path";
import { ts } from "ts-morph";
import { isSlipOf, suggest } from "../../core/suggest.js";
import { decoratorName } from "../names/known-types.js";
import { resolveImport } from "../read-contract.js";
import { foreignDecorator } from "../words/foreign-words.js";
import {
  around,
  decoratorNamed,
  type FixContext,
  insert,
  type MakeFix,
  nodeAt,
  remove,
  replace,
  returnsOf,
} from "./context.js";
import { tokenOf } from "./steady.js";

/** Decorators that change nothing but what they are for; a guard is never taken out unasked. */
const HARMLESS = ["indexed", "lazy", "payable"];

/** Decorators that let more happen: to be written by the author, not by a guess. */
const LETTING = ["payable", "unguarded", "wrapping"];

/** Decorators that make a method callable: only one slip of the pen is mended, anything else may have meant something else. */
const CALLABLE = ["execute", "query", "init"];

/** Whether a decorator can only have meant the other: by one slip, or as another language's word for what only reads or sets up. */
function canOnlyMean(name: string, meant: string): boolean {
  return isSlipOf(name, meant) || (meant !== "execute" && foreignDecorator(name)?.meant === meant);
}

function callsSuper(node: ts.Node): boolean {
  return (
    node.kind === ts.SyntaxKind.SuperKeyword ||
    ts.forEachChild(node, (child) => callsSuper(child) || undefined) === true
  );
}

export const CLASS_FIXES: Readonly<Record<string, MakeFix>> = {
  QW101: ({ span, meant }, context) => {
    const node = nodeAt(context, span);
    if (meant === undefined || LETTING.includes(meant) || node === undefined || !ts.isDecorator(node)) return undefined;
    const { expression } = node;
    const name = ts.isCallExpression(expression) ? expression.expression : expression;
    // A function of the author's own is no slip.
    if (context.names.resolve(name).from === "project") return undefined;
    if (CALLABLE.includes(meant) && !canOnlyMean(name.getText(), meant)) return undefined;
    return { title: `Write @${meant}`, edits: [replace(name, meant)], imports: [meant] };
  },

  QW102: ({ span, message }, context) => {
    const node = nodeAt(context, span);
    if (node === undefined) return undefined;
    if (ts.isDecorator(node)) {
      const name = decoratorName(node, context.names);
      if (message.includes("takes no arguments")) {
        // What is in the parentheses could be meant to guard.
        const { expression } = node;
        const isEmpty = ts.isCallExpression(expression) && expression.arguments.length === 0;
        return isEmpty
          ? { title: `Write @${name}`, edits: [replace(expression, expression.expression.getText())] }
          : undefined;
      }
      // A constructor that takes value is an @init method that does.
      const isMisplaced =
        message.includes("belongs on") && HARMLESS.includes(name) && !ts.isConstructorDeclaration(node.parent);
      return isMisplaced ? { title: `Leave out @${name}`, edits: [remove(node)] } : undefined;
    }
    if (message.includes("text in quotes")) {
      // What a constant holds could be another name.
      return ts.isIdentifier(node) && context.names.resolve(node).from === "global"
        ? { title: `Write "${node.text}"`, edits: [replace(node, `"${node.text}"`)] }
        : undefined;
    }
    const marked = ts.isIdentifier(node) ? node.parent : node;
    const decorator = decoratorNamed(marked, "indexed", context) ?? decoratorNamed(marked, "lazy", context);
    if (decorator === undefined) return undefined;
    return { title: `Leave out @${decoratorName(decorator, context.names)}`, edits: [remove(decorator)] };
  },

  QW104: ({ span, severity }, context) => {
    const node = around(context, span, ts.isClassDeclaration);
    if (severity === "warning" || node === undefined) return undefined;
    return { title: "Write @contract", edits: [insert(node.getStart(), "@contract\n")], imports: ["contract"] };
  },

  /** A constructor without parameters of its own kind becomes an @init method. */
  QW118: ({ span }, context) => {
    const node = nodeAt(context, span);
    if (node === undefined || !ts.isConstructorDeclaration(node) || node.body === undefined) return undefined;
    const owner = node.parent;
    const hasInit = owner.members.some((member) => decoratorNamed(member, "init", context) !== undefined);
    const isTaken = [false, true].some(
      (isStatic) => context.names.memberOf(owner, "create", isStatic).from !== "unknown",
    );
    // What else stands in front of it, such as @payable or private, is not for a fix to drop.
    const isPlain = (node.modifiers ?? []).every(({ kind }) => kind === ts.SyntaxKind.PublicKeyword);
    const isPromoted = node.parameters.some((parameter) => ts.getModifiers(parameter) !== undefined);
    if (hasInit || isTaken || !isPlain || isPromoted || callsSuper(node.body)) return undefined;
    if (returnsOf(node.body).some(({ expression }) => expression !== undefined)) return undefined;
    const open = tokenOf(node, ts.SyntaxKind.OpenParenToken);
    const close = tokenOf(node, ts.SyntaxKind.CloseParenToken);
    if (open === undefined || close === undefined) return undefined;
    return {
      title: "Make it an @init method",
      edits: [
        { span: { start: node.getStart(), end: open.getStart() }, text: "@init create" },
        insert(close.getEnd(), ": void"),
      ],
      imports: ["init"],
    };
  },

  QW125: ({ span }, { source, sources, node, names }) => {
    const given = node.text.slice(span.start + 1, span.end - 1);
    if (!given.startsWith(".")) {
      const isSdk = given === "qwvm" || suggest(given, ["qwvm/sdk-as"]) !== undefined;
      return isSdk ? { title: 'Import from "qwvm/sdk-as"', edits: [{ span, text: '"qwvm/sdk-as"' }] } : undefined;
    }
    // A file that is there is what is meant.
    if (sources.some(({ file }) => file === resolveImport(source.file, given))) return undefined;
    const files = sources.map(({ file }) => file).filter((file) => file !== source.file && !file.startsWith("~lib/"));
    const wanted = posix.basename(given).replace(/\.(js|ts)$/, "");
    // A file of another name may declare other things of these names.
    const meant = files.filter((file) => posix.basename(file, ".ts") === wanted);
    if (meant.length !== 1) return undefined;
    if (!importedNames(node, span).every((name) => names.exportOf(meant[0] as string, name).from !== "unknown")) {
      return undefined;
    }
    const path = posix.relative(posix.dirname(source.file), (meant[0] as string).replace(/\.ts$/, ""));
    const text = JSON.stringify(path.startsWith(".") ? path : `./${path}`);
    return { title: `Import ${text}`, edits: [{ span, text }] };
  },

  /** A class of this file that is used as an event or error is marked so. */
  /** A class of this file that is used as an event or error is marked so. */
  QW126: ({ span, message, meant }, context) => {
    const { node: file, names } = context;
    const used = nodeAt(context, span);
    if (meant !== undefined) {
      // What is meant has to be known under that name where it is written.
      const kind = used && names.lookUp(meant, used, "value");
      return kind?.from === "project" && ts.isClassLike(kind.node) ? nameFix("", span, meant) : undefined;
    }
    const kind = /is not an @(event|error)/.exec(message)?.[1];
    const named = used && names.resolve(used);
    if (kind === undefined || named?.from !== "project" || !ts.isClassDeclaration(named.node)) return undefined;
    const declared = named.node;
    if (declared.parent !== file || (ts.getDecorators(declared) ?? []).length > 0) return undefined;
    if (isUsedAs(declared, kind === "event" ? ["revert", "require"] : ["emit"], context)) return undefined;
    const title = `Mark ${declared.name?.text} @${kind}`;
    return { title, edits: [insert(declared.getStart(), `@${kind}\n`)], imports: [kind] };
  },

  /** `{avaliable}` in the text of an error is `{available}`. */
  QW134: ({ span, message }, { source }) => {
    const wrong = /names \{(\w+)\}/.exec(message)?.[1];
    const record = source.records.find((item) => item.message?.span.start === span.start);
    const right = wrong === undefined ? undefined : suggest(wrong, record?.fields.map(({ name }) => name) ?? []);
    const at = source.text.indexOf(`{${wrong}}`, span.start);
    if (wrong === undefined || right === undefined || at < 0 || at >= span.end) return undefined;
    const edit = { span: { start: at + 1, end: at + 1 + wrong.length }, text: right };
    return { title: `Write {${right}}`, edits: [edit] };
  },

  QW146: ({ span }, context) => {
    const clause = nodeAt(context, span);
    const isBase = clause !== undefined && ts.isHeritageClause(clause) && clause.token === ts.SyntaxKind.ExtendsKeyword;
    const base = isBase ? clause.types[0] : undefined;
    // A class of the author's own has methods that would be lost.
    if (base === undefined || !ts.isIdentifier(base.expression)) return undefined;
    if (context.names.resolve(base.expression).from === "project") return undefined;
    return { title: "Extend Remote", edits: [{ span, text: "extends Remote" }], imports: ["Remote"] };
  },

  QW147: ({ span, meant }, context) => nameFix(context.source.text.slice(span.start, span.end), span, meant),
};

/** The names that the import or export around a module's specifier asks for. */
function importedNames(file: ts.SourceFile, { start }: { start: number }): string[] {
  for (const statement of file.statements) {
    const isFrom = ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement);
    if (!isFrom || statement.moduleSpecifier?.getStart() !== start) continue;
    const list = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : statement.exportClause;
    if (list === undefined || !(ts.isNamedImports(list) || ts.isNamedExports(list))) return [];
    return list.elements.map(({ name, propertyName }) => (propertyName ?? name).text);
  }
  return [];
}

/** Whether an object of a class is given to one of the SDK's functions, or thrown where errors are meant, in any file. */
function isUsedAs(declared: ts.Node, functions: readonly string[], { files, names }: FixContext): boolean {
  const isMade = (node: ts.Node | undefined): boolean => {
    if (node === undefined || !(ts.isNewExpression(node) || ts.isCallExpression(node))) return false;
    const named = names.resolve(node.expression);
    return named.from === "project" && named.node === declared;
  };
  const visit = (node: ts.Node): boolean => {
    const isCall = ts.isCallExpression(node) && functions.includes(names.sdkName(node.expression) ?? "");
    if (isCall && node.arguments.some(isMade)) return true;
    if (ts.isThrowStatement(node) && functions.includes("revert") && isMade(node.expression)) return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return files.some(visit);
}

/** Writes the name that was meant, in quotes if the one before was. */
export function nameFix(before: string, span: { start: number; end: number }, meant: string | undefined) {
  if (meant === undefined) return undefined;
  const text = /^["'`]/.test(before) ? JSON.stringify(meant) : meant;
  return { title: `Write ${text}`, edits: [{ span, text }] };
}
