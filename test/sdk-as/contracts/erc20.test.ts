// ERC-20 and its extensions: the standard's suite over four tokens, and what each extension adds.

import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ContractClient } from "../../../harness/client/contract-types.js";
import { type Address, address, addressToBytes, createQwvm, ZERO_ADDRESS } from "../../../harness/index.js";
import { behavesLikeErc20, type Erc20Methods } from "../../behaviors/erc20.js";
import { type BuiltProject, buildProject } from "../../client/built-contracts.js";
import { buildLibrary, type Library } from "../../fixtures/library.js";

const [alice, bob, carol] = [address("alice"), address("bob"), address("carol")];
const SUPPLY = 10_000n;
const CAP = 15_000n;

let library: Library;
let bridged: BuiltProject;
beforeAll(async () => {
  library = await buildLibrary("erc20");
  bridged = await buildProject("token");
});
afterAll(() => {
  library.remove();
  bridged.remove();
});

interface FullMethods extends Erc20Methods {
  name(): string;
  symbol(): string;
  decimals(): number;
  burn(value: bigint): void;
  burnFrom(from: string, value: bigint): void;
  getCap(): bigint;
  mint(to: string, value: bigint): void;
  grantRole(role: string, account: string): void;
  pause(): void;
  unpause(): void;
  snapshot(): bigint;
  balanceOfAt(account: string, id: bigint): bigint;
  totalSupplyAt(id: bigint): bigint;
  nonces(owner: string): bigint;
}

const deployPlain = (vm = createQwvm()) =>
  vm.deploy(library.definition<Erc20Methods>("erc20/plain"), [SUPPLY], { from: alice });

function deployFull(vm = createQwvm(), metadata: Record<string, string> = {}): ContractClient<FullMethods> {
  const definition = library.definition<FullMethods>("erc20/full");
  const token = vm.deploy(definition, [SUPPLY, CAP], { from: alice, metadata });
  for (const role of ["minter", "pauser", "snapshot"]) token.grantRole(role, alice);
  return token;
}

const ERRORS = {
  balance: "ERC20InsufficientBalance",
  allowance: "ERC20InsufficientAllowance",
  receiver: "ERC20InvalidReceiver",
};
behavesLikeErc20("ERC20", {
  deploy: () => ({ token: deployPlain(), holder: alice }),
  supply: SUPPLY,
  errors: ERRORS,
});
behavesLikeErc20("ERC20 with every extension", {
  deploy: () => ({ token: deployFull(), holder: alice }),
  supply: SUPPLY,
  errors: ERRORS,
});
behavesLikeErc20("ERC20 after a snapshot", {
  deploy: () => {
    const token = deployFull();
    token.snapshot();
    return { token, holder: alice };
  },
  supply: SUPPLY,
  errors: ERRORS,
});
behavesLikeErc20("the example of a bridged token", {
  deploy: () => {
    const token = createQwvm().deploy(bridged.definition("token"), [carol], { from: carol });
    token.mint(alice, SUPPLY);
    return { token: token as unknown as ContractClient<Erc20Methods>, holder: alice };
  },
  supply: SUPPLY,
  errors: { balance: "InsufficientBalance", allowance: "InsufficientAllowance", receiver: "ZeroAddress" },
  spendsLargestAllowance: true,
});

describe("ERC20", () => {
  test("is small", () => {
    expect(library.sizeOf("PlainToken")).toBeLessThanOrEqual(4_096);
  });

  test("a transfer between holders is two storage reads, two writes, and few instructions", () => {
    const token = deployPlain();
    token.transfer(bob, 1_000n);
    const { gas } = token.receipt.transfer(bob, 400n);
    // 200 each for the value and the caller, 200 + 3 * 32 for each balance; 5,000 + 20 * 32 for each write.
    expect(gas.storageRead).toBe(2 * 200 + 2 * 296);
    expect(gas.storageWrite).toBe(2 * 5_640);
    expect(gas.instructions).toBeLessThanOrEqual(1_500);
  });

  test("names what is missing", () => {
    const token = deployPlain();
    expect(() => token.as(bob).transfer(alice, 3n)).toThrow(`${bob} has 0, but 3 are needed`);
    expect(() => token.as(bob).transferFrom(alice, bob, 3n)).toThrow(`${bob} may spend 0, but 3 are needed`);
    expect(() => token.approve(ZERO_ADDRESS, 1n)).toThrow("ERC20InvalidSpender");
  });
});

