// Copies a template into a new folder, all of it or nothing: it is written beside the target and renamed at the end.

import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { CreateError } from "./arguments.js";
import type { Answers } from "./questions.js";

/** This package's root: the compiled file lies in `dist/`. */
const PACKAGE_ROOT = fileURLToPath(new URL("..", import.meta.url));

/** npm leaves `.gitignore` out of packages, so the templates carry it under another name. */
const RENAMED: Record<string, string> = { gitignore: ".gitignore" };

/** Build products of a template that was tried out in place. */
const LEFT_OUT = new Set(["node_modules", "build", "package-lock.json"]);

export interface Project {
  /** As the user wrote it, for the messages. */
  readonly folder: string;
  readonly path: string;
  readonly packageName: string;
  readonly template: string;
}

/** This package's version, which is also that of the `qwvm` it was made for. */
export function packageVersion(): string {
  return (JSON.parse(readFileSync(join(PACKAGE_ROOT, "package.json"), "utf8")) as { version: string }).version;
}

/** Why a folder cannot be used, as a sentence, or undefined. */
export function folderProblem(folder: string, cwd: string): string | undefined {
  const path = resolve(cwd, folder);
  if (toPackageName(basename(path)) === "") {
    return `"${folder}" has no letter or digit to make a package name of. Name the folder, for example, my-contract.`;
  }
  if (!existsSync(path)) return undefined;
  const entries = tryList(path);
  if (entries === undefined) return `"${folder}" is a file. Choose a folder that does not exist yet.`;
  if (entries.length === 0) return undefined;
  return `"${folder}" exists and is not empty (${shortList(entries)}). Choose another name, or empty it first.`;
}

/**
 * Creates the project.
 * @throws CreateError when the folder cannot be used; nothing is left behind then
 */
export function scaffold(answers: Answers, cwd: string): Project {
  const problem = folderProblem(answers.folder, cwd);
  if (problem !== undefined) throw new CreateError(problem);
  const path = resolve(cwd, answers.folder);
  const packageName = toPackageName(basename(path));
  mkdirSync(dirname(path), { recursive: true });
  const draft = join(dirname(path), `.create-qwvm-contract-${process.pid}`);
  try {
    mkdirSync(draft);
    copyTemplate(join(PACKAGE_ROOT, answers.template), draft);
    nameProject(draft, packageName);
    if (existsSync(path)) rmdirSync(path);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new CreateError(`"${answers.folder}" could not be written: ${reason}`);
  }
  return { folder: answers.folder, path, packageName, template: answers.template };
}

function copyTemplate(source: string, target: string): void {
  for (const entry of readdirSync(source)) {
    if (LEFT_OUT.has(entry)) continue;
    cpSync(join(source, entry), join(target, RENAMED[entry] ?? entry), { recursive: true });
  }
}

/** Puts the project's name and this version of qwvm into its package.json, and the name on top of its README. */
function nameProject(path: string, packageName: string): void {
  const manifestPath = join(path, "package.json");
  const manifest = JSON.parse(readFileSync(manifestPath, "utf8"));
  manifest.name = packageName;
  manifest.devDependencies.qwvm = `^${packageVersion()}`;
  writeFileSync(manifestPath, `${JSON.stringify(manifest, null, 2)}\n`);
  const readmePath = join(path, "README.md");
  writeFileSync(readmePath, readFileSync(readmePath, "utf8").replace(/^# .*$/m, `# ${packageName}`));
}

/** The nearest name that npm accepts: lower case, and nothing but letters, digits, dots, dashes and underscores. */
export function toPackageName(folderName: string): string {
  const name = folderName.toLowerCase().replace(/[^a-z0-9._-]+/g, "-");
  return name.replace(/^[^a-z0-9]+|-+$/g, "").slice(0, 214);
}

function tryList(path: string): string[] | undefined {
  try {
    return readdirSync(path);
  } catch {
    return undefined;
  }
}

function shortList(entries: readonly string[]): string {
  const shown = entries.slice(0, 3).join(", ");
  return entries.length > 3 ? `${shown} and ${entries.length - 3} more` : shown;
}
