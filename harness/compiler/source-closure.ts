// Which files belong together: what is read for a set of contract files, and what one of them is built from.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ts } from "ts-morph";
import type { SourceModel } from "./model.js";
import { readSdkContract } from "./project-files.js";
import { resolveImport, SDK_CONTRACTS_PATH } from "./read-contract.js";

/** The texts of files and of everything they import from the project, directly or not. */
export function readTexts(root: string, listed: readonly string[]): Map<string, string> {
  const texts = new Map<string, string>();
  const pending = [...listed];
  for (let file = pending.shift(); file !== undefined; file = pending.shift()) {
    if (texts.has(file)) continue;
    const text = readText(root, file);
    if (text === undefined) continue;
    texts.set(file, text);
    for (const { fileName } of ts.preProcessFile(text, true, true).importedFiles) {
      const imported = resolveImport(file, fileName);
      if (imported !== undefined && !imported.startsWith("../")) pending.push(imported);
    }
  }
  return texts;
}

function readText(root: string, file: string): string | undefined {
  if (file.startsWith(SDK_CONTRACTS_PATH)) return readSdkContract(file.slice(SDK_CONTRACTS_PATH.length));
  return existsSync(join(root, file)) ? readFileSync(join(root, file), "utf8") : undefined;
}

/** A file and everything it imports, itself first. */
export function closureOf(source: SourceModel, sources: readonly SourceModel[]): SourceModel[] {
  const found = new Set([source]);
  for (const next of found) {
    for (const { file } of next.imports) {
      const imported = sources.find((candidate) => candidate.file === file);
      if (imported !== undefined) found.add(imported);
    }
  }
  return [...found];
}
