// Whether calls stay as fast when there is much of everything, and what memory that takes. Each row is a process of its own.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { printRow, timeProcess } from "./measure.mjs";
import { QWVM, withProject } from "./projects.mjs";

const WORKER = fileURLToPath(new URL("./scale-worker.mjs", import.meta.url));
const FLAT = 3;

export async function benchScale() {
  await withProject("token", async (project) => {
    timeProcess({ args: [QWVM, "build"], cwd: project });
    const { few, many, fewRate, manyRate } = measure(project, "entries");
    flat(`transfer, ${count(many)} : ${count(few)} storage entries`, fewRate, manyRate);
  });
  await withProject("counter", async (project) => {
    timeProcess({ args: [QWVM, "build"], cwd: project });
    const { few, many, fewRate, manyRate } = measure(project, "contracts");
    flat(`increment, ${count(many)} : ${few} contract`, fewRate, manyRate);
    const { deployed, megabytes, perSecond } = measure(project, "deployed");
    const figure = `${megabytes.toFixed(0)} MB (${count(perSecond)} a second)`;
    printRow(`${count(deployed)} contracts of different code`, figure, "1,000 MB", megabytes <= 1_000);
    const { calls, grown, whole } = measure(project, "calls");
    const growth = `${grown.toFixed(1)} MB (to ${whole.toFixed(0)} MB)`;
    printRow(`memory after ${count(calls)} calls over after 10,000`, growth, "50 MB", grown <= 50);
  });
}

function measure(project, what) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", WORKER, project, what], {
    encoding: "utf8",
    maxBuffer: 1e8,
  });
  if (status !== 0) throw new Error(`${what} ended with ${status}:\n${stderr}`);
  return JSON.parse(stdout);
}

function flat(what, fewRate, manyRate) {
  const ratio = fewRate / manyRate;
  printRow(what, `${ratio.toFixed(2)} (${count(manyRate)} : ${count(fewRate)} a second)`, FLAT, ratio <= FLAT);
}

const count = (value) => Math.round(value).toLocaleString("en");
