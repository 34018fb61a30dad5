// Values of `qwvm run`'s options: gas limits, amounts, senders, the chain's id.

import { address } from "../client/machine.js";
import type { Address } from "../core/address.js";
import { usageError } from "./arguments.js";

const LARGEST_AMOUNT = 2n ** 256n - 1n;
const LARGEST_CHAIN_ID = 2n ** 64n - 1n;

/** @throws QwvmError `USAGE` */
export function readGasLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const digits = text.replaceAll(/[_,]/g, "");
  const value = Number(digits);
  if (/^\d+$/.test(digits) && Number.isSafeInteger(value)) return value;
  const hint = `Write a whole number up to ${Number.MAX_SAFE_INTEGER}: --gas-limit 1000000.`;
  throw usageError(`The gas limit is ${JSON.stringify(text)}.`, hint);
}

/** @throws QwvmError `USAGE` */
export function readAmount(text: string | undefined): bigint | undefined {
  if (text === undefined) return undefined;
  const digits = text.replaceAll(/[_,]/g, "");
  if (/^\d+$/.test(digits) && BigInt(digits) <= LARGEST_AMOUNT) return BigInt(digits);
  throw usageError(`The value to send is ${JSON.stringify(text)}.`, "Write a whole number up to 2^256 - 1: --value 5.");
}

/** @throws QwvmError `USAGE` */
export function readChainId(text: string | undefined): bigint | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text) && BigInt(text) <= LARGEST_CHAIN_ID) return BigInt(text);
  throw usageError(`The chain id is ${JSON.stringify(text)}.`, "Write a whole number up to 2^64 - 1: --chain-id 1.");
}

/** An address, or the test address of a label. @throws QwvmError `USAGE` */
export function readSender(text: string | undefined): Address | undefined {
  if (text === undefined) return undefined;
  if (/^0x[0-9a-fA-F]{40}$/.test(text)) return text.toLowerCase() as Address;
  if (!text.startsWith("0x") && text !== "") return address(text);
  throw usageError(`The sender is ${JSON.stringify(text)}.`, "Write 0x and 40 hex digits, or a label: --from alice.");
}
