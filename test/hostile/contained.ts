// The one check that every hostile module goes through, and the pieces that most of them are made of.

import { expect } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import type { ChainOptions } from "../../harness/chain/genesis.js";
import { type Address, addressToBytes, contractAddress } from "../../harness/core/address.js";
import { QwvmError } from "../../harness/core/errors.js";
import { GAS_CATEGORIES } from "../../harness/core/gas-breakdown.js";
import type { Receipt } from "../../harness/core/receipt.js";
import { alice, assemble, bob, deploy, execute, fixture, query, toNumber, u64 } from "../fixtures/wat.js";

/** How a hostile module is deployed and called. */
export interface HostileCall {
  readonly kind?: "execute" | "query";
  readonly method?: string;
  /** Bytes, or what makes them of the addresses: the module's own, the helpers', and one without a contract. */
  readonly args?: Uint8Array | ((self: Address, helpers: readonly Address[]) => Uint8Array);
  readonly gasLimit?: number;
  readonly memory?: "fresh" | "kept";
  readonly options?: ChainOptions;
  /** Modules that are deployed before it. */
  readonly helpers?: readonly (string | Uint8Array)[];
}

/** How it ended: the refusal's code, or a receipt's main figures. */
export interface Ending {
  readonly refused?: string;
  readonly status?: string;
  readonly code?: string | undefined;
  readonly gasUsed?: number;
}

const DEPLOYMENT_GAS = 100_000_000;
const CALL_GAS = 10_000_000;

/** Codes with which a module may be refused. */
const REFUSALS = [
  "NOT_WASM",
  "INVALID_WASM",
  "UNSUPPORTED_FEATURE",
  "CODE_TOO_LARGE",
  "MEMORY_TOO_LARGE",
  "TABLE_TOO_LARGE",
  "BAD_SEGMENT",
  "MISSING_EXPORT",
  "BAD_EXPORT",
  "UNKNOWN_IMPORT",
  "BAD_IMPORT",
  "EXTENSION_IMPORT",
];

/** Words of engines, and of errors that are our own bugs. */
const ENGINE_TEXT =
  /CompileError|RuntimeError|LinkError|RangeError|TypeError|WebAssembly\.[A-Z]|Compiling function|wasm-function|wasm:\/\/|@\+\d|Maximum call stack|array buffer|bug in qwvm/i;
/** Control characters, and those that turn the direction of writing. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there.
const UNPRINTABLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

/** What was said about a module: in the machine's own words, and fit for a terminal. */
export function expectOwnWords(text: string): void {
  expect(text).not.toMatch(ENGINE_TEXT);
  expect(text).not.toMatch(UNPRINTABLE);
}

/**
 * Deploys and calls a hostile module on two new machines, and expects that it ends in a refusal or in a receipt, the same
 * both times, within its gas; that what fails leaves nothing but a nonce; and that the machine serves the next contract.
 */
export function expectContained(module: string | Uint8Array, call: HostileCall = {}): Ending {
  const wasm = typeof module === "string" ? assemble(module) : module;
  const helpers = (call.helpers ?? []).map((helper) => (typeof helper === "string" ? assemble(helper) : helper));
  const [first, second] = [1, 2].map(() => attempt(wasm, helpers, call)) as [Ending, Ending];
  expect(second).toEqual(first);
  return first;
}

function attempt(wasm: Uint8Array, helpers: readonly Uint8Array[], call: HostileCall): Ending {
  const chain = new Chain(call.options);
  chain.powers.setBalance(alice, 1_000n);
  const others = helpers.map((helper) => {
    const to = deploy(chain, { name: "Helper", wasm: helper }, { gasLimit: DEPLOYMENT_GAS });
    chain.powers.setBalance(to, 100n);
    return to;
  });
  const ending = deployAndCall(chain, wasm, others, call);
  expectGoodContract(chain);
  return ending;
}

