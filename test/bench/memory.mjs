// The most memory that one transaction of the default gas limit takes, each in a process of its own: contracts of 16 MB that call
// each other as deep as the gas lets them, with new memories and with persistent ones, of which every page changes.

import { fileURLToPath } from "node:url";
import { outputOf, printRow } from "./measure.mjs";

const WORKER = fileURLToPath(new URL("./memory-worker.mjs", import.meta.url));
const MOST_MB = 1_200;

const CASES = {
  "new memories, one byte touched of every 4 KiB": { memory: "fresh", depth: 60, stride: 4_096 },
  "persistent, one byte a page, calls itself": { memory: "kept", depth: 60, stride: 65_536 },
  "the same, twice one after the other": { memory: "kept", depth: 60, stride: 65_536, times: 2 },
  "the same, as the fourth transaction": { memory: "kept", depth: 60, stride: 65_536, before: 3 },
  "the same, grown from one page": { memory: "kept", depth: 60, stride: 65_536, pages: 1 },
  "every byte, calls itself": { memory: "kept", depth: 60, stride: 0 },
  "two contracts in turn": { memory: "kept", depth: 60, stride: 65_536, contracts: 2 },
  "two in turn, and all levels fail": { memory: "kept", depth: 60, stride: 65_536, contracts: 2, fails: true },
  "each level calls another one first": { memory: "kept", depth: 40, stride: 65_536, leaf: true },
  "two in turn, and another one first": { memory: "kept", depth: 40, stride: 0, contracts: 2, leaf: true },
  "one level, again and again": { memory: "kept", depth: 1, stride: 65_536, times: 90 },
  "one level that fails, again and again": { memory: "kept", depth: 1, stride: 65_536, times: 90, fails: true },
};

export function benchMemory() {
  for (const [what, task] of Object.entries(CASES)) {
    const { megabytes, frames, depth } = JSON.parse(outputOf({ args: [WORKER, JSON.stringify(task)] }));
    const figure = `${megabytes} MB (${frames} calls, ${depth} deep)`;
    printRow(what, figure, `${MOST_MB} MB`, megabytes <= MOST_MB);
  }
}
