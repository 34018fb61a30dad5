// Borders copy: everything the API hands out and takes in is changed beyond recognition, and the machine goes on as one of
// which nobody changed anything. What comes out is followed through getters, so that a new one is found without being named.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type Account,
  type ContractDefinition,
  type ContractError,
  contractAddress,
  createQwvm,
  GAS_CATEGORIES,
  type Observer,
  type Qwvm,
  type RawContract,
  type Receipt,
  signedMessage,
  type VmSnapshot,
} from "../../harness/index.js";
import { meter, runExport } from "../../harness/wasm.js";
import { type BuiltProject, buildProject, type LooseMethods } from "../client/built-contracts.js";
import type { LooseContract } from "../fixtures/loose-contract.js";
import { assemble } from "../fixtures/wat.js";
import { GALLERY } from "./gallery.js";
import { vandalise } from "./vandal.js";

type Definition = ContractDefinition<unknown[], LooseMethods>;

/** Counts in its memory, keeps what it is sent, emits it as an event, and gives back what it is asked. */
const KEEPER = `(module
  (import "env" "qw_storage_write" (func $write (param i32 i32 i32 i32)))
  (import "env" "qw_storage_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "env" "qw_emit_event" (func $emit (param i32 i32 i32 i32)))
  (import "env" "qw_get_caller" (func $caller (param i32)))
  (import "env" "qw_get_self" (func $self (param i32)))
  (import "env" "qw_get_vrf" (func $vrf (param i32)))
  (import "env" "qw_sha3_256" (func $sha3 (param i32 i32 i32)))
  (memory (export "memory") 1 4)
  (global $at (mut i32) (i32.const 4096))
  (data (i32.const 16) "key")
  (func (export "qw_alloc") (param $size i32) (result i32)
    (global.set $at (i32.add (global.get $at) (local.get $size)))
    (i32.sub (global.get $at) (local.get $size)))
  (func $context
    (call $caller (i32.const 64))
    (call $self (i32.const 84))
    (call $vrf (i32.const 104)))
  (func (export "init") (param i32 i32)
    (call $write (i32.const 16) (i32.const 3) (local.get 0) (local.get 1)))
  (func (export "execute") (param i32 i32 i32 i32)
    (call $context)
    (call $write (i32.const 17) (i32.const 2) (i32.const 64) (i32.const 72))
    (call $write (i32.const 16) (i32.const 3) (local.get 2) (local.get 3))
    (call $emit (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "query") (param i32 i32 i32 i32) (result i64)
    (call $context)
    (call $sha3 (i32.const 64) (i32.const 72) (i32.const 200))
    (i64.add (i64.load (i32.const 200)) (i64.extend_i32_u (global.get $at)))))`;

let built: BuiltProject;
beforeAll(async () => {
  built = await buildProject({ "gallery.ts": GALLERY });
});
afterAll(() => built.remove());

/** What somebody does with what they hold: nothing, or everything they can. */
type Touch = (value: unknown, handles?: ReadonlySet<object>) => void;

/** Everything that a machine says of itself, as text. */
function stateOf(vm: Qwvm, touch: Touch): string {
  const { chain } = vm;
  const accounts = ["alice", "bob"].map((label) => vm.account(label));
  const signing = chain.signingAccount("alice");
  const state = {
    block: vm.block,
    clock: chain.clock,
    prices: { ...chain.schedule },
    limits: { ...chain.limits },
    categories: GAS_CATEGORIES,
    last: vm.lastReceipt,
    signing: [signing.address, signing.publicKey],
    accounts: accounts.map((account) => [
      account.address,
      account.publicKey,
      account.balance,
      chain.nonce(account.address),
    ]),
  };
  const text = plain(state);
  touch(state);
  return text;
}

/** What is known of a contract. */
function contractState(vm: Qwvm, of: { readonly address: Account["address"] }): unknown {
  const { chain } = vm;
  const code = chain.contractAt(of.address);
  return [chain.storageEntries(of.address), chain.balance(of.address), code];
}

/** A value as text: bytes as digits, long ones as their hash, what receipts work out when they are asked included. */
function plain(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => {
    if (
      typeof item === "object" &&
      item !== null &&
      "transactionHash" in item &&
      !Object.hasOwn(item, "transactionHash")
    ) {
      return { ...item, hash: item.transactionHash, changes: (item as Receipt).stateChanges };
    }
    if (typeof item === "bigint") return `${item}n`;
    if (!(item instanceof Uint8Array)) return item;
    return item.length > 100 ? createHash("sha256").update(item).digest("hex") : Buffer.from(item).toString("hex");
  });
}

const RAW_ABI = {
  methods: [
    { name: "read", kind: "query" as const, params: [{ name: "of", type: "bytes" as const }], result: "u64" as const },
  ],
  events: [{ name: "shown", fields: [{ name: "of", type: "bytes" as const }] }],
};

