// Calls a second through the typed client, with metering, journal and receipt, on one core.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { callsPerSecond, printRow, timeProcess } from "./measure.mjs";
import { QWVM, withProject } from "./projects.mjs";

export async function benchCalls() {
  await withProject("counter", async (project) => {
    timeProcess({ args: [QWVM, "build"], cwd: project });
    const { createQwvm, address } = await import(pathToFileURL(join(project, "node_modules/qwvm/dist/index.js")).href);
    const { Counter } = await import(pathToFileURL(join(project, "build/counter.js")).href);
    const vm = createQwvm();
    const counter = vm.deploy(Counter, [0n], { from: address("alice") });
    const increments = callsPerSecond((count) => {
      for (let index = 0; index < count; index++) counter.increment(1n);
    });
    report("counter.increment", increments, 500_000);
    const queries = callsPerSecond((count) => {
      for (let index = 0; index < count; index++) counter.getCount();
    });
    report("counter.getCount", queries, 700_000);
    const restores = callsPerSecond((count) => {
      for (let index = 0; index < count; index++) {
        const clean = vm.snapshot();
        counter.increment(1n);
        vm.restore(clean);
      }
    });
    report("snapshot, increment, restore", restores, 50_000);
    const deployments = callsPerSecond((count) => {
      for (let index = 0; index < count; index++) vm.deploy(Counter, [0n]);
    });
    report("deploy known code", deployments, 20_000);
  });
  await withProject("token", async (project) => {
    timeProcess({ args: [QWVM, "build"], cwd: project });
    const { createQwvm, address } = await import(pathToFileURL(join(project, "node_modules/qwvm/dist/index.js")).href);
    const { Token } = await import(pathToFileURL(join(project, "build/token.js")).href);
    const alice = address("alice");
    const bob = address("bob");
    const token = createQwvm().deploy(Token, [alice], { from: alice });
    token.mint(alice, 10n ** 30n);
    token.mint(bob, 1n);
    const transfers = callsPerSecond((count) => {
      for (let index = 0; index < count; index++) token.transfer(bob, 1n);
    });
    report("token.transfer between holders", transfers, 300_000);
  });
}

function report(what, rate, bar) {
  const perSecond = (value) => `${Math.round(value).toLocaleString("en")} a second`;
  printRow(what, perSecond(rate), perSecond(bar), rate >= bar);
}
