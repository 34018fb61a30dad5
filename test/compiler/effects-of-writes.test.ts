// Writes after a call of another contract, and copies that are changed in vain: as the compiled module shows them.

import { test } from "vitest";
import { expectMarked } from "./marked-lines.js";

const CALLS = `// Calls of other contracts behind other names.
import { type Address, Bytes, tryCallContract } from "qwvm/sdk-as";

export { callContract as call } from "qwvm/sdk-as";

export function reach(to: Address): void {
  deep(to);
}

function deep(to: Address): void {
  tryCallContract(to, "x", Bytes.empty);
}
`;

const LATE = `// Writes after a call of another contract, and changes of copies. What is expected stands behind the line: the code and a
// part of the message.
import * as sdk from "qwvm/sdk-as";
import {
  type Address,
  Bytes,
  contract,
  execute,
  init,
  type IterableMap,
  lazy,
  nonReentrant,
  query,
  Remote,
  remote,
  type StorageMap,
  type StorageVec,
  struct,
  transfer,
  u256,
} from "qwvm/sdk-as";
import { call, reach } from "./calls";

@remote
export class Peer extends Remote {
  @execute pay(): u64 {
    return this.answer;
  }
  @execute note(what: string, n: u64): void {}
}

@struct
class Deal {
  n: u64;
  paid: bool;
  to: Address;
  amount: u256;
  list: u64[];
  items: Item[];
  item: Item;
  bump(): void {
    this.n += 1;
  }
  plus(n: u64): Deal {
    this.n += n;
    return this;
  }
  get isLarge(): bool {
    return this.n > 100;
  }
}

@struct
class Item {
  n: u64;
  constructor(n: u64 = 0) {
    this.n = n;
  }
}

class Box {
  constructor(public deal: Deal) {}
}

function put(map: StorageMap<u64, u64>): void {
  map.set(1, 1);
}
function bump(deal: Deal): void {
  deal.n += 1;
}
function save(map: StorageMap<u64, Deal>, id: u64, deal: Deal): void {
  deal.n += 1;
  map.set(id, deal);
}
function read(deal: Deal): u64 {
  return deal.n;
}

@contract
export class Late {
  n: u64;
  total: u256;
  sum: u64;
  list: u64[];
  deal: Deal;
  balances: StorageMap<u64, u64>;
  deals: StorageMap<u64, Deal>;
  nested: StorageMap<u64, StorageMap<u64, Deal>>;
  lists: StorageMap<u64, u64[]>;
  vec: StorageVec<Deal>;
  iterable: IterableMap<u64, Deal>;
  at: Address;
  @lazy large: u64[];
  @lazy big: Deal;

  @execute assigned(): void { this.sum = Peer.at(this.at).pay(); } // QW145 assigned writes this.sum after it calls Peer.pay
  @execute added(): void { this.sum += Peer.at(this.at).pay(); } // QW145 writes this.sum
  @execute loop(): void { for (let i = 0; i < 3; i++) { this.n += 1; Peer.at(this.at).pay(); } } // QW145 writes this.n
  @execute helper(): void { Peer.at(this.at).pay(); put(this.balances); } // QW145 changes a StorageMap with .set()
  @execute namespaced(): void { sdk.callContract(this.at, "x", Bytes.empty); this.n = 1; } // QW145 after it calls another contract
  @execute barrel(): void { call(this.at, "x", Bytes.empty); this.n = 1; } // QW145 writes this.n
  @execute behind(): void { reach(this.at); this.n = 1; } // QW145 writes this.n
  @execute inPlace(): void { const list = this.list; Peer.at(this.at).pay(); list.push(1); } // QW145 writes this.list
  @execute inPlaceStruct(): void { const deal = this.deal; Peer.at(this.at).pay(); deal.item.n = 1; } // QW145 writes this.deal
  @execute oneBranch(c: bool): void { if (c) Peer.at(this.at).pay(); this.n = 1; } // QW145 writes this.n
  @execute inCondition(): void { if (Peer.at(this.at).pay() > 1) this.n = 1; } // QW145 writes this.n
  @execute inArgument(): void { this.balances.set(1, Peer.at(this.at).pay()); } // QW145 changes this.balances
  @execute internal(): void { this.callAndWrite(); } // QW145 writes this.n
  private callAndWrite(): void { Peer.at(this.at).pay(); this.n = 2; }
  @execute viaGetter(): void { const x = this.paid; this.n = x; } // QW145 writes this.n
  get paid(): u64 { return Peer.at(this.at).pay(); }

  @execute otherBranch(c: bool): void { if (c) Peer.at(this.at).pay(); else this.n = 1; }
  @execute returns(c: bool): void { if (c) { Peer.at(this.at).pay(); return; } this.n = 1; }
  @execute before(): void { this.n = 1; this.balances.set(1, 2); const x = Peer.at(this.at).pay(); sdk.log(x.toString()); }
  @execute paysOnly(to: Address): void { transfer(to, u256.one); this.n = 1; }
  @execute switched(c: u8): void { switch (c) { case 1: Peer.at(this.at).pay(); break; case 2: this.n = 1; break; default: this.n = 3; } }
  @nonReentrant @execute guarded(): void { Peer.at(this.at).pay(); this.n = 1; }
  @execute readsAfter(): u64 { Peer.at(this.at).pay(); return this.n + this.balances.get(1); }
  @execute loopBreaks(): void { for (let i = 0; i < 3; i++) { this.n += 1; if (i > 1) { Peer.at(this.at).pay(); break; } } }

  @execute variable(): void { const d = this.deals.get(1); d.paid = true; } // QW148 a copy of what this.deals holds
  @execute payOut(): void { const d = this.deals.get(1); if (d.paid) return; d.paid = true; transfer(d.to, d.amount); } // QW148 this.deals
  @execute afterSet(): void { const d = this.deals.get(1); d.n = 5; this.deals.set(1, d); d.n = 6; } // QW148 this.deals
  @execute nestedList(): void { this.deals.get(1).list.push(1); } // QW148 this.deals
  @execute nestedList2(): void { const d = this.deals.get(1); d.list.push(1); sdk.log(d.n.toString()); } // QW148 this.deals
  @execute listOf(): void { this.lists.get(1).push(5); } // QW148 this.lists
  @execute vecLoop(): void { for (let i = 0; i < this.vec.length; i++) { const d = this.vec.get(i); d.n += 1; } } // QW148 this.vec
  @execute vecPage(): void { const page = this.vec.page(0, 9); for (let i = 0; i < page.length; i++) page[i].n += 1; } // QW148 this.vec
  @execute iterableGet(): void { const d = this.iterable.get(1); d.amount += u256.one; } // QW148 this.iterable
  @execute alias(): void { const d = this.deals.get(1); const e = d; e.item.n += 1; } // QW148 this.deals
  @execute reassigned(c: bool): void { let d = new Deal(); if (c) d = this.deals.get(1); d.n = 1; } // QW148 this.deals
  @execute method(): void { this.deals.get(1).bump(); } // QW148 this.deals
  @execute given(): void { bump(this.deals.get(1)); } // QW148 this.deals
  @execute nestedMap(): void { const d = this.nested.get(1).get(2); d.n = 1; } // QW148 this.nested
  @execute counted(): void { const d = this.deals.get(1); for (let i = 0; i < 3; i++) d.n += <u64>i; } // QW148 this.deals
  @execute helperGives(): void { const d = this.find(1); d.paid = true; } // QW148 this.deals
  private find(id: u64): Deal { return this.deals.get(id); }
  @execute lazyList(): void { const l = this.large; l.push(5); } // QW148 a @lazy field is written when it is assigned
  @execute lazyDirect(): void { this.large.push(5); } // QW148 this.large
  @execute lazyStruct(): void { this.big.n = 5; } // QW148 this.big
  @execute lazyRead(): i32 { this.large.push(5); return this.large.length; } // QW148 this.large
  @execute lazySorted(): void { this.large.sort((a, b) => (a < b ? -1 : 1)); } // QW148 this.large
  @execute eachOf(): void { const all = this.iterable.values(0, 9); all.forEach((d) => { d.n += 1; }); } // QW148 this.iterable
  @init create(): void { const d = this.deals.get(1); d.n = 1; } // QW148 this.deals
  @nonReentrant @execute lazyOver(): void { const l = this.large; this.large = l; Peer.at(this.at).pay(); l.push(5); } // QW148 this.large
  @execute newElement(): void { const d = this.deals.get(1); d.items.push(new Item(5)); } // QW148 this.deals

  @execute itemsOf(): void { const d = this.deals.get(1); for (let i = 0; i < d.items.length; i++) d.items[i].n += 1; } // QW148 this.deals

  @execute lengthOf(): i32 { const d = this.deals.get(1); d.list.push(1); return d.list.length; }
  @execute setAgain(): void { const d = this.deals.get(1); d.n += 1; d.list.push(2); this.deals.set(1, d); }
  @execute vecSet(): void { for (let i = 0; i < this.vec.length; i++) { const d = this.vec.get(i); d.n += 1; this.vec.set(i, d); } }
  @execute setInBranch(c: bool): void { const d = this.deals.get(1); d.n += 1; if (c) this.deals.set(1, d); }
  @execute saved(): void { save(this.deals, 1, this.deals.get(1)); }
  @execute scratch(): u64 { const d = this.deals.get(1); d.n += 1; return d.n; }
  @execute returned(): Deal { const d = this.deals.get(1); d.paid = true; return d; }
  @execute passed(): u64 { const d = this.deals.get(1); d.n = 7; return read(d); }
  @execute chained(): void { this.deals.set(1, this.deals.get(1).plus(5)); }
  @execute pushed(): void { const d = this.deals.get(1); d.n = 9; this.vec.push(d); }
  @execute field(): void { const d = this.deals.get(1); this.deal = d; d.n = 4; }
  @execute collected(): Deal[] { const all: Deal[] = []; for (let i = 0; i < 2; i++) { const d = this.vec.get(i); all.push(d); d.n = 1; } return all; }
  @execute boxed(): u64 { const box = new Box(this.deals.get(1)); box.deal.n = 5; return box.deal.n; }
  @execute pure(): u64 { const b = this.balances.get(1); return b + 1; }
  @execute wide(): u256 { return this.deals.get(1).amount.wrappingAdd(u256.one); }
  @execute sortedCopy(): u64 { const l = this.lists.get(1); l.sort((a, b) => (a < b ? -1 : 1)); return l[0]; }
  @execute popped(): u64 { const l = this.lists.get(1); return l.pop(); }
  @execute local(): void { const d = new Deal(); d.n = 1; d.list.push(1); }
  @execute lazyAssigned(): void { const l = this.large; l.push(5); this.large = l; }
  @execute lazyTwice(): void { this.large.push(5); this.large = this.large; }
  @execute lazyAfter(): void { this.large = [1]; this.large.push(2); }
  @execute eachRead(): u64 { const all = this.iterable.values(0, 9); all.sort((a, b) => (a.n < b.n ? -1 : 1)); return all[0].n; }
  @execute twoCopies(): void { const a = this.deals.get(1); const b = this.deals.get(2); a.n = 1; b.n = 2; this.deals.set(1, a); this.deals.set(2, b); }
  @execute leavesEarly(c: bool): void { const d = this.deals.get(1); d.n = 1; if (c) return; this.deals.set(1, d); }
  @execute throughPart(): void { const d = this.deals.get(1); const item = d.item; item.n = 5; this.deals.set(1, d); }
  @nonReentrant @execute lazyAgain(): void { const l = this.large; Peer.at(this.at).pay(); l.push(5); this.large = l; }
  @execute stored(): void { this.deal.n = 1; this.deal.list.push(2); this.list.push(3); const d = this.deal; d.paid = true; }
  @execute fieldOfCopy(): void { const d = this.deals.get(1); this.deal.item = d.item; this.deal.item.n = 1; }
  @execute getterOnly(): bool { return this.deals.get(1).isLarge; }
  @query total2(): u64 { const d = this.deals.get(1); d.n *= 2; return d.n + 1; }
}
`;

test("writes that can happen after a call are warned of, and changes that are lost are errors", async () => {
  await expectMarked({ "late.ts": LATE, "calls.ts": CALLS });
});
