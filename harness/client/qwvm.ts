// The virtual machine as tests hold it: deploy, accounts, balances, the block, snapshots. Synchronous throughout.
// It adds names, checks and decoding to the chain; every rule of the machine itself is below.

import { Chain } from "../chain/chain.js";
import type { ChainOptions } from "../chain/genesis.js";
import { type Address, type Addressable, parseAddress } from "../core/address.js";
import { QwvmError } from "../core/errors.js";
import { Account } from "./account.js";
import type { Block } from "./block.js";
import { ChainDoor } from "./chain-door.js";
import { contractClient } from "./contract.js";
import { contractError } from "./contract-error.js";
import type { ContractClient, ContractDefinition, DecodedReceipt } from "./contract-types.js";
import { type DeployOptions, type DeployWasmOptions, deployDefinition, deployModule } from "./deploy.js";
import { checkAmount, DEFAULT_DEPLOYER, Machine, type ResolvedOptions, resolveOptions } from "./machine.js";
import type { RawContract } from "./raw-contract.js";
import { decodeReceipt } from "./receipts.js";
import { Snapshot } from "./snapshot.js";
import { isBytes, showValue } from "./value-problem.js";
import { announceVm } from "./vm-watchers.js";

/** A state to come back to, any number of times. Opaque. */
export type VmSnapshot = Snapshot;

/** What `vm.transfer` moves. */
export interface Transfer {
  readonly from: Addressable;
  readonly to: Addressable;
  readonly amount: bigint;
}

/** Makes an in-memory QWVM with an empty state. */
export function createQwvm(options: ChainOptions = {}): Qwvm {
  return new Qwvm(new Chain(options));
}

/** An in-memory QWVM. */
export class Qwvm {
  readonly #machine: Machine;
  readonly #door: ChainDoor;
  readonly #defaults: ResolvedOptions;
  readonly #accounts = new Map<string, Account>();

