// Fuzzing the contract language for as long as one likes: `npm run bench -- language 300` for five minutes, with a seed behind
// it to go the same way again. Random contracts are built and called in the machine and in a model of the language; some are damaged
// and fixed first, and random versions of stored types are held to their layout files.

import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import "../fixtures/load-typescript.mjs";

/** Lines of versions beside each program. */
const LAYOUTS = 20;

export async function benchLanguage(seconds = 120, seed = Date.now() % 2 ** 31) {
  const { fuzzSeed, newTally } = await import("../language-fuzz/fuzz.ts");
  const { describeClasses, fuzzClasses, newClassTally } = await import("../language-fuzz/classes/fuzz-classes.ts");
  const { fuzzFixes } = await import("../language-fuzz/fuzz-fixes.ts");
  const { LayoutFuzzer } = await import("../language-fuzz/fuzz-layouts.ts");
  const { shrink } = await import("../language-fuzz/shrink.ts");
  const { describeAccepted, describeFinding, describeFix, describeLayout, describeRefusal, summary } = await import(
    "../language-fuzz/report.ts"
  );
  console.log(`seed ${seed}, ${seconds} seconds`);
  const tally = newTally();
  const classes = newClassTally();
  const end = performance.now() + seconds * 1_000;
  let shown = 0;
  let refused = 0;
  let accepted = 0;
  let differing = 0;
  let kept = 0;
  const beside = { upgrades: 0, stopped: 0, fixes: 0, fixed: 0 };
  for (let next = seed; performance.now() < end; next++) {
    await fuzzSeed(next, tally);
    for (let i = 0; i < LAYOUTS; i++) {
      const { findings, passed, stopped } = new LayoutFuzzer(next * LAYOUTS + i).run();
      beside.upgrades += passed;
      beside.stopped += stopped;
      for (const finding of findings) keep(describeLayout(finding), seed, ++kept);
    }
    if (next % 3 === 0) {
      const { findings, fixes, builds } = await fuzzFixes(next);
      beside.fixes += fixes;
      beside.fixed += builds ? 1 : 0;
      for (const finding of findings) keep(describeFix(finding), seed, ++kept);
    }
    for (; shown < tally.findings.length; shown++)
      keep(describeFinding(await shrink(tally.findings[shown])), seed, ++kept);
    for (; refused < tally.wronglyRefused.length; refused++)
      keep(describeRefusal(tally.wronglyRefused[refused]), seed, ++kept);
    for (; accepted < tally.wronglyAccepted.length; accepted++)
      keep(describeAccepted(tally.wronglyAccepted[accepted]), seed, ++kept);
    await fuzzClasses(next, classes);
    for (; differing < classes.findings.length; differing++) keep(classes.findings[differing], seed, ++kept);
  }
  console.log(summary(tally));
  console.log(describeClasses(classes));
  console.log(
    `${beside.upgrades} upgrades of layouts passed, ${beside.stopped} stopped; ${beside.fixes} fixes in projects, of which ${beside.fixed} build`,
  );
  if (kept > 0) process.exitCode = 1;
}

/** Prints a finding's first lines and writes all of it to a file. */
function keep(text, seed, number) {
  const folder = join(tmpdir(), "qwvm-language-fuzz");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${seed}-${number}.txt`);
  writeFileSync(file, text);
  console.log(`finding ${number}: ${text.split("\n", 3).join("\n")}\n  ${file}`);
}
