// The Wasm file that a command is given.

import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { QwvmError } from "../core/errors.js";
import { type Flag, type ParsedArguments, refuseRest, usageError } from "./arguments.js";

/**
 * The one file among what is no flag.
 * @throws QwvmError `USAGE` without a file, with several, or with an unknown flag
 */
export function onlyFile(command: string, parsed: ParsedArguments, known: Readonly<Record<string, Flag>>): string {
  const rest = parsed.rest.filter((argument) => argument !== "--");
  const [file, ...others] = rest.filter((argument) => !argument.startsWith("-"));
  refuseRest(command, [...rest.filter((argument) => argument.startsWith("-")), ...others], known);
  if (file === undefined) throw usageError(`qwvm ${command} needs a file.`, `Write qwvm ${command} module.wasm.`);
  return file;
}

/** @throws QwvmError `USAGE` when there is no such file, `CANNOT_READ` when it cannot be read */
export function readModuleFile(file: string): Uint8Array {
  return new Uint8Array(readGivenFile(file));
}

/** @throws QwvmError as `readModuleFile` */
export function readGivenFile(file: string): Buffer {
  const path = resolve(file);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw usageError(`There is no file ${path}.`, "Give the path of an existing file.");
  if (stats.isDirectory()) throw usageError(`${path} is a folder.`, "Give the path of a file.");
  try {
    return readFileSync(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new QwvmError("CANNOT_READ", `${path} could not be read: ${reason}`, {
      hint: "Check that the file may be read.",
      cause,
    });
  }
}
