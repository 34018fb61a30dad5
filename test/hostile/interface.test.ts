// What a module imports, exports and starts with, when it means no good: unknown, mistyped and repeated imports, exports
// that take the machine's own names, code that reaches for the gas counter, features that are not accepted.

import { describe, expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import { HOST_FUNCTIONS } from "../../harness/core/host-interface.js";
import { assemble, deploy, execute } from "../fixtures/wat.js";
import { expectContained, MARKS, raw, sdk } from "./contained.js";
import { body, concat, contractBytes, leb, name, repeat, section } from "./module-bytes.js";

const MEMORY = '(memory (export "memory") 1)';
const EXPORTS = `(func (export "init")) (func (export "execute") (param i32 i32 i32 i32))
  (func (export "query") (param i32 i32) (result i64) i64.const 0)`;
const END = 0x0b;

describe("imports", () => {
  const importing = (...imports: readonly string[]): string => `(module ${imports.join(" ")} ${MEMORY} ${EXPORTS})`;

  test.each([
    ["env", "qw_set_balance", "UNKNOWN_IMPORT"],
    ["env", "", "UNKNOWN_IMPORT"],
    ["", "qw_log", "UNKNOWN_IMPORT"],
    ["env", "QW_LOG", "UNKNOWN_IMPORT"],
    ["env", "qw_log\\00", "UNKNOWN_IMPORT"],
    // The names that the machine gives imports after rewriting, and what objects of the language have.
    ["q", "0", "UNKNOWN_IMPORT"],
    ["env", "0", "UNKNOWN_IMPORT"],
    ["env", "constructor", "UNKNOWN_IMPORT"],
    ["env", "__proto__", "UNKNOWN_IMPORT"],
    ["env", "hasOwnProperty", "UNKNOWN_IMPORT"],
    ["__proto__", "toString", "UNKNOWN_IMPORT"],
    ["env", "qw_log (i32, i32) -> ()", "UNKNOWN_IMPORT"],
    ["env", "take", "UNKNOWN_IMPORT"],
    ["wasi_snapshot_preview1", "fd_write", "UNKNOWN_IMPORT"],
  ])("%s.%s", (module, field, refused) => {
    expect(expectContained(importing(`(import "${module}" "${field}" (func (param i32 i32)))`))).toEqual({ refused });
  });

  test.each(HOST_FUNCTIONS.map((host) => host.name))("%s with other types", (field) => {
    for (const type of [
      "",
      "(result i32)",
      "(param i64)",
      "(param i32 i32 i32 i32 i32 i32 i32 i32)",
      "(param i32 i32) (result i32 i32)",
      "(param f32 f64) (result f64)",
      "(param externref funcref)",
      `(param ${"i32 ".repeat(100)}) (result ${"i64 ".repeat(100)})`,
    ]) {
      expect(expectContained(importing(`(import "env" "${field}" (func ${type}))`))).toEqual({ refused: "BAD_IMPORT" });
    }
  });

  test.each([
    ["a memory", '(import "env" "memory" (memory 1))'],
    ["a table", '(import "env" "table" (table 1 funcref))'],
    ["a global", '(import "env" "gas" (global (mut i64)))'],
  ])("%s", (_name, text) => {
    const wat = `(module ${text} ${text.includes("memory") ? "" : MEMORY} ${EXPORTS})`;
    expect(expectContained(wat)).toEqual({ refused: "BAD_IMPORT" });
  });

  test("a tag is an exception", () => {
    const tag = concat(name("env"), name("t"), [4, 0, 0]);
    expect(expectContained(contractBytes({ imports: [1, tag] }))).toEqual({ refused: "UNSUPPORTED_FEATURE" });
  });

  test("the same function several times, in both forms: each is the machine's", () => {
    const text = `(import "env" "qw_transfer" (func $a (param i32 i32))) (import "env" "qw_transfer" (func $b (param i32 i32) (result i32)))
      (import "env" "qw_transfer" (func $c (param i32 i32)))`;
    const wat = importing(text).replace(
      "(param i32 i32 i32 i32))",
      "(param i32 i32 i32 i32) i32.const 0 i32.const 32 call $c i32.const 0 i32.const 32 call $b drop)",
    );
    // Twice two operands and the call, drop, end, and twice 21,000.
    expect(expectContained(wat)).toEqual({ status: "success", code: undefined, gasUsed: 8 + 42_000 });
  });
});

describe("exports", () => {
  test.each([
    [
      "enter",
      "take",
      "left",
      "memoryGas",
      "status",
      "stack",
      "reset",
      "save",
      "load",
      "high",
      "alloc",
      "start",
      "bulk",
    ],
    ["0", "1", "q", ":execute", ":init", "__proto__", "constructor", "toString", "then", ""],
  ])("with the machine's own names are nothing special: %s ...", (...names) => {
    // Each would end badly if the machine called it.
    const extra = names.map((text) => `(func (export "${text}") (param f64) (result i32) unreachable)`).join(" ");
    const wat = raw("i32.const 0 i32.const 1 i32.store", extra);
    expect(expectContained(wat)).toEqual(expectContained(raw("i32.const 0 i32.const 1 i32.store")));
    expect(expectContained(wat, { kind: "query" }).status).toBe("success");
  });

  test("memory, globals and tables under any name", () => {
    const wat = raw("", '(table (export "table") 1 funcref) (export "gas" (global $g)) (export "memory2" (memory 0))');
    expect(expectContained(wat).status).toBe("success");
  });

  test.each([
    ["the memory is a function", `(memory 1) (func (export "memory")) ${EXPORTS}`, "MISSING_EXPORT"],
    [
      "execute is a global",
      `${MEMORY} (global (export "execute") i32 (i32.const 0)) ${EXPORTS.replace('(export "execute")', "")}`,
      "BAD_EXPORT",
    ],
    [
      "query is an imported function",
      `(import "env" "qw_storage_read" (func $q (param i32 i32) (result i64))) (export "query" (func $q)) ${MEMORY} ${EXPORTS.replace('(export "query")', "")}`,
      "BAD_EXPORT",
    ],
    [
      "qw_alloc gives an i64",
      `${MEMORY} ${EXPORTS} (func (export "qw_alloc") (param i32) (result i64) i64.const 0)`,
      "BAD_EXPORT",
    ],
    ["init wants floats", `${MEMORY} ${EXPORTS.replace('"init")', '"init") (param f32 f32)')}`, "BAD_EXPORT"],
    [
      "execute gives two results",
      `${MEMORY} ${EXPORTS.replace("(param i32 i32 i32 i32)", "(param i32 i32 i32 i32) (result i64 i64) i64.const 0 i64.const 0")}`,
      "BAD_EXPORT",
    ],
  ])("%s", (_name, text, refused) => {
    expect(expectContained(`(module ${text})`)).toEqual({ refused });
  });

  test("one function under all the names", () => {
    const wat = `(module ${MEMORY} (func $f (export "init")) (func $e (export "execute") (param i32 i32 i32 i32) call $q drop)
      (func $q (export "query") (result i64) i64.const 0))`;
    expect(expectContained(wat)).toEqual({ refused: "BAD_EXPORT" });
  });
});

describe("the start function", () => {
  test.each([
    ["traps", "unreachable", "trapped"],
    ["reverts", "i32.const 0 i32.const 3 call $revert", "reverted"],
    ["never ends", "(loop br 0)", "out_of_gas"],
    ["divides by zero", "i32.const 1 i32.const 0 i32.div_u drop", "trapped"],
    ["asks for more memory than there is", "i32.const -1 i32.load drop", "trapped"],
    ["writes, pays and then traps", `${MARKS} unreachable`, "trapped"],
  ])("%s: the deployment fails, and no contract is left", (_name, code, status) => {
    expect(expectContained(raw("", `(start $s) (func $s ${code})`)).status).toBe(status);
  });

  test("is paid for in every call of a contract whose memory is fresh", () => {
    // start: 2,000 operators and its end; execute: its end.
    const wat = raw("", `(start $s) (func $s ${"nop ".repeat(2_000)})`);
    expect(expectContained(wat, { memory: "fresh" })).toMatchObject({ status: "success", gasUsed: 2_002 });
    expect(expectContained(wat, { memory: "fresh", gasLimit: 2_001 }).status).toBe("out_of_gas");
  });

  test("cannot write in a query", () => {
    const wat = raw("", "(start $s) (func $s i32.const 0 i32.const 1 i32.const 0 i32.const 1 call $write)");
    expect(expectContained(wat, { memory: "fresh", kind: "query" })).toMatchObject({ code: "write in a query" });
  });

  test.each([
    ["with a parameter", [1]],
    ["that does not exist", [99]],
  ])("%s is not valid", (_name, index) => {
    expect(expectContained(contractBytes({ sections: { 8: section(8, index) } }))).toEqual({ refused: "INVALID_WASM" });
  });
});

describe("the gas counter cannot be reached", () => {
  const reaching = (code: readonly number[], more: { readonly globals?: number } = {}): Uint8Array => {
    const { globals = 0 } = more;
    const sections = globals === 0 ? {} : { 6: section(6, leb(globals), repeat(globals, [0x7e, 1, 0x42, 0, END])) };
    return contractBytes({ execute: [0, ...code, END], sections });
  };

  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100])("by a global's number, %i beyond the module's own", (beyond) => {
    for (const globals of [0, 1, 3]) {
      const index = leb(globals + beyond);
      expect(expectContained(reaching([0x42, 1, 0x24, ...index], { globals })).refused).toBe("INVALID_WASM");
      expect(expectContained(reaching([0x23, ...index, 0x1a], { globals })).refused).toBe("INVALID_WASM");
    }
  });

  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 100])(
    "by a function's number, %i beyond the module's own",
    (beyond) => {
      const index = leb(3 + beyond);
      expect(expectContained(reaching([0x44, 0, 0, 0, 0, 0, 0, 0, 0, 0x10, ...index])).refused).toBe("INVALID_WASM");
      expect(expectContained(reaching([0xd2, ...index, 0x1a])).refused).toBe("INVALID_WASM");
    },
  );

  test("by an export, an element or a start function beyond the module's own", () => {
    for (let index = 3; index < 20; index++) {
      expect(expectContained(contractBytes({ exports: [1, [...name("x"), 0, index]] })).refused).toBe("INVALID_WASM");
      expect(expectContained(contractBytes({ exports: [1, [...name("x"), 3, index - 3]] })).refused).toBe(
        "INVALID_WASM",
      );
      expect(expectContained(contractBytes({ sections: { 8: section(8, [index]) } })).refused).toBe("INVALID_WASM");
      const elements = { 4: section(4, [1, 0x70, 0, 1]), 9: section(9, [1, 0, 0x41, 0, END, 1, index]) };
      expect(expectContained(contractBytes({ sections: elements })).refused).toBe("INVALID_WASM");
    }
  });

  test("by calling what a table holds, with the types of the machine's own functions", () => {
    // No element was put there: every slot is null, whatever type is asked for.
    const types = [
      "(param f64 i32)",
      "(param f64) (result f64)",
      "(result f64)",
      "(result i32)",
      "",
      "(param i32) (result i64)",
      "(param i32 i64)",
    ];
    const operands: Record<string, string> = { i32: "i32.const 0", i64: "i64.const 0", f64: "f64.const 1e9" };
    for (const type of types) {
      const params = [...(/\(param ([^)]*)\)/.exec(type)?.[1] ?? "").matchAll(/\w+/g)]
        .map(([text]) => operands[text])
        .join(" ");
      const drop = type.includes("result") ? "drop" : "";
      for (let slot = 0; slot < 4; slot++) {
        const { status } = expectContained(
          raw(`${params} i32.const ${slot} call_indirect ${type} ${drop}`, "(table 4 funcref)"),
        );
        expect(status).toBe("trapped");
      }
    }
  });

  test("by locals beyond the function's own", () => {
    for (let index = 4; index < 12; index++) {
      expect(expectContained(reaching([0x20, index, 0x1a])).refused).toBe("INVALID_WASM");
      expect(expectContained(reaching([0x03, 0x40, 0x42, 0x7f, 0x21, index, END])).refused).toBe("INVALID_WASM");
    }
  });

  test("by branching further out than the function", () => {
    for (const depth of [2, 3, 4, 5, 100, 4_294_967_295]) {
      expect(expectContained(reaching([0x02, 0x40, 0x0c, ...leb(depth), END])).refused).toBe("INVALID_WASM");
      expect(expectContained(reaching([0x03, 0x40, 0x41, 1, 0x0d, ...leb(depth), END])).refused).toBe("INVALID_WASM");
    }
  });
});

