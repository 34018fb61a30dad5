// Every external import of a contract, and nothing else. The file's name is the import module's name: `env`.
// Pointers and lengths are unsigned 32-bit. The first nine are the documented host functions; the rest are extensions.

/** Copies the value under a key into the buffer, as much as fits; gives the value's full length, 0 if there is none. */
export declare function qw_storage_read(keyAt: usize, keyLength: usize, valueAt: usize, valueLength: usize): i32;
/** Stores a value; an empty one deletes the key. */
export declare function qw_storage_write(keyAt: usize, keyLength: usize, valueAt: usize, valueLength: usize): void;
/** 1 if the signature is valid, else 0. */
export declare function qw_dilithium_verify(
  messageAt: usize,
  messageLength: usize,
  signatureAt: usize,
  signatureLength: usize,
  publicKeyAt: usize,
  publicKeyLength: usize,
): i32;
/** Writes 32 bytes. */
export declare function qw_sha3_256(dataAt: usize, dataLength: usize, outputAt: usize): void;
/** Writes 20 bytes. */
export declare function qw_get_caller(outputAt: usize): void;
/** Writes a u256, 32 bytes little-endian. */
export declare function qw_get_balance(addressAt: usize, outputAt: usize): void;
/** 1 if the amount was moved, 0 if the balance is too low. */
export declare function qw_transfer(toAt: usize, amountAt: usize): i32;
export declare function qw_emit_event(topicAt: usize, topicLength: usize, dataAt: usize, dataLength: usize): void;
/** The result's full length, or `-1 - n` where n is the full length of the failed callee's revert data. */
export declare function qw_call_contract(
  addressAt: usize,
  methodAt: usize,
  methodLength: usize,
  argsAt: usize,
  argsLength: usize,
  resultAt: usize,
  resultLength: usize,
): i32;

/** Extension. Seconds since 1970. */
export declare function qw_get_block_timestamp(): u64;
/** Extension. */
export declare function qw_get_block_height(): u64;
/** Extension. Writes 32 bytes. */
export declare function qw_get_vrf(outputAt: usize): void;
/** Extension. Writes 20 bytes. */
export declare function qw_get_self(outputAt: usize): void;
/** Extension. Writes a u256, 32 bytes little-endian. */
export declare function qw_get_value(outputAt: usize): void;
/** Extension. The chain's number. */
export declare function qw_get_chain_id(): u64;
/** Extension. Ends the call with error data. */
export declare function qw_revert(dataAt: usize, dataLength: usize): void;
/** Extension, for development. */
export declare function qw_log(textAt: usize, textLength: usize): void;
