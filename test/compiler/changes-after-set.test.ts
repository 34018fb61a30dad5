// Objects that are changed after a collection was given them, which has stored a copy: a change that nothing uses is lost.
// Beside them everyday code that changes objects after a set() and uses them. What is expected stands behind the line.

import { test } from "vitest";
import { expectMarked } from "./marked-lines.js";

const SHARED = `
import {
  type Address,
  contract,
  emit,
  event,
  execute,
  type IterableMap,
  log,
  query,
  Remote,
  remote,
  type StorageMap,
  type StorageSet,
  type StorageVec,
  struct,
} from "qwvm/sdk-as";

@struct
class Part {
  k: u64;
}

@struct
class S {
  n: u64;
  m: u64;
  part: Part;
  list: u64[];
  constructor(n: u64 = 0) {
    this.n = n;
  }
  bump(): void {
    this.n += 1;
  }
  take(n: u64): u64 {
    this.n -= n;
    return n;
  }
  saveAndReset(map: StorageMap<u64, S>): void {
    map.set(1, this);
    this.n = 0;
  }
  saveIn(map: StorageMap<u64, S>): void {
    map.set(1, this);
  }
  get twice(): u64 {
    return this.n * 2;
  }
  set twice(n: u64) {
    this.n = n / 2;
  }
}

@struct
class Plain {
  n: u64;
  ok: bool;
}

@event
class Seen {
  constructor(public s: S) {}
}

class Holder {
  s: S;
  constructor(s: S = new S()) {
    this.s = s;
  }
  bump(): void {
    this.s.n += 1;
  }
}

function raise(s: S): void {
  s.n += 1;
}
function setN(s: S, n: u64): S {
  s.n = n;
  return s;
}
function look(s: S): void {
  log(s.n.toString());
}
function apply(f: (s: S) => void, s: S): void {
  f(s);
}
function putIn(map: StorageMap<u64, S>, s: S): void {
  map.set(1, s);
}
function storeThenRaise(map: StorageMap<u64, S>, s: S): void {
  map.set(1, s);
  s.n += 1;
}
function raiseThenStore(map: StorageMap<u64, S>, s: S): void {
  s.n += 1;
  map.set(1, s);
}
function made(n: u64): S {
  const s = new S(n);
  s.m = n;
  return s;
}
function first<T>(list: T[]): T {
  return list[0];
}
function addNew(map: StorageMap<u64, S>, list: S[]): void {
  const s = new S();
  map.set(1, s);
  list.push(s);
  s.n = 5;
}
function share(map: StorageMap<u64, S>, t: S, s: S): void {
  t.part = s.part;
  map.set(2, t);
  t.part.k = 5;
}
function grown(l: u64[]): u64 {
  l.push(5);
  return l[1];
}
function grownItems(l: S[]): u64 {
  l.push(new S(5));
  return l[0].n;
}
function keep(list: S[], s: S): void {
  list.push(s);
}
function total(list: u64[]): u64 {
  let sum: u64 = 0;
  for (let i = 0; i < list.length; i++) sum += list[i];
  return sum;
}

@remote
export class Peer extends Remote {
  @execute take(s: S): void {}
}
`;

const STATE = `
  n: u64;
  one: S;
  items: S[];
  at: Address;
  d: StorageMap<u64, S>;
  plain: StorageMap<u64, Plain>;
  vec: StorageVec<S>;
  ids: StorageSet<Plain>;
  iterable: IterableMap<u64, S>;
  nested: StorageMap<u64, StorageMap<u64, S>>;
  nestedVec: StorageMap<u64, StorageVec<S>>;
  lists: StorageMap<u64, u64[]>;
  groups: StorageMap<u64, S[]>;
`;