/** One life of a machine, in which everything handed out and taken in is touched; says what it saw. */
function live(touch: Touch): string[] {
  const seen: string[] = [];
  const options = { schedule: { context: 300 }, limits: { memoryPages: 200 }, chainId: 5, blockHeight: 7 };
  const vm = createQwvm(options);
  touch(options);
  const heard = new Set<string>();
  const observer: Observer = {
    frameStart: (frame) => note("frameStart", frame),
    frameEnd: (frame) => note("frameEnd", frame),
    hostCall: (call) => note(call.name, call),
    settled: (receipt) => note("settled", receipt),
  };
  /** What observers are told is touched while the transaction runs. */
  const note = (what: string, told: unknown): void => {
    heard.add(what);
    seen.push(`${what} ${plain(told)}`);
    touch(told);
  };
  vm.chain.addObserver(observer);

  const alice = vm.account("alice", { balance: 1_000n });
  const bob = vm.account("bob");
  const handles: Set<object> = new Set([vm, vm.chain, vm.chain.powers]);
  const snapshots: VmSnapshot[] = [];
  const holders: { readonly address: Account["address"] }[] = [];
  const look = (): void => {
    seen.push(stateOf(vm, touch));
    for (const holder of holders) {
      const known = contractState(vm, holder);
      seen.push(plain(known));
      touch(known);
    }
    for (const handle of [...handles]) touch(handle, handles);
    touch(alice);
    touch(bob);
  };
  /** Gives copies of what is handed in, to be touched afterwards, and touches what comes out. */
  const act = (given: unknown, run: () => unknown): void => {
    let got: unknown;
    try {
      got = run();
    } catch (error) {
      const { name, message, receipt, errorArgs } = error as ContractError;
      // Only what says nothing of this process: no stacks, no folders.
      seen.push(plain([name, message, receipt, errorArgs]));
      touch(given);
      touch(error);
      look();
      return;
    }
    touch(given);
    if (typeof got !== "object" || !handles.has(got as object)) seen.push(plain(got));
    touch(got, handles);
    look();
  };
  const bytes = (...items: number[]) => Uint8Array.from(items);
  const picture = () => ({ title: "sea", pixels: new Uint8Array(100).fill(3), sizes: [4, 5] });

  // Typed contracts, of a definition that all machines share.
  const definition = built.definition("gallery") as Definition;
  const key = alice.publicKey;
  const metadata = { type: "gallery" };
  const args = ["first", key];
  touch(definition);
  const gallery = vm.deploy(definition, args as never, { from: alice, metadata }) as LooseContract;
  touch([definition, args, metadata, vm.lastReceipt]);
  look();
  const second = vm.deploy(definition, ["second", bytes(9)] as never, { from: alice }) as LooseContract;
  for (const handle of [gallery, second]) handles.add(handle);
  holders.push(gallery, second);
  look();

  let given = picture();
  act(given, () => gallery.hang(given));
  given = picture();
  act(given, () => gallery.receipt.hang(given));
  act(undefined, () => gallery.picture(1n));
  given = picture();
  act(given, () => gallery.with({ value: 5n, from: alice }).hang(given));
  given = picture();
  act(given, () => gallery.lend(second, given));
  const pixels = bytes(7, 7);
  act(pixels, () => gallery.tear(pixels));
  const torn = bytes(8, 8);
  act(torn, () => gallery.tearAt(second, torn));
  act(undefined, () => gallery.receipt.tearAt(second, bytes(8, 8)));
  act(undefined, () => gallery.events());
  act(undefined, () => second.events(vm.lastReceipt));
  act(undefined, () => gallery.storage("title"));
  act(undefined, () => gallery.metadata());
  act(undefined, () => gallery.beacon());
  act(undefined, () => gallery.digest(new Uint8Array(1_000)));
  const signature = alice.sign(bytes(1));
  const signed = [bytes(1), signature, alice.publicKey];
  act(signed, () => gallery.signedBy(...signed));
  snapshots.push(vm.snapshot(), vm.chain.snapshot() as VmSnapshot);
  touch([...snapshots]);

  // The block and the powers over it.
  const vrf = new Uint8Array(32).fill(3);
  act(vrf, () => vm.setVrf(vrf));
  act(undefined, () => gallery.beacon());
  const stored = [bytes(1), bytes(2)] as const;
  act(stored, () => vm.chain.powers.setStorage(gallery.address, ...stored));
  act(undefined, () => vm.chain.storage(gallery.address, bytes(1)));
  act(undefined, () => vm.transfer({ from: alice, to: bob, amount: 3n }));
  const call = { chainId: 5, contract: gallery.address, method: "hang", nonce: 1n, args: bytes(1, 2) };
  act(call, () => signedMessage(call));

  // Modules as bytes: a Buffer, whose slices share its memory, and an interface given by hand.
  const wasm = Buffer.from(assemble(KEEPER));
  const abi = structuredClone(RAW_ABI);
  const initial = bytes(1, 0, 0, 0, 9);
  const raw: RawContract = vm.deployWasm(wasm, { from: alice, abi, args: initial, name: "keeper" });
  touch([wasm, abi, initial]);
  look();
  handles.add(raw);
  holders.push(raw);
  const sent = Buffer.from([1, 0, 0, 0, 5]);
  act(sent, () => raw.execute("shown", sent));
  const received = bytes(2, 0, 0, 0, 5, 6);
  act(received, () => raw.receipt("execute", "shown", received));
  act(undefined, () => raw.events());
  act(undefined, () => raw.query("read", [bytes(1)]));
  act(undefined, () => raw.contract["read"]?.(bytes(1) as never));
  act(undefined, () => raw.storage("key"));
  const bare = vm.deployWasm(built.definition("gallery").artifact.wasm, { from: alice, args: ["third", bytes(3)] });
  const hung = Buffer.concat([bytes(1, 0, 0, 0, 65), bytes(2, 0, 0, 0, 7, 7), bytes(0, 0, 0, 0)]);
  act(hung, () => bare.execute("hang", hung));

  // Messages as tools send them.
  const artifact = {
    name: "again",
    wasm: assemble(KEEPER),
    abi: { ...structuredClone(RAW_ABI), abiVersion: 1, name: "again" },
  };
  const base = { from: alice.address, value: 0n, gasLimit: 1_000_000 } as const;
  const deploy = { ...base, kind: "deploy", artifact, args: bytes(4, 4), metadata: { name: "again" } } as const;
  const again = contractAddress(alice.address, BigInt(vm.chain.nonce(alice.address)));
  holders.push({ address: again });
  act(deploy, () => vm.chain.send(deploy as never));
  const execute = { ...base, kind: "execute", to: raw.address, method: "shown", args: bytes(6, 6) } as const;
  act(execute, () => vm.chain.send(execute));
  const query = { ...base, kind: "query", to: raw.address, method: "read", args: bytes(0) } as const;
  act(query, () => vm.chain.query(query));

  // Back to what was kept of before, twice.
  for (const snapshot of [...snapshots, snapshots[0]]) {
    vm.restore(snapshot as VmSnapshot);
    look();
    act(undefined, () => gallery.picture(1n));
    act(undefined, () => gallery.hang(picture()));
  }
  const names = ["frameStart", "frameEnd", "settled", "qw_get_caller", "qw_get_self", "qw_get_vrf", "qw_sha3_256"];
  expect([...heard]).toEqual(expect.arrayContaining([...names, "qw_storage_read", "qw_call_contract", "qw_revert"]));
  return seen;
}