describe("ERC20Metadata", () => {
  test("answers from the metadata", () => {
    const token = deployFull(createQwvm(), { name: "Quantum", symbol: "QTM", decimals: "6" });
    expect([token.name(), token.symbol(), token.decimals()]).toEqual(["Quantum", "QTM", 6]);
    expect(deployFull().decimals()).toBe(18);
  });
});

describe("ERC20Burnable", () => {
  test("destroys one's own tokens, and others' out of an allowance", () => {
    const token = deployFull();
    token.burn(100n);
    expect(token.events()).toMatchObject([{ name: "Transfer", args: { from: alice, to: ZERO_ADDRESS, value: 100n } }]);
    token.approve(bob, 50n);
    token.as(bob).burnFrom(alice, 30n);
    expect([token.totalSupply(), token.balanceOf(alice), token.allowance(alice, bob)]).toEqual([
      SUPPLY - 130n,
      SUPPLY - 130n,
      20n,
    ]);
    expect(() => token.as(bob).burnFrom(alice, 21n)).toThrow("ERC20InsufficientAllowance");
    expect(() => token.as(bob).burn(1n)).toThrow("ERC20InsufficientBalance");
  });
});

describe("ERC20Mintable and ERC20Capped", () => {
  test("minters create tokens, up to the cap", () => {
    const token = deployFull();
    expect(() => token.as(bob).mint(bob, 1n)).toThrow("Unauthorized");
    token.mint(bob, CAP - SUPPLY);
    expect(token.totalSupply()).toBe(CAP);
    expect(() => token.mint(bob, 1n)).toThrow(`the supply would be ${CAP + 1n}, the cap is ${CAP}`);
    expect(() => token.mint(ZERO_ADDRESS, 0n)).toThrow("ERC20InvalidReceiver");
    token.as(bob).burn(10n);
    token.mint(carol, 10n);
    expect([token.getCap(), token.totalSupply()]).toEqual([CAP, CAP]);
  });

  test("a supply beyond the cap, or no cap, cannot be deployed", () => {
    const definition = library.definition("erc20/full");
    expect(() => createQwvm().deploy(definition, [CAP + 1n, CAP])).toThrow("ERC20ExceededCap");
    expect(() => createQwvm().deploy(definition, [0n, 0n])).toThrow("ERC20InvalidCap");
  });
});

describe("ERC20Pausable", () => {
  test("nothing moves while it is paused, but allowances are given", () => {
    const token = deployFull();
    token.pause();
    token.approve(bob, 5n);
    for (const attempt of [
      () => token.transfer(bob, 1n),
      () => token.as(bob).transferFrom(alice, bob, 1n),
      () => token.burn(1n),
      () => token.mint(bob, 1n),
    ]) {
      expect(attempt).toThrow("EnforcedPause");
    }
    token.unpause();
    token.as(bob).transferFrom(alice, bob, 1n);
    expect(token.balanceOf(bob)).toBe(1n);
  });
});

