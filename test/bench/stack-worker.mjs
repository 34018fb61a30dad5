// One engine, one set of its flags: functions whose native frames are as large as somebody could make them, recursing until
// the counted stack ends, alone and in the innermost of 64 contracts, before and after the engine has optimised them. Prints
// what each came to, and how much of the native stack was left where it was deepest.

import loadWabt from "wabt";
import { Chain } from "../../dist/chain/chain.js";
import { address } from "../../dist/core/address.js";
import { DeepStack } from "../../dist/vm/deep-stack.js";

const wabt = await loadWabt();
const alice = address("alice");
const STACK_KB = Number(process.env.QWVM_STACK_KB ?? 984);
const WARMING = Number(process.env.QWVM_WARMING ?? 1_500);
const CHAIN = { kind: "execute", from: alice, value: 0n, gasLimit: 100_000_000 };

const many = (count, text) => Array.from({ length: count }, (_, i) => text(i)).join(" ");
/** Uses values, of which the engine learns nothing: 20 at a time go to a function that is too long to be inlined. */
const used = (count, type, value) => many(count / 20, (k) => `${many(20, (i) => value(k * 20 + i))} call $use_${type}`);
const USES = ["i32", "i64", "f64"].map((type) => {
  const sum = many(
    20,
    (i) =>
      `local.get ${i} ${type === "f64" ? "i64.trunc_sat_f64_s" : type === "i32" ? "i64.extend_i32_u" : ""} i64.add`,
  );
  return `(func $use_${type} (param ${many(20, () => type)}) global.get $sum ${sum} ${many(200, (i) => `i64.const ${i} i64.xor`)} global.set $sum)`;
});
const unary = ["clz", "ctz", "popcnt", "extend8_s", "extend16_s", "extend32_s"];

/** By name: what stands on both sides of the recursion, with the parameters 1 and on; and their types. */
const SHAPES = {
  nothing: { params: [], body: "" },
  "1,000 products of a parameter": {
    params: ["i64"],
    body: `i64.const 0 ${many(1_000, (i) => `local.get 1 i64.const ${2 * i + 3} i64.mul i64.add`)} drop ${used(1_000, "i64", (i) => `local.get 1 i64.const ${2 * i + 3} i64.mul`)}`,
  },
  "operators of one operand on 40 parameters": {
    params: many(40, () => "i64").split(" "),
    body: used(240, "i64", (i) => `local.get ${1 + (i % 40)} i64.${unary[Math.floor(i / 40)]}`),
  },
  "truncations of 40 parameters": {
    params: many(40, () => "f64").split(" "),
    body: `${used(80, "i64", (i) => `local.get ${1 + (i % 40)} i64.trunc_sat_f64_${i < 40 ? "s" : "u"}`)} ${used(80, "i32", (i) => `local.get ${1 + (i % 40)} i32.trunc_sat_f64_${i < 40 ? "s" : "u"}`)}`,
  },
  "roots of roots": {
    params: ["f64"],
    body: `local.get 1 ${many(300, () => "f64.sqrt local.tee $f1 local.get $f1")} ${many(300, () => "drop")} drop ${used(300, "f64", (i) => (i === 0 ? "local.get 1 f64.sqrt local.tee $f1" : "local.get $f1 f64.sqrt local.tee $f1"))}`,
  },
  "400 immutable globals": { params: [], body: used(400, "i64", (i) => `global.get $g${i}`), globals: 400 },
  "300 immutable globals in a loop": {
    params: [],
    body: "",
    inLoop: many(150, (i) => `global.get $h${i} global.get $g${i} i64.store`),
    globals: 150,
  },
  "calls of a function that is inlined": {
    params: many(10, () => "i64").split(" "),
    body: many(4, () => `${many(10, (i) => `local.get ${i + 1}`)} call $small`),
  },
  "functions inlined into one of many loops": {
    params: [],
    before: many(80, () => "(loop)"),
    body: many(4, (i) => `call $part${i}`),
    globals: 240,
    parts: 4,
  },
  "90 parameters": { params: many(90, () => "i64").split(" "), body: "" },
  "1,000 locals": { params: [], body: many(1_000, (i) => `local.get $l${i} drop`), locals: 1_000 },
};

