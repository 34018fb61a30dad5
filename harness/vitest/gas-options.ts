// The gas options: from the command line, from the plugin, from the environment, and their defaults.

import { QwvmError } from "../core/errors.js";
import type { GasMode, GasRules } from "../report/gas-snapshot.js";

export type ReportFormat = "text" | "json" | "markdown" | "csv" | "html";

export const REPORT_FORMATS: readonly ReportFormat[] = ["text", "json", "markdown", "csv", "html"];

/** Options as given; what is undefined has a default. */
export interface GasOptions {
  /** `off` measures nothing against the snapshot. Default: `check` when `CI` is set, else `write`. */
  readonly mode?: GasMode | "off" | undefined;
  /** `"2%"` of an entry's gas, or `"200"` gas; the larger one counts. Default: exact. */
  readonly tolerance?: readonly string[] | undefined;
  readonly strict?: boolean | undefined;
  /** Reports to make, each a format or `format:file`; empty for none. */
  readonly reports?: readonly string[] | undefined;
}

/** A report to make. Without a file, text goes to the terminal. */
export interface ReportRequest {
  readonly format: ReportFormat;
  readonly file: string | undefined;
}

export interface GasSettings {
  /** Undefined when the snapshot is off. */
  readonly rules: GasRules | undefined;
  readonly reports: readonly ReportRequest[];
}

/**
 * Settles options against defaults; the first that says something counts.
 * @param showsReport whether a text report is printed when nothing is said about reports
 * @throws QwvmError `BAD_TOLERANCE`, `BAD_REPORT_FORMAT`
 */
export function resolveGasOptions(
  given: readonly GasOptions[],
  showsReport: boolean,
  env: NodeJS.ProcessEnv = process.env,
): GasSettings {
  const pick = <Key extends keyof GasOptions>(key: Key) => given.find((options) => options[key] !== undefined)?.[key];
  const mode = pick("mode") ?? (isCi(env) ? "check" : "write");
  const tolerance = parseTolerance(pick("tolerance") ?? []);
  const reports = (pick("reports") ?? (showsReport ? ["text"] : [])).map(parseReport);
  return { rules: mode === "off" ? undefined : { mode, tolerance, strict: pick("strict") ?? false }, reports };
}

/** Whether this is a continuous integration, by the variable that all of them set. */
export function isCi(env: NodeJS.ProcessEnv): boolean {
  const value = env["CI"];
  return value !== undefined && value !== "" && value !== "0" && value !== "false";
}

/** @throws QwvmError `BAD_TOLERANCE` */
export function parseTolerance(texts: readonly string[]): GasRules["tolerance"] {
  const tolerance = { percent: 0, gas: 0 };
  for (const text of texts) {
    const match = /^(\d+(?:\.\d+)?)\s*%$|^(\d[\d_,]*)$/.exec(text.trim());
    if (match === null) {
      throw new QwvmError(
        "BAD_TOLERANCE",
        `The gas tolerance ${JSON.stringify(text)} is neither a percentage nor gas.`,
        {
          hint: "Write --gas-tolerance 2% or --gas-tolerance 200; with both, the larger one counts.",
        },
      );
    }
    if (match[1] !== undefined) tolerance.percent = Number(match[1]);
    else tolerance.gas = Number((match[2] as string).replace(/[_,]/g, ""));
  }
  return tolerance;
}

/** The file each format is written to when none is given. */
const DEFAULT_FILES: Record<Exclude<ReportFormat, "text">, string> = {
  json: "gas-report.json",
  markdown: "gas-report.md",
  csv: "gas-report.csv",
  html: "gas-report.html",
};

/** @throws QwvmError `BAD_REPORT_FORMAT` */
export function parseReport(text: string): ReportRequest {
  const colon = text.indexOf(":");
  const format = (colon < 0 ? text : text.slice(0, colon)) as ReportFormat;
  if (!REPORT_FORMATS.includes(format)) {
    throw new QwvmError("BAD_REPORT_FORMAT", `There is no gas report ${JSON.stringify(text)}.`, {
      hint: `Write --gas-report=FORMAT or --gas-report=FORMAT:FILE, with one of ${REPORT_FORMATS.join(", ")}.`,
    });
  }
  const file = colon < 0 ? undefined : text.slice(colon + 1);
  if (file === "") {
    throw new QwvmError("BAD_REPORT_FORMAT", `The gas report ${JSON.stringify(text)} names no file.`, {
      hint: `Write --gas-report=${format}:FILE, or leave the colon out.`,
    });
  }
  return { format, file: file ?? (format === "text" ? undefined : DEFAULT_FILES[format]) };
}
