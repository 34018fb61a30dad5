// The compiler's and the test command's time, as whole processes in pairs.

import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pairProcesses, printRow, timeProcess } from "./measure.mjs";
import { QWVM, ROOT, withProject } from "./projects.mjs";

const ASC = join(ROOT, "node_modules/assemblyscript/bin/asc.js");
const ASC_FLAGS = ["-Oz", "--runtime", "stub", "--use", "abort=", "--sourceMap", "--outFile", "plain.wasm"];
const VITEST = join(ROOT, "node_modules/vitest/vitest.mjs");

export async function benchBuild() {
  await withProject("counter", (project) => {
    timeProcess({ args: [QWVM, "build"], cwd: project });
    coldBuild(project);
    cachedBuild(project);
    nothingToCompile(project);
  });
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
