// A project's settings: the "qwvm" field of its package.json. Read by the command line and by the plugin alike, so that
// `qwvm build`, `qwvm test` and plain `vitest` build the same.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { QwvmError } from "../core/errors.js";
import { suggest } from "../core/suggest.js";

export interface ProjectSettings {
  /** The folder of the contracts, relative to the project. Default: `contracts`. */
  readonly contractsDir?: string;
  /** The folder of the outputs, relative to the project. Default: `build`. */
  readonly outDir?: string;
  /** `documented` refuses contracts that need host functions beyond the nine documented ones. */
  readonly hostFunctions?: "all" | "documented";
}

const KNOWN = ["contractsDir", "outDir", "hostFunctions"];

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
    const isValid = name === "hostFunctions" ? value === "all" || value === "documented" : typeof value === "string";
    if (!isValid || value === "") {
      const hint =
        name === "hostFunctions" ? 'It is "all" or "documented".' : "It is a folder, relative to the project.";
      throw badSetting(path, `sets ${name} to ${JSON.stringify(value)}`, hint);
    }
  }
  return settings as ProjectSettings;
}

function badSetting(path: string, what: string, hint: string): QwvmError {
  return new QwvmError("BAD_SETTING", `The field "qwvm" of ${path} ${what}.`, { hint });
}
