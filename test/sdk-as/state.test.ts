// Stored state in the real machine: which slots a method reads and writes, and what another contract sees in between.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { serialize } from "borsh";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import { addressToBytes } from "../../harness/core/address.js";
import type { Artifact } from "../../harness/core/artifact.js";
import type { Receipt } from "../../harness/core/receipt.js";
import { ALICE, BOB, type Deployed, deploy, hex, join, readArtifact } from "../fixtures/deployed.js";
import { buildFixtures } from "../fixtures/temp-project.js";

const u8 = (value: number) => serialize("u8", value);
const u32 = (value: number) => serialize("u32", value);
const u64 = (value: bigint) => serialize("u64", value);
const text = (value: string) => serialize("string", value);
const u256 = (value: bigint) => join(serialize("u128", value), new Uint8Array(16));

let artifact: Artifact;
let remove: () => void;
let vault: Deployed;
beforeAll(async () => {
  const built = await buildFixtures(["vault.ts", "lib"]);
  remove = built.remove;
  expect(built.result.diagnostics).toEqual([]);
  expect(built.result.contracts[0]?.dependencies).toEqual(["contracts/vault.ts", "contracts/lib/average.ts"]);
  artifact = readArtifact(built.result.contracts[0] as never);
});
afterAll(() => remove());
beforeEach(() => {
  vault = deploy(artifact);
});

/** Keys of changed storage, as text. */
function writtenKeys(receipt: Receipt): string[] {
  return receipt.stateChanges.flatMap((change) =>
    change.kind === "storage" ? Buffer.from(change.key).toString("latin1") : [],
  );
}

describe("fields", () => {
  test("initializers and the @init method are stored at deployment", () => {
    expect(vault.receipt.failure).toBeUndefined();
    expect(vault.stored("a")).toBe("0700000000000000");
    expect(vault.stored("name")).toBe(hex(text("vault")));
    expect(vault.stored("owner")).toBe(ALICE.slice(2));
    expect(vault.stored("b")).toBeUndefined();
  });

  test("a method writes only the slot it changes, and reads nothing for it", () => {
    const receipt = vault.execute("touchOne", u64(3n));
    expect(writtenKeys(receipt)).toEqual(["b"]);
    // 200 for the check that no value was sent; a read would be 200 more.
    expect(receipt.gas.storageRead).toBe(200);
    expect(receipt.gas.storageWrite).toBe(5_000 + 8 * 20);
  });

  test("what is assigned its own value is not written", () => {
    expect(vault.execute("rewrite").gas.storageWrite).toBe(0);
    expect(vault.execute("thereAndBack").gas.storageWrite).toBe(0);
  });

  test("a read costs the slot it reads: items has no bytes yet", () => {
    expect(vault.execute("onlyRead").gas.storageRead).toBe(200 + 200);
  });

  test("an array changed in place is written, and an array only read is not", () => {
    vault.execute("push", u64(5n));
    vault.execute("push", u64(6n));
    expect(vault.stored("items")).toBe(hex(serialize({ array: { type: "u64" } }, [5n, 6n])));
    expect(vault.execute("onlyRead").gas.storageWrite).toBe(0);
    expect(hex(vault.query("mean").result)).toBe(hex(u64(5n)));
  });

  test("every type is stored in Borsh and read back", () => {
    const args = join(text("ünï"), u8(1), addressToBytes(BOB), serialize({ array: { type: "u8" } }, [1, 2, 255]));
    const receipt = vault.execute("setAll", join(args, serialize("u128", 2n ** 100n), u256(77n)));
    expect(receipt.failure).toBeUndefined();
    expect(vault.stored("name")).toBe(hex(text("ünï")));
    expect(vault.stored("heir")).toBe(`01${BOB.slice(2)}`);
    expect(vault.stored("data")).toBe("030000000102ff");
    expect(vault.stored("wide")).toBe(hex(serialize("u128", 2n ** 100n)));
    expect(vault.stored("settings")).toBe(`${hex(u256(77n))}00`);
    expect(vault.stored("flag")).toBe("01");
    expect(vault.stored("digest")).toBe(createHash("sha3-256").update(Buffer.from("0102ff", "hex")).digest("hex"));
    const summary = vault.query("summary");
    expect(summary.failure).toBeUndefined();
    expect(Buffer.from(summary.result).subarray(4).toString()).toBe(`ünï 0 ${BOB} 0x0102ff ${2n ** 100n} 77`);
  });

  test("stored bytes that do not fit their type are an error of their own", () => {
    const key = (name: string) => new TextEncoder().encode(name);
    vault.chain.powers.setStorage(vault.to, key("a"), Uint8Array.of(1, 2, 3));
    expect(revertData(vault.query("getA"))).toBe("06000000");
    vault.chain.powers.setStorage(vault.to, key("items"), Uint8Array.of(9, 0, 0, 0));
    expect(revertData(vault.query("mean"))).toBe("06000000");
  });
});

