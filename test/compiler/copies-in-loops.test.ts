// Copies of stored objects in loops, tables and helpers, as contracts use them: what is lost and what is kept. What is
// expected stands behind the line.

import { test } from "vitest";
import { expectMarked } from "./marked-lines.js";

const SHARED = `
import {
  type Address,
  Bytes,
  contract,
  decode,
  emit,
  encode,
  event,
  execute,
  type FixedArray,
  type IterableMap,
  query,
  Remote,
  remote,
  type StorageMap,
  type StorageVec,
  struct,
  transfer,
  u256,
} from "qwvm/sdk-as";

@struct
class Order {
  id: u64;
  left: u64;
  paid: bool;
  to: Address;
  amount: u256;
  tags: string[];
  inner: Inner;
  option: Inner | null;
}

@struct
class Inner {
  n: u64;
}

@event
class Filled {
  constructor(public orders: Order[]) {}
}

@remote
class Peer extends Remote {
  @query order(): Order {
    return this.answer;
  }
  @query orders(): Order[] {
    return this.answer;
  }
}

class Book {
  orders: Order[] = [];
  total: u64 = 0;
  sums: Sums = new Sums();
  add(o: Order): Book {
    this.orders.push(o);
    this.total += o.left;
    return this;
  }
  fill(n: u64): void {
    for (let i = 0; i < this.orders.length; i++) this.orders[i].left -= n;
  }
  get last(): Order {
    return this.orders[this.orders.length - 1];
  }
}

class Sums {
  n: u64 = 0;
}

class Base {
  constructor(public order: Order) {}
  touch(): void {}
}
class Loud extends Base {
  touch(): void {
    this.order.paid = true;
  }
}

class Node {
  next: Node | null = null;
  constructor(public order: Order) {}
}

class Box<T> {
  constructor(public value: T) {}
  map(f: (x: T) => T): Box<T> {
    return new Box<T>(f(this.value));
  }
}

class Wrap {
  constructor(private order: Order) {}
  @operator("==")
  equals(other: Wrap): bool {
    return this.order.id == other.order.id;
  }
  @operator("!=")
  differs(other: Wrap): bool {
    return this.order.id != other.order.id;
  }
  @operator("+")
  plus(other: Wrap): Wrap {
    this.order.left += other.order.left;
    return this;
  }
  @operator("[]")
  at(i: i32): u64 {
    return this.order.left;
  }
  @operator("[]=")
  setAt(i: i32, n: u64): void {
    this.order.left = n;
  }
  get left(): u64 {
    return this.order.left;
  }
}

function pay(o: Order): void {
  transfer(o.to, o.amount);
}
function settle(o: Order): void {
  if (o.paid) return;
  o.paid = true;
  transfer(o.to, o.amount);
}
function take(o: Order): u256 {
  const amount = o.amount;
  o.amount = u256.zero;
  return amount;
}
function each(list: Order[], f: (o: Order) => void): void {
  for (let i = 0; i < list.length; i++) f(list[i]);
}
function pick(list: Order[], f: (o: Order) => bool): Order {
  for (let i = 0; i < list.length; i++) if (f(list[i])) return list[i];
  return list[0];
}
function unpaid(o: Order): bool {
  return !o.paid;
}
function sum(list: Order[]): u64 {
  return list.reduce<u64>((all, o) => all + o.left, 0);
}
function swap<T>(list: T[], i: i32, k: i32): void {
  const x = list[i];
  list[i] = list[k];
  list[k] = x;
}
function byId(a: Order, b: Order): i32 {
  return a.id < b.id ? -1 : 1;
}
function normalized(o: Order): Order {
  if (o.left > 100) o.left = 100;
  return o;
}
function depth(list: Order[], n: i32): void {
  if (n == list.length) return;
  list[n].left += 1;
  depth(list, n + 1);
}
`;

const STATE = `
  n: u64;
  own: Order;
  all: Order[];
  orders: StorageMap<u64, Order>;
  lists: StorageMap<u64, Order[]>;
  queue: StorageVec<Order>;
  open: IterableMap<u64, Order>;
  bytes: Bytes;
  at: Address;
  fixed: StorageMap<u64, FixedArray<u64, 3>>;
`;

