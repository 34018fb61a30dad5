// What clients share of one virtual machine: the chain, the names of accounts and contracts, the last receipt.
// Owns no state of the chain; qwvm.ts is what users hold.

import type { Chain } from "../chain/chain.js";
import {
  type Address,
  type Addressable,
  address as labelAddress,
  parseAddress,
  ZERO_ADDRESS,
} from "../core/address.js";
import type { Artifact } from "../core/artifact.js";
import { QwvmError } from "../core/errors.js";
import type { DeployMessage, Message } from "../core/message.js";
import type { SettledReceipt } from "../vm/settled-receipt.js";
import { type AbiCodec, codecOf } from "./codec.js";
import { showValue } from "./value-problem.js";

/** Labels that tests made addresses of, so that messages can say "alice". */
const testLabels = new Map<Address, string>();
const MAX_LABELS = 10_000;

/**
 * The test address of a label, for example `address("alice")`: the last 20 bytes of SHA3-256 of the label's UTF-8
 * bytes. It has no key pair; `vm.account(label)` makes an account that can sign.
 */
export function address(label: string): Address {
  if (typeof label !== "string") {
    throw new QwvmError("BAD_LABEL", `address() takes a label, but got ${showValue(label)}.`, {
      hint: 'Give a text: address("alice").',
    });
  }
  const made = labelAddress(label);
  if (testLabels.size < MAX_LABELS) testLabels.set(made, label);
  return made;
}

/** One machine as its clients see it. What it gives may share bytes with the chain: clients hand out copies. */
export class Machine {
  readonly chain: Chain;
  /** The receipt of the last transaction; queries do not count. */
  lastReceipt: SettledReceipt | undefined = undefined;
  readonly #labels = new Map<Address, string>();
  readonly #undeployed = new Map<Address, Artifact>();

  constructor(chain: Chain) {
    this.chain = chain;
  }

  /** Deploys; a contract whose constructor failed is forgotten by the chain, but its name is still asked for. */
  deploy(message: DeployMessage): SettledReceipt {
    const receipt = this.run(message);
    if (receipt.status !== "success") this.#undeployed.set(receipt.to, message.artifact);
    return receipt;
  }

  /**
   * Carries a message out: queries on the side, everything else as a transaction.
   * @param message made by the caller, of values that nobody else can change
   */
  run(message: Message): SettledReceipt {
    if (message.kind === "query") return this.chain.query(message);
    const receipt = this.chain.send(message);
    this.lastReceipt = receipt;
    return receipt;
  }

  setLabel(of: Address, label: string): void {
    this.#labels.set(of, label);
  }

  /** The label an address was given, if any: an account's, a test address's, or a contract's name. */
  labelOf(of: Address): string | undefined {
    const label = this.#labels.get(of) ?? testLabels.get(of) ?? this.artifactAt(of)?.name;
    return label ?? (of === ZERO_ADDRESS ? "the zero address" : undefined);
  }

  /** The name of a contract; its address when there is none. */
  contractName(of: Address): string {
    return this.artifactAt(of)?.name ?? of;
  }

  /** What was deployed at an address, or failed to be. */
  artifactAt(of: Address): Artifact | undefined {
    return this.chain.contractAt(of)?.artifact ?? this.#undeployed.get(of);
  }

  /** The codec of a deployed contract; undefined without an interface. */
  codecAt(of: Address): AbiCodec | undefined {
    const abi = this.artifactAt(of)?.abi;
    return abi && codecOf(abi);
  }
}

/** The default sender of deployments and transfers. */
export const DEFAULT_DEPLOYER: Address = address("deployer");

/** Call options, checked and completed. */
export interface ResolvedOptions {
  readonly from: Address;
  readonly value: bigint;
  readonly gasLimit: number;
}

const MAX_AMOUNT = (1n << 256n) - 1n;

/**
 * Checks options against the defaults.
 * @throws QwvmError `BAD_OPTION`, `BAD_ADDRESS`
 */
export function resolveOptions(
  given: { from?: Addressable | undefined; value?: bigint | undefined; gasLimit?: number | undefined },
  defaults: ResolvedOptions,
  known: readonly string[] = ["from", "value", "gasLimit"],
): ResolvedOptions {
  if (typeof given !== "object" || given === null) {
    throw new QwvmError("BAD_OPTION", `Options must be an object, but ${showValue(given)} was given.`, {
      hint: `For example: { from: address("alice") }. The options are ${known.join(", ")}.`,
    });
  }
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    throw new QwvmError("BAD_OPTION", `There is no option ${JSON.stringify(name)}.`, {
      hint: `The options are ${known.join(", ")}.`,
    });
  }
  return {
    from: given.from === undefined ? defaults.from : parseAddress(given.from, "from"),
    value: given.value === undefined ? defaults.value : checkAmount(given.value, "value"),
    gasLimit: given.gasLimit === undefined ? defaults.gasLimit : checkGasLimit(given.gasLimit),
  };
}

/** @throws QwvmError `BAD_AMOUNT` unless it is a bigint that fits in a u256 */
export function checkAmount(value: unknown, what: string): bigint {
  if (typeof value === "bigint" && value >= 0n && value <= MAX_AMOUNT) return value;
  throw new QwvmError("BAD_AMOUNT", `${what} is ${showValue(value)}, which is not an amount.`, {
    hint: "Amounts are bigint, from 0n to 2n ** 256n - 1n: write 5n.",
  });
}

function checkGasLimit(value: unknown): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  throw new QwvmError("BAD_OPTION", `gasLimit is ${showValue(value)}, which is not an amount of gas.`, {
    hint: "It is a whole number from 0 to 2 ** 53 - 1: gasLimit: 100_000.",
  });
}