const LOST = `// Changes that are lost.
${SHARED}
@contract
export class Lost {
${STATE}
  @execute map(): void { const s = new S(); this.d.set(1, s); s.n = 5; } // QW148 after it was stored in this.d
  @execute plainOne(): void { const s = new Plain(); s.n = 1; this.plain.set(1, s); s.ok = true; } // QW148 stored in this.plain
  @execute literal(): void { const s: Plain = { n: 1, ok: false }; this.plain.set(1, s); s.ok = true; } // QW148 stored in this.plain
  @execute pushed(): void { const s = new S(); this.vec.push(s); s.n = 5; } // QW148 stored in this.vec
  @execute pushedCounted(): i32 { const s = new S(); const at = this.vec.push(s); s.n = 5; return at; } // QW148 stored in this.vec
  @execute vecSet(): void { const s = new S(); this.vec.set(0, s); s.n = 5; } // QW148 stored in this.vec
  @execute added(): void { const s = new Plain(); this.ids.add(s); s.n = 5; } // QW148 stored in this.ids
  @execute iterableSet(): void { const s = new S(); this.iterable.set(1, s); s.n = 5; } // QW148 stored in this.iterable
  @execute nestedSet(): void { const s = new S(); this.nested.get(1).set(2, s); s.n = 5; } // QW148 stored in this.nested
  @execute nestedLocal(): void { const s = new S(); const inner = this.nested.get(1); inner.set(2, s); s.n = 5; } // QW148 stored in this.nested
  @execute nestedPush(): void { const s = new S(); this.nestedVec.get(1).push(s); s.n = 5; } // QW148 stored in this.nestedVec
  @execute list(): void { const l: u64[] = []; l.push(3); this.lists.set(1, l); l.push(4); } // QW148 stored in this.lists
  @execute listLiteral(): void { const l: u64[] = [1, 2]; this.lists.set(1, l); l[0] = 4; } // QW148 stored in this.lists
  @execute listShorter(): void { const l: u64[] = [1, 2]; this.lists.set(1, l); l.length = 0; } // QW148 stored in this.lists
  @execute listSorted(): void { const l: u64[] = [2, 1]; this.lists.set(1, l); l.sort(); } // QW148 stored in this.lists
  @execute inList(): void { const l = [new S()]; this.groups.set(1, l); l[0].n = 5; } // QW148 stored in this.groups
  @execute inListLater(): void { const s = new S(); this.groups.set(1, [s]); s.n = 5; } // QW148 stored in this.groups
  @execute listGrown(): void { const l = [new S()]; this.groups.set(1, l); l.push(new S()); } // QW148 stored in this.groups
  @execute copyAfterSet(): void { const p = this.d.get(1); p.n = 1; this.d.set(1, p); p.n = 2; } // QW148 after it was stored in this.d
  @execute copyMoved(): void { const p = this.d.get(1); this.vec.push(p); p.n = 2; } // QW148 stored in this.vec
  @execute method(): void { const s = new S(); this.d.set(1, s); s.bump(); } // QW148 stored in this.d
  @execute methodGives(): u64 { const s = new S(9); this.d.set(1, s); return s.take(5); } // QW148 stored in this.d
  @execute setter(): void { const s = new S(); this.d.set(1, s); s.twice = 8; } // QW148 stored in this.d
  @execute added1(): void { const s = new S(); this.d.set(1, s); s.n += 1; } // QW148 stored in this.d
  @execute increment(): void { const s = new S(); this.d.set(1, s); s.n++; } // QW148 stored in this.d
  @execute innerPart(): void { const s = new S(); this.d.set(1, s); s.part.k = 5; } // QW148 stored in this.d
  @execute innerLocal(): void { const s = new S(); const p = s.part; this.d.set(1, s); p.k = 5; } // QW148 stored in this.d
  @execute innerPut(): void { const p = new Part(); const s = new S(); s.part = p; this.d.set(1, s); p.k = 5; } // QW148 stored in this.d
  @execute innerNew(): void { const s = new S(); this.d.set(1, s); s.part = new Part(); } // QW148 stored in this.d
  @execute innerList(): void { const s = new S(); this.d.set(1, s); s.list.push(5); } // QW148 stored in this.d
  @execute helper(): void { const s = new S(); this.d.set(1, s); raise(s); } // QW148 stored in this.d
  @execute helperGives(): void { const s = new S(); this.d.set(1, s); setN(s, 5); } // QW148 stored in this.d
  @execute ownHelper(): void { const s = new S(); this.d.set(1, s); this.change(s); } // QW148 stored in this.d
  private change(s: S): void { s.n = 5; }
  @execute stores(): void { const s = new S(); putIn(this.d, s); s.n = 5; } // QW148 after it was stored in this.d
  @execute ownStores(): void { const s = new S(); this.save(s); s.n = 5; } // QW148 stored in this.d
  private save(s: S): void { this.d.set(s.n, s); }
  @execute structStores(): void { const s = new S(); s.saveIn(this.d); s.n = 5; } // QW148 stored in this.d
  @execute helperBoth(): void { storeThenRaise(this.d, new S()); } // QW148 stored in this.d
  @execute helperBothLocal(): void { const s = new S(2); storeThenRaise(this.d, s); } // QW148 stored in this.d
  @execute structBoth(): void { const s = new S(2); s.saveAndReset(this.d); } // QW148 stored in this.d
  @execute madeBy(): void { const s = made(1); this.d.set(1, s); s.m = 5; } // QW148 stored in this.d
  @execute created(): void { const s = this.create(1); s.n = 5; } // QW148 stored in this.d
  private create(id: u64): S { const s = new S(); this.d.set(id, s); return s; }
  @execute createdChain(): void { this.create(1).n = 5; } // QW148 stored in this.d
  @execute createdTwice(): void { const s = this.createMore(1); s.n = 5; } // QW148 stored in this.d
  private createMore(id: u64): S { const s = this.create(id); log("x"); return s; }
  @execute holder(): void { const h = new Holder(new S()); this.d.set(1, h.s); h.s.n = 5; } // QW148 stored in this.d
  @execute holderDefault(): void { const h = new Holder(); this.d.set(1, h.s); h.s.n = 5; } // QW148 stored in this.d
  @execute holderMethod(): void { const h = new Holder(new S()); this.d.set(1, h.s); h.bump(); } // QW148 stored in this.d
  @execute holderOther(): void { const s = new S(); const h = new Holder(s); this.d.set(1, s); h.s.n = 5; } // QW148 stored in this.d
  @execute localMap(): void { const m = new Map<u64, S>(); m.set(1, new S()); this.d.set(1, m.get(1)); m.get(1).n = 5; } // QW148 stored in this.d
  @execute functionValue(): void { const s = new S(); const f = raise; this.d.set(1, s); f(s); } // QW148 stored in this.d
  @execute functionGiven(): void { const s = new S(); this.d.set(1, s); apply(raise, s); } // QW148 stored in this.d
  @execute each(): void { const l = [new S()]; this.groups.set(1, l); l.forEach((s) => { s.n = 5; }); } // QW148 stored in this.groups
  @execute branchSet(c: bool): void { const s = new S(); if (c) this.d.set(1, s); else this.vec.push(s); s.n = 5; } // QW148 stored in this.
  @execute branchChange(c: bool): void { const s = new S(); this.d.set(1, s); if (c) s.n = 5; } // QW148 stored in this.d
  @execute branchOne(c: bool): void { const s = new S(); if (c) { this.d.set(1, s); s.n = 5; } } // QW148 stored in this.d
  @execute early(c: bool): void { const s = new S(); this.d.set(1, s); if (c) return; s.n = 5; } // QW148 stored in this.d
  @execute ternary(c: bool): void { const s = c ? new S(1) : new S(2); this.d.set(1, s); s.n = 5; } // QW148 stored in this.d
  @execute perTurn(): void { for (let i: u64 = 0; i < 3; i++) { const s = new S(); this.d.set(i, s); s.n = i; } } // QW148 stored in this.d
  @execute perTurnPush(): void { for (let i: u64 = 0; i < 3; i++) { const s = made(i); this.vec.push(s); s.bump(); } } // QW148 stored in this.vec
  @execute perTurnWhile(): void { let i: u64 = 0; while (i < 3) { const s = new S(); s.m = i; this.d.set(i, s); s.n = i; i++; } } // QW148 stored in this.d
  @execute perTurnLiteral(): void { for (let i: u64 = 0; i < 3; i++) { const s: Plain = { n: i, ok: false }; this.plain.set(i, s); s.ok = true; } } // QW148 stored in this.plain
  @execute perTurnVariable(): void { let s = new S(); for (let i: u64 = 0; i < 3; i++) { s = new S(); this.d.set(i, s); s.n = i; } } // QW148 stored in this.d
  @execute afterLoop(): void { const s = new S(); for (let i: u64 = 0; i < 3; i++) this.d.set(i, s); s.n = 5; } // QW148 stored in this.d
  @execute afterTurn(): void { const s = new S(); for (let i: u64 = 0; i < 3; i++) { if (i == 2) { this.d.set(i, s); s.n = 5; break; } } } // QW148 stored in this.d
  @execute itemsOf(): void { const l = [new S(), new S()]; for (let i = 0; i < l.length; i++) { this.vec.push(l[i]); l[i].n = 5; } } // QW148 stored in this.vec
  @execute itemsLater(): void { const l: S[] = []; for (let i: u64 = 0; i < 3; i++) { const s = new S(i); l.push(s); this.vec.push(s); } for (let i = 0; i < l.length; i++) l[i].m = 5; } // QW148 stored in this.vec
  @execute otherField(): u64 { const s = new S(); this.d.set(1, s); s.n = 5; return s.m; } // QW148 stored in this.d
  @execute argument(s: S): void { this.d.set(1, s); s.n = 5; } // QW148 stored in this.d
  @execute argumentSecond(id: u64, s: S): void { this.d.set(id, s); s.part.k = 5; } // QW148 stored in this.d
  @execute argumentList(l: u64[]): void { this.lists.set(1, l); l.push(5); } // QW148 stored in this.lists
  @execute argumentItems(l: S[]): void { for (let i = 0; i < l.length; i++) { this.vec.push(l[i]); l[i].n = 5; } } // QW148 stored in this.vec
  @execute argumentHelper(s: S): void { this.save(s); this.change(s); } // QW148 stored in this.d
  @execute twice(): void { const s = new S(); this.d.set(1, s); s.n = 5; this.d.set(2, s); s.m = 6; } // QW148 stored in this.d
  @execute switched(k: u8): void { const s = new S(); switch (k) { case 1: this.d.set(1, s); break; default: this.d.set(2, s); } s.n = 5; } // QW148 stored in this.d
  @execute alias(): void { const s = new S(); const t = s; this.d.set(1, t); s.n = 5; } // QW148 stored in this.d
  @execute generic(): void { const l = [new S()]; this.d.set(1, first<S>(l)); l[0].n = 5; } // QW148 stored in this.d
  @execute inLoopNew(): void { const l = [1, 2, 3]; l.forEach(() => {}); for (let i = 0; i < l.length; i++) { const s = new S(); if (l[i] > 1) { this.vec.push(s); s.n = 5; } } } // QW148 stored in this.vec
  @execute doWhile(): void { let i: u64 = 0; do { const s = made(i); this.iterable.set(i, s); s.m += 1; i++; } while (i < 3); } // QW148 stored in this.iterable
  @execute nestedTurns(): void { for (let i: u64 = 0; i < 3; i++) { for (let j: u64 = 0; j < 3; j++) { const s = new S(j); this.d.set(i * 3 + j, s); s.n = i; } } } // QW148 stored in this.d
  @execute option(): void { let s: S | null = null; if (this.n > 1) s = new S(); if (s) { this.d.set(1, s); s.n = 5; } } // QW148 stored in this.d
  @execute getOr(): void { let s = this.d.get(1); if (s.n == 0) { s = new S(); this.d.set(1, s); } s.m = 5; } // QW148 what this.d holds
  @execute virtualItem(): void { const l = this.groups.get(1); const s = new S(); l.push(s); this.groups.set(1, l); s.n = 5; } // QW148 stored in this.groups
  @execute replaced(): void { let s = new S(); this.d.set(1, s); s.n = 5; s = new S(2); this.d.set(2, s); } // QW148 stored in this.d
}
`;

