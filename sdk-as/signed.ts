// What `@signed` checks before a method's body: a Dilithium signature over the call, made for this chain, this contract and
// this method, with a nonce that counts up by one for each signer.
//
// Behind the method's arguments come, in Borsh: the nonce (u64), the public key (bytes) where only an address is known, and
// the signature (bytes). What is signed is, in Borsh: the text `qwvm.signed.v2` (string), the chain id (u64), the contract's
// address (20 bytes), the method's name (string), the nonce (u64), and the bytes of the method's own arguments (bytes).
// Integers are little-endian; strings and bytes have their length before them, a u32. The next nonce of a signer is stored
// as u64 under `%nonce/` and the signer's address, or the name of the field that holds the public key.

import { qw_dilithium_verify, qw_get_chain_id, qw_get_self, qw_sha3_256 } from "./env";
import { Failure, fail, failWith } from "./errors";
import { SCRATCH } from "./scratch";
import { readSlot, writeSlot } from "./storage/slot";
import type { Address } from "./types/address";
import { Bytes } from "./types/bytes";

/** The length of `qwvm.signed.v2` with its own length before it. */
const DOMAIN_LENGTH: usize = 18;
/** The length of `%nonce/`. */
const NONCE_LENGTH: usize = 7;

/** The address of a public key: the last 20 bytes of its SHA3-256. 30 gas a byte. */
export function addressOf(publicKey: Bytes): Address {
  const at = __alloc(32);
  qw_sha3_256(publicKey.at, publicKey.length, at);
  return changetype<Address>(at + 12);
}

/** The nonce that the next signature of an address must have. One storage read. */
export function nonceOf(signer: Address): u64 {
  return readSlot<u64>(nonceKey(signer.toBytes()), NONCE_LENGTH + 20);
}

function nonceKey(name: Bytes): usize {
  const key = __alloc(NONCE_LENGTH + name.length);
  memory.copy(key, memory.data<u8>([37, 110, 111, 110, 99, 101, 47]), NONCE_LENGTH);
  memory.copy(key + NONCE_LENGTH, name.at, name.length);
  return key;
}

/** Checks a signature by the key whose address is known. */
export function checkSignedBy(
  signer: Address,
  publicKey: Bytes,
  methodAt: usize,
  methodLength: usize,
  argsAt: usize,
  argsLength: usize,
  nonce: u64,
  signature: Bytes,
): void {
  if (addressOf(publicKey) != signer) fail(Failure.BadSignature);
  checkSigned(signer, publicKey, methodAt, methodLength, argsAt, argsLength, nonce, signature);
}

/** Checks a signature, and that the nonce is the next one under `signer`: an address, or a name in bytes. */
export function checkSigned<S>(
  signer: S,
  publicKey: Bytes,
  methodAt: usize,
  methodLength: usize,
  argsAt: usize,
  argsLength: usize,
  nonce: u64,
  signature: Bytes,
): void {
  const name = signer instanceof Bytes ? signer : changetype<Address>(changetype<usize>(signer)).toBytes();
  const keyLength = NONCE_LENGTH + name.length;
  const key = nonceKey(name);
  const expected = readSlot<u64>(key, keyLength);
  if (nonce != expected) {
    store<u64>(SCRATCH, expected);
    failWith(Failure.BadNonce, SCRATCH, 8);
  }
  const length = DOMAIN_LENGTH + 8 + 20 + 4 + methodLength + 8 + 4 + argsLength;
  const message = __alloc(length);
  memory.copy(
    message,
    memory.data<u8>([14, 0, 0, 0, 113, 119, 118, 109, 46, 115, 105, 103, 110, 101, 100, 46, 118, 50]),
    DOMAIN_LENGTH,
  );
  store<u64>(message + DOMAIN_LENGTH, qw_get_chain_id());
  qw_get_self(message + DOMAIN_LENGTH + 8);
  let at = message + DOMAIN_LENGTH + 28;
  store<u32>(at, methodLength);
  memory.copy(at + 4, methodAt, methodLength);
  at += 4 + methodLength;
  store<u64>(at, nonce);
  store<u32>(at, argsLength, 8);
  memory.copy(at + 12, argsAt, argsLength);
  const isValid = qw_dilithium_verify(message, length, signature.at, signature.length, publicKey.at, publicKey.length);
  if (isValid != 1) fail(Failure.BadSignature);
  writeSlot<u64>(key, keyLength, expected + 1);
}