test("whoever changes what they hold, given or received, changes no machine", () => {
  const untouched = live(() => {});
  const touched = live(vandalise);
  expect(untouched.length).toBeGreaterThan(300);
  for (const [i, line] of touched.entries()) expect(line).toBe(untouched[i]);
  // Nor one that begins afterwards: accounts, definitions and compiled code are the whole process's.
  expect(live(() => {})).toEqual(untouched);
});

test("the same holds for modules that are metered without a chain", () => {
  const live = (touch: Touch): unknown[] => {
    const seen: unknown[] = [];
    const text = `(module
      (import "host" "pair" (func $pair (param i32) (result i32 i32)))
      (memory (export "memory") 1)
      (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
      (func (export "two") (param i32) (result i32 i32) (call $pair (local.get 0))))`;
    const wasm = Buffer.from(assemble(text));
    const settings = { limits: { memoryPages: 2 }, name: "pairs" };
    const schedule = { instruction: 2 };
    const metered = meter(wasm, schedule, settings);
    touch([wasm, settings, schedule, metered]);
    const kept = [1, 2];
    const imports = { host: { pair: () => kept } };
    const instance = metered.instantiate(imports);
    touch(imports);
    for (let i = 0; i < 2; i++) {
      const args = [3, 4];
      const results = [instance.call("add", args), instance.call("two", [1])];
      seen.push(plain(results));
      touch([args, results]);
    }
    seen.push(
      plain([
        metered.imports,
        metered.exports,
        runExport(assemble(text), "add", [1, 2], { imports: { host: { pair: () => kept } } }),
      ]),
    );
    return seen;
  };
  expect(live((value) => vandalise(value))).toEqual(live(() => {}));
});

test("a definition of files reads them once, and says where they are", () => {
  const definition = built.definition("gallery");
  const path = fileURLToPath(definition.wasm as URL);
  vandalise(definition);
  expect(fileURLToPath(definition.wasm as URL)).toBe(path);
  expect(Buffer.compare(definition.artifact.wasm, readFileSync(path))).toBe(0);
});
