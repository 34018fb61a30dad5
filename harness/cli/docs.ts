// `qwvm docs`: a page of Markdown for each contract, from its interface and the author's doc comments.

import { existsSync, readFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { type MethodGas, writeDocs } from "../abi/write-docs.js";
import type { Abi } from "../core/abi.js";
import { printableJson } from "../core/printable.js";
import { parseSnapshot, SNAPSHOT_NAME } from "../report/gas-snapshot-file.js";
import { styleOf } from "../report/style.js";
import { writeFileWhole } from "../report/write-file.js";
import { readProjectSettings } from "../vitest/project-settings.js";
import { type Flag, flagValue, refuseRest, splitArguments, usageError } from "./arguments.js";
import { type GivenInterface, readInterfaces } from "./interface-file.js";
import { resolveRoot } from "./root.js";

export const DOCS_FLAGS: Readonly<Record<string, Flag>> = {
  root: { value: "required" },
  out: { value: "required", short: "o" },
  json: {},
};

/** Runs the command. @returns the exit code */
export async function runDocs(args: readonly string[]): Promise<number> {
  const parsed = splitArguments(args, DOCS_FLAGS);
  const rest = parsed.rest.filter((argument) => argument !== "--");
  const [name, ...others] = rest.filter((argument) => !argument.startsWith("-"));
  refuseRest("docs", [...rest.filter((argument) => argument.startsWith("-")), ...others], DOCS_FLAGS);
  const root = resolveRoot(flagValue(parsed, "root"));
  const given = await readInterfaces(name, root);
  const out = flagValue(parsed, "out");
  const folder = out === undefined ? join(root, readProjectSettings(root).outDir ?? "build", "docs") : resolve(out);
  const written = given.map((one) => {
    const file = join(folder, `${pageName(one)}.md`);
    const gas = one.contract === undefined ? undefined : readGas(root, one.abi);
    writeFileWhole(
      file,
      writeDocs(one.abi, {
        ...(one.contract === undefined ? {} : { source: one.contract.source }),
        ...(gas === undefined ? {} : { gas }),
      }),
    );
    return { name: one.abi.name, file };
  });
  if (parsed.flags.has("json")) process.stdout.write(`${printableJson(JSON.stringify({ pages: written }, null, 2))}\n`);
  else {
    const style = styleOf(process.stdout);
    for (const { file } of written) {
      process.stdout.write(`${style.green("✓")} ${relative(process.cwd(), file) || basename(file)} written\n`);
    }
  }
  return 0;
}

/** A contract's name becomes a file's. */
function pageName({ abi }: GivenInterface): string {
  if (/^[^/\\\0]+$/.test(abi.name) && !abi.name.startsWith(".")) return abi.name;
  throw usageError(
    `The contract's name ${JSON.stringify(abi.name)} cannot name a file.`,
    "Give the interface a plain name.",
  );
}

/** What the committed snapshot says of a contract's methods; undefined without one. @throws QwvmError `BAD_SNAPSHOT` */
function readGas(root: string, abi: Abi): ReadonlyMap<string, MethodGas> | undefined {
  const path = join(root, SNAPSHOT_NAME);
  if (!existsSync(path)) return undefined;
  const gas = new Map<string, MethodGas>();
  for (const [label, { gasUsed }] of parseSnapshot(readFileSync(path, "utf8")).entries) {
    const [contract, method] = (label.split(" › ")[0] as string).split(".");
    if (contract !== abi.name || method === undefined) continue;
    const before = gas.get(method);
    gas.set(method, {
      min: Math.min(before?.min ?? gasUsed, gasUsed),
      max: Math.max(before?.max ?? gasUsed, gasUsed),
      calls: (before?.calls ?? 0) + 1,
    });
  }
  return gas.size === 0 ? undefined : gas;
}
