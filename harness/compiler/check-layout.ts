// Holds a build's contracts to their layout files, and says what the files are to hold after it.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { type Diagnostic, type Problem, placeProblems } from "./diagnostic.js";
import { compareLayouts, layoutOf, layoutPath, layoutText, parseLayout } from "./layout.js";
import type { LinkedContract } from "./link-contract.js";
import type { SourceModel } from "./model.js";

const LAYOUT_ENDING = ".layout.json";

export interface LayoutResult {
  readonly diagnostics: readonly Diagnostic[];
  /** The layout file, relative to the root, and its text; it is the committed one's when nothing has changed. */
  readonly file: string;
  readonly text: string;
}

/** Checks one contract. `sources` are its file and what it imports. */
export function checkLayout(
  root: string,
  contractsDir: string,
  contract: LinkedContract,
  sources: readonly SourceModel[],
): LayoutResult {
  const own = sources[0] as SourceModel;
  const file = layoutPath(own.file);
  const now = layoutOf(contract, sources);
  const path = join(root, file);
  if (!existsSync(path)) {
    const left = findLeftBehind(root, contractsDir, contract.own.name);
    const problems = left === undefined ? [] : [leftBehind(left, file, contract)];
    return { diagnostics: placeProblems(own, problems), file, text: layoutText(now) };
  }
  const text = readFileSync(path, "utf8");
  const before = parseLayout(text);
  if (typeof before === "string") {
    const problem = {
      code: "QW152",
      message: `${file} cannot be read: ${before}.`,
      span: contract.own.nameSpan,
      hint: "Take it from version control again. If no version of the contract is deployed, delete it.",
    };
    return { diagnostics: placeProblems(own, [problem]), file, text };
  }
  const { problems, next } = compareLayouts(before, now, contract);
  return { diagnostics: placeProblems(own, problems), file, text: layoutText(next) };
}

/** The layout file of a contract of that name whose source is no longer beside it: the contract was moved without it. */
function findLeftBehind(root: string, contractsDir: string, name: string): string | undefined {
  const files = readdirSync(join(root, contractsDir), { recursive: true, encoding: "utf8" });
  const found = files.find((file) => {
    if (!file.endsWith(LAYOUT_ENDING) || file.includes("node_modules")) return false;
    const path = join(root, contractsDir, file);
    if (existsSync(path.replace(LAYOUT_ENDING, ".ts"))) return false;
    const layout = parseLayout(readFileSync(path, "utf8"));
    return typeof layout !== "string" && layout.contract === name;
  });
  return found === undefined ? undefined : posix.join(contractsDir, found.replaceAll("\\", "/"));
}

function leftBehind(left: string, file: string, contract: LinkedContract): Problem {
  return {
    code: "QW152",
    message: `The layout file of ${contract.own.name} is ${left}, but the contract is no longer beside it.`,
    span: contract.own.nameSpan,
    hint: `Move it to ${file}. If it is of another contract that is gone, delete it.`,
  };
}