  /** Use `createQwvm()`. */
  constructor(chain: Chain) {
    this.#machine = new Machine(chain);
    this.#door = new ChainDoor(chain);
    this.#defaults = { from: DEFAULT_DEPLOYER, value: 0n, gasLimit: chain.limits.defaultGasLimit };
    announceVm(this.#machine);
  }

  /** The chain underneath, for tools. */
  get chain(): ChainDoor {
    return this.#door;
  }

  /**
   * Deploys a contract. Its client calls as the deployer until told otherwise.
   * @throws ContractError when the constructor fails; QwvmError for arguments that do not fit or a module that the
   * machine refuses
   */
  deploy<Args extends readonly unknown[], Methods>(
    definition: ContractDefinition<Args, Methods>,
    ...rest: Args extends readonly []
      ? [args?: readonly [], options?: DeployOptions]
      : [args: Args, options?: DeployOptions]
  ): ContractClient<Methods> {
    const [args, options] = rest;
    return deployDefinition(this.#machine, this.#defaults, this.deploy, definition, args ?? [], options ?? {});
  }

  /**
   * The client of a contract that is deployed already: by its own definition, or by that of an `@interface`. It calls as
   * the default account until told otherwise.
   */
  at<Methods>(
    definition: ContractDefinition<readonly never[], Methods>,
    contract: Addressable,
  ): ContractClient<Methods> {
    const to = parseAddress(contract, `the contract given to vm.at(${definition.name}, ...)`);
    return contractClient(this.#machine, to, definition as never, this.#defaults);
  }

  /**
   * Deploys any Wasm module. Arguments are bytes, or values when there is an interface: the module's own or `abi`.
   * @throws ContractError when `init` fails; QwvmError when the machine refuses the module
   */
  deployWasm(wasm: Uint8Array, options: DeployWasmOptions = {}): RawContract {
    if (!isBytes(wasm)) {
      throw new QwvmError("BAD_WASM", `deployWasm takes a module's bytes, but got ${showValue(wasm)}.`, {
        hint: 'Read the file first: readFileSync("module.wasm").',
      });
    }
    return deployModule(this.#machine, this.#defaults, this.deployWasm, wasm, options);
  }

  /** The account of a label, with its Dilithium keys. The same label is the same account. */
  account(label: string, options: { readonly balance?: bigint } = {}): Account {
    if (typeof label !== "string" || label === "") {
      throw new QwvmError("BAD_LABEL", `An account's label is ${showValue(label)}.`, {
        hint: 'Give a text: vm.account("alice").',
      });
    }
    let account = this.#accounts.get(label);
    if (account === undefined) {
      account = new Account(this.#machine, label, this.#machine.chain.signingAccount(label));
      this.#accounts.set(label, account);
      this.#machine.setLabel(account.address, label);
    }
    if (options.balance !== undefined) account.balance = options.balance;
    return account;
  }

  balanceOf(of: Addressable): bigint {
    return this.#machine.chain.balance(parseAddress(of, "the address given to balanceOf"));
  }

  /** Sets a balance out of nothing; for tests. */
  setBalance(of: Addressable, amount: bigint): void {
    this.#machine.chain.powers.setBalance(
      parseAddress(of, "the address given to setBalance"),
      checkAmount(amount, "the balance"),
    );
  }

  /** Moves value. @throws QwvmError `BALANCE_TOO_LOW` */
  transfer(transfer: Transfer): DecodedReceipt {
    const from = parseAddress(transfer.from, "from");
    const receipt = this.#machine.run({
      kind: "transfer",
      from,
      to: parseAddress(transfer.to, "to"),
      value: checkAmount(transfer.amount, "amount"),
      gasLimit: resolveOptions({}, this.#defaults).gasLimit,
    });
    if (receipt.failure !== undefined) throw contractError(this.#machine, receipt, this.transfer, undefined);
    return decodeReceipt(this.#machine, receipt);
  }

  /** The chain's number, as `createQwvm({ chainId })` set it: what signatures of calls are made for. */
  get chainId(): bigint {
    return this.#machine.chain.chainId;
  }

  get block(): Block {
    return this.#door.clock;
  }

  setBlockHeight(height: number): void {
    this.#machine.chain.powers.setHeight(height);
  }

  /** @param timestamp seconds since 1970 */
  setTime(timestamp: number): void {
    this.#machine.chain.powers.setTimestamp(timestamp);
  }

  advanceTime(seconds: number): void {
    this.#machine.chain.powers.advanceTime(seconds);
  }

  advanceBlocks(count = 1): void {
    this.#machine.chain.powers.mine(count);
  }

  /** @param vrf 32 bytes; undefined for each block's own again */
  setVrf(vrf: Uint8Array | undefined): void {
    this.#machine.chain.powers.setVrf(vrf);
  }

  /** Remembers everything: storage, balances, nonces, kept memories, the block. */
  snapshot(): VmSnapshot {
    return new Snapshot(this.#machine.chain.snapshot(), this.#machine.lastReceipt);
  }

  /**
   * Puts everything back as it was; the snapshot can be used again.
   * @throws QwvmError `BAD_SNAPSHOT` for anything but a snapshot of this vm
   */
  restore(snapshot: VmSnapshot): void {
    const { chain } = this.#machine;
    const parts = Snapshot.read(snapshot);
    if (parts === undefined || !chain.owns(parts.chain)) throw Snapshot.notOne("vm.restore");
    chain.restore(parts.chain);
    this.#machine.lastReceipt = parts.lastReceipt;
  }

  /** The receipt of the last transaction, decoded but for its result. Queries do not count. */
  get lastReceipt(): DecodedReceipt | undefined {
    const raw = this.#machine.lastReceipt;
    return raw && decodeReceipt(this.#machine, raw, this.#machine.codecAt(raw.to)?.find(raw.method));
  }

  /** The label of an address, if it has one. */
  labelOf(of: Address): string | undefined {
    return this.#machine.labelOf(of);
  }
}
