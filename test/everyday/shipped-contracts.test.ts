// The contracts that are shipped build without a diagnostic: all examples and the templates. Those of the
// library are built, and held to it, by the suites that run them (test/fixtures/library.ts).

import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { compileContracts } from "../../harness/compiler.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A project that is removed when the test ends. */
function newProject(): string {
  const root = mkdtempSync(join(tmpdir(), "qwvm-shipped-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, "contracts"));
  return root;
}

async function diagnosticsOf(root: string): Promise<string[]> {
  const { diagnostics, contracts } = await compileContracts({ root });
  if (diagnostics.length === 0) expect(contracts.length).toBeGreaterThan(0);
  return diagnostics.map(({ code, message, file, line }) => `${code} ${file}:${line} ${message}`);
}

function withContracts(folder: string): string[] {
  return readdirSync(join(ROOT, folder)).filter((name) => existsSync(join(ROOT, folder, name, "contracts")));
}

test.each(["examples", "templates"])("%s", async (folder) => {
  const names = withContracts(folder);
  expect(names.length).toBeGreaterThanOrEqual(folder === "examples" ? 7 : 2);
  const root = newProject();
  for (const name of names) {
    cpSync(join(ROOT, folder, name, "contracts"), join(root, "contracts", name), { recursive: true });
  }
  expect(await diagnosticsOf(root)).toEqual([]);
});
