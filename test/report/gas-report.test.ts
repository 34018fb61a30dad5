// The gas report's shape and its text: sizes against the committed snapshot, failed calls apart, 80 columns.

import { expect, test } from "vitest";
import { makeGasReport } from "../../harness/report/gas-report.js";
import { formatGasReport } from "../../harness/report/gas-report-text.js";
import { makeStyle } from "../../harness/report/style.js";
import { checkAgainstSchema } from "./json-schema.js";

const SHA256 = "ab".repeat(32);
const NONE = { count: 0, sum: 0, min: 0, max: 0, values: [] };

function reportWith(committed: ReadonlyMap<string, number>) {
  const usage = {
    contracts: [{ name: "Token", sha256: SHA256, sizeBytes: 10_486 }],
    methods: [{ contract: "Token", method: "transfer", kind: "execute", succeeded: NONE, failed: 2 }],
  };
  return makeGasReport(usage as never, committed);
}

test.each([
  // 10,486 of 1,048,576 bytes are 1.0 %.
  ["larger", 10_400, 86, "10,486 bytes (+86), 1 % of the limit"],
  ["smaller", 12_000, -1514, "10,486 bytes (−1,514), 1 % of the limit"],
  ["the same", 10_486, 0, "10,486 bytes, 1 % of the limit"],
])("code that is %s than the snapshot's", (_, committed, change, text) => {
  const report = reportWith(new Map([["Token", committed]]));
  expect(report.contracts[0]?.code[0]?.changeBytes).toBe(change);
  expect(formatGasReport(report, makeStyle(false)).split("\n")[0]).toBe(`Token  ${text}`);
  expect(checkAgainstSchema(report)).toEqual([]);
});

test("a contract that the snapshot does not know has no change", () => {
  const report = reportWith(new Map([["Other", 5]]));
  expect(report.contracts[0]?.code[0]?.changeBytes).toBeNull();
  expect(checkAgainstSchema(report)).toEqual([]);
});

test("failed calls are counted apart, and lines fit 80 columns", () => {
  const lines = formatGasReport(reportWith(new Map()), makeStyle(false)).split("\n");
  expect(lines.at(-1)).toMatch(/^ {2}transfer +0 +- +- +- +- +2$/);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
});
