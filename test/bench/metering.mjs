// What counting gas costs: kernels metered and unmetered in turn, in one process and both optimised, and the speed of the
// rewriting itself. The kernels are AssemblyScript, compiled with asc -O3; their results are checked before they count.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import asc from "assemblyscript/asc";
import { median, printRow } from "./measure.mjs";
import { ROOT } from "./projects.mjs";

const KERNELS = join(ROOT, "test/bench/kernels");
const LARGEST = 1.8;
const LARGEST_MEAN = 1.25;
const SLOWEST_MB = 10;
const GAS = 2 ** 53 - 1;

/** Results of one round that are known from elsewhere. */
const KNOWN = {
  // OEIS A000045, number 20.
  fibonacci: 6_765n,
  // FIPS 202: the first lane of Keccak-f[1600] of zeros, as the Keccak team's KeccakF-1600-IntermediateValues gives it.
  keccak: BigInt.asIntN(64, 0xf1258f7940e1dde7n),
  // The number of primes below 65,536: OEIS A007053, number 16.
  sieve: 6_542n,
};

export async function benchMetering() {
  const { meter } = await import(pathToFileURL(join(ROOT, "dist/wasm.js")).href);
  const modules = [];
  const ratios = [];
  for (const file of readdirSync(KERNELS)) {
    const name = file.replace(".ts", "");
    const wasm = await compile(file);
    modules.push(wasm);
    const plain = new WebAssembly.Instance(new WebAssembly.Module(wasm)).exports.run;
    const metered = meter(wasm).instantiate();
    const counted = (rounds) => metered.call("run", [rounds], { gasLimit: GAS }).results[0];
    check(name, plain, counted);
    const { ratio, plainMs } = compare(plain, counted);
    ratios.push(ratio);
    printRow(
      `metered : unmetered, ${name}`,
      `${ratio.toFixed(2)} (of ${plainMs.toFixed(1)} ms)`,
      LARGEST,
      ratio <= LARGEST,
    );
  }
  const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
  printRow(`geometric mean of ${ratios.length} kernels`, mean.toFixed(2), LARGEST_MEAN, mean <= LARGEST_MEAN);
  rewriting(meter, modules);
}

async function compile(file) {
  let binary;
  const flags = ["--runtime", "stub", "-O3", "--noAssert", "--outFile", "out.wasm"];
  const { error, stderr } = await asc.main([file, ...flags], {
    readFile: (name, base) => readOrNull(join(base, name)),
    writeFile: (_name, contents) => {
      binary = contents;
    },
    listFiles: () => [],
    baseDir: KERNELS,
  });
  if (error) throw new Error(`${file} does not compile:\n${stderr.toString()}`);
  return binary;
}

function readOrNull(path) {
  try {
    return readFileSync(path.startsWith(KERNELS) ? path : join(KERNELS, path), "utf8");
  } catch {
    return null;
  }
}

function check(name, plain, counted) {
  const expected = KNOWN[name] ?? (name === "sha256" ? sha256Twice() : plain(1));
  for (const [what, found] of [
    ["unmetered", name === "sha256" ? plain(2) : plain(1)],
    ["metered", name === "sha256" ? counted(2) : counted(1)],
  ]) {
    if (found !== expected) throw new Error(`${name}, ${what}: ${found} instead of ${expected}`);
  }
}

/**
 * The kernel's second round hashes the digest of the first, padded as a message of 32 bytes. The first compresses a block
 * of zeros without padding, which no library does: its digest is the standard's pseudo-code carried out by another program.
 */
function sha256Twice() {
  const first = Buffer.from("da5698be17b9b46962335799779fbeca8ce5d491c0d26243bafef9ea1837a9d8", "hex");
  return createHash("sha256").update(first).digest().readBigInt64BE(0);
}

/** Runs the two in turn; the median of the pairs' ratios. */
function compare(plain, counted) {
  // Until both are compiled by the optimising compiler; only then is it known how many rounds take long enough.
  for (const run of [plain, counted]) {
    for (const start = performance.now(); performance.now() - start < 300; ) run(1);
  }
  let rounds = 1;
  for (;;) {
    const ms = time(plain, rounds);
    if (ms > 10) break;
    rounds = Math.ceil(rounds * Math.min(10, 15 / Math.max(ms, 0.5)));
  }
  const plainTimes = [];
  const ratios = [];
  for (let pair = 0; pair < 31; pair++) {
    const plainMs = time(plain, rounds);
    ratios.push(time(counted, rounds) / plainMs);
    plainTimes.push(plainMs);
  }
  return { ratio: median(ratios), plainMs: median(plainTimes) };
}

function time(run, rounds) {
  const start = performance.now();
  run(rounds);
  return performance.now() - start;
}

/** The kernels, the committed modules of the gas vectors and the raw contracts, all of them again and again. */
function rewriting(meter, kernels) {
  const vectors = JSON.parse(readFileSync(join(ROOT, "test/vectors/wasmer-gas.json"), "utf8"));
  const raw = join(ROOT, "test/fixtures/raw");
  const modules = [
    ...kernels,
    ...vectors.modules.map(({ wasm }) => new Uint8Array(Buffer.from(wasm, "base64"))),
    ...readdirSync(raw).flatMap((file) =>
      file.endsWith(".wasm") ? [new Uint8Array(readFileSync(join(raw, file)))] : [],
    ),
  ];
  const bytes = modules.reduce((sum, wasm) => sum + wasm.length, 0);
  const all = () => {
    const start = performance.now();
    for (const wasm of modules) meter(wasm);
    return performance.now() - start;
  };
  for (let i = 0; i < 5; i++) all();
  const rate = bytes / 1e3 / median(Array.from({ length: 15 }, all));
  const what = `rewriting ${modules.length} modules of ${Math.round(bytes / 1024)} KiB, checks included`;
  printRow(what, `${rate.toFixed(1)} MB a second`, `${SLOWEST_MB} MB a second`, rate >= SLOWEST_MB);
}
