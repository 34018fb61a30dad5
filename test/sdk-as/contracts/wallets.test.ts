// What holds and pays money: the multisig with real Dilithium signatures, vesting, and the payment splitter.

import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ContractClient } from "../../../harness/client/contract-types.js";
import {
  type Address,
  address,
  addressToBytes,
  contractAddress,
  createQwvm,
  type Qwvm,
  ZERO_ADDRESS,
} from "../../../harness/index.js";
import type { Erc20Methods } from "../../behaviors/erc20.js";
import { buildLibrary, type Library } from "../../fixtures/library.js";

const [alice, bob, carol] = [address("alice"), address("bob"), address("carol")];

let library: Library;
beforeAll(async () => {
  library = await buildLibrary("wallets");
});
afterAll(() => library.remove());

const uint = (value: bigint, bytes: number) =>
  Uint8Array.from({ length: bytes }, (_, index) => Number((value >> BigInt(8 * index)) & 255n));
const sized = (value: Uint8Array) => concatBytes(uint(BigInt(value.length), 4), value);
const text = (value: string) => sized(utf8ToBytes(value));
const deployCoin = (vm: Qwvm) =>
  vm.deploy(library.definition<Erc20Methods>("wallets/coin"), [1_000_000n], { from: alice });

interface Signature {
  readonly owner: number;
  readonly signature: Uint8Array;
}
interface WalletMethods {
  execute(to: string, method: string, args: Uint8Array, nonce: bigint, signatures: readonly Signature[]): Uint8Array;
  pay(to: string, amount: bigint, nonce: bigint, signatures: readonly Signature[]): void;
  deposit(): void;
  addOwner(publicKey: Uint8Array): void;
  changeThreshold(threshold: number): void;
  getOwners(): Uint8Array[];
  getThreshold(): number;
  getNonce(): bigint;
  callMessage(to: string, method: string, args: Uint8Array, nonce: bigint): Uint8Array;
  payMessage(to: string, amount: bigint, nonce: bigint): Uint8Array;
}