describe("features that are not accepted are refused by name, wherever they stand", () => {
  const extra = (code: string, more = ""): string => `(module ${MEMORY} ${EXPORTS} ${more} (func ${code}))`;
  test.each([
    ["a shared memory", `(module (memory (export "memory") 1 2 shared) ${EXPORTS})`],
    ["an atomic operator", extra("i32.const 0 i32.const 0 i32.atomic.store")],
    ["a fence", extra("atomic.fence")],
    ["waiting", extra("i32.const 0 i32.const 0 i64.const -1 memory.atomic.wait32 drop")],
    ["SIMD in a body", extra("v128.const i64x2 0 0 drop")],
    ["SIMD in a local", extra("(local v128)")],
    ["SIMD in a parameter", extra("(param v128)")],
    ["SIMD in dead code", extra("unreachable i32.const 0 v128.load drop")],
    ["a tail call", extra("return_call 0")],
    ["an indirect tail call", extra("i32.const 0 return_call_indirect", "(table 1 funcref)")],
    ["memory64", `(module (memory (export "memory") i64 1) ${EXPORTS})`],
    ["a tag", `(module ${MEMORY} ${EXPORTS} (tag))`],
    ["try and catch", extra("try catch_all end", "(tag)")],
    ["throw", extra("throw 0", "(tag)")],
    ["delegate", extra("try delegate 0")],
  ])("%s", (_name, wat) => {
    expect(expectContained(wat)).toEqual({ refused: "UNSUPPORTED_FEATURE" });
  });

  test.each([
    ["a struct type", [0x5f, 0]],
    ["an array type", [0x5e, 0x7f, 0]],
    ["a recursive group", [0x4e, 1, 0x60, 0, 0]],
    ["a subtype", [0x50, 0, 0x60, 0, 0]],
    ["a final subtype", [0x4f, 0, 0x60, 0, 0]],
    ["a parameter of a reference to a type", [0x60, 1, 0x64, 0, 0]],
    ["an exception reference", [0x60, 1, 0x69, 0]],
    ["any reference", [0x60, 1, 0x6e, 0]],
  ])("%s", (_name, type) => {
    expect(expectContained(contractBytes({ types: [1, type] }))).toEqual({ refused: "UNSUPPORTED_FEATURE" });
  });

  test.each([
    ["try_table", [0x1f, 0x40, 1, 2, 0, END]],
    ["throw_ref", [0x0a]],
    ["rethrow", [0x09, 0]],
    ["call_ref", [0x14, 0]],
    ["ref.as_non_null", [0xd4]],
    ["br_on_null", [0xd5, 0]],
    ["struct.new", [0xfb, 0, 0]],
    ["ref.i31", [0x41, 0, 0xfb, 0x1c, 0x1a]],
    ["i64.add128", [0xfc, 0x13]],
    ["relaxed SIMD", [0xfd, 0x80, 0x02]],
    ["a load of a second memory", [0x41, 0, 0x28, 0x42, 1, 0, 0x1a]],
  ])("%s", (_name, code) => {
    expect(expectContained(contractBytes({ execute: [0, ...code, END] }))).toEqual({ refused: "UNSUPPORTED_FEATURE" });
  });

  test("operators that nobody has are not valid", () => {
    for (const opcode of [0x0d - 0x0d + 0x16, 0x27, 0xc5, 0xd7, 0xe0, 0xff]) {
      expect(expectContained(contractBytes({ execute: [0, opcode, END] })).refused).toBe("INVALID_WASM");
    }
    for (const sub of [0x17, 0x7f, 0xffff]) {
      expect(expectContained(contractBytes({ execute: [0, 0xfc, ...leb(sub), END] })).refused).toBe("INVALID_WASM");
    }
  });
});

