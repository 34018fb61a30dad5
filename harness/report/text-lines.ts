// Lines for a terminal of 80 columns: columns of figures, and lists that are broken between their items.

import { escapeUnfit } from "../core/printable.js";

export const WIDTH = 80;

/** A text of a module's, which may have been made to confuse a terminal: its control characters are written as escapes. */
export function printable(text: string): string {
  return escapeUnfit(text.replaceAll("\n", "\\n"));
}

/** Items with commas between them, in lines that begin with `first` and then with as many spaces. */
export function wrapItems(first: string, items: readonly string[], separator = ", "): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const [i, item] of items.entries()) {
    const piece = i === items.length - 1 ? item : item + separator.trimEnd();
    if (!isEmpty && line.length + 1 + piece.length > WIDTH) {
      lines.push(line);
      line = " ".repeat(first.length);
      isEmpty = true;
    }
    line += isEmpty ? piece : ` ${piece}`;
    isEmpty = false;
  }
  return [...lines, line];
}

/** A text in lines after a label; `labelWidth` is what the label shows, without its colours. */
export function hanging(label: string, labelWidth: number, text: string): string[] {
  const indent = " ".repeat(labelWidth);
  const [first = "", ...more] = wrapItems(indent, printable(text).split(" "), " ");
  return [`${label}${first.slice(labelWidth)}`, ...more];
}

/** Two columns; the second goes to a line of its own where both do not fit. */
export function twoColumns(leftText: string, width: number, rightText: string): string[] {
  const [left, right] = [printable(leftText), printable(rightText)];
  if (left.length > width || width + 2 + right.length > WIDTH) {
    return left.length + 2 + right.length <= WIDTH ? [`${left}  ${right}`] : [left, `      ${right}`];
  }
  return [`${left.padEnd(width)}  ${right}`];
}

/** A table of figures: the first column to the left, the others to the right. */
export function figureTable(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const others = widths.slice(1).reduce((sum, width) => sum + width + 2, 0);
  const first = Math.min(Math.max(widths[0] ?? 0, 16), WIDTH - others);
  return rows.map(([given = "", ...figures]) => {
    const name = printable(given);
    const shown = name.length > first ? `${name.slice(0, first - 1)}…` : name.padEnd(first);
    return `${shown}${figures.map((figure, i) => `  ${figure.padStart(widths[i + 1] as number)}`).join("")}`.trimEnd();
  });
}

/** A part of a whole in percent: `94 %`, `0.3 %`. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return "";
  const share = (part / whole) * 100;
  return `${share >= 9.95 ? Math.round(share) : share.toFixed(1)} %`;
}
