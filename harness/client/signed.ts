// Calls of `@signed` methods: the signature over a call is made here, of the same bytes that sdk-as/signed.ts checks.

import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import type { AbiMethod } from "../core/abi.js";
import { type Address, addressOfPublicKey, addressToBytes, parseAddress } from "../core/address.js";
import { checkChainId, DEFAULT_CHAIN_ID } from "../core/chain-id.js";
import { QwvmError } from "../core/errors.js";
import type { MethodCodec } from "./codec.js";
import type { Machine } from "./machine.js";
import { showValue } from "./value-problem.js";

/** Who signs: an account of the test, or anything with a public key that signs a message's bytes. */
export interface Signer {
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

/** A signature made elsewhere. `publicKey` is wanted where the contract knows the signer by address. */
export interface CallSignature {
  readonly nonce: bigint;
  readonly publicKey?: Uint8Array;
  readonly signature: Uint8Array;
}

/** What a signature is over. */
export interface SignedCall {
  /** The id of the chain that the call is for: a u64. 31337, the id of `createQwvm()`, when left out. */
  readonly chainId?: number | bigint;
  readonly contract: Address;
  readonly method: string;
  /** The signer's next nonce: how many calls of the contract it has signed before. */
  readonly nonce: bigint;
  /** The method's own arguments in Borsh. */
  readonly args: Uint8Array;
}

const DOMAIN = "qwvm.signed.v2";

/**
 * The bytes that a `@signed` call's signature is over, in Borsh: the text `qwvm.signed.v2` (string), the chain id (u64),
 * the contract's address (20 bytes), the method's name (string), the nonce (u64), the bytes of the arguments (bytes).
 * Integers are little-endian; a string or bytes have their length before them, a u32. Source: sdk-as/signed.ts.
 * @throws QwvmError `BAD_CHAIN_ID` unless the chain id is a u64
 */
export function signedMessage({ chainId = DEFAULT_CHAIN_ID, contract, method, nonce, args }: SignedCall): Uint8Array {
  const name = utf8ToBytes(method);
  return concatBytes(
    u32(DOMAIN.length),
    utf8ToBytes(DOMAIN),
    u64(checkChainId(chainId)),
    addressToBytes(contract),
    u32(name.length),
    name,
    u64(nonce),
    u32(args.length),
    args,
  );
}

/** The arguments of a signed call as they are encoded: with nonce, key and signature in the signer's place. */
export function signArguments(
  machine: Machine,
  contract: Address,
  codec: MethodCodec,
  args: readonly unknown[],
): readonly unknown[] {
  const { method } = codec;
  const { params, signed } = method;
  if (signed === undefined) return args;
  if (args.length !== params.length + 1) {
    const list = [...params.map(({ name }) => name), "signer"].join(", ");
    throw new QwvmError("BAD_ARGUMENT_COUNT", `${method.name} is signed, but ${args.length} arguments were given.`, {
      hint: `Call ${method.name}(${list}): the last one is who signs, as vm.account("alice").`,
    });
  }
  const own = args.slice(0, -1);
  const last = args.at(-1);
  if (isSignature(last)) {
    return [...own, last.nonce, ...(signed.key === "address" ? [last.publicKey] : []), last.signature];
  }
  if (!isSigner(last)) throw notASigner(method, last);
  const encoded = codec.encodeOwnArgs(own);
  const { chainId } = machine.chain;
  const nonce = nextNonce(machine, contract, method, own, last);
  const signature = last.sign(signedMessage({ chainId, contract, method: method.name, nonce, args: encoded }));
  return [...own, nonce, ...(signed.key === "address" ? [last.publicKey] : []), signature];
}

/** The nonce that the contract expects next of a signer. */
function nextNonce(
  machine: Machine,
  contract: Address,
  { params, signed }: AbiMethod,
  args: readonly unknown[],
  signer: Signer,
): bigint {
  const { by, in: place, key } = signed as NonNullable<AbiMethod["signed"]>;
  const index = params.findIndex(({ name }) => name === by);
  let name: Uint8Array;
  if (key === "publicKey" && place === "state") name = utf8ToBytes(by);
  else if (key === "address" && place === "params") name = addressToBytes(parseAddress(args[index] as never, by));
  else name = addressToBytes(addressOfPublicKey(signer.publicKey));
  const stored = machine.chain.storage(contract, concatBytes(utf8ToBytes("%nonce/"), name));
  return stored === undefined ? 0n : new DataView(stored.buffer, stored.byteOffset).getBigUint64(0, true);
}

function isSigner(value: unknown): value is Signer {
  const signer = value as Partial<Signer> | null | undefined;
  return typeof signer?.sign === "function" && signer.publicKey instanceof Uint8Array;
}

function isSignature(value: unknown): value is CallSignature {
  const given = value as Partial<CallSignature> | null | undefined;
  return typeof given === "object" && typeof given?.nonce === "bigint" && given.signature instanceof Uint8Array;
}

function notASigner({ name, params }: AbiMethod, given: unknown): QwvmError {
  return new QwvmError(
    "BAD_ARGUMENT",
    `${name}: argument ${params.length + 1} is who signs, but got ${showValue(given)}.`,
    {
      hint: 'Give an account, vm.account("alice"), or { nonce, publicKey, signature }.',
    },
  );
}

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

function u64(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value, true);
  return bytes;
}