describe("nothing swallows the end of the gas", () => {
  // An engine lets `catch_all` catch what a host function throws, and the machine ends frames by throwing.
  const END_OF_GAS = [0x10, 0];
  const shapes: readonly (readonly [string, readonly number[]])[] = [
    ["try ... catch_all ... end", [0x06, 0x40, ...END_OF_GAS, 0x19, END]],
    ["try ... catch 0 ... end", [0x06, 0x40, ...END_OF_GAS, 0x07, 0, END]],
    ["try ... delegate", [0x06, 0x40, ...END_OF_GAS, 0x18, 0]],
    ["try_table (catch_all 0)", [0x02, 0x40, 0x1f, 0x40, 1, 2, 0, ...END_OF_GAS, END, END]],
    ["try_table (catch_all_ref 0)", [0x02, 0x69, 0x1f, 0x40, 1, 3, 0, ...END_OF_GAS, END, 0, END, 0x1a]],
    ["in a loop", [0x03, 0x40, 0x06, 0x40, ...END_OF_GAS, 0x19, END, 0x0c, 0, END]],
    ["behind unreachable", [0x00, 0x06, 0x40, ...END_OF_GAS, 0x19, END]],
  ];
  const caller = [1, concat(name("env"), name("qw_get_block_height"), [0, 3])] as const;
  const types = [1, [0x60, 0, 1, 0x7e]] as const;

  test.each(shapes)("%s is refused in execute", (_name, code) => {
    const execute = [0, ...code.flatMap((byte, i) => (byte === 0x10 && code[i + 1] === 0 ? [0x10] : [byte])), END];
    expect(expectContained(contractBytes({ imports: caller, types, execute }))).toEqual({
      refused: "UNSUPPORTED_FEATURE",
    });
  });

  test.each(shapes)("%s is refused in a function that nothing calls", (_name, code) => {
    const functions = [1, [0], body([0, ...code, END])] as const;
    const ending = expectContained(contractBytes({ functions }));
    expect(["UNSUPPORTED_FEATURE", "INVALID_WASM"]).toContain(ending.refused);
    expect(ending.refused).toBe("UNSUPPORTED_FEATURE");
  });

  test("and without exceptions the code after a host call that ran out of gas does not run", () => {
    const chain = new Chain();
    const to = deploy(chain, {
      name: "Test",
      wasm: assemble(sdk("i32.const 0 call $vrf i32.const 0 i32.const 1 call $log", "i64.const 0")),
    });
    // Three operators of `execute` and `$run`... the call of `qw_get_vrf` needs 200 more than the limit leaves.
    const receipt = execute(chain, to, "", undefined, { gasLimit: 150 });
    expect([receipt.status, receipt.gasUsed, receipt.logs]).toEqual(["out_of_gas", 150, []]);
  });
});
