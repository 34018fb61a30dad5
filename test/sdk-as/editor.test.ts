// A contract opened in an editor has no false errors: TypeScript checks contracts with the SDK's own tsconfig.

import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { makeProject } from "../fixtures/temp-project.js";
import { listFiles } from "../house/source-files.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CONFIG = `${ROOT}sdk-as/tsconfig.json`;

/** What TypeScript says of files, with the config that contracts extend. */
function findErrors(files: readonly string[]): string[] {
  const config = ts.parseJsonConfigFileContent(
    ts.readConfigFile(CONFIG, ts.sys.readFile).config,
    ts.sys,
    dirname(CONFIG),
  );
  // The package's own name, as a project that installed it would see it.
  const paths = {
    "qwvm/sdk-as": [`${ROOT}sdk-as/editor/index.d.ts`],
    "qwvm/sdk-as/contracts/*": [`${ROOT}sdk-as/contracts/*.ts`],
  };
  const options = { ...config.options, paths };
  const program = ts.createProgram([...files], options);
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file === undefined || start === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1;
    return `${line}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}

describe("no errors in", () => {
  test.each([
    ...listFiles("examples", ".ts").filter((file) => file.includes("/contracts/")),
    ...listFiles("sdk-as/contracts", ".ts"),
    ...listFiles("test/fixtures/contracts", ".ts").filter(
      // Wide integers are numbers to an editor, and what only the contract language has (123n as u256) is an error there.
      (file) => !file.includes("/lib/") && !file.includes("/expressions/"),
    ),
  ])("%s", (file) => {
    expect(findErrors([ROOT + file])).toEqual([]);
  });
});

test("but true ones are found", () => {
  const root = makeProject({
    "a.ts": `import { contract, execute, Address, u256, emit } from "qwvm/sdk-as";
@contract export class A {
  total: u256;
  @execute go(who: Address): void {
    this.total = who;
    this.missing = 1;
    emit(5);
  }
}
@execute class B {}
`,
  });
  expect(findErrors([`${root}/a.ts`]).map((text) => text.split(":")[0])).toEqual(["5", "6", "7", "10"]);
});
