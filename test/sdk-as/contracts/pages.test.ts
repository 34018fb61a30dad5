// The pages of the contract library: there is one for each contract, it names what the contract has, its example compiles,
// and its gas figures are what is measured. `vitest run test/sdk-as/contracts/pages.test.ts -u` writes new figures.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compileContracts } from "../../../harness/compiler.js";
import { buildLibrary, type Library } from "../../fixtures/library.js";
import { makeProject } from "../../fixtures/temp-project.js";
import { listFiles, ROOT, readSource } from "../../house/source-files.js";
import { PAGES } from "./gas.js";

const FOLDER = "sdk-as/contracts";
const names = listFiles(FOLDER, ".ts").map((file) => file.slice(FOLDER.length + 1, -".ts".length));
const pages = listFiles(`${FOLDER}/docs`, ".md").map((file) => file.slice(`${FOLDER}/docs/`.length, -".md".length));
const read = (page: string) => readFileSync(join(ROOT, FOLDER, "docs", `${page}.md`), "utf8");

/** What a file gives to others: its classes, and the methods of its contracts that can be called. */
function publicNames(file: string): string[] {
  const source = ts.createSourceFile(file, readSource(file), ts.ScriptTarget.Latest, true);
  const classes = source.statements.filter(ts.isClassDeclaration);
  return classes.flatMap((item) => {
    const marks = ts.getDecorators(item)?.map((mark) => mark.getText()) ?? [];
    if (marks.some((mark) => mark.startsWith("@struct"))) return [];
    const methods = item.members.filter(ts.isMethodDeclaration);
    const open = marks.includes("@contract")
      ? methods.filter((method) =>
          /^@(init|execute|query)$/m.test(
            ts
              .getDecorators(method)
              ?.map((mark) => mark.getText())
              .join("\n") ?? "",
          ),
        )
      : [];
    return [item.name?.text ?? "", ...open.map((method) => method.name.getText())];
  });
}

let library: Library;
beforeAll(async () => {
  library = await buildLibrary(
    ...new Set(listFiles("test/fixtures/contracts/library", ".ts").map((file) => file.split("/")[4] as string)),
  );
});
afterAll(() => library.remove());

test("every contract has a page, and every page but the guard's a contract", () => {
  // reentrancy-guard is a guard of the language; the two files of types are described where they are used.
  expect(pages.filter((page) => page !== "reentrancy-guard" && page !== "README")).toEqual(names);
});

describe.each(names)("%s", (name) => {
  test("its page names its methods, events and errors, on one screen", () => {
    const page = read(name);
    const words = publicNames(`${FOLDER}/${name}.ts`);
    expect(words.filter((word) => !page.includes(word))).toEqual([]);
    expect(page.split("\n").length).toBeLessThanOrEqual(70);
  });

  test("its figures are what is measured", async () => {
    const measured = PAGES[name]?.(library) ?? [];
    for (const [label, receipt] of measured) expect([label, receipt.status]).toEqual([label, "success"]);
    const rows = measured.map(
      ([label, { gasUsed, gas }]) =>
        `| ${label} | ${gasUsed.toLocaleString("en")} | ${gas.instructions.toLocaleString("en")} |`,
    );
    const table = rows.length === 0 ? [] : ["| gas of | in all | of it instructions |", "| --- | --: | --: |", ...rows];
    const page = read(name).replace(
      /<!-- gas -->[\s\S]*<!-- \/gas -->/,
      ["<!-- gas -->", ...table, "<!-- /gas -->"].join("\n"),
    );
    await expect(page).toMatchFileSnapshot(join(ROOT, FOLDER, "docs", `${name}.md`));
  });
});

test("the pages' examples compile without a warning", async () => {
  const examples = pages.flatMap((page) => {
    const code = /^```ts\n([\s\S]*?)^```$/m.exec(read(page))?.[1];
    return code === undefined || page === "README" ? [] : [[`contracts/${page}.ts`, code] as const];
  });
  expect(examples.map(([file]) => file).length).toBeGreaterThanOrEqual(names.length);
  const { diagnostics } = await compileContracts({ root: makeProject(Object.fromEntries(examples)) });
  expect(diagnostics.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([]);
});
