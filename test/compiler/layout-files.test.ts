// What stands in a layout file, and where it stands: version 1, files that were damaged in any way, and files that a
// contract was moved away from.

import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareLayouts } from "../../harness/compiler/compare-layouts.js";
import { type Layout, layoutText } from "../../harness/compiler/layout.js";
import type { LinkedContract } from "../../harness/compiler/link-contract.js";
import { parseLayout } from "../../harness/compiler/parse-layout.js";
import { compileContracts } from "../../harness/compiler.js";
import { makeProject } from "../fixtures/temp-project.js";

const contract = (name: string, fields: string, more = "") => `import { contract, query, struct } from "qwvm/sdk-as";
${more}
@contract
export class ${name} {
  ${fields}
  @query one(): u8 { return 1; }
}
`;
/** Placing problems needs no more than a contract's own name and slots. */
const someContract = { own: { name: "Shop", nameSpan: { start: 0, end: 1 }, slots: [] } } as unknown as LinkedContract;
const read = (value: unknown): Layout => {
  const layout = parseLayout(JSON.stringify(value));
  if (typeof layout === "string") throw new Error(layout);
  return layout;
};
const ITEM = [
  { name: "x", type: "u8" },
  { name: "y", type: "u8" },
];
const slot = (name: string, type: unknown, more = {}) => ({ name, kind: "value", keys: [], type, ...more });

describe("version 1", () => {
  const first = {
    layoutVersion: 1,
    contract: "Shop",
    slots: [slot("a", { struct: "Item" }, { removed: true }), slot("b", { enum: "Color" })],
    structs: { Item: ITEM, Unused: [] },
    enums: { Color: ["Red", "Green"] },
  };

  test("is carried over: what removed slots name goes to them", () => {
    const before = read(first);
    const after = { ...before, layoutVersion: 2, slots: before.slots.slice(1) } as Layout;
    const { problems, next } = compareLayouts(before, after, someContract);
    expect(problems).toEqual([]);
    expect(JSON.parse(layoutText(next))).toEqual({
      layoutVersion: 2,
      contract: "Shop",
      slots: [slot("a", { struct: "Item" }, { removed: true, structs: { Item: ITEM } }), slot("b", { enum: "Color" })],
      structs: {},
      enums: { Color: ["Red", "Green"] },
    });
    // And what was written is read as the same.
    expect(layoutText(read(JSON.parse(layoutText(next))))).toBe(layoutText(next));
  });

  test("may have forgotten what a removed field's structs were: it is said when the field comes back, then no more", () => {
    const shared = { ...first, slots: [...first.slots.slice(0, 1), slot("b", { array: { struct: "Item" } })] };
    const before = read(shared);
    const live = (...names: string[]) =>
      read({ ...shared, slots: names.map((name) => slot(name, { struct: "Item" })), layoutVersion: 2 });
    // Carried over while it is gone, and brought back by a later build.
    const carried = compareLayouts(before, live("c"), someContract).next;
    const again = read(JSON.parse(layoutText(carried)));
    expect(layoutText(again)).toBe(layoutText(carried));
    const { problems, next } = compareLayouts(again, live("a", "c"), someContract);
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([["QW263", "warning"]]);
    expect(problems[0]?.message).toContain("whether Item meant the same then is not known");
    expect(compareLayouts(next, live("a", "c"), someContract).problems).toEqual([]);
    // Of a struct that no other field has, version 1 knows it.
    const alone = compareLayouts(read(first), live("a", "b"), someContract);
    expect(alone.problems.map(({ code }) => code)).not.toContain("QW263");
  });

  test("of a struct with a name that every object has, its fields are not known: it is taken as it is", () => {
    const before = read({ ...first, slots: [slot("a", { struct: "toString" })], structs: {} });
    const after = read({ ...first, slots: [slot("a", { struct: "toString" })], structs: { toString: ITEM } });
    expect(compareLayouts(before, after, someContract).problems).toEqual([]);
    expect(parseLayout(JSON.stringify({ ...first, slots: [slot("a", { struct: "Other" })] }))).toBe(
      'the slot a is of the struct "Other", which is missing',
    );
  });

  test("of a struct that extends another had its own fields alone: it is named, with what its bytes meant", () => {
    const before = read({ ...first, slots: [slot("a", { struct: "Item" })] });
    const more = { Item: [{ name: "id", type: "u64" }, ...ITEM] };
    const after = read({ ...first, layoutVersion: 2, slots: [slot("a", { struct: "Item" })], structs: more });
    const { problems } = compareLayouts(before, after, someContract);
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      [
        "QW150",
        "a would misread what earlier versions of Shop have stored: the struct Item was (x: u8, y: u8), and is (id: u64, x: u8, y: u8); of a struct that extended another, qwvm 0.1.0 stored its own fields alone.",
      ],
    ]);
    // Of version 2 it is a change as every other.
    const later = compareLayouts({ ...before, layoutVersion: 2 }, after, someContract);
    expect(later.problems[0]?.message).toContain("the field 0 of the struct Item was x: u8, and is id: u64");
  });
});

