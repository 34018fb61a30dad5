// One transaction of a case of memory.mjs, in a process of its own: prints how it ended, how deep it came, and the most memory
// that the process ever had. Argument: the case as JSON.

import loadWabt from "wabt";
import { createQwvm } from "../../dist/index.js";

/**
 * A contract of 16 MB. Its arguments, u8 where nothing else is said: 0 how deep to call; 4 every how many bytes to change one, 0
 * for all of them (u32); 8 whether to fail at the end, 9 whether to call the leaf first, 10 how often the first level calls; then
 * addresses: 12 whom to call, 32 whom that one calls, 52 the leaf.
 */
const level = (pages) => `(module
  (import "env" "qw_call_contract" (func $call (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") ${pages} 256)
  (func (export "qw_alloc") (param i32) (result i32) (i32.const 1024))
  (func (export "init"))
  (func $send (param $target i32) (param $depth i32)
    (i32.store8 (i32.const 4096) (local.get $depth))
    (i32.store8 (i32.const 4106) (i32.const 1))
    (memory.copy (i32.const 4108) (i32.const 2080) (i32.const 20))
    (memory.copy (i32.const 4128) (i32.const 2060) (i32.const 20))
    (drop (call $call (local.get $target) (i32.const 0) (i32.const 0) (i32.const 4096) (i32.const 96) (i32.const 0) (i32.const 0))))
  (func (export "execute") (param $m i32) (param $ml i32) (param $a i32) (param $al i32)
    (local $depth i32) (local $stride i32) (local $at i32) (local $times i32)
    (local.set $depth (i32.load8_u (i32.const 1024)))
    (local.set $stride (i32.load (i32.const 1028)))
    (local.set $times (i32.load8_u (i32.const 1034)))
    (if (i32.lt_u (memory.size) (i32.const 256))
      (then (drop (memory.grow (i32.sub (i32.const 256) (memory.size))))))
    (memory.copy (i32.const 2048) (i32.const 1024) (i32.const 96))
    (memory.copy (i32.const 4096) (i32.const 1024) (i32.const 96))
    (if (local.get $stride)
      (then
        (local.set $at (i32.const 8192))
        (loop $next
          (i32.store8 (local.get $at) (i32.add (i32.load8_u (local.get $at)) (i32.add (local.get $depth) (i32.const 1))))
          (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (local.get $stride))) (i32.const 16777216)))))
      (else (memory.fill (i32.const 8192) (i32.add (local.get $depth) (i32.const 1)) (i32.const 16769024))))
    (if (local.get $depth)
      (then
        (if (i32.load8_u (i32.const 2057)) (then (call $send (i32.const 4148) (i32.const 0))))
        (loop $again
          (call $send (i32.const 2060) (i32.sub (local.get $depth) (i32.const 1)))
          (br_if $again (i32.gt_s (local.tee $times (i32.sub (local.get $times) (i32.const 1))) (i32.const 0))))))
    (if (i32.load8_u (i32.const 4104)) (then (unreachable))))
  (func (export "query") (param i32 i32 i32 i32) (result i64) (i64.const 0)))`;

const task = JSON.parse(process.argv[2]);
const { memory, depth, stride, fails = false, leaf = false, times = 1, contracts = 1, pages = 256, before = 0 } = task;
const wabt = await loadWabt();
const parsed = wabt.parseWat("level.wat", level(pages), { bulk_memory: true });
const wasm = new Uint8Array(parsed.toBinary({}).buffer);
parsed.destroy();

const vm = createQwvm();
const levels = Array.from({ length: contracts + 1 }, () => vm.deployWasm(wasm, { memory }));
const bytesOf = (contract) => Buffer.from(contract.address.slice(2), "hex");
const args = new Uint8Array(96);
args[0] = depth;
new DataView(args.buffer).setUint32(4, stride, true);
args[8] = fails ? 1 : 0;
args[9] = leaf ? 1 : 0;
args[10] = times;
for (const [i, contract] of [levels[0], levels[contracts - 1], levels[contracts]].entries())
  args.set(bytesOf(contract), 12 + 20 * i);
for (let i = 0; i < before; i++) levels[0].receipt("execute", "", args);
const receipt = levels[0].receipt("execute", "", args);

const depthOf = (frame) => Math.max(0, ...frame.calls.map((call) => 1 + depthOf(call)));
const framesOf = (frame) => frame.calls.reduce((sum, call) => sum + framesOf(call), 1);
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
console.log(
  JSON.stringify({
    status: receipt.status,
    gas: receipt.gasUsed,
    depth: depthOf(receipt.trace),
    frames: framesOf(receipt.trace),
    megabytes: Math.round(maxRSS / 1024),
    cpuMs: Math.round((userCPUTime + systemCPUTime) / 1000),
  }),
);
