// Reads a module's build record, and compares two modules part by part.

import { BUILD_SECTION, type BuildRecord } from "../core/build-record.js";
import { QwvmError } from "../core/errors.js";
import { type Outline, type OutlineSection, outlineModule } from "./outline.js";

const HEADER_BYTES = 8;
const TEXTS = ["qwvm", "assemblyscript", "binaryen", "sdk", "abi"];

/**
 * The module's record; undefined when it has none.
 * @throws QwvmError `BAD_BUILD_RECORD` for one that cannot be read
 */
export function readBuildRecord(wasm: Uint8Array, name: string): BuildRecord | undefined {
  const section = outlineModule(wasm).sections.find((entry) => entry.id === 0 && entry.name === BUILD_SECTION);
  if (section === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(wasm.subarray(section.start, section.end)));
  } catch {
    throw badRecord(name, "is not JSON");
  }
  if (typeof value !== "object" || value === null) throw badRecord(name, "is no object");
  const record = value as Readonly<Record<string, unknown>>;
  for (const key of TEXTS) if (typeof record[key] !== "string") throw badRecord(name, `has no text ${key}`);
  if (record["hostFunctions"] !== "all" && record["hostFunctions"] !== "documented") {
    throw badRecord(name, "has no setting hostFunctions");
  }
  if (typeof record["release"] !== "boolean") throw badRecord(name, "has no setting release");
  const { files } = record;
  if (typeof files !== "object" || files === null) throw badRecord(name, "has no files");
  const paths = Object.entries(files);
  if (paths.length === 0) throw badRecord(name, "has no files");
  for (const [path, hash] of paths) {
    // A module from anywhere must not lead out of the sources that it is held against.
    const isInside = !/^([/\\]|[a-z]:)|\0|\\/i.test(path) && !path.split("/").includes("..");
    if (!isInside || typeof hash !== "string") throw badRecord(name, `names the file ${JSON.stringify(path)}`);
  }
  return value as BuildRecord;
}

function badRecord(name: string, problem: string): QwvmError {
  return new QwvmError("BAD_BUILD_RECORD", `The build record of ${name} (section ${BUILD_SECTION}) ${problem}.`, {
    hint: "The section was not written by qwvm build, or was damaged since: build the module again.",
  });
}

/** A section that differs between two modules. */
export interface SectionDifference {
  /** `code`, `type`, `custom section qwvm.abi`, ... */
  readonly section: string;
  /** With id and size; 0 where it is missing. */
  readonly givenBytes: number;
  readonly rebuiltBytes: number;
  /** The first byte that differs, from the beginning of the given file; undefined when the section is missing there. */
  readonly offset: number | undefined;
  /** The function that byte is in, among all functions, when it is in the code section. */
  readonly functionIndex: number | undefined;
}

/** What differs, section by section; empty exactly when the bytes are the same. */
export function compareModules(given: Uint8Array, rebuilt: Uint8Array): SectionDifference[] {
  if (Buffer.compare(given, rebuilt) === 0) return [];
  const [old, now] = [outlineModule(given), outlineModule(rebuilt)];
  const [before, after] = [byName(old), byName(now)];
  const differences = [...new Set([...before.keys(), ...after.keys()])].flatMap((name) =>
    compareSections(name, given, rebuilt, before.get(name), after.get(name), old),
  );
  if (differences.length > 0) return differences;
  // The same sections in another order, another header, or bytes behind the last section.
  const offset = firstDifference(given, rebuilt, 0, 0, Math.min(given.length, rebuilt.length));
  const sizes = { givenBytes: given.length, rebuiltBytes: rebuilt.length };
  const section = offset < HEADER_BYTES ? "header" : "order of sections";
  return [{ section, ...sizes, offset, functionIndex: undefined }];
}

function compareSections(
  section: string,
  given: Uint8Array,
  rebuilt: Uint8Array,
  old: OutlineSection | undefined,
  now: OutlineSection | undefined,
  outline: Outline,
): SectionDifference[] {
  const [givenBytes, rebuiltBytes] = [old?.sizeBytes ?? 0, now?.sizeBytes ?? 0];
  if (old === undefined || now === undefined) {
    return [{ section, givenBytes, rebuiltBytes, offset: undefined, functionIndex: undefined }];
  }
  const [from, to] = [old.end - old.sizeBytes, now.end - now.sizeBytes];
  const length = Math.min(givenBytes, rebuiltBytes);
  const header = old.start - from;
  // The size before the contents differs whenever the contents do: the contents say where.
  const inside = firstDifference(given, rebuilt, old.start, now.start, Math.max(0, length - header));
  const offset = inside < old.start + length - header ? inside : firstDifference(given, rebuilt, from, to, length);
  if (givenBytes === rebuiltBytes && offset >= from + length) return [];
  const body = outline.bodies.findIndex(({ end }) => offset < end);
  const functionIndex = section === "code" && body >= 0 ? outline.importedFunctions + body : undefined;
  return [{ section, givenBytes, rebuiltBytes, offset, functionIndex }];
}

function firstDifference(a: Uint8Array, b: Uint8Array, aFrom: number, bFrom: number, length: number): number {
  let at = 0;
  while (at < length && a[aFrom + at] === b[bFrom + at]) at++;
  return aFrom + at;
}

const NAMES = [
  "",
  "type",
  "import",
  "function",
  "table",
  "memory",
  "global",
  "export",
  "start",
  "element",
  "code",
  "data",
];

function byName({ sections }: Outline): Map<string, OutlineSection> {
  const found = new Map<string, OutlineSection>();
  for (const section of sections) {
    const name = section.id === 0 ? `custom section ${section.name}` : (NAMES[section.id] ?? `section ${section.id}`);
    let unique = name;
    for (let i = 2; found.has(unique); i++) unique = `${name} (${i})`;
    found.set(unique, section);
  }
  return found;
}
