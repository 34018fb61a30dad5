// The contract SDK: what a contract imports from "qwvm/sdk-as".

export {
  balanceOf,
  CallResult,
  callContract,
  decode,
  encode,
  transfer,
  tryCallContract,
  tryTransfer,
} from "./calls";
export { context } from "./context";
export { sha3_256, verifyDilithium } from "./crypto";
export {
  contract,
  error,
  event,
  execute,
  guard,
  indexed,
  init,
  lazy,
  mix,
  nonReentrant,
  only,
  payable,
  query,
  remote,
  role,
  signed,
  struct,
  unguarded,
  whenNotPaused,
  whenPaused,
  wrapping,
} from "./decorators";
export { require, revert } from "./errors";
export { emit, log } from "./events";
export { Remote } from "./remote";
export { addressOf, nonceOf } from "./signed";
export { IterableMap } from "./storage/iterable-map";
export { metadata } from "./storage/metadata";
export { StorageMap } from "./storage/storage-map";
export { StorageSet } from "./storage/storage-set";
export { StorageVec } from "./storage/storage-vec";
export { Address } from "./types/address";
export { Bytes } from "./types/bytes";
export { FixedArray } from "./types/fixed-array";
export { Hash } from "./types/hash";
export { i128 } from "./types/i128";
export { i256 } from "./types/i256";
export { u128 } from "./types/u128";
export { u256 } from "./types/u256";
export {
  wrappingAdd,
  wrappingCast,
  wrappingMul,
  wrappingNeg,
  wrappingShl,
  wrappingShr,
  wrappingSub,
} from "./wrapping";
