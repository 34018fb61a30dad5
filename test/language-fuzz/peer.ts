// The other contract of a generated project: it counts, fails in every way, answers with long texts, and calls back. Its enum and
// its struct have the names of the generated contract's, and are others.

import { encode, utf8Hex } from "./borsh.js";
import { codeOf, fail, ModelFailure, trap } from "./failure.js";
import type { PeerAction } from "./program.js";
import { BYTES, STRING, U64, type Value } from "./types.js";

export const PEER_FILE = "contracts/peer.ts";

export const PEER_SOURCE = `import { Address, Bytes, callContract, contract, error, execute, require, revert, struct } from "qwvm/sdk-as";
export enum Color0 { Only }
@struct export class Item0 { own: u8; }
@error class PeerError { constructor(public code: u64) {} }
@contract
export class Peer {
  count: u64;
  color: Color0;
  item: Item0;
  @execute ping(): u64 { this.count += 1; return this.count; }
  @execute text(length: u32): string { this.count += 1; return "x".repeat(<i32>length); }
  @execute back(to: Address, method: string, args: Bytes): Bytes { this.count += 1; return callContract(to, method, args); }
  @execute fail(how: u8): void {
    this.count += 1;
    const empty: u8[] = [];
    if (how == 0) revert("peer says no");
    if (how == 1) revert(new PeerError(this.count));
    if (how == 2) this.count += <u64>empty[how];
    require(false);
  }
}
`;

/** The peer's interface and what calls it, for the contract's own file. */
export const PEER_INTERFACE = `@remote("Peer")
class PeerLike extends Remote {
  @execute ping(): u64 { return this.answer; }
  @execute text(length: u32): string { return this.answer; }
  @execute back(to: Address, method: string, args: Bytes): Bytes { return this.answer; }
  @execute fail(how: u8): void {}
}`;

/** The peer's stored count, in the model. */
export class Peer {
  count = 0n;

  /** Does an action and gives its encoded result. `callBack` calls a method of the contract and gives its encoded result. */
  run(action: PeerAction, [argument]: readonly Value[], callBack: (args: string) => string): string {
    this.count++;
    switch (action) {
      case "ping":
        return encode(U64, this.count);
      case "text":
        return encode(STRING, "x".repeat(Number(argument)));
      case "back":
        return encode(BYTES, callBack(argument as string));
      case "fail":
        if (argument === 0n) throw new ModelFailure(codeOf("peer says no"));
        if (argument === 1n) throw new ModelFailure(codeOf("PeerError") + encode(U64, this.count));
        if (argument === 2n) trap();
        return fail("RequireFailed");
    }
  }

  get entries(): ReadonlyMap<string, string> {
    return new Map(this.count === 0n ? [] : [[utf8Hex("count"), encode(U64, this.count)]]);
  }
}
