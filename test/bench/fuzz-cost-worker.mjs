// One large module of compile-constructs.mjs in a process of its own: deployed, and called once with the default limit. Prints CPU ms
// of the call, CPU ms of all that goes on after it, and megabytes, as JSON.

import { setTimeout } from "node:timers/promises";
import { mixed } from "./compile-constructs.mjs";
import { fits } from "./compile-rules.mjs";

const { Chain } = await import("../../harness/chain/chain.ts");
const { alice, tryDeploy } = await import("../fixtures/wat.ts");

const seed = Number(process.argv[2]);
let count = 512;
while (count < 1_000_000 && fits(mixed(seed, 2 * count))) count *= 2;
const wasm = mixed(seed, count);

const used = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3;
};
const chain = new Chain();
const { to } = tryDeploy(chain, { name: "Large", wasm });
const before = process.memoryUsage.rss();
const start = used();
const NO_BYTES = new Uint8Array(0);
chain.send({ kind: "execute", from: alice, value: 0n, gasLimit: 10_000_000, to, method: "", args: NO_BYTES });
const called = used();
// Until the other threads have nothing to do any more.
for (let last = called, quiet = 0; quiet < 3; ) {
  await setTimeout(100);
  const now = used();
  quiet = now - last < 5 ? quiet + 1 : 0;
  last = now;
}
const megabytes = (process.resourceUsage().maxRSS * 1_024 - before) / 1e6;
console.log(JSON.stringify({ firstMs: called - start, backgroundMs: used() - called, megabytes, count }));
