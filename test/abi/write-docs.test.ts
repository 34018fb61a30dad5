// The Markdown of an interface: what is on the page, and that no author's text becomes markup by accident.

import { describe, expect, test } from "vitest";
import { anchor, cell, code, plain, prose, table } from "../../harness/abi/markdown.js";
import { writeDocs } from "../../harness/abi/write-docs.js";
import type { Abi } from "../../harness/core/abi.js";

const SHOP: Abi = {
  abiVersion: 1,
  name: "Shop",
  bases: ["Ownable"],
  sdk: { name: "qwvm", version: "0.1.0" },
  docs: "Sells.\n\nAnd <b>buys</b>.",
  init: { name: "open", kind: "init", params: [{ name: "owner", type: "address" }], payable: true, docs: "Opens." },
  methods: [
    {
      name: "pay",
      kind: "execute",
      params: [
        { name: "order", type: { struct: "Order" }, docs: "What | how many;\nand `a|b`" },
        { name: "to", type: { option: "address" } },
      ],
      result: { array: "u64" },
      payable: false,
      guards: [{ name: "only", args: ["owner"] }, { name: "whenOpen" }],
      signed: { by: "owner", in: "state", key: "address" },
      from: "Ownable",
      docs: "Pays.\n\n@returns what is left",
    },
    { name: "left", kind: "query", params: [], result: "u64", payable: false, docs: "@returns `u64 < 5`" },
  ],
  events: [{ name: "Paid", fields: [{ name: "to", type: "address", indexed: true }], docs: "Paid." }],
  errors: [
    { name: "Poor", code: 300, fields: [{ name: "needed", type: "u64" }], message: "{needed} needed" },
    { name: "Closed", code: 301, fields: [] },
  ],
  messages: [{ code: 302, text: "not | <now>" }],
  structs: [{ name: "Order", fields: [{ name: "level", type: { enum: "Level" } }] }],
  enums: [{ name: "Level", variants: ["Low", "High"], docs: "Levels." }],
  state: [
    { name: "owner", type: "address", from: "Ownable" },
    { name: "prices", kind: "map", type: { option: "u64" }, keys: ["address", "u8"], docs: "By buyer." },
    { name: "log", kind: "vec", type: "string" },
  ],
};

