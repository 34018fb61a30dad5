// The bars of the project, measured: `npm run bench`, or `npm run bench -- build run` for some of the groups.
// The prices, a table of CPU time a gas, run only when they are named: `npm run bench -- prices`.
// Fuzzing, which has no bar, as well: `npm run bench -- fuzz 300` for 300 seconds, and
// `npm run bench -- language 300 SEED` for the contract language.
// `npm run bench -- --against COMMIT` measures another commit beside this checkout instead.
// Every comparison is made side by side in this one run; the figures that README.md beside this file quotes are its.

import os from "node:os";
import { AGAINST_GROUPS, benchAgainst } from "./against.mjs";
import { benchBuild } from "./build.mjs";
import { benchCalls } from "./calls.mjs";
import { benchCompile } from "./compile.mjs";
import { benchCrypto } from "./crypto.mjs";
import { benchFuzz } from "./fuzz.mjs";
import { benchLanguage } from "./language.mjs";
import { benchMemory } from "./memory.mjs";
import { benchMetering } from "./metering.mjs";
import { benchPrices } from "./prices.mjs";
import { benchScale } from "./scale.mjs";
import { benchSize } from "./size.mjs";
import { benchStack } from "./stack.mjs";

const GROUPS = {
  size: benchSize,
  build: benchBuild,
  calls: benchCalls,
  scale: benchScale,
  memory: benchMemory,
  stack: benchStack,
  metering: benchMetering,
  crypto: benchCrypto,
};

const NAMED = { compile: benchCompile, prices: benchPrices, fuzz: benchFuzz, language: benchLanguage };

const { commit, wanted, numbers } = readArguments(process.argv.slice(2));
console.log(
  `node ${process.version}, ${os.cpus()[0].model}, ${os.cpus().length} cores, ${new Date().toISOString().slice(0, 10)}`,
);
if (commit !== undefined) {
  await benchAgainst(commit, wanted.length === 0 ? undefined : wanted);
} else {
  for (const [name, bench] of Object.entries(GROUPS)) {
    if (wanted.length === 0 || wanted.includes(name)) {
      console.log(`\n${name}`);
      await bench();
    }
  }
  for (const [name, bench] of Object.entries(NAMED)) {
    if (wanted.includes(name)) {
      console.log(`\n${name}`);
      await bench(...numbers);
    }
  }
}

/** The groups, the commit of `--against`, and numbers, which are seconds and a seed. Ends the process for what there is not. */
function readArguments(args) {
  const at = args.indexOf("--against");
  const commit = at < 0 ? undefined : args[at + 1];
  if (at >= 0 && commit === undefined) refuse("--against needs a commit, for example --against HEAD~1.");
  const rest = at < 0 ? args : args.toSpliced(at, 2);
  const isNumber = (text) => /^\d+$/.test(text);
  const wanted = rest.filter((text) => !isNumber(text));
  const groups = commit === undefined ? [...Object.keys(GROUPS), ...Object.keys(NAMED)] : AGAINST_GROUPS;
  const unknown = wanted.filter((name) => !groups.includes(name));
  if (unknown.length > 0) refuse(`There is no group ${unknown.join(", ")}; there are ${groups.join(", ")}.`);
  return { commit, wanted, numbers: rest.filter(isNumber).map(Number) };
}

function refuse(message) {
  console.error(message);
  process.exit(2);
}
