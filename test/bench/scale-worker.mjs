// One row of scale.mjs: `node --expose-gc scale-worker.mjs PROJECT WHAT` prints what was measured as JSON.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { callsPerSecond } from "./measure.mjs";

const [project, what] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(join(project, path)).href);
const { createQwvm, address } = await load("node_modules/qwvm/dist/index.js");
const alice = address("alice");

const MEASURES = { entries, contracts, deployed, calls };
console.log(JSON.stringify(await MEASURES[what]()));

/** Transfers to holders picked in a scattered order: between few of them, and between a million. */
async function entries() {
  const { Token } = await load("build/token.js");
  const [few, many] = [10, 1_000_000];
  const holder = (index) => `0x${(index + 1).toString(16).padStart(40, "0")}`;
  const token = createQwvm().deploy(Token, [alice], { from: alice });
  token.mint(alice, 10n ** 30n);
  let held = 0;
  const rateWith = (holders) => {
    for (; held < holders; held++) token.transfer(holder(held), 1n);
    const scattered = Array.from({ length: 50_000 }, (_, index) => holder((index * 7919) % holders));
    return callsPerSecond((calls) => {
      for (let index = 0; index < calls; index++) token.transfer(scattered[index % scattered.length], 1n);
    });
  };
  const fewRate = rateWith(few);
  return { few, many, fewRate, manyRate: rateWith(many) };
}

/** Increments of contracts picked in a scattered order. */
async function contracts() {
  const { Counter } = await load("build/counter.js");
  const [few, many] = [1, 10_000];
  const vm = createQwvm();
  const counters = Array.from({ length: many }, () => vm.deploy(Counter, [0n], { from: alice }));
  const rateOver = (number) =>
    callsPerSecond((calls) => {
      for (let index = 0; index < calls; index++) counters[(index * 7919) % number].increment(1n);
    });
  const fewRate = rateOver(few);
  return { few, many, fewRate, manyRate: rateOver(many) };
}

/** Contracts that differ in a custom section, so that none shares another's code. */
async function deployed() {
  const wasm = readFileSync(join(project, "build/counter.wasm"));
  const number = 10_000;
  const vm = createQwvm();
  const before = resident();
  const start = performance.now();
  for (let index = 0; index < number; index++) {
    const section = Buffer.from(`\0\x07\x06n${String(index).padStart(5, "0")}`);
    const raw = vm.deployWasm(Buffer.concat([wasm, section]), { args: [0n], from: alice });
    raw.execute("increment", [1n]);
  }
  const seconds = (performance.now() - start) / 1000;
  return { deployed: number, megabytes: resident() - before, perSecond: number / seconds };
}

/** Executes, queries, failures and restores; the resident memory after 10,000 calls and at the end. */
async function calls() {
  const { Counter } = await load("build/counter.js");
  const vm = createQwvm();
  const counter = vm.deploy(Counter, [0n], { from: alice });
  const number = 1_000_000;
  let first = 0;
  for (let call = 0; call < number; call += 10) {
    const clean = vm.snapshot();
    for (let index = 0; index < 7; index++) counter.increment(1n);
    counter.getCount();
    counter.receipt.increment(1n);
    try {
      counter.with({ gasLimit: 100 }).increment(1n);
    } catch {
      // Out of gas, as it should be.
    }
    vm.restore(clean);
    if (call === 10_000) first = resident();
  }
  const whole = resident();
  return { calls: number, grown: whole - first, whole };
}

function resident() {
  gc();
  gc();
  return process.memoryUsage().rss / 1e6;
}
