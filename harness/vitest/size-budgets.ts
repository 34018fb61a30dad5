// Size budgets: the sizes that a project's package.json allows its contracts, and what is found when one is larger. Checked
// after every build, cached ones included, by the command line and by the plugin alike.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findUpToDateBuild } from "../compiler/build-cache.js";
import type { BuildResult, BuiltContract } from "../compiler/build-options.js";
import type { Diagnostic } from "../compiler/diagnostic.js";
import { QwvmError } from "../core/errors.js";
import { suggest } from "../core/suggest.js";
import { type CodeSizes, measureCode, type Origins } from "../instrument/code-sizes.js";
import { formatNumber } from "../report/gas-snapshot-file.js";
import { largestParts } from "../report/size-text.js";
import { readProjectSettings } from "./project-settings.js";
import type { SizeBudgets } from "./size-setting.js";

/** Codes of what is found here: the contracts themselves have been built. */
const CODES = ["QW195", "QW196"];

/** The contracts of a build, also of one that failed for its budgets alone. */
export function measurable(result: BuildResult, root: string): readonly BuiltContract[] {
  const errors = result.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length === 0 || !errors.every(({ code }) => CODES.includes(code))) return result.contracts;
  const { sizeBudgets: _, ...settings } = readProjectSettings(root);
  return findUpToDateBuild({ ...settings, root })?.contracts ?? [];
}

/** The result, failed when a contract is larger than its budget or a budget is of no contract. */
export function checkBudgets(result: BuildResult, budgets: SizeBudgets | undefined, root: string): BuildResult {
  if (budgets === undefined || result.diagnostics.some(({ severity }) => severity === "error")) return result;
  const found = Object.entries(budgets).flatMap(([name, budget]): Diagnostic[] => {
    const contract = result.contracts.find((candidate) => candidate.name === name);
    const place = placeInPackage(root, name);
    if (contract === undefined) return [{ ...place, ...unknownContract(name, result.contracts) }];
    return contract.sizeBytes <= budget ? [] : [{ ...place, ...tooLarge(contract, budget) }];
  });
  if (found.length === 0) return result;
  return { ...result, contracts: [], diagnostics: [...result.diagnostics, ...found] };
}

type Words = Pick<Diagnostic, "code" | "severity" | "message" | "hint">;

function tooLarge(contract: BuiltContract, budget: number): Words {
  const { name, sizeBytes } = contract;
  const over = formatNumber(sizeBytes - budget);
  return {
    code: "QW195",
    severity: "error",
    message: `${name} has ${formatNumber(sizeBytes)} bytes of code, ${over} more than its budget of ${formatNumber(budget)}.`,
    hint: `${largestParts(readSizes(contract))} qwvm build --size shows all of it.`,
  };
}

function unknownContract(name: string, contracts: readonly BuiltContract[]): Words {
  const names = contracts.map((contract) => contract.name);
  const nearest = suggest(name, names);
  const list = `The contracts are ${names.join(", ")}.`;
  return {
    code: "QW196",
    severity: "error",
    message: `sizeBudgets names ${name}, but there is no such contract.`,
    hint: nearest === undefined ? list : `Did you mean ${nearest}? ${list}`,
  };
}

/** Where package.json has a contract's budget. */
function placeInPackage(root: string, name: string): Pick<Diagnostic, "file" | "line" | "column" | "length"> {
  const text = readFileSync(join(root, "package.json"), "utf8");
  const key = JSON.stringify(name);
  const at = Math.max(0, text.indexOf(key, Math.max(0, text.indexOf('"sizeBudgets"'))));
  const before = text.slice(0, at).split("\n");
  const column = (before.at(-1) as string).length + 1;
  return { file: "package.json", line: before.length, column, length: key.length };
}

/**
 * A built contract's bytes by origin and method.
 * @throws QwvmError `NO_SIZES` when its source map is not of this version
 */
export function readSizes({ name, artifacts }: BuiltContract): CodeSizes {
  const map = JSON.parse(readFileSync(artifacts.sourceMap, "utf8")) as { x_qwvm_origins?: Origins };
  if (map.x_qwvm_origins === undefined) {
    throw new QwvmError("NO_SIZES", `The build of ${name} does not say what its code comes from.`, {
      hint: "It was made by an older version: build it again with qwvm build --force.",
    });
  }
  return measureCode(new Uint8Array(readFileSync(artifacts.wasm)), map.x_qwvm_origins);
}
