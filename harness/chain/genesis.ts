// How a chain begins: its options with their defaults, checked.

import { checkChainId, DEFAULT_CHAIN_ID } from "../core/chain-id.js";
import { QwvmError } from "../core/errors.js";
import { type Limits, resolveLimits } from "../core/limits.js";
import { type GasSchedule, resolveSchedule } from "../gas/schedule.js";
import { checkSignatureScheme, type SignatureScheme } from "../host/signatures.js";
import type { MachineOptions } from "../vm/machine.js";
import { FIRST_HEIGHT, FIRST_TIMESTAMP } from "./clock.js";
import { checkWhole } from "./powers.js";

/** What can be chosen of a chain. Everything has a default. */
export interface ChainOptions {
  /** Gas prices that differ from the default schedule's. */
  readonly schedule?: Partial<GasSchedule>;
  /** Limits that differ from the defaults. */
  readonly limits?: Partial<Limits>;
  /** Whether modules may import this project's extensions; `documented` refuses them at deployment. */
  readonly hostFunctions?: "all" | "documented";
  /** NaN bits made canonical, or modules with floats refused. */
  readonly floats?: "canonical" | "reject";
  /**
   * What `qw_dilithium_verify` verifies and accounts sign with: `ml-dsa-65` unless given; `ml-dsa-44`, `ml-dsa-87`; or
   * `dilithium3`, the chain's library's mode 3 of round 3.1 (public keys of 1,952 bytes, signatures of 3,293).
   */
  readonly signatureScheme?: SignatureScheme;
  /**
   * The chain's number: what `qw_get_chain_id` gives and signed messages contain. A u64, as a bigint or a whole number;
   * 31337 unless given.
   */
  readonly chainId?: number | bigint;
  /** Height of the first block. */
  readonly blockHeight?: number;
  /** Time of the first block, in seconds since 1970. */
  readonly blockTimestamp?: number;
}

/** Options with every default filled in. */
export interface Genesis extends MachineOptions {
  readonly blockHeight: number;
  readonly blockTimestamp: number;
}

const OPTION_NAMES: readonly (keyof ChainOptions)[] = [
  "schedule",
  "limits",
  "hostFunctions",
  "floats",
  "signatureScheme",
  "chainId",
  "blockHeight",
  "blockTimestamp",
];

/**
 * Checks a chain's options and fills in the defaults.
 * @throws QwvmError `BAD_OPTION`, `BAD_GAS_SCHEDULE`, `BAD_LIMIT`, `BAD_SIGNATURE_SCHEME`, `BAD_CHAIN_ID`, `BAD_BLOCK`
 */
export function resolveGenesis(options: ChainOptions = {}): Genesis {
  for (const name of Object.keys(options)) {
    if (!OPTION_NAMES.includes(name as keyof ChainOptions)) {
      throw new QwvmError("BAD_OPTION", `The machine has no option ${JSON.stringify(name)}.`, {
        hint: `The options are ${OPTION_NAMES.join(", ")}.`,
      });
    }
  }
  const { hostFunctions = "all", floats = "canonical" } = options;
  checkChoice("hostFunctions", hostFunctions, ["all", "documented"]);
  checkChoice("floats", floats, ["canonical", "reject"]);
  return {
    schedule: resolveSchedule(options.schedule),
    limits: resolveLimits(options.limits),
    hostFunctions,
    floats,
    signatureScheme: checkSignatureScheme(options.signatureScheme ?? "ml-dsa-65"),
    chainId: checkChainId(options.chainId === undefined ? DEFAULT_CHAIN_ID : options.chainId),
    blockHeight: checkWhole(options.blockHeight ?? FIRST_HEIGHT, "block height"),
    blockTimestamp: checkWhole(options.blockTimestamp ?? FIRST_TIMESTAMP, "block timestamp"),
  };
}

function checkChoice(name: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  throw new QwvmError("BAD_OPTION", `The option ${name} is ${JSON.stringify(value)}.`, {
    hint: `It is ${choices.map((choice) => JSON.stringify(choice)).join(" or ")}.`,
  });
}
