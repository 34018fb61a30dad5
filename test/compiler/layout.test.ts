// The layout file: written with the first build, kept by later ones, and in the way of a build that would misread storage.

import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compileContracts } from "../../harness/compiler.js";
import { makeProject } from "../fixtures/temp-project.js";

const contract = (
  fields: string,
  more = "",
) => `import { Address, contract, query, StorageMap, StorageSet, struct, u256 } from "qwvm/sdk-as";
${more}
@contract
export class Shop {
  ${fields.replaceAll("; ", ";\n  ")}
  @query one(): u8 { return 1; }
}
`;
const FILE = "contracts/shop.layout.json";

/** Builds one version after the other in the same project; gives the findings of the last. */
async function buildVersions(...versions: readonly string[]) {
  const root = makeProject({ "contracts/shop.ts": versions[0] as string });
  let found: { code: string; line: number; message: string }[] = [];
  for (const version of versions) {
    writeFileSync(join(root, "contracts/shop.ts"), version);
    const { diagnostics } = await compileContracts({ root });
    found = diagnostics.map(({ code, line, message }) => ({ code, line, message }));
  }
  return { root, found, layout: () => JSON.parse(readFileSync(join(root, FILE), "utf8")) };
}

describe("the layout file", () => {
  test("is written beside the contract, and not again when nothing has changed", async () => {
    const { root, found, layout } = await buildVersions(contract("a: u64; b: StorageMap<Address, StorageSet<u8>>;"));
    expect(found).toEqual([]);
    expect(layout()).toEqual({
      layoutVersion: 2,
      contract: "Shop",
      slots: [
        { name: "a", kind: "value", keys: [], type: "u64" },
        { name: "b", kind: "set", keys: ["address"], type: "u8" },
      ],
      structs: {},
      enums: {},
    });
    rmSync(join(root, FILE));
    await compileContracts({ root });
    expect(existsSync(join(root, FILE))).toBe(true);
  });

  test("takes new fields, and keeps those that are gone", async () => {
    const { found, layout } = await buildVersions(contract("a: u64;"), contract("b: u8;"), contract("b: u8; c: u256;"));
    expect(found).toEqual([]);
    expect(layout().slots.map(({ name, removed }: { name: string; removed?: true }) => [name, removed])).toEqual([
      ["a", true],
      ["b", undefined],
      ["c", undefined],
    ]);
  });

  test.each([
    ["another type", "a: u64;", "a: u32;", /^a would misread .*: it was u64, and is u32\.$/],
    ["a field that comes back", "a: u64;", "b: u8;", /./],
    [
      "another collection",
      "a: StorageSet<u64>;",
      "a: StorageMap<u64, bool>;",
      /it was StorageSet<u64>, and is StorageMap/,
    ],
    [
      "other keys",
      "a: StorageMap<u64, u8>;",
      "a: StorageMap<u32, u8>;",
      /StorageMap<u64, u8>, and is StorageMap<u32, u8>/,
    ],
    ["an option", "a: string;", "a: string | null;", /it was string, and is string \| null/],
  ])("stops %s", async (_, before, after, message) => {
    const versions = before === "a: u64;" && after === "b: u8;" ? [before, after, "a: u8;"] : [before, after];
    const { found, root } = await buildVersions(...versions.map((fields) => contract(fields)));
    const errors = found.filter(({ code }) => code === "QW150");
    expect(errors).toMatchObject([{ line: 5 }]);
    expect(errors[0]?.message).toMatch(message);
    // The file is as it was.
    expect(readFileSync(join(root, FILE), "utf8")).not.toContain(`"${after}"`);
  });

  test("looks into structs and enums", async () => {
    const struct = (fields: string) => `@struct class Item { ${fields} }`;
    const field = "items: StorageMap<u64, Item[]>;";
    const { found } = await buildVersions(
      contract(field, struct("a: u8; b: u8;")),
      contract(field, struct("b: u8; a: u8;")),
    );
    expect(found[0]?.message).toMatch(/the field 0 of the struct Item was a: u8, and is b: u8/);
    const color = (members: string) => `enum Color { ${members} }`;
    const grown = await buildVersions(contract("c: Color;", color("A, B")), contract("c: Color;", color("A, B, C")));
    expect(grown.found).toEqual([]);
    const swapped = await buildVersions(contract("c: Color;", color("A, B")), contract("c: Color;", color("B, A")));
    expect(swapped.found[0]?.message).toMatch(/the member 0 of the enum Color was A, and is B/);
  });

  test("warns of what looks like a new name for the same field, once", async () => {
    const { found, root } = await buildVersions(contract("total: u64;"), contract("sum: u64;"));
    expect(found.map(({ code }) => code)).toEqual(["QW151"]);
    writeFileSync(join(root, "contracts/shop.ts"), contract("sum: u64; x: u8;"));
    expect((await compileContracts({ root })).diagnostics).toEqual([]);
  });

  test("says so when it cannot be read", async () => {
    const { root } = await buildVersions(contract("a: u64;"));
    for (const text of ["<<<<<<< HEAD", "{}", '{"layoutVersion": 3}', "null"]) {
      writeFileSync(join(root, FILE), text);
      const { diagnostics } = await compileContracts({ root });
      expect(diagnostics.map(({ code }) => code)).toEqual(["QW152"]);
      expect(readFileSync(join(root, FILE), "utf8")).toBe(text);
    }
  });

  test("left behind by a contract that was moved, it is in the way", async () => {
    const { root } = await buildVersions(contract("a: u64;"));
    rmSync(join(root, "contracts/shop.ts"));
    writeFileSync(join(root, "contracts/store.ts"), contract("a: u64;"));
    const { diagnostics } = await compileContracts({ root });
    expect(diagnostics.map(({ code, file }) => [code, file])).toEqual([["QW152", "contracts/store.ts"]]);
    expect(diagnostics[0]?.hint).toContain("Move it to contracts/store.layout.json");
    renameSync(join(root, FILE), join(root, "contracts/store.layout.json"));
    expect((await compileContracts({ root })).diagnostics).toEqual([]);
  });
});

