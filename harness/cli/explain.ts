// `qwvm explain QW108`: why there is a rule, and what is wrong and right, at 80 columns.

import { ASC_CODES } from "../compiler/rules/asc-codes.js";
import { RULES } from "../compiler/rules/catalogue.js";
import { type Rule, withImport } from "../compiler/rules/rule.js";
import { ASC_HINTS } from "../compiler/words/asc-hints.js";
import { suggest } from "../core/suggest.js";
import { type Style, styleOf } from "../report/style.js";
import { wrapItems } from "../report/text-lines.js";
import { refuseRest, splitArguments, usageError } from "./arguments.js";

/** Runs the command. @returns the exit code */
export async function runExplain(args: readonly string[]): Promise<number> {
  const { rest } = splitArguments(args, {});
  const [given, ...more] = rest;
  refuseRest("explain", given?.startsWith("-") === true ? rest : more, {});
  process.stdout.write(given === undefined ? listRules() : explainCode(given, styleOf(process.stdout)));
  return 0;
}

/** The page of a code, for a terminal. @throws QwvmError `USAGE` for a code that nobody gives */
export function explainCode(given: string, style: Style): string {
  const code = /^\d+$/.test(given) ? `QW${given}` : given.toUpperCase();
  const rule = RULES.find((candidate) => candidate.code === code);
  if (rule !== undefined) return explainRule(rule, style);
  if (/^AS\d+$/.test(code)) return explainAsc(code, style);
  const nearest = suggest(
    code,
    RULES.map((candidate) => candidate.code),
  );
  const hint = "qwvm explain, without a code, lists all rules.";
  throw usageError(`There is no rule ${given}.`, nearest === undefined ? hint : `Did you mean ${nearest}? ${hint}`);
}

function explainRule({ code, title, severity, why, wrong, right, also }: Rule, style: Style): string {
  const parts = [
    wrap(style.bold(`${code}: ${title}`), `${code}: ${title}`),
    paragraph(why),
    severity === "warning" ? "It is a warning: the contract is built all the same." : "",
  ];
  if (wrong !== undefined && right !== undefined) {
    parts.push(`${style.red("Wrong:")}\n\n${indent(withImport(wrong))}`);
    parts.push(`${style.green("Right:")}\n\n${indent(withImport(right))}`);
    for (const [file, text] of Object.entries(also ?? {})) parts.push(`Beside it, in ${file}:\n\n${indent(text)}`);
  }
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function explainAsc(code: string, style: Style): string {
  const known = Object.hasOwn(ASC_CODES, code) ? ASC_CODES[code] : ASC_HINTS[code];
  return `${[
    style.bold(`${code}: an error of the AssemblyScript compiler`),
    paragraph(
      "Codes that begin with AS are AssemblyScript's own: it checks names, types and syntax after the rules of contracts have been checked.",
    ),
    paragraph(known ?? `There is nothing to add to ${code} but what the diagnostic says.`),
    "The language: https://www.assemblyscript.org/concepts.html",
  ].join("\n\n")}\n`;
}

function listRules(): string {
  const lines = RULES.flatMap(({ code, title }) => wrapItems(`  ${code}  `, title.split(" "), " "));
  const more = "qwvm explain QW108 explains one. Codes that begin with AS are AssemblyScript's own.";
  return `The compiler's rules:\n\n${lines.join("\n")}\n\n${paragraph(more)}\n`;
}

function paragraph(text: string): string {
  return wrapItems("", text.split(" "), " ").join("\n");
}

/** A title may be coloured; the colours do not count. */
function wrap(styled: string, plain: string): string {
  return plain.length <= 80 ? styled : paragraph(plain);
}

function indent(text: string): string {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => (line === "" ? "" : `  ${line}`))
    .join("\n");
}
