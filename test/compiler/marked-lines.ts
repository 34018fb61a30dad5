// Contracts with what is expected of a line written behind it: `// QW108 part of the message`. All other lines, in all
// files, are to have no diagnostic. Many cases in one contract are one compilation.

import { expect } from "vitest";
import { compileContracts } from "../../harness/compiler.js";
import { makeProject } from "../fixtures/temp-project.js";

const MARK = / \/\/ (QW\d+) (.+)$/;

/** Builds the files below `contracts/` and compares every line of every file with its mark. */
export async function expectMarked(files: Readonly<Record<string, string>>): Promise<void> {
  const root = makeProject(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`contracts/${name}`, text])),
  );
  const { diagnostics } = await compileContracts({ root });
  const found = diagnostics.map(({ file, line, code, message }) => `${file}:${line} ${code} ${message}`);
  const expected = Object.entries(files).flatMap(([name, text]) =>
    text.split("\n").flatMap((line, i) => {
      const [, code, part] = MARK.exec(line) ?? [];
      return code === undefined ? [] : [{ at: `contracts/${name}:${i + 1} ${code} `, part: part as string }];
    }),
  );
  expect(expected.length).toBeGreaterThan(0);
  const isFound = ({ at, part }: (typeof expected)[number]) =>
    found.filter((line) => line.startsWith(at)).map((line) => line.includes(part));
  const missing = expected.filter((one) => isFound(one).join() !== "true");
  const surplus = found.filter((line) => !expected.some(({ at }) => line.startsWith(at)));
  expect({ missing, surplus }).toEqual({ missing: [], surplus: [] });
}
