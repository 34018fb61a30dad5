// The bars of the project, measured: `npm run bench`, or `npm run bench -- build run` for some of the groups.
// Fuzzing, which has no bar, runs only when it is named: `npm run bench -- fuzz 300` for 300 seconds.
// Every comparison is made side by side in this one run; the figures that README.md beside this file quotes are its.

import os from "node:os";
import { benchBuild } from "./build.mjs";
import { benchCalls } from "./calls.mjs";
import { benchCrypto } from "./crypto.mjs";
import { benchFuzz } from "./fuzz.mjs";
import { benchMetering } from "./metering.mjs";
import { benchScale } from "./scale.mjs";
import { benchSize } from "./size.mjs";

const GROUPS = {
  size: benchSize,
  build: benchBuild,
  calls: benchCalls,
  scale: benchScale,
  metering: benchMetering,
  crypto: benchCrypto,
};

const seconds = process.argv.slice(2).filter((text) => /^\d+$/.test(text));
const wanted = process.argv.slice(2).filter((text) => !/^\d+$/.test(text));
const unknown = wanted.filter((name) => !(name in GROUPS) && name !== "fuzz");
if (unknown.length > 0) {
  console.error(`There is no group ${unknown.join(", ")}; there are ${[...Object.keys(GROUPS), "fuzz"].join(", ")}.`);
  process.exit(2);
}
console.log(
  `node ${process.version}, ${os.cpus()[0].model}, ${os.cpus().length} cores, ${new Date().toISOString().slice(0, 10)}`,
);
for (const [name, bench] of Object.entries(GROUPS)) {
  if (wanted.length === 0 || wanted.includes(name)) {
    console.log(`\n${name}`);
    await bench();
  }
}
if (wanted.includes("fuzz")) {
  console.log("\nfuzz");
  await benchFuzz(...seconds.map(Number));
}