const LOST = `// Changes that are lost.
${SHARED}
@contract
export class Lost {
${STATE}
  @execute payPage(): void { const l = this.queue.page(0, 9); for (let i = 0; i < l.length; i++) { if (l[i].paid) continue; l[i].paid = true; transfer(l[i].to, l[i].amount); } } // QW148 this.queue
  @execute payItem(): void { const l = this.queue.page(0, 9); for (let i = 0; i < l.length; i++) { const o = l[i]; if (o.paid) continue; o.paid = true; pay(o); } } // QW148 this.queue
  @execute payWhile(): void { const l = this.open.values(0, 9); let i = 0; while (i < l.length) { const o = l[i]; i++; if (o.paid) continue; o.paid = true; pay(o); } } // QW148 this.open
  @execute payBack(): void { const l = this.queue.page(0, 9); for (let i = l.length - 1; i >= 0; i--) { if (l[i].left > 5) l[i].left -= 5; } } // QW148 this.queue
  @execute payCollected(): void { const l: Order[] = []; for (let i: u64 = 0; i < 5; i++) l.push(this.orders.get(i)); for (let i = 0; i < l.length; i++) { if (!l[i].paid) { l[i].paid = true; pay(l[i]); } } } // QW148 this.orders
  @execute settleEach(): void { this.queue.page(0, 9).forEach((o) => { if (o.paid) return; o.paid = true; pay(o); }); } // QW148 this.queue
  @execute settleHelper(): void { const l = this.queue.page(0, 9); for (let i = 0; i < l.length; i++) settle(l[i]); } // QW148 this.queue
  @execute settleOne(): void { settle(this.orders.get(1)); } // QW148 this.orders
  @execute settleGiven(): void { each(this.queue.page(0, 9), settle); } // QW148 this.queue
  @execute settleArrow(): void { each([this.orders.get(1)], (o) => { o.paid = true; }); } // QW148 this.orders
  @execute taken(): void { const o = this.orders.get(1); transfer(o.to, take(o)); } // QW148 this.orders
  @execute takenTwice(): u256 { return take(this.orders.get(1)); } // QW148 this.orders
  @execute picked(): void { pick(this.queue.page(0, 9), unpaid).paid = true; } // QW148 this.queue
  @execute pickedArrow(): void { const o = pick(this.queue.page(0, 9), (o) => o.id == 5); o.paid = true; } // QW148 this.queue
  @execute book(): void { const b = new Book(); b.add(this.orders.get(1)); b.fill(5); } // QW148 this.orders
  @execute bookTotal(): u64 { const b = new Book(); b.add(this.orders.get(1)).fill(5); return b.total; } // QW148 this.orders
  @execute bookLast(): void { const b = new Book(); b.add(this.orders.get(1)); b.last.paid = true; } // QW148 this.orders
  @execute virtual(): void { const b: Base = new Loud(this.orders.get(1)); b.touch(); } // QW148 this.orders
  @execute node(): void { const a = new Node(this.orders.get(1)); const b = new Node(this.orders.get(2)); a.next = b; const next = a.next; if (next) next.order.paid = true; } // QW148 this.orders
  @execute box(): void { new Box<Order>(this.orders.get(1)).value.paid = true; } // QW148 this.orders
  @execute boxMap(): void { new Box<Order>(this.orders.get(1)).map((o) => { o.paid = true; return o; }); } // QW148 this.orders
  @execute wrap(): void { const w = new Wrap(this.orders.get(1)); w[0] = 5; } // QW148 this.orders
  @execute inner(): void { const l = [this.orders.get(1)]; l[0].inner.n = 5; } // QW148 this.orders
  @execute innerTaken(): void { const i = [this.orders.get(1).inner]; i[0].n = 5; } // QW148 this.orders
  @execute innerOption(): void { const o = this.orders.get(1).option; if (o) o.n = 5; } // QW148 this.orders
  @execute tags(): void { const l = [this.orders.get(1)]; l[0].tags.push("x"); } // QW148 this.orders
  @execute tagsTaken(): void { const t = [this.orders.get(1).tags]; t[0].push("x"); } // QW148 this.orders
  @execute swapped(): void { const l = this.queue.page(0, 9); swap<Order>(l, 0, 1); l[0].paid = true; } // QW148 this.queue
  @execute sortedFirst(): void { const l = this.queue.page(0, 9).sort(byId); l[0].paid = true; } // QW148 this.queue
  @execute spliced(): void { const l = this.queue.page(0, 9).splice(0, 2); l[0].paid = true; } // QW148 this.queue
  @execute recursive(): void { depth(this.queue.page(0, 9), 0); } // QW148 this.queue
  @execute mappedSame(): void { const l = this.queue.page(0, 9).map<Order>((o) => o); l[0].paid = true; } // QW148 this.queue
  @execute reduced(): void { const o = this.queue.page(0, 9).reduce<Order>((best, o) => (o.left > best.left ? o : best), new Order()); o.paid = true; } // QW148 this.queue
  @execute switched(k: u8): void { let o = this.orders.get(0); switch (k) { case 1: o = this.orders.get(1); break; case 2: o = this.orders.get(2); break; default: } o.paid = true; } // QW148 this.orders
  @execute setEarly(): void { const l = this.queue.page(0, 9); for (let i = 0; i < l.length; i++) { this.queue.set(i, l[i]); l[i].paid = true; } } // QW148 this.queue
  @execute ofPeer(): void { const o = Peer.at(this.at).order(); o.paid = true; } // QW148 what Peer.order gave
  @execute ofPeerList(): void { const l = Peer.at(this.at).orders(); l[0].paid = true; } // QW148 what Peer.orders gave
  @execute fixedEntry(): void { const f = this.fixed.get(1); f[0] = 5; } // QW148 this.fixed
  @execute copied(): void { const l = this.all.concat([this.orders.get(1)]); l[l.length - 1].paid = true; } // QW148 this.orders
  @execute twoMaps(): void { const byTo = new Map<Address, Order[]>(); const o = this.orders.get(1); if (!byTo.has(o.to)) byTo.set(o.to, []); byTo.get(o.to).push(o); byTo.get(o.to)[0].paid = true; } // QW148 this.orders
  @execute early(c: bool): void { const l = [this.orders.get(1)]; if (c) { this.orders.set(1, l[0]); return; } l[0].paid = true; } // QW148 this.orders
  @execute functionInObject(): void { const h = new Handlers(); h.run(this.orders.get(1)); } // QW148 this.orders
  @execute staticField(): void { let o: Order = this.orders.get(1); const l = [o]; o = new Order(); l[0].paid = true; } // QW148 this.orders
}

class Handlers {
  f: (o: Order) => void = settle;
  run(o: Order): void {
    const f = this.f;
    f(o);
  }
}
`;

