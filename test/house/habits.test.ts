// Habits that a reader relies on: headers, file sizes, names, and texts that speak of the project alone.

import { describe, expect, test } from "vitest";
import { listFiles, readSource } from "./source-files.js";

const MAX_LINES = 350;
const sources = [...listFiles("harness", ".ts"), ...listFiles("sdk-as", ".ts"), ...listFiles("templates", ".ts")];
const withoutProjects = sources.filter((file) => !/^templates\/[^/]+\//.test(file));

describe("every source file", () => {
  test("opens with a comment that says what it owns", () => {
    expect(withoutProjects.filter((file) => !/^(#!.*\n)?\/[/*]/.test(readSource(file)))).toEqual([]);
  });

  test(`has at most ${MAX_LINES} lines`, () => {
    const long = withoutProjects.filter((file) => readSource(file).split("\n").length - 1 > MAX_LINES);
    expect(long).toEqual([]);
  });

  test("has a kebab-case name", () => {
    const oddlyNamed = sources.filter((file) => !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(file.split("/").at(-1) as string));
    expect(oddlyNamed).toEqual([]);
  });

  test("puts nothing off", () => {
    expect(withoutProjects.filter((file) => /\b(TODO|FIXME|XXX|HACK)\b/.test(readSource(file)))).toEqual([]);
  });
});

describe("every test", () => {
  test("is run", () => {
    const files = listFiles("test", ".test.ts").filter((file) => !file.startsWith("test/house/"));
    expect(files.filter((file) => /\b(test|it|describe)\.(skip|only|todo)\b/.test(readSource(file)))).toEqual([]);
  });
});
