// What `qwvm inspect` prints, for 80 columns. What there is to say comes as data.

import { type Abi, type AbiField, formatAbiType } from "../core/abi.js";
import type { Inspection, SizedPart } from "../instrument/inspect-module.js";
import { formatNumber } from "./gas-snapshot-file.js";
import type { Style } from "./style.js";
import { figureTable, hanging, percent, twoColumns, wrapItems } from "./text-lines.js";

/** The module's interface, or why it cannot be read. */
export type InspectedAbi = { readonly abi: Abi } | { readonly problem: string } | undefined;

const MOST_FUNCTIONS = 10;

/** The lines to print. */
export function formatInspection(file: string, inspection: Inspection, abi: InspectedAbi, style: Style): string {
  const { kind, sizeBytes } = inspection;
  const name = abi !== undefined && "abi" in abi ? ` ${abi.abi.name}` : "";
  const blocks = [
    [`${style.bold(file)}: ${kind}${name}, ${formatNumber(sizeBytes)} bytes`, ...verdict(inspection, style)],
    abi === undefined ? [] : [style.bold("Interface"), ...interfaceLines(abi, style)],
    importLines(inspection, style),
    block("Exports", namesAndTypes(inspection.exports.map(({ kind, name, type }) => [kind, name, type])), style),
    featureLines(inspection, style),
    block("Sections", sectionLines(inspection), style),
    functionLines(inspection, style),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

function block(title: string, lines: readonly string[], style: Style): string[] {
  return lines.length === 0 ? [] : [style.bold(title), ...lines];
}

function verdict({ refusal, deploymentGas, debugBytes, sizeBytes, imports }: Inspection, style: Style): string[] {
  const lines: string[] = [];
  if (refusal === undefined && deploymentGas !== undefined) {
    lines.push(`${style.green("✓")} can be deployed for ${formatNumber(deploymentGas)} gas, and what init spends`);
    const extensions = imports.filter(({ status }) => status === "extension").map(({ name }) => name);
    if (extensions.length > 0) {
      const first = "  not where documented host functions alone are allowed: ";
      lines.push(...wrapItems(first, extensions));
    }
  }
  if (refusal !== undefined) {
    lines.push(...hanging(`${style.red("✗")} `, 2, `cannot be deployed: ${refusal.message}`));
    if (refusal.hint !== undefined) lines.push(...hanging("  ", 2, refusal.hint));
  }
  if (debugBytes > 0) {
    const share = `${formatNumber(debugBytes)} of the ${formatNumber(sizeBytes)} bytes are debug sections`;
    lines.push(`${style.yellow("!")} ${share}: qwvm optimize takes them out`);
  }
  return lines;
}

function interfaceLines(abi: Exclude<InspectedAbi, undefined>, style: Style): string[] {
  if ("problem" in abi) return hanging(`${style.red("✗")} `, 2, abi.problem);
  const { init, methods, events, errors, sdk } = abi.abi;
  const fields = (list: readonly AbiField[]) =>
    list.map(({ name, type }) => `${name}: ${formatAbiType(type)}`).join(", ");
  const rows: [string, string][] = [];
  for (const { kind, name, params, result, payable } of [...(init === undefined ? [] : [init]), ...methods]) {
    const returns = result === undefined ? "" : `: ${formatAbiType(result)}`;
    rows.push([kind, `${name}(${fields(params)})${returns}${payable ? ", payable" : ""}`]);
  }
  for (const event of events) rows.push(["event", `${event.name}(${fields(event.fields)})`]);
  for (const error of errors) rows.push(["error", `${error.name}(${fields(error.fields)})`]);
  const lines = rows.flatMap(([kind, text]) => hanging(`  ${kind.padEnd(9)}`, 11, text));
  return sdk === undefined ? lines : [...lines, style.dim(`  built by ${sdk.name} ${sdk.version}`)];
}

function importLines({ imports }: Inspection, style: Style): string[] {
  if (imports.length === 0) return [];
  const rows = imports.map(({ status, module, name, type, kind }) => [
    status,
    `${module}.${name}`,
    kind === "function" ? type : `${kind}: ${type}`,
  ]);
  return block("Imports", namesAndTypes(rows), style);
}

function namesAndTypes(rows: readonly (readonly string[])[]): string[] {
  const first = Math.max(0, ...rows.map(([kind = ""]) => kind.length));
  const lefts = rows.map(([kind = "", name = ""]) => `  ${kind.padEnd(first)}  ${name}`);
  const width = Math.min(44, Math.max(...lefts.map((left) => left.length)));
  return rows.flatMap(([, , type = ""], i) => twoColumns(lefts[i] as string, width, type));
}

function featureLines({ features }: Inspection, style: Style): string[] {
  if (features.length === 0) return [];
  const accepted = features.filter((feature) => feature.accepted).map(({ name }) => name);
  const refused = features.filter((feature) => !feature.accepted);
  return [
    style.bold("Features"),
    ...(accepted.length === 0 ? [] : wrapItems("  ", accepted)),
    ...refused.map(({ name, where }) => `  ${style.red("✗")} ${name} (${where}), which QWVM does not run`),
  ];
}

function sectionLines({ sections, sizeBytes }: Inspection): string[] {
  const merged = mergeParts(sections);
  const rows = merged.map((part) => [
    `  ${part.name}`,
    formatNumber(part.sizeBytes),
    percent(part.sizeBytes, sizeBytes),
  ]);
  return figureTable(rows);
}

/** Parts of the same name together, in the order of their first. */
export function mergeParts(parts: readonly SizedPart[]): SizedPart[] {
  const sizes = new Map<string, number>();
  for (const { name, sizeBytes } of parts) sizes.set(name, (sizes.get(name) ?? 0) + sizeBytes);
  return [...sizes].map(([name, sizeBytes]) => ({ name, sizeBytes }));
}

function functionLines({ functions, sizeBytes }: Inspection, style: Style): string[] {
  if (functions.length === 0) return [];
  const shown = functions.slice(0, MOST_FUNCTIONS);
  const title = functions.length > shown.length ? `the largest ${shown.length} of ${functions.length}` : "by size";
  const rows = shown.map((entry) => [
    `  #${entry.index} ${entry.name ?? entry.type}`,
    formatNumber(entry.sizeBytes),
    percent(entry.sizeBytes, sizeBytes),
  ]);
  return [`${style.bold("Functions")} ${style.dim(`(${title})`)}`, ...figureTable(rows)];
}
