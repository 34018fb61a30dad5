// This checkout beside another commit: `npm run bench -- --against COMMIT`, or with some of the groups `size`, `gas`, `build` and
// `calls` named. Each side builds its own examples; what both have is compared. Times and rates are measured in turn, A B B A ...,
// each in a process of its own, and a row shows the least, the middle and the largest ratio this : that of the pairs. The middle
// one is held against the bar. A bar that is missed ends the run with exit code 1.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withCommit } from "./baseline.mjs";
import { median, outputOf, timeProcess } from "./measure.mjs";
import { copyAllExamples, QWVM, ROOT, withProject } from "./projects.mjs";
import { sizeWithoutCustomSections } from "./size.mjs";

const WORKER = fileURLToPath(new URL("./against-worker.mjs", import.meta.url));
const MOST_BYTES = 1.05;
const MOST_GAS = 1.05;
const MOST_BUILD_TIME = 1.15;
const LEAST_RATE = 0.97;
/** The rates that have a bar; the others are shown. */
const BARRED_RATES = new Set(["counter.increment", "counter.getCount", "token.transfer between holders"]);
const BUILD_PAIRS = 7;
const RATE_PAIRS = 9;

export const AGAINST_GROUPS = ["size", "gas", "build", "calls"];

/** Measures the groups on both sides and prints them. */
export async function benchAgainst(commit, groups = AGAINST_GROUPS) {
  await withCommit(commit, async (other) => {
    const roots = [ROOT, other];
    if (groups.includes("size")) await section("size", () => compareSizes(roots));
    if (groups.includes("gas")) await section("gas", () => compareGas(roots));
    if (groups.includes("build")) await section("build", () => compareBuilds(roots));
    if (groups.includes("calls")) await section("calls", () => compareCalls(roots));
  });
}

async function section(name, run) {
  console.log(`\n${name}, this : that`);
  await run();
}

/** Bytes of every example contract without custom sections, and their sum over those that both sides have. */
async function compareSizes(roots) {
  const [mine, theirs] = await eachSide(roots, (root) =>
    withAllExamples(root, (project) => {
      timeProcess({ args: [QWVM, "build", "--force"], cwd: project });
      return sizesOf(project);
    }),
  );
  const sums = [0, 0];
  for (const [name, bytes, before] of both(mine, theirs, "contracts")) {
    sums[0] += bytes;
    sums[1] += before;
    printRatio(name, [bytes / before], `${number(bytes)} : ${number(before)} bytes`);
  }
  printRatio("all of them in sum", [sums[0] / sums[1]], sums.map(number).join(" : "), { most: MOST_BYTES });
}

/** Every row of the examples' gas, measured by their tests: those over the bar, and the largest and the mean of all. */
async function compareGas(roots) {
  const [mine, theirs] = await eachSide(roots, async (root) => {
    const gas = new Map();
    for (const name of readdirSync(join(root, "examples"))) {
      await withProject(
        name,
        (project) => {
          timeProcess({ args: [QWVM, "test", "--gas-update"], cwd: project });
          for (const [row, used] of gasOf(project)) gas.set(`${name}: ${row}`, used);
        },
        root,
      );
    }
    return gas;
  });
  const rows = both(mine, theirs, "rows");
  for (const [name, used, before] of rows) {
    if (used / before <= MOST_GAS && Math.abs(used / before - 1) < 0.01) continue;
    printRatio(name, [used / before], `${number(used)} : ${number(before)} gas`, { most: MOST_GAS });
  }
  const ratios = rows.map(([, used, before]) => used / before);
  printRatio(`each of ${rows.length} rows`, ratios, "rows within 1 % are not shown");
}

/** Cold builds as whole processes: the counter, and the contracts of all examples. */
async function compareBuilds(roots) {
  await withProjects("counter", roots, (projects) => pairBuilds("cold build of the counter", projects));
  await withProjects("counter", roots, (projects) => {
    for (const [side, project] of projects.entries()) copyAllExamples(project, roots[side]);
    pairBuilds("cold build of all examples", projects);
  });
}

