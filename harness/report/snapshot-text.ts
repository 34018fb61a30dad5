// What `.gas-snapshot` says after a run, in words for a terminal of 80 columns.

import type { GasChange, GasRules, SnapshotComparison } from "./gas-snapshot.js";
import { formatNumber, SNAPSHOT_NAME } from "./gas-snapshot-file.js";
import type { Style } from "./style.js";

const WIDTH = 80;
const MAX_LISTED = 50;

/**
 * The lines to print, without a line end at the last.
 * @param isTrusted whether the run's figures could be written; not when tests failed
 */
export function formatComparison(
  comparison: SnapshotComparison,
  rules: GasRules,
  skipped: string | undefined,
  style: Style,
  isTrusted = true,
): string {
  const lines: string[] = [];
  const { failed, improved, stale, tolerated, unchanged, header } = comparison;
  const total = failed.length + improved.length + tolerated.length + unchanged;
  const moved = failed.length + improved.length + tolerated.length;
  if (moved > 0) lines.push(...headerLines(comparison, moved, total, style));
  const isGlobal = header.schedule !== undefined && moved > 1 && moved === total;
  if (!isGlobal) {
    lines.push(...listed(failed, (change) => changeLines(style.red("✗"), change, style)));
    const improvedMark = style.green("✓");
    lines.push(...listed(improved, (change) => changeLines(improvedMark, change, style)));
  }
  if (rules.mode === "check") lines.push(...addedLines(comparison, style));
  lines.push(...listed(stale, (label) => [`${style.red("✗")} ${label}   ${style.dim("not measured any more")}`]));
  if (tolerated.length > 0) lines.push(`${count(tolerated.length, "entry", "entries")} moved within tolerance`);
  if (skipped !== undefined) lines.push(style.dim(isTrusted ? `${skipped}; other entries are left alone` : skipped));
  lines.push(summary(comparison, rules, style, isTrusted));
  if (!isTrusted) return lines.join("\n");
  if (comparison.isDrift && rules.mode !== "update") lines.push(remedy(comparison, rules));
  else if (improved.length > 0 && rules.mode !== "update")
    lines.push("Keep the better figures: npx qwvm test --gas-update");
  return lines.join("\n");
}

function headerLines(comparison: SnapshotComparison, moved: number, total: number, style: Style): string[] {
  const { header } = comparison;
  const lines: string[] = [];
  if (header.schedule !== undefined) {
    lines.push(style.yellow(`the gas schedule changed: ${moved} of ${total} entries moved`));
  }
  if (header.asc !== undefined) lines.push(`the compiler changed: asc ${header.asc[0]} → ${header.asc[1]}`);
  if (header.qwvm !== undefined) lines.push(`qwvm changed: ${header.qwvm[0]} → ${header.qwvm[1]}`);
  if (header.schedule === undefined) {
    for (const name of header.sameWasm) {
      const why =
        header.qwvm === undefined ? "its tests call it differently, or the machine moved" : "the machine moved";
      lines.push(`${name}: same Wasm, other gas: ${why}`);
    }
  }
  return lines;
}

function changeLines(mark: string, change: GasChange, style: Style): string[] {
  const { label, before, after, delta, causes } = change;
  const percent = before.gasUsed === 0 ? "" : `  ${signed(Math.round((delta / before.gasUsed) * 1000) / 10, 1)} %`;
  const figures = `${formatNumber(before.gasUsed)} → ${formatNumber(after.gasUsed)}   ${signed(delta)}${percent}`;
  const fits = label.length + figures.length + 5 <= WIDTH;
  const first = fits ? [`${mark} ${label}   ${figures}`] : [`${mark} ${label}`, `    ${figures}`];
  const width = Math.max(...causes.map((cause) => cause.label.length + signed(cause.delta).length + 1));
  const rows = causes.map((cause) => {
    return style.dim(`    ${cause.label}${signed(cause.delta).padStart(width - cause.label.length)}`);
  });
  return [...first, ...rows];
}

function addedLines({ added, isFirst }: SnapshotComparison, style: Style): string[] {
  if (isFirst && added.length > 0) return [`${style.red("✗")} there is no ${SNAPSHOT_NAME} to check against`];
  return listed(added, (label) => [`${style.red("✗")} ${label}   ${style.dim("new, not in the snapshot")}`]);
}

function listed<Item>(items: readonly Item[], show: (item: Item) => string[]): string[] {
  const lines = items.slice(0, MAX_LISTED).flatMap(show);
  if (items.length > MAX_LISTED) lines.push(`    ... and ${items.length - MAX_LISTED} more`);
  return lines;
}

function summary(comparison: SnapshotComparison, rules: GasRules, style: Style, isTrusted: boolean): string {
  const { failed, improved, added, stale, tolerated, unchanged } = comparison;
  const parts = [
    unchanged > 0 || added.length + failed.length + improved.length + stale.length === 0
      ? count(unchanged, "entry", "entries") + (failed.length + improved.length > 0 ? " unchanged" : " as before")
      : "",
    failed.length > 0 ? `${failed.length} changed` : "",
    improved.length > 0 ? `${improved.length} improved` : "",
    tolerated.length > 0 ? `${tolerated.length} within tolerance` : "",
    added.length > 0 ? `${added.length} new${rules.mode === "check" || !isTrusted ? "" : " (written)"}` : "",
    stale.length > 0 ? `${stale.length} stale${rules.mode === "update" && isTrusted ? " (removed)" : ""}` : "",
  ].filter((part) => part !== "");
  const updated = rules.mode === "update" && isTrusted && comparison.toWrite !== undefined ? ", updated" : "";
  const text = `${SNAPSHOT_NAME}  ${parts.join(", ")}${updated}`;
  return comparison.isDrift ? style.red(text) : style.green(text);
}

function remedy(comparison: SnapshotComparison, rules: GasRules): string {
  if (rules.mode === "check" && comparison.isFirst) return "Write and commit it: npx qwvm test --gas-update";
  return "If this is what you want, commit the new figures: npx qwvm test --gas-update";
}

function count(number: number, one: string, many: string): string {
  return `${formatNumber(number)} ${number === 1 ? one : many}`;
}

function signed(value: number, digits = 0): string {
  const size = digits === 0 ? formatNumber(Math.abs(value)) : Math.abs(value).toFixed(digits);
  return `${value < 0 ? "−" : "+"}${size}`;
}
