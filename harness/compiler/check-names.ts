// Checks that what a contract is made of can be told apart by name: its interface, its layout and its clients know events,
// errors, structs and enums by their names alone, and errors by a code that is made of it.

import type { Problem } from "./diagnostic.js";
import { codeOf } from "./error-code.js";
import { linkContract } from "./link-contract.js";
import type { SourceModel, Span } from "./model.js";
import { indexLines } from "./positions.js";
import { reachedTypes } from "./reached-types.js";

/** Something with a name, and where. */
interface NamedItem {
  readonly name: string;
  readonly file: string;
  readonly nameSpan: Span;
}

/** Problems of the names of a file with a contract. `closure` is the file and what it imports, directly or not. */
export function checkNames(source: SourceModel, closure: readonly SourceModel[]): Problem[] {
  return [...checkSameNames(source, closure), ...checkSameCodes(source, closure)];
}

/**
 * Events and errors are found by name in all of the files, and enums are told apart by it when they are compiled; of structs
 * those count that the interface or the state is made of. Files of unrelated contracts may have an enum of one name.
 */
function checkSameNames(source: SourceModel, closure: readonly SourceModel[]): Problem[] {
  const raised = closure.flatMap(({ records }) => records.filter(({ kind }) => kind !== "struct"));
  const reached = source.contracts.flatMap((own) => [...reachedTypes(linkContract(own, closure), closure).reached]);
  const here: NamedItem[] = [...source.records, ...source.enums, ...source.interfaces];
  const items = new Set<NamedItem>([
    ...source.contracts,
    ...[...raised, ...closure.flatMap(({ enums }) => enums), ...reached]
      .filter(({ file }) => file !== source.file)
      .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.nameSpan.start - b.nameSpan.start)),
    ...here,
  ]);
  const byName = new Map<string, NamedItem>();
  const problems: Problem[] = [];
  for (const item of items) {
    const other = byName.get(item.name);
    if (other === undefined) byName.set(item.name, item);
    else problems.push(sameName(item, other, source, closure));
  }
  return problems;
}

function sameName(item: NamedItem, other: NamedItem, source: SourceModel, closure: readonly SourceModel[]): Problem {
  const isHere = item.file === source.file;
  const place =
    isHere && other.file === source.file ? "" : `: ${placeOf(other, closure)} and ${placeOf(item, closure)}`;
  return {
    code: "QW107",
    message: `There are two classes named ${item.name}${place}.`,
    span: isHere ? item.nameSpan : (source.contracts[0]?.nameSpan ?? item.nameSpan),
    hint: place === "" ? "Rename one of them." : "Interface and layout know them by name: rename one of them.",
  };
}

function placeOf({ file, nameSpan }: NamedItem, closure: readonly SourceModel[]): string {
  const text = closure.find((source) => source.file === file)?.text ?? "";
  const { line, column } = indexLines(text).at(nameSpan.start);
  return `${file.replace(/^~lib\//, "")}:${line}:${column}`;
}

function checkSameCodes(source: SourceModel, closure: readonly SourceModel[]): Problem[] {
  const byCode = new Map<number, string>();
  // The file itself comes last, so that what is found is placed in it.
  const files = [...closure.filter((other) => other !== source), source];
  return files
    .flatMap(({ records }) => records)
    .flatMap(({ kind, name, file, nameSpan }): Problem[] => {
      if (kind !== "error") return [];
      const before = byCode.get(codeOf(name));
      byCode.set(codeOf(name), name);
      if (before === undefined || before === name) return [];
      const message = `The errors ${before} and ${name} have the same code.`;
      const span = file === source.file ? nameSpan : (source.contracts[0]?.nameSpan ?? nameSpan);
      return [{ code: "QW124", message, span, hint: "Rename one of them." }];
    });
}
