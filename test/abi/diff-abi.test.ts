// What a change of an interface means for callers. The judgements are those of the rules in `qwvm help abi`.

import { describe, expect, test } from "vitest";
import { diffAbi } from "../../harness/abi/diff-abi.js";
import type { Abi, AbiMethod, AbiType } from "../../harness/core/abi.js";

const EMPTY: Abi = {
  abiVersion: 1,
  name: "Shop",
  methods: [],
  events: [],
  errors: [],
  structs: [],
  enums: [],
  state: [],
};
const pay: AbiMethod = {
  name: "pay",
  kind: "execute",
  params: [
    { name: "to", type: "address" },
    { name: "amount", type: "u64" },
  ],
  payable: false,
};

/** Changes as `severity part name: what`. */
function changes(before: Partial<Abi>, after: Partial<Abi>): string[] {
  return diffAbi({ ...EMPTY, ...before }, { ...EMPTY, ...after }).map(
    ({ severity, part, name, what }) => `${severity} ${part} ${name}: ${what}`,
  );
}
const methodChange = (before: Partial<AbiMethod>, after: Partial<AbiMethod>) =>
  changes({ methods: [{ ...pay, ...before }] }, { methods: [{ ...pay, ...after }] });

test("an interface and itself differ in nothing", () => {
  expect(changes({ methods: [pay] }, { methods: [pay] })).toEqual([]);
  expect(changes({}, {})).toEqual([]);
});

describe("methods", () => {
  test("one that is gone breaks, a new one does not", () => {
    expect(changes({ methods: [pay] }, { methods: [{ ...pay, name: "send" }] })).toEqual([
      "breaking method pay: is gone",
      "compatible method send: is new",
    ]);
  });

  test.each<[string, Partial<AbiMethod>, Partial<AbiMethod>, string]>([
    ["kind", {}, { kind: "query" }, "breaking method pay: only reads now, and was an execute method"],
    ["payable gone", { payable: true }, {}, "breaking method pay: takes no value any more"],
    ["payable new", {}, { payable: true }, "compatible method pay: takes value now"],
    ["result new", {}, { result: "bool" }, "breaking method pay: returns bool now, and returned nothing"],
    ["result gone", { result: "bool" }, {}, "breaking method pay: returns nothing any more, and returned bool"],
    ["result", { result: "u64" }, { result: "u128" }, "breaking method pay: returns u128 (was u64)"],
    [
      "guard new",
      {},
      { guards: [{ name: "only", args: ["owner"] }] },
      "warning method pay: is guarded by only(owner) now",
    ],
    ["guard gone", { guards: [{ name: "open" }] }, {}, "compatible method pay: is not guarded by open any more"],
    [
      "guards in another order",
      { guards: [{ name: "a" }, { name: "b" }] },
      { guards: [{ name: "b" }, { name: "a" }] },
      "warning method pay: checks its guards in another order, b, a: another error may come first",
    ],
    [
      "signed",
      {},
      { signed: { by: "to", in: "params", key: "address" } },
      "breaking method pay: must be signed by to, an address given",
    ],
    [
      "signed by another",
      { signed: { by: "owner", in: "state", key: "publicKey" } },
      { signed: { by: "owner", in: "state", key: "address" } },
      "breaking method pay: must be signed by owner, a stored address; it was signed by owner, a stored public key",
    ],
    [
      "not signed",
      { signed: { by: "to", in: "params", key: "address" } },
      {},
      "breaking method pay: takes no signature any more",
    ],
    ["docs", {}, { docs: "Pays." }, "compatible method pay: is documented differently"],
    [
      "a parameter more",
      {},
      { params: [...pay.params, { name: "note", type: "string" }] },
      "breaking method pay: has 3 parameters (to: Address, amount: u64, note: string), had 2 parameters",
    ],
    [
      "a parameter's type",
      {},
      { params: [pay.params[0] as never, { name: "amount", type: "u128" }] },
      "breaking method pay: has u128 (was u64) as parameter 2, amount",
    ],
    [
      "a parameter's name",
      {},
      { params: [pay.params[0] as never, { name: "value", type: "u64" }] },
      "warning method pay: calls parameter 2 value, it was amount",
    ],
  ])("%s", (_, before, after, expected) => {
    expect(methodChange(before, after)).toEqual([expected]);
  });

  test("the same parameters in another order break, even of the same type", () => {
    const pair = [
      { name: "min", type: "u64" },
      { name: "max", type: "u64" },
    ] as const;
    expect(methodChange({ params: pair }, { params: [pair[1], pair[0]] })).toEqual([
      "breaking method pay: has max as parameter 1, where min was",
      "breaking method pay: has min as parameter 2, where max was",
    ]);
  });

  test("a type of another name with the same bytes is something to look at", () => {
    const point = [{ name: "x", type: "u32" }] as const;
    const before = { methods: [{ ...pay, params: [{ name: "at", type: { struct: "Point" } }] }] };
    const after = { methods: [{ ...pay, params: [{ name: "at", type: { struct: "Place" } }] }] };
    expect(
      changes(
        { ...before, structs: [{ name: "Point", fields: point }] },
        { ...after, structs: [{ name: "Place", fields: point }] },
      ),
    ).toEqual([
      "warning method pay: has Place (the same bytes as Point) as parameter 1, at",
      "compatible struct Place: is new",
      "compatible struct Point: is gone",
    ]);
    // A hash is 32 bytes, and so is a fixed array of them.
    expect(methodChange({ result: "hash" }, { result: { array: "u8", length: 32 } })[0]).toMatch(/^warning/);
    expect(methodChange({ result: "hash" }, { result: { array: "u8", length: 31 } })[0]).toMatch(/^breaking/);
  });

  test("the constructor concerns who deploys", () => {
    const init: AbiMethod = { name: "create", kind: "init", params: [], payable: false };
    expect(changes({ init }, { init: { ...init, params: [{ name: "owner", type: "address" }] } })).toEqual([
      "warning constructor init: has 1 parameter (owner: Address), had 0 parameters; this concerns who deploys it",
    ]);
    expect(changes({}, { init: { ...init, name: "open" } })).toEqual([]);
  });
});

