// The project's own Vitest, loaded and run in this process.

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { CliOptions } from "vitest/node";
import { QwvmError } from "../core/errors.js";
import { qwvm } from "./plugin.js";

export type VitestNode = typeof import("vitest/node");

/** The Vitest of the project; that of this package's surroundings when the project has none of its own. @throws QwvmError `NO_VITEST` */
export async function loadVitest(root: string): Promise<{ vitest: VitestNode; path: string }> {
  for (const from of [join(root, "package.json"), import.meta.url]) {
    let path: string;
    try {
      path = createRequire(from).resolve("vitest/node");
    } catch {
      continue;
    }
    return { vitest: (await import(pathToFileURL(path).href)) as VitestNode, path };
  }
  throw new QwvmError("NO_VITEST", `Vitest is not installed in ${root}.`, {
    hint: "qwvm test runs the tests with it: npm install --save-dev vitest",
  });
}

/** Runs tests with the plugin put in. @throws QwvmError `VITEST_FAILED` when it cannot start, which is mostly its configuration's fault */
export async function startVitest(vitest: VitestNode, filter: readonly string[], options: CliOptions): Promise<void> {
  try {
    const run = await vitest.startVitest("test", [...filter], options, { plugins: [qwvm()] });
    // Vitest stays on in watch mode; otherwise it ends the process, with the exit code that it has set.
    if (!run.shouldKeepServer()) await run.exit();
  } catch (cause) {
    if (cause instanceof QwvmError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new QwvmError("VITEST_FAILED", `Vitest could not start: ${reason}${ownFrames(cause)}`, {
      hint: "Check the flags that are Vitest's, and the project's vitest.config.ts.",
      cause,
    });
  }
}

/** Where in the project's own files an error came from; nothing of what is installed. */
function ownFrames(error: unknown): string {
  const lines = error instanceof Error ? (error.stack ?? "").split("\n") : [];
  const own = lines.filter(
    (line) => /^ +at /.test(line) && !/node_modules|node:|[\\/]dist[\\/]vitest[\\/]|dist[\\/]cli/.test(line),
  );
  return own.map((line) => `\n${line}`).join("");
}
