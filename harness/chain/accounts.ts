// Accounts that can sign: key pairs derived from labels, the same ones in every test and on every machine.

import { type Address, addressOfPublicKey } from "../core/address.js";
import { copyBytes } from "../core/copies.js";
import { sha3 } from "../host/sha3.js";
import { type SignatureScheme, signatures } from "../host/signatures.js";

/** A key pair with its address. */
export interface SigningAccount {
  readonly label: string;
  readonly address: Address;
  /** A copy each time: the key is the label's in the whole process. */
  readonly publicKey: Uint8Array;
  /** Signs the message's bytes; the same message gives the same signature. */
  sign(message: Uint8Array): Uint8Array;
}

/**
 * Key pairs made so far in this process, the least recently used first: making one takes about a millisecond. An account
 * that a test holds outlives its entry, and one that is made again is the same. At most 8 KB each, 16 MB in all.
 */
const made = new Map<string, SigningAccount>();
const MAX_MADE = 2_000;

/** The account of a label: its seed is SHA3-256 of "qwvm account " and the label, in UTF-8. */
export function signingAccount(label: string, scheme: SignatureScheme): SigningAccount {
  const key = `${scheme} ${label}`;
  const known = made.get(key);
  const account = known ?? createAccount(label, scheme);
  if (known !== undefined) made.delete(key);
  else if (made.size >= MAX_MADE) made.delete(made.keys().next().value as string);
  made.set(key, account);
  return account;
}

function createAccount(label: string, scheme: SignatureScheme): SigningAccount {
  const seed = sha3(new TextEncoder().encode(`qwvm account ${label}`));
  const { publicKey, secretKey } = signatures.createKeyPair(scheme, seed);
  return Object.freeze({
    label,
    address: addressOfPublicKey(publicKey),
    get publicKey() {
      return copyBytes(publicKey);
    },
    sign: (message: Uint8Array) => signatures.sign(scheme, message, secretKey),
  });
}
