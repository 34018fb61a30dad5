// Contracts that call, are called back, ask and tell too much: nested calls, queries that write, floods of events, log lines,
// keys and arguments, and NaNs whose bits could differ from machine to machine.

import { describe, expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import type { Address } from "../../harness/core/address.js";
import { bob, contract, deploy, execute, query, text } from "../fixtures/wat.js";
import { bytesOf, callAt, expectContained, MARKS, raw, sdk, times } from "./contained.js";

const toHelpers = (_self: Address, helpers: readonly Address[]): Uint8Array => bytesOf(...helpers);
const SELF = "i32.const 0 call $self";
/** All of the memory but the page for inputs. */
const LARGE = 255 * 65_536;

describe("a query", () => {
  test.each([
    ["write in a query", "i32.const 0 i32.const 1 i32.const 0 i32.const 1 call $write"],
    ["write in a query", "i32.const 0 i32.const 1 i32.const 0 i32.const 0 call $write"],
    ["transfer in a query", "i32.const 0 i32.const 32 call $transfer drop"],
    ["transfer in a query", "i32.const 0 i32.const 32 call $transferOrTrap"],
    ["event in a query", "i32.const 0 i32.const 1 i32.const 0 i32.const 1 call $emit"],
    ["event in a query", "i32.const 0 i32.const 0 i32.const 0 i32.const 0 call $emit"],
  ])("traps: %s", (code, body) => {
    expect(expectContained(sdk(body), { kind: "query" })).toMatchObject({ status: "trapped", code });
  });

  test("pays for what it does not get", () => {
    // Inputs: 2 * 2; call, four operands, call; 5,000 + 20.
    const body = "i32.const 0 i32.const 1 i32.const 0 i32.const 1 call $write";
    expect(expectContained(sdk(body), { kind: "query" }).gasUsed).toBe(4 + 1 + 5 + 5_020);
    expect(expectContained(sdk(body), { kind: "query", gasLimit: 5_000 }).status).toBe("out_of_gas");
  });

  test("that changes a kept memory, its size and its globals leaves all as it was", () => {
    const chain = new Chain();
    const bump =
      "i32.const 0 i32.const 0 i32.load i32.const 1 i32.add i32.store i32.const 1 memory.grow drop global.get $g i64.const 1 i64.add global.set $g";
    const wat = `(module (memory (export "memory") 1) (global $g (mut i64) (i64.const 0)) (func (export "init"))
      (func (export "execute") (param i32 i32 i32 i32) ${bump})
      (func (export "query") (param i32 i32) (result i64) ${bump}
        global.get $g i32.const 0 i64.load32_u i64.add memory.size i64.extend_i32_u i64.add))`;
    const to = deploy(chain, contract(wat));
    // 1 + 1, and two pages.
    for (let i = 0; i < 5; i++) expect(query(chain, to).result[0]).toBe(4);
    execute(chain, to);
    for (let i = 0; i < 5; i++) expect(query(chain, to).result[0]).toBe(2 + 2 + 3);
  });

  test("cannot write by way of another contract, nor by way of itself", () => {
    const writer = sdk("i32.const 0 i32.const 1 i32.const 0 i32.const 1 call $write");
    // An SDK module's arguments are at 4096. The answer, -1, is compared.
    const body = `i32.const 4096 i32.const 0 i32.const 0 i32.const 0 i32.const 0 i32.const 0 i32.const 0 call $call
      i32.const -1 i32.ne (if (then unreachable))`;
    expect(expectContained(sdk(body), { kind: "query", args: toHelpers, helpers: [writer] }).status).toBe("success");
    expect(
      expectContained(sdk(`${body} ${MARKS.replace("i64.const 99 global.set $g", "")}`), {
        kind: "query",
        args: toHelpers,
        helpers: [writer],
      }),
    ).toMatchObject({
      code: "write in a query",
    });
  });
});

describe("coming back into a contract on the stack", () => {
  test.each(["fresh", "kept"] as const)("itself, %s: the inner call sees what the outer wrote, and ends", (memory) => {
    const body = `local.get $len (if (then ${MARKS} return)) ${MARKS} ${SELF} ${callAt("i32.const 0", "i32.const 0 i32.const 1")} ${MARKS}`;
    expect(expectContained(raw(body), { memory }).status).toBe("success");
    expect(expectContained(raw(`${body} unreachable`), { memory }).status).toBe("trapped");
  });

  test.each(["fresh", "kept"] as const)("by way of another, %s, again and again until the depth ends it", (memory) => {
    const other = raw(`${MARKS} i32.const 0 call $caller ${callAt("i32.const 0")} ${MARKS}`);
    const body = `${MARKS} local.get $len (if (then i32.const 0 local.get $args i64.load i64.store
        i32.const 8 local.get $args i64.load offset=8 i64.store i32.const 16 local.get $args i32.load offset=16 i32.store))
      ${callAt("i32.const 0")} ${MARKS}`;
    for (const ending of ["", "unreachable", "(loop br 0)"]) {
      const { status } = expectContained(raw(`${body} ${ending}`), { memory, args: toHelpers, helpers: [other] });
      expect(status).toBe(ending === "" ? "success" : ending === "unreachable" ? "trapped" : "out_of_gas");
    }
  });

  test("a contract whose inner call failed keeps what it did itself, before and after", () => {
    const chain = new Chain();
    const body = `local.get $len (if (then i32.const 8 i32.const 1 i32.store unreachable))
      i32.const 0 i32.const 5 i32.store ${SELF.replace("0", "100")} ${callAt("i32.const 100", "i32.const 0 i32.const 1")}
      i32.const 4 i32.const 6 i32.store`;
    const wat = raw(body).replace(
      /\(loop\s+local.get \$sum.*?br_if 0\)/s,
      "i32.const 0 i64.load local.set $sum i32.const 8 i64.load local.get $sum i64.add local.set $sum",
    );
    const to = deploy(chain, contract(wat));
    expect(execute(chain, to).status).toBe("success");
    // 5 + 6 * 2^32, nothing at 8; one page, as the one for the input of the inner call has gone with it; the global's 3.
    expect(new DataView(query(chain, to).result.buffer).getBigUint64(0, true)).toBe(5n + (6n << 32n) + 1n + 3n);
  });
});

describe("a callee", () => {
  test.each([
    ["that eats all gas", raw("(loop br 0)")],
    [
      "that eats all gas by recursion through the caller",
      raw(`i32.const 0 call $caller ${callAt("i32.const 0")} (loop br 0)`),
    ],
    ["that traps", raw("unreachable")],
    ["that reverts with 64 KiB", raw("i32.const 0 i32.const 65536 call $revert")],
    ["that overflows the stack", raw("call $f", "(func $f call $f)")],
    ["that gives a bad result", sdk("", "i64.const -1")],
    [
      "that exports an allocator that lies",
      sdk("").replace("(result i32) i32.const 4096", "(result i32) i32.const -1"),
    ],
  ])("%s does not stop its caller, which has a 64th left", (_name, callee) => {
    const body = `${callAt("local.get $args")} i32.const 512 i32.const 1 i32.const 512 i32.const 4 call $write`;
    expect(expectContained(raw(body), { args: toHelpers, helpers: [callee] }).status).toBe("success");
  });

  test("cannot be given more gas than there is, however often it is called", () => {
    const eater = raw("(loop br 0)");
    const body = times(1_000, callAt("local.get $args"));
    expect(expectContained(raw(body), { args: toHelpers, helpers: [eater] })).toMatchObject({
      status: "out_of_gas",
      gasUsed: 10_000_000,
    });
  });

  test("that is not there, is the caller itself, an account or the zero address", () => {
    for (const prepare of ["", SELF, "i32.const 0 call $caller", "i32.const 0 i64.const -1 i64.store"]) {
      expectContained(raw(`${prepare} ${callAt("i32.const 0")}`), { gasLimit: 200_000 });
    }
    expect(expectContained(raw(callAt("i32.const 0")), { args: new Uint8Array(0) }).status).toBe("success");
  });

  test("whose method's name is not UTF-8 traps its caller", () => {
    const body =
      "i32.const 0 i32.const 0xfffe i32.store i32.const 100 i32.const 0 i32.const 2 i32.const 0 i32.const 0 i32.const 0 i32.const 0 call $call drop";
    expect(expectContained(raw(body))).toMatchObject({ status: "trapped", code: "bad UTF-8" });
  });
});

describe("what has no price for its size has a bound", () => {
  test("keys of storage: 2,048 bytes", () => {
    const write = (length: number): string => `i32.const 0 i32.const ${length} i32.const 0 i32.const 1 call $write`;
    const read = (length: number): string => `i32.const 0 i32.const ${length} i32.const 0 i32.const 0 call $read drop`;
    const readWord = (length: number): string => `i32.const 0 i32.const ${length} call $readWord drop`;
    for (const access of [write, read, readWord]) {
      expect(expectContained(raw(access(2_048))).status).toBe("success");
      for (const length of [2_049, 65_536]) {
        expect(expectContained(raw(`${MARKS} ${access(length)}`))).toMatchObject({
          status: "trapped",
          code: "input too long",
        });
      }
    }
  });

  test("names of methods in nested calls: 1,024 bytes", () => {
    const call = (length: number): string =>
      `i32.const 0 i32.const 97 i32.const ${length} memory.fill i32.const 0 i32.const 0 i32.const ${length} i32.const 0 i32.const 0 i32.const 0 i32.const 0 call $call drop`;
    expect(expectContained(raw(call(1_024))).status).toBe("success");
    expect(expectContained(raw(call(1_025)))).toMatchObject({ status: "trapped", code: "input too long" });
  });

  test("arguments of nested calls: 64 MiB in a transaction, failed calls and all depths included", () => {
    const call = `i32.const 0 i32.const 0 i32.const 0 i32.const 0 i32.const ${LARGE} i32.const 0 i32.const 0 call $call drop`;
    expect(expectContained(raw(times(4, call), "", 255)).status).toBe("success");
    expect(expectContained(raw(times(5, call), "", 255))).toMatchObject({ code: "input too long" });
  });

  test("the log: a mebibyte in a transaction, then a note and no more", () => {
    const chain = new Chain();
    const log = (count: number, length: number): readonly string[] => {
      const to = deploy(chain, contract(raw(times(count, `i32.const 0 i32.const ${length} call $log`), "", 255)));
      const receipt = execute(chain, to);
      expect(receipt.status).toBe("success");
      // A round: two operands and the call, and seven operators for the loop; loop, two ends.
      expect(receipt.gasUsed).toBe(10 * count + 3);
      return receipt.logs;
    };
    const note = "... (cut: a transaction may log 1048576 bytes)";
    expect(log(2, 524_288).map((line) => line.length)).toEqual([524_288, 524_288]);
    expect(log(1_000, 500_000).map((line) => line.length)).toEqual([500_000, 500_000, 48_576 + note.length]);
    expect(log(1_000, LARGE).map((line) => line.length)).toEqual([1_048_576 + note.length]);
    // An empty line counts for 64 bytes: 16,384 of them, and the note.
    const empty = log(100_000, 0);
    expect([empty.length, empty.at(-2), empty.at(-1)]).toEqual([16_385, "", note]);
    // The next transaction has a log of its own.
    expect(log(1, 5)).toEqual(["\0\0\0\0\0"]);
  });

  test("a log that was cut in an inner call stays cut in the outer, and in the next inner", () => {
    const chain = new Chain();
    const body = `local.get $len (if (then i32.const 0 i32.const 1048570 call $log return))
      ${SELF} ${`${callAt("i32.const 0", "i32.const 0 i32.const 1")} `.repeat(3)} i32.const 0 i32.const 9 call $log`;
    const receipt = execute(chain, deploy(chain, contract(raw(body, "", 20)), { memory: "fresh" }));
    expect(receipt.logs.map((line) => line.length)).toEqual([1_048_570, 6 + 46]);
  });

  test("events are paid for by the byte", () => {
    const body = times(1_000, "i32.const 0 i32.const 65536 i32.const 0 i32.const 0 call $emit");
    // 375 + 8 * 65,536 = 524,663 each: nineteen fit into ten million, and all are undone.
    expect(expectContained(raw(body))).toMatchObject({ status: "out_of_gas" });
  });

  test("hashes and stored values are paid for by the byte, before they are looked at", () => {
    for (const body of [
      `i32.const 0 i32.const ${LARGE} i32.const 0 call $sha3`,
      `i32.const 0 i32.const 1 i32.const 0 i32.const ${LARGE} call $write`,
      `i32.const 0 i32.const ${LARGE} i32.const 0 i32.const 0 call $emit`,
    ]) {
      expect(expectContained(raw(body, "", 255))).toMatchObject({ status: "out_of_gas", gasUsed: 10_000_000 });
    }
  });
});

describe("amounts", () => {
  test("of 2^256 - 1, to oneself, to another", () => {
    for (const to of [SELF, ""]) {
      const body = `${to} i32.const 32 i32.const 255 i32.const 32 memory.fill i32.const 0 i32.const 32`;
      expect(expectContained(raw(`${body} call $transfer (if (then unreachable))`)).status).toBe("success");
      expect(expectContained(raw(`${body} call $transferOrTrap`))).toMatchObject({ code: "balance too low" });
    }
  });

  test("that would make a balance more than 256 bits", () => {
    const chain = new Chain();
    const to = deploy(
      chain,
      contract(raw("local.get $args local.get $args i32.const 20 i32.add call $transferOrTrap")),
    );
    chain.powers.setBalance(to, 10n);
    chain.powers.setBalance(bob, 2n ** 256n - 5n);
    const pay = (amount: number) =>
      execute(chain, to, "", new Uint8Array([...bytesOf(bob), amount, ...new Uint8Array(31)]));
    expect(pay(5).failure).toMatchObject({ code: "balance too low" });
    expect(pay(4).status).toBe("success");
    expect([chain.balance(to), chain.balance(bob)]).toEqual([6n, 2n ** 256n - 1n]);
  });
});

describe("NaNs have the same bits on every machine", () => {
  // Source: the core specification's canonical NaN: the sign and all of the payload but its highest bit clear.
  const F32 = 0x7fc00000n;
  const F64 = 0x7ff8000000000000n;
  const ODD_F32 = "i32.const 0xffa12345 f32.reinterpret_i32";
  const ODD_F64 = "i64.const 0xfff4123456789abc f64.reinterpret_i64";
  const f32 = (code: string): string => `i32.const 0 ${code} f32.store`;
  const f64 = (code: string): string => `i32.const 0 ${code} f64.store`;
  const two = ["add", "sub", "mul", "div", "min", "max"];
  const single = ["ceil", "floor", "trunc", "nearest", "sqrt"];

  type NanCase = readonly [name: string, body: string, bits: bigint];
  const cases: readonly NanCase[] = [
    ...two.flatMap((op): NanCase[] => [
      [`f32.${op}`, f32(`${ODD_F32} f32.const 1 f32.${op}`), F32],
      [`f32.${op}, second operand`, f32(`f32.const 1 ${ODD_F32} f32.${op}`), F32],
      [`f64.${op}`, f64(`${ODD_F64} f64.const 1 f64.${op}`), F64],
      [`f64.${op}, both operands`, f64(`${ODD_F64} ${ODD_F64} f64.${op}`), F64],
    ]),
    ...single.flatMap((op): NanCase[] => [
      [`f32.${op}`, f32(`${ODD_F32} f32.${op}`), F32],
      [`f64.${op}`, f64(`${ODD_F64} f64.${op}`), F64],
    ]),
    ["0 / 0", f64("f64.const 0 f64.const 0 f64.div"), F64],
    ["inf - inf", f64("f64.const inf f64.const inf f64.sub"), F64],
    ["inf * 0", f32("f32.const inf f32.const 0 f32.mul"), F32],
    ["sqrt(-1)", f32("f32.const -1 f32.sqrt"), F32],
    ["demotion", f32(`${ODD_F64} f32.demote_f64`), F32],
    ["promotion", f64(`${ODD_F32} f64.promote_f32`), F64],
    // What only moves bits keeps them: neg and abs change the sign, copysign takes it.
    ["neg", f64(`${ODD_F64} f64.neg`), 0x7ff4123456789abcn],
    ["abs", f32(`${ODD_F32} f32.abs`), 0x7fa12345n],
    ["copysign", f64(`${ODD_F64} f64.const 1 f64.copysign`), 0x7ff4123456789abcn],
    [
      "select, local, global and block",
      f64(
        `${ODD_F64} f64.const 0 i32.const 1 select local.set $f local.get $f global.set $h (block (result f64) global.get $h)`,
      ),
      0xfff4123456789abcn,
    ],
    ["through a function", f32(`${ODD_F32} call $same`), 0xffa12345n],
  ];
  test.each(cases)("%s", (_name, body, bits) => {
    const chain = new Chain();
    const wat = sdk(
      body,
      "i64.const 8",
      "(global $h (mut f64) (f64.const 0)) (func $same (param f32) (result f32) local.get 0)",
    ).replace("(local $j i32)", "(local $f f64)");
    expectContained(wat);
    const { result } = execute(chain, deploy(chain, contract(wat)));
    expect(new DataView(result.buffer, result.byteOffset).getBigUint64(0, true)).toBe(bits);
  });

  test("an endless supply of them costs what numbers cost", () => {
    // loop; const, sqrt, drop, br: four a round.
    expect(expectContained(raw("(loop f64.const -1 f64.sqrt drop br 0)"), { gasLimit: 400_001 })).toMatchObject({
      status: "out_of_gas",
    });
  });
});

test("metadata and methods with odd names reach no further than the contract", () => {
  const chain = new Chain();
  const to = deploy(chain, contract(raw(MARKS)), { metadata: { "\u001b[2J": "\u0000", "": "x" } });
  expect(chain.storage(to, text("metadata:\u001b[2J"))).toEqual(text("\u0000"));
  for (const method of ["", "\u0000", "\ud800", "x".repeat(1_000_000), "__proto__"]) {
    expect(execute(chain, to, method).status).toBe("success");
  }
});
