// What prices.mjs measures: for every operator a loop of nothing but it and what it needs, and every host function at the
// inputs that make most work for their price. Each case is a contract, and others that it calls.

import { OPERATORS, PREFIXED_FC } from "../../dist/instrument/opcodes.js";

const IMPORTS = `
  (import "env" "qw_storage_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "env" "qw_storage_read" (func $readWord (param i32 i32) (result i64)))
  (import "env" "qw_storage_write" (func $write (param i32 i32 i32 i32)))
  (import "env" "qw_dilithium_verify" (func $verify (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "qw_sha3_256" (func $sha3 (param i32 i32 i32)))
  (import "env" "qw_get_caller" (func $caller (param i32)))
  (import "env" "qw_get_balance" (func $balance (param i32 i32)))
  (import "env" "qw_transfer" (func $transfer (param i32 i32) (result i32)))
  (import "env" "qw_emit_event" (func $emit (param i32 i32 i32 i32)))
  (import "env" "qw_call_contract" (func $call (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "qw_get_vrf" (func $vrf (param i32)))
  (import "env" "qw_get_self" (func $self (param i32)))
  (import "env" "qw_get_value" (func $value (param i32)))
  (import "env" "qw_get_block_height" (func $height (result i64)))
  (import "env" "qw_get_block_timestamp" (func $time (result i64)))
  (import "env" "qw_get_chain_id" (func $chain (result i64)))
  (import "env" "qw_revert" (func $revert (param i32 i32)))
  (import "env" "qw_log" (func $log (param i32 i32)))
  (import "env" "abort" (func $abort (param i32 i32 i32 i32)))`;

/** A contract; its arguments, an address, are at 1024. */
const contract = (
  body,
  { more = "", pages = 1 } = {},
) => `(module ${IMPORTS} (memory (export "memory") ${pages}) ${more}
  (func (export "qw_alloc") (param i32) (result i32) (i32.const 1024)) (func (export "init"))
  (func (export "execute") (param i32 i32 i32 i32) (local $i i32) (local $n i32)
    (local $a i32) (local $b i32) (local $A i64) (local $B i64) (local $f f32) (local $g f32) (local $F f64) (local $G f64)
    ${body})
  (func (export "query") (param i32 i32) (result i64) (i64.const 0)))`;

/** Without an end: the gas runs out. */
const forever = (text) => `(loop ${text} (br 0))`;
const CALLEE = "(i32.const 1024)";
const call = (args = 0, result = 0, to = CALLEE) =>
  `(drop (call $call ${to} (i32.const 0) (i32.const 0) (i32.const 65536) (i32.const ${args}) (i32.const 65536) (i32.const ${result})))`;

/** The values that operators are given: locals, set to what is slow to compute with. */
const SETS = `(local.set $a (i32.const -2147483647)) (local.set $b (i32.const 3)) (local.set $A (i64.const -9223372036854775807))
  (local.set $B (i64.const 3)) (local.set $f (f32.const 0x1p-149)) (local.set $g (f32.const 0x1.8p-140))
  (local.set $F (f64.const 0x1p-1074)) (local.set $G (f64.const 0x1.8p-1060))`;
const VALUES = { i32: ["$a", "$b"], i64: ["$A", "$B"], f32: ["$f", "$g"], f64: ["$F", "$G"] };
const get = (type, which = 0) => `(local.get ${VALUES[type][which]})`;

/** One operator with its operands, its results dropped; undefined for those that stand in a list of their own. */
function operatorText({ name, pops, pushes }) {
  const [type, op = ""] = name.split(".");
  if (VALUES[type] === undefined) return undefined;
  if (op === "const") return `(drop (${name} 1))`;
  if (op.startsWith("load")) return `(drop (${name} offset=64 (i32.const 8)))`;
  if (op.startsWith("store")) return `(${name} offset=64 (i32.const 8) ${get(type)})`;
  const from = /_(i32|i64|f32|f64)(_[su])?$/.exec(op)?.[1] ?? type;
  // What truncates, truncates small numbers here.
  const isTruncation = /^trunc_f/.test(op);
  const operands = isTruncation ? [`(${from}.const 7)`] : [get(from), get(from, 1)].slice(0, pops);
  return pushes === 0 ? undefined : `(drop (${name} ${operands.join(" ")}))`;
}