describe("a damaged file", () => {
  const good = {
    layoutVersion: 2,
    contract: "Shop",
    slots: [
      slot("a", { array: { option: { struct: "Item" } }, length: 3 }),
      slot("b", "u256", { kind: "map", keys: ["address", { enum: "Color" }] }),
      slot("c", { struct: "Item" }, { removed: true, structs: { Item: ITEM }, enums: {} }),
    ],
    structs: { Item: ITEM },
    enums: { Color: ["Red"] },
  };

  test.each([
    [
      "without keys",
      { ...good, slots: [{ name: "a", kind: "value", type: "u8" }] },
      /no list of keys of the slot 0 \(a\)/,
    ],
    [
      "without a kind",
      { ...good, slots: [{ name: "a", keys: [], type: "u8" }] },
      /the kind of the slot 0 \(a\) is missing/,
    ],
    [
      "of an unknown type",
      { ...good, slots: [slot("a", "f64")] },
      /the slot 0 \(a\) has the type "f64", which there is not/,
    ],
    ["of a type with more", { ...good, slots: [slot("a", { struct: "Item", enum: "Color" })] }, /which there is not/],
    ["with a slot twice", { ...good, slots: [slot("a", "u8"), slot("a", "u8")] }, /two slots called a/],
    ["without a struct", { ...good, structs: {} }, /the struct "Item", which is missing/],
    ["without an enum", { ...good, enums: {} }, /the enum "Color", which is missing/],
    ["without structs", { ...good, structs: undefined }, /its structs is missing, and no object/],
    ["with structs in a list", { ...good, structs: [] }, /its structs is a list, and no object/],
    ["with fields that are none", { ...good, structs: { Item: [null] } }, /the field 0 of the struct "Item" is null/],
    ["of another version", { ...good, layoutVersion: 3 }, /its layoutVersion is 3, and this build knows 1 and 2/],
  ])("%s is told in one sentence", (_, value, message) => {
    expect(parseLayout(JSON.stringify(value))).toMatch(message);
  });

  test("a conflict is named as one, a byte order mark is nothing, and depth is no way to break it", () => {
    expect(parseLayout(`<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> theirs\n`)).toBe("a merge conflict was left unresolved");
    expect(typeof parseLayout(`\uFEFF${JSON.stringify(good)}`)).toBe("object");
    const deep = `${'{"array":'.repeat(20_000)}"u8"${"}".repeat(20_000)}`;
    expect(
      parseLayout(
        JSON.stringify({ ...good, slots: [] }).replace(
          '"slots":[]',
          `"slots":[{"name":"a","kind":"value","keys":[],"type":${deep}}]`,
        ),
      ),
    ).toMatch(/nested too deeply/);
    expect(parseLayout(`${"[".repeat(100_000)}${"]".repeat(100_000)}`)).toEqual(expect.any(String));
    expect(parseLayout(JSON.stringify({ ...good, contract: { "\u001b[2J": 1 } }))).not.toContain("\u001b");
  });

  test("whatever stands in it, it is a layout that is written and read again, or a sentence", () => {
    const key = fc.constantFrom(
      ...[
        "layoutVersion",
        "contract",
        "slots",
        "structs",
        "enums",
        "name",
        "kind",
        "keys",
        "type",
        "removed",
        "struct",
      ],
      ...["enum", "array", "option", "length", "__proto__", "toString", "Item", "Color"],
    );
    const { any } = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.constantFrom<unknown>(null, 0, 1, 2, true, "", "u8", "map", "value", "Item", "toString", "__proto__"),
        fc.array(tie("any"), { maxLength: 3 }),
        fc.array(fc.tuple(key, tie("any")), { maxLength: 5 }).map((pairs) => Object.fromEntries(pairs)),
      ),
    }));
    /** The good file with a value anywhere in it replaced. */
    const spots = fc.array(fc.nat(6), { maxLength: 7 });
    const damaged = fc.tuple(spots, any).map(([path, value]) => {
      const copy = structuredClone({ root: good }) as unknown as Record<string, unknown>;
      let place = copy;
      for (const step of path) {
        const keys = Object.keys(place);
        const next = keys[step % Math.max(1, keys.length)] as string;
        if (typeof place[next] !== "object" || place[next] === null) break;
        place = place[next] as Record<string, unknown>;
      }
      const keys = Object.keys(place);
      if (keys.length > 0) place[keys[path.length % keys.length] as string] = value;
      return copy["root"];
    });
    let layouts = 0;
    fc.assert(
      fc.property(fc.oneof(damaged, any), (value) => {
        const text = JSON.stringify(value) ?? "";
        const layout = parseLayout(text);
        if (typeof layout === "string") {
          expect(layout).not.toMatch(/undefined|not a function|Cannot read/);
          return;
        }
        layouts++;
        // Version 1 may not know all structs; written as version 2 they are named as missing.
        const after = read(good);
        expect(typeof layoutText(compareLayouts(layout, after, someContract).next)).toBe("string");
        expect(typeof layoutText(compareLayouts(after, layout, someContract).next)).toBe("string");
      }),
      { numRuns: 3_000 },
    );
    expect(layouts).toBeGreaterThan(50);
  });
});

