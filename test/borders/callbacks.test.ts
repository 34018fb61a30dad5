// Code of the caller's that runs while the machine reads what it was given: getters and Proxies in arguments, in options and in
// lists of values. It may call the machine itself, and may say something else each time; what was checked is what is used.

import { expect, test } from "vitest";
import { AbiCodec } from "../../harness/client/codec.js";
import { createQwvm } from "../../harness/index.js";
import { meter } from "../../harness/wasm.js";
import { assemble } from "../fixtures/wat.js";

const codec = new AbiCodec({
  abiVersion: 1,
  name: "Test",
  methods: [
    {
      name: "put",
      kind: "execute",
      params: [
        { name: "before", type: "u32" },
        { name: "pair", type: { struct: "Pair" } },
        { name: "list", type: { array: "u8" } },
      ],
      payable: false,
    },
  ],
  events: [],
  errors: [],
  structs: [
    {
      name: "Pair",
      fields: [
        { name: "a", type: "u32" },
        { name: "b", type: "u32" },
      ],
    },
  ],
  enums: [],
  state: [],
});

test("a getter in an argument may encode other arguments meanwhile", () => {
  const { encodeArgs } = codec.method("put");
  const inner = () => encodeArgs([9, { a: 9, b: 9 }, [9, 9, 9, 9]]);
  const pair = {
    a: 2,
    get b() {
      inner();
      expect(() => encodeArgs([9, { a: 9, b: -1 }, []])).toThrow(/u32/);
      return 3;
    },
  };
  const encoded = encodeArgs([1, pair, [4]]);
  // Three u32 and the list: its length, a u32, and its byte.
  expect([...encoded]).toEqual([1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 4]);
});

test("a list that changes its length while it is read is encoded with the first", () => {
  let asked = 0;
  const list = new Proxy([1, 2, 3], {
    get: (target, key) => (key === "length" ? 3 - asked++ : Reflect.get(target, key)),
  });
  const encoded = codec.method("put").encodeArgs([0, { a: 0, b: 0 }, list]);
  expect([...encoded.slice(12)]).toEqual([3, 0, 0, 0, 1, 2, 3]);
});

test("prices and limits are those that were checked", () => {
  const changing = (name: string, first: number, later: number) => {
    let asked = 0;
    return Object.defineProperty({}, name, { enumerable: true, get: () => (asked++ === 0 ? first : later) });
  };
  const vm = createQwvm({ schedule: changing("context", 5, -5), limits: changing("memoryPages", 3, 1e9) });
  expect([vm.chain.schedule.context, vm.chain.limits.memoryPages]).toEqual([5, 3]);
});

test("metadata is read before anything runs", () => {
  const vm = createQwvm();
  const wasm = assemble(`(module (memory (export "memory") 1) (func (export "init"))
    (func (export "qw_alloc") (param i32) (result i32) (i32.const 0))
    (func (export "execute") (param i32 i32 i32 i32)) (func (export "query") (param i32 i32 i32 i32) (result i64) (i64.const 7)))`);
  const known = vm.deployWasm(wasm);
  let asked = 0;
  const metadata = {
    get name() {
      asked++;
      return `${known.query("any")} ${asked}`;
    },
  };
  const named = vm.deployWasm(wasm, { metadata });
  const hash = vm.lastReceipt?.transactionHash;
  expect([asked, named.metadata()["name"], vm.lastReceipt?.transactionHash]).toEqual([1, "7 1", hash]);
});

test("a metered module is called with the values that were checked", () => {
  const wasm = assemble(`(module (import "host" "two" (func $two (result i32 i32)))
    (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
    (func (export "sum") (result i32) (call $two) (i32.add)))`);
  /** An array whose items are numbers once, and then objects that run code when they are made numbers. */
  const shifting = (ran: () => void) => {
    const asked = new Map<PropertyKey, number>();
    return new Proxy([1, 2], {
      get: (target, key) => {
        const times = (asked.get(key) ?? 0) + 1;
        asked.set(key, times);
        const isItem = typeof key === "string" && /^\d$/.test(key);
        return isItem && times > 1 ? { valueOf: ran } : Reflect.get(target, key);
      },
    });
  };
  let ran = 0;
  const instance = meter(wasm).instantiate({ host: { two: () => shifting(() => ran++) } });
  expect(
    instance.call(
      "add",
      shifting(() => ran++),
    ).results,
  ).toEqual([3]);
  expect(instance.call("sum").results).toEqual([3]);
  expect(ran).toBe(0);
});
