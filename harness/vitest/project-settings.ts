// A project's settings: the "qwvm" field of its package.json. Read by the command line and by the plugin alike, so that
// `qwvm build`, `qwvm test` and plain `vitest` build the same.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { QwvmError } from "../core/errors.js";
import { suggest } from "../core/suggest.js";
import { readSize, type SizeBudgets } from "./size-setting.js";

export interface ProjectSettings {
  /** The folder of the contracts, relative to the project. Default: `contracts`. */
  readonly contractsDir?: string;
  /** The folder of the outputs, relative to the project. Default: `build`. */
  readonly outDir?: string;
  /** `documented` refuses contracts that need host functions beyond the nine documented ones. */
  readonly hostFunctions?: "all" | "documented";
  /** The most bytes of code that a contract may have, by its name; written as a number or as `"4 KB"`. */
  readonly sizeBudgets?: SizeBudgets;
}

const KNOWN = ["contractsDir", "outDir", "hostFunctions", "sizeBudgets"];

/**
 * Reads the settings of the project in a folder; without a package.json, or without the field, all are defaults.
 * @throws QwvmError `BAD_PACKAGE_JSON`, `BAD_SETTING`
 */
export function readProjectSettings(root: string): ProjectSettings {
  const path = join(root, "package.json");
  if (!existsSync(path)) return {};
  let settings: unknown;
  try {
    settings = (JSON.parse(readFileSync(path, "utf8")) as { qwvm?: unknown }).qwvm;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new QwvmError("BAD_PACKAGE_JSON", `${path} cannot be read: ${reason}`, { hint: "It must be JSON.", cause });
  }
  if (settings === undefined) return {};
  if (typeof settings !== "object" || settings === null || Array.isArray(settings)) {
    throw badSetting(path, "must be an object", 'For example: "qwvm": { "contractsDir": "contracts" }.');
  }
  for (const [name, value] of Object.entries(settings)) {
    if (!KNOWN.includes(name)) {
      const nearest = suggest(name, KNOWN);
      const hint = nearest === undefined ? "" : `Did you mean ${nearest}? `;
      throw badSetting(path, `has no setting ${JSON.stringify(name)}`, `${hint}The settings are ${KNOWN.join(", ")}.`);
    }
    if (name === "sizeBudgets") continue;
    const isValid = name === "hostFunctions" ? value === "all" || value === "documented" : typeof value === "string";
    if (!isValid || value === "") {
      const hint =
        name === "hostFunctions" ? 'It is "all" or "documented".' : "It is a folder, relative to the project.";
      throw badSetting(path, `sets ${name} to ${JSON.stringify(value)}`, hint);
    }
  }
  const { sizeBudgets, ...plain } = settings as Omit<ProjectSettings, "sizeBudgets"> & { sizeBudgets?: unknown };
  return sizeBudgets === undefined ? plain : { ...plain, sizeBudgets: readBudgets(path, sizeBudgets) };
}

function readBudgets(path: string, budgets: unknown): SizeBudgets {
  if (typeof budgets !== "object" || budgets === null || Array.isArray(budgets)) {
    throw badSetting(path, `sets sizeBudgets to ${JSON.stringify(budgets)}`, `It is an object: ${BUDGETS_EXAMPLE}.`);
  }
  const read = Object.entries(budgets).map(([name, value]): [string, number] => {
    const bytes = readSize(value);
    if (bytes !== undefined) return [name, bytes];
    const hint = `A size is a number of bytes, or a text such as "4 KB" (4,096 bytes): ${BUDGETS_EXAMPLE}.`;
    throw badSetting(path, `sets the budget of ${name} to ${JSON.stringify(value)}`, hint);
  });
  return Object.fromEntries(read);
}

const BUDGETS_EXAMPLE = '"sizeBudgets": { "Counter": 1000, "Token": "4 KB" }';

function badSetting(path: string, what: string, hint: string): QwvmError {
  return new QwvmError("BAD_SETTING", `The field "qwvm" of ${path} ${what}.`, { hint });
}
