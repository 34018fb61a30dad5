// The gas report as files: JSON by gas-report.schema.json, Markdown, CSV, and a page that needs nothing else.

import type { ContractRow, GasReport, MethodRow } from "./gas-report.js";
import { formatGasReport } from "./gas-report-text.js";
import { formatNumber } from "./gas-snapshot-file.js";
import { makeStyle } from "./style.js";
import { writeFileWhole } from "./write-file.js";

/** Writes a report in a format. Text is what a terminal would show, without colours. */
export function writeReport(
  report: GasReport,
  format: "text" | "json" | "markdown" | "csv" | "html",
  path: string,
): void {
  writeFileWhole(path, WRITERS[format](report));
}

type Figures = ContractRow["deployments"];

interface Row extends Figures {
  readonly method: string;
  readonly kind: MethodRow["kind"] | "deploy";
}

function rowsOf(contract: ContractRow): Row[] {
  const { deployments } = contract;
  const deploy: Row = { method: "deploy", kind: "deploy", ...deployments };
  return [...(deployments.calls + deployments.failed > 0 ? [deploy] : []), ...contract.methods];
}

/** JSON, indented by two spaces. */
export function formatJson(report: GasReport): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

export function formatMarkdown(report: GasReport): string {
  const sections = report.contracts.map((contract) => {
    const sizes = contract.code.map(({ sizeBytes }) => `${formatNumber(sizeBytes)} bytes`).join(", ");
    const rows = rowsOf(contract).map((row) => {
      const figures = [row.calls, row.min, row.mean, row.median, row.max, row.failed];
      return `| ${escapeMarkdown(row.method)} | ${row.kind} | ${figures.map(cell).join(" | ")} |`;
    });
    const head =
      "| Method | Kind | Calls | Min | Mean | Median | Max | Failed |\n| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |";
    return `## ${escapeMarkdown(contract.name)}\n\n${sizes}\n\n${head}\n${rows.join("\n")}\n`;
  });
  return `# Gas report\n\n${sections.join("\n")}`;
}

/** One line a method, with a header line. Fields are quoted where they must be (RFC 4180), line ends are LF. */
export function formatCsv(report: GasReport): string {
  const head = ["contract", "method", "kind", "calls", "min", "mean", "median", "max", "failed"];
  const lines = report.contracts.flatMap((contract) =>
    rowsOf(contract).map((row) => [
      contract.name,
      row.method,
      row.kind,
      row.calls,
      row.min,
      row.mean,
      row.median,
      row.max,
      row.failed,
    ]),
  );
  return `${[head, ...lines].map((fields) => fields.map(csvField).join(",")).join("\n")}\n`;
}

/** A page without scripts and without anything loaded from elsewhere. */
export function formatHtml(report: GasReport): string {
  const sections = report.contracts.map((contract) => {
    const sizes = contract.code.map(({ sizeBytes }) => `${formatNumber(sizeBytes)} bytes`).join(", ");
    const rows = rowsOf(contract).map((row) => {
      const figures = [row.calls, row.min, row.mean, row.median, row.max, row.failed];
      const cells = figures.map((figure) => `<td>${cell(figure)}</td>`).join("");
      return `<tr><th scope="row">${escapeHtml(row.method)}</th><td class="kind">${row.kind}</td>${cells}</tr>`;
    });
    return `<h2>${escapeHtml(contract.name)}</h2>\n<p>${sizes}</p>\n<table>\n<thead><tr><th>Method</th><th>Kind</th><th>Calls</th><th>Min</th><th>Mean</th><th>Median</th><th>Max</th><th>Failed</th></tr></thead>\n<tbody>\n${rows.join("\n")}\n</tbody>\n</table>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Gas report</title>
<style>
:root { color-scheme: light dark; font-family: system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: 0.3rem 0.6rem; border-bottom: 1px solid #8884; }
th:first-child, th:nth-child(2), td.kind { text-align: left; }
</style>
</head>
<body>
<h1>Gas report</h1>
${sections.join("\n")}
</body>
</html>
`;
}

const WRITERS = {
  json: formatJson,
  markdown: formatMarkdown,
  csv: formatCsv,
  html: formatHtml,
  text: (report: GasReport) => `${formatGasReport(report, makeStyle(false))}\n`,
};

function cell(figure: number | null): string {
  return figure === null ? "-" : formatNumber(figure);
}

function csvField(field: string | number | null): string {
  const text = field === null ? "" : String(field);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\|`*_<>[\]]/g, "\\$&");
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