describe("what removed fields meant", () => {
  const item = (fields: string, name = "Item") => `@struct class ${name} { ${fields} }`;

  test("is remembered with their structs and enums as they were", async () => {
    const gone = contract("b: Item; d: Color;", `${item("y: u8; x: u8;")}\nenum Color { Red, Green }`);
    const { found, layout } = await buildVersions(
      contract("a: Item; c: StorageMap<u8, Color[]>;", `${item("x: u8; y: u8;")}\nenum Color { Green, Red }`),
      gone,
      contract("a: Item; b: Item; c: StorageMap<u8, Color[]>;", `${item("y: u8; x: u8;")}\nenum Color { Red, Green }`),
    );
    expect(found.filter(({ code }) => code === "QW150").map(({ message }) => message)).toEqual([
      "a would misread what earlier versions of Shop have stored: the field 0 of the struct Item was x: u8, and is y: u8.",
      "c would misread what earlier versions of Shop have stored: the member 0 of the enum Color was Green, and is Red.",
    ]);
    // The file is that of the second version.
    expect(layout().slots[0]).toEqual({
      name: "a",
      kind: "value",
      keys: [],
      type: { struct: "Item" },
      removed: true,
      structs: {
        Item: [
          { name: "x", type: "u8" },
          { name: "y", type: "u8" },
        ],
      },
    });
    expect(layout().slots.find(({ name }: { name: string }) => name === "c").enums).toEqual({
      Color: ["Green", "Red"],
    });
    expect(layout().structs).toEqual({
      Item: [
        { name: "y", type: "u8" },
        { name: "x", type: "u8" },
      ],
    });
  });

  test("comes back when it is the same, however often the struct has changed in between", async () => {
    const first = contract("a: Item;", item("x: u8; y: u8;"));
    const other = contract("b: Item;", item("z: u64;"));
    const { found, layout } = await buildVersions(first, other, contract("b: Item; e: u8;", item("z: u64;")), first);
    expect(found.filter(({ code }) => code === "QW150")).toEqual([]);
    expect(layout().slots.map(({ name, removed }: { name: string; removed?: true }) => [name, removed])).toEqual([
      ["a", undefined],
      ["b", true],
      ["e", true],
    ]);
  });

  test("counts in structs within structs, removed twice", async () => {
    const outer = "@struct class Outer { one: Item; }";
    const { found } = await buildVersions(
      contract("a: Outer[];", `${item("x: u8; y: u16;")}\n${outer}`),
      contract("b: u8;"),
      contract("b: u8; a: Outer[];", `${item("x: u8; y: u16;")}\n${outer}`),
      contract("c: u8;"),
      contract("c: u8; a: Outer[];", `${item("x: u16; y: u8;")}\n${outer}`),
    );
    expect(found.find(({ code }) => code === "QW150")?.message).toMatch(
      /the field 0 of the struct Item was x: u8, and is x: u16/,
    );
  });
});

