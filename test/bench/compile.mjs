// What the engine's compilers take at most: `npm run bench -- compile`, or `-- compile 600` to look for worse for 600 seconds.
// Each kind of code is doubled up to the largest module of it that may be deployed, and compiled in full in a process of its own,
// by the baseline compiler (which a first call waits for) and by the optimising one (which hot code meets in the background).

import { spawnSync } from "node:child_process";
import { CONSTRUCTS, mixed } from "./compile-constructs.mjs";
import { fits } from "./compile-rules.mjs";

const WORKER = new URL("./compile-worker.mjs", import.meta.url).pathname;
const COMPILERS = { baseline: ["--liftoff-only"], optimising: ["--no-liftoff"] };
const MOST_MS = 2_000;
const MOST_MEGABYTES = 700;
/** Beyond these a process is ended, whatever it measures. */
const TIMEOUT_MS = 120_000;

export async function benchCompile(seconds = 0) {
  console.log("      CPU ms and MB at a quarter, half and all of the copies that may be deployed");
  const worst = { baseline: { ms: 0, megabytes: 0 }, optimising: { ms: 0, megabytes: 0 } };
  for (const [name, make] of Object.entries(CONSTRUCTS)) {
    const most = largest((n) => fits(make(n)));
    for (const compiler of Object.keys(COMPILERS)) {
      const steps = [most >> 2, most >> 1, most].map((n) => measure(compiler, name, Math.max(1, n)));
      note(worst[compiler], steps.at(-1), name);
      const cells = steps.map(({ ms, megabytes }) => `${ms.toFixed(0)} ms ${megabytes.toFixed(0)} MB`.padStart(16));
      console.log(`      ${name.padEnd(46)} ${compiler.padEnd(10)} ${String(most).padStart(7)} ${cells.join(" ")}`);
    }
  }
  const end = performance.now() + seconds * 1_000;
  for (let seed = Number(process.env.QWVM_FUZZ_SEED ?? 1); performance.now() < end; seed++) {
    const most = largest((n) => fits(mixed(seed, n)));
    for (const compiler of Object.keys(COMPILERS))
      note(worst[compiler], measure(compiler, "mixed", most, seed), `mixed, seed ${seed}, ${most} fragments`);
  }
  for (const [compiler, { ms, megabytes, slowest, fattest }] of Object.entries(worst)) {
    const met = ms <= MOST_MS && megabytes <= MOST_MEGABYTES;
    if (!met) process.exitCode = 1;
    console.log(
      `${met ? "met " : "MISS"}  ${compiler}: ${ms.toFixed(0)} ms (${slowest}), ${megabytes.toFixed(0)} MB (${fattest}); bars ${MOST_MS} ms, ${MOST_MEGABYTES} MB`,
    );
  }
}

/** The largest number for which it holds, within 2 %. */
function largest(holds) {
  let low = 1;
  let high = 2;
  while (high < 4_000_000 && holds(high)) {
    low = high;
    high *= 2;
  }
  while (high - low > Math.max(1, low / 50)) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

function measure(compiler, name, number, seed) {
  const args = [...COMPILERS[compiler], "--no-wasm-lazy-compilation", WORKER, name, String(number)];
  if (seed !== undefined) args.push(String(seed));
  const run = spawnSync(process.execPath, args, { encoding: "utf8", timeout: TIMEOUT_MS, killSignal: "SIGKILL" });
  if (run.status !== 0) {
    const how = run.signal ?? `status ${run.status}`;
    console.log(`MISS  ${name}, ${number} copies, ${compiler}: the process ended with ${how}`);
    return { ms: TIMEOUT_MS, megabytes: 0 };
  }
  const figures = JSON.parse(run.stdout);
  return figures.refused ? { ms: 0, megabytes: 0 } : figures;
}

function note(worst, { ms, megabytes }, name) {
  if (ms > worst.ms) Object.assign(worst, { ms, slowest: name });
  if (megabytes > worst.megabytes) Object.assign(worst, { megabytes, fattest: name });
}
