// Writes a build's outputs so that nobody ever sees half of them: each file is written beside its place and renamed into
// it, the manifest last. A lock file keeps two processes from building the same folder at once.

import { randomBytes } from "node:crypto";
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { QwvmError } from "../core/errors.js";
import { MANIFEST_NAME, type Manifest } from "./build-cache.js";
import type { BuildSettings } from "./build-options.js";

const LOCK_NAME = ".qwvm-build.lock";
const LOCK_WAIT_MS = 20;
const LOCK_LIMIT_MS = 120_000;

/** Replaces the outputs: writes files (path relative to the root → contents), removes stale ones, then the manifest. */
export function storeBuild(
  settings: BuildSettings,
  files: ReadonlyMap<string, string | Uint8Array>,
  stale: readonly string[],
  manifest: Manifest,
): void {
  const { root, outDir } = settings;
  const written: [temporary: string, path: string][] = [];
  try {
    for (const [file, contents] of files) written.push(writeBeside(join(root, file), contents));
    const manifestText = `${JSON.stringify(manifest, null, 1)}\n`;
    written.push(writeBeside(join(root, outDir, MANIFEST_NAME), manifestText));
    for (const file of stale) rmSync(join(root, file), { force: true });
    for (const [temporary, path] of written) renameSync(temporary, path);
  } catch (error) {
    for (const [temporary] of written) rmSync(temporary, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new QwvmError("CANNOT_WRITE_OUTPUT", `The build's outputs could not be written: ${reason}`, {
      hint: `Check that ${join(root, outDir)} can be written to and that the disk has room.`,
      cause: error,
    });
  }
}

function writeBeside(path: string, contents: string | Uint8Array): [temporary: string, path: string] {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString("hex")}.tmp`;
  writeFileSync(temporary, contents);
  return [temporary, path];
}

/** Runs `work` while no other process builds the same output folder. A lock left by a process that died is taken over. */
export async function withBuildLock<T>(settings: BuildSettings, work: () => Promise<T>): Promise<T> {
  const folder = join(settings.root, settings.outDir);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, LOCK_NAME);
  const deadline = Date.now() + LOCK_LIMIT_MS;
  while (!tryLock(path)) {
    if (isAbandoned(path)) rmSync(path, { force: true });
    else if (Date.now() > deadline) {
      throw new QwvmError("BUILD_LOCKED", `Another process has been building ${folder} for two minutes.`, {
        hint: `If none is running, delete ${path}.`,
      });
    } else await wait(LOCK_WAIT_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function tryLock(path: string): boolean {
  try {
    const file = openSync(path, "wx");
    writeFileSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Whether the process that holds the lock is gone. An empty lock is being written, unless it is a second old. */
function isAbandoned(path: string): boolean {
  try {
    const pid = Number(readFileSync(path, "utf8"));
    if (!Number.isInteger(pid) || pid <= 0) return Date.now() - statSync(path).mtimeMs > 1_000;
    if (pid === process.pid) return false;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
