// `qwvm docs` as a process: where pages go, and what the project's own files add to them.

import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DOCS_FLAGS } from "../../harness/cli/docs.js";
import { helpText } from "../../harness/cli/help.js";
import { ROOT } from "../house/source-files.js";
import { makeProject, type Project } from "./project.js";

let project: Project;
beforeAll(() => {
  project = makeProject("token");
});
afterAll(() => project.remove());

test("help names every flag, in 80 columns", () => {
  for (const flag of Object.keys(DOCS_FLAGS)) expect(helpText("docs")).toContain(`--${flag}`);
  expect(
    helpText("docs")
      .split("\n")
      .filter((line) => line.length > 80),
  ).toEqual([]);
});

test("pages go to the output folder, or where they are wanted", () => {
  expect(project.qwvm(["docs"])).toEqual({ code: 0, out: "✓ build/docs/Token.md written\n", err: "" });
  const page = project.read("build/docs/Token.md");
  expect(page).toContain("# Token\n\nQWETH: Ether wrapped on QuantumWing.");
  expect(page).toContain("Tokens moved; `from` is the zero address for a mint, `to` for a burn.");
  expect(page).toContain("| `allowances` | `StorageMap<Grant, u256>` | `allowances/‹Grant›` |");
  expect(page).not.toContain("gas");
  expect(project.qwvm(["docs", "Token", "--out", "pages/api"]).out).toBe("✓ pages/api/Token.md written\n");
  expect(project.read("pages/api/Token.md")).toBe(page);
  const { pages } = JSON.parse(project.qwvm(["docs", "build/token.wasm", "--json", "-o", "pages"]).out);
  expect(pages).toEqual([{ name: "Token", file: project.path("pages/Token.md") }]);
});

test("with a gas snapshot the page has its figures", () => {
  copyFileSync(join(ROOT, "examples/token/.gas-snapshot"), project.path(".gas-snapshot"));
  project.qwvm(["docs"]);
  const page = project.read("build/docs/Token.md");
  const figures = [...project.read(".gas-snapshot").matchAll(/^Token\.transfer › .*? {2,}([\d,]+) /gm)].map(
    (m) => m[1],
  );
  const sorted = figures.map((text) => Number((text as string).replace(",", ""))).sort((a, b) => a - b);
  const shown = (value: number | undefined) => value?.toLocaleString("en-US");
  expect(page).toContain(`- Costs ${shown(sorted[0])} to ${shown(sorted.at(-1))} gas in the project's tests.`);
  expect(page).toMatch(/- Deployment costs [\d,]+ gas in the project's tests\./);
});

test("a mistake says what to do", () => {
  expect(project.qwvm(["docs", "Tokn"])).toMatchObject({ code: 2, out: "" });
  expect(project.qwvm(["docs", "--outt"]).err).toContain("Did you mean --out?");
});
