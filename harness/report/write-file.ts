// Writes a file whole or not at all: beside its place first, then renamed into it.

import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { QwvmError } from "../core/errors.js";

/** @throws QwvmError `CANNOT_WRITE` */
export function writeFileWhole(path: string, contents: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, contents);
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw new QwvmError("CANNOT_WRITE", `${path} could not be written: ${reasonOf(cause)}.`, {
      hint: "Check that its folder can be written to and that the disk has room.",
      cause,
    });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOENT: "its folder takes no files",
  ENOTDIR: "a file stands where its folder should",
  EEXIST: "a file stands where its folder should",
  ENOSPC: "no space is left",
  ENAMETOOLONG: "the name is too long",
};

/** Without the system's own words, which are about the temporary file. */
function reasonOf(cause: unknown): string {
  const code = (cause as { code?: unknown } | null)?.code;
  if (typeof code !== "string") return String(cause);
  return REASONS[code] === undefined ? code : `${REASONS[code]} (${code})`;
}
