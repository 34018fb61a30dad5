// The engine's own stack against the counted one: whichever compiler made the code, and however little of the native stack
// there is, a transaction comes to the same. Each row is a process of its own (stack-worker.mjs); other versions of Node by
// `node-of-that-version test/bench/run.mjs stack`.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { printRow } from "./measure.mjs";

const WORKER = fileURLToPath(new URL("./stack-worker.mjs", import.meta.url));

const ROWS = [
  ["cold, then warm", []],
  ["optimised from the start (--no-liftoff)", ["--no-liftoff"]],
  ["no change of compilers (--no-wasm-tier-up)", ["--no-wasm-tier-up"]],
  ["baseline alone (--liftoff-only)", ["--liftoff-only"]],
  ["a native stack of 300 KB, cold, then warm", ["--stack-size=300"]],
];

export function benchStack() {
  let first;
  for (const [what, flags] of ROWS) {
    const found = run(flags);
    first ??= found;
    const entries = Object.entries(found);
    const isOne = entries.every(
      ([name, { isOne, outcomes }]) => isOne && String(outcomes) === String(first[name].outcomes),
    );
    const [worst, { leftKb }] = entries.reduce((least, entry) => (entry[1].leftKb < least[1].leftKb ? entry : least));
    const replays = entries.reduce((sum, [, shape]) => sum + shape.replays, 0);
    const figure = `${isOne ? "one outcome" : "DIFFERENT"}, least left ${leftKb} KB (${worst}), ${replays} on the deep stack`;
    printRow(what, figure, "one outcome", isOne);
  }
}

function run(flags) {
  const kb = flags.find((flag) => flag.startsWith("--stack-size="))?.split("=")[1] ?? "984";
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [...flags, WORKER], {
    encoding: "utf8",
    env: { ...process.env, QWVM_STACK_KB: kb },
  });
  if (status !== 0) throw new Error(`${flags.join(" ")} ended with ${status ?? signal}:\n${stderr}`);
  return JSON.parse(stdout);
}
