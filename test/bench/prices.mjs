// What a unit of gas buys of the processor: every operator and every host function at its worst input, code already compiled.
// Each group of cases is a process of its own. CPU time, not wall time: other work on the machine does not count.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { printRow } from "./measure.mjs";
import { CASES } from "./price-cases.mjs";

const WORKER = fileURLToPath(new URL("./prices-worker.mjs", import.meta.url));
/** Nanoseconds a gas. */
const MOST = 60;
/** With its first compilation, ten million gas may take this many nanoseconds a gas: a second. */
const MOST_FIRST = 100;

export function benchPrices() {
  const rows = [...new Set(CASES.map(({ group }) => group))].flatMap(measure);
  rows.sort((a, b) => b.nanoseconds - a.nanoseconds);
  for (const { name, nanoseconds, first } of rows) {
    const figure = `${nanoseconds.toFixed(nanoseconds < 10 ? 2 : 1)} ns a gas (${first.toFixed(1)} the first time)`;
    printRow(name, figure, `${MOST} (${MOST_FIRST})`, nanoseconds <= MOST && first <= MOST_FIRST);
  }
}

function measure(group) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [WORKER, group], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${group} ended with ${status}:\n${stderr}`);
  return JSON.parse(stdout);
}