describe("maps", () => {
  test("structs under integer keys, integers under text keys", () => {
    vault.execute("propose", join(u32(7), text("first")));
    vault.execute("vote", u32(7));
    const receipt = vault.execute("vote", u32(7));
    expect(writtenKeys(receipt)).toEqual(["proposals/\x07\0\0\0", "votes/\x05\0\0\0first"]);
    expect(vault.stored(join(new TextEncoder().encode("proposals/"), u32(7)))).toBe(hex(join(text("first"), u64(2n))));
    expect(hex(vault.query("votesFor", text("first")).result)).toBe("02");
    expect(revertData(vault.execute("propose", join(u32(7), text("again"))))).toBe(
      hex(u32(errorCodeOf("the number is taken"))),
    );
    vault.execute("drop", u32(7));
    expect(vault.stored(join(new TextEncoder().encode("proposals/"), u32(7)))).toBeUndefined();
    expect(hex(vault.query("title", u32(7)).result)).toBe("00000000");
  });
});

describe("calls of other contracts", () => {
  test("see what was written before, and what they wrote is read afterwards", () => {
    const receipt = vault.execute("callSelf", u64(1n));
    expect(receipt.failure).toBeUndefined();
    // b = 1 is flushed, addToB sees it and makes it 101, and the caller reads 101 again.
    expect(hex(receipt.result)).toBe(hex(u64(101n * 1000n + 101n)));
    expect(vault.stored("b")).toBe(hex(u64(101n)));
  });

  test("a failing callee is a value for tryCallContract, and its data goes on with callContract", () => {
    const expected = hex(join(u32(errorCodeOf("TooSmall")), u64(10n), text("xxx")));
    const tried = vault.execute("tryFailing");
    expect(hex(tried.result.subarray(4))).toBe(expected);
    expect(vault.stored("b")).toBe(hex(u64(5n)));
    expect(revertData(vault.execute("passFailure"))).toBe(expected);
  });

  test("a transfer sees pending writes, and too little balance reverts", () => {
    expect(revertData(vault.execute("pay", join(addressToBytes(BOB), u256(5n))))).toBe("07000000");
    const chain = new Chain();
    chain.powers.setBalance(ALICE, 100n);
    const funded = deploy(artifact, new Uint8Array(), chain);
    expect(hex(funded.execute("fund", new Uint8Array(), { value: 60n }).result)).toBe(hex(u256(60n)));
    expect(revertData(funded.execute("touchOne", u64(1n), { value: 1n }))).toBe("03000000");
    const paid = funded.execute("pay", join(addressToBytes(BOB), u256(50n)));
    expect(paid.failure).toBeUndefined();
    expect(chain.balance(BOB)).toBe(50n);
    expect(funded.stored("b")).toBe(hex(u64(2n)));
    // Once before the transfer, once at the end.
    expect(paid.gas.storageWrite).toBe(2 * (5_000 + 8 * 20));
  });
});

