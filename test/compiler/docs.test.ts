// Doc comments on their way into the interface and the typed client's declarations.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Abi, AbiMethod } from "../../harness/core/abi.js";
import { buildProject } from "../client/built-contracts.js";

const SHOP = `/** The file's own comment. */

import { contract, event, error, execute, init, query, struct, u256 } from "qwvm/sdk-as";

/**
 * Something was paid.
 * @param amount how much, in the smallest unit
 */
@event
class Paid {
  constructor(
    /** Who paid. */
    public payer: string,
    public amount: u256,
  ) {}
}

@error
class Poor {
  /** What was needed. */
  needed: u256;
}

/** Sells. */
@contract
export class Shop {
  /** All there is. */
  stock: u64;

  /**
   * Opens the shop.
   * @param stock what is there at first
   */
  @init open(stock: u64): void {
    this.stock = stock;
  }

  /**
   * Takes items
   * out of the stock.
   *
   * A second paragraph.
   *
   * @param count - how many;
   *   at most what is there
   * @param note goes nowhere
   * @returns what is left
   * @see open
   */
  @execute take(count: u64, note: string): u64 {
    this.stock -= count;
    return this.stock;
  }

  /** @returns what is there, or \`*/\` not. */
  @query left(): u64 {
    return this.stock;
  }

  @query bare(a: u8): u8 {
    return a;
  }
}
`.replace("`*/`", "`* /`");

let abi: Abi;
let types: string;
const method = (name: string) => abi.methods.find((candidate) => candidate.name === name) as AbiMethod;

beforeAll(async () => {
  const project = await buildProject({ "shop.ts": SHOP });
  abi = JSON.parse(readFileSync(join(project.root, "build/shop.abi.json"), "utf8"));
  types = readFileSync(join(project.root, "build/shop.d.ts"), "utf8");
  project.remove();
});

describe("the interface", () => {
  test("has the methods' docs without @param, paragraphs and other tags apart", () => {
    expect(method("take").docs).toBe(
      "Takes items out of the stock.\n\nA second paragraph.\n\n@returns what is left\n@see open",
    );
    expect(method("left").docs).toBe("@returns what is there, or `* /` not.");
    expect(method("bare").docs).toBeUndefined();
  });

  test("has what @param says as the parameters' docs", () => {
    expect(abi.init?.docs).toBe("Opens the shop.");
    expect(abi.init?.params).toEqual([{ name: "stock", type: "u64", docs: "what is there at first" }]);
    expect(method("take").params.map(({ docs }) => docs)).toEqual(["how many; at most what is there", "goes nowhere"]);
    expect(method("bare").params).toEqual([{ name: "a", type: "u8" }]);
  });

  test("has the docs of fields, from their own comment or the class's", () => {
    expect(abi.events[0]).toMatchObject({
      docs: "Something was paid.",
      fields: [{ docs: "Who paid." }, { docs: "how much, in the smallest unit" }],
    });
    expect(abi.errors[0]?.fields[0]?.docs).toBe("What was needed.");
    expect(abi.docs).toBe("Sells.");
    expect(abi.state).toEqual([{ name: "stock", type: "u64", docs: "All there is." }]);
  });
});

describe("the client's declarations", () => {
  test("show docs and parameters where an editor hovers", () => {
    expect(types).toContain(`  /**
   * Takes items out of the stock.
   *
   * A second paragraph.
   * @param count how many; at most what is there
   * @param note goes nowhere
   * @returns what is left
   * @see open
   */
  take(count: bigint, note: string): bigint;
`);
    expect(types).toContain("  /** @returns what is there, or `* /` not. */\n  left(): bigint;\n");
    expect(types).toContain("  bare(a: number): number;\n");
    expect(types).toContain("  /** Who paid. */\n  payer: string;\n");
    expect(types).toContain(`/**
 * Sells.
 *
 * Deployed with \`[stock]\`: Opens the shop.
 * @param stock what is there at first
 */
export declare const Shop:`);
  });
});