function moduleOf({ params, before = "", body, inLoop, globals = 0, locals = 0, parts = 0 }) {
  const type = `(param i32 ${params.join(" ")}) (result i64)`;
  const again = `${["local.get 0 i32.const 1 i32.sub", ...params.map((_, i) => `local.get ${i + 1}`)].join(" ")} i32.const 0 call_indirect (type $t)`;
  const recursion =
    inLoop === undefined
      ? `${before} ${body} ${again} ${body}`
      : `(loop (result i64) ${inLoop} ${again} local.tee $i i64.const 77 i64.eq br_if 0 local.get $i)`;
  const start = ["local.get 3", ...params.map((type, i) => `${type}.const ${1_000 + 77 * i}`)].join(" ");
  return `(module
    (import "env" "qw_get_caller" (func $caller (param i32)))
    (import "env" "qw_get_self" (func $self (param i32)))
    (import "env" "qw_call_contract" (func $call (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
    (memory (export "memory") 2) (type $t (func ${type})) (table 1 funcref) (elem (i32.const 0) $f)
    (global $sum (mut i64) (i64.const 1))
    ${many(globals, (i) => `(global $g${i} i64 (i64.const ${i + 5})) (global $h${i} i32 (i32.const ${8 * i}))`)}
    ${USES.join("\n")}
    ${many(parts, (k) => `(func $part${k} global.get $sum ${many(60, (i) => `i64.const 3 i64.mul global.get $g${k * 60 + i} i64.xor`)} global.set $sum)`)}
    (func $small (param ${many(10, () => "i64")}) i64.const 0
      ${many(
        10,
        (i) =>
          `${unary
            .slice(0, 3)
            .map((name) => `local.get ${i} i64.${name} i64.add`)
            .join(" ")}`,
      )} global.set $sum)
    (func $f ${type} (local $f1 f64) (local $i i64) ${many(locals, (i) => `(local $l${i} i64)`)}
      i32.const 0 call $caller
      local.get 0 i32.eqz (if (then i64.const 1 return)) ${recursion})
    (func (export "init"))
    (func (export "execute") (param i32 i32 i32 i32) (result i64)
      local.get 1 i32.eqz (if (then ${start} call $f drop i64.const 0 return))
      i32.const 0 call $self
      i32.const 0 local.get 0 local.get 1 i32.const 1 i32.sub local.get 2 local.get 3 i32.const 0 i32.const 0 call $call drop i64.const 0)
    (func (export "qw_alloc") (param i32) (result i32) i32.const 65536)
    (func (export "query") (param i32 i32) (result i64) i64.const 0))`;
}

/** Calls itself until the stack ends: how often. */
function framesLeft() {
  let count = 0;
  const dive = () => {
    count++;
    dive();
  };
  try {
    dive();
  } catch {}
  return count;
}

let replays = 0;
const { run } = DeepStack.prototype;
DeepStack.prototype.run = function (step) {
  replays++;
  return run.call(this, step);
};

for (let i = 0; i < 200; i++) framesLeft();
const all = framesLeft();
const found = {};
for (const [name, shape] of Object.entries(SHAPES)) {
  const parsed = wabt.parseWat(name, moduleOf(shape), {
    sat_float_to_int: true,
    sign_extension: true,
    reference_types: true,
  });
  const chain = new Chain();
  const wasm = new Uint8Array(parsed.toBinary({}).buffer);
  const { to } = chain.send({
    ...CHAIN,
    kind: "deploy",
    artifact: { name: "Shape", wasm },
    args: new Uint8Array(0),
    metadata: {},
    memory: "fresh",
  });
  let least = all;
  const call = (nested, deep, isWatched) => {
    const watch = ({ name }) => {
      if (name === "qw_get_caller") least = Math.min(least, framesLeft());
    };
    const stop = isWatched ? chain.addObserver({ hostCall: watch }) : () => {};
    const { status, failure, gasUsed } = chain.send({
      ...CHAIN,
      to,
      method: "x".repeat(nested),
      args: new Uint8Array(deep),
    });
    stop();
    return `${status} ${failure?.code ?? ""} ${gasUsed}`;
  };
  const before = replays;
  const outcomes = { alone: new Set(), nested: new Set() };
  const both = (isWatched) => {
    outcomes.alone.add(call(0, 4_000, isWatched));
    outcomes.nested.add(call(64, 4_000, isWatched));
  };
  both(false);
  for (let i = 0; i < WARMING; i++) call(0, 3, false);
  await new Promise((resolve) => setTimeout(resolve, 500));
  both(false);
  const unwatched = replays;
  both(true);
  found[name] = {
    outcomes: [...outcomes.alone, ...outcomes.nested],
    isOne: outcomes.alone.size === 1 && outcomes.nested.size === 1,
    leftKb: replays > unwatched ? 0 : Math.round((STACK_KB * least) / all),
    replays: unwatched - before,
  };
}
console.log(JSON.stringify(found));