describe("failures", () => {
  test.each([
    ["failRevert", "always"],
    ["failThrow", "thrown"],
  ])("%s carries the code of its text, which the interface has", (method, text) => {
    const code = errorCodeOf(text);
    expect(revertData(vault.execute(method))).toBe(hex(u32(code)));
    expect(artifact.abi?.messages).toContainEqual({ code, text });
  });

  test("a text that is made when it fails is carried whole", () => {
    expect(revertText(vault.execute("failText", u64(1n)))).toBe("too small: 1");
  });

  test("typed errors carry their code and fields", () => {
    const code = hex(u32(errorCodeOf("TooSmall")));
    expect(revertData(vault.execute("failTyped", u64(2n)))).toBe(code + hex(join(u64(10n), text("xx"))));
    expect(revertData(vault.execute("failThrowTyped"))).toBe(code + hex(join(u64(1n), text(""))));
    expect(vault.execute("failTyped", u64(10n)).failure).toBeUndefined();
  });

  test("the SDK's own errors have their codes", () => {
    expect(revertData(vault.execute("failBare", u64(1n)))).toBe("0a000000");
    expect(revertData(vault.execute("nothing"))).toBe("01000000");
    expect(revertData(vault.query("touchOne", u64(1n)))).toBe("01000000");
  });

  test("an index out of range is a trap at the author's line", () => {
    const { failure } = vault.execute("failIndex", serialize("i32", 3));
    expect(failure?.status).toBe("trapped");
    const lines = failure?.frames.flatMap((frame) => frame.position ?? []);
    expect(lines?.[0]).toMatchObject({ file: "contracts/vault.ts", line: lineOf("this.items[index]") });
  });

  test("a failed require points to its own line", () => {
    const { failure } = vault.execute("failText", u64(0n));
    const lines = failure?.frames.flatMap((frame) => frame.position ?? []);
    expect(lines?.[0]).toMatchObject({ file: "contracts/vault.ts", line: lineOf("too small: ") });
  });
});

describe("context, metadata, events and logs", () => {
  test("metadata is read and written", () => {
    expect(hex(vault.query("metadataName").result)).toBe(hex(text("Vault")));
    vault.execute("rename", text("Tresor"));
    expect(hex(vault.query("metadataName").result)).toBe(hex(text("Tresor")));
  });

  test("an event's topic is its name, its data the fields", () => {
    vault.execute("push", u64(9n));
    const { events, logs } = vault.execute("note", text("hi"));
    expect(logs).toEqual(["hi"]);
    expect(events.map(({ topic, data }) => [Buffer.from(topic).toString(), hex(data)])).toEqual([
      ["Noted", hex(join(text("hi"), serialize({ array: { type: "u64" } }, [9n])))],
    ]);
  });

  test("block height, time and randomness come from the block", () => {
    const { chain } = vault;
    const sum = BigInt(chain.clock.height) + BigInt(chain.clock.timestamp);
    expect(hex(vault.query("block").result)).toBe(hex(u64(sum)));
    expect(hex(vault.query("random").result)).toBe(hex(chain.clock.vrf));
  });

  test("a signature of a wrong length is not valid", () => {
    const empty = u32(0);
    expect(hex(vault.query("verify", join(empty, empty, empty)).result)).toBe("00");
  });
});

/** Revert data in hex; undefined when the call did not revert. */
function revertData(receipt: Receipt): string | undefined {
  return receipt.failure?.status === "reverted" ? hex(receipt.failure.data) : undefined;
}

/** The text of a revert with code 0. */
function revertText(receipt: Receipt): string | undefined {
  const data = receipt.failure?.status === "reverted" ? receipt.failure.data : undefined;
  return data === undefined || data[0] !== 0 ? undefined : Buffer.from(data.subarray(8)).toString();
}

/** A typed error's code: the first four bytes of SHA3-256 of its name, little-endian. */
function errorCodeOf(name: string): number {
  return createHash("sha3-256").update(name).digest().readUInt32LE(0);
}

/** The line of the fixture that has this text. */
function lineOf(part: string): number {
  const source = readFileSync(new URL("../fixtures/contracts/vault.ts", import.meta.url), "utf8");
  return source.split("\n").findIndex((line) => line.includes(part)) + 1;
}
