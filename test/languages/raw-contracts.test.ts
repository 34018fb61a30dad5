// Contracts that other compilers made: the overview's Counter in Rust, and one in C that uses all nine host functions.
// The committed modules, and beside them those that CI has just built of the same sources, where it has the compilers.

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ml_dsa65 } from "@noble/post-quantum/ml-dsa.js";
import { describe, expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import { type Address, addressToBytes } from "../../harness/core/address.js";
import type { Artifact } from "../../harness/core/artifact.js";
import { optimizeModule } from "../../harness/instrument/optimize-module.js";
import { bob, deploy, execute, query, text, toNumber, u64 } from "../fixtures/wat.js";

const COMMITTED = fileURLToPath(new URL("../fixtures/raw", import.meta.url));

/** The builds of a source, by what to call them. */
function builds(name: string): [build: string, artifact: Artifact][] {
  const rebuilt = process.env["QWVM_REBUILT_CONTRACTS"];
  const folders: [string, string | undefined][] = [
    ["committed", COMMITTED],
    ["rebuilt", rebuilt],
  ];
  return folders.flatMap(([build, folder]): [string, Artifact][] => {
    const path = `${folder}/${name}.wasm`;
    if (folder === undefined || (build === "rebuilt" && !existsSync(path))) return [];
    return [[build, { name, wasm: new Uint8Array(readFileSync(path)) }]];
  });
}

function u256(value: bigint): Uint8Array {
  return new Uint8Array([...u64(value), ...new Uint8Array(24)]);
}

function u32(...values: number[]): Uint8Array {
  return new Uint8Array(new Uint32Array(values).buffer);
}

const join = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

describe.each(builds("counter"))("the overview's Counter, in Rust (%s)", (_, artifact) => {
  test("counts in its memory and writes to storage, as published", () => {
    const chain = new Chain();
    const counter = deploy(chain, artifact);
    expect(execute(chain, counter, "increment", u64(5)).status).toBe("success");
    expect(execute(chain, counter, "increment", u64(37)).status).toBe("success");
    expect(toNumber(query(chain, counter, "get_count").result)).toBe(42n);
    expect(chain.storage(counter, text("counter"))).toEqual(u64(42));
  });

  test("a failed call leaves memory and storage as they were", () => {
    const chain = new Chain();
    const counter = deploy(chain, artifact);
    execute(chain, counter, "increment", u64(5));
    const unknown = execute(chain, counter, "decrement", u64(1));
    expect(unknown.status).toBe("trapped");
    expect(unknown.failure).toMatchObject({ code: "unreachable" });
    // 8 + 20 x 8 + 5000 for the write are not to be had: the memory was changed before, and comes back.
    expect(execute(chain, counter, "increment", u64(1), { gasLimit: 4000 }).status).toBe("out_of_gas");
    expect(toNumber(query(chain, counter, "get_count").result)).toBe(5n);
    expect(chain.storage(counter, text("counter"))).toEqual(u64(5));
  });

  test("with fresh memory it forgets between calls, as an SDK module would", () => {
    const chain = new Chain();
    const counter = deploy(chain, artifact, { memory: "fresh" });
    execute(chain, counter, "increment", u64(5));
    execute(chain, counter, "increment", u64(37));
    expect(toNumber(query(chain, counter, "get_count").result)).toBe(0n);
    expect(chain.storage(counter, text("counter"))).toEqual(u64(37));
  });
});

describe.each(builds("counter"))("with five megabytes of debug sections (%s)", (_, artifact) => {
  // Names as rustc and clang write them with -g; each contents is its name's length, its name, and zeros.
  const sections = [".debug_info", ".debug_line", ".debug_str", ".debug_ranges", ".debug_loc"].map((name) => {
    const section = new Uint8Array(5 + 1_048_576);
    section.set([0, 0x80, 0x80, 0xc0, 0x00, name.length, ...text(name)]);
    return section;
  });
  const wasm = join(artifact.wasm, ...sections);

  test("it is refused with their size and the remedy, which works", async () => {
    const size = artifact.wasm.length + 5 * 1_048_581;
    expect(() => deploy(new Chain(), { name: "Counter", wasm })).toThrow(
      `Counter cannot be deployed: it has ${size} bytes, 1048576 are allowed; 5242905 of them are debug sections ` +
        "(.debug_info, .debug_line, .debug_str and 2 more), which never run.\n" +
        "qwvm optimize module.wasm -o small.wasm takes them out.",
    );
    const { wasm: small } = await optimizeModule(wasm, "Counter");
    const chain = new Chain();
    const counter = deploy(chain, { name: "Counter", wasm: small });
    execute(chain, counter, "increment", u64(42));
    expect(toNumber(query(chain, counter, "get_count").result)).toBe(42n);
    expect(small.length).toBeLessThan(artifact.wasm.length);
  });

  test("a machine with another limit takes it as it is, and runs it no differently", () => {
    const used = [artifact.wasm, wasm].map((bytes) => {
      const chain = new Chain({ limits: { codeBytes: 8 * 1_048_576 } });
      const counter = deploy(chain, { name: "Counter", wasm: bytes }, { gasLimit: 200_000_000 });
      return execute(chain, counter, "increment", u64(5)).gasUsed;
    });
    expect(used[1]).toBe(used[0]);
  });
});

describe.each(builds("all-nine"))("a contract in C with all nine host functions (%s)", (_, artifact) => {
  function setUp(): { chain: Chain; contract: Address; stored: (key: string) => Uint8Array | undefined } {
    const chain = new Chain();
    const contract = deploy(chain, artifact, { args: text("hello, contract with a long value") });
    return { chain, contract, stored: (key) => chain.storage(contract, text(key)) };
  }

  test("init takes arguments; storage is read in both forms", () => {
    const { chain, contract, stored } = setUp();
    expect(stored("init")).toEqual(text("hello, contract with a long value"));
    execute(chain, contract, "copy", text("init"));
    // 33 bytes are stored, 16 of them fit.
    expect(stored("length")).toEqual(u32(33));
    expect(stored("copied")).toEqual(text("hello, contract "));
    execute(chain, contract, "copy_u64", text("init"));
    expect(stored("copied")).toEqual(text("hello, c"));
    expect(query(chain, contract, "u64_at", text("init")).result).toEqual(text("hello, c"));
    execute(chain, contract, "delete", text("init"));
    expect(stored("init")).toBeUndefined();
    execute(chain, contract, "copy", text("init"));
    expect(stored("length")).toEqual(u32(0));
  });

  test("hash, caller, balance", () => {
    const { chain, contract, stored } = setUp();
    execute(chain, contract, "hash", text("abc"));
    expect(stored("hash")).toEqual(new Uint8Array(createHash("sha3-256").update("abc").digest()));
    execute(chain, contract, "caller", new Uint8Array(), { from: bob });
    expect(stored("caller")).toEqual(addressToBytes(bob));
    chain.powers.setBalance(bob, 77n);
    execute(chain, contract, "balance", addressToBytes(bob));
    expect(stored("balance")).toEqual(u256(77n));
  });

  test("a transfer that is covered answers 1, another 0", () => {
    const { chain, contract, stored } = setUp();
    chain.powers.setBalance(contract, 10n);
    execute(chain, contract, "pay", join(addressToBytes(bob), u256(7n)));
    expect(stored("paid")).toEqual(u32(1));
    expect(chain.balance(bob)).toBe(7n);
    execute(chain, contract, "pay", join(addressToBytes(bob), u256(4n)));
    expect(stored("paid")).toEqual(u32(0));
    expect(chain.balance(contract)).toBe(3n);
  });

  test("events, calls to others and to itself", () => {
    const { chain, contract, stored } = setUp();
    const receipt = execute(chain, contract, "emit", text("data"));
    expect(receipt.events).toEqual([{ contract, topic: text("topic"), data: text("data") }]);
    const other = deploy(chain, artifact, { from: bob });
    const call = join(addressToBytes(other), new Uint8Array([6]), text("caller"));
    expect(execute(chain, contract, "call", call).status).toBe("success");
    expect(stored("answer")).toEqual(u32(0));
    expect(chain.storage(other, text("caller"))).toEqual(addressToBytes(contract));
    // A callee that traps: -1 - 0, since there is no revert data.
    const bad = join(addressToBytes(other), new Uint8Array([5]), text("nope!"));
    execute(chain, contract, "call", bad);
    expect(stored("answer")).toEqual(u32(0xffffffff));
  });

  test("a query that writes traps, and writes nothing", () => {
    const { chain, contract, stored } = setUp();
    expect(query(chain, contract, "write").failure).toMatchObject({ status: "trapped", code: "write in a query" });
    expect(stored("x")).toBeUndefined();
  });

  test("Dilithium signatures: valid 1, damaged, truncated or by another key 0", () => {
    const { chain, contract, stored } = setUp();
    const keys = ml_dsa65.keygen(new Uint8Array(32).fill(1));
    const message = text("permit");
    const signature = ml_dsa65.sign(message, keys.secretKey);
    const verify = (msg: Uint8Array, sig: Uint8Array, key: Uint8Array): Uint8Array | undefined => {
      execute(chain, contract, "verify", join(u32(msg.length, sig.length, key.length), msg, sig, key));
      return stored("valid");
    };
    expect(verify(message, signature, keys.publicKey)).toEqual(u32(1));
    expect(verify(text("permiT"), signature, keys.publicKey)).toEqual(u32(0));
    expect(verify(message, signature.slice(1), keys.publicKey)).toEqual(u32(0));
    expect(verify(message, signature, ml_dsa65.keygen(new Uint8Array(32).fill(2)).publicKey)).toEqual(u32(0));
    expect(verify(message, new Uint8Array(), new Uint8Array())).toEqual(u32(0));
  });
});
