// Copies of stored objects that are changed through what holds them (lists, maps, objects, functions as values) and then
// lost, and everyday code that does the same and keeps them. What is expected stands behind the line.

import { test } from "vitest";
import { expectMarked } from "./marked-lines.js";

const SHARED = `
@struct
class Item {
  n: u64;
  m: u64;
  constructor(n: u64 = 0) {
    this.n = n;
  }
  bump(): void {
    this.n += 1;
  }
  plus(n: u64): Item {
    this.n += n;
    return this;
  }
  get twice(): u64 {
    return this.n * 2;
  }
  set twice(n: u64) {
    this.n = n / 2;
  }
}

@struct
class Deal {
  n: u64;
  paid: bool;
  to: Address;
  amount: u256;
  item: Item;
  items: Item[];
  list: u64[];
}

@event
class Seen {
  constructor(
    public item: Item,
    public n: u64 = 0,
  ) {}
}

class Holder {
  i: Item;
  constructor(i: Item = new Item()) {
    this.i = i;
  }
  bump(): void {
    this.i.n += 1;
  }
  save(map: StorageMap<u64, Item>): void {
    map.set(1, this.i);
  }
  get first(): Item {
    return this.i;
  }
}

class Pair {
  constructor(
    public a: Holder,
    public b: Item[],
  ) {}
}

class Cursor {
  at: i32 = -1;
  constructor(public all: Item[]) {}
  next(): bool {
    this.at += 1;
    return this.at < this.all.length;
  }
  get value(): Item {
    return this.all[this.at];
  }
}

class Tools {
  static raise(i: Item): void {
    i.n += 1;
  }
  raiseAll(all: Item[]): void {
    for (let i = 0; i < all.length; i++) all[i].n += 1;
  }
  sum(all: Item[]): u64 {
    let sum: u64 = 0;
    for (let i = 0; i < all.length; i++) sum += all[i].n;
    return sum;
  }
}

function first<T>(list: T[]): T {
  return list[0];
}
function pass<T>(x: T): T {
  return x;
}
function raiseAll(list: Item[]): void {
  for (let i = 0; i < list.length; i++) list[i].n += 1;
}
function raise(i: Item): void {
  i.n += 1;
}
function look(i: Item): void {
  log(i.n.toString());
}
function apply(f: (i: Item) => void, i: Item): void {
  f(i);
}
function collect(list: Item[], i: Item): void {
  list.push(i);
}
function wrap(i: Item): Item[] {
  return [i];
}
function total(list: Item[]): u64 {
  let sum: u64 = 0;
  for (let i = 0; i < list.length; i++) sum += list[i].n;
  return sum;
}
function pay(d: Deal): void {
  transfer(d.to, d.amount);
}
function sorted(list: Item[]): Item[] {
  return list.sort((a, b) => (a.n < b.n ? -1 : 1));
}
function writeAll(map: StorageMap<u64, Item>, list: Item[]): void {
  for (let i = 0; i < list.length; i++) map.set(<u64>i, list[i]);
}
`;

const HEAD = `
import {
  type Address,
  contract,
  emit,
  event,
  execute,
  type FixedArray,
  type IterableMap,
  log,
  query,
  Remote,
  remote,
  type StorageMap,
  type StorageVec,
  struct,
  transfer,
  u256,
} from "qwvm/sdk-as";
`;

const STATE = `
  n: u64;
  one: Item;
  items: Item[];
  m: StorageMap<u64, Item>;
  deals: StorageMap<u64, Deal>;
  lists: StorageMap<u64, Item[]>;
  numbers: StorageMap<u64, u64[]>;
  vec: StorageVec<Item>;
  iterable: IterableMap<u64, Item>;
  nested: StorageMap<u64, StorageMap<u64, Item>>;
  at: Address;
`;