describe("where the file is", () => {
  const build = async (root: string) => {
    const { diagnostics } = await compileContracts({ root });
    return diagnostics.map(({ code, severity, message, hint }) => ({ code, severity, message, hint }));
  };
  const SHOP = "contracts/shop.layout.json";

  test("a contract whose file and class are renamed together does not lose it", async () => {
    const root = makeProject({ "contracts/shop.ts": contract("Shop", "count: u64;\n  names: string[];") });
    expect(await build(root)).toEqual([]);
    rmSync(join(root, "contracts/shop.ts"));
    writeFileSync(join(root, "contracts/store.ts"), contract("Store", "count: u8;\n  names: string[];\n  more: u8;"));
    const [found] = await build(root);
    expect(found).toMatchObject({ code: "QW152", severity: "error" });
    expect(found?.message).toBe(
      "Store is new and Shop is gone, whose layout file contracts/shop.layout.json has the same fields count, names.",
    );
    expect(found?.hint).toContain("move it to contracts/store.layout.json");
    renameSync(join(root, SHOP), join(root, "contracts/store.layout.json"));
    expect(await build(root)).toMatchObject([{ code: "QW150", message: /count .*it was u64, and is u8/ }]);
  });

  test("one that shares some fields is a warning, one that shares none is silent", async () => {
    const root = makeProject({ "contracts/shop.ts": contract("Shop", "owner: u64;\n  names: string[];") });
    await build(root);
    rmSync(join(root, "contracts/shop.ts"));
    writeFileSync(join(root, "contracts/lottery.ts"), contract("Lottery", "tickets: u64;"));
    expect(await build(root)).toEqual([]);
    writeFileSync(join(root, "contracts/bank.ts"), contract("Bank", "owner: u64;"));
    expect(await build(root)).toMatchObject([{ code: "QW152", severity: "warning" }]);
  });

  test("one whose place another contract has taken, and one that cannot be read, are found", async () => {
    const root = makeProject({ "contracts/shop.ts": contract("Shop", "count: u64;") });
    await build(root);
    mkdirSync(join(root, "contracts/old"));
    renameSync(join(root, "contracts/shop.ts"), join(root, "contracts/old/shop.ts"));
    writeFileSync(join(root, "contracts/shop.ts"), contract("Kiosk", "other: u64;"));
    expect(await build(root)).toMatchObject([
      {
        code: "QW152",
        message: "The layout file of Shop is contracts/shop.layout.json, but the contract is no longer beside it.",
      },
      { code: "QW151", severity: "warning" },
    ]);
    rmSync(join(root, "contracts/shop.ts"));
    writeFileSync(join(root, SHOP), "<<<<<<< HEAD\n{}");
    expect(await build(root)).toMatchObject([
      {
        code: "QW152",
        message:
          /^Shop has no layout file, and contracts\/shop\.layout\.json, .* a merge conflict was left unresolved\.$/,
      },
    ]);
    rmSync(join(root, SHOP));
    mkdirSync(join(root, "contracts/old/shop.layout.json"));
    expect(await build(root)).toMatchObject([{ code: "QW152", message: /cannot be read: it is a folder/ }]);
  });

  test("a formatter may write it as it likes", async () => {
    const root = makeProject({ "contracts/shop.ts": contract("Shop", "count: u64;\n  names: string[];") });
    await build(root);
    const { readFileSync } = await import("node:fs");
    const formatted = `${JSON.stringify(JSON.parse(readFileSync(join(root, SHOP), "utf8")), null, 4)}\n`;
    writeFileSync(join(root, SHOP), formatted);
    writeFileSync(join(root, "contracts/shop.ts"), contract("Shop", "names: string[];\n  count: u64;"));
    expect(await build(root)).toEqual([]);
    expect(readFileSync(join(root, SHOP), "utf8")).toBe(formatted);
  });
});