const KEPT = `// Changes after a set() that are kept or used, and changes of what no collection was given.
${SHARED}
let last = new S();

@contract
export class Kept {
${STATE}
  @execute before(): void { const s = new S(); s.n = 5; this.d.set(1, s); }
  @execute again(): void { const s = new S(); this.d.set(1, s); s.n = 5; this.d.set(1, s); }
  @execute scratch(): void { const s = new S(); for (let i: u64 = 0; i < 3; i++) { s.n = i; this.d.set(i, s); } }
  @execute scratchNext(): void { const s = new S(); for (let i: u64 = 0; i < 3; i++) { this.d.set(i, s); s.n = i; } }
  @execute scratchBump(): void { const s = new S(); for (let i: u64 = 0; i < 3; i++) { this.vec.push(s); s.bump(); } }
  @execute scratchWhile(): void { const s = new S(); while (s.n < 3) { this.vec.push(s); s.n++; } }
  @execute scratchList(): void { const l: u64[] = []; for (let i: u64 = 0; i < 3; i++) { l.push(i); this.lists.set(i, l); } }
  @execute scratchCleared(): void { const l: u64[] = []; for (let i: u64 = 0; i < 3; i++) { l.push(i); this.lists.set(i, l); l.length = 0; } }
  @execute scratchTwo(): void { const s = new S(); s.n = 1; this.d.set(1, s); s.n = 2; this.d.set(2, s); s.n = 3; this.vec.push(s); }
  @execute scratchPart(): void { const s = new S(); for (let i: u64 = 0; i < 3; i++) { this.d.set(i, s); s.part.k = i; s.list.push(i); } }
  @execute perTurn(): void { for (let i: u64 = 0; i < 3; i++) { const s = new S(); s.n = i; this.d.set(i, s); } }
  @execute returned(): S { const s = new S(); this.d.set(1, s); s.n = 5; return s; }
  @execute returnedPart(): Part { const s = new S(); this.d.set(1, s); s.part.k = 5; return s.part; }
  @execute returnedList(): u64[] { const l: u64[] = [1]; this.lists.set(1, l); l.push(5); return l; }
  @execute emitted(): void { const s = new S(); this.d.set(1, s); s.n = 5; emit(new Seen(s)); }
  @execute emittedLater(): void { const s = new S(); const e = new Seen(s); this.d.set(1, s); s.n = 5; emit(e); }
  @execute given(): void { const s = new S(); this.d.set(1, s); s.n = 5; Peer.at(this.at).take(s); }
  @execute read(): u64 { const s = new S(); this.d.set(1, s); s.n = 5; return s.n; }
  @execute readTwice(): u64 { const s = new S(); this.d.set(1, s); s.twice = 8; return s.twice; }
  @execute readPart(): u64 { const s = new S(); this.d.set(1, s); s.part.k = 5; return s.part.k; }
  @execute readNewPart(): u64 { const s = new S(); this.d.set(1, s); s.part = new Part(); return s.part.k; }
  @execute readLength(): i32 { const l: u64[] = []; this.lists.set(1, l); l.push(5); return l.length; }
  @execute readItem(): u64 { const l: u64[] = [1]; this.lists.set(1, l); l[0] = 5; return l[0]; }
  @execute readSorted(): u64 { const l = [new S(2), new S(1)]; this.groups.set(1, l); l.sort((a, b) => (a.n < b.n ? -1 : 1)); return l[0].n; }
  @execute readReversed(): u64 { const l = [new S(2), new S(1)]; this.groups.set(1, l); l.reverse(); return first<S>(l).n; }
  @execute readGrown(): u64 { const l = [new S(2)]; this.groups.set(1, l); l.push(new S(3)); return l[1].n; }
  @execute readPopped(): u64 { const l: u64[] = [1]; this.lists.set(1, l); l.push(5); return l.pop(); }
  @execute readShifted(): u64 { const l = [new S(2)]; this.groups.set(1, l); l.unshift(new S(3)); return l.shift().n; }
  @execute readSum(): u64 { const l: u64[] = [1]; this.lists.set(1, l); l.push(5); return total(l); }
  @execute readEach(): u64 { const l = [new S()]; this.groups.set(1, l); l.push(new S(5)); return l.reduce<u64>((sum, s) => sum + s.n, 0); }
  @execute readBranch(c: bool): u64 { const s = new S(); this.d.set(1, s); s.n = 5; return c ? s.n : 0; }
  @execute readHelper(): void { const s = new S(); this.d.set(1, s); s.n = 5; look(s); }
  @execute readFunction(): void { const s = new S(); this.d.set(1, s); s.n = 5; apply(look, s); }
  @execute readHolder(): u64 { const s = new S(); const h = new Holder(s); this.d.set(1, s); s.n = 5; return h.s.n; }
  @execute readMap(): u64 { const m = new Map<u64, S>(); m.set(1, new S()); this.d.set(1, m.get(1)); m.get(1).n = 5; return m.get(1).n; }
  @execute readMapGrown(): i32 { const m = new Map<u64, S>(); m.set(1, new S()); this.d.set(1, m.get(1)); m.set(2, new S()); return m.size; }
  @execute required(): void { const s = new S(); this.d.set(1, s); s.n += 5; if (s.n > 3) throw new Error("x"); }
  @execute ofField(): void { const s = this.one; this.d.set(1, s); s.n = 5; }
  @execute ofFieldHelper(): void { putIn(this.d, this.one); raise(this.one); this.one.bump(); }
  @execute ofFieldBoth(): void { storeThenRaise(this.d, this.one); this.one.saveAndReset(this.d); }
  @execute ofFieldItem(): void { const s = this.items[0]; this.vec.push(s); s.n = 5; }
  @execute ofFieldItems(): void { for (let i = 0; i < this.items.length; i++) { this.vec.push(this.items[i]); this.items[i].n = 5; } }
  @execute ofFieldOr(c: bool): void { const s = c ? this.one : new S(); this.d.set(1, s); s.n = 5; }
  @execute toField(): void { const s = new S(); this.one = s; this.d.set(1, s); s.n = 5; }
  @execute toFieldAfter(): void { const s = new S(); this.d.set(1, s); this.one = s; s.n = 5; }
  @execute toFieldLast(): void { const s = new S(); this.d.set(1, s); s.n = 5; this.one = s; }
  @execute toFieldList(): void { const s = new S(); this.items.push(s); this.d.set(1, s); s.n = 5; }
  @execute toFieldPart(): void { const s = new S(); this.d.set(1, s); this.one.part = s.part; s.part.k = 5; }
  @execute fromFileOr(c: bool): void { let s = new S(); if (c) s = last; this.d.set(1, s); s.n = 5; }
  @execute raisedStored(): void { const s = new S(); raiseThenStore(this.d, s); raiseThenStore(this.d, s); }
  @execute storedRaised(): void { const s = new S(); storeThenRaise(this.d, s); this.d.set(2, s); }
  @execute storedRaisedRead(): u64 { const s = new S(); storeThenRaise(this.d, s); return s.n; }
  @execute structReset(): void { const s = new S(2); s.saveAndReset(this.d); s.bump(); this.vec.push(s); }
  @execute createdRead(): u64 { return this.create(1).n; }
  @execute createdSet(): void { const s = this.create(1); s.n = 5; this.d.set(1, s); }
  private create(id: u64): S { const s = new S(); this.d.set(id, s); return s; }
  @execute createdLoop(): void { for (let i: u64 = 0; i < 3; i++) { const s = this.create(i); s.n = i; this.d.set(i, s); } }
  @execute listed(): u64 { const l: S[] = []; addNew(this.d, l); return l[0].n; }
  @execute listedAll(): void { const l: S[] = []; for (let i: u64 = 0; i < 3; i++) { const s = new S(i); this.d.set(i, s); keep(l, s); s.n += 1; } for (let i = 0; i < l.length; i++) this.vec.push(l[i]); }
  @execute otherBranch(c: bool): void { const s = new S(); if (c) this.d.set(1, s); else s.n = 5; }
  @execute otherObject(): void { const s = new S(); const t = new S(); this.d.set(1, s); t.n = 5; }
  @execute otherTurn(): void { for (let i: u64 = 0; i < 3; i++) { const s = new S(); if (i == 1) this.d.set(i, s); else s.n = i; } }
  @execute sameValues(): void { const s = new S(2); const t = new S(); t.n = s.n; this.d.set(1, s); t.m = 5; this.d.set(2, t); }
  @execute previous(): u64 { let before: S | null = null; let sum: u64 = 0; for (let i: u64 = 0; i < 3; i++) { const s = new S(i); this.d.set(i, s); if (before != null) sum += before.n; before = s; s.n += 1; } return sum; }
  @execute previousPair(): u64 { let before = new S(); let sum: u64 = 0; for (let i: u64 = 0; i < 3; i++) { const s = new S(i); this.d.set(i, s); sum += before.n; before = s; before.n = i; } return sum; }
  @execute chain(): u64 { let s = new S(); for (let i: u64 = 0; i < 3; i++) { this.d.set(i, s); s.n += 1; s = new S(s.n); } return s.n; }
  @execute replaced(): u64 { let s = new S(); this.d.set(1, s); s.n = 5; const n = s.n; s = new S(n); return s.m; }
  @execute copied(): void { const p = this.d.get(1); p.n = 1; this.d.set(1, p); p.n = 2; this.d.set(2, p); }
  @execute copiedRead(): u64 { const p = this.d.get(1); p.n = 1; this.d.set(1, p); p.n += 2; return p.n; }
  @execute copiedBefore(): u64 { let before: S | null = null; let sum: u64 = 0; for (let i: u64 = 0; i < 3; i++) { const s = this.d.get(i); if (before != null) sum += before.n; before = s; s.n += 1; } return sum; }
  @execute kept2(c: bool): void { const s = new S(); this.d.set(1, s); s.n = 5; if (c) this.d.set(2, s); }
  @execute best(): void { let best = new S(); for (let i: u64 = 0; i < 3; i++) { const s = new S(i); this.d.set(i, s); s.n *= 2; if (s.n > best.n) best = s; } best.m = 1; this.vec.push(best); }
  @execute bestLater(): void { let best: S | null = null; for (let i: u64 = 0; i < 3; i++) { const s = new S(i); this.d.set(i, s); s.m = i; if (i == 1) best = s; } if (best != null) this.vec.push(best); }
  @execute waiting(): void { let first = new S(); this.d.set(0, first); for (let i: u64 = 0; i < 3; i++) { first.n += i; const next = new S(i); this.d.set(i, next); if (i > 1) this.vec.push(first); first = next; } }
  @execute linked(): void { const h = new Holder(); for (let i: u64 = 0; i < 3; i++) { const s = new S(i); this.d.set(i, s); if (i > 0) this.vec.push(h.s); h.s = s; s.n += 1; } }
  @execute nestedLoops(): void { for (let i: u64 = 0; i < 3; i++) { const s = new S(i); this.d.set(i, s); for (let j: u64 = 0; j < 3; j++) { if (j > 1) this.vec.push(s); s.n += j; } } }
  @execute continued(): void { const s = new S(); for (let i: u64 = 0; i < 3; i++) { if (i > 0) { this.d.set(i, s); s.n = i; continue; } s.m = i; } this.vec.push(s); }
  @execute pairOf(): u64 { const l = [new S(1), new S(2)]; this.d.set(1, l[0]); l[1].n = 5; return l[1].n; }
  @execute grouped(): void { const l: S[] = []; for (let i: u64 = 0; i < 3; i++) { l.push(new S(i)); this.groups.set(i, l); } }
  @execute groupedPart(): void { const l: S[] = [new S()]; for (let i: u64 = 0; i < 3; i++) { this.groups.set(i, l); l[0].n = i; } }
  @execute lengthOf(): i32 { const s = new S(); this.d.set(1, s); s.list.push(5); return s.list.length; }
  @execute itemOf(): u64 { const s = new S(); this.d.set(1, s); s.list.push(5); return s.list[0]; }
  @execute viaLocal(): u64 { const s = new S(); const l = s.list; this.d.set(1, s); l.push(5); return s.list[0]; }
  @execute compared(): bool { const s = new S(); this.d.set(1, s); s.n = 5; return s.n == this.d.get(1).n; }
  @execute holds(): bool { const l: u64[] = []; this.lists.set(1, l); l.push(5); return l.includes(5); }
  @execute joined(): string { const l: u64[] = []; this.lists.set(1, l); l.push(5); return l.join(","); }
  @execute counts(): void { const l: S[] = []; for (let i: u64 = 0; i < 3; i++) { const s = new S(i); l.push(s); this.d.set(i, s); } for (let i = 0; i < l.length; i++) { l[i].m = <u64>i; this.d.set(<u64>i, l[i]); } }
  @execute fromOther(): void { const s = this.d.get(1); const t = new S(); t.n = s.n; t.part = s.part; this.d.set(2, t); t.part.k = 5; this.d.set(1, s); }
  @execute mixedParts(t: S, s: S): void { t.part = s.part; this.d.set(2, t); t.part.k = 5; this.d.set(1, s); }
  @execute mixedHelper(): void { const s = new S(); const t = new S(); share(this.d, t, s); this.d.set(1, s); }
  @execute ofFieldOrGiven(c: bool): void { const s = new S(); this.d.set(1, s); this.either(s, c); }
  private either(s: S, c: bool): void { const t = c ? s : this.one; t.n = 5; }
  @execute grownHelper(): u64 { const l: u64[] = [1]; this.lists.set(1, l); return grown(l); }
  @execute grownItems(): u64 { const l = [new S()]; this.groups.set(1, l); return grownItems(l); }
  @execute sliced(): void { const l: u64[] = [1, 2]; this.lists.set(1, l); const k = l.slice(0); k.push(3); }
  @execute argument(s: S): void { s.n = 5; this.d.set(1, s); s.m = 6; this.vec.push(s); }
  @execute argumentEmitted(s: S): void { this.d.set(1, s); s.n = 5; emit(new Seen(s)); }
  @execute argumentReturned(s: S): S { this.d.set(1, s); s.n = 5; return s; }
  @execute argumentCalled(): u64 { const s = new S(); this.used(s); return s.n; }
  @execute used(s: S): void { this.d.set(1, s); s.n = 5; }
  @execute argumentList(l: S[]): void { for (let i = 0; i < l.length; i++) { l[i].n = 5; this.vec.push(l[i]); } }
  @execute argumentTotal(l: u64[]): u64 { this.lists.set(1, l); l.push(5); return total(l); }
  @execute argumentFirst(l: S[]): u64 { this.groups.set(1, l); l.reverse(); return first<S>(l).n; }
  @query localOnly(): u64 { const s = new S(); s.n = 5; const l: u64[] = []; l.push(5); return s.m; }
}
`;

