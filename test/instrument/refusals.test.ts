// Modules that may not be deployed, each refused with its own code, naming what and where, and never in the engine's words.

import { describe, expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import type { ChainOptions } from "../../harness/chain/genesis.js";
import { QwvmError } from "../../harness/core/errors.js";
import { alice, assemble, tryDeploy } from "../fixtures/wat.js";

const EXPORTS = `(func (export "init")) (func (export "execute") (param i32 i32 i32 i32))
  (func (export "query") (param i32 i32) (result i64) i64.const 0)`;
const MEMORY = `(memory (export "memory") 1)`;

function refuse(wasm: Uint8Array, options: ChainOptions = {}): QwvmError {
  const chain = new Chain(options);
  const wasNonce = chain.nonce(alice);
  try {
    tryDeploy(chain, { name: "Bad", wasm });
  } catch (error) {
    expect(error).toBeInstanceOf(QwvmError);
    expect(chain.nonce(alice)).toBe(wasNonce);
    expect((error as QwvmError).message).not.toMatch(/CompileError|WebAssembly\.[A-Z]|Compiling function|@\+/);
    return error as QwvmError;
  }
  throw new Error("it was deployed");
}

const refuseText = (wat: string, options: ChainOptions = {}): QwvmError => refuse(assemble(wat), options);

describe("features", () => {
  test.each([
    ["threads", `(memory (export "memory") 1 2 shared) ${EXPORTS}`, "the memory (shared)"],
    ["threads", `${MEMORY} ${EXPORTS} (func i32.const 0 i32.const 0 i32.atomic.rmw.add drop)`, "function 3"],
    ["SIMD", `${MEMORY} ${EXPORTS} (func v128.const i32x4 0 0 0 0 drop)`, "function 3"],
    ["SIMD", `${MEMORY} ${EXPORTS} (func (param v128))`, "type"],
    ["exceptions", `${MEMORY} ${EXPORTS} (tag)`, "tag section"],
    ["exceptions", `${MEMORY} ${EXPORTS} (func try catch_all end)`, "function 3"],
    ["tail calls", `${MEMORY} ${EXPORTS} (func return_call 3)`, "function 3"],
    ["memory64", `(memory (export "memory") i64 1) ${EXPORTS}`, "the memory"],
    ["multiple memories", `${MEMORY} (memory 1) ${EXPORTS}`, "memory 1"],
    [
      "extended constant expressions",
      `${MEMORY} ${EXPORTS} (global i32 (i32.add (i32.const 1) (i32.const 2)))`,
      "global 0",
    ],
  ])("%s", (feature, body, where) => {
    const error = refuseText(`(module ${body})`);
    expect(error.code).toBe("UNSUPPORTED_FEATURE");
    expect(error.message).toContain(`uses ${feature}`);
    expect(error.message).toContain(where);
    expect(error.message).toMatch(/at byte \d+ \(0x[0-9a-f]+\)/);
  });

  test("relaxed SIMD and GC, which the assembler does not write", () => {
    // A function body: no locals, 0xfd 0x100 (i8x16.relaxed_swizzle), end.
    const relaxed = assemble(`(module ${MEMORY} ${EXPORTS} (func unreachable nop nop nop))`);
    const at = indexOf(relaxed, [0x00, 0x00, 0x01, 0x01, 0x01, 0x0b]);
    relaxed.set([0xfd, 0x80, 0x02], at + 1);
    expect(refuse(relaxed).message).toContain("uses relaxed SIMD");
    const gc = assemble(`(module ${MEMORY} ${EXPORTS} (func unreachable nop nop nop))`);
    gc.set([0xfb, 0x00, 0x00], indexOf(gc, [0x00, 0x00, 0x01, 0x01, 0x01, 0x0b]) + 1);
    expect(refuse(gc).message).toContain("uses GC");
  });

  test("floats are accepted, unless the machine refuses them", () => {
    const wat = `(module ${MEMORY} ${EXPORTS} (func f64.const 1 f64.sqrt drop))`;
    expect(tryDeploy(new Chain(), { name: "F", wasm: assemble(wat) }).status).toBe("success");
    const error = refuseText(wat, { floats: "reject" });
    expect(error.code).toBe("UNSUPPORTED_FEATURE");
    expect(error.message).toContain("floating point");
    expect(error.message).toContain("f64.const");
  });
});

function indexOf(bytes: Uint8Array, pattern: number[]): number {
  const found = Buffer.from(bytes).indexOf(Buffer.from(pattern));
  expect(found).toBeGreaterThan(0);
  return found;
}

describe("sizes", () => {
  test("a memory that begins with more than 256 pages", () => {
    const error = refuseText(`(module (memory (export "memory") 257) ${EXPORTS})`);
    expect([error.code, error.message.includes("257 pages")]).toEqual(["MEMORY_TOO_LARGE", true]);
  });

  test("a table of ten million elements", () => {
    expect(refuseText(`(module ${MEMORY} (table 10000000 funcref) ${EXPORTS})`).code).toBe("TABLE_TOO_LARGE");
  });

  test("more than a megabyte of code, debug sections included", () => {
    const small = assemble(`(module ${MEMORY} ${EXPORTS})`);
    const section = new Uint8Array(1_048_576);
    section.set([0, 0xfa, 0xff, 0x3f, 1, 0x78]);
    const error = refuse(new Uint8Array([...small, ...section]));
    expect([error.code, error.message.includes("1048576")]).toEqual(["CODE_TOO_LARGE", true]);
  });

  test("says how much of it is debug information, and that optimizing helps", () => {
    // A section of 5 MiB: its id, the size in four bytes of LEB128, and the contents.
    const section = new Uint8Array(5 + 5 * 1_048_576);
    section.set([0, 0x80, 0x80, 0xc0, 0x02, 11, ...Buffer.from(".debug_info")]);
    const error = refuse(new Uint8Array([...assemble(`(module ${MEMORY} ${EXPORTS})`), ...section]));
    expect(error.code).toBe("CODE_TOO_LARGE");
    expect(error.message).toMatch(/; 5242\d{3} of them are debug sections \(\.debug_info, name\), which never run\./);
    expect(error.hint).toMatch(/^qwvm optimize .* takes them out\.$/);
  });

  test("more types than anybody needs: how many, how many are allowed, and what to do", () => {
    // No two alike: each parameter is one bit of the type's number.
    const types = Array.from({ length: 1_001 }, (_, i) => {
      const params = Array.from({ length: 10 }, (_, bit) => ((i >> bit) & 1 ? "i64" : "i32"));
      return `(type (func (param ${params.join(" ")})))`;
    });
    const error = refuseText(`(module ${types.join("")} ${MEMORY} ${EXPORTS})`);
    expect(error.code).toBe("CODE_TOO_LARGE");
    expect(error.message).toMatch(/it has 100\d function types, 1000 are allowed \(at byte \d+ \(0x[0-9a-f]+\)\)\.\n/);
    expect(error.hint).toBe("Give functions of like use the same type.");
  });

  test("advises to shrink the code when that alone is too large", () => {
    const wasm = assemble(`(module ${MEMORY} ${EXPORTS} (data "${"a".repeat(2_000)}"))`);
    const error = refuse(wasm, { limits: { codeBytes: 1_000 } });
    expect(error.hint).toContain("and shrinks the code, which is too large by itself");
  });

  test("segments outside of memory and table", () => {
    expect(refuseText(`(module ${MEMORY} ${EXPORTS} (data (i32.const 65535) "ab"))`).code).toBe("BAD_SEGMENT");
    expect(refuseText(`(module ${MEMORY} ${EXPORTS} (data (i32.const -1) "a"))`).code).toBe("BAD_SEGMENT");
    const table = "(table 1 funcref) (elem (i32.const 1) 0)";
    expect(refuseText(`(module ${MEMORY} ${EXPORTS} ${table})`).code).toBe("BAD_SEGMENT");
  });
});

describe("interface", () => {
  test.each([
    ["MISSING_EXPORT", `(memory 1) ${EXPORTS}`, "memory"],
    ["MISSING_EXPORT", `${MEMORY} (func (export "init"))`, "execute"],
    ["BAD_EXPORT", `${MEMORY} ${EXPORTS.replace("(param i32 i32)", "(param i32)")}`, "query as (i32) -> i64"],
    ["BAD_EXPORT", `${MEMORY} ${EXPORTS} (func (export "qw_alloc") (param i64) (result i32) i32.const 0)`, "qw_alloc"],
    [
      "UNKNOWN_IMPORT",
      `(import "env" "qw_storage_reed" (func)) ${MEMORY} ${EXPORTS}`,
      "Did you mean env.qw_storage_read?",
    ],
    ["UNKNOWN_IMPORT", `(import "wasi" "fd_write" (func)) ${MEMORY} ${EXPORTS}`, "wasi.fd_write"],
    [
      "UNKNOWN_IMPORT",
      `(import "host" "qw_get_caller" (func (param i32))) ${MEMORY} ${EXPORTS}`,
      'in the module "env"',
    ],
    ["BAD_IMPORT", `(import "env" "qw_get_caller" (func (param i64))) ${MEMORY} ${EXPORTS}`, "(i32) -> ()"],
    ["BAD_IMPORT", `(import "env" "memory" (memory 1)) ${EXPORTS}`, "imports a memory"],
    ["BAD_IMPORT", `(import "env" "g" (global i32)) ${MEMORY} ${EXPORTS}`, "imports a global"],
  ])("%s: %#", (code, body, part) => {
    const error = refuseText(`(module ${body})`);
    expect(error.code).toBe(code);
    expect(error.message).toContain(part);
    expect(error.message).toMatch(/^Bad cannot be deployed: /);
  });

  test("an extension, where documented functions alone are allowed", () => {
    const wat = `(module (import "env" "qw_get_self" (func (param i32))) ${MEMORY} ${EXPORTS})`;
    expect(tryDeploy(new Chain(), { name: "Ext", wasm: assemble(wat) }).status).toBe("success");
    const error = refuseText(wat, { hostFunctions: "documented" });
    expect([error.code, error.message.includes("env.qw_get_self")]).toEqual(["EXTENSION_IMPORT", true]);
  });

  test("exports with the names of the VM's own are nothing special", () => {
    const extra = ["take", "enter", "left", "reset", "high"].map((name) => `(func (export "${name}"))`).join(" ");
    const wasm = assemble(`(module ${MEMORY} ${EXPORTS} ${extra})`);
    expect(tryDeploy(new Chain(), { name: "Collide", wasm }).status).toBe("success");
  });

  test("a module cannot reach the globals and functions that are added", () => {
    // The module has no globals; the rewritten one has its gas counter at index 0.
    const wasm = assemble(
      `(module ${MEMORY} (global (mut i64) (i64.const 0)) ${EXPORTS} (func i64.const 1 global.set 0))`,
    );
    const at = indexOf(wasm, [0x42, 0x01, 0x24, 0x00]);
    wasm[at + 3] = 1;
    expect(refuse(wasm).code).toBe("INVALID_WASM");
  });
});

describe("bytes", () => {
  test.each([
    ["NOT_WASM", new Uint8Array(0), "empty"],
    ["NOT_WASM", new TextEncoder().encode("(module)"), "text format"],
    ["NOT_WASM", new TextEncoder().encode("AGFzbQEAAAA="), "base64"],
    ["NOT_WASM", new TextEncoder().encode("0061736d01000000"), "hex"],
    ["INVALID_WASM", new Uint8Array([0, 0x61, 0x73, 0x6d, 2, 0, 0, 0]), "version"],
  ])("%s: %#", (code, bytes, part) => {
    const error = refuse(bytes);
    expect([error.code, error.message.includes(part)]).toEqual([code, true]);
  });

  test("types that do not fit", () => {
    expect(refuseText(`(module ${MEMORY} ${EXPORTS} (func (result i32) i64.const 1))`).code).toBe("INVALID_WASM");
  });

  test("every truncation of a module is refused or runs", () => {
    const wasm = assemble(`(module ${MEMORY} ${EXPORTS} (data (i32.const 0) "abc"))`);
    for (let length = 0; length < wasm.length; length++) {
      try {
        tryDeploy(new Chain(), { name: "Cut", wasm: wasm.subarray(0, length) });
      } catch (error) {
        expect(error).toBeInstanceOf(QwvmError);
      }
    }
  });

  test("every single flipped bit is refused or runs, and no engine's text comes out", () => {
    const wasm = assemble(
      `(module ${MEMORY} (table 1 funcref) (elem (i32.const 0) 0) ${EXPORTS} (func (local f32) (loop (block (br_if 0 (i32.const 0))))))`,
    );
    const outcomes = new Set<string>();
    for (let bit = 0; bit < wasm.length * 8; bit++) {
      const flipped = wasm.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      try {
        outcomes.add(tryDeploy(new Chain(), { name: "Flipped", wasm: flipped }).status);
      } catch (error) {
        expect(error, `bit ${bit}`).toBeInstanceOf(QwvmError);
        expect((error as QwvmError).message).not.toMatch(/CompileError|Compiling|WebAssembly\.[A-Z]/);
        outcomes.add((error as QwvmError).code);
      }
    }
    expect(outcomes).toContain("INVALID_WASM");
    expect(outcomes).toContain("success");
  });
});
