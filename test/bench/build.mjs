// The compiler's and the test command's time, as whole processes in pairs.

import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pairProcesses, printRow, timeProcess } from "./measure.mjs";
import { copyAllExamples, QWVM, ROOT, withProject } from "./projects.mjs";

const ASC = join(ROOT, "node_modules/assemblyscript/bin/asc.js");
const ASC_FLAGS = ["-Oz", "--runtime", "stub", "--use", "abort=", "--sourceMap", "--outFile", "plain.wasm"];
const VITEST = join(ROOT, "node_modules/vitest/vitest.mjs");

export async function benchBuild() {
  await withProject("counter", (project) => {
    allExamples(project);
    return changeWhileWatching(project);
  });
  await withProject("counter", (project) => {
    timeProcess({ args: [QWVM, "build"], cwd: project });
    coldBuild(project);
    cachedBuild(project);
    nothingToCompile(project);
  });
}

/** All examples' contracts, cold, as one process. */
function allExamples(project) {
  copyAllExamples(project);
  const ms = timeProcess({ args: [QWVM, "build", "--force"], cwd: project });
  const { contracts } = JSON.parse(readFileSync(join(project, "build/.qwvm-build.json"), "utf8"));
  printRow(`${contracts.length} contracts, cold build`, `${(ms / 1000).toFixed(1)} s`, "30 s", ms <= 30_000);
}

/** In watch mode: from saving one of them until its diagnostics are printed, and until it is built. */
async function changeWhileWatching(project) {
  const file = join(project, "contracts/token/token.ts");
  const text = readFileSync(file, "utf8");
  const watcher = spawn(process.execPath, [QWVM, "build", "--watch"], { cwd: project });
  let printed = "";
  for (const stream of [watcher.stdout, watcher.stderr]) stream.on("data", (data) => (printed += data));
  const until = async (pattern) => {
    while (!pattern.test(printed)) await new Promise((resolve) => setTimeout(resolve, 5));
    return performance.now();
  };
  const save = async (change, pattern) => {
    printed = "";
    const start = performance.now();
    writeFileSync(file, change(text));
    return (await until(pattern)) - start;
  };
  try {
    await until(/watching/);
    const builds = [];
    const checks = [];
    for (let i = 0; i < 5; i++) {
      builds.push(await save((source) => `${source}// ${i}\n`, /built 1 contract/));
      checks.push(await save((source) => source.replace("@execute", "@exceute"), /QW101/));
    }
    const median = (times) => times.sort((a, b) => a - b)[2];
    const [built, checked] = [median(builds), median(checks)];
    printRow("one of them changed, watching: built after", `${(built / 1000).toFixed(2)} s`, "1.5 s", built <= 1_500);
    printRow("a mistake in one, watching: said after", `${(checked / 1000).toFixed(2)} s`, "1 s", checked <= 1_000);
  } finally {
    watcher.kill();
  }
}

/** `qwvm build` with nothing built, against asc -Oz on the source that it generates. */
function coldBuild(project) {
  const folder = writeGeneratedSources(project);
  const { aMs, bMs, ratio } = pairProcesses(
    { args: [QWVM, "build", "--force"], cwd: project },
    { args: [ASC, "glue/counter.ts", ...ASC_FLAGS], cwd: folder },
    { beforeEach: () => rmSync(join(project, "build"), { recursive: true, force: true }) },
  );
  const figure = `${ratio.toFixed(2)} (${aMs.toFixed(0)} ms : ${bMs.toFixed(0)} ms)`;
  printRow("cold build : asc -Oz on the same source", figure, "1.80", ratio <= 1.8);
}

function cachedBuild(project) {
  timeProcess({ args: [QWVM, "build"], cwd: project });
  const { aMs, bMs, differenceMs } = pairProcesses(
    { args: [QWVM, "build"], cwd: project },
    { args: ["-e", "0"], cwd: project },
  );
  const figure = `${differenceMs < 0 ? "" : "+"}${differenceMs.toFixed(0)} ms (${aMs.toFixed(0)} ms : ${bMs.toFixed(0)} ms)`;
  printRow("cached build over node -e 0", figure, "+300 ms", differenceMs <= 300);
}

function nothingToCompile(project) {
  writeFileSync(join(project, "plain.config.mjs"), "export default {};\n");
  const { aMs, bMs, differenceMs } = pairProcesses(
    { args: [QWVM, "test", "--gas-update"], cwd: project },
    { args: [VITEST, "run", "--config", "plain.config.mjs"], cwd: project },
  );
  const figure = `${differenceMs < 0 ? "" : "+"}${differenceMs.toFixed(0)} ms (${aMs.toFixed(0)} ms : ${bMs.toFixed(0)} ms)`;
  printRow("qwvm test, nothing to compile, over vitest run", figure, "+400 ms", differenceMs <= 400);
}

/** The generated source as files that plain asc can compile; returns their folder. */
function writeGeneratedSources(project) {
  const folder = join(project, "generated");
  const text = readFileSync(join(project, "build/counter.glue.ts"), "utf8");
  const [glue, state, contract] = text.split(/^\/\/ -{10,} .* -{10,}$/m);
  if (contract === undefined) throw new Error("build/counter.glue.ts does not have the three parts that are expected");
  const sdk = join(folder, "node_modules/qwvm/sdk-as");
  cpSync(join(ROOT, "sdk-as"), sdk, { recursive: true });
  rmSync(join(sdk, "editor"), { recursive: true });
  for (const path of readdirSync(sdk, { recursive: true }).filter((name) => name.endsWith(".ts"))) {
    // asc knows no `import type`; `qwvm build` takes the word out, too.
    const file = join(sdk, path);
    writeFileSync(file, readFileSync(file, "utf8").replace(/^import type /gm, "import "));
  }
  writeFileSync(join(sdk, "storage/state.ts"), state);
  for (const [path, part] of [
    ["contracts/counter.ts", contract],
    ["glue/counter.ts", glue],
  ]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), part);
  }
  return folder;
}
