// Fuzzing for as long as one likes: `npm run bench -- fuzz 300` for five minutes. Generated modules against the reference
// interpreter, and damaged ones (fixtures, the examples, Wasmer's modules, generated ones) against themselves and it; of both the time
// that calls take for their gas, and of large modules what compiling them takes.
// Starts from a seed that it prints; `QWVM_FUZZ_SEED=7 npm run bench -- fuzz 60` goes the same way again.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import "../fixtures/load-typescript.mjs";
import { checkCosts, checkLarge, newWorst } from "./fuzz-costs.mjs";
import { timeProcess } from "./measure.mjs";
import { QWVM, withProject } from "./projects.mjs";

/** Large modules take seconds each. */
const LARGE_ONE_IN = 400;

const FIXTURES = new URL("../fixtures/raw/", import.meta.url);

export async function benchFuzz(seconds = 120) {
  const { checkDamaged, checkGenerated, corpusOf, Difference, damage, generated } = await import(
    "../hostile/fuzz-checks.ts"
  );
  const { runs } = await import("../hostile/fuzz-runs.ts");
  const { Random } = await import("../hostile/random.ts");
  const { readWasmerVectors } = await import("../reference/wasmer-vectors.ts");
  const { fixture } = await import("../fixtures/wat.ts");

  const contracts = ["counter.wasm", "all-nine.wasm"].map((file) => bytesOf(new URL(file, FIXTURES)));
  contracts.push(fixture("counter").wasm, ...(await buildExamples()));
  const corpus = corpusOf(contracts, readWasmerVectors().modules);
  const seed = Number(process.env.QWVM_FUZZ_SEED ?? Date.now() % 2 ** 31);
  console.log(`seed ${seed}, ${seconds} seconds, ${corpus.length} modules to damage`);

  const random = new Random(seed);
  const tally = new Map();
  const end = performance.now() + seconds * 1_000;
  const figures = { generated: 0, damaged: 0, large: 0, longestMs: 0, findings: 0 };
  const worst = newWorst();
  const costs = (wasm) => {
    const wrong = checkCosts(() => runs(wasm), worst);
    if (wrong !== undefined) throw new Difference(wrong, wasm);
  };
  while (performance.now() < end) {
    const start = performance.now();
    try {
      if (random.below(LARGE_ONE_IN) === 0) {
        figures.large++;
        const large = random.next();
        const wrong = checkLarge(large, worst);
        if (wrong !== undefined) throw new Error(`large module of seed ${large}: ${wrong}`);
      } else if (random.chance(25)) {
        figures.generated++;
        const number = random.next();
        checkGenerated(number, tally);
        costs(generated(number));
      } else {
        figures.damaged++;
        const source = random.chance(25) ? generated(random.next()) : random.pick(corpus);
        const damaged = damage(source, random, random.pick(corpus));
        checkDamaged(damaged, tally);
        costs(damaged);
      }
    } catch (error) {
      keep(error, seed, ++figures.findings);
    }
    // Modules that nobody has any more are let go between two turns of the event loop, not within one.
    if ((figures.generated + figures.damaged) % 50 === 0) await setImmediate();
    figures.longestMs = Math.max(figures.longestMs, performance.now() - start);
  }
  for (const [ending, count] of [...tally].sort(([, a], [, b]) => b - a))
    console.log(`${String(count).padStart(9)}  ${ending}`);
  const { generated: made, damaged, large, longestMs, findings } = figures;
  const { firstMs, nsPerGas, backgroundMs, megabytes } = worst;
  console.log(
    `worst first call ${firstMs.toFixed(0)} ms, later ones ${nsPerGas.toFixed(0)} ns for a gas (of those above 20 ms), in the background after one call ${backgroundMs.toFixed(0)} ms, ${megabytes.toFixed(0)} MB`,
  );
  console.log(
    `${made} generated, ${damaged} damaged, ${large} large, the longest took ${Math.round(longestMs)} ms, ${findings} findings`,
  );
  if (findings > 0) process.exitCode = 1;
}

/** Prints a finding's first lines and writes all of it to a file. */
function keep(error, seed, number) {
  const folder = join(tmpdir(), "qwvm-fuzz");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${seed}-${number}.txt`);
  writeFileSync(file, `${error.message}\n${error.stack}\n${error.cause?.stack ?? ""}\n${error.cause?.cause ?? ""}\n`);
  console.log(`finding ${number}: ${error.message.split("\n", 1)[0].slice(0, 300)}\n  ${file}`);
}

async function buildExamples() {
  const built = [];
  for (const example of ["counter", "token"]) {
    await withProject(example, async (project) => {
      timeProcess({ args: [QWVM, "build"], cwd: project });
      built.push(bytesOf(join(project, "build", `${example}.wasm`)));
    });
  }
  return built;
}

function bytesOf(path) {
  return new Uint8Array(readFileSync(path));
}
