// What `qwvm run` prints, for 80 columns: each call with its result, gas, events, logs, and why it failed.

import { GAS_CATEGORIES, type GasBreakdown } from "../core/gas-breakdown.js";
import type { Status } from "../core/outcome.js";
import { printableJson } from "../core/printable.js";
import { formatNumber } from "./gas-snapshot-file.js";
import type { Style } from "./style.js";
import { hanging, wrapItems } from "./text-lines.js";

/** A value as JSON has it, but for integers of 64 bits and more, which are bigints. */
export type Shown = unknown;

/** A value in a line: integers are numbers while JSON's are exact, else texts. */
function inLine(value: Shown): string {
  const numberOrText = (integer: bigint) => (Number.isSafeInteger(Number(integer)) ? Number(integer) : String(integer));
  return JSON.stringify(value, (_, item) => (typeof item === "bigint" ? numberOrText(item) : item));
}

/** Calls as a JSON text: of one type always in one form, so integers of 64 bits and more are texts. */
export function formatCallsJson(calls: readonly (ContractCall | FunctionCall)[]): string {
  const plain = (_: string, item: unknown) => (typeof item === "bigint" ? String(item) : (item ?? null));
  return printableJson(JSON.stringify({ calls }, plain, 2));
}

/** One call of a contract. */
export interface ContractCall {
  readonly kind: "init" | "execute" | "query";
  readonly method: string;
  /** An object by parameter names, or the bytes in hex. */
  readonly args: Shown;
  readonly from: string;
  readonly value: string;
  readonly status: Status;
  /** Undefined when it returned nothing. */
  readonly result: Shown;
  readonly gasUsed: number;
  readonly gasLimit: number;
  readonly gas: GasBreakdown;
  readonly events: readonly { readonly contract: string; readonly name: string; readonly args: Shown }[];
  readonly logs: readonly string[];
  readonly failure: CallFailure | undefined;
}

/** Why a call failed. */
export interface CallFailure {
  readonly reason: string;
  /** The contract's functions, innermost first. */
  readonly where: readonly string[];
  readonly hint: string | undefined;
}

/** One call of a plain module's function. */
export interface FunctionCall {
  readonly function: string;
  readonly args: readonly Shown[];
  readonly results: readonly Shown[];
  readonly trap: string | null;
  readonly gasUsed: number;
  readonly gasLimit: number;
}

/** The lines of one call of a contract. */
export function formatContractCall(call: ContractCall, style: Style): string {
  const { kind, method, result, failure } = call;
  const mark = failure === undefined ? style.green("✓") : style.red("✗");
  const args = isEmpty(call.args) ? "" : ` ${typeof call.args === "string" ? call.args : inLine(call.args)}`;
  const title = kind === "init" && method === "init" ? "init" : `${kind} ${method}`;
  const sent = [
    call.from === "deployer" ? [] : `from ${call.from}`,
    call.value === "0" ? [] : `value ${call.value}`,
  ].flat();
  const how = sent.length === 0 ? "" : `, ${sent.join(", ")}`;
  const lines = hanging(`${mark} `, 2, `${title}${args}${how}`);
  if (failure === undefined && result !== undefined) lines.push(...hanging("    = ", 6, inLine(result)));
  if (failure !== undefined) {
    lines.push(...hanging("    ", 4, failure.reason).map((line) => style.red(line)));
    for (const place of failure.where) lines.push(...hanging("    in  ", 8, place));
    if (failure.hint !== undefined) lines.push(...hanging("    ", 4, failure.hint));
  }
  for (const { name, args, contract } of call.events) {
    const of = contract === "" ? "" : `${contract}.`;
    lines.push(...hanging("    event  ", 11, `${of}${name} ${inLine(args)}`));
  }
  for (const text of call.logs) lines.push(...hanging("    log    ", 11, text));
  return [...lines, ...gasLines(call).map((line) => style.dim(line))].join("\n");
}

function gasLines({ kind, gas, gasUsed, gasLimit, status }: ContractCall): string[] {
  const spent = GAS_CATEGORIES.filter(({ key }) => gas[key] > 0).map(
    ({ key, label }) => `${label} ${formatNumber(gas[key])}`,
  );
  const limit = status === "out_of_gas" ? ` of ${formatNumber(gasLimit)}` : "";
  const free = kind === "query" ? " (a query is free)" : "";
  const total = `    gas ${formatNumber(gasUsed)}${limit}${free}`;
  if (spent.length === 0) return [total];
  const list = wrapItems(`${total}: `, spent);
  return list.length === 1 ? list : [total, ...wrapItems("      ", spent)];
}

/** The lines of one call of a function. */
export function formatFunctionCall(call: FunctionCall, style: Style): string {
  const { trap, results, gasUsed, gasLimit } = call;
  const mark = trap === null ? style.green("✓") : style.red("✗");
  const shown = results.length === 1 ? String(results[0]) : `(${results.join(", ")})`;
  const ending = trap !== null ? ` trapped: ${trap}` : results.length === 0 ? "" : ` = ${shown}`;
  return [
    ...hanging(`${mark} `, 2, `${call.function}(${call.args.join(", ")})${ending}`),
    style.dim(`    gas ${formatNumber(gasUsed)} of ${formatNumber(gasLimit)}`),
  ].join("\n");
}

function isEmpty(args: Shown): boolean {
  if (typeof args === "string") return args === "0x";
  return typeof args === "object" && args !== null && Object.keys(args).length === 0;
}
