// Where a build may write, and what it may take away again: only files that a build itself writes, in its output folder.
// A manifest is a file like any other, and can come with a project from elsewhere, so its paths are held to this too.

import { lstatSync, realpathSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { QwvmError } from "../core/errors.js";
import type { ArtifactPaths, BuildSettings } from "./build-options.js";

const ENDINGS: Readonly<Record<keyof ArtifactPaths, string>> = {
  wasm: ".wasm",
  abi: ".abi.json",
  sourceMap: ".wasm.map",
  client: ".js",
  clientTypes: ".d.ts",
  glue: ".glue.ts",
};

/** `contracts/lib/math.ts` → `build/lib/math`: what a file's outputs are called, without their endings. */
export function outBaseOf(file: string, settings: BuildSettings): string {
  const inside = posix.relative(settings.contractsDir, file).replace(/\.ts$/, "");
  return posix.join(settings.outDir, inside);
}

/** The files that a contract is built to, relative to the root. */
export function artifactsOf(file: string, settings: BuildSettings): ArtifactPaths {
  const base = outBaseOf(file, settings);
  const { wasm, abi, sourceMap, client, clientTypes, glue } = ENDINGS;
  return {
    wasm: base + wasm,
    abi: base + abi,
    sourceMap: base + sourceMap,
    client: base + client,
    clientTypes: base + clientTypes,
    glue: base + glue,
  };
}

/** The files that the `@interface` classes of a file are built to; a contract in it has its own client under its own name. */
export function interfaceFilesOf(
  file: string,
  settings: BuildSettings,
  hasContract: boolean,
): readonly [client: string, types: string] {
  const base = `${outBaseOf(file, settings)}${hasContract ? ".interfaces" : ""}`;
  return [base + ENDINGS.client, base + ENDINGS.clientTypes];
}

/** Whether a path, relative to the root, is of a file that a build writes into this output folder. */
export function isOutputPath(path: unknown, outDir: string): path is string {
  if (typeof path !== "string" || /[\\\0]/.test(path) || posix.normalize(path) !== path) return false;
  if (!path.startsWith(`${outDir}/`)) return false;
  return Object.values(ENDINGS).some((ending) => path.endsWith(ending) && !path.endsWith(`/${ending}`));
}

/** Whether a path leads to a plain file through folders of the project alone, none of which is a symbolic link. */
export function isPlainFile(root: string, path: string): boolean {
  const steps = path.split("/");
  return steps.every((_, i) => {
    try {
      const found = lstatSync(join(root, ...steps.slice(0, i + 1)));
      return i === steps.length - 1 ? found.isFile() : found.isDirectory();
    } catch {
      return false;
    }
  });
}

/**
 * Makes sure that a file of the output folder would lie inside of the project, whatever links there are.
 * @throws QwvmError `CANNOT_WRITE_OUTPUT`
 */
export function checkInside(root: string, path: string): void {
  const home = realpathSync(root);
  let folder = dirname(join(root, path));
  let real: string | undefined;
  while (real === undefined) {
    try {
      real = realpathSync(folder);
    } catch {
      const above = dirname(folder);
      if (above === folder) return;
      folder = above;
    }
  }
  if (real === home || real.startsWith(home.endsWith("/") ? home : join(home, "/"))) return;
  throw new QwvmError("CANNOT_WRITE_OUTPUT", `${path} would be written to ${real}, which is outside of the project.`, {
    hint: `${folder} is a symbolic link, or lies behind one. Remove it, or set outDir to a folder of the project.`,
  });
}

/**
 * Makes sure that links do not bring outputs among the contracts.
 * @throws QwvmError `BAD_SETTING`
 */
export function checkApart({ root, contractsDir, outDir }: BuildSettings): void {
  const [contracts, out] = [contractsDir, outDir].map((folder) => `${realpathSync(join(root, folder))}/`) as [
    string,
    string,
  ];
  if (!contracts.startsWith(out) && !out.startsWith(contracts)) return;
  throw new QwvmError(
    "BAD_SETTING",
    `outDir ${outDir} leads to ${out.slice(0, -1)}, and the contracts are in ${contracts.slice(0, -1)}.`,
    {
      hint: `${outDir} or ${contractsDir} is a symbolic link. Outputs need a folder of their own.`,
    },
  );
}

/** An error of the file system while outputs were written, in words. */
export function cannotWrite(error: unknown, root: string): QwvmError {
  if (error instanceof QwvmError) return error;
  const { code, path, message } = error as NodeJS.ErrnoException;
  const place = path === undefined ? root : path.replace(/\.\d+\.[0-9a-f]{8}\.tmp$/, "");
  const [reason, hint] = REASONS[code ?? ""] ?? [
    message,
    "Check that it can be written to and that the disk has room.",
  ];
  return new QwvmError("CANNOT_WRITE_OUTPUT", `${place} cannot be written: ${reason}.`, {
    hint: hint.replace("FOLDER", dirname(place)),
    cause: error,
  });
}

const RIGHTS =
  "Give yourself the right to write to FOLDER. A build writes its outputs to outDir, and a layout file beside each contract.";
const IN_THE_WAY = "Move it away, or set outDir to another folder.";
const REASONS: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  EACCES: ["there is no permission", RIGHTS],
  EPERM: ["there is no permission", RIGHTS],
  EROFS: ["the file system is read-only", RIGHTS],
  EEXIST: ["there is a file where a folder is needed", IN_THE_WAY],
  ENOTDIR: ["there is a file where a folder is needed", IN_THE_WAY],
  EISDIR: ["there is a folder where a file is to be", IN_THE_WAY],
  ENAMETOOLONG: ["the name is too long", "Give the contract's file a shorter name."],
  ENOSPC: ["the disk is full", "Make room."],
};