const MORE = `
function swapParts(a: S, b: S): void { const p = a.part; a.part = b.part; b.part = p; }
function touchAll(l: S[]): u64 { let sum: u64 = 0; for (let i = 0; i < l.length; i++) { l[i].n += 1; sum += l[i].n; } return sum; }
class Book { all: S[] = []; last: S | null = null; add(s: S): S { this.all.push(s); this.last = s; return s; } raise(): void { for (let i = 0; i < this.all.length; i++) this.all[i].n += 1; } sum(): u64 { let x: u64 = 0; for (let i = 0; i < this.all.length; i++) x += this.all[i].n; return x; } saveAll(m: StorageMap<u64, S>): void { for (let i = 0; i < this.all.length; i++) m.set(<u64>i, this.all[i]); } }
class Base { constructor(public s: S) {} touch(): void { this.s.n += 1; } }
class Loud extends Base { touch(): void { this.s.m += 1; } read(): u64 { return this.s.m; } }
class Node { next: Node | null = null; constructor(public s: S) {} }
function fill(s: S, n: u64): void { s.n = n; s.m = n; }
function withNew(map: StorageMap<u64, S>, f: (s: S) => void): void { const s = new S(); map.set(1, s); f(s); s.n = 5; f(s); }
function rec(map: StorageMap<u64, S>, s: S, k: u64): void { if (k == 0) return; map.set(k, s); s.n = k; rec(map, s, k - 1); }
`;