describe("Multisig", () => {
  const vm = createQwvm();
  const owners = ["olga", "otto", "odin", "oona"].map((label) => vm.account(label));
  const definition = () => library.definition<WalletMethods>("wallets/wallet");
  const deploy = (threshold: number): ContractClient<WalletMethods> =>
    vm.deploy(definition(), [owners.map(({ publicKey }) => publicKey), threshold], { from: carol });
  const sign = (message: Uint8Array, ...positions: readonly number[]): Signature[] =>
    positions.map((owner) => ({ owner, signature: (owners[owner] as (typeof owners)[number]).sign(message) }));

  test("signs what the page says", () => {
    const wallet = deploy(2);
    const head = (what: string, nonce: bigint) =>
      concatBytes(
        text("qwvm.multisig.v2"),
        uint(31_337n, 8),
        addressToBytes(wallet.address),
        text(what),
        uint(nonce, 8),
      );
    const args = new Uint8Array([1, 2, 3]);
    expect(wallet.callMessage(bob, "go", args, 5n)).toEqual(
      concatBytes(head("call", 5n), addressToBytes(bob), text("go"), sized(args)),
    );
    expect(wallet.payMessage(bob, 9n, 6n)).toEqual(concatBytes(head("pay", 6n), addressToBytes(bob), uint(9n, 32)));
  });

  test("calls a contract, once for each set of signatures", () => {
    const wallet = deploy(2);
    const coin = deployCoin(vm);
    coin.transfer(wallet.address, 100n);
    const args = concatBytes(addressToBytes(bob), uint(40n, 32));
    const signatures = sign(wallet.callMessage(coin.address, "transfer", args, 0n), 1, 3);
    expect(wallet.execute(coin.address, "transfer", args, 0n, signatures)).toEqual(new Uint8Array());
    expect([coin.balanceOf(bob), wallet.getNonce()]).toEqual([40n, 1n]);
    expect(() => wallet.execute(coin.address, "transfer", args, 0n, signatures)).toThrow("the nonce is 1");
    expect(() => wallet.execute(coin.address, "transfer", args, 1n, signatures)).toThrow("MultisigInvalidSignature");
    const query = sign(wallet.callMessage(coin.address, "balanceOf", addressToBytes(bob), 1n), 0, 1, 2);
    expect(wallet.execute(coin.address, "balanceOf", addressToBytes(bob), 1n, query)).toEqual(uint(40n, 32));
    // What fails in the contract called fails here, and the nonce stays.
    const tooMuch = concatBytes(addressToBytes(bob), uint(61n, 32));
    const refused = sign(wallet.callMessage(coin.address, "transfer", tooMuch, 2n), 0, 1);
    expect(() => wallet.execute(coin.address, "transfer", tooMuch, 2n, refused)).toThrow("ERC20InsufficientBalance");
    expect(wallet.getNonce()).toBe(2n);
  });

  test("pays", () => {
    const wallet = deploy(1);
    vm.setBalance(alice, 1_000n);
    wallet.as(alice).with({ value: 100n }).deposit();
    const signatures = sign(wallet.payMessage(bob, 30n, 0n), 2);
    const before = vm.balanceOf(bob);
    wallet.pay(bob, 30n, 0n, signatures);
    expect([vm.balanceOf(bob) - before, wallet.balance]).toEqual([30n, 70n]);
    expect(() => wallet.pay(bob, 31n, 1n, sign(wallet.payMessage(bob, 30n, 1n), 2))).toThrow(
      "MultisigInvalidSignature",
    );
  });

  test("takes no signatures that were made for another chain", () => {
    const other = createQwvm({ chainId: 1 });
    const wallet = other.deploy(definition(), [owners.map(({ publicKey }) => publicKey), 1], { from: carol });
    const twin = createQwvm();
    const same = twin.deploy(definition(), [owners.map(({ publicKey }) => publicKey), 1], { from: carol });
    expect(same.address).toBe(wallet.address);
    other.setBalance(wallet.address, 1_000n);
    twin.setBalance(wallet.address, 1_000n);
    const signatures = sign(wallet.payMessage(bob, 900n, 0n), 2);
    expect(() => same.pay(bob, 900n, 0n, signatures)).toThrow("MultisigInvalidSignature");
    wallet.pay(bob, 900n, 0n, signatures);
    expect([other.balanceOf(bob), twin.balanceOf(bob)]).toEqual([900n, 0n]);
  });

  test("changes its owners and its threshold by itself alone", () => {
    const wallet = deploy(2);
    expect(() => wallet.addOwner(new Uint8Array(3))).toThrow("Unauthorized");
    expect(() => wallet.changeThreshold(1)).toThrow("Unauthorized");
    let nonce = 0n;
    const call = (method: string, args: Uint8Array, ...signers: readonly number[]) => {
      const signatures = sign(wallet.callMessage(wallet.address, method, args, nonce), ...signers);
      wallet.execute(wallet.address, method, args, nonce, signatures);
      nonce++;
    };
    call("removeOwner", uint(1n, 4), 0, 1);
    // The last owner has taken the place of the removed one.
    expect(wallet.getOwners()).toEqual([0, 3, 2].map((index) => owners[index]?.publicKey));
    expect(() => call("addOwner", sized(owners[0]?.publicKey as Uint8Array), 0, 2)).toThrow("MultisigExistingOwner");
    expect(() => call("changeThreshold", uint(4n, 4), 0, 2)).toThrow("4 of 3 owners is no threshold");
    call("changeThreshold", uint(3n, 4), 0, 2);
    expect(wallet.getThreshold()).toBe(3);
    expect(() => call("changeThreshold", uint(1n, 4), 0, 2)).toThrow("2 signatures, but 3 are needed");
  });

  test("cannot be deployed without a threshold that owners can reach, or with an owner twice", () => {
    const keys = owners.map(({ publicKey }) => publicKey);
    for (const threshold of [0, 5]) {
      expect(() => vm.deploy(definition(), [keys, threshold])).toThrow("MultisigInvalidThreshold");
    }
    expect(() => vm.deploy(definition(), [[keys[0], keys[1], keys[0]], 1])).toThrow("MultisigExistingOwner");
  });

  test("whatever signatures are brought, it pays only if enough different owners have signed this very payment", () => {
    const wallet = deploy(3);
    vm.setBalance(wallet.address, 1_000_000n);
    const mallory = vm.account("mallory");
    const right = wallet.payMessage(bob, 1n, 0n);
    const kinds: Record<string, readonly Uint8Array[]> = {
      right: owners.map((owner) => owner.sign(right)),
      amount: owners.map((owner) => owner.sign(wallet.payMessage(bob, 2n, 0n))),
      nonce: owners.map((owner) => owner.sign(wallet.payMessage(bob, 1n, 1n))),
      mallory: owners.map(() => mallory.sign(right)),
      cut: owners.map((owner) => owner.sign(right).slice(1)),
    };
    const clean = vm.snapshot();
    const kind = fc.oneof({ weight: 12, arbitrary: fc.constant("right") }, fc.constantFrom(...Object.keys(kinds)));
    const one = fc.record({ owner: fc.integer({ min: 0, max: 4 }), kind });
    const ordered = fc.uniqueArray(one, { maxLength: 4, selector: ({ owner }) => owner });
    const sorted = ordered.map((list) => [...list].sort((a, b) => a.owner - b.owner));
    let paid = 0;
    const check = (list: readonly { owner: number; kind: string }[]) => {
      vm.restore(clean);
      const signatures = list.map(({ owner, kind }) => ({
        owner,
        signature: (kinds[kind]?.[owner] ?? kinds["right"]?.[0]) as Uint8Array,
      }));
      const isRight = list.every(({ owner, kind }, index) => {
        return kind === "right" && owner < 4 && (index === 0 || owner > (list[index - 1]?.owner ?? -1));
      });
      const receipt = wallet.receipt.pay(bob, 1n, 0n, signatures);
      expect(receipt.status === "success").toBe(isRight && list.length >= 3);
      expect(wallet.getNonce()).toBe(receipt.status === "success" ? 1n : 0n);
      if (receipt.status === "success") paid++;
    };
    fc.assert(fc.property(fc.oneof(sorted, fc.array(one, { maxLength: 5 })), check), { numRuns: 150 });
    expect(paid).toBeGreaterThan(0);
  });
});