describe("names that are no part of the bytes", () => {
  const versions = async (...texts: readonly [string, string][]) => {
    const { found } = await buildVersions(...texts.map(([fields, more]) => contract(fields, more)));
    return found.map(({ code, message }) => `${code} ${message}`);
  };
  const KEPT = /^QW260 .*: it is taken for a new name of the same (field|member)\.$/;

  test("structs and enums may be called otherwise", async () => {
    const before = "@struct class Item { x: u8; c: Color; }\nenum Color { Red, Green }";
    const after = "@struct class Good { x: u8; c: Shade; }\nenum Shade { Red, Green, Blue }";
    expect(await versions(["a: StorageMap<u8, Item[]>;", before], ["a: StorageMap<u8, Good[]>;", after])).toEqual([]);
  });

  test("fields and members may be, and it is said once", async () => {
    const before = "@struct class Item { price: u64; amount: u64; }\nenum Color { Red, Green }";
    const after = "@struct class Item { cost: u64; amount: u64; }\nenum Color { Crimson, Green }";
    const found = await versions(["a: Item; c: Color;", before], ["a: Item; c: Color;", after]);
    expect(found).toHaveLength(2);
    for (const text of found) expect(text).toMatch(KEPT);
    expect(found[0]).toContain("The field 0 of the struct Item was price, and is cost");
    const again = await versions(
      ["a: Item; c: Color;", before],
      ["a: Item; c: Color;", after],
      ["a: Item; c: Color; n: u8;", after],
    );
    expect(again).toEqual([]);
  });

  test.each([
    ["two fields that change places", "x: u64; y: u64;", "y: u64; x: u64;"],
    ["a field at another's place, under a new one's", "x: u64; y: u64;", "y: u64; z: u64;"],
    ["a name that moves to the back", "x: u64; y: u64;", "z: u64; x: u64;"],
    ["a field that is inserted", "x: u64; y: u64;", "x: u64; n: u8; y: u64;"],
    ["one that is added", "x: u64;", "x: u64; y: u64;"],
    ["one that is taken away", "x: u64; y: u64;", "x: u64;"],
    ["another type under another name", "x: u64;", "y: i64;"],
  ])("but not: %s", async (_, before, after) => {
    const struct = (fields: string) => `@struct class Item { ${fields} }`;
    const found = await versions(["a: Item;", struct(before)], ["a: Item;", struct(after)]);
    expect(found.map((text) => text.slice(0, 5))).toEqual(["QW150"]);
  });

  test("nor members in another order, nor another type that is there as well", async () => {
    const two = "enum Color { Red, Green }\nenum Shade { Light, Dark }";
    const structs = "@struct class A { x: u8; }\n@struct class B { y: u8; }";
    for (const [before, after, more, other] of [
      ["c: Color;", "c: Color;", "enum Color { Red, Green }", "enum Color { Green, Blue }"],
      ["c: Color;", "c: Color;", "enum Color { Red, Green }", "enum Color { Red }"],
      ["c: Color; d: Shade;", "c: Shade; d: Color;", two, two],
      ["c: A; d: B;", "c: B; d: A;", structs, structs],
    ] as const) {
      const found = await versions([before, more], [after, other]);
      expect(found.every((text) => text.startsWith("QW150")) && found.length > 0, `${before} ${after}`).toBe(true);
    }
  });
});

describe("names that every object has", () => {
  test("structs, enums and fields can be called toString or hasOwnProperty", async () => {
    const names = ["toString", "isPrototypeOf", "hasOwnProperty", "propertyIsEnumerable"];
    const classes = (order: (a: string) => string) =>
      `${names.map((name) => `@struct class ${name} { ${order(name)} }`).join("\n")}\nenum valueOf { A, B }`;
    const fields = `${names.map((name, i) => `f${i}: ${name};`).join(" ")} c: valueOf;`;
    const one = contract(
      fields,
      classes(() => "x: u8; y: u8;"),
    );
    const { found, layout } = await buildVersions(
      one,
      contract(
        fields,
        classes(() => "y: u8; x: u8;"),
      ),
    );
    expect(found.map(({ code }) => code)).toEqual(names.map(() => "QW150"));
    expect(Object.keys(layout().structs).sort()).toEqual([...names].sort());
    expect(layout().enums).toEqual({ valueOf: ["A", "B"] });
  });
});
