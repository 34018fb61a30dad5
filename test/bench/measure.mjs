// Measuring side by side: two commands, or two functions, in turn, A B A B ..., so that a machine whose speed drifts
// does not decide. Medians are reported, and the ratio or difference of each pair.

import { spawnSync } from "node:child_process";

/** The middle value; of an even count the mean of the middle two. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Wall time of one process in milliseconds; a failing command throws with what it printed. */
export function timeProcess(command) {
  const start = process.hrtime.bigint();
  outputOf(command);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** What one process prints; a failing command throws with it. */
export function outputOf({ args, cwd, env }) {
  const run = spawnSync(process.execPath, args, { cwd, env: { ...process.env, ...env }, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`node ${args.join(" ")} ended with ${run.status}:\n${run.stdout}${run.stderr}`);
  return run.stdout;
}

/**
 * Runs two commands in turn after one uncounted pair.
 * @returns medians in milliseconds, and the medians of each pair's ratio A/B and difference A-B
 */
export function pairProcesses(a, b, { pairs = 7, beforeEach = () => {} } = {}) {
  const times = { a: [], b: [] };
  for (let index = -1; index < pairs; index++) {
    beforeEach();
    const aMs = timeProcess(a);
    const bMs = timeProcess(b);
    if (index < 0) continue;
    times.a.push(aMs);
    times.b.push(bMs);
  }
  return {
    aMs: median(times.a),
    bMs: median(times.b),
    ratio: median(times.a.map((ms, index) => ms / times.b[index])),
    differenceMs: median(times.a.map((ms, index) => ms - times.b[index])),
  };
}

/** Calls a second of `work(count)`, which does `count` calls: the median of several rounds of about 300 ms. */
export function callsPerSecond(work, { rounds = 7 } = {}) {
  let count = 1000;
  for (;;) {
    const start = performance.now();
    work(count);
    const ms = performance.now() - start;
    if (ms > 200) break;
    count = Math.ceil(count * Math.min(10, 300 / Math.max(ms, 1)));
  }
  const rates = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    work(count);
    rates.push(count / ((performance.now() - start) / 1000));
  }
  return median(rates);
}

/**
 * Rates of two functions that do the same, measured in turn in rounds of about 200 ms each after an uncounted one.
 * @returns medians of calls a second, and the median of each pair's ratio A/B
 */
export function pairRates(a, b, { pairs = 7 } = {}) {
  const rate = (call) => {
    const start = performance.now();
    let calls = 0;
    for (let batch = 1, ms = 0; ms < 200; ms = performance.now() - start) {
      for (let index = 0; index < batch; index++) call();
      calls += batch;
      batch = Math.min(2 * batch, 1000);
    }
    return calls / ((performance.now() - start) / 1000);
  };
  const rates = { a: [], b: [] };
  for (let index = -1; index < pairs; index++) {
    const aRate = rate(a);
    const bRate = rate(b);
    if (index < 0) continue;
    rates.a.push(aRate);
    rates.b.push(bRate);
  }
  return {
    aRate: median(rates.a),
    bRate: median(rates.b),
    ratio: median(rates.a.map((value, index) => value / rates.b[index])),
  };
}

/** Prints one row: what, the figure, the bar, and whether it was met. */
export function printRow(what, figure, bar, met) {
  console.log(`${met ? "met " : "MISS"}  ${what.padEnd(46)} ${figure.padEnd(34)} bar: ${bar}`);
}