describe("Vesting", () => {
  interface GrantMethods {
    getBeneficiary(): string;
    released(token: string): bigint;
    releasable(token: string): bigint;
    release(token: string): bigint;
    deposit(): void;
  }
  const START = 2_000_000_000;
  function deploy(vm: Qwvm, cliff = 100n, duration = 400n) {
    return vm.deploy(library.definition<GrantMethods>("wallets/grant"), [bob, BigInt(START), cliff, duration]);
  }

  test("value and tokens become the beneficiary's evenly, after the cliff", () => {
    const vm = createQwvm();
    const grant = deploy(vm);
    const coin = deployCoin(vm);
    coin.transfer(grant.address, 4_000n);
    vm.setBalance(alice, 1_000n);
    grant.as(alice).with({ value: 1_000n }).deposit();
    // By time since the start: what is vested of 4,000.
    for (const [passed, vested] of [
      [-50, 0n],
      [0, 0n],
      [99, 0n],
      [100, 1_000n],
      [101, 1_010n],
      [399, 3_990n],
      [400, 4_000n],
      [401, 4_000n],
      [9_999, 4_000n],
    ] as const) {
      vm.setTime(START + passed);
      expect([passed, grant.releasable(coin.address)]).toEqual([passed, vested]);
      expect(grant.releasable(ZERO_ADDRESS)).toBe(vested / 4n);
    }
    const later = createQwvm();
    const second = deploy(later);
    const money = deployCoin(later);
    money.transfer(second.address, 4_000n);
    later.setTime(START + 200);
    expect(second.as(carol).release(money.address)).toBe(2_000n);
    expect(second.events()).toMatchObject([{ name: "Released", args: { token: money.address, amount: 2_000n } }]);
    money.transfer(second.address, 4_000n);
    // 8,000 in all, half of them vested, 2,000 paid.
    expect([second.releasable(money.address), second.released(money.address)]).toEqual([2_000n, 2_000n]);
    later.setTime(START + 400);
    second.release(money.address);
    expect([money.balanceOf(bob), money.balanceOf(second.address)]).toEqual([8_000n, 0n]);
    expect(second.release(money.address)).toBe(0n);
    later.setBalance(second.address, 7n);
    const before = later.balanceOf(bob);
    second.release(ZERO_ADDRESS);
    expect(later.balanceOf(bob) - before).toBe(7n);
  });

  test("never pays more than is vested, whenever it is asked", () => {
    const step = fc.record({
      wait: fc.integer({ min: 0, max: 120 }),
      added: fc.bigInt(0n, 1_000n),
      asks: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const vm = createQwvm();
        const grant = deploy(vm, 50n);
        vm.setTime(START);
        let [time, total] = [0n, 0n];
        const before = vm.balanceOf(bob);
        for (const { wait, added, asks } of steps) {
          vm.setTime(START + Number(time) + wait);
          time += BigInt(wait);
          total += added;
          vm.setBalance(grant.address, vm.balanceOf(grant.address) + added);
          if (!asks) continue;
          grant.release(ZERO_ADDRESS);
          const vested = time < 50n ? 0n : (total * (time > 400n ? 400n : time)) / 400n;
          expect(vm.balanceOf(bob) - before).toBe(vested);
        }
      }),
      { numRuns: 30 },
    );
  });

  test("needs a beneficiary and a time", () => {
    expect(() => deploy(createQwvm(), 0n, 0n)).toThrow("VestingInvalidSchedule");
    expect(() => deploy(createQwvm(), 401n, 400n)).toThrow("VestingInvalidSchedule");
  });
});

