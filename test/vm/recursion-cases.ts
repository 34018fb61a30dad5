// Recursion of every kind with the gas at which the counted stack ends it, by a sum: a frame is 32 bytes and 8 for each
// parameter, local and operand at the deepest, or half a byte for each operator if that is more; all frames of a transaction together may have 65,536. Run as a program it
// prints what it finds, so that stack-tiers.test.ts can run it under each of the engine's compilers.

import { Chain } from "../../harness/chain/chain.js";
import { addressToBytes } from "../../harness/core/address.js";
import { contract, deploy, execute } from "../fixtures/wat.js";

export interface RecursionCase {
  readonly name: string;
  readonly wat: string;
  /** A contract that gets its address as arguments. */
  readonly callee?: string;
  readonly stackBytes?: number;
  readonly status: "trapped" | "success";
  readonly gasUsed: number;
}

const LIMIT = 65_536;
/** With fewer bytes left at its start, a callee that runs out of stack traps its caller. */
const FOR_CALLEES = 16_384;
/** How many frames of a size fit above what is used already. */
const fits = (used: number, bytes: number, limit = LIMIT): number => Math.floor((limit - used) / bytes);

/** Without imports, so that the reference interpreter runs it as well. `execute` has four parameters: 64 bytes. */
const plain = (start: string, functions: string): string => `(module (memory (export "memory") 1) ${functions}
  (func (export "init")) (func $execute (export "execute") (param i32 i32 i32 i32) ${start})
  (func (export "query") (param i32 i32) (result i64) i64.const 0))`;
const calling = (start: string, functions = ""): string =>
  plain(start, functions).replace(
    "(module",
    `(module (import "env" "qw_call_contract" (func $call (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
     (import "env" "qw_get_self" (func $self (param i32)))`,
  );
/** Calls the contract at an address in memory: seven operands, call, drop. */
const CALL = "i32.const 0 i32.const 0 i32.const 0 i32.const 0 i32.const 0 i32.const 0 call $call drop";

const locals = (count: number, type: string): string => `(local ${`${type} `.repeat(count)})`;
const many = (count: number, text: string): string => `${text} `.repeat(count);