function deployAndCall(chain: Chain, wasm: Uint8Array, others: readonly Address[], call: HostileCall): Ending {
  const nonce = chain.nonce(alice);
  const self = contractAddress(alice, BigInt(nonce));
  const everybody = [alice, bob, self, ...others];
  const before = look(chain, everybody);
  let deployment: Receipt;
  try {
    const base = { from: alice, value: 0n, gasLimit: DEPLOYMENT_GAS, args: new Uint8Array(0), metadata: {} };
    const memory = call.memory === undefined ? {} : { memory: call.memory };
    deployment = chain.send({ ...base, ...memory, kind: "deploy", artifact: { name: "Hostile", wasm } });
  } catch (error) {
    if (!(error instanceof QwvmError)) throw error;
    expect(REFUSALS).toContain(error.code);
    expectOwnWords(error.message);
    expect(error.message.length).toBeLessThan(1_000);
    expect(look(chain, everybody)).toEqual(before);
    expect(chain.nonce(alice)).toBe(nonce);
    return { refused: error.code };
  }
  expectOrdinary(deployment, DEPLOYMENT_GAS);
  expect(chain.nonce(alice)).toBe(nonce + 1);
  if (deployment.status !== "success") {
    expect(look(chain, everybody)).toEqual(before);
    expect(chain.contractAt(self)).toBeUndefined();
    return endingOf(deployment);
  }

  chain.powers.setBalance(self, 500n);
  const settled = look(chain, everybody);
  const args = typeof call.args === "function" ? call.args(self, others) : call.args;
  const run = call.kind === "query" ? query : execute;
  const { gasLimit = CALL_GAS } = call;
  const receipt = run(chain, self, call.method ?? "", args, { gasLimit });
  expectOrdinary(receipt, gasLimit);
  expect(chain.nonce(alice)).toBe(nonce + (call.kind === "query" ? 1 : 2));
  if (receipt.status !== "success" || call.kind === "query") {
    expect([receipt.events, receipt.stateChanges]).toEqual([[], []]);
    expect(look(chain, everybody)).toEqual(settled);
  }
  return endingOf(receipt);
}

/** A receipt as every receipt has to be. */
function expectOrdinary(receipt: Receipt, gasLimit: number): void {
  expect(receipt.gasUsed).toBeLessThanOrEqual(gasLimit);
  expect(GAS_CATEGORIES.reduce((sum, { key }) => sum + receipt.gas[key], 0)).toBe(receipt.gasUsed);
  if (receipt.status === "out_of_gas") expect(receipt.gasUsed).toBe(gasLimit);
  const { failure } = receipt;
  expect(failure?.status ?? "success").toBe(receipt.status);
  if (failure === undefined) return;
  const { frames } = failure;
  // The data is the contract's own.
  expectOwnWords(JSON.stringify({ ...failure, data: undefined, frames }));
  if (failure.status === "trapped") expect(failure.detail.length).toBeLessThan(300);
  expect(frames.length).toBeLessThanOrEqual(100);
}

function endingOf(receipt: Receipt): Ending {
  const { failure } = receipt;
  const code = failure?.status === "trapped" ? failure.code : undefined;
  return { status: receipt.status, code, gasUsed: receipt.gasUsed };
}

/** Everything there is to see of some accounts, kept memories included as far as the contracts' queries show them. */
function look(chain: Chain, addresses: readonly Address[]): unknown {
  return addresses.map((address) => {
    const isContract = chain.contractAt(address) !== undefined;
    const answer = isContract ? query(chain, address, "state", undefined, { gasLimit: 1_000_000 }) : undefined;
    return {
      balance: chain.balance(address),
      storage: chain.storageEntries(address),
      answer: answer === undefined ? undefined : [answer.status, answer.gasUsed, [...answer.result.slice(0, 64)]],
    };
  });
}

/**
 * The counter of fixtures/wat on a machine that has seen worse. By the sum of its operators: an input costs 6 in `qw_alloc`;
 * "increment" has 20 operators, a read of 200 + 3 * 8, a write of 5,000 + 20 * 8; the query 8 operators and the read.
 */
function expectGoodContract(chain: Chain): void {
  const to = deploy(chain, fixture("counter"), { args: u64(5) });
  const receipt = execute(chain, to, "increment", u64(2));
  expect([receipt.status, receipt.gasUsed]).toEqual(["success", 2 * 6 + 20 + 224 + 5_160]);
  const answer = query(chain, to, "count");
  expect([toNumber(answer.result), answer.gasUsed]).toEqual([7n, 2 * 6 + 8 + 224]);
}