describe("PaymentSplitter", () => {
  interface SplitMethods {
    sharesOf(account: string): bigint;
    getTotalShares(): bigint;
    released(token: string, account: string): bigint;
    releasable(token: string, account: string): bigint;
    release(token: string, account: string): bigint;
  }
  const payees: readonly Address[] = [alice, bob, carol];
  const deploy = (vm: Qwvm, shares: readonly bigint[] = [1n, 2n, 7n], to: readonly string[] = payees) =>
    vm.deploy(library.definition<SplitMethods>("wallets/split"), [to, shares], { from: alice });

  test("tokens and value are divided by shares", () => {
    const vm = createQwvm();
    const split = deploy(vm);
    const coin = deployCoin(vm);
    coin.transfer(split.address, 1_009n);
    expect([split.getTotalShares(), split.sharesOf(carol)]).toEqual([10n, 7n]);
    // 1,009 / 10, times 1, 2 and 7, rounded down.
    expect(payees.map((payee) => split.releasable(coin.address, payee))).toEqual([100n, 201n, 706n]);
    split.release(coin.address, carol);
    expect(coin.balanceOf(carol)).toBe(706n);
    expect(() => split.release(coin.address, carol)).toThrow("SplitterNothingDue");
    expect(() => split.release(coin.address, address("nobody"))).toThrow("SplitterNothingDue");
    expect(split.releasable(coin.address, bob)).toBe(201n);
  });

  test("pays each payee its part of all that came in, in whatever order, and never more", () => {
    const step = fc.record({ added: fc.bigInt(0n, 1_000n), payee: fc.integer({ min: 0, max: 2 }) });
    const shares = fc.tuple(fc.bigInt(1n, 9n), fc.bigInt(1n, 9n), fc.bigInt(1n, 2n ** 32n));
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), shares, (steps, shares) => {
        const vm = createQwvm();
        const split = deploy(vm, shares);
        const sum = shares.reduce((a, b) => a + b);
        const had = payees.map(() => 0n);
        let total = 0n;
        for (const { added, payee } of steps) {
          total += added;
          vm.setBalance(split.address, vm.balanceOf(split.address) + added);
          const receipt = split.receipt.release(ZERO_ADDRESS, payees[payee] as string);
          const due = (total * (shares[payee] as bigint)) / sum - (had[payee] as bigint);
          expect(receipt.status).toBe(due > 0n ? "success" : "reverted");
          had[payee] = (had[payee] as bigint) + due;
        }
        expect(payees.map((payee) => split.released(ZERO_ADDRESS, payee))).toEqual(had);
        expect(split.balance).toBe(total - had.reduce((a, b) => a + b));
      }),
      { numRuns: 30 },
    );
  });

  test("needs payees with shares, each once", () => {
    const vm = createQwvm();
    expect(() => deploy(vm, [1n])).toThrow("SplitterInvalidArrayLength");
    expect(() => deploy(vm, [], [])).toThrow("SplitterInvalidArrayLength");
    expect(() => deploy(vm, [1n, 0n, 1n])).toThrow("SplitterInvalidPayee");
    expect(() => deploy(vm, [1n, 1n], [alice, alice])).toThrow("SplitterInvalidPayee");
    expect(() => deploy(vm, [1n], [ZERO_ADDRESS])).toThrow("SplitterInvalidPayee");
    // Where the next contract of this deployer will be.
    const own = contractAddress(alice, BigInt(vm.chain.nonce(alice)));
    expect(() => deploy(vm, [1n], [own])).toThrow("SplitterInvalidPayee");
  });
});