const KEPT = `// Changes that are kept or used.
${SHARED}
@contract
export class Kept {
${STATE}
  @execute payPage(): void { const l = this.queue.page(0, 9); for (let i = 0; i < l.length; i++) { if (l[i].paid) continue; l[i].paid = true; this.queue.set(i, l[i]); transfer(l[i].to, l[i].amount); } }
  @execute payAll(): void { const l = this.queue.page(0, 9); for (let i = 0; i < l.length; i++) { if (l[i].paid) continue; l[i].paid = true; } for (let i = 0; i < l.length; i++) this.queue.set(i, l[i]); }
  @execute payLists(): void { const l = this.lists.get(1); for (let i = 0; i < l.length; i++) { if (l[i].paid) continue; l[i].paid = true; pay(l[i]); } this.lists.set(1, l); }
  @execute settleLists(): void { const l = this.lists.get(1); l.forEach(settle2); this.lists.set(1, l); }
  @execute settleField(): void { this.all.forEach((o) => { if (o.paid) return; o.paid = true; pay(o); }); }
  @execute settleFieldLoop(): void { for (let i = 0; i < this.all.length; i++) settle(this.all[i]); }
  @execute taken(): void { const o = this.orders.get(1); const amount = take(o); this.orders.set(1, o); transfer(o.to, amount); }
  @execute picked(): void { const o = pick(this.queue.page(0, 9), unpaid); o.paid = true; this.orders.set(o.id, o); }
  @execute book(): void { const b = new Book(); b.add(this.orders.get(1)); b.fill(5); for (let i = 0; i < b.orders.length; i++) this.orders.set(b.orders[i].id, b.orders[i]); }
  @execute bookSums(): u64 { const b = new Book(); b.add(this.orders.get(1)); b.sums.n += 5; b.total += 1; return b.total; }
  @execute bookStored(): void { const b = new Book(); b.add(this.orders.get(1)); b.fill(5); this.all = b.orders; }
  @execute virtual(): void { const b: Base = new Loud(this.orders.get(1)); b.touch(); this.orders.set(1, b.order); }
  @execute node(): void { const a = new Node(this.orders.get(1)); const b = new Node(this.orders.get(2)); a.next = b; let at: Node | null = a; while (at != null) { at.order.paid = true; this.orders.set(at.order.id, at.order); at = at.next; } }
  @execute boxMap(): void { const b = new Box<Order>(this.orders.get(1)).map((o) => { o.paid = true; return o; }); this.orders.set(1, b.value); }
  @execute wraps(): u64 { const a = new Wrap(this.orders.get(1)); const b = new Wrap(this.orders.get(2)); return a == b ? 0 : (a + b).left; }
  @query normal(): Order { return normalized(this.orders.get(1)); }
  @query normals(): Order[] { const l = this.queue.page(0, 9); for (let i = 0; i < l.length; i++) l[i] = normalized(l[i]); return l; }
  @query sums(): u64 { const l = this.queue.page(0, 9); for (let i = 0; i < l.length; i++) l[i].left *= 2; return sum(l); }
  @query running(): u64 { const l = this.queue.page(0, 9); for (let i = 1; i < l.length; i++) l[i].left += l[i - 1].left; return l[l.length - 1].left; }
  @query capped(): u64 { const o = this.orders.get(1); while (o.left > 9) o.left /= 10; return o.left; }
  @query buckets(): u64 { const sums = new Map<Address, u64>(); const l = this.queue.page(0, 9); for (let i = 0; i < l.length; i++) { const o = l[i]; sums.set(o.to, (sums.has(o.to) ? sums.get(o.to) : 0) + o.left); } return sums.get(this.at); }
  @query grouped(): Order[] { const byTo = new Map<Address, Order>(); const l = this.queue.page(0, 9); for (let i = 0; i < l.length; i++) { const o = l[i]; if (byTo.has(o.to)) byTo.get(o.to).left += o.left; else byTo.set(o.to, o); } return byTo.values(); }
  @query merged(): Order { const o = this.orders.get(1); const p = this.orders.get(2); o.left += p.left; o.inner = p.inner; o.tags.push("x"); return o; }
  @query top(): Order[] { const l = this.queue.page(0, 99); l.sort(byId); if (l.length > 3) l.length = 3; return l; }
  @query page(): Order[] { const l: Order[] = []; for (let i: u64 = 0; i < 9; i++) if (this.orders.has(i)) l.push(this.orders.get(i)); return l.reverse(); }
  @query reversed(): u64[] { const l = this.queue.page(0, 9); l.reverse(); return l.map<u64>((o) => o.id); }
  @query removed(): Order[] { const l = this.queue.page(0, 9); l.splice(0, 1); l.pop(); return l; }
  @query fixedEntry(): u64 { const f = this.fixed.get(1); f[0] = 5; return f[0] + f[1]; }
  @query bounded(): i32 { const l = this.queue.page(0, 9); while (l.length > 3) l.pop(); return l.length; }
  @query encoded(): Bytes { const o = this.orders.get(1); o.paid = true; return encode<Order>(o); }
  @query encodedList(): Bytes { const l = [this.orders.get(1)]; l[0].paid = true; return encode<Order[]>(l); }
  @query decoded(): u64 { const o = decode<Order>(this.bytes); o.left += 1; return o.left; }
  @query ofPeer(): Order { const o = Peer.at(this.at).order(); o.left += 1; return o; }
  @execute filled(): void { const l = this.queue.page(0, 9); for (let i = 0; i < l.length; i++) l[i].paid = true; emit(new Filled(l)); }
  @execute filledLater(): void { const e = new Filled([]); for (let i: u64 = 0; i < 3; i++) { const o = this.orders.get(i); e.orders.push(o); o.paid = true; } emit(e); }
  @execute moved(): void { const o = this.orders.get(1); o.left = 0; this.queue.push(o); this.orders.delete(1); }
  @execute swapOut(): void { const o = this.queue.swapRemove(0); o.paid = true; this.orders.set(o.id, o); }
  @execute twoSteps(): void { const l = [this.orders.get(1), this.orders.get(2)]; this.raise(l); this.write(l); }
  private raise(l: Order[]): void { for (let i = 0; i < l.length; i++) l[i].left += 1; }
  private write(l: Order[]): void { for (let i = 0; i < l.length; i++) this.orders.set(l[i].id, l[i]); }
  @execute loaded(): void { const o = this.load(1); o.left += 1; this.save(o); }
  private load(id: u64): Order { const o = this.orders.get(id); if (o.id == 0) o.id = id; return o; }
  private save(o: Order): void { o.paid = false; this.orders.set(o.id, o); }
  @query loadedOnly(): u64 { return this.load(1).left; }
  @execute checked(): void { const o = this.load(1); if (o.paid) pay(o); }
  @execute loadedLoop(): u64 { let all: u64 = 0; for (let i: u64 = 0; i < 9; i++) all += this.load(i).left; return all; }
  @execute best(): void { let best: Order | null = null; for (let i = 0; i < this.queue.length; i++) { const o = this.queue.get(i); if (best == null || o.left > best.left) best = o; } if (best) { best.paid = true; this.orders.set(best.id, best); } }
  @execute functionInList(): void { const l: ((o: Order) => void)[] = [settle, pay]; const o = this.orders.get(1); for (let i = 0; i < l.length; i++) l[i](o); this.orders.set(1, o); }
  @execute scratch(): u64 { const l = this.queue.page(0, 9); let n: u64 = 0; for (let i = 0; i < l.length; i++) { l[i].left -= 1; n += l[i].left; } return n; }
  @execute compared(): bool { const a = [this.orders.get(1)]; a[0].left += 1; return a[0].left > 5; }
  @execute ownInList(): void { const l = [this.own, this.all[0]]; for (let i = 0; i < l.length; i++) l[i].paid = true; }
  @execute ownPicked(): void { pick(this.all, unpaid).paid = true; }
  @execute ownInBook(): void { const b = new Book(); b.add(this.own); b.fill(1); }
  @execute ownReplaced(): void { const o = this.orders.get(1); this.own = o; this.own.paid = true; }
  @execute ownInner(): void { const o = this.orders.get(1); this.own.inner = o.inner; o.inner.n = 5; }
  @execute newOnly(): void { const l: Order[] = []; for (let i: u64 = 0; i < 3; i++) { const o = new Order(); o.id = i; l.push(o); } l[0].paid = true; }
  @execute newFrom(): void { const o = this.orders.get(1); const p = new Order(); p.id = o.id; p.left = o.left + 1; p.inner = o.inner; this.orders.set(2, p); }
}

function settle2(o: Order, _i: i32, _all: Order[]): void {
  settle(o);
}
`;

test("copies that are changed in loops, tables and helpers and then lost are errors", async () => {
  await expectMarked({ "lost.ts": LOST });
});

test("copies that are changed there and then used are not", async () => {
  await expectMarked({ "kept.ts": KEPT, "one.ts": ONE });
});

const ONE = `// One loss beside the contract in which there is none.
import { contract, execute, struct, type StorageVec } from "qwvm/sdk-as";

@struct
class Item {
  n: u64;
}

@contract
export class One {
  queue: StorageVec<Item>;
  @execute lose(): void { const l = this.queue.page(0, 9); for (let i = 0; i < l.length; i++) if (l[i].n > 1) l[i].n = 1; } // QW148 this.queue
}
`;
