// `qwvm build --watch` as a process: files that an editor replaces by renaming, and files that are written in place.

import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../house/source-files.js";

const DEADLINE_MS = 30_000;

test("builds again however a file was changed, and survives a mistake", async () => {
  const root = mkdtempSync(join(tmpdir(), "watch-"));
  const contract = join(root, "contracts/counter.ts");
  mkdirSync(join(root, "contracts"));
  copyFileSync(join(ROOT, "examples/counter/contracts/counter.ts"), contract);
  const good = readFileSync(contract, "utf8");
  const child = spawn(process.execPath, [join(ROOT, "dist/cli/bin.js"), "build", "--watch", "--root", root]);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  const until = async (text: string): Promise<void> => {
    const deadline = Date.now() + DEADLINE_MS;
    while (!output.includes(text) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(output).toContain(text);
    output = "";
  };
  try {
    await until("watching");
    writeFileSync(`${contract}.draft`, good.replace("@query", "@qurey"));
    renameSync(`${contract}.draft`, contract);
    await until("Did you mean @query?");
    writeFileSync(contract, good);
    await until("1 contract is up to date");
    writeFileSync(contract, good.replace("+= amount", "+= amount + 1"));
    await until("built 1 contract");
    // What is written beside the contract and is not a build's counts too.
    writeFileSync(join(root, "contracts/counter.layout.json"), "<<<<<<< HEAD");
    await until("a merge conflict was left unresolved");
    rmSync(join(root, "contracts/counter.layout.json"));
    await until("1 contract is up to date");
    expect(child.exitCode).toBeNull();
  } finally {
    child.kill();
    rmSync(root, { recursive: true, force: true });
  }
});