test("the whole page", () => {
  const gas = new Map([
    ["deploy", { min: 40_000, max: 40_000, calls: 1 }],
    ["pay", { min: 5_748, max: 12_345, calls: 3 }],
  ]);
  expect(writeDocs(SHOP, { source: "contracts/shop.ts", gas })).toBe(`# Shop

Sells.

And &lt;b>buys&lt;/b>.

The interface of the contract \`Shop\` of \`contracts/shop.ts\`, built by qwvm 0.1.0. It extends \`Ownable\`. Gas figures are those of the project's \`.gas-snapshot\`.

- [Constructor](#constructor)
- [Methods](#methods): [\`pay\`](#pay)
- [Queries](#queries): [\`left\`](#left)
- [Events](#events): [\`Paid\`](#paid)
- [Errors](#errors): [\`Poor\`](#poor), [\`Closed\`](#closed)
- [Structs](#structs): [\`Order\`](#order)
- [Enums](#enums): [\`Level\`](#level)
- [State](#state)

## Constructor

\`\`\`ts
open(owner: Address)
\`\`\`

Opens.

- Takes value.
- Deployment costs 40,000 gas in the project's tests.

| Parameter | Type |
| --- | --- |
| \`owner\` | \`Address\` |

## Methods

### pay

\`\`\`ts
pay(order: Order, to: Address | null): Array<u64>
\`\`\`

Pays.

**Returns:** what is left

- Guarded, in this order: \`only(owner)\`, \`whenOpen\`.
- Must be signed by owner, a stored address: behind the arguments come \`nonce: u64\`, \`publicKey: Bytes\`, \`signature: Bytes\`.
- Comes from \`Ownable\`.
- Costs 5,748 to 12,345 gas in the project's tests.

| Parameter | Type | What it is |
| --- | --- | --- |
| \`order\` | \`Order\` | What \\| how many; and \`a\\|b\` |
| \`to\` | \`Address \\| null\` |  |

## Queries

### left

\`\`\`ts
left(): u64
\`\`\`

**Returns:** \`u64 < 5\`

## Events

### Paid

Paid.

- Can be searched by \`to\`.

| Field | Type |
| --- | --- |
| \`to\` | \`Address\`, indexed |

## Errors

### Poor

- Code \`0x0000012c\`.
- Says: \`{needed} needed\`.

| Field | Type |
| --- | --- |
| \`needed\` | \`u64\` |

### Closed

- Code \`0x0000012d\`.

It has no fields.

### Texts kept off chain

Revert data is the code alone.

| Code | Text |
| --- | --- |
| \`0x0000012e\` | not \\| \\<now\\> |

## Structs

### Order

| Field | Type |
| --- | --- |
| \`level\` | \`Level\` |

## Enums

### Level

Levels.

| Byte | Variant |
| --- | --- |
| 0 | \`Low\` |
| 1 | \`High\` |

## State

| Field | Type | Storage keys | What it is |
| --- | --- | --- | --- |
| \`owner\` | \`Address\`, of \`Ownable\` | \`owner\` |  |
| \`prices\` | \`StorageMap<Address, StorageMap<u8, u64 \\| null>>\` | \`prices/‹Address›‹u8›\` | By buyer. |
| \`log\` | \`StorageVec<string>\` | \`log\` length: u32<br>\`log/‹index: u32›\` string |  |

Keys are UTF-8; what stands in ‹› is in Borsh.
`);
});

test("a bare interface is a short page", () => {
  const bare: Abi = {
    abiVersion: 1,
    name: "A_b",
    methods: [],
    events: [],
    errors: [],
    structs: [],
    enums: [],
    state: [],
  };
  expect(writeDocs(bare)).toBe("# A\\_b\n\nThe interface of the contract `A_b`.\n");
});

describe("escaping", () => {
  test.each([
    ["a < b & c", "a &lt; b &amp; c"],
    ["`a < b` < c", "`a < b` &lt; c"],
    ["``a ` < b`` <", "``a ` < b`` &lt;"],
    ["`a < b", "`a &lt; b"],
    ["*kept* **too**", "*kept* **too**"],
  ])("prose %j", (text, expected) => expect(prose(text)).toBe(expected));

  test.each([
    ["a | b\nc", "a \\| b c"],
    ["a \\| b", "a \\| b"],
    ["`a | b`", "`a \\| b`"],
  ])("a cell %j", (text, expected) => expect(cell(text)).toBe(expected));

  test.each([
    ["a", "`a`"],
    ["a`b", "``a`b``"],
    ["`a``b`", "``` `a``b` ```"],
    ["a\nb", "`a b`"],
  ])("code %j", (text, expected) => expect(code(text)).toBe(expected));

  test("names, headings, tables", () => {
    expect(plain("a_b*c<d>#|`")).toBe("a\\_b\\*c\\<d\\>\\#\\|\\`");
    expect(anchor("Texts kept off chain")).toBe("texts-kept-off-chain");
    expect(anchor("getCount")).toBe("getcount");
    expect(table(["A"], [])).toEqual([]);
    expect(code("a|b", true)).toBe("`a\\|b`");
  });
});

test("headings of one name have links of their own, numbered as GitHub does", () => {
  const page = writeDocs({
    ...SHOP,
    events: [{ name: "Pay", fields: [] }],
    errors: [{ name: "pay", code: 300, fields: [] }],
  });
  expect(page).toContain("[`pay`](#pay)");
  expect(page).toContain("[`Pay`](#pay-1)");
  expect(page).toContain("[`pay`](#pay-2)");
});
