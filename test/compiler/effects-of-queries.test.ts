// Ways by which a query can change something, and what only looks like one: as the compiled module shows them.

import { test } from "vitest";
import { expectMarked } from "./marked-lines.js";

const SAY = `// Functions that other files use under other names.
import { emit, event, type StorageMap } from "qwvm/sdk-as";

export { emit as tell, metadata as labels } from "qwvm/sdk-as";

@event
export class Said {
  constructor(public n: u64) {}
}

export function say(n: u64): void {
  emit(new Said(n));
}

/** Shares its name with a function of another file, which does nothing. */
export function note(n: u64): void {
  emit(new Said(n));
}

export function put<K, V>(map: StorageMap<K, V>, key: K, value: V): void {
  map.set(key, value);
}

export namespace tools {
  export function add(map: StorageMap<u64, u64>): void {
    map.set(1, 2);
  }
  export function read(map: StorageMap<u64, u64>): u64 {
    return map.get(1);
  }
}
`;

const PLAIN = `// A function that does nothing, of the same name as one that does something.
export function note(n: u64): u64 {
  return n + 1;
}
`;

const WAYS = `// Ways by which a query can change something. What is expected stands behind the line: the code and a part of the message.
import * as sdk from "qwvm/sdk-as";
import {
  type Address,
  contract,
  execute,
  type FixedArray,
  guard,
  query,
  Remote,
  remote,
  type StorageMap,
  type StorageSet,
  type StorageVec,
  struct,
  u256,
} from "qwvm/sdk-as";
import { note } from "./plain";
import { labels, put, Said, say, note as shout, tell, tools } from "./say";

@remote
export class Peer extends Remote {
  @execute poke(): u64 {
    return this.answer;
  }
  @query peek(): u64 {
    return this.answer;
  }
}

@struct
class Item {
  n: u64;
  list: u64[];
  inner: Inner;
  bump(): void {
    this.n += 1;
  }
  note(): u64 {
    return this.n;
  }
}

@struct
class Inner {
  n: u64;
}

/** Its note tells; that of Item does not. */
class Loud {
  constructor(public n: u64) {}
  note(): u64 {
    say(this.n);
    return this.n;
  }
  get told(): u64 {
    say(this.n);
    return this.n;
  }
  set told(n: u64) {
    say(n);
  }
  @operator("+")
  static plus(a: Loud, b: Loud): Loud {
    say(a.n + b.n);
    return a;
  }
  @operator("[]")
  get(i: i32): u64 {
    say(this.n);
    return this.n;
  }
  static tell(): u64 {
    say(1);
    return 1;
  }
}

class Teller {
  n: u64 = 5;
  constructor(map: StorageMap<u64, u64>) {
    map.set(this.n, 1);
  }
}

class Base {
  act(): u64 {
    return 1;
  }
}
class Loudest extends Base {
  act(): u64 {
    say(2);
    return 2;
  }
}
class Calm extends Base {
  act(): u64 {
    return 3;
  }
}

/** Objects that hold what they are given, one in the other. */
class Holder {
  constructor(public list: u64[]) {}
  push(n: u64): u64 {
    this.list.push(n);
    return n;
  }
}
class Outer {
  constructor(public list: u64[]) {}
  get pushed(): u64 {
    return new Holder(this.list).push(9);
  }
  get first(): u64 {
    return new Holder(this.list).list[0];
  }
}
function applyTo(f: (list: u64[]) => u64, list: u64[]): u64 {
  return f(list);
}
function pushTo(list: u64[]): u64 {
  return new Holder(list).push(1);
}

function make(loud: bool): Base {
  return loud ? new Loudest() : new Calm();
}

function change(contract: Ways): void {
  contract.n += 1;
}
function addTo(list: u64[]): void {
  list.push(1);
}
function raise(item: Item): u64 {
  item.inner.n += 1;
  return item.inner.n;
}
function firstOf(list: Item[]): Item {
  return list[0];
}
function sayEach(n: u64, _i: i32, _all: u64[]): void {
  say(n);
}
function doubled(n: u64, _i: i32, _all: u64[]): u64 {
  return n * 2;
}
function applied(f: (x: u64) => u64, x: u64): u64 {
  return f(x);
}
function appliedTwice(f: (x: u64) => u64, x: u64): u64 {
  return applied(f, applied(f, x));
}
class Held {
  constructor(public f: (x: u64) => u64) {}
  run(x: u64): u64 {
    return this.f(x);
  }
}
function double(x: u64): u64 {
  return x * 2;
}
function total(items: u64[]): u64 {
  let sum: u64 = 0;
  for (let i = 0; i < items.length; i++) sum += items[i];
  return sum;
}

@contract
export class Ways {
  n: u64;
  wide: u256;
  list: u64[];
  items: Item[];
  item: Item;
  option: Item | null;
  fixed: FixedArray<u64, 3>;
  a: StorageMap<u64, u64>;
  b: StorageMap<u64, u64>;
  nested: StorageMap<u64, StorageMap<u64, u64>>;
  things: StorageMap<u64, Item>;
  vec: StorageVec<Item>;
  set: StorageSet<u64>;
  at: Address;

  @query thisInVariable(): u64 { const self = this; self.n += 1; return 1; } // QW108 writes this.n
  @query functionGivenThis(): u64 { change(this); return 1; } // QW108 change writes this.n
  @query functionGivenMap(): u64 { put<u64, u64>(this.a, 1, 2); return 1; } // QW108 functionGivenMap → put changes a StorageMap
  @query namespaced(): u64 { tools.add(this.a); return 1; } // QW108 tools.add
  @query staticMethod(): u64 { return Loud.tell(); } // QW108 Loud.tell → say emits an event
  @query built(): u64 { return new Teller(this.a).n; } // QW108 changes a StorageMap with .set()
  @query getter(): u64 { return new Loud(1).told; } // QW108 Loud.told → say
  @query setter(): u64 { const l = new Loud(1); l.told = 5; return 1; } // QW108 Loud.told → say
  @query ownGetter(): u64 { return this.counted; } // QW108 ownGetter → counted writes this.n
  get counted(): u64 { this.n += 1; return this.n; }
  @query operator(): u64 { return (new Loud(1) + new Loud(2)).n; } // QW108 say emits
  @query indexed(): u64 { return new Loud(1)[0]; } // QW108 say emits
  @query chosenMap(c: bool): u64 { const m = c ? this.a : this.b; m.set(1, 2); return 1; } // QW108 with .set()
  @query assignedLater(): u64 { let m = this.a; m = this.b; m.set(1, 2); return 1; } // QW108 changes this.b with .set()
  @query nestedMap(): u64 { const m = this.nested.get(1); m.set(1, 2); return 1; } // QW108 changes this.nested with .set()
  @query each(): u64 { this.list.forEach(sayEach); return 1; } // QW108 each → sayEach → say emits an event
  @query functionValue(): u64 { const f = say; f(1); return 1; } // QW108 say emits
  @query chosenFunction(c: bool): u64 { const f = c ? double : count; return f(1); } // QW108 count → say
  @query arrow(): u64 { const f = (x: u64): void => { say(x); }; f(1); return 1; } // QW108 say emits
  @query namespaceEmit(): u64 { sdk.emit(new Said(1)); return 1; } // QW108 emits an event
  @query namespaceMetadata(): u64 { sdk.metadata.set("a", "b"); return 1; } // QW108 writes metadata
  @query barrel(): u64 { tell(new Said(1)); return 1; } // QW108 emits an event
  @query barrelMetadata(): u64 { labels.set("a", "b"); return 1; } // QW108 writes metadata
  @query structMethod(): u64 { this.item.bump(); return 1; } // QW108 Item.bump writes this.item
  @guard("counts") @query guarded(): u64 { return 1; } // QW108 guarded → counts writes this.n
  private counts(): void { this.n += 1; }
  @query otherFile(): u64 { shout(1); return 1; } // QW108 note emits an event
  @query virtual(loud: bool): u64 { return make(loud).act(); } // QW108 say emits
  @query aliasPush(): u64 { const l = this.list; l.push(1); return 1; } // QW108 writes this.list
  @query aliasGiven(): u64 { addTo(this.list); return 1; } // QW108 addTo writes this.list
  @query aliasElement(): u64 { const item = this.items[0]; item.n = 5; return 1; } // QW108 writes this.items
  @query aliasDeep(): u64 { return raise(firstOf(this.items)); } // QW108 raise writes this.items
  @query aliasShared(): u64 { const copy = this.items.slice(0); copy[0].n = 1; return 1; } // QW108 writes this.items
  @query aliasOption(): u64 { const o = this.option; if (o) o.n += 1; return 1; } // QW108 writes this.option
  @query aliasFixed(): u64 { const f = this.fixed; f[0] += 1; return 1; } // QW108 writes this.fixed
  @query sorted(): u64 { const l = this.list; return l.sort((x, y) => <i32>(x - y))[0]; } // QW108 writes this.list
  @query eachItem(): u64 { this.items.forEach((item) => { item.n = 1; }); return 1; } // QW108 writes this.items
  @query remoteExecute(): u64 { return Peer.at(this.at).poke(); } // QW108 calls Peer.poke, which changes state
  @query byBytes(): u64 { return sdk.callContract(this.at, "peek", sdk.Bytes.empty).length; } // QW108 calls another contract by a method's name and bytes, which can change state
  @query loop(): u64 { let m = this.a; for (let i = 0; i < 3; i++) { if (i > 1) m.delete(1); m = this.b; } return 1; } // QW108 with .delete()
  @query wideField(): u64 { const self = this; self.wide += u256.one; return 1; } // QW108 writes this.wide

  @query heldInHolders(): u64 { return new Outer(this.list).pushed; } // QW108 Outer.pushed writes this.list
  @query appliedTo(): u64 { return applyTo(pushTo, this.list); } // QW108 writes this.list

  @query readInHolders(): u64 { return new Outer(this.list).first + applyTo(total, this.list); }
  @query copyNote(): u64 { return this.item.note() + this.things.get(1).note(); }
  @query sliced(): u64 { let l = this.list; l = l.slice(0); l.push(1); return <u64>l.length; }
  @query shadowed(): u64 { { const l = this.list; if (l.length > 9) return 1; } { const l: u64[] = []; l.push(1); return l[0]; } }
  @query otherNote(): u64 { return note(1); }
  @query mapped(): u64[] { return this.list.map<u64>(doubled); }
  @query filtered(): i32 { return this.list.filter((x) => x > 1).length; }
  @query sum(): u64 { return total(this.list) + this.list.reduce<u64>((a, b) => a + b, 0); }
  @query copyChanged(): u64 { const item = this.things.get(1); item.bump(); item.n += 1; item.list.push(1); return item.n + <u64>item.list.length; }
  @query pageOf(): Item[] { const page = this.vec.page(0, 10); for (let i = 0; i < page.length; i++) page[i].n *= 2; return page; }
  @query remoteQuery(): u64 { return Peer.at(this.at).peek() + Peer.at(this.at).catching().peek(); }
  @query virtualCalm(): u64 { return new Calm().act(); }
  @query built2(): Item { const item = new Item(); item.n = this.n; item.list = [1, 2]; item.inner.n = 3; return item; }
  @query reads(): u64 { return tools.read(this.a) + <u64>this.set.size + <u64>this.vec.length + this.fixed[0]; }
  @query logs(): u64 { sdk.log("x" + this.n.toString()); return sdk.metadata.get("a").length; }
  @query copied(): u64[] { const l = this.list.slice(0); l.sort((x, y) => <i32>(x - y)); return l; }
  @query wideSum(): u256 { let sum = this.wide; for (let i = 0; i < 3; i++) sum += this.wide; return sum; }

  @query givenFunction(): u64 { return applied(double, 1) + appliedTwice(double, 2) + applied((x) => x + 1, 3); }
  @query heldFunction(): u64 { return new Held(double).run(1); }
  @query givenWrites(): u64 { return applied(count, 1); } // QW108 givenWrites → applied → count → say emits
  @query givenWritesDeep(): u64 { return appliedTwice(count, 1); } // QW108 count → say emits
  @query givenArrow(): u64 { return applied((x) => { say(x); return x; }, 1); } // QW108 say emits
  @query heldWrites(): u64 { const h = new Held(count); return h.run(1); } // QW108 count → say emits
  @query listedFunctions(): u64 { const l = [count]; l.push(double); return l[0](1); } // QW108 count → say emits
  @query variableOrNot(c: bool): u64 { const f = c ? double : variable; return f(1); } // QW108 count → say emits
  @query listGiven(): u64 { const l: ((x: u64) => u64)[] = []; l.push(double); return l[0](1) + applied(l[0], 2); }
  @query chosenGiven(c: bool): u64 { return applied(c ? double : count, 1); } // QW108 count → say emits

  @query fileFunction(): u64 { return told(1, 2); } // QW108 say emits
  @execute use(): void { this.items.push(new Item()); this.n += Loud.tell(); new Loud(1).note(); told(1, 2); }
}

const variable = count;
const told = (x: u64, y: u64): u64 => {
  say(x);
  return y;
};
const begun: u64 = ((x: u64): u64 => { say(x); return x; })(1); // QW250 emits an event

function count(x: u64): u64 {
  say(x);
  return x;
}
`;

test("every way from a query to a change is an error, and nothing else", async () => {
  await expectMarked({ "ways.ts": WAYS, "say.ts": SAY, "plain.ts": PLAIN });
});
