// What a module costs the machine, beside what it answers: CPU time and memory of its first call, and CPU time for each gas of later
// ones. Small modules are measured in this process, and again before anything is said, for other work makes noise; large ones,
// near what may be deployed, in a process of their own (`fuzz-cost-worker.mjs`).

import { spawnSync } from "node:child_process";

/** CPU ms that a first call may take, and code that is hot by then in the background; megabytes of both. */
const MOST_FIRST_MS = 2_000;
const MOST_BACKGROUND_MS = 2_000;
const MOST_MEGABYTES = 700;
/** CPU time for each gas, and what a call may take whatever it costs. */
const MOST_NS_PER_GAS = 60;
const FLOOR_MS = 20;
const ATTEMPTS = 3;
const WORKER = new URL("./fuzz-cost-worker.mjs", import.meta.url).pathname;
const TIMEOUT_MS = 120_000;

/** The largest figures so far. */
export const newWorst = () => ({ firstMs: 0, nsPerGas: 0, backgroundMs: 0, megabytes: 0 });

/**
 * Measures calls of a small module on new machines.
 * @param run deploys the module and gives a function that calls it and returns the gas used; undefined when it is refused
 * @returns what is wrong, or undefined
 */
export function checkCosts(run, worst) {
  let first;
  let later;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const call = run();
    if (call === undefined) return undefined;
    const one = timed(call);
    const two = timed(call);
    first = least(first, one);
    later = least(later, two);
    if (first.ms <= FLOOR_MS && later.ms <= FLOOR_MS) break;
  }
  worst.firstMs = Math.max(worst.firstMs, first.ms);
  if (first.ms > MOST_FIRST_MS) return `its first call takes ${first.ms.toFixed(0)} ms`;
  if (later.ms <= FLOOR_MS) return undefined;
  const nsPerGas = (later.ms * 1e6) / Math.max(later.gas, 1);
  worst.nsPerGas = Math.max(worst.nsPerGas, nsPerGas);
  return nsPerGas > MOST_NS_PER_GAS ? `${later.gas} gas take ${later.ms.toFixed(0)} ms` : undefined;
}

function timed(call) {
  const start = process.cpuUsage();
  const gas = call();
  const { user, system } = process.cpuUsage(start);
  return { ms: (user + system) / 1e3, gas };
}

const least = (a, b) => (a === undefined || b.ms < a.ms ? b : a);

/**
 * Measures a large module of `mixed` in a process of its own.
 * @returns what is wrong, or undefined
 */
export function checkLarge(seed, worst) {
  const args = [WORKER, String(seed)];
  const run = spawnSync(process.execPath, args, { encoding: "utf8", timeout: TIMEOUT_MS, killSignal: "SIGKILL" });
  if (run.status !== 0)
    return `the process ended with ${run.signal ?? `status ${run.status}`}: ${run.stderr.slice(-300)}`;
  const { firstMs, backgroundMs, megabytes } = JSON.parse(run.stdout);
  worst.firstMs = Math.max(worst.firstMs, firstMs);
  worst.backgroundMs = Math.max(worst.backgroundMs, backgroundMs);
  worst.megabytes = Math.max(worst.megabytes, megabytes);
  if (firstMs > MOST_FIRST_MS) return `its first call takes ${firstMs.toFixed(0)} ms`;
  if (backgroundMs > MOST_BACKGROUND_MS) return `its code takes ${backgroundMs.toFixed(0)} ms after the call`;
  return megabytes > MOST_MEGABYTES ? `it takes ${megabytes.toFixed(0)} MB` : undefined;
}
