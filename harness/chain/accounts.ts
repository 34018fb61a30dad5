// Accounts that can sign: key pairs derived from labels, the same ones in every test and on every machine.

import { type Address, addressOfPublicKey } from "../core/address.js";
import { sha3 } from "../host/sha3.js";
import { createKeyPair, type KeyPair, type SignatureScheme, signMessage } from "../host/signatures.js";

/** A key pair with its address. */
export interface SigningAccount {
  readonly label: string;
  readonly address: Address;
  readonly publicKey: Uint8Array;
  /** Signs the message's bytes; the same message gives the same signature. */
  sign(message: Uint8Array): Uint8Array;
}

/** Key pairs made so far in this process: making one takes milliseconds. */
const made = new Map<string, SigningAccount>();

/** The account of a label: its seed is SHA3-256 of "qwvm account " and the label, in UTF-8. */
export function signingAccount(label: string, scheme: SignatureScheme): SigningAccount {
  const key = `${scheme} ${label}`;
  let account = made.get(key);
  if (account === undefined) {
    const keys: KeyPair = createKeyPair(scheme, sha3(new TextEncoder().encode(`qwvm account ${label}`)));
    account = {
      label,
      address: addressOfPublicKey(keys.publicKey),
      publicKey: keys.publicKey,
      sign: (message) => signMessage(scheme, message, keys.secretKey),
    };
    made.set(key, account);
  }
  return account;
}
