// The catalogue of rules: complete, its examples wrong and right as they say, its pages as they are committed.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { RULES } from "../../harness/compiler/rules/catalogue.js";
import { type Rule, withImport } from "../../harness/compiler/rules/rule.js";
import { rulePages } from "../../harness/compiler/rules/rule-pages.js";
import { compileContracts } from "../../harness/compiler.js";
import { listFiles, readSource } from "../house/source-files.js";
import { check, fixed } from "./check.js";
import { writeContracts } from "./write-contracts.js";

const root = mkdtempSync(join(tmpdir(), "qwvm-rules-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const withExamples = RULES.filter((rule) => rule.wrong !== undefined) as (Rule & { wrong: string; right: string })[];
const filesOf = (rule: Rule, example: string) => ({ "contracts/a.ts": withImport(example), ...rule.also });
// A file that is beside an example and not imported by it is said to be of no use.
const isAbout = ({ file }: { readonly file: string }) => file === "contracts/a.ts";
const modeOf = (rule: Rule) => (rule.documentedOnly === true ? "documented" : "all");

describe("the catalogue", () => {
  test("has every code that the compiler gives, and no other", () => {
    const sources = [...listFiles("harness/compiler", ".ts"), ...listFiles("harness/vitest", ".ts")].filter(
      (file) => !file.startsWith("harness/compiler/rules/") && !file.startsWith("harness/compiler/fixes/"),
    );
    const given = new Set(sources.flatMap((file) => readSource(file).match(/(?<=")QW\d{3}(?=")/g) ?? []));
    expect(RULES.map(({ code }) => code)).toEqual([...given].sort());
  });

  test("has fixes for its own codes alone", () => {
    const fixed = listFiles("harness/compiler/fixes", ".ts").flatMap(
      (file) => readSource(file).match(/QW\d{3}/g) ?? [],
    );
    const codes = RULES.map(({ code }) => code);
    expect(fixed.filter((code) => !codes.includes(code))).toEqual([]);
  });

  test("says why in two to four sentences", () => {
    const lengths = RULES.map(({ code, why }) => [code, (why.match(/[.:](?= [A-Za-z]|$)/g) ?? []).length] as const);
    expect(lengths.filter(([, sentences]) => sentences < 2 || sentences > 4)).toEqual([]);
  });

  test("is what is committed in sdk-as/docs/rules: npm run docs:rules", () => {
    const pages = rulePages();
    expect(listFiles("sdk-as/docs/rules", ".md")).toEqual(
      [...pages.keys()].map((name) => `sdk-as/docs/rules/${name}`).sort(),
    );
    for (const [name, text] of pages) expect(readSource(`sdk-as/docs/rules/${name}`)).toBe(text);
  });
});

describe("the wrong example breaks the rule and no other, the right one none", () => {
  test.each(withExamples.filter((rule) => rule.foundByCompiling !== true))("$code", (rule) => {
    const codes = (example: string) => [
      ...new Set(
        check(filesOf(rule, example), modeOf(rule))
          .filter(isAbout)
          .map(({ code }) => code),
      ),
    ];
    expect(codes(rule.wrong)).toEqual([rule.code]);
    expect(check(filesOf(rule, rule.wrong), modeOf(rule)).filter(isAbout)[0]?.severity).toBe(rule.severity);
    expect(codes(rule.right)).toEqual([]);
  });
});

describe("the right example compiles", () => {
  test.each(withExamples)("$code", async (rule) => {
    writeContracts(root, filesOf(rule, rule.right));
    const result = await compileContracts({ root, hostFunctions: modeOf(rule) });
    expect(result.diagnostics).toEqual([]);
    expect(result.contracts.length).toBeGreaterThan(0);
  });

  test.each(withExamples.filter((rule) => rule.foundByCompiling === true))(
    "$code: the wrong one does not",
    async (rule) => {
      writeContracts(root, filesOf(rule, rule.wrong));
      const result = await compileContracts({ root });
      expect(result.diagnostics.map(({ code }) => code)).toEqual([rule.code]);
    },
  );
});

describe("a fix mends the wrong example", () => {
  const fixable = withExamples.filter(
    (rule) =>
      rule.foundByCompiling !== true &&
      check(filesOf(rule, rule.wrong), modeOf(rule)).some(({ code, fix }) => code === rule.code && fix !== undefined),
  );

  test("where no question is open there is one", () => {
    expect(fixable.length).toBeGreaterThan(15);
  });

  test.each(fixable)("$code", (rule) => {
    const mended = fixed(withImport(rule.wrong), { ...rule.also });
    const left = check({ ...rule.also, "contracts/a.ts": mended }, modeOf(rule)).filter(isAbout);
    expect(left.filter(({ code }) => code === rule.code)).toEqual([]);
  });
});
