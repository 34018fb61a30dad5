// The gas report as text for a terminal of 80 columns.

import type { ContractRow, GasReport, MethodRow } from "./gas-report.js";
import { formatNumber } from "./gas-snapshot-file.js";
import type { Style } from "./style.js";

const WIDTH = 80;
const FIGURES = ["calls", "min", "mean", "median", "max", "failed"] as const;

/** The lines to print; empty when no contract was called. */
export function formatGasReport(report: GasReport, style: Style): string {
  if (report.contracts.length === 0) return "";
  return report.contracts.map((contract) => formatContract(contract, style)).join("\n\n");
}

function formatContract(contract: ContractRow, style: Style): string {
  const rows = [
    ...(contract.deployments.calls + contract.deployments.failed > 0
      ? [["deploy", contract.deployments] as const]
      : []),
    ...contract.methods.map((method) => [method.method, method] as const),
  ];
  const cells = rows.map(([name, row]) => [name, ...FIGURES.map((figure) => formatFigure(figure, row))]);
  const widths = FIGURES.map((figure, index) =>
    Math.max(figure.length, ...cells.map((row) => row[index + 1]?.length ?? 0)),
  );
  const figuresWidth = widths.reduce((sum, width) => sum + width + 2, 0);
  const nameWidth = Math.max(12, WIDTH - figuresWidth);
  const lines = [`${style.bold(contract.name)}  ${style.dim(codeText(contract))}`];
  lines.push(style.dim(line(["", ...FIGURES], nameWidth, widths)));
  let kind = "";
  for (const [index, [, row]] of rows.entries()) {
    const next = "kind" in row ? (row as MethodRow).kind : "deploy";
    if (next === "query" && kind !== "query") lines.push(style.dim("  queries (free; metered all the same)"));
    kind = next;
    lines.push(line(cells[index] as string[], nameWidth, widths));
  }
  return lines.join("\n");
}

function line(cells: readonly string[], nameWidth: number, widths: readonly number[]): string {
  const [name = "", ...figures] = cells;
  const indented = name === "" ? "" : `  ${name}`;
  const shown = indented.length > nameWidth ? `${indented.slice(0, nameWidth - 1)}…` : indented.padEnd(nameWidth);
  return `${shown}${figures.map((figure, index) => `  ${figure.padStart(widths[index] as number)}`).join("")}`.trimEnd();
}

function formatFigure(figure: (typeof FIGURES)[number], row: ContractRow["deployments"]): string {
  const value = row[figure];
  if (value === null) return "-";
  return figure === "failed" && value === 0 ? "" : formatNumber(value);
}

function codeText(contract: ContractRow): string {
  return contract.code
    .map(({ sizeBytes, limitBytes, changeBytes }) => {
      const share = Math.round((sizeBytes / limitBytes) * 1000) / 10;
      const sign = (changeBytes ?? 0) > 0 ? "+" : "−";
      const change = changeBytes ? ` (${sign}${formatNumber(Math.abs(changeBytes))})` : "";
      return `${formatNumber(sizeBytes)} bytes${change}, ${share < 0.1 ? "under 0.1" : share} % of the limit`;
    })
    .join("; ");
}