const LOST = `// Changes that are lost. What is expected stands behind the line: the code and a part of the message.
${HEAD}
${SHARED}
@remote
export class Peer extends Remote {
  @execute take(items: Item[]): void {}
}

@contract
export class Lost {
${STATE}
  @execute literal(): void { const ds = [this.m.get(1)]; ds[0].n = 5; } // QW148 this.m holds
  @execute literalTwo(): void { const ds = [this.m.get(1), this.m.get(2)]; ds[1].n = 5; } // QW148 this.m
  @execute pushed(): void { const l: Item[] = []; l.push(this.m.get(1)); l[0].n = 5; } // QW148 this.m
  @execute pushedLoop(): void { const l: Item[] = []; for (let i = 0; i < 3; i++) l.push(this.vec.get(i)); for (let i = 0; i < 3; i++) l[i].n = 5; } // QW148 this.vec
  @execute setAt(): void { const l = new Array<Item>(1); l[0] = this.m.get(1); l[0].n = 5; } // QW148 this.m
  @execute unshifted(): void { const l: Item[] = []; l.unshift(this.m.get(1)); l[0].n = 5; } // QW148 this.m
  @execute valuesLoop(): void { const l = this.iterable.values(0, 9); for (let i = 0; i < l.length; i++) l[i].n = 5; } // QW148 this.iterable
  @execute popped(): void { const l = this.vec.page(0, 9); const i = l.pop(); i.n = 5; } // QW148 this.vec
  @execute shifted(): void { const l = [this.m.get(1)]; const i = l.shift(); i.n = 5; } // QW148 this.m
  @execute poppedNew(): void { const l: Item[] = []; l.push(this.m.get(1)); l.pop().n = 5; } // QW148 this.m
  @execute aliased(): void { const l: Item[] = []; const k = l; l.push(this.m.get(1)); k[0].n = 5; } // QW148 this.m
  @execute sliced(): void { const l = [this.m.get(1)].slice(0); l[0].n = 5; } // QW148 this.m
  @execute slicedPage(): void { const l = this.vec.page(0, 9).slice(0, 2); l[0].n = 5; } // QW148 this.vec
  @execute concatenated(): void { const l: Item[] = []; const k = l.concat([this.m.get(1)]); k[0].n = 5; } // QW148 this.m
  @execute filtered(): void { const l = this.vec.page(0, 9).filter((i) => i.n > 1); l[0].n = 5; } // QW148 this.vec
  @execute reversed(): void { const l = this.vec.page(0, 9).reverse(); l[0].n = 5; } // QW148 this.vec
  @execute sortedPage(): void { const l = this.vec.page(0, 9); l.sort((a, b) => (a.n < b.n ? -1 : 1)); l[0].n = 5; } // QW148 this.vec
  @execute nestedLists(): void { const l = [[this.m.get(1)]]; l[0][0].n = 5; } // QW148 this.m
  @execute staticArray(): void { const l = new StaticArray<Item>(1); l[0] = this.m.get(1); l[0].n = 5; } // QW148 this.m
  @execute map(): void { const l = new Map<u64, Item>(); l.set(1, this.m.get(1)); l.get(1).n = 5; } // QW148 this.m
  @execute mapLoop(): void { const l = new Map<u64, Item>(); for (let i: u64 = 0; i < 3; i++) l.set(i, this.m.get(i)); for (let i: u64 = 0; i < 3; i++) l.get(i).n = 5; } // QW148 this.m
  @execute mapValues(): void { const l = new Map<u64, Item>(); l.set(1, this.m.get(1)); const v = l.values(); v[0].n = 5; } // QW148 this.m
  @execute holder(): void { new Holder(this.m.get(1)).i.n = 5; } // QW148 this.m
  @execute holderLocal(): void { const h = new Holder(this.m.get(1)); h.i.n = 5; } // QW148 this.m
  @execute holderSet(): void { const h = new Holder(); h.i = this.m.get(1); h.i.n = 5; } // QW148 this.m
  @execute holderMethod(): void { const h = new Holder(this.m.get(1)); h.bump(); } // QW148 this.m
  @execute holderGetter(): void { const h = new Holder(this.m.get(1)); h.first.n = 5; } // QW148 this.m
  @execute holderPart(): void { const h = new Holder(this.deals.get(1).item); h.i.n = 5; } // QW148 this.deals
  @execute holders(): void { const l = [new Holder(this.m.get(1))]; l[0].i.n = 5; } // QW148 this.m
  @execute pair(): void { const p = new Pair(new Holder(this.m.get(1)), []); p.a.i.n = 5; } // QW148 this.m
  @execute pairList(): void { const p = new Pair(new Holder(), []); p.b.push(this.m.get(1)); p.b[0].n = 5; } // QW148 this.m
  @execute cursor(): void { const c = new Cursor(this.vec.page(0, 9)); while (c.next()) c.value.n = 5; } // QW148 this.vec
  @execute functionValue(): void { const f = (i: Item): void => { i.n = 5; }; f(this.m.get(1)); } // QW148 this.m
  @execute functionNamed(): void { const f = raise; f(this.m.get(1)); } // QW148 this.m
  @execute functionChosen(c: bool): void { const f = c ? raise : Tools.raise; f(this.m.get(1)); } // QW148 this.m
  @execute functionGiven(): void { apply(raise, this.m.get(1)); } // QW148 this.m
  @execute arrowGiven(): void { apply((i) => { i.n = 5; }, this.m.get(1)); } // QW148 this.m
  @execute each(): void { this.vec.page(0, 9).forEach((i) => { i.n = 5; }); } // QW148 this.vec
  @execute eachNew(): void { const l = [this.m.get(1)]; l.forEach((i) => { i.n = 5; }); } // QW148 this.m
  @execute eachNamed(): void { const l: Item[] = []; l.push(this.m.get(1)); l.forEach(raise2); } // QW148 this.m
  @execute helperGives(): void { const l = wrap(this.m.get(1)); l[0].n = 5; } // QW148 this.m
  @execute helperFills(): void { const l: Item[] = []; collect(l, this.m.get(1)); l[0].n = 5; } // QW148 this.m
  @execute ownHelper(): void { const l = this.two(); l[0].n = 5; } // QW148 this.m
  private two(): Item[] { return [this.m.get(1), this.m.get(2)]; }
  @execute ownFills(): void { const l: Item[] = []; this.fill(l); l[0].n = 5; } // QW148 this.m
  private fill(l: Item[]): void { l.push(this.m.get(1)); }
  @execute helperChanges(): void { raiseAll([this.m.get(1)]); } // QW148 this.m
  @execute helperChangesPage(): void { raiseAll(this.vec.page(0, 9)); } // QW148 this.vec
  @execute generic(): void { const l = [this.m.get(1)]; first<Item>(l).n = 5; } // QW148 this.m
  @execute genericPass(): void { pass<Item>(this.m.get(1)).n = 5; } // QW148 this.m
  @execute ternary(c: bool): void { const i = c ? this.m.get(1) : this.m.get(2); i.n = 5; } // QW148 this.m
  @execute ternaryMix(c: bool): void { const i = c ? this.m.get(1) : new Item(); i.n = 5; } // QW148 this.m
  @execute staticMethod(): void { Tools.raise(this.m.get(1)); } // QW148 this.m
  @execute toolMethod(): void { new Tools().raiseAll([this.m.get(1)]); } // QW148 this.m
  @execute accessor(): void { const i = this.m.get(1); i.twice = 8; } // QW148 this.m
  @execute accessorInList(): void { const l = [this.m.get(1)]; l[0].twice = 8; } // QW148 this.m
  @execute ownGetter(): void { this.current.n = 5; } // QW148 this.m
  get current(): Item { return this.m.get(this.n); }
  @execute chained(): void { this.m.get(1).plus(5); } // QW148 this.m
  @execute helperResult(): void { this.touched(1); } // QW148 this.m
  private touched(id: u64): Item { const i = this.m.get(id); i.n += 1; return i; }
  @execute ofTwoReads(): void { const d = this.deals.get(1); d.paid = true; pay(d); } // QW148 this.deals
  @execute intoCopy(): void { const d = this.deals.get(1); d.item = this.m.get(1); this.deals.set(1, d); d.item.n = 5; } // QW148 stored in this.deals
  @execute structHolds(): void { const d = new Deal(); d.item = this.m.get(1); d.item.n = 5; } // QW148 this.m
  @execute structList(): void { const d = new Deal(); d.items.push(this.m.get(1)); d.items[0].n = 5; } // QW148 this.m
  @execute afterSet(): void { const l = [this.m.get(1)]; l[0].n = 5; this.m.set(1, l[0]); l[0].m = 6; } // QW148 this.m
  @execute otherFieldRead(): void { const l = [this.m.get(1)]; l[0].n = 5; this.n = l[0].m; } // QW148 this.m
  @execute onlyCounted(): void { const l = [this.m.get(1)]; l[0].n = 5; this.n = <u64>l.length; } // QW148 this.m
  @execute listOfLists(): void { const l = this.lists.get(1); l[0].n = 5; } // QW148 this.lists
  @execute listsFirst(): void { const i = this.lists.get(1)[0]; i.n = 5; } // QW148 this.lists
  @execute numbersInList(): void { const l = [this.numbers.get(1)]; l[0].push(5); } // QW148 this.numbers
  @execute vecPop(): void { const i = this.vec.pop(); i.n = 5; } // QW148 this.vec
  @execute vecRemove(): void { const i = this.vec.swapRemove(0); i.n = 5; } // QW148 this.vec
  @execute whileLoop(): void { let l = this.vec.page(0, 2); while (l.length > 0) { const i = l.pop(); i.n += 1; } } // QW148 this.vec
  @execute nestedMap(): void { const l = [this.nested.get(1).get(2)]; l[0].n = 5; } // QW148 this.nested
  @execute mixed(): void { const l = [new Item(1), this.m.get(1)]; for (let i = 0; i < 2; i++) l[i].n = 5; } // QW148 this.m
  @execute option(): void { let i: Item | null = null; if (this.n > 1) i = this.m.get(1); if (i) i.n = 5; } // QW148 this.m
  @execute bumped(): void { const l = this.vec.page(0, 9); for (let i = 0; i < l.length; i++) l[i].bump(); } // QW148 this.vec
}

function raise2(i: Item, _at: i32, _all: Item[]): void {
  i.n += 1;
}
`;