const TABLES =
  '(table $t 1200 funcref) (table $u 1200 externref) (elem $e func $f) (func $f) (data $d "abc") (type $v (func))';
const OTHERS = {
  nop: "(nop)",
  "block, end": "(block)",
  "if, else": "(if (local.get $b) (then) (else))",
  br_if: "(block (br_if 0 (local.get $b)))",
  br_table: "(block (block (br_table 0 1 (local.get $b))))",
  "call, return": "(call $f)",
  call_indirect: "(call_indirect $t (type $v) (i32.const 0))",
  select: "(drop (select (local.get $a) (local.get $b) (local.get $i)))",
  "local.set": "(local.set $n (local.get $a))",
  "global.get, global.set": "(global.set $g1 (global.get $g1))",
  "table.get": "(drop (table.get $t (i32.const 5)))",
  "table.set, ref.func": "(table.set $t (i32.const 5) (ref.func $f))",
  "ref.is_null": "(drop (ref.is_null (ref.null func)))",
  "memory.size": "(drop (memory.size))",
  "table.size": "(drop (table.size $t))",
  "data.drop, elem.drop": "(data.drop $d) (elem.drop $e)",
};

/** Every operator: 200 of it in a loop. */
function operatorCases() {
  const texts = { ...OTHERS };
  for (const operator of [...OPERATORS, ...PREFIXED_FC]) {
    const text = operator && operatorText(operator);
    if (text !== undefined) texts[operator.name] = text;
  }
  const more = `${TABLES} (elem (i32.const 0) $f) (global $g1 (mut i32) (i32.const 5))`;
  return Object.entries(texts).map(([name, text]) => ({
    name,
    group: "operators",
    wat: contract(`${SETS} ${forever(`${text} `.repeat(200))}`, { more }),
  }));
}

const i32 = (value) => `(i32.const ${value})`;
const PAGES = 250;
const MEMORY = PAGES * 65_536;
/** Touches a byte of every page. */
const TOUCH = `(local.set $i (i32.const 0)) (loop $l
  (i32.store (local.get $i) (i32.add (i32.load (local.get $i)) (i32.const 1)))
  (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 65536))) ${i32(MEMORY)})))`;
const big = (more = "") => ({ more, pages: 256 });
/** What most bulk operators are worst at: everything at once, and next to nothing. */
const bulk = (name, text, most, more = TABLES) =>
  [most, 1, 64].map((length) => ({
    name: `${name} of ${length}`,
    wat: contract(forever(text(i32(length)).repeat(length === most ? 1 : 50)), big(more)),
  }));

const bulkCases = [
  ...bulk("memory.fill", (n) => `(memory.fill ${i32(0)} ${i32(1)} ${n})`, MEMORY),
  ...bulk("memory.copy", (n) => `(memory.copy ${i32(1)} ${i32(0)} ${n})`, MEMORY),
  {
    name: "memory.init of 60,000",
    wat: contract(
      forever(`(memory.init $d ${i32(0)} ${i32(0)} ${i32(60_000)})`),
      big(`(data $d "${"a".repeat(60_000)}")`),
    ),
  },
  ...bulk("table.copy", (n) => `(table.copy $t $t ${i32(0)} ${i32(1)} ${n})`, 1_199),
  ...bulk("table.fill funcref", (n) => `(table.fill $t ${i32(0)} (ref.func $f) ${n})`, 1_200),
  ...bulk("table.fill externref", (n) => `(table.fill $u ${i32(0)} (ref.null extern) ${n})`, 1_200),
  {
    name: "table.init of 1,200",
    wat: contract(forever(`(table.init $t $l ${i32(0)} ${i32(0)} ${i32(1_200)})`), {
      more: `${TABLES} (elem $l func ${"$f ".repeat(1_200)})`,
    }),
  },
  {
    name: "table.grow by 1",
    wat: contract(forever(`(drop (table.grow $s (ref.null func) ${i32(1)}))`), { more: "(table $s 0 funcref)" }),
  },
  { name: "memory.grow by 0", wat: contract(forever(`(drop (memory.grow ${i32(0)}))`)) },
  { name: "memory.grow that fails", wat: contract(forever(`(drop (memory.grow ${i32(65_535)}))`)) },
  {
    name: "memory.grow by a page in each of many calls",
    wat: contract(forever(call())),
    callee: contract(`(drop (memory.grow (i32.const 255)))`),
  },
];

