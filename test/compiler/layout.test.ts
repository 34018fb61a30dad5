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
      layoutVersion: 1,
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
    for (const text of ["<<<<<<< HEAD", "{}", '{"layoutVersion": 2}', "null"]) {
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
