// Checks sources in memory, as a build does before it compiles. The place where a finding is expected is marked in the
// source by «»: the marks are taken out before.

import { expect } from "vitest";
import { applyFileEdits, chooseFixes } from "../../harness/compiler/apply-fixes.js";
import { checkContracts } from "../../harness/compiler/check-contract.js";
import type { InterfaceFile } from "../../harness/compiler/check-interfaces.js";
import { type Diagnostic, sortDiagnostics } from "../../harness/compiler/diagnostic.js";
import type { SourceModel } from "../../harness/compiler/model.js";
import { readSources } from "../../harness/compiler/read-contract.js";

const IMPORTS = 'import * as all from "qwvm/sdk-as";\n';

export function check(
  files: Record<string, string>,
  hostFunctions: "all" | "documented" = "all",
  interfaceFile: (path: string) => InterfaceFile = () => undefined,
): Diagnostic[] {
  const sources = readSources(new Map(Object.entries(files)));
  const settings = { root: "/", contractsDir: "contracts", outDir: "build", release: false, hostFunctions };
  return sortDiagnostics(checkContracts(sources, settings, (source) => closureOf(source, sources), interfaceFile));
}

function closureOf(source: SourceModel, sources: readonly SourceModel[]): SourceModel[] {
  const found = new Set([source]);
  for (const next of found) {
    for (const { file } of next.imports) {
      const imported = sources.find((candidate) => candidate.file === file);
      if (imported !== undefined) found.add(imported);
    }
  }
  return [...found];
}

/** What is expected of a finding beside its code and place. */
export interface Expected {
  readonly hint?: RegExp;
  readonly message?: RegExp;
  readonly severity?: "error" | "warning";
  readonly hostFunctions?: "documented";
  /** Files beside the one that is marked. */
  readonly also?: Record<string, string>;
  readonly interfaceFile?: (path: string) => InterfaceFile;
}

/** Checks one file and expects exactly one finding, of this code, at the mark. */
export function expectOne(marked: string, code: string, expected: Expected = {}): Diagnostic {
  const text = IMPORTS + marked;
  const before = text.slice(0, text.indexOf("«")).split("\n");
  const files = { "contracts/a.ts": text.replace(/[«»]/g, ""), ...expected.also };
  const found = check(files, expected.hostFunctions, expected.interfaceFile);
  expect(found.map(({ code, file, line, column }) => ({ code, file, line, column }))).toEqual([
    { code, file: "contracts/a.ts", line: before.length, column: (before.at(-1) as string).length + 1 },
  ]);
  const [only] = found as [Diagnostic];
  if (expected.hint !== undefined) expect(only.hint).toMatch(expected.hint);
  if (expected.message !== undefined) expect(only.message).toMatch(expected.message);
  expect(only.severity).toBe(expected.severity ?? "error");
  return only;
}

/** Applies what can be fixed in a file, once. */
export function fixed(text: string, also: Record<string, string> = {}): string {
  const found = check({ "contracts/a.ts": text, ...also });
  const { edits } = chooseFixes(found.filter(({ file }) => file === "contracts/a.ts"));
  return applyFileEdits(text, edits);
}

export const inContract = (body: string) => `@contract\nexport class A {\n  n: u64;\n  ${body}\n}\n`;
export const inMethod = (statement: string) => inContract(`@execute go(): void {\n    ${statement}\n  }`);
