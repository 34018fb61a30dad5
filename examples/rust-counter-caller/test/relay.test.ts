import { readFileSync } from "node:fs";
import { address, createQwvm } from "qwvm";
import { beforeEach, describe, expect, test } from "vitest";
import { Relay } from "../build/relay.js";

const RUST_COUNTER = new URL("../../../test/fixtures/raw/counter.wasm", import.meta.url);
const alice = address("alice");
const u64 = (value: bigint) => new Uint8Array(new BigUint64Array([value]).buffer);

function setUp() {
  const vm = createQwvm();
  const counter = vm.deployWasm(readFileSync(RUST_COUNTER), { from: alice });
  return { vm, counter, relay: vm.deploy(Relay, [counter.address], { from: alice }) };
}

let { vm, counter, relay } = setUp();
beforeEach(() => {
  ({ vm, counter, relay } = setUp());
});

describe("a contract that calls the overview's Rust counter", () => {
  test("counts on it, beside others", () => {
    relay.add(5n);
    counter.execute("increment", u64(30n));
    relay.add(7n);
    expect(counter.storage("counter")).toEqual(u64(42n));
    expect(counter.query("get_count")).toBe(42n);
    expect(relay.added()).toBe(12n);
  });

  test("finds out about a call that fails, not about a sum that is wrong", () => {
    counter.execute("increment", u64(2n ** 64n - 1n));
    relay.add(1n);
    // Rust's addition wraps in a release build: no failure, and a count that is too small.
    expect(counter.query("get_count")).toBe(0n);
    const nothing = vm.deploy(Relay, [alice]);
    expect(() => nothing.add(1n)).toThrow();
    expect(nothing.added()).toBe(0n);
  });

  test("cannot ask for its count: calls run `execute`, which knows no queries", () => {
    relay.add(5n);
    expect(relay.ask()).toBe(false);
    expect(counter.query("get_count")).toBe(5n);
  });
});
