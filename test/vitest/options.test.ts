// Gas options: what counts when several places say something; project settings.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseReport, parseTolerance, resolveGasOptions } from "../../harness/vitest/gas-options.js";
import { readProjectSettings } from "../../harness/vitest/project-settings.js";

describe("gas options", () => {
  test("the first that says something counts; CI checks by default", () => {
    expect(resolveGasOptions([], true, {}).rules).toEqual({
      mode: "write",
      tolerance: { percent: 0, gas: 0 },
      strict: false,
    });
    expect(resolveGasOptions([], true, { CI: "1" }).rules?.mode).toBe("check");
    expect(resolveGasOptions([], true, { CI: "false" }).rules?.mode).toBe("write");
    expect(
      resolveGasOptions([{ mode: undefined }, { mode: "update" }, { mode: "check" }], true, { CI: "1" }).rules?.mode,
    ).toBe("update");
    expect(resolveGasOptions([{ mode: "off" }], true, {}).rules).toBeUndefined();
    expect(resolveGasOptions([], true, {}).reports).toEqual([{ format: "text", file: undefined }]);
    expect(resolveGasOptions([], false, {}).reports).toEqual([]);
    expect(resolveGasOptions([{ reports: [] }], true, {}).reports).toEqual([]);
  });

  test("tolerances are percentages and gas, both at once", () => {
    expect(parseTolerance(["2%", "200"])).toEqual({ percent: 2, gas: 200 });
    expect(parseTolerance(["0.5 %"])).toEqual({ percent: 0.5, gas: 0 });
    expect(parseTolerance(["1,000"])).toEqual({ percent: 0, gas: 1000 });
    for (const wrong of ["", "-1", "2%%", "x", "1e3", "%"])
      expect(() => parseTolerance([wrong])).toThrow("gas tolerance");
  });

  test("a report has a format and maybe a file", () => {
    expect(parseReport("json")).toEqual({ format: "json", file: "gas-report.json" });
    expect(parseReport("csv:C:\\out\\gas.csv")).toEqual({ format: "csv", file: "C:\\out\\gas.csv" });
    expect(() => parseReport("json:")).toThrow("names no file");
    expect(() => parseReport("xml")).toThrow("text, json, markdown, csv, html");
  });
});

describe("project settings", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "qwvm-settings-"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test.each<[string, string]>([
    ["{", "cannot be read"],
    ['{ "qwvm": 5 }', "must be an object"],
    ['{ "qwvm": { "outDir": "" } }', 'sets outDir to ""'],
    ['{ "qwvm": { "hostFunctions": "some" } }', 'sets hostFunctions to "some"'],
    ['{ "qwvm": { "contractDir": "x" } }', "Did you mean contractsDir?"],
  ])("%s is refused", (text, message) => {
    writeFileSync(join(root, "package.json"), text);
    expect(() => readProjectSettings(root)).toThrow(message);
  });

  test("are empty without a package.json or without the field", () => {
    expect(readProjectSettings(root)).toEqual({});
    writeFileSync(join(root, "package.json"), "{}");
    expect(readProjectSettings(root)).toEqual({});
  });
});
