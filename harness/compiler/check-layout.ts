// Holds a build's contracts to their layout files, and says what the files are to hold after it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { printableName } from "../core/printable.js";
import { compareLayouts } from "./compare-layouts.js";
import { type Diagnostic, type Problem, placeProblems } from "./diagnostic.js";
import { LAYOUT_VERSION, type Layout, layoutOf, layoutPath, layoutText } from "./layout.js";
import type { LinkedContract } from "./link-contract.js";
import type { SourceModel } from "./model.js";
import { parseLayout } from "./parse-layout.js";
import { listFiles } from "./project-files.js";

const LAYOUT_ENDING = ".layout.json";

export interface LayoutResult {
  readonly diagnostics: readonly Diagnostic[];
  /** The layout file, relative to the root, and its text; it is the committed one's when nothing has changed. */
  readonly file: string;
  readonly text: string;
}

/** A layout file that no contract is beside, or another one. */
interface Leftover {
  readonly file: string;
  /** What it says, or what is wrong with it. */
  readonly layout: Layout | string;
  /** Whether a contract stands beside it. */
  readonly isTaken: boolean;
}

/** The layout files of one build. */
export class LayoutChecker {
  readonly #root: string;
  readonly #contractsDir: string;
  readonly #sources: readonly SourceModel[];
  #leftovers: readonly Leftover[] | undefined;

  /** @param sources all of the build's */
  constructor(root: string, contractsDir: string, sources: readonly SourceModel[]) {
    this.#root = root;
    this.#contractsDir = contractsDir;
    this.#sources = sources;
  }

  /** Checks one contract. `sources` are its file and what it imports. */
  check(contract: LinkedContract, sources: readonly SourceModel[]): LayoutResult {
    const own = sources[0] as SourceModel;
    const file = layoutPath(own.file);
    const now = layoutOf(contract, sources);
    const text = readText(join(this.#root, file));
    if (text === undefined) {
      return {
        diagnostics: placeProblems(own, this.#leftBehind(file, contract, now)),
        file,
        text: layoutText(now),
      };
    }
    const before = typeof text === "string" ? parseLayout(text) : text.problem;
    if (typeof before === "string") {
      const problem = {
        code: "QW152",
        message: `${file} cannot be read: ${before}.`,
        span: contract.own.nameSpan,
        hint: "Take it from version control again. If no version of the contract is deployed, delete it.",
      };
      return { diagnostics: placeProblems(own, [problem]), file, text: typeof text === "string" ? text : "" };
    }
    const { problems, next } = compareLayouts(before, now, contract);
    // A file that a formatter has written anew, and that says the same, stays as it is.
    const isSame = before.layoutVersion === LAYOUT_VERSION && layoutText(before) === layoutText(next);
    return { diagnostics: placeProblems(own, problems), file, text: isSame ? (text as string) : layoutText(next) };
  }

  /** A layout file that is most likely this contract's, whose own is not there: the contract was moved, or called otherwise. */
  #leftBehind(file: string, contract: LinkedContract, now: Layout): Problem[] {
    this.#leftovers ??= findLeftovers(this.#root, this.#contractsDir, this.#sources);
    const { name, nameSpan: span } = contract.own;
    const problem = (message: string, hint: string, severity: Problem["severity"] = "error"): Problem[] => [
      { code: "QW152", severity, message, span, hint },
    ];
    for (const { file: left, layout } of this.#leftovers) {
      if (typeof layout === "string" || layout.contract !== name) continue;
      return problem(
        `The layout file of ${name} is ${left}, but the contract is no longer beside it.`,
        `Move it to ${file}. If it is of another contract that is gone, delete it.`,
      );
    }
    for (const { file: left, layout, isTaken } of this.#leftovers) {
      if (isTaken) continue;
      if (typeof layout === "string") {
        return problem(
          `${name} has no layout file, and ${left}, which may be of it, cannot be read: ${layout}.`,
          `Take it from version control again, and move it to ${file}. If it is of a contract that is gone, delete it.`,
        );
      }
      const shared = layout.slots.filter((slot) => now.slots.some((other) => other.name === slot.name));
      if (shared.length === 0) continue;
      const before = printableName(layout.contract);
      const isWhole = layout.slots.every((slot) => slot.removed !== undefined || shared.includes(slot));
      const fields = shared.map((slot) => slot.name).join(", ");
      return problem(
        `${name} is new and ${before} is gone, whose layout file ${left} has the same ${shared.length === 1 ? "field" : "fields"} ${fields}.`,
        `If ${name} is ${before} under another name, move it to ${file}. If it is another contract, delete ${left}.`,
        isWhole ? "error" : "warning",
      );
    }
    return [];
  }
}

function findLeftovers(root: string, contractsDir: string, sources: readonly SourceModel[]): Leftover[] {
  return listFiles(root, contractsDir, LAYOUT_ENDING).flatMap((file): Leftover[] => {
    const beside = sources.find((source) => source.file === file.replace(LAYOUT_ENDING, ".ts"));
    const contracts = beside?.contracts.filter(({ isAbstract }) => !isAbstract) ?? [];
    const text = readText(join(root, file));
    if (text === undefined) return [];
    const layout = typeof text === "string" ? parseLayout(text) : text.problem;
    const isOwn = typeof layout === "string" || contracts.some(({ name }) => name === layout.contract);
    return contracts.length > 0 && isOwn ? [] : [{ file, layout, isTaken: contracts.length > 0 }];
  });
}

/** The text of a file; undefined when there is none, and why it cannot be read. */
function readText(path: string): string | { readonly problem: string } | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    return { problem: code === "EISDIR" ? "it is a folder" : String((error as Error).message) };
  }
}
