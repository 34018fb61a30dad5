// Fixes of decorators, classes, imports, errors and enums.

import { posix } from "node:path";
import { ts } from "ts-morph";
import { isSlipOf, suggest } from "../../core/suggest.js";
import { foreignDecorator } from "../words/foreign-words.js";
import {
  around,
  decoratorName,
  decoratorNamed,
  insert,
  type MakeFix,
  nodeAt,
  remove,
  replace,
  returnsOf,
} from "./context.js";

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

export const CLASS_FIXES: Readonly<Record<string, MakeFix>> = {
  QW101: ({ span, meant }, context) => {
    const node = nodeAt(context, span);
    if (meant === undefined || LETTING.includes(meant) || node === undefined || !ts.isDecorator(node)) return undefined;
    const { expression } = node;
    const name = ts.isCallExpression(expression) ? expression.expression : expression;
    if (CALLABLE.includes(meant) && !canOnlyMean(name.getText(), meant)) return undefined;
    return { title: `Write @${meant}`, edits: [replace(name, meant)], imports: [meant] };
  },

  QW102: ({ span, message }, context) => {
    const node = nodeAt(context, span);
    if (node === undefined) return undefined;
    if (ts.isDecorator(node)) {
      const name = decoratorName(node);
      if (message.includes("takes no arguments")) {
        // What is in the parentheses could be meant to guard.
        const { expression } = node;
        const isEmpty = ts.isCallExpression(expression) && expression.arguments.length === 0;
        return isEmpty ? { title: `Write @${name}`, edits: [replace(node, `@${name}`)] } : undefined;
      }
      const isMisplaced = message.includes("belongs on") && HARMLESS.includes(name);
      return isMisplaced ? { title: `Leave out @${name}`, edits: [remove(node)] } : undefined;
    }
    if (message.includes("text in quotes")) {
      return ts.isIdentifier(node)
        ? { title: `Write "${node.text}"`, edits: [replace(node, `"${node.text}"`)] }
        : undefined;
    }
    const marked = ts.isIdentifier(node) ? node.parent : node;
    const decorator = decoratorNamed(marked, "indexed") ?? decoratorNamed(marked, "lazy");
    if (decorator === undefined) return undefined;
    return { title: `Leave out @${decoratorName(decorator)}`, edits: [remove(decorator)] };
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
    const names = node.parent.members.map((member) => member.name?.getText());
    const hasInit = node.parent.members.some((member) => decoratorNamed(member, "init") !== undefined);
    const isPlain = node.parameters.every((parameter) => ts.getModifiers(parameter) === undefined);
    if (hasInit || names.includes("create") || !isPlain || /\bsuper\s*\(/.test(node.body.getText())) return undefined;
    if (returnsOf(node.body).some(({ expression }) => expression !== undefined)) return undefined;
    const { text } = context.source;
    const close = text.lastIndexOf(")", node.body.getStart()) + 1;
    const open = text.indexOf("(", node.getStart());
    return {
      title: "Make it an @init method",
      edits: [{ span: { start: node.getStart(), end: open }, text: "@init create" }, insert(close, ": void")],
      imports: ["init"],
    };
  },

  QW125: ({ span }, { source, sources, node }) => {
    const given = node.text.slice(span.start + 1, span.end - 1);
    if (!given.startsWith(".")) {
      const isSdk = given === "qwvm" || suggest(given, ["qwvm/sdk-as"]) !== undefined;
      return isSdk ? { title: 'Import from "qwvm/sdk-as"', edits: [{ span, text: '"qwvm/sdk-as"' }] } : undefined;
    }
    const files = sources.map(({ file }) => file).filter((file) => file !== source.file && !file.startsWith("~lib/"));
    const wanted = posix.basename(given).replace(/\.(js|ts)$/, "");
    // A file of another name may declare other things of these names.
    const meant = files.filter((file) => posix.basename(file, ".ts") === wanted);
    if (meant.length !== 1) return undefined;
    const path = posix.relative(posix.dirname(source.file), (meant[0] as string).replace(/\.ts$/, ""));
    const text = JSON.stringify(path.startsWith(".") ? path : `./${path}`);
    return { title: `Import ${text}`, edits: [{ span, text }] };
  },

  /** A class of this file that is used as an event or error is marked so. */
  QW126: ({ span, message, meant }, { source, node: file }) => {
    const named = nameFix("", span, meant);
    if (named !== undefined) return named;
    const name = source.text.slice(span.start, span.end);
    const kind = /is not an @(event|error)/.exec(message)?.[1];
    const declared = file.statements.filter(ts.isClassDeclaration).find((item) => item.name?.text === name);
    if (kind === undefined || declared === undefined || (ts.getDecorators(declared) ?? []).length > 0) return undefined;
    const isBoth = source.uses.some((item) => item.className === name && (item.use === "emit") !== (kind === "event"));
    if (isBoth) return undefined;
    return { title: `Mark ${name} @${kind}`, edits: [insert(declared.getStart(), `@${kind}\n`)], imports: [kind] };
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
    const text = context.source.text.slice(span.start, span.end);
    if (!/^extends\s+\w+$/.test(text)) return undefined;
    return { title: "Extend Remote", edits: [{ span, text: "extends Remote" }], imports: ["Remote"] };
  },

  QW147: ({ span, meant }, context) => nameFix(context.source.text.slice(span.start, span.end), span, meant),
};

/** Writes the name that was meant, in quotes if the one before was. */
export function nameFix(before: string, span: { start: number; end: number }, meant: string | undefined) {
  if (meant === undefined) return undefined;
  const text = /^["'`]/.test(before) ? JSON.stringify(meant) : meant;
  return { title: `Write ${text}`, edits: [{ span, text }] };
}
