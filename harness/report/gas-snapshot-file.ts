// The text of `.gas-snapshot`: writing and reading it. What it means for a run is gas-snapshot.ts's.
// LF line ends, sorted, the same bytes on every platform.

import { QwvmError } from "../core/errors.js";
import { GAS_CATEGORIES, type GasBreakdown } from "../core/gas-breakdown.js";

/** The snapshot's file name, in the project's folder. */
export const SNAPSHOT_NAME = ".gas-snapshot";

/** One measured call. */
export interface SnapshotEntry {
  readonly gasUsed: number;
  /** The categories that are not zero. */
  readonly gas: Partial<GasBreakdown>;
}

/** A contract as the header lists it. */
export interface SnapshotContract {
  readonly name: string;
  /** The first eight hex digits of the module's SHA-256. */
  readonly hash: string;
  readonly sizeBytes: number;
}

/** The whole file. */
export interface GasSnapshot {
  /** `qwvm 0.1.0`, `schedule 7c1e09aa`, `asc 0.28.20 -Oz`. */
  readonly header: { readonly qwvm: string; readonly schedule: string; readonly asc: string };
  readonly contracts: readonly SnapshotContract[];
  /** By label: `Token.transfer › to a new holder`. */
  readonly entries: ReadonlyMap<string, SnapshotEntry>;
}

const TITLE = "# qwvm gas snapshot v1";
/** Where the gas ends. A longer label moves its own line alone: one new long label must not change every line. */
const GAS_COLUMN = 60;

/** The file's text. */
export function formatSnapshot(snapshot: GasSnapshot): string {
  const { qwvm, schedule, asc } = snapshot.header;
  const contracts = snapshot.contracts
    .map(({ name, hash, sizeBytes }) => `# ${name} ${hash} ${formatNumber(sizeBytes)} bytes`)
    .sort(compareText);
  const entries = [...snapshot.entries].sort(([a], [b]) => compareText(a, b)).map(formatEntry);
  return `${[TITLE, `# qwvm ${qwvm}  schedule ${schedule}  asc ${asc}`, ...contracts, ...entries].join("\n")}\n`;
}

function formatEntry([label, { gasUsed, gas }]: [string, SnapshotEntry]): string {
  const spent = GAS_CATEGORIES.filter(({ key }) => (gas[key] ?? 0) !== 0);
  const columns = spent.map((category) => `${category.label} ${formatNumber(gas[category.key] as number)}`);
  const figure = formatNumber(gasUsed).padStart(GAS_COLUMN - label.length - 2);
  return [label, figure, ...columns].join("  ");
}

/**
 * Reads the file's text.
 * @throws QwvmError `BAD_SNAPSHOT`, naming the line
 */
export function parseSnapshot(text: string): GasSnapshot {
  const lines = text
    .replace(/^\ufeff/, "")
    .replaceAll("\r\n", "\n")
    .replace(/\n$/, "")
    .split("\n");
  if (lines[0] !== TITLE) throw badLine(1, lines[0] ?? "", `the first line must be "${TITLE}"`);
  const header = /^# qwvm (\S+) {2}schedule (\S+) {2}asc (.+)$/.exec(lines[1] ?? "");
  if (header === null) throw badLine(2, lines[1] ?? "", "it must say the versions: # qwvm ...  schedule ...  asc ...");
  const contracts: SnapshotContract[] = [];
  const entries = new Map<string, SnapshotEntry>();
  for (const [index, line] of lines.slice(2).entries()) {
    const number = index + 3;
    if (line.startsWith("#")) contracts.push(parseContract(line, number));
    else {
      const [label, entry] = parseEntry(line, number);
      if (entries.has(label)) throw badLine(number, line, "the same label stands further up");
      entries.set(label, entry);
    }
  }
  const [, qwvm, schedule, asc] = header as unknown as [string, string, string, string];
  return { header: { qwvm, schedule, asc }, contracts, entries };
}

function parseContract(line: string, number: number): SnapshotContract {
  const match = /^# (.+) ([0-9a-f]{8}) (\d[\d,]*) bytes$/.exec(line);
  if (match === null) throw badLine(number, line, "a header line must name a contract: # NAME HASH SIZE bytes");
  const [, name, hash, size] = match as unknown as [string, string, string, string];
  return { name, hash, sizeBytes: parseNumber(size, number, line) };
}

function parseEntry(line: string, number: number): [string, SnapshotEntry] {
  if (/^(<{7}|={7}|>{7}|\|{7})/.test(line)) throw badLine(number, line, "a merge conflict was left unresolved");
  const [label, used, ...columns] = line.split(/ {2,}/);
  if (label === undefined || label === "" || used === undefined) {
    throw badLine(number, line, "an entry is a label, two spaces or more, and its gas");
  }
  const gas: { -readonly [Key in keyof GasBreakdown]?: number } = {};
  for (const column of columns) {
    const match = /^([a-z-]+) ([\d,]+)$/.exec(column);
    const category = GAS_CATEGORIES.find((candidate) => candidate.label === match?.[1]);
    if (category === undefined) throw badLine(number, line, `"${column}" is not a category and its gas`);
    gas[category.key] = parseNumber(match?.[2] as string, number, line);
  }
  const gasUsed = parseNumber(used, number, line);
  const sum = Object.values(gas).reduce((total, part) => total + part, 0);
  if (sum !== gasUsed)
    throw badLine(number, line, `its parts add up to ${formatNumber(sum)}, not ${formatNumber(gasUsed)}`);
  return [label, { gasUsed, gas }];
}

function parseNumber(text: string, number: number, line: string): number {
  const value = Number(text.replaceAll(",", ""));
  if (!/^\d[\d,]*$/.test(text) || !Number.isSafeInteger(value))
    throw badLine(number, line, `"${text}" is not a whole number`);
  return value;
}

function badLine(number: number, line: string, why: string): QwvmError {
  const shown = line.length > 100 ? `${line.slice(0, 97)}...` : line;
  return new QwvmError("BAD_SNAPSHOT", `${SNAPSHOT_NAME}:${number} cannot be read: ${why}.\n    ${shown}`, {
    hint: `Restore the file from your version control, or delete it and write it again: npx qwvm test --gas-update`,
  });
}

/** `1,204`. */
export function formatNumber(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** By UTF-16 units, which no locale changes. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
