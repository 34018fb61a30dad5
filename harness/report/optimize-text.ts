// What `qwvm optimize` prints: sizes by section and the price of deployment, before and after.

import type { SizedPart } from "../instrument/inspect-module.js";
import { formatNumber } from "./gas-snapshot-file.js";
import { mergeParts } from "./inspect-text.js";
import type { Style } from "./style.js";
import { figureTable, percent } from "./text-lines.js";

/** One state of a module. */
export interface ModuleSizes {
  readonly sizeBytes: number;
  /** Null when it cannot be deployed. */
  readonly deploymentGas: number | null;
  readonly sections: readonly SizedPart[];
}

/** The table to print. */
export function formatOptimization(before: ModuleSizes, after: ModuleSizes, style: Style): string {
  const now = new Map(mergeParts(after.sections).map(({ name, sizeBytes }) => [name, sizeBytes]));
  const then = mergeParts(before.sections);
  const added = [...now].filter(([name]) => !then.some((part) => part.name === name));
  const parts = [
    ...then.map(({ name, sizeBytes }) => [name, sizeBytes] as const),
    ...added.map(([name]) => [name, 0] as const),
  ];
  const rows = [
    ["", "before", "after", "change", ""],
    ...parts.map(([name, size]) => row(`  ${name}`, size, now.get(name) ?? 0)),
    row("bytes", before.sizeBytes, after.sizeBytes),
    ...gasRow(before.deploymentGas, after.deploymentGas),
  ];
  const [head = "", ...lines] = figureTable(rows);
  const own = lines.slice(0, parts.length);
  return [style.dim(head), ...own, ...lines.slice(parts.length).map((line) => style.bold(line))].join("\n");
}

/** What deployment costs, if it can be deployed at all. */
function gasRow(before: number | null, after: number | null): string[][] {
  if (before !== null && after !== null) return [row("deployment gas", before, after)];
  if (before === null && after === null) return [];
  const shown = (gas: number | null) => (gas === null ? "refused" : formatNumber(gas));
  return [["deployment gas", shown(before), shown(after), "", ""]];
}

function row(name: string, before: number, after: number): string[] {
  const change = after - before;
  if (change === 0) return [name, formatNumber(before), formatNumber(after), "", ""];
  const sign = change > 0 ? "+" : "−";
  const share = before === 0 ? "new" : `${sign}${percent(Math.abs(change), before)}`;
  return [name, formatNumber(before), formatNumber(after), `${sign}${formatNumber(Math.abs(change))}`, share];
}