const LOST_MORE = `// Further changes that are lost.
${SHARED}
${MORE}
@contract
export class LostMore {
${STATE}
  @execute fun(): void { const f = (s: S): void => { s.n = 5; }; const s = new S(); this.vec.push(s); f(s); } // QW148 this.vec
  @execute deep(): void { const b = new Book(); for (let i: u64 = 0; i < 3; i++) this.d.set(i, b.add(new S(i))); b.raise(); }
  @execute virtual(): void { const b: Base = new Loud(new S()); this.d.set(1, b.s); b.touch(); }
  @execute recursive(): void { const s = new S(); this.d.set(1, s); if (this.n > 1) { s.n = 5; return; } } // QW148 this.d
  @execute fillAfter(): void { const s = new S(); this.vec.push(s); fill(s, 5); } // QW148 this.vec
  @execute swap(): void { const a = new S(1); const b = new S(2); this.d.set(1, a); this.d.set(2, b); swapParts(a, b); } // QW148 this.d
  @execute fillArr(): void { const l = new Array<u64>(3); this.lists.set(1, l); l.fill(5); } // QW148 this.lists
  @execute unshift(): void { const l: u64[] = []; this.lists.set(1, l); l.unshift(5); } // QW148 this.lists
  @execute rev(): void { const l: u64[] = [1, 2]; this.lists.set(1, l); l.reverse(); } // QW148 this.lists
  @execute pop(): void { const l: u64[] = [1, 2]; this.lists.set(1, l); l.pop(); } // QW148 this.lists
  @execute own(): void { this.keep(new S(1)); } // QW148 this.d
  private keep(s: S): void { this.d.set(1, s); s.bump(); }
  @execute bump2(s: S): void { this.vec.push(s); s.bump(); } // QW148 this.vec
  @execute nest(): void { const s = new S(); this.d.set(1, s); const p = s.part; p.k += 1; } // QW148 this.d
}
`;