const hostCases = [
  ["qw_storage_read of nothing", `(drop (call $read ${i32(0)} ${i32(2_048)} ${i32(0)} ${i32(0)}))`],
  [
    "qw_storage_read of 100,000 bytes, none copied",
    `(drop (call $read ${i32(0)} ${i32(1)} ${i32(0)} ${i32(0)}))`,
    `(call $write ${i32(0)} ${i32(1)} ${i32(0)} ${i32(100_000)})`,
  ],
  [
    "qw_storage_read of 100,000 bytes",
    `(drop (call $read ${i32(0)} ${i32(1)} ${i32(0)} ${i32(100_000)}))`,
    `(call $write ${i32(0)} ${i32(1)} ${i32(0)} ${i32(100_000)})`,
  ],
  ["qw_storage_read, second form", `(drop (call $readWord ${i32(0)} ${i32(2_048)}))`],
  ["qw_storage_write of nothing", `(call $write ${i32(0)} ${i32(2_048)} ${i32(0)} ${i32(0)})`],
  [
    "qw_storage_write of a byte, new keys of 2,048",
    `(i32.store ${i32(0)} (local.tee $i (i32.add (local.get $i) ${i32(1)}))) (call $write ${i32(0)} ${i32(2_048)} ${i32(0)} ${i32(1)})`,
  ],
  ["qw_storage_write of 100,000 bytes", `(call $write ${i32(0)} ${i32(1)} ${i32(0)} ${i32(100_000)})`],
  ["qw_sha3_256 of nothing", `(call $sha3 ${i32(0)} ${i32(0)} ${i32(0)})`],
  ["qw_sha3_256 of a byte", `(call $sha3 ${i32(0)} ${i32(1)} ${i32(0)})`],
  ["qw_sha3_256 of 300,000 bytes", `(call $sha3 ${i32(0)} ${i32(300_000)} ${i32(0)})`],
  [
    "qw_dilithium_verify, not valid",
    `(drop (call $verify ${i32(0)} ${i32(0)} ${i32(0)} ${i32(3_309)} ${i32(8_000)} ${i32(1_952)}))`,
  ],
  [
    "qw_dilithium_verify, 4,096 bytes",
    `(drop (call $verify ${i32(0)} ${i32(4_096)} ${i32(0)} ${i32(3_309)} ${i32(8_000)} ${i32(1_952)}))`,
  ],
  [
    "qw_dilithium_verify, 300,000 bytes",
    `(drop (call $verify ${i32(0)} ${i32(300_000)} ${i32(0)} ${i32(3_309)} ${i32(8_000)} ${i32(1_952)}))`,
  ],
  [
    "qw_dilithium_verify, wrong lengths of 16 MB",
    `(drop (call $verify ${i32(0)} ${i32(0)} ${i32(0)} ${i32(MEMORY)} ${i32(0)} ${i32(MEMORY)}))`,
  ],
  ["qw_get_caller", `(call $caller ${i32(0)})`],
  ["qw_get_self", `(call $self ${i32(0)})`],
  ["qw_get_vrf", `(call $vrf ${i32(0)})`],
  ["qw_get_value", `(call $value ${i32(0)})`],
  ["qw_get_block_height", "(drop (call $height))"],
  ["qw_get_block_timestamp", "(drop (call $time))"],
  ["qw_get_chain_id", "(drop (call $chain))"],
  [
    "qw_get_balance of ever other accounts",
    `(i32.store ${i32(0)} (local.tee $i (i32.add (local.get $i) ${i32(1)}))) (call $balance ${i32(0)} ${i32(32)})`,
  ],
  [
    "qw_transfer to ever other accounts",
    `(i32.store ${i32(0)} (local.tee $i (i32.add (local.get $i) ${i32(1)}))) (drop (call $transfer ${i32(0)} ${i32(64)}))`,
  ],
  ["qw_emit_event of nothing", `(call $emit ${i32(0)} ${i32(0)} ${i32(0)} ${i32(0)})`],
  ["qw_emit_event of 100,000 bytes", `(call $emit ${i32(0)} ${i32(0)} ${i32(0)} ${i32(100_000)})`],
  ["qw_log of nothing", `(call $log ${i32(0)} ${i32(0)})`],
  ["qw_log of 16 MB", `(call $log ${i32(0)} ${i32(MEMORY)})`],
].map(([name, text, before = ""]) => ({ name, wat: contract(`${before} ${forever(text)}`, big()) }));