describe("events and errors", () => {
  const fields = [
    { name: "from", type: "address" },
    { name: "value", type: "u64" },
  ] as const;
  test("events: gone, new, other fields, other indexes", () => {
    const sent = { name: "Sent", fields };
    expect(changes({ events: [sent] }, { events: [] })).toEqual(["breaking event Sent: is gone"]);
    expect(changes({ events: [] }, { events: [sent] })).toEqual(["compatible event Sent: is new"]);
    expect(
      changes({ events: [sent] }, { events: [{ name: "Sent", fields: [fields[0], { name: "value", type: "u128" }] }] }),
    ).toEqual(["breaking event Sent: has u128 (was u64) as field 2, value"]);
    const indexed = { name: "Sent", fields: [{ ...fields[0], indexed: true as const }, fields[1]] };
    expect(changes({ events: [sent] }, { events: [indexed] })).toEqual([
      "compatible event Sent: can be searched by from",
    ]);
    expect(changes({ events: [indexed] }, { events: [sent] })).toEqual([
      "warning event Sent: cannot be searched by from any more",
    ]);
  });

  test("errors: gone, new, another code, another text", () => {
    const poor = { name: "Poor", code: 300, fields };
    expect(changes({ errors: [poor] }, {})).toEqual(["breaking error Poor: (0x0000012c) is gone"]);
    expect(changes({}, { errors: [poor] })).toEqual(["compatible error Poor: (0x0000012c) is new"]);
    expect(changes({ errors: [poor] }, { errors: [{ ...poor, code: 301 }] })).toEqual([
      "breaking error Poor: has the code 0x0000012d, had 0x0000012c",
    ]);
    expect(changes({ errors: [poor] }, { errors: [{ ...poor, message: "{value} needed" }] })).toEqual([
      "compatible error Poor: has another text",
    ]);
    expect(changes({ messages: [{ code: 256, text: "no" }] }, { messages: [{ code: 257, text: "yes" }] })).toEqual([
      'warning message "no": (0x00000100) is gone',
      'compatible message "yes": (0x00000101) is new',
    ]);
  });
});

