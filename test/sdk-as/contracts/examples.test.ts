// The examples on the contract library: they compile without a warning, stay small, and their tokens are what they say.

import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ContractDefinition } from "../../../harness/client/contract-types.js";
import { defineContract } from "../../../harness/client/define-contract.js";
import { type BuildResult, compileContracts } from "../../../harness/compiler.js";
import type { Abi } from "../../../harness/core/abi.js";
import { address, createQwvm } from "../../../harness/index.js";
import { behavesLikeErc20, type Erc20Methods } from "../../behaviors/erc20.js";
import { ROOT } from "../../house/source-files.js";

const EXAMPLES = ["amm", "escrow", "governance", "nft-marketplace", "rust-counter-caller"];
const alice = address("alice");
const NEVER = 2n ** 63n;

const root = mkdtempSync(join(tmpdir(), "qwvm-examples-"));
let result: BuildResult;
beforeAll(async () => {
  for (const name of EXAMPLES) {
    cpSync(join(ROOT, "examples", name, "contracts"), join(root, "contracts", name), { recursive: true });
  }
  result = await compileContracts({ root });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function definition<Methods>(path: string): ContractDefinition<unknown[], Methods> {
  const abi = JSON.parse(readFileSync(join(root, "build", `${path}.abi.json`), "utf8")) as Abi;
  return defineContract({ name: abi.name, abi, wasm: pathToFileURL(join(root, "build", `${path}.wasm`)) });
}

test("compile without a warning", () => {
  expect(result.diagnostics).toEqual([]);
});

test("sizes without custom sections", () => {
  const sizeOf = (name: string) => result.contracts.find((contract) => contract.name === name)?.sizeBytes;
  expect(sizeOf("Pool")).toBeLessThanOrEqual(8_192);
  expect(sizeOf("Marketplace")).toBeLessThanOrEqual(12_288);
  expect(sizeOf("Coin")).toBeLessThanOrEqual(4_096);
});

const ERRORS = {
  balance: "ERC20InsufficientBalance",
  allowance: "ERC20InsufficientAllowance",
  receiver: "ERC20InvalidReceiver",
};

interface PoolMethods extends Erc20Methods {
  addLiquidity(most0: bigint, most1: bigint, minShares: bigint, deadline: bigint): bigint;
}
interface CoinMethods extends Erc20Methods {
  mint(to: string, value: bigint): void;
}

behavesLikeErc20("the example of a coin", {
  deploy: () => {
    const token = createQwvm().deploy(definition<CoinMethods>("amm/coin"), [], { from: alice });
    token.mint(alice, 5_000n);
    return { token, holder: alice };
  },
  supply: 5_000n,
  errors: ERRORS,
});

test("a pool's shares are an ERC-20 token", () => {
  const vm = createQwvm();
  const coins = [0, 1].map(() => vm.deploy(definition<CoinMethods>("amm/coin"), [], { from: alice }));
  const pool = vm.deploy(
    definition<PoolMethods>("amm/pool"),
    coins.map((coin) => coin.address),
    { from: alice },
  );
  for (const coin of coins) {
    coin.mint(alice, 10_000n);
    coin.approve(pool.address, 10_000n);
  }
  pool.addLiquidity(10_000n, 10_000n, 0n, NEVER);
  pool.approve(address("bob"), 10n);
  pool.as(address("bob")).transferFrom(alice, address("carol"), 10n);
  expect([pool.balanceOf(alice), pool.balanceOf(address("carol"))]).toEqual([8_990n, 10n]);
});

behavesLikeErc20("the example of votes", {
  deploy: () => ({
    token: createQwvm().deploy(definition<Erc20Methods>("governance/votes"), [alice, 5_000n], { from: alice }),
    holder: alice,
  }),
  supply: 5_000n,
  errors: ERRORS,
});
