// Example contracts, compiled into a temporary folder for the suites that need real ones.

import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ContractDefinition } from "../../harness/client/contract-types.js";
import { defineContract } from "../../harness/client/define-contract.js";
import { type BuildOptions, compileContracts } from "../../harness/compiler.js";
import type { Abi } from "../../harness/core/abi.js";
import { ROOT } from "../house/source-files.js";

/** Methods as the tests of this folder call them: with any arguments, also wrong ones. */
// biome-ignore lint/suspicious/noExplicitAny: wrong arguments are what these tests are about.
type Loose = (...args: any[]) => any;

/** The methods of every contract that these tests build. */
export type LooseMethods = Record<
  | ("transfer" | "mint" | "burn" | "balanceOf" | "bridgeOperator" | "totalSupply" | "increment" | "getCount")
  | ("forward" | "pay" | "add" | "say" | "total"),
  Loose
>;

export interface BuiltProject {
  readonly root: string;
  /** The definition of a contract, by the base name of its file. */
  definition(base: string): ContractDefinition<unknown[], LooseMethods>;
  remove(): void;
}

/** Compiles an example, or contracts given as texts by file name. */
export async function buildProject(
  source: string | Record<string, string>,
  options: Partial<BuildOptions> = {},
): Promise<BuiltProject> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "qwvm-client-")));
  if (typeof source === "string")
    cpSync(join(ROOT, "examples", source, "contracts"), join(root, "contracts"), { recursive: true });
  else {
    const { mkdirSync, writeFileSync } = await import("node:fs");
    mkdirSync(join(root, "contracts"));
    for (const [name, text] of Object.entries(source)) writeFileSync(join(root, "contracts", name), text);
  }
  const result = await compileContracts({ root, ...options });
  if (result.diagnostics.some(({ severity }) => severity === "error")) {
    throw new Error(result.diagnostics.map(({ file, line, message }) => `${file}:${line} ${message}`).join("\n"));
  }
  return {
    root,
    definition: (base) => {
      const file = (ending: string) => join(root, "build", `${base}${ending}`);
      const abi = JSON.parse(readFileSync(file(".abi.json"), "utf8")) as Abi;
      const wasm = pathToFileURL(file(".wasm"));
      return defineContract({ name: abi.name, abi, wasm, sourceMap: pathToFileURL(file(".wasm.map")) });
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