/** Imports that a module could want, with the names that the pieces of text in these suites use. */
export const IMPORTS = `
  (import "env" "qw_storage_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "env" "qw_storage_read" (func $readWord (param i32 i32) (result i64)))
  (import "env" "qw_storage_write" (func $write (param i32 i32 i32 i32)))
  (import "env" "qw_dilithium_verify" (func $verify (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "qw_sha3_256" (func $sha3 (param i32 i32 i32)))
  (import "env" "qw_get_caller" (func $caller (param i32)))
  (import "env" "qw_get_balance" (func $balance (param i32 i32)))
  (import "env" "qw_transfer" (func $transfer (param i32 i32) (result i32)))
  (import "env" "qw_transfer" (func $transferOrTrap (param i32 i32)))
  (import "env" "qw_emit_event" (func $emit (param i32 i32 i32 i32)))
  (import "env" "qw_call_contract" (func $call (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "qw_get_vrf" (func $vrf (param i32)))
  (import "env" "qw_get_self" (func $self (param i32)))
  (import "env" "qw_get_value" (func $value (param i32)))
  (import "env" "qw_revert" (func $revert (param i32 i32)))
  (import "env" "qw_log" (func $log (param i32 i32)))
  (import "env" "abort" (func $abort (param i32 i32 i32 i32)))`;

/**
 * A raw module: `execute` runs the body, which may use the locals $i and $j and finds its arguments at $args; `query` adds
 * up the first page, the memory's size and the global $g, so that a change of any of them shows.
 */
export function raw(body: string, more = "", pages = 1): string {
  return `(module ${IMPORTS} (memory (export "memory") ${pages}) (global $g (mut i64) (i64.const 3)) ${more}
    (func (export "init"))
    (func (export "execute") (param $m i32) (param $mlen i32) (param $args i32) (param $len i32)
      (local $i i32) (local $j i32) ${body})
    (func (export "query") (param i32 i32) (result i64) (local $at i32) (local $sum i64)
      (loop
        local.get $sum i64.const 31 i64.mul local.get $at i64.load i64.add local.set $sum
        local.get $at i32.const 8 i32.add local.tee $at i32.const 65536 i32.lt_u br_if 0)
      local.get $sum memory.size i64.extend_i32_u i64.add global.get $g i64.add))`;
}

/** An SDK module whose `execute` and `query` run the body and return `result`; its inputs are at 4096. */
export function sdk(body: string, result = "i64.const 16", more = "", pages = 1): string {
  return `(module ${IMPORTS} (memory (export "memory") ${pages}) ${more}
    (func (export "qw_alloc") (param i32) (result i32) i32.const 4096)
    (func (export "init"))
    (func $run (local $i i32) (local $j i32) ${body})
    (func (export "execute") (param i32 i32 i32 i32) (result i64) call $run ${result})
    (func (export "query") (param i32 i32 i32 i32) (result i64) call $run ${result})
    (@custom "qwvm.abi" "{}"))`;
}

/** A loop around some text, `count` times, counted in $i. */
export const times = (count: number, text: string): string =>
  `(loop ${text} local.get $i i32.const 1 i32.add local.tee $i i32.const ${count} i32.lt_u br_if 0)`;

/** Leaves a mark in everything that can be marked: memory, global, storage, balance, events. The arguments are overwritten. */
export const MARKS = `
  i32.const 512 i32.const 77 i32.store i64.const 99 global.set $g
  i32.const 512 i32.const 1 i32.const 512 i32.const 4 call $write
  i32.const 512 i32.const 1 i32.const 512 i32.const 4 call $emit
  i32.const 600 i32.const 5 i32.store i32.const 540 i32.const 600 call $transfer drop`;

/** Calls the contract at an address in memory with a range as arguments; its answer is dropped. */
export const callAt = (address: string, args = "i32.const 0 i32.const 0"): string =>
  `${address} i32.const 0 i32.const 0 ${args} i32.const 0 i32.const 0 call $call drop`;

export const bytesOf = (...addresses: readonly Address[]): Uint8Array =>
  new Uint8Array(addresses.flatMap((address) => [...addressToBytes(address)]));
