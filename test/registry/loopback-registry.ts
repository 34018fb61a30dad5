// A package registry on loopback: verdaccio in a temporary folder, with the registry that npm is configured for
// behind it for everything but our own two packages.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";

export interface LoopbackRegistry {
  readonly url: string;
  /** Environment for npm commands that are to use this registry, with a cache and a user configuration of their own. */
  readonly env: NodeJS.ProcessEnv;
  stop(): void;
}

const START_TIMEOUT_MS = 60_000;

/** Starts the registry with all its files below `folder`. */
export async function startRegistry(folder: string): Promise<LoopbackRegistry> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "config.yaml"), verdaccioConfig(folder, npmConfig("registry")));
  writeFileSync(
    join(folder, "npmrc"),
    `registry=${url}\n//127.0.0.1:${port}/:_authToken=loopback\nfund=false\naudit=false\n`,
  );
  const cafile = npmConfig("cafile");
  const server = spawn(
    process.execPath,
    [verdaccioBin(), "--listen", `127.0.0.1:${port}`, "--config", join(folder, "config.yaml")],
    { stdio: "ignore", env: { ...process.env, ...(cafile === "" ? {} : { NODE_EXTRA_CA_CERTS: cafile }) } },
  );
  await untilAnswering(`${url}-/ping`, server);
  return { url, env: npmEnvironment(folder), stop: () => stopServer(server, folder) };
}

/** A value of npm's configuration as it is where the tests run; empty when it has none. */
function npmConfig(key: string): string {
  const value = execFileSync("npm", ["config", "get", key], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return value.trim().replace(/^(null|undefined)$/, "");
}

function verdaccioConfig(folder: string, uplink: string): string {
  const own = "{ access: $all, publish: $all, unpublish: $all }";
  return [
    `storage: ${JSON.stringify(join(folder, "storage"))}`,
    "max_body_size: 100mb",
    `uplinks: { upstream: { url: ${JSON.stringify(uplink)}, timeout: 120s, max_fails: 20, fail_timeout: 1s } }`,
    `packages: { qwvm: ${own}, create-qwvm-contract: ${own}, "**": { access: $all, proxy: upstream } }`,
    "log: { type: stdout, format: json, level: error }",
    "",
  ].join("\n");
}

function npmEnvironment(folder: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_ENV$|CI$|GITHUB_)/i.test(name));
  return {
    ...Object.fromEntries(kept),
    npm_config_userconfig: join(folder, "npmrc"),
    npm_config_cache: join(folder, "cache"),
  };
}

function verdaccioBin(): string {
  const require = createRequire(import.meta.url);
  return join(require.resolve("verdaccio/package.json"), "..", "bin", "verdaccio");
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (bound === null || typeof bound === "string") throw new Error("no port of loopback could be had");
  return bound.port;
}

async function untilAnswering(url: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`verdaccio ended with exit code ${server.exitCode}`);
    const answered = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  server.kill();
  throw new Error(`verdaccio did not answer at ${url} within ${START_TIMEOUT_MS / 1000} s`);
}

function stopServer(server: ChildProcess, folder: string): void {
  server.kill();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
