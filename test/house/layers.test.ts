// The walls of the house: which room may import which, which packages are named where, and no cycles.
// The levels are those of the floor plan in README.md.

import { describe, expect, test } from "vitest";
import { importsOf, listFiles, readSource, resolveImport } from "./source-files.js";

const LEVELS: Record<string, number> = {
  core: 0,
  abi: 1,
  gas: 1,
  state: 1,
  compiler: 1,
  observers: 1,
  instrument: 2,
  host: 2,
  vm: 3,
  chain: 4,
  client: 5,
  report: 5,
  fuzz: 6,
  vitest: 7,
  devnode: 7,
  cli: 8,
};

/** Where a package may be named: rooms, and doors that only re-export. */
const PACKAGE_ROOMS: Record<string, readonly string[]> = {
  "ts-morph": ["compiler"],
  assemblyscript: ["compiler"],
  binaryen: ["compiler", "instrument"],
  vitest: ["vitest"],
  vite: ["vitest"],
  "fast-check": ["fuzz"],
};

const files = listFiles("harness", ".ts");

function roomOf(path: string): string | undefined {
  const parts = path.split("/");
  return parts.length > 2 ? parts[1] : undefined;
}

function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] as string);
}

describe("harness", () => {
  test("has only rooms that the floor plan knows", () => {
    const rooms = new Set(files.map(roomOf).filter((room) => room !== undefined));
    expect([...rooms].filter((room) => LEVELS[room] === undefined)).toEqual([]);
  });

  test("imports go down, or stay in the room", () => {
    const upward: string[] = [];
    for (const file of files) {
      const room = roomOf(file);
      if (room === undefined) continue;
      for (const specifier of importsOf(file)) {
        const target = resolveImport(file, specifier);
        if (target === undefined) continue;
        const targetRoom = target.startsWith("harness/") ? roomOf(target) : "(outside harness)";
        if (targetRoom === room) continue;
        const targetLevel = targetRoom === undefined ? Number.POSITIVE_INFINITY : LEVELS[targetRoom];
        if (targetLevel === undefined || targetLevel >= (LEVELS[room] as number)) upward.push(`${file} -> ${target}`);
      }
    }
    expect(upward).toEqual([]);
  });

  test("has no import cycle, type imports included", () => {
    const edges = new Map(
      files.map((file) => [file, importsOf(file).flatMap((specifier) => resolveImport(file, specifier) ?? [])]),
    );
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) {
        cycles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
        return;
      }
      if (done.has(file)) return;
      for (const target of edges.get(file) ?? []) visit(target, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });

  test("names each heavy package in its room alone", () => {
    const misplaced: string[] = [];
    for (const file of files) {
      for (const specifier of importsOf(file)) {
        if (specifier.startsWith(".") || specifier.startsWith("node:")) continue;
        const rooms = PACKAGE_ROOMS[packageOf(specifier)];
        if (rooms !== undefined && !rooms.includes(roomOf(file) ?? "")) misplaced.push(`${file} -> ${specifier}`);
      }
    }
    expect(misplaced).toEqual([]);
  });

  test("the main door reaches none of the heavy packages", () => {
    const reached = new Set<string>();
    const packages = new Set<string>();
    const visit = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const specifier of importsOf(file)) {
        const target = resolveImport(file, specifier);
        if (target === undefined) packages.add(packageOf(specifier));
        else visit(target);
      }
    };
    visit("harness/index.ts");
    expect(reached.size).toBeGreaterThan(50);
    expect([...packages].filter((name) => PACKAGE_ROOMS[name] !== undefined)).toEqual([]);
  });

  test("doors only re-export", () => {
    const doors = files.filter((file) => roomOf(file) === undefined);
    expect(doors).toContain("harness/index.ts");
    const withCode = doors.filter((door) => {
      const text = readSource(door);
      const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "").replace(/\bexport\b[^;]*\bfrom\s*"[^"]+";/g, "");
      return code.trim() !== "";
    });
    expect(withCode).toEqual([]);
  });
});

describe("sdk-as", () => {
  test("and harness never import each other", () => {
    const crossing = [...listFiles("sdk-as", ".ts"), ...files].flatMap((file) =>
      importsOf(file)
        .map((specifier) => resolveImport(file, specifier))
        .filter((target) => target !== undefined && target.split("/")[0] !== file.split("/")[0])
        .map((target) => `${file} -> ${target}`),
    );
    expect(crossing).toEqual([]);
  });

  test("declares external imports in one file", () => {
    const declaring = listFiles("sdk-as", ".ts").filter(
      (file) => !file.endsWith(".d.ts") && /^\s*(export )?declare function/m.test(readSource(file)),
    );
    expect(declaring).toHaveLength(1);
  });
});
