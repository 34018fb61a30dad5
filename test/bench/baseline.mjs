// Another commit of this repository, built in a git worktree in the temporary folder that is removed afterwards. It uses this
// checkout's node_modules where both have the same lock file, and else installs its own.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./projects.mjs";

/** Builds the commit and runs `use` with its folder. */
export async function withCommit(commit, use) {
  const hash = findCommit(commit);
  const folder = mkdtempSync(join(tmpdir(), "bench-against-"));
  const root = join(folder, "checkout");
  run("git", ["worktree", "add", "--detach", root, hash]);
  const remove = () => {
    // A linked node_modules is this checkout's own: the link alone goes.
    rmSync(join(root, "node_modules"), { recursive: true, force: true });
    run("git", ["worktree", "remove", "--force", root]);
    rmSync(folder, { recursive: true, force: true });
  };
  const stop = () => {
    remove();
    process.exit(130);
  };
  process.once("SIGINT", stop);
  try {
    install(root);
    run("npm", ["run", "--silent", "build"], root);
    console.log(`against ${hash.slice(0, 12)}, ${run("git", ["show", "--no-patch", "--format=%cs %s", hash]).trim()}`);
    return await use(root);
  } finally {
    process.removeListener("SIGINT", stop);
    remove();
  }
}

/** The full hash; ends the process for a name that there is not. */
function findCommit(commit) {
  try {
    return run("git", ["rev-parse", "--verify", "--end-of-options", `${commit}^{commit}`]).trim();
  } catch {
    console.error(`There is no commit ${commit} in this repository.`);
    process.exit(2);
  }
}

function install(root) {
  const lock = (folder) => readFileSync(join(folder, "package-lock.json"), "utf8");
  if (lock(root) === lock(ROOT)) symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"), "junction");
  else run("npm", ["ci", "--no-audit", "--no-fund"], root);
}

/** What a command prints; one that fails throws with it. */
function run(command, args, cwd = ROOT) {
  // npm is a script on Windows, which needs a shell to run.
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    shell: process.platform === "win32" && command === "npm",
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}
