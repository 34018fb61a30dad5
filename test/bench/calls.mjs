// Calls a second through the typed client, with metering, journal and receipt, on one core.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { callsPerSecond, printRow, timeProcess } from "./measure.mjs";
import { QWVM, withProject } from "./projects.mjs";

const BARS = {
  "counter.increment": 500_000,
  "counter.getCount": 700_000,
  "snapshot, increment, restore": 50_000,
  "deploy known code": 20_000,
  "token.transfer between holders": 300_000,
};

export async function benchCalls() {
  for (const [example, worksOf] of [
    ["counter", counterCalls],
    ["token", tokenCalls],
  ]) {
    await withProject(example, async (project) => {
      timeProcess({ args: [QWVM, "build"], cwd: project });
      for (const [what, work] of Object.entries(await worksOf(project))) report(what, callsPerSecond(work), BARS[what]);
    });
  }
}

/** What is called in the built project of the counter: by name, a function that does it `count` times. */
export async function counterCalls(project) {
  const { createQwvm, address } = await load(project, "node_modules/qwvm/dist/index.js");
  const { Counter } = await load(project, "build/counter.js");
  const vm = createQwvm();
  const counter = vm.deploy(Counter, [0n], { from: address("alice") });
  return {
    "counter.increment": (count) => {
      for (let index = 0; index < count; index++) counter.increment(1n);
    },
    "counter.getCount": (count) => {
      for (let index = 0; index < count; index++) counter.getCount();
    },
    "snapshot, increment, restore": (count) => {
      for (let index = 0; index < count; index++) {
        const clean = vm.snapshot();
        counter.increment(1n);
        vm.restore(clean);
      }
    },
    "deploy known code": (count) => {
      for (let index = 0; index < count; index++) vm.deploy(Counter, [0n]);
    },
  };
}

/** The same of the token. */
export async function tokenCalls(project) {
  const { createQwvm, address } = await load(project, "node_modules/qwvm/dist/index.js");
  const { Token } = await load(project, "build/token.js");
  const alice = address("alice");
  const bob = address("bob");
  const token = createQwvm().deploy(Token, [alice], { from: alice });
  token.mint(alice, 10n ** 30n);
  token.mint(bob, 1n);
  return {
    "token.transfer between holders": (count) => {
      for (let index = 0; index < count; index++) token.transfer(bob, 1n);
    },
  };
}

function load(project, path) {
  return import(pathToFileURL(join(project, path)).href);
}

function report(what, rate, bar) {
  const perSecond = (value) => `${Math.round(value).toLocaleString("en")} a second`;
  printRow(what, perSecond(rate), perSecond(bar), rate >= bar);
}
