// A project in a temporary folder, and the command run in it as its users run it: as a process of its own.

import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ROOT } from "../house/source-files.js";

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Project {
  readonly root: string;
  path(file: string): string;
  read(file: string): string;
  has(file: string): boolean;
  write(file: string, text: string): void;
  /** Replaces a text in a file; it must be there. */
  edit(file: string, from: string, to: string): void;
  /** Runs `qwvm` with these arguments. */
  qwvm(args: readonly string[], env?: Record<string, string>): Run;
  /** Runs plain `vitest run`. */
  vitest(args: readonly string[], env?: Record<string, string>): Run;
  remove(): void;
}

/** Makes a project, with the contracts of an example if one is named. */
export function makeProject(example?: string): Project {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "qwvm-cli-")));
  mkdirSync(join(root, "node_modules"));
  symlinkSync(ROOT, join(root, "node_modules/qwvm"), "junction");
  symlinkSync(join(ROOT, "node_modules/vitest"), join(root, "node_modules/vitest"), "junction");
  writeFileSync(join(root, "package.json"), '{ "type": "module" }\n');
  if (example !== undefined) {
    for (const folder of ["contracts", "test"]) {
      cpSync(join(ROOT, "examples", example, folder), join(root, folder), { recursive: true });
    }
  }
  const path = (file: string) => join(root, file);
  const run = (args: readonly string[], env: Record<string, string>): Run => {
    const plain = {
      ...process.env,
      NO_COLOR: "1",
      FORCE_COLOR: "",
      CI: "",
      VITEST: "",
      TEST: "",
      NODE_ENV: "",
      ...env,
    };
    const result = spawnSync(process.execPath, args, { cwd: root, env: plain, encoding: "utf8", timeout: 60_000 });
    return { code: result.status, out: result.stdout, err: result.stderr };
  };
  const project: Project = {
    root,
    path,
    read: (file) => readFileSync(path(file), "utf8"),
    has: (file) => existsSync(path(file)),
    write: (file, text) => {
      mkdirSync(dirname(path(file)), { recursive: true });
      writeFileSync(path(file), text);
    },
    edit: (file, from, to) => {
      const text = project.read(file);
      if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
      project.write(file, text.replace(from, to));
    },
    qwvm: (args, env = {}) => run([join(ROOT, "dist/cli/bin.js"), ...args], env),
    vitest: (args, env = {}) => run([join(ROOT, "node_modules/vitest/vitest.mjs"), "run", ...args], env),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
  return project;
}
