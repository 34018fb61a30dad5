// What a run of the fuzzer says: counts, what was refused, and every finding as source and calls to paste.

import type { Finding, Tally } from "./fuzz.js";
import type { FixFinding } from "./fuzz-fixes.js";
import type { LayoutFinding } from "./fuzz-layouts.js";
import { printProgram } from "./print-program.js";
import type { ContractCall } from "./program.js";
import { onlyCalled } from "./reduce.js";

export function summary(tally: Tally): string {
  const { programs, compilations, methods, calls, failed, long, refusals, findings } = tally;
  const lines = [
    `${programs} programs in ${compilations} compilations, ${methods} methods, ${calls} calls (${failed} failed on both sides, ${long} too long)`,
    ...[...refusals].sort(([, a], [, b]) => b - a).map(([code, count]) => `${String(count).padStart(9)}  ${code}`),
    `${findings.length} findings, ${tally.wronglyRefused.length} refusals without a reason, ${tally.wronglyAccepted.length} faults not refused`,
  ];
  return lines.join("\n");
}

export function describeFinding({ seed, difference, calls, program }: Finding, plain = false): string {
  const { call, what, model, machine } = difference;
  const small = onlyCalled(program, calls);
  const { files } = printProgram(small, plain);
  return [
    `seed ${seed}: ${what} of ${call.method}`,
    `  expected ${model}`,
    `  found    ${machine}`,
    "calls:",
    ...calls.map(describeCall),
    ...Object.entries(files).map(([path, text]) => `--- ${path}\n${text}`),
  ].join("\n");
}

function describeCall({ method, args, asQuery, value, from }: ContractCall): string {
  const shown = JSON.stringify(args, (_key, part) => (typeof part === "bigint" ? `${part}n` : part));
  return `  ${asQuery ? "query" : "execute"} ${method}(${shown.slice(1, -1)}) from ${["alice", "bob"][from]} value ${value}`;
}

export function describeRefusal({ seed, code, message, line, source }: Tally["wronglyRefused"][number]): string {
  return [`seed ${seed}: refused without a reason: ${code}`, `  ${message}`, `  ${line}`, source].join("\n");
}

export function describeAccepted({ seed, codes, source, program }: Tally["wronglyAccepted"][number]): string {
  return [
    `seed ${seed}: not refused, though it breaks ${codes.join(" or ")}`,
    source,
    ...Object.entries(program).map(([path, text]) => `--- ${path}\n${text}`),
  ].join("\n");
}

export function describeFix({ seed, what, calls, files, fixed }: FixFinding): string {
  const texts = (which: string, all: Readonly<Record<string, string>>) =>
    Object.entries(all).map(([path, text]) => `--- ${path}, ${which}\n${text}`);
  return [
    `seed ${seed}: after --fix: ${what}`,
    ...calls.map(describeCall),
    ...texts("before", files),
    ...texts("fixed", fixed),
  ].join("\n");
}

export function describeLayout({ seed, slot, stored, before, after, versions }: LayoutFinding): string {
  return [
    `seed ${seed}: a layout that passes reads ${slot} as something else`,
    `  stored ${stored} as ${before}`,
    `  read as ${after}`,
    ...versions.map((version) => JSON.stringify(version)),
  ].join("\n");
}