const KEPT_MORE = `// Further changes that are kept or used, or of which it is not sure.
${SHARED}
${MORE}
@contract
export class KeptMore {
${STATE}
  twoLists: StorageMap<u64, StorageMap<u64, u64[]>>;
  @execute swapped(): void { const a = new S(1); const b = new S(2); this.d.set(1, a); swapParts(a, b); this.d.set(1, a); this.d.set(2, b); }
  @execute touchAll(): u64 { const l = [new S()]; this.groups.set(1, l); return touchAll(l); }
  @execute book(): u64 { const b = new Book(); for (let i: u64 = 0; i < 3; i++) this.d.set(i, b.add(new S(i))); b.raise(); return b.sum(); }
  @execute bookSaved(): void { const b = new Book(); for (let i: u64 = 0; i < 3; i++) this.d.set(i, b.add(new S(i))); b.raise(); b.saveAll(this.d); }
  @execute bookOwn(): void { const b = new Book(); b.add(this.one); this.d.set(1, this.one); b.raise(); }
  @execute bookMix(): void { const b = new Book(); b.add(this.one); const s = b.add(new S()); this.d.set(1, s); b.all[0].n = 5; }
  @execute virtual(): u64 { const l = new Loud(new S()); const b: Base = l; this.d.set(1, l.s); b.touch(); return l.read(); }
  @execute nodes(): void { const a = new Node(new S()); const b = new Node(new S()); a.next = b; let at: Node | null = a; while (at != null) { this.vec.push(at.s); at.s.n = 5; this.vec.push(at.s); at = at.next; } }
  @execute fillNext(): void { const s = new S(); for (let i: u64 = 0; i < 5; i++) { this.vec.push(s); fill(s, i); } }
  @execute withNew(): void { withNew(this.d, look); }
  @execute recursive(): void { rec(this.d, new S(), 4); }
  @execute ping(): void { this.pinged(new S(), 3); }
  private pinged(s: S, k: u64): void { if (k == 0) return; this.d.set(k, s); s.n = k; this.ponged(s, k - 1); }
  private ponged(s: S, k: u64): void { s.m = k; this.pinged(s, k); }
  @execute pong(): void { const s = new S(); this.d.set(1, s); s.m = 4; this.ponged(s, 3); }
  @execute chosen(c: bool): u64 { const s = new S(); this.d.set(1, s); const f = c ? raise : look; f(s); return s.m; }
  @execute finallyRead(c: bool): u64 { const s = new S(); this.d.set(1, s); if (c) s.n = 5; else s.n = 6; return s.n; }
  @execute shadow(): u64 { let s = new S(1); this.d.set(1, s); { let s = new S(2); s.n = 5; this.n = s.n; } return s.n; }
  @execute counterInside(): void { const s = new S(); do { this.vec.push(s); s.n++; } while (s.n < 5); }
  @execute forOfNames(): void { const s = new S(); for (s.n = 0; s.n < 5; s.n++) this.vec.push(s); }
  @execute mapTable(): void { const t = new Map<u64, S>(); for (let i: u64 = 0; i < 5; i++) { if (!t.has(i % 2)) { const s = new S(); t.set(i % 2, s); this.d.set(i % 2, s); } t.get(i % 2).n += i; } const v = t.values(); for (let i = 0; i < v.length; i++) this.vec.push(v[i]); }
  @execute mapTableSum(): u64 { const t = new Map<u64, S>(); for (let i: u64 = 0; i < 5; i++) { if (!t.has(i % 2)) { const s = new S(); t.set(i % 2, s); this.d.set(i % 2, s); } t.get(i % 2).n += i; } return t.get(0).n; }
  @execute listTable(): void { const l: u64[][] = [[], []]; for (let i: u64 = 0; i < 5; i++) { this.lists.set(i, l[<i32>(i % 2)]); l[<i32>(i % 2)].push(i); } }
  @execute buffer(): void { const l = new Array<u64>(3); for (let i = 0; i < 3; i++) { l[i] = <u64>i; this.lists.set(<u64>i, l); } }
  @execute fillArr(): u64[] { const l = new Array<u64>(3); this.lists.set(1, l); l.fill(5); return l; }
  @execute staticArr(): u64 { const l: u64[] = [1, 2, 3]; this.lists.set(1, l); l.sort((a, b) => <i32>(a - b)); return l[0]; }
  @execute concat(): void { const l: u64[] = [1]; this.lists.set(1, l); l.push(2); this.lists.set(2, l.concat([3])); }
  @execute mapFn(): void { const l: u64[] = [1]; this.lists.set(1, l); l.push(2); this.lists.set(2, l.map<u64>((x) => x + 1)); }
  @execute index(): i32 { const l: u64[] = [1]; this.lists.set(1, l); l.push(2); return l.indexOf(2); }
  @execute someFn(): bool { const l: u64[] = [1]; this.lists.set(1, l); l[0] = 2; return l.some((x) => x > 1); }
  @execute someItems(): bool { const l = [new S()]; this.groups.set(1, l); l[0].n = 2; return l.some((x) => x.n > 1); }
  @execute everyItems(): bool { const l = [new S()]; this.groups.set(1, l); l.push(new S()); return l.every((x) => x.n > 1); }
  @execute findItems(): i32 { const l = [new S()]; this.groups.set(1, l); l.push(new S()); return l.findIndex((x) => x.n > 1); }
  @execute eachItems(): void { const l = [new S()]; this.groups.set(1, l); l.push(new S()); l.forEach((x) => { look(x); }); }
  @execute forOfItems(): u64 { const l = [new S()]; this.groups.set(1, l); l.push(new S()); let sum: u64 = 0; for (let i = 0, k = l.length; i < k; i++) sum += l[i].n; return sum; }
  @execute spliceItems(): u64 { const l = [new S(1), new S(2)]; this.groups.set(1, l); l.splice(0, 1); return l[0].n; }
  @execute emitList(): void { const s = new S(); this.d.set(1, s); s.n = 1; const l = [new Seen(s)]; s.n = 2; emit(l[0]); }
  @execute eventField(): void { const e = new Seen(new S()); this.d.set(1, e.s); e.s.n = 5; emit(e); }
  @execute nestedArg(s: S): S[] { this.d.set(1, s); s.n = 5; return [s]; }
  @execute nestedArgHolder(s: S): S { const h = new Holder(s); this.d.set(1, s); h.bump(); return h.s; }
  @execute argToField(s: S): void { this.d.set(1, s); this.one = s; s.n = 5; }
  @execute argToFieldFirst(s: S): void { this.one = s; this.d.set(1, s); s.n = 5; }
  @execute argToItems(l: S[]): void { this.items = l; for (let i = 0; i < l.length; i++) { this.vec.push(l[i]); l[i].n = 5; } }
  @execute argPart(s: S): void { this.d.set(1, s); this.one.part = s.part; s.part.k = 5; }
  @execute argLoop(l: S[]): void { const s = l[0]; for (let i = 0; i < 3; i++) { this.vec.push(s); s.n += 1; } }
  @execute nested2(): void { const m = this.twoLists.get(1); const l: u64[] = []; m.set(1, l); l.push(2); m.set(2, l); }
  @execute sortedOther(): void { const l: u64[] = [2, 1]; this.lists.set(1, l); const k = l.slice(0).sort(); this.lists.set(2, k); }
  @execute ifNew(): void { let s = this.d.get(1); if (s.n == 0) { s = new S(); this.d.set(1, s); } s.m = 5; this.d.set(1, s); }
  @execute getOrNew(): u64 { let s = this.d.get(1); if (s.n == 0) { s = new S(); this.d.set(1, s); } s.m = 5; return s.m; }
  @execute itemsIn(): void { const l = this.groups.get(1); const s = new S(); l.push(s); this.groups.set(1, l); s.n = 5; this.groups.set(1, l); }
  @execute itemsInRead(): u64 { const l = this.groups.get(1); const s = new S(); l.push(s); this.groups.set(1, l); s.n = 5; return l[0].n; }
  @execute toPlaceList(): void { const s = new S(); this.d.set(1, s); this.items[0] = s; s.n = 5; }
  @execute toPlacePart(): void { const s = new S(); this.d.set(1, s); const o = this.one; o.part = s.part; s.part.k = 5; }
  @execute holderToPlace(): void { const h = new Holder(new S()); this.d.set(1, h.s); this.one = h.s; h.bump(); }
  @execute listToPlace(): void { const l = [new S()]; this.groups.set(1, l); this.items = l; l[0].n = 5; l.push(new S()); }
  @execute throwing(): void { const s = new S(); this.d.set(1, s); s.n = 5; throw new Error(s.n.toString()); }
  @execute asserts(): void { const s = new S(); this.d.set(1, s); s.n = 5; assert(s.n > 3, "x"); }
  @execute labelled(): void { const s = new S(); for (let i: u64 = 0; i < 3; i++) { if (i == 1) continue; this.d.set(i, s); if (i == 2) break; s.n = i; } this.vec.push(s); }
  @execute bothWays(c: bool): void { const a = new S(1); const b = new S(2); const s = c ? a : b; this.d.set(1, a); this.d.set(2, b); s.n = 5; this.d.set(1, a); }
  @execute resultOf(): void { const s = setN(new S(), 1); this.d.set(1, s); setN(s, 2); this.d.set(2, setN(s, 3)); }
  @execute previousMade(): void { let p = made(0); for (let i: u64 = 1; i < 4; i++) { const s = made(i); this.d.set(i, s); s.m += p.n; p.n = i; this.d.set(i - 1, p); p = s; } this.d.set(9, p); }
}
`;

test("changes of what a collection was given before, which nothing uses, are errors", async () => {
  await expectMarked({ "lost.ts": LOST, "lost-more.ts": LOST_MORE });
});

test("changes after a set() that are kept or used are not", async () => {
  await expectMarked({ "kept.ts": KEPT, "kept-more.ts": KEPT_MORE, "one.ts": ONE });
});

const ONE = `// One loss beside the contract in which there is none.
import { contract, execute, type StorageVec, struct } from "qwvm/sdk-as";

@struct
class Item {
  n: u64;
}

@contract
export class One {
  queue: StorageVec<Item>;
  @execute lose(): void { const item = new Item(); this.queue.push(item); item.n = 5; } // QW148 stored in this.queue
}
`;
