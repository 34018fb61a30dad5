// A build's findings as compilers show them: place, code, message, the line of source with a mark, and what to do.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isExplained } from "../compiler/rules/catalogue.js";
import type { Style } from "./style.js";

/** What is needed of a finding; the compiler's `Diagnostic` has it. */
export interface Finding {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length?: number;
  readonly hint?: string;
  /** Present when the finding can be mended without a question. */
  readonly fix?: { readonly title: string };
}

const WIDTH = 80;
/** Below it lines would be of a word or two. */
const LEAST_WIDTH = 40;
const TAB = "    ";

/** All findings and a line that counts them. `columns` is the terminal's width; wider ones are not used. */
export function formatDiagnostics(
  findings: readonly Finding[],
  root: string,
  style: Style,
  columns: number = WIDTH,
): string {
  const width = Math.max(LEAST_WIDTH, Math.min(WIDTH, columns));
  const sources = new Map<string, readonly string[]>();
  const linesOf = (file: string): readonly string[] => {
    let lines = sources.get(file);
    if (lines === undefined) {
      lines = readLines(join(root, file));
      sources.set(file, lines);
    }
    return lines;
  };
  const texts = findings.map((finding) =>
    formatFinding(finding, linesOf(finding.file)[finding.line - 1], style, width),
  );
  return [...texts, [summary(findings, style), ...advice(findings, style)].join("\n")].join("\n\n");
}

function formatFinding(finding: Finding, source: string | undefined, style: Style, width: number): string {
  const { file, line, column, severity, code, message, hint } = finding;
  const paint = severity === "error" ? style.red : style.yellow;
  const place = style.bold(`${file}:${line}:${column}`);
  const lines = [...wrap(`${place} ${paint(severity)} ${code}: ${message}`, "  ", width)];
  if (source !== undefined && source.trim() !== "") lines.push(...codeFrame(finding, source, style, width));
  if (hint !== undefined) lines.push(...wrap(`  ${style.cyan("hint:")} ${hint}`, "        ", width));
  return lines.join("\n");
}

function codeFrame(
  { line, column, length = 1, severity }: Finding,
  source: string,
  style: Style,
  width: number,
): string[] {
  const gutter = `${line} | `;
  const before = source.slice(0, column - 1).replaceAll("\t", TAB);
  const marked = source.slice(column - 1, column - 1 + length).replaceAll("\t", TAB);
  const text = source.replaceAll("\t", TAB).trimEnd();
  // A long line is shown around the mark.
  const room = width - gutter.length - 2;
  const start = before.length + Math.min(marked.length, 20) > room ? Math.max(0, before.length - 20) : 0;
  const shown = text.slice(start, start + room);
  const marks = "^".repeat(Math.max(1, Math.min(marked.length, room - (before.length - start))));
  const paint = severity === "error" ? style.red : style.yellow;
  const blank = " ".repeat(gutter.length - 2);
  return [
    `  ${style.dim(gutter)}${shown}`,
    `  ${style.dim(`${blank}| `)}${" ".repeat(Math.max(0, before.length - start))}${paint(marks)}`,
  ];
}

function summary(findings: readonly Finding[], style: Style): string {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const warnings = findings.length - errors;
  const parts = [
    errors > 0 ? style.red(`${errors} error${errors === 1 ? "" : "s"}`) : "",
    warnings > 0 ? style.yellow(`${warnings} warning${warnings === 1 ? "" : "s"}`) : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

/** What can be done about all of them, said once. */
function advice(findings: readonly Finding[], style: Style): string[] {
  const fixable = findings.filter(({ fix }) => fix !== undefined).length;
  const first = findings.find(({ code }) => isExplained(code))?.code;
  return [
    ...(fixable === 0
      ? []
      : [style.dim(`qwvm build --fix mends ${fixable === findings.length ? "them" : `${fixable} of them`}`)]),
    ...(first === undefined ? [] : [style.dim(`qwvm explain ${first} says more`)]),
  ];
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what it looks for.
const COLORS = /\u001b\[\d+m/g;

/** Breaks a text at spaces so that no line is wider than the terminal, unless a word is. */
function wrap(text: string, indent: string, width: number): string[] {
  const lines: string[] = [];
  for (const part of text.split("\n")) {
    let line = /^ */.exec(part)?.[0] ?? "";
    for (const word of part.trimStart().split(" ")) {
      const longer = line.trim() === "" ? line + word : `${line} ${word}`;
      if (longer.replace(COLORS, "").length > width && line.trim() !== "") {
        lines.push(line);
        line = `${indent}${word}`;
      } else line = longer;
    }
    lines.push(line);
  }
  return lines;
}

function readLines(path: string): readonly string[] {
  try {
    return readFileSync(path, "utf8").split(/\r?\n/);
  } catch {
    return [];
  }
}
