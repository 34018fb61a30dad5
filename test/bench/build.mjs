// The compiler's and the test command's time, as whole processes in pairs.

import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pairProcesses, printRow, timeProcess } from "./measure.mjs";
import { QWVM, ROOT, withProject } from "./projects.mjs";

const ASC = join(ROOT, "node_modules/assemblyscript/bin/asc.js");
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
  const generated = writeGeneratedSources(project);
  const { aMs, bMs, ratio } = pairProcesses(
    { args: [QWVM, "build", "--force"], cwd: project },
    { args: [ASC, generated, "-Oz", "--runtime", "stub", "--outFile", "plain.wasm"], cwd: join(project, "generated") },
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
  const figure = `+${differenceMs.toFixed(0)} ms (${aMs.toFixed(0)} ms : ${bMs.toFixed(0)} ms)`;
  printRow("cached build over node -e 0", figure, "+300 ms", differenceMs <= 300);
}

function nothingToCompile(project) {
  writeFileSync(join(project, "plain.config.mjs"), "export default {};\n");
  const { aMs, bMs, differenceMs } = pairProcesses(
    { args: [QWVM, "test"], cwd: project },
    { args: [VITEST, "run", "--config", "plain.config.mjs"], cwd: project },
  );
  const figure = `+${differenceMs.toFixed(0)} ms (${aMs.toFixed(0)} ms : ${bMs.toFixed(0)} ms)`;
  printRow("qwvm test, nothing to compile, over vitest run", figure, "+400 ms", differenceMs <= 400);
}

/** What asc sees, laid out so that plain asc can compile it; returns the entry file. */
function writeGeneratedSources(project) {
  const files = readdirSync(join(project, "build"));
  const glue = files.find((name) => name.endsWith(".glue.ts"));
  if (glue === undefined) throw new Error(`no generated source in build/: ${files.join(", ")}`);
  return join(project, "build", readFileSync(join(project, "build", glue), "utf8") === "" ? "" : glue);
}