const KEPT = `// The same, where what was changed is used.
${HEAD}
${SHARED}
@remote
export class Peer extends Remote {
  @execute take(items: Item[]): void {}
}

@contract
export class Kept {
${STATE}
  @execute literal(): void { const l = [this.m.get(1)]; l[0].n = 5; this.m.set(1, l[0]); }
  @execute pushed(): void { const l: Item[] = []; l.push(this.m.get(1)); l[0].n = 5; this.m.set(1, l[0]); }
  @execute loop(): void { const l: Item[] = []; for (let i = 0; i < 3; i++) l.push(this.vec.get(i)); for (let i = 0; i < 3; i++) { l[i].n = 5; this.vec.set(i, l[i]); } }
  @execute loopLater(): void { const l = this.vec.page(0, 9); for (let i = 0; i < l.length; i++) l[i].n = 5; for (let i = 0; i < l.length; i++) this.vec.set(i, l[i]); }
  @execute storedWhole(): void { const l: Item[] = []; for (let i = 0; i < 3; i++) l.push(this.vec.get(i)); for (let i = 0; i < 3; i++) l[i].n = 5; this.lists.set(1, l); }
  @execute storedInField(): void { const l = [this.m.get(1)]; l[0].n = 5; this.items = l; }
  @execute storedInFieldBefore(): void { const l = [this.m.get(1)]; this.items = l; l[0].n = 5; }
  @execute pushedInField(): void { this.items.push(this.m.get(1)); this.items[this.items.length - 1].n = 5; }
  @execute pushedThenChanged(): void { const i = this.m.get(1); this.items.push(i); i.n = 5; }
  @execute setOfField(): void { const l = this.items; l[0] = this.m.get(1); l[0].n = 5; }
  @execute inStruct(): void { this.one = this.m.get(1); this.one.n = 5; }
  @execute inStructOfField(): void { const d = this.deals.get(1); d.item = this.m.get(1); d.item.n = 5; this.deals.set(1, d); }
  @execute newStruct(): void { const d = new Deal(); d.item = this.m.get(1); d.item.n = 5; this.deals.set(1, d); }
  @execute newStructList(): void { const d = new Deal(); d.items.push(this.m.get(1)); d.items[0].n = 5; this.deals.set(1, d); }
  @query returned(): Item[] { const l = [this.m.get(1)]; l[0].n = 5; return l; }
  @query returnedLoop(): Item[] { const l: Item[] = []; for (let i = 0; i < 3; i++) { const d = this.vec.get(i); d.n += 1; l.push(d); } return l; }
  @query returnedSorted(): Item[] { const l = this.vec.page(0, 9); l.sort((a, b) => (a.n < b.n ? -1 : 1)); return l; }
  @query sortedHelper(): Item[] { return sorted(this.vec.page(0, 9)); }
  @query mapped(): u64[] { const l = this.vec.page(0, 9); for (let i = 0; i < l.length; i++) l[i].n += 1; return l.map<u64>((i) => i.n); }
  @query mappedItems(): Item[] { return this.vec.page(0, 9).map<Item>((i) => { i.n += 1; return i; }); }
  @query reduced(): u64 { const l = this.vec.page(0, 9); l.forEach((i) => { i.n += 1; }); return l.reduce<u64>((sum, i) => sum + i.n, 0); }
  @query eachReturned(): Item[] { const l = this.vec.page(0, 9); l.forEach((i) => { i.n += 1; }); return l; }
  @query filtered(): Item[] { const l = this.vec.page(0, 9); for (let i = 0; i < l.length; i++) l[i].n += 1; return l.filter((i) => i.n > 1); }
  @query firstOf(): Item { const l = this.vec.page(0, 9); l[0].n += 1; return first<Item>(l); }
  @query pagePopped(): Item { const l = this.vec.page(0, 9); l[0].n += 1; return l.pop(); }
  @execute emitted(): void { const i = this.m.get(1); i.n = 5; emit(new Seen(i)); }
  @execute emittedFromList(): void { const l = [this.m.get(1)]; l[0].n = 5; emit(new Seen(l[0])); }
  @execute emittedNumber(): void { const l = [this.m.get(1)]; l[0].n = 5; emit(new Seen(new Item(), l[0].n)); }
  @execute eventFirst(): void { const i = this.m.get(1); const e = new Seen(i); i.n = 5; emit(e); }
  @execute remote(): void { const l = [this.m.get(1)]; l[0].n = 5; Peer.at(this.at).take(l); }
  @execute otherEntry(): void { const l = [this.m.get(1)]; l[0].n = 5; this.m.set(2, l[0]); }
  @execute vecPushed(): void { const l = [this.m.get(1)]; l[0].n = 5; this.vec.push(l[0]); }
  @execute holder(): void { const h = new Holder(this.m.get(1)); h.bump(); this.m.set(1, h.i); }
  @execute holderSaves(): void { const h = new Holder(this.m.get(1)); h.bump(); h.save(this.m); }
  @execute holderSet(): void { const h = new Holder(); h.i = this.m.get(1); h.i.n = 5; this.m.set(1, h.first); }
  @execute holderAndLocal(): void { const i = this.m.get(1); const h = new Holder(i); h.i.n = 5; this.m.set(1, i); }
  @execute pair(): void { const p = new Pair(new Holder(this.m.get(1)), []); p.a.i.n = 5; this.m.set(1, p.a.i); }
  @execute cursor(): void { const c = new Cursor(this.vec.page(0, 9)); while (c.next()) { const v = c.value; v.n = 5; this.vec.set(c.at, v); } }
  @execute map(): void { const l = new Map<u64, Item>(); for (let i: u64 = 0; i < 3; i++) { l.set(i, this.m.get(i)); l.get(i).n = 5; } for (let i: u64 = 0; i < 3; i++) this.m.set(i, l.get(i)); }
  @execute mapValues(): void { const l = new Map<u64, Item>(); l.set(1, this.m.get(1)); l.get(1).n = 5; this.lists.set(1, l.values()); }
  @execute functionValue(): void { const i = this.m.get(1); const f = raise; f(i); this.m.set(1, i); }
  @execute functionLooks(): void { const i = this.m.get(1); i.n = 5; const f = look; f(i); }
  @execute functionGiven(): void { const i = this.m.get(1); apply(raise, i); this.m.set(1, i); }
  @execute functionGivenLooks(): void { const i = this.m.get(1); i.n = 5; apply(look, i); }
  @execute looksOnly(): void { apply(look, this.m.get(1)); }
  @execute helperGives(): void { const l = wrap(this.m.get(1)); l[0].n = 5; this.lists.set(1, l); }
  @execute helperFills(): void { const l: Item[] = []; collect(l, this.m.get(1)); l[0].n = 5; writeAll(this.m, l); }
  @execute helperChanges(): void { const l = [this.m.get(1)]; raiseAll(l); writeAll(this.m, l); }
  @execute helperSums(): u64 { const l = [this.m.get(1)]; raiseAll(l); return total(l); }
  @execute toolSums(): u64 { const l = [this.m.get(1)]; const t = new Tools(); t.raiseAll(l); return t.sum(l); }
  @execute touched(): u64 { return this.touch(1).n; }
  private touch(id: u64): Item { const i = this.m.get(id); i.n += 1; return i; }
  @execute touchedStored(): void { this.m.set(1, this.touch(1)); }
  @execute chained(): void { this.m.set(1, this.m.get(1).plus(5)); }
  @execute chainedRead(): u64 { return this.m.get(1).plus(5).n; }
  @execute ternary(c: bool): void { const i = c ? this.m.get(1) : this.m.get(2); i.n = 5; this.m.set(1, i); }
  @execute accessor(): u64 { const i = this.m.get(1); i.twice = 8; return i.twice; }
  @execute option(): void { let i: Item | null = null; if (this.n > 1) i = this.m.get(1); if (i) { i.n = 5; this.m.set(1, i); } }
  @execute localList(): void { const l: Item[] = [new Item(1)]; l[0].n = 5; l.push(new Item(2)); }
  @execute localHolder(): void { const h = new Holder(); h.i.n = 5; h.bump(); }
  @execute readOnly(): u64 { const l: Item[] = []; l.push(this.m.get(1)); l.push(this.m.get(2)); return l[0].n + l[1].n; }
  @execute countOnly(): i32 { const l: Item[] = []; l.push(this.m.get(1)); l.push(this.m.get(2)); l.sort((a, b) => (a.n < b.n ? -1 : 1)); return l.length; }
  @execute dropFirst(): u64 { const l = this.vec.page(0, 9); l.shift(); l.reverse(); return l[0].n; }
  @execute swapped(): u64 { const l = this.vec.page(0, 9); const i = l[0]; l[0] = l[1]; l[1] = i; return l[0].n; }
  @execute wholeBack(): void { const l = this.lists.get(1); for (let i = 0; i < l.length; i++) l[i].n += 1; this.lists.set(1, l); }
  @execute sliceBack(): void { const l = this.lists.get(1).slice(1); l[0].n += 1; this.lists.set(1, l); }
  @execute numbersBack(): void { const l = [this.numbers.get(1)]; l[0].push(5); this.numbers.set(1, l[0]); }
  @execute fieldItems(): void { const l = [this.one]; l[0].n = 5; }
  @execute fieldItemsSlice(): void { const l = this.items.slice(0); l[0].n = 5; }
  @execute fieldInHolder(): void { new Holder(this.one).i.n = 5; }
  @execute popped(): u64 { const l = this.vec.page(0, 9); let sum: u64 = 0; while (l.length > 0) sum += l.pop().n; return sum; }
  @execute vecPop(): void { const i = this.vec.pop(); i.n = 5; this.m.set(1, i); }
  @execute moved(): void { const a = this.m.get(1); const b = this.m.get(2); const both = [a, b]; for (let i = 0; i < 2; i++) both[i].n += 1; this.m.set(1, a); this.m.set(2, b); }
  @execute branches(c: bool): void { const l = [this.m.get(1)]; l[0].n = 5; if (c) this.m.set(1, l[0]); }
  @execute paid(): void { const d = this.deals.get(1); d.paid = true; this.deals.set(1, d); pay(d); }
  @execute amountChanged(): void { const d = this.deals.get(1); d.amount = u256.one; pay(d); }
  @execute best(): u64 { let best = this.vec.get(0); for (let i = 1; i < this.vec.length; i++) { const next = this.vec.get(i); if (next.n > best.n) best = next; } best.n += 1; return best.n; }
}
`;

test("a copy that is changed through what holds it and then lost is an error", async () => {
  await expectMarked({ "lost.ts": LOST });
});

test("a copy that is changed through what holds it and then used is not", async () => {
  const root = { "kept.ts": KEPT };
  await expectMarked({ ...root, "one.ts": ONE });
});

const ONE = `// One loss beside the contract in which there is none.
import { contract, execute, type StorageMap, struct } from "qwvm/sdk-as";

@struct
class Item {
  n: u64;
}

@contract
export class One {
  m: StorageMap<u64, Item>;
  @execute lose(): void { const l = [this.m.get(1)]; l[0].n = 5; } // QW148 this.m
}
`;
