// What a build reads: the contract files below the contracts folder, the SDK's sources, the versions of the tools.
// Loads nothing heavy; build-cache answers from here whether there is anything to build.

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { QwvmError } from "../core/errors.js";

const PACKAGE_ROOT = new URL("../../", import.meta.url);

/** The contract files (`.ts`, not `.d.ts`) below a folder, relative to the root with forward slashes, sorted. */
export function listContractFiles(root: string, contractsDir: string): string[] {
  const folder = join(root, contractsDir);
  if (!existsSync(folder)) {
    throw new QwvmError("NO_CONTRACTS_FOLDER", `There is no folder ${contractsDir}/ in ${root}.`, {
      hint: `Contracts are .ts files in ${contractsDir}/. Make the folder and a contract in it, or run this where the project is.`,
    });
  }
  const files = listSources(folder).map((file) => toPosix(relative(root, file)));
  if (files.length === 0) {
    throw new QwvmError("NO_CONTRACTS", `There is no contract in ${contractsDir}/ of ${root}.`, {
      hint: `A contract is a .ts file with an exported class marked @contract, for example ${contractsDir}/counter.ts.`,
    });
  }
  return files;
}

/** The files of an ending below a folder, relative to the root with forward slashes, sorted. */
export function listFiles(root: string, folder: string, ending: string): string[] {
  return listPaths(join(root, folder), (name) => name.endsWith(ending)).map((file) => toPosix(relative(root, file)));
}

/** Hidden files are not the author's: macOS writes `._token.ts` beside `token.ts` on other systems' disks. */
function listSources(folder: string): string[] {
  return listPaths(folder, (name) => name.endsWith(".ts") && !name.endsWith(".d.ts") && !name.startsWith("."));
}

function listPaths(folder: string, isWanted: (name: string) => boolean): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === "node_modules" ? [] : listPaths(path, isWanted);
      return isWanted(entry.name) ? [path] : [];
    })
    .sort();
}

/** The SDK's AssemblyScript files: path below sdk-as without ending → text. */
export function readSdkFiles(): Map<string, string> {
  const folder = fileURLToPath(new URL("sdk-as/", PACKAGE_ROOT));
  const files = listSources(folder).map((file): [string, string] => {
    return [toPosix(relative(folder, file)).replace(/\.ts$/, ""), withoutTypeImports(readFileSync(file, "utf8"))];
  });
  return new Map(files);
}

/** The text of one of the SDK's own contracts as it is written (`erc20.ts`); undefined when there is none of that name. */
export function readSdkContract(name: string): string | undefined {
  const path = fileURLToPath(new URL(`sdk-as/contracts/${name}`, PACKAGE_ROOT));
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

let sdkNames: ReadonlySet<string> | undefined;

/** What `qwvm/sdk-as` exports. Read once. */
export function readSdkNames(): ReadonlySet<string> {
  sdkNames ??= new Set(
    [...readFileSync(new URL("sdk-as/index.ts", PACKAGE_ROOT), "utf8").matchAll(/^export \{([^}]*)\}/gm)]
      .flatMap(([, list]) => (list as string).split(","))
      .map((name) => name.trim())
      .filter((name) => name !== ""),
  );
  return sdkNames;
}

/** asc does not know the word `type` in imports, which the linter asks for. */
function withoutTypeImports(text: string): string {
  return text.replace(/^import (type )?\{[^}]*\}/gm, (clause) => clause.replace(/\btype /g, ""));
}

/** The parameters of a function that `qwvm/sdk-as` exports, as they are written there; undefined when it is none. */
export function readSdkParameters(name: string): string | undefined {
  if (!readSdkNames().has(name)) return undefined;
  for (const [path, text] of readSdkFiles()) {
    const found = path.includes("/")
      ? null
      : new RegExp(`^export function ${name}(?:<[^(]*>)?\\(([^)]*)\\)`, "m").exec(text);
    if (found !== null) return (found[1] as string).replace(/\s+/g, " ").trim().replace(/,$/, "") || "no arguments";
  }
  return undefined;
}

export interface ToolVersions {
  readonly qwvm: string;
  readonly assemblyscript: string;
  readonly binaryen: string;
}

/** The versions that decide what a build gives, read from the packages' own files. */
export function readToolVersions(): ToolVersions {
  const own = JSON.parse(readFileSync(new URL("package.json", PACKAGE_ROOT), "utf8")) as {
    version: string;
    dependencies: Record<string, string>;
  };
  return {
    qwvm: own.version,
    assemblyscript: own.dependencies["assemblyscript"] as string,
    binaryen: own.dependencies["binaryen"] as string,
  };
}

let toolsHash: string | undefined;

/**
 * Hash of what compiles: the compiler's own code, and the versions of the packages it uses that are installed. It cannot
 * change while a process runs, which has loaded its code already.
 */
export function readToolsHash(): string {
  toolsHash ??= hashOf(JSON.stringify([readToolVersions(), ...PACKAGES.map(installedVersion), ...readOwnCode()]));
  return toolsHash;
}

/** The packages that a build uses. */
const PACKAGES = ["assemblyscript", "binaryen", "ts-morph", "@ts-morph/common"];

function installedVersion(name: string): string {
  try {
    const path = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return `${name} ${(JSON.parse(readFileSync(path, "utf8")) as { version?: unknown }).version}`;
  } catch {
    return `${name} of unknown version`;
  }
}

/** The rooms that the compiler consists of: itself, and all that it imports from. */
const OWN_ROOMS = ["compiler", "core"];

function readOwnCode(): [string, string][] {
  const isCode = (name: string) => /\.(js|ts)$/.test(name) && !name.endsWith(".d.ts");
  return OWN_ROOMS.flatMap((room) => {
    const folder = fileURLToPath(new URL(`../${room}/`, import.meta.url));
    return listPaths(folder, isCode).map((file): [string, string] => [
      toPosix(relative(folder, file)),
      hashOf(readFileSync(file)),
    ]);
  });
}

/** SHA-256 in hex. */
export function hashOf(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

function toPosix(path: string): string {
  return sep === "/" ? path : path.split(sep).join("/");
}
