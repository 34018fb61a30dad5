// The right to hash and to verify signatures: qw_sha3_256 (FIPS 202) and qw_dilithium_verify (by the machine's scheme:
// FIPS 204, ML-DSA pure mode with an empty context, or Dilithium 3.1).

import { dilithiumGas, sha3Gas } from "../gas/formulas.js";
import { HASHING, SIGNATURES } from "../gas/tank.js";
import { checkRange, type HostBindings, type HostFrame } from "./host-frame.js";
import { sha3 } from "./sha3.js";
import { isValidSignature, type SignatureScheme } from "./signatures.js";

const VALID = new Uint8Array([1]);
const NOT_VALID = new Uint8Array([0]);

export function cryptoFunctions(frame: HostFrame, scheme: SignatureScheme): HostBindings {
  const hash = (dataPtr: number, dataLen: number, outputPtr: number): undefined => {
    const start = dataPtr >>> 0;
    const length = dataLen >>> 0;
    const output = outputPtr >>> 0;
    const gas = sha3Gas(frame.schedule, length);
    frame.charge(HASHING, gas);
    const memory = frame.memory();
    checkRange(frame, memory, start, length, "qw_sha3_256 data_ptr");
    checkRange(frame, memory, output, 32, "qw_sha3_256 output_ptr");
    const digest = sha3(memory.subarray(start, start + length));
    if (frame.watched) frame.tell("qw_sha3_256", gas, [memory.slice(start, start + length)], digest);
    memory.set(digest, output);
    return undefined;
  };

  const verify = (
    msgPtr: number,
    msgLen: number,
    sigPtr: number,
    sigLen: number,
    keyPtr: number,
    keyLen: number,
  ): number => {
    const message = msgPtr >>> 0;
    const messageLength = msgLen >>> 0;
    const signature = sigPtr >>> 0;
    const signatureLength = sigLen >>> 0;
    const key = keyPtr >>> 0;
    const keyLength = keyLen >>> 0;
    const gas = dilithiumGas(frame.schedule, messageLength);
    frame.charge(SIGNATURES, gas);
    const memory = frame.memory();
    checkRange(frame, memory, message, messageLength, "qw_dilithium_verify msg_ptr");
    checkRange(frame, memory, signature, signatureLength, "qw_dilithium_verify sig_ptr");
    checkRange(frame, memory, key, keyLength, "qw_dilithium_verify pubkey_ptr");
    // Views: nothing is copied for lengths that cannot be right, nor twice for those that can.
    const inputs = [
      memory.subarray(message, message + messageLength),
      memory.subarray(signature, signature + signatureLength),
      memory.subarray(key, key + keyLength),
    ] as const;
    const valid = isValidSignature(scheme, ...inputs);
    if (frame.watched) {
      const copies = inputs.map((bytes) => bytes.slice());
      frame.tell("qw_dilithium_verify", gas, copies, valid ? VALID : NOT_VALID);
    }
    return valid ? 1 : 0;
  };

  return {
    "qw_sha3_256 (i32, i32, i32) -> ()": hash,
    "qw_dilithium_verify (i32, i32, i32, i32, i32, i32) -> i32": verify as HostBindings[string],
  };
}
