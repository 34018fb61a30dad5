// Ways from a query to a change that do not go through the contract's own methods: helper classes, statics, renamed
// imports. And what looks like a change and is none.

import { expect, test } from "vitest";
import { checkContracts } from "../../harness/compiler/check-contract.js";
import { readSources } from "../../harness/compiler/read-contract.js";

function check(text: string): [code: string, message: string][] {
  const sources = readSources(new Map([["contracts/a.ts", text]]));
  const settings = {
    root: "/",
    contractsDir: "contracts",
    outDir: "build",
    release: false,
    hostFunctions: "all" as const,
  };
  return checkContracts(sources, settings, () => sources).map(({ code, message }) => [code, message]);
}

const HEAD = `import { contract, emit, emit as tell, event, query, StorageMap, struct, transfer, Address, u256 } from "qwvm/sdk-as";
@event class Seen {}
`;
const contract = (query: string, before = "") =>
  `${HEAD}${before}\n@contract export class A {\n  n: u64;\n  m: StorageMap<u64, Item>;\n  ${query}\n}\n@struct class Item { n: u64; list: u64[]; bump(): void { this.n += 1; this.list.push(1); } }\n`;

test.each([
  [
    "a static method",
    "Tools.ping()",
    "class Tools { static ping(): void { emit(new Seen()); } }",
    "go → Tools.ping emits an event",
  ],
  [
    "a helper object, two calls deep",
    "new Tools().outer()",
    "class Tools { outer(): void { this.inner(); pay(); } inner(): void {} }\nfunction pay(): void { transfer(Address.zero, u256.zero); }",
    "go → Tools.outer → pay transfers value",
  ],
  ["a renamed import", "tell(new Seen())", "", "go emits an event"],
])("%s", (_, call, before, way) => {
  expect(check(contract(`@query go(): u64 { ${call}; return 1; }`, before))).toEqual([["QW108", `The query ${way}.`]]);
});

test.each([
  ["a struct that a map gave is a copy", "const item = this.m.get(1); item.bump(); item.n += 1; return item.n;"],
  ["a local list", "const list: u64[] = []; list.push(1); return list.length;"],
])("%s", (_, body) => {
  expect(check(contract(`@query go(): u64 { ${body} }`))).toEqual([]);
});
