// Writes a build's outputs so that nobody ever sees half of them: each file is written beside its place and renamed into
// it, the manifest last. A lock file keeps two processes from building the same folder at once.

import { randomBytes } from "node:crypto";
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { QwvmError } from "../core/errors.js";
import { hasHash, MANIFEST_NAME, type Manifest } from "./build-cache.js";
import type { BuildSettings } from "./build-options.js";
import { cannotWrite, checkApart, checkInside, isOutputPath, isPlainFile } from "./output-paths.js";

const LOCK_NAME = ".qwvm-build.lock";
const LOCK_WAIT_MS = 20;
const LOCK_LIMIT_MS = 120_000;

/** An output that is no longer one, with the hash of what was written to it. */
export type StaleOutput = readonly [path: string, hash: string];

/**
 * Replaces the outputs: writes files (path relative to the root → contents), then the manifest, and removes stale ones. If
 * anything cannot be written, all is as before.
 * @throws QwvmError `CANNOT_WRITE_OUTPUT`
 */
export function storeBuild(
  settings: BuildSettings,
  files: ReadonlyMap<string, string | Uint8Array>,
  stale: readonly StaleOutput[],
  manifest: Manifest,
): void {
  const { root, outDir } = settings;
  const manifestPath = `${outDir}/${MANIFEST_NAME}`;
  const written: [temporary: string, path: string][] = [];
  try {
    for (const file of [...files.keys(), manifestPath]) checkPlace(settings, file);
    for (const [file, contents] of files) written.push(writeBeside(join(root, file), contents));
    written.push(writeBeside(join(root, manifestPath), `${JSON.stringify(manifest, null, 1)}\n`));
    for (const [temporary, path] of written) renameSync(temporary, path);
    for (const output of stale) removeStale(settings, output);
  } catch (error) {
    for (const [temporary] of written) rmSync(temporary, { force: true });
    throw cannotWrite(error, join(root, outDir));
  }
}

/** Finds out before anything is written whether a file can have its place. */
function checkPlace({ root, outDir }: BuildSettings, file: string): void {
  if (file.startsWith(`${outDir}/`)) checkInside(root, file);
  if (statSync(join(root, file), { throwIfNoEntry: false })?.isDirectory()) {
    throw Object.assign(new Error("is a folder"), { code: "EISDIR", path: join(root, file) });
  }
}

/** Removes an output of an earlier build: only what lies in the output folder, and is just as a build wrote it. */
function removeStale({ root, outDir }: BuildSettings, [file, hash]: StaleOutput): void {
  if (isOutputPath(file, outDir) && isPlainFile(root, file) && hasHash(root, file, hash)) rmSync(join(root, file));
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
  const path = join(folder, LOCK_NAME);
  try {
    checkInside(settings.root, `${settings.outDir}/${LOCK_NAME}`);
    mkdirSync(folder, { recursive: true });
    checkApart(settings);
  } catch (error) {
    throw cannotWrite(error, folder);
  }
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
    throw cannotWrite(error, path);
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