describe("structs and enums", () => {
  const method = (type: AbiType): Partial<Abi> => ({ methods: [{ ...pay, params: [{ name: "a", type }] }] });
  const item = (type: AbiType) => ({ structs: [{ name: "Item", fields: [{ name: "price", type }] }] });

  test("a struct that callers meet breaks them, also behind another; one that is only stored does not", () => {
    const met = method({ array: { option: { struct: "Item" } } });
    expect(changes({ ...met, ...item("u64") }, { ...met, ...item("u128") })).toEqual([
      "breaking struct Item: has u128 (was u64) as field 1, price",
    ]);
    const stored = { state: [{ name: "item", type: { struct: "Item" } }] };
    expect(changes({ ...stored, ...item("u64") }, { ...stored, ...item("u128") })).toEqual([
      "compatible struct Item: has u128 (was u64) as field 1, price; it is only stored",
    ]);
  });

  test("a struct that leads back to itself is compared and ends", () => {
    const list = (type: AbiType): Partial<Abi> => ({
      ...method({ struct: "List" }),
      structs: [
        {
          name: "List",
          fields: [
            { name: "value", type },
            { name: "next", type: { option: { struct: "List" } } },
          ],
        },
      ],
    });
    expect(changes(list("u8"), list("u8"))).toEqual([]);
    expect(changes(list("u8"), list("u16"))).toEqual(["breaking struct List: has u16 (was u8) as field 1, value"]);
  });

  const level = (...variants: string[]) => ({ enums: [{ name: "Level", variants }] });
  test.each<[string, string[], string[]]>([
    ["removed", ["Low"], ["breaking enum Level: has no High any more"]],
    [
      "reordered",
      ["High", "Low"],
      ["breaking enum Level: has Low as 1, had it as 0", "breaking enum Level: has High as 0, had it as 1"],
    ],
    ["renamed", ["Low", "Top"], ["breaking enum Level: has Top as 1, which was High"]],
    ["appended", ["Low", "High", "Top"], ["compatible enum Level: has Top"]],
  ])("an enum's variants %s", (_, variants, expected) => {
    const sent = method({ enum: "Level" });
    expect(changes({ ...sent, ...level("Low", "High") }, { ...sent, ...level(...variants) })).toEqual(expected);
  });

  test("a variant that callers may be given is something to look at", () => {
    const read = { methods: [{ ...pay, result: { enum: "Level" } as const }] };
    expect(changes({ ...read, ...level("Low") }, { ...read, ...level("Low", "High") })).toEqual([
      "warning enum Level: has High, which callers may be given",
    ]);
  });
});

test("breaking changes come first, then what to look at, each by part and name", () => {
  const many = { methods: [pay, { ...pay, name: "b" }], events: [{ name: "E", fields: [] }] };
  expect(changes(many, { methods: [{ ...pay, guards: [{ name: "g" }] }], name: "Store" })).toEqual([
    "breaking method b: is gone",
    "breaking event E: is gone",
    "warning contract Shop: is named Store now, and so is its typed client",
    "warning method pay: is guarded by g now",
  ]);
});

test("state concerns the contract alone", () => {
  const a = { name: "a", type: "u64" } as const;
  expect(changes({ state: [a] }, { state: [{ ...a, kind: "map", keys: ["address", "u32"] }] })).toEqual([
    "compatible state a: is stored as StorageMap<Address, StorageMap<u32, u64>>, was u64",
  ]);
});