function pairBuilds(what, projects) {
  const time = (project) => timeProcess({ args: [QWVM, "build", "--force"], cwd: project });
  for (const project of projects) time(project);
  const pairs = inTurn(BUILD_PAIRS, projects, time);
  const figure = pairs.medians.map((ms) => `${(ms / 1000).toFixed(2)} s`).join(" : ");
  printRatio(what, pairs.ratios, figure, { most: MOST_BUILD_TIME });
}

/** Calls a second, as calls.mjs makes them. */
async function compareCalls(roots) {
  for (const example of ["counter", "token"]) {
    await withProjects(example, roots, (projects) => {
      for (const project of projects) timeProcess({ args: [QWVM, "build"], cwd: project });
      const rates = (project) => JSON.parse(outputOf({ args: [WORKER, project, example] }));
      const { values } = inTurn(RATE_PAIRS, projects, rates);
      for (const what of Object.keys(values[0][0])) {
        const [mine, theirs] = values.map((side) => side.map((measured) => measured[what]));
        const figure = [mine, theirs].map((side) => number(median(side))).join(" : ");
        const bar = BARRED_RATES.has(what) ? { least: LEAST_RATE } : {};
        printRatio(what, ratiosOf(mine, theirs), `${figure} a second`, bar);
      }
    });
  }
}

/** Measures both projects in turn; the side that comes first changes from pair to pair. */
function inTurn(count, projects, measure) {
  const values = [[], []];
  for (let pair = 0; pair < count; pair++) {
    for (const side of pair % 2 === 0 ? [0, 1] : [1, 0]) values[side].push(measure(projects[side]));
  }
  return { values, medians: values.map(median), ratios: ratiosOf(...values) };
}

function ratiosOf(mine, theirs) {
  return mine.map((value, pair) => value / theirs[pair]);
}

async function eachSide(roots, measure) {
  const sides = [];
  for (const root of roots) sides.push(await measure(root));
  return sides;
}

function withAllExamples(root, use) {
  const prepared = (project) => {
    copyAllExamples(project, root);
    return use(project);
  };
  return withProject("counter", prepared, root);
}

/** One project of an example for each side, at the same time. */
function withProjects(example, roots, use) {
  const [mine, theirs] = roots;
  return withProject(example, (a) => withProject(example, (b) => use([a, b]), theirs), mine);
}

function sizesOf(project) {
  const build = join(project, "build");
  const files = readdirSync(build, { recursive: true }).filter((file) => file.endsWith(".wasm"));
  return new Map(files.map((file) => [file, sizeWithoutCustomSections(readFileSync(join(build, file)))]));
}

/** Label and gas of each line of the project's snapshot. */
function gasOf(project) {
  const lines = readFileSync(join(project, ".gas-snapshot"), "utf8").split("\n");
  const rows = lines.filter((line) => !line.startsWith("#")).map((line) => /^(.*?) {2,}([\d,]+) {2}/.exec(line));
  return rows.filter((row) => row !== null).map(([, label, used]) => [label, Number(used.replaceAll(",", ""))]);
}

/** The entries of both maps; says how many only one of them has. */
function both(mine, theirs, what) {
  const common = [...mine].filter(([name]) => theirs.has(name));
  const [added, gone] = [mine.size - common.length, theirs.size - common.length];
  if (added + gone > 0) console.log(`      ${added} ${what} only here, ${gone} only there: not compared`);
  if (common.length === 0) throw new Error(`No ${what} are on both sides.`);
  return common.map(([name, value]) => [name, value, theirs.get(name)]);
}

/** Prints one row; a bar that is missed makes the exit code 1. */
function printRatio(what, ratios, figure, { most, least } = {}) {
  const middle = median(ratios);
  const met = !(middle > most) && !(middle < least);
  if (!met) process.exitCode = 1;
  const spread = [Math.min(...ratios), middle, Math.max(...ratios)].map((ratio) => ratio.toFixed(3));
  const bar =
    most === undefined && least === undefined ? "" : most === undefined ? `bar: ≥ ${least}` : `bar: ≤ ${most}`;
  const shown = ratios.length === 1 ? spread[1] : spread.join(" – ");
  console.log(
    `${bar === "" ? "    " : met ? "met " : "MISS"}  ${what.padEnd(46)} ${shown.padEnd(24)} ${figure.padEnd(34)} ${bar}`,
  );
}

function number(value) {
  return Math.round(value).toLocaleString("en");
}