describe("ERC20Snapshot", () => {
  test("answers for every snapshot, whatever came after", () => {
    const token = deployFull();
    const accounts = [alice, bob, carol];
    const history: [bigint, bigint[], bigint][] = [];
    const remember = () =>
      history.push([token.snapshot(), accounts.map((account) => token.balanceOf(account)), token.totalSupply()]);
    remember();
    token.transfer(bob, 10n);
    token.transfer(bob, 5n);
    remember();
    remember();
    token.mint(carol, 7n);
    token.as(bob).transfer(bob, 1n);
    remember();
    token.as(bob).burn(15n);
    token.transfer(carol, 1n);
    expect(history.map(([id]) => id)).toEqual([1n, 2n, 3n, 4n]);
    for (const [id, balances, supply] of history) {
      expect(accounts.map((account) => token.balanceOfAt(account, id))).toEqual(balances);
      expect(token.totalSupplyAt(id)).toBe(supply);
    }
    expect(() => token.balanceOfAt(alice, 0n)).toThrow("there is no snapshot 0");
    expect(() => token.totalSupplyAt(5n)).toThrow("there is no snapshot 5");
    expect(() => token.as(bob).snapshot()).toThrow("AccessControlUnauthorizedAccount");
  });
});

describe("ERC20Permit", () => {
  const uint = (value: bigint, bytes: number) =>
    Uint8Array.from({ length: bytes }, (_, index) => Number((value >> BigInt(8 * index)) & 255n));
  const bytes = (value: Uint8Array) => concatBytes(uint(BigInt(value.length), 4), value);
  const text = (value: string) => bytes(utf8ToBytes(value));

  /** The call in Borsh, signed as sdk-as/signed.ts says. */
  function permit(
    vm: ReturnType<typeof createQwvm>,
    token: ContractClient<FullMethods>,
    signer: ReturnType<ReturnType<typeof createQwvm>["account"]>,
    given: { owner?: Address; value?: bigint; deadline: bigint; nonce?: bigint; chainId?: bigint },
  ) {
    const { owner, value = 40n, deadline, nonce = 0n, chainId = 31_337n } = given;
    const args = concatBytes(
      addressToBytes(owner ?? signer.address),
      addressToBytes(bob),
      uint(value, 32),
      uint(deadline, 8),
    );
    const signed = concatBytes(
      text("qwvm.signed.v2"),
      uint(chainId, 8),
      addressToBytes(token.address),
      text("permit"),
      uint(nonce, 8),
      bytes(args),
    );
    const all = concatBytes(args, uint(nonce, 8), bytes(signer.publicKey), bytes(signer.sign(signed)));
    const base = { value: 0n, gasLimit: 5_000_000, kind: "execute", to: token.address, method: "permit" } as const;
    return vm.chain.send({ ...base, from: carol, args: all });
  }

  test("an owner's signature is an allowance, whoever brings it", () => {
    const vm = createQwvm();
    const token = deployFull(vm);
    const olga = vm.account("olga");
    const deadline = BigInt(vm.block.timestamp) + 60n;
    expect(permit(vm, token, olga, { deadline }).status).toBe("success");
    expect([token.allowance(olga.address, bob), token.nonces(olga.address)]).toEqual([40n, 1n]);
    // The same signature again, another's signature, one that is too late.
    expect(permit(vm, token, olga, { deadline }).status).toBe("reverted");
    expect(permit(vm, token, vm.account("mallory"), { owner: olga.address, deadline, nonce: 1n }).status).toBe(
      "reverted",
    );
    expect(permit(vm, token, olga, { deadline: deadline - 120n, nonce: 1n }).status).toBe("reverted");
    // A signature for another chain. The revert data is a code, a u32: 18 is the SDK's BadSignature.
    const elsewhere = permit(vm, token, olga, { deadline, nonce: 1n, chainId: 1n });
    expect(elsewhere.failure).toMatchObject({ status: "reverted", data: uint(18n, 4) });
    expect([token.allowance(olga.address, bob), token.nonces(olga.address)]).toEqual([40n, 1n]);
    expect(permit(vm, token, olga, { deadline, nonce: 1n, value: 7n }).status).toBe("success");
    expect(token.allowance(olga.address, bob)).toBe(7n);
  });
});
