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
export { contract, error, event, execute, init, payable, query, struct } from "./decorators";
export { require, revert } from "./errors";
export { emit, log } from "./events";
export { metadata } from "./storage/metadata";
export { StorageMap } from "./storage/storage-map";
export { Address } from "./types/address";
export { Bytes } from "./types/bytes";
export { Hash } from "./types/hash";
export { u128 } from "./types/u128";
export { u256 } from "./types/u256";