export const RECURSION: readonly RecursionCase[] = [
  { name: "direct", wat: plain("call $f", "(func $f call $f)"), status: "trapped", gasUsed: 1 + fits(64, 32) },
  {
    name: "mutual",
    wat: plain("call $f", "(func $f call $g) (func $g call $h) (func $h call $f)"),
    status: "trapped",
    gasUsed: 1 + fits(64, 32),
  },
  {
    // const, call_indirect; one operand.
    name: "through a table",
    wat: plain("call $f", "(table 1 funcref) (elem (i32.const 0) $f) (func $f i32.const 0 call_indirect)"),
    status: "trapped",
    gasUsed: 1 + 2 * fits(64, 40),
  },
  {
    // loop, call in the first round of each.
    name: "in a loop",
    wat: plain("call $f", "(func $f (loop call $f br 0))"),
    status: "trapped",
    gasUsed: 1 + 2 * fits(64, 32),
  },
  {
    // get, const, add, call, and the result: two operands. Of the frames that are entered all four are paid.
    name: "with a parameter and a result",
    wat: plain(
      "i32.const 0 call $f drop",
      "(func $f (param i32) (result i32) local.get 0 i32.const 1 i32.add call $f)",
    ),
    status: "trapped",
    gasUsed: 2 + 4 * fits(72, 32 + 8 + 16),
  },
  ...["i32", "i64", "f32", "f64"].map(
    (type): RecursionCase => ({
      name: `with 1,000 locals of ${type}`,
      wat: plain("call $f", `(func $f ${locals(1_000, type)} call $f)`),
      status: "trapped",
      gasUsed: 1 + fits(64, 8_032),
    }),
  ),
  {
    name: "with 500 operands below the call",
    wat: plain("call $f", `(func $f ${many(500, "i64.const 1")} call $f ${many(500, "drop")})`),
    status: "trapped",
    gasUsed: 1 + 501 * fits(64, 4_032),
  },
  {
    // 100 parameters and 100 operands; `execute` has 100 operands too.
    name: "with 100 parameters",
    wat: plain(
      `${many(100, "i64.const 1")} call $f`,
      `(func $f (param ${many(100, "i64")}) ${Array.from({ length: 100 }, (_, i) => `local.get ${i}`).join(" ")} call $f)`,
    ),
    status: "trapped",
    gasUsed: 101 + 101 * fits(864, 32 + 1_600),
  },
  {
    name: "with 100 results",
    wat: plain(`call $f ${many(100, "drop")}`, `(func $f (result ${many(100, "i64")}) call $f)`),
    status: "trapped",
    gasUsed: 1 + fits(864, 832),
  },
  {
    name: "with floats and their NaNs",
    // get, sqrt, set, call; one local and one operand.
    wat: plain("call $f", "(func $f (local f64) local.get 0 f64.sqrt local.set 0 call $f)"),
    status: "trapped",
    gasUsed: 1 + 4 * fits(64, 48),
  },
  {
    // Goes 100 deep and comes back, 1,000 times: hot code, and nothing left over. get, if, get, const, sub, call, end, end.
    name: "that comes back, a thousand times",
    wat: plain(
      "(loop i32.const 100 call $f local.get 0 i32.const 1 i32.add local.tee 0 i32.const 1000 i32.lt_u br_if 0) call $g",
      "(func $g call $g) (func $f (param i32) local.get 0 (if (then local.get 0 i32.const 1 i32.sub call $f)))",
    ),
    status: "trapped",
    // Each of 100 frames that go on: eight; the last: get, if, end. The loop: const, call, and seven; loop, its end, call.
    // `execute`: two operands, 80 bytes.
    gasUsed: 1 + 1_000 * (2 + 100 * 8 + 3 + 7) + 2 + fits(80, 32),
  },
  {
    // `execute` with two operands: 80; `$down` with two parameters and seven operands: 104, 501 times. The callee begins
    // where the caller is: 64 for its `execute`, 32 for each `$f`.
    name: "500 deep, and then in another contract",
    wat: calling(
      "i32.const 500 local.get 2 call $down",
      `(func $down (param i32 i32) local.get 0
         (if (then local.get 0 i32.const 1 i32.sub local.get 1 call $down return)) local.get 1 ${CALL})`,
    ),
    callee: plain("call $f", "(func $f call $f)"),
    // 65,536 - 80 - 501 * 104 are 13,352 bytes: the callee traps its caller, and nothing behind a call runs.
    status: "trapped",
    // const, get, call; 500 times get, if, get, const, sub, get, call; then get, if, seven operands, call. The callee, which keeps a page: its
    // calls.
    gasUsed: 3 + 500 * 7 + 10 + 100_000 + 100 + (1 + fits(80 + 501 * 104 + 64, 32)),
  },
  {
    // Each contract's `execute`: four parameters and seven operands, 120 bytes: eight of them in 1,024, and no ninth.
    name: "of contract calls alone, on a small stack",
    wat: calling(`i32.const 0 call $self i32.const 0 ${CALL}`),
    stackBytes: 1_024,
    // There are never 16,384 bytes left: what ends one ends all.
    status: "trapped",
    // const, call, 200, seven operands, call, 100,000, and 100 for the page of the kept memory.
    gasUsed: fits(0, 120, 1_024) * (2 + 200 + 8 + 100_000 + 100),
  },
  {
    // 65 contracts in each other, each first 15 deep (nothing but the last is given back).
    name: "in each of 65 contracts in each other",
    wat: calling(
      "i32.const 15 call $down",
      `(func $down (param i32) local.get 0
      (if (then local.get 0 i32.const 1 i32.sub call $down return)) i32.const 0 call $self i32.const 0 ${CALL})`,
    ),
    status: "success",
    // `execute`: four parameters, one operand: 72. `$down`: one parameter, seven operands, 96, sixteen times: 1,608 for each
    // contract: forty fit; the 41st gets as far as its frames do: it traps after 1,144 / 96 = 11 of them (72 for `execute`).
    gasUsed: inEachOf(LIMIT),
  },
];

/** The gas of the last case: contracts that fit whole, of which the last are trapped by their callees, and the one that does not. */
function inEachOf(limit: number): number {
  const whole = Math.floor(limit / (72 + 16 * 96));
  const left = limit - whole * (72 + 16 * 96);
  // const, call, end. Of `$down` fifteen: get, if, get, const, sub, call, return; the last: get, if, const, call, 200, seven,
  // call, drop, end, 100,000, and 100 for the page of the kept memory.
  const each = 3 + 15 * 7 + (2 + 2 + 200 + 10 + 100_000 + 100);
  // Of those with fewer than 16,384 bytes left at their call, nothing behind their calls runs: fifteen returns, drop, two ends.
  const trapped = whole - Math.floor((limit - FOR_CALLEES) / (72 + 16 * 96));
  // const and call; then each `$down` that fits runs up to its call: six.
  const partial = left >= 72 ? 2 + 6 * Math.floor((left - 72) / 96) : 0;
  return whole * each - trapped * 18 + partial;
}

/** What a case comes to, `times` in a row on one machine. */
export function runCase(
  { wat, callee, stackBytes }: RecursionCase,
  times: number,
): readonly { status: string; code: string | undefined; gasUsed: number }[] {
  const chain = new Chain(stackBytes === undefined ? {} : { limits: { stackBytes } });
  const args = callee === undefined ? new Uint8Array(0) : addressToBytes(deploy(chain, contract(callee)));
  const to = deploy(chain, contract(wat), { gasLimit: 100_000_000 });
  return Array.from({ length: times }, () => {
    const { status, failure, gasUsed } = execute(chain, to, "", args, { gasLimit: 100_000_000 });
    return { status, code: failure?.status === "trapped" ? failure.code : undefined, gasUsed };
  });
}

if (process.argv[1]?.endsWith("recursion-cases.ts") === true) {
  const found = RECURSION.map((one) => [...new Set(runCase(one, 10).map((outcome) => JSON.stringify(outcome)))]);
  console.log(JSON.stringify(found));
}
