// The bars of the project, measured: `npm run bench`, or `npm run bench -- build run` for some of the groups.
// Every comparison is made side by side in this one run; the figures that README.md beside this file quotes are its.

import os from "node:os";
import { benchBuild } from "./build.mjs";
import { benchCalls } from "./calls.mjs";
import { benchCrypto } from "./crypto.mjs";
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

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in GROUPS));
if (unknown.length > 0) {
  console.error(`There is no group ${unknown.join(", ")}; there are ${Object.keys(GROUPS).join(", ")}.`);
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
