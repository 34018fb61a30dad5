// What may be refused is measured, too: everyday constructs build without an error or a warning, and give what they say.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ContractDefinition } from "../../harness/client/contract-types.js";
import { defineContract } from "../../harness/client/define-contract.js";
import type { BuildResult } from "../../harness/compiler.js";
import { compileContracts } from "../../harness/compiler.js";
import type { Abi } from "../../harness/core/abi.js";
import { address, createQwvm } from "../../harness/index.js";
import { CONSTRUCTS, FIELDS, FILE, HELPERS } from "./constructs.js";

// biome-ignore lint/suspicious/noExplicitAny: any of the methods, with any arguments.
type Loose = Record<string, (...args: any[]) => any>;

const SOURCE = `${FILE}
@contract export class Everyday {
  ${FIELDS}
${CONSTRUCTS.map(({ source }) => `  ${source}`).join("\n")}
}
`;

let root: string;
let result: BuildResult;
let definition: ContractDefinition<unknown[], Loose> | undefined;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "qwvm-everyday-"));
  for (const [path, text] of Object.entries({ "contracts/everyday.ts": SOURCE, "contracts/lib/tools.ts": HELPERS })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  result = await compileContracts({ root });
  if (result.contracts.length === 0) return;
  const file = (ending: string) => join(root, `build/everyday${ending}`);
  const abi = JSON.parse(readFileSync(file(".abi.json"), "utf8")) as Abi;
  definition = defineContract({ name: abi.name, abi, wasm: pathToFileURL(file(".wasm")) });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("none of them has a diagnostic", () => {
  const lines = SOURCE.split("\n");
  expect(result.diagnostics.map(({ code, message, line }) => `${code} ${message} ${lines[(line ?? 1) - 1]}`)).toEqual(
    [],
  );
});

test("there are sixty at least", () => {
  expect(new Set(CONSTRUCTS.map(({ name }) => name)).size).toBeGreaterThanOrEqual(60);
});

test.each(CONSTRUCTS.map((construct) => [construct.name, construct] as const))("%s", (name, { calls }) => {
  const alice = address("alice");
  const contract = createQwvm().deploy(definition as NonNullable<typeof definition>, [], {
    from: alice,
  }) as unknown as Loose;
  for (const { args = [], gives } of calls) expect(contract[name]?.(...args)).toEqual(gives);
});