const calls = (args, result) => contract(forever(call(args, result)), big());
const result = (length) =>
  `(module (memory (export "memory") 256) (func (export "qw_alloc") (param i32) (result i32) i32.const 0) (func (export "init"))
    (func (export "execute") (param i32 i32 i32 i32) (result i64) (i64.const ${length}))
    (func (export "query") (param i32 i32) (result i64) (i64.const 0)) (@custom "qwvm.abi" "{}"))`;
const TEXT = `(i32.store (i32.const 65532) ${i32(16_000_000)}) (call $abort ${i32(65_536)} ${i32(65_536)} (i32.const 1) (i32.const 1))`;
const callCases = [
  { name: "call of nobody", wat: contract(forever(call())) },
  { name: "call of an empty contract", wat: calls(0, 0), callee: contract("") },
  { name: "call of one with 256 pages, as new", wat: calls(0, 0), callee: contract("", big()) },
  { name: "call of one that touches 250 pages, as new", wat: calls(0, 0), callee: contract(TOUCH, big()) },
  {
    name: "call of one with tables of 2,400 elements that it changes",
    wat: calls(0, 0),
    callee: contract("(table.set $t (i32.const 0) (ref.func $f))", { more: TABLES }),
  },
  {
    name: "call of one with 256 pages that are kept, unchanged",
    wat: calls(0, 0),
    callee: contract("", big()),
    memory: "kept",
  },
  {
    name: "call of one that touches 250 pages that are kept",
    wat: calls(0, 0),
    callee: contract(TOUCH, big()),
    memory: "kept",
  },
  {
    name: "call of itself, that touches 250 pages that are kept",
    wat: contract(
      `${TOUCH} (call $self (i32.const 1024)) (if (i32.eqz (local.get 3)) (then return)) ${forever(`${TOUCH} ${call()}`)}`,
      big(),
    ),
    memory: "kept",
  },
  { name: "call with 15 MB of arguments", wat: calls(15_000_000, 0), callee: contract("") },
  { name: "call that returns 16 MB, none copied", wat: calls(0, 0), callee: result(16_000_000) },
  { name: "call that returns 16 MB", wat: calls(0, 16_000_000), callee: result(16_000_000) },
  {
    name: "call that reverts with 16 MB",
    wat: calls(0, 16_000_000),
    callee: contract(`(call $revert (i32.const 0) ${i32(16_000_000)})`, big()),
  },
  { name: "call that aborts with 16 MB", wat: calls(0, 16_000_000), callee: contract(TEXT, big()) },
  { name: "call that traps", wat: calls(0, 0), callee: contract("unreachable") },
];

/** @returns `{ name, group, wat, callee?, memory? }` */
export const CASES = [
  ...operatorCases(),
  ...[...bulkCases, ...hostCases, ...callCases].map((entry) => ({ group: entry.name, ...entry })),
];
