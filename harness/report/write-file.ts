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
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new QwvmError("CANNOT_WRITE", `${path} could not be written: ${reason}`, {
      hint: "Check that its folder can be written to and that the disk has room.",
      cause,
    });
  }
}
