// One account: balance, nonce, and for a contract its code, storage and kept memory. Owns no rules about them.

import { type Address, addressToBytes } from "../core/address.js";
import type { Artifact } from "../core/artifact.js";
import { type Cell, createCell } from "./cell.js";
import { StorageTable } from "./storage-table.js";

/** A deployed contract's code. It never changes after deployment. */
export interface ContractCode {
  readonly artifact: Artifact;
  /** Whether the contract's memory is new for every call or kept from call to call. */
  readonly memory: "fresh" | "kept";
}

/**
 * A contract's memory between calls, for `kept` contracts. Never changed once made: a call that changes the memory
 * makes a new image, which shares the pages that stayed the same.
 *
 * While a frame waits for a contract that it called, its memory stands still, and images of it are views of that memory, not
 * copies: one that calls itself to depth 60 takes no more than the 60 memories. Such images, and those that share pages with
 * them, are good until the frame goes on, and no longer; nothing refers to them then (frame.ts, `absorbCallees`).
 */
export interface MemoryImage {
  /** Pages of 64 KiB, each in a buffer of its own or a view of a waiting frame's memory; undefined is a page of zeros. */
  readonly pages: readonly (Uint8Array | undefined)[];
  /** The bits of the module's mutable numeric globals, in order of their index. */
  readonly globals: readonly bigint[];
  /** Where the VM puts the inputs of a module that has no allocator; pages that it added to the memory for that. */
  readonly inputArea: { readonly offset: number; readonly sizeBytes: number } | undefined;
}

/** An account of the world. It exists for every address; one that nobody touched is empty. */
export interface Account {
  readonly address: Address;
  /** The address as 20 bytes. */
  readonly bytes: Uint8Array;
  readonly balance: Cell<bigint>;
  /** Transactions sent, deployments included. */
  readonly nonce: Cell<number>;
  readonly code: Cell<ContractCode | undefined>;
  readonly memory: Cell<MemoryImage | undefined>;
  readonly storage: StorageTable;
}

/** An account that nobody has touched. */
export function createAccount(address: Address): Account {
  return {
    address,
    bytes: addressToBytes(address),
    balance: createCell("balance", address, 0n),
    nonce: createCell("nonce", address, 0),
    code: createCell<ContractCode | undefined>("code", address, undefined),
    memory: createCell<MemoryImage | undefined>("memory", address, undefined),
    storage: new StorageTable(address),
  };
}
