// What `qwvm abi` prints, for 80 columns: an interface for people, and what has changed between two.

import { formatCode, formatFields, formatGuard, formatMethod, formatSigned, slotKeys } from "../abi/describe.js";
import type { AbiChange, Severity } from "../abi/diff-abi.js";
import type { Abi, AbiMethod } from "../core/abi.js";
import type { Style } from "./style.js";
import { hanging, printable } from "./text-lines.js";

const INDENT = 2;
const DETAIL = 6;

/** An interface, block by block. */
export function formatAbi(abi: Abi, style: Style): string {
  const { bases = [], sdk, init, methods, messages = [] } = abi;
  const from = bases.length === 0 ? "" : ` extends ${bases.join(", ")}`;
  const by = sdk === undefined ? "" : `, built by ${sdk.name} ${sdk.version}`;
  const title = [`${style.bold(printable(abi.name))}${printable(from)}${style.dim(printable(by))}`];
  const blocks = [
    [...title, ...docLines(abi.docs, INDENT)],
    block("Constructor", init === undefined ? [] : methodLines(init, style), style),
    block(
      "Methods",
      methods.filter(({ kind }) => kind === "execute").flatMap((method) => methodLines(method, style)),
      style,
    ),
    block(
      "Queries",
      methods.filter(({ kind }) => kind === "query").flatMap((method) => methodLines(method, style)),
      style,
    ),
    block(
      "Events",
      abi.events.flatMap((event) => [
        ...line(`${event.name}(${formatFields(event.fields)})`),
        ...detail(event.from === undefined ? [] : [`of ${event.from}`], style),
        ...docLines(event.docs, DETAIL),
      ]),
      style,
    ),
    block("Errors", errorLines(abi, style), style),
    block(
      "Texts kept off chain",
      messages.flatMap((message) => line(`${formatCode(message)}  ${JSON.stringify(message.text)}`)),
      style,
    ),
    block(
      "Structs",
      abi.structs.flatMap(({ name, fields, docs }) => [
        ...line(`${name}(${formatFields(fields)})`),
        ...docLines(docs, DETAIL),
      ]),
      style,
    ),
    block(
      "Enums",
      abi.enums.flatMap(({ name, variants, docs }) => [
        ...line(`${name}: ${variants.map((variant, i) => `${i} ${variant}`).join(", ")}`),
        ...docLines(docs, DETAIL),
      ]),
      style,
    ),
    block("State, by its keys", stateLines(abi), style),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

function block(title: string, lines: readonly string[], style: Style): string[] {
  return lines.length === 0 ? [] : [style.bold(title), ...lines];
}

function line(text: string): string[] {
  return hanging("  ", INDENT, text).map((part, i) => (i === 0 ? part : `    ${part}`));
}

function detail(parts: readonly string[], style: Style): string[] {
  if (parts.length === 0) return [];
  return hanging(" ".repeat(DETAIL), DETAIL, parts.join("; ")).map((part) => style.cyan(part));
}

/** The first paragraph: the rest is for `qwvm docs`. */
function docLines(docs: string | undefined, indent: number): string[] {
  const [first = ""] = (docs ?? "").split("\n");
  return first === "" ? [] : hanging(" ".repeat(indent), indent, first);
}

function methodLines(method: AbiMethod, style: Style): string[] {
  const { payable, guards = [], signed, from, docs } = method;
  const parts = [
    ...(payable ? ["takes value"] : []),
    ...(guards.length === 0 ? [] : [`guarded by ${guards.map(formatGuard).join(", then ")}`]),
    ...(signed === undefined ? [] : [formatSigned(signed)]),
    ...(from === undefined ? [] : [`of ${from}`]),
  ];
  return [...line(formatMethod(method)), ...detail(parts, style), ...docLines(docs, DETAIL)];
}

function errorLines({ errors }: Abi, style: Style): string[] {
  return errors.flatMap((error) => [
    ...line(`${formatCode(error)}  ${error.name}(${formatFields(error.fields)})`),
    ...detail(
      [
        ...(error.message === undefined ? [] : [JSON.stringify(error.message)]),
        ...(error.from === undefined ? [] : [`of ${error.from}`]),
      ],
      style,
    ),
    ...docLines(error.docs, DETAIL),
  ]);
}

function stateLines({ state }: Abi): string[] {
  const rows = state.flatMap((slot) => slotKeys(slot));
  const width = Math.min(36, Math.max(0, ...rows.map(([key]) => printable(key).length)));
  return rows.flatMap(([key, holds]) => line(`${printable(key).padEnd(width)}  ${holds}`));
}

const MARKS: Readonly<Record<Severity, readonly [mark: string, paint: "red" | "yellow" | "green", count: string]>> = {
  breaking: ["✗", "red", "breaking"],
  warning: ["!", "yellow", "to look at"],
  compatible: ["✓", "green", "compatible"],
};

/** What has changed, and how much of it breaks callers. */
export function formatAbiDiff(changes: readonly AbiChange[], style: Style): string {
  if (changes.length === 0) return "The interfaces are the same.";
  const lines = changes.flatMap(({ severity, part, name, what }) => {
    const [mark, paint] = MARKS[severity];
    const subject = part === name || part === "constructor" ? part : `${part} ${name}`;
    return hanging(`${style[paint](mark)} `, 2, `${subject} ${what}`);
  });
  const counts = (Object.keys(MARKS) as Severity[]).flatMap((severity) => {
    const count = changes.filter((change) => change.severity === severity).length;
    const [, paint, text] = MARKS[severity];
    return count === 0 ? [] : [style[paint](`${count} ${text}`)];
  });
  return [...lines, "", counts.join(", ")].join("\n");
}
