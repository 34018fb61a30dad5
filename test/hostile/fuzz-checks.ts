// The checks of fuzzing, without a test runner, so that the bench can run them for minutes: damaged modules end the same way
// twice and in the machine's own words; generated modules, and damaged ones that still run, do what the reference interpreter
// says: result, trap and gas. A difference is an error that carries the module.

import { Chain } from "../../harness/chain/chain.js";
import { QwvmError } from "../../harness/core/errors.js";
import type { Receipt } from "../../harness/core/receipt.js";
import { decodeModule } from "../reference/decode-module.js";
import { type Bounds, ReferenceInstance } from "../reference/interpret.js";
import { generateModule } from "./generate-module.js";
import { concat, leb, name, section } from "./module-bytes.js";
import type { Random } from "./random.js";

const ALICE = `0x${"a".repeat(40)}` as const;
const NO_BYTES = new Uint8Array(0);
const GAS_LIMIT = 60_000;
const DEPLOYMENT_GAS = 100_000_000;
const PRICES = { memoryGrow: 100, bulk: 1 };
/** Small, so that recursion ends before the interpreter's own. */
const BOUNDS: Bounds = { memoryPages: 16, tableElements: 1_000, stackBytes: 16_384 };
const ENGINE_TEXT =
  /CompileError|RuntimeError|LinkError|RangeError|WebAssembly\.[A-Z]|Compiling function|wasm-function|@\+\d|bug in qwvm/;

/** How often each ending came. */
export type Tally = Map<string, number>;

/** A finding: what differs, and the module in base64. */
export class Difference extends Error {
  constructor(what: string, wasm: Uint8Array, cause?: unknown) {
    super(`${what}\nmodule: ${Buffer.from(wasm).toString("base64")}`, { cause });
  }
}

function count(tally: Tally, ending: string): void {
  tally.set(ending, (tally.get(ending) ?? 0) + 1);
}

/** One call's figures, as both sides have them. */
interface Figures {
  readonly status: string;
  readonly trap: string | undefined;
  readonly gasUsed: number;
  readonly answer: bigint | undefined;
}

/** Traps that engines do not tell apart are one. */
function trapName(code: string): string {
  if (code === "indirect call to null") return "indirect call type mismatch";
  return code === "integer overflow" ? "invalid conversion to integer" : code;
}

function figuresOf(receipt: Receipt): Figures {
  const { failure, status, gasUsed, result } = receipt;
  const trap = failure?.status === "trapped" ? trapName(failure.code) : undefined;
  const answer = result.length === 8 ? Buffer.from(result).readBigUInt64LE() : undefined;
  return { status, trap, gasUsed, answer };
}

export function call(chain: Chain, to: Receipt["to"], kind: "execute" | "query", gasLimit = GAS_LIMIT): Receipt {
  const message = { from: ALICE, value: 0n, gasLimit, to, method: "", args: NO_BYTES };
  return kind === "query" ? chain.query({ ...message, kind }) : chain.send({ ...message, kind });
}

export function deploy(
  wasm: Uint8Array,
  memory: "fresh" | "kept",
): { readonly chain: Chain; readonly receipt: Receipt } {
  const chain = new Chain({ limits: BOUNDS });
  const message = { from: ALICE, value: 0n, gasLimit: DEPLOYMENT_GAS, args: NO_BYTES, metadata: {}, memory };
  return { chain, receipt: chain.send({ ...message, kind: "deploy", artifact: { name: "Fuzzed", wasm } }) };
}

/** What the interpreter says of a call on an instance that has carried out some calls before. */
function expected(
  wasm: Uint8Array,
  before: readonly "execute"[],
  kind: "execute" | "query",
  gasLimit: number,
): Figures {
  const instance = new ReferenceInstance(wasm, PRICES, BOUNDS);
  for (const earlier of before) instance.call(earlier, [0, 0, 0, 0], GAS_LIMIT);
  const { results, trap, gasUsed } = instance.call(kind, kind === "query" ? [0, 0] : [0, 0, 0, 0], gasLimit);
  const status = trap === undefined ? "success" : trap === "out of gas" ? "out_of_gas" : "trapped";
  const answer = trap === undefined && kind === "query" ? BigInt.asUintN(64, results[0] as bigint) : undefined;
  return { status, trap: status === "trapped" ? trapName(trap as string) : undefined, gasUsed, answer };
}

function compare(wasm: Uint8Array, place: string, found: Figures, wanted: Figures): void {
  for (const key of ["status", "trap", "gasUsed", "answer"] as const) {
    if (found[key] === wanted[key]) continue;
    throw new Difference(`${place}: ${key} is ${found[key]}, the interpreter has ${wanted[key]}`, wasm);
  }
}

/** Generates the module of a seed and compares calls of it with the interpreter, at several gas limits. */
export function checkGenerated(seed: number, tally: Tally): void {
  const { wasm, changesTables } = generateModule(seed);
  try {
    const { chain, receipt } = deploy(wasm, "fresh");
    for (const kind of ["execute", "query"] as const) {
      const wanted = expected(wasm, [], kind, GAS_LIMIT);
      compare(wasm, `${kind}, seed ${seed}`, figuresOf(call(chain, receipt.to, kind)), wanted);
      count(tally, `generated: ${wanted.trap ?? wanted.status}`);
      // The edge, and somewhere below it.
      for (const gasLimit of [wanted.gasUsed, wanted.gasUsed - 1, wanted.gasUsed >> 1]) {
        if (gasLimit < 0) continue;
        const place = `${kind} with ${gasLimit} gas, seed ${seed}`;
        compare(wasm, place, figuresOf(call(chain, receipt.to, kind, gasLimit)), expected(wasm, [], kind, gasLimit));
      }
    }
    if (!changesTables) compareKept(wasm, `seed ${seed}`);
  } catch (error) {
    if (error instanceof Difference) throw error;
    throw new Difference(`seed ${seed}: ${String(error)}`, wasm, error);
  }
}

/** Several calls on one kept memory: those that failed never were, and queries leave nothing behind. */
function compareKept(wasm: Uint8Array, place: string): void {
  const { chain, receipt } = deploy(wasm, "kept");
  const done: "execute"[] = [];
  for (const [step, kind] of (["execute", "query", "execute", "query"] as const).entries()) {
    const wanted = expected(wasm, done, kind, GAS_LIMIT);
    compare(wasm, `kept, step ${step}, ${place}`, figuresOf(call(chain, receipt.to, kind)), wanted);
    if (kind === "execute" && wanted.status === "success") done.push(kind);
  }
}

/** Deploys and calls damaged bytes on two new machines; where they run and have no imports, the interpreter is asked as well. */
export function checkDamaged(wasm: Uint8Array, tally: Tally): void {
  try {
    const [first, second] = [attempt(wasm), attempt(wasm)];
    if (JSON.stringify(first.story) !== JSON.stringify(second.story)) {
      throw new Difference(`two runs differ: ${JSON.stringify(first.story)} and ${JSON.stringify(second.story)}`, wasm);
    }
    for (const line of first.story) {
      if (ENGINE_TEXT.test(line)) throw new Difference(`engine text: ${line}`, wasm);
    }
    count(tally, `damaged: ${(first.story.at(-1) as string).split(" ", 1)[0]}`);
    if (first.figures !== undefined && isPlain(wasm)) {
      compare(wasm, "damaged, execute", first.figures, expected(wasm, [], "execute", GAS_LIMIT));
      count(tally, "damaged: compared with the interpreter");
    }
  } catch (error) {
    if (error instanceof Difference) throw error;
    throw new Difference(String(error), wasm, error);
  }
}

/** What happened, as texts, and the figures of `execute` if it could be called. */
function attempt(wasm: Uint8Array): { readonly story: readonly string[]; readonly figures?: Figures } {
  const story: string[] = [];
  const tell = (receipt: Receipt): void => {
    const { status, gasUsed, failure, result } = receipt;
    const why = failure === undefined ? "" : JSON.stringify({ ...failure, frames: failure.frames });
    story.push(`${status} ${gasUsed} ${why} ${Buffer.from(result.subarray(0, 64)).toString("hex")}`);
  };
  let deployed: ReturnType<typeof deploy>;
  try {
    deployed = deploy(wasm, "fresh");
  } catch (error) {
    if (!(error instanceof QwvmError)) throw error;
    return { story: [`${error.code} ${error.message}`] };
  }
  const { chain, receipt } = deployed;
  tell(receipt);
  if (receipt.status !== "success") return { story };
  const executed = call(chain, receipt.to, "execute");
  tell(call(chain, receipt.to, "query"));
  tell(executed);
  // Without storage, a second call finds everything as the first one did.
  const again = isPlain(wasm) ? call(chain, receipt.to, "execute") : executed;
  if (again.gasUsed !== executed.gasUsed || again.status !== executed.status) {
    throw new Difference(`a second call differs: ${executed.gasUsed} gas and then ${again.gasUsed}`, wasm);
  }
  return { story, figures: figuresOf(executed) };
}

/** Whether the interpreter takes the module: no imports, no start function, no result of `execute`. */
function isPlain(wasm: Uint8Array): boolean {
  try {
    return !sectionsOf(wasm).some(({ id }) => id === 2 || id === 8);
  } catch {
    return false;
  }
}

interface Section {
  readonly id: number;
  readonly contents: Uint8Array;
}

/** The sections of a module whose sizes are right. */
export function sectionsOf(wasm: Uint8Array): Section[] {
  const found: Section[] = [];
  for (let at = 8; at < wasm.length; ) {
    const id = wasm[at++] as number;
    const [size, start] = readLeb(wasm, at);
    found.push({ id, contents: wasm.subarray(start, start + size) });
    at = start + size;
  }
  return found;
}

function readLeb(bytes: Uint8Array, start: number): readonly [value: number, end: number] {
  let value = 0;
  for (let at = start, scale = 1; ; at++, scale *= 128) {
    const byte = bytes[at] as number;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return [value, at + 1];
  }
}

/**
 * Makes a contract of a module without imports: `execute` calls one of its functions with zeros, `init` and `query` are
 * added, and a memory if there is none.
 */
export function asContract(
  wasm: Uint8Array,
  callee: { readonly index: number; readonly params: readonly number[]; readonly results: number },
): Uint8Array {
  const sections = new Map(sectionsOf(wasm).flatMap(({ id, contents }) => (id === 0 ? [] : [[id, contents] as const])));
  const counted = (id: number): readonly [number, Uint8Array] => {
    const contents = sections.get(id);
    if (contents === undefined) return [0, NO_BYTES];
    const [size, start] = readLeb(contents, 0);
    return [size, contents.subarray(start)];
  };
  const [types, typeEntries] = counted(1);
  const [functions, functionEntries] = counted(3);
  const [bodies, bodyEntries] = counted(10);
  const zeros = callee.params.map(
    (type) =>
      ({ 127: [0x41, 0], 126: [0x42, 0], 125: [0x43, 0, 0, 0, 0], 124: [0x44, 0, 0, 0, 0, 0, 0, 0, 0] })[type] ?? [
        0xd0,
        type,
      ],
  );
  const drops = new Array<number>(callee.results).fill(0x1a);
  const execute = concat([0], ...zeros, [0x10], leb(callee.index), drops, [0x0b]);
  const replaced = new Map<number, Uint8Array>([
    [
      1,
      concat(
        leb(types + 3),
        typeEntries,
        [0x60, 0, 0],
        [0x60, 4, 0x7f, 0x7f, 0x7f, 0x7f, 0],
        [0x60, 2, 0x7f, 0x7f, 1, 0x7e],
      ),
    ],
    [3, concat(leb(functions + 3), functionEntries, leb(types), leb(types + 1), leb(types + 2))],
    [
      7,
      concat(
        [4],
        name("memory"),
        [2, 0],
        name("init"),
        [0],
        leb(functions),
        name("execute"),
        [0],
        leb(functions + 1),
        name("query"),
        [0],
        leb(functions + 2),
      ),
    ],
    [10, concat(leb(bodies + 3), bodyEntries, [2, 0, 0x0b], leb(execute.length), execute, [4, 0, 0x42, 0, 0x0b])],
  ]);
  if (!sections.has(5)) replaced.set(5, new Uint8Array([1, 0, 1]));
  const order = [1, 3, 4, 5, 6, 7, 8, 9, 12, 10, 11];
  const parts = order.flatMap((id) => {
    const contents = replaced.get(id) ?? sections.get(id);
    return contents === undefined ? [] : [section(id, contents)];
  });
  return concat(wasm.subarray(0, 8), ...parts);
}

/** Modules to damage: contracts as they are, and contracts made of modules that export functions of numbers. */
export function corpusOf(
  contracts: readonly Uint8Array[],
  modules: readonly { readonly wasm: Uint8Array; readonly calls: readonly { readonly export: string }[] }[],
): Uint8Array[] {
  const made = modules.flatMap(({ wasm, calls }) => {
    const { exports, functionTypes, types } = decodeModule(wasm);
    const callee = exports.find(({ kind, name }) => kind === 0 && name === calls[0]?.export);
    const type = callee && types[functionTypes[callee.index] as number];
    if (callee === undefined || type === undefined) return [];
    const codes = { i32: 127, i64: 126, f32: 125, f64: 124, funcref: 112, externref: 111 };
    const params = type.params.map((param) => codes[param]);
    return [asContract(wasm, { index: callee.index, params, results: type.results.length })];
  });
  return [...contracts, ...made];
}

/** Damages a module in one to six places: bits, bytes, numbers at their limits, pieces taken out, doubled or moved. */
export function damage(wasm: Uint8Array, random: Random, other: Uint8Array): Uint8Array {
  let bytes = wasm;
  for (let times = 1 + random.below(random.chance(70) ? 2 : 6); times > 0; times--)
    bytes = damageOnce(bytes, random, other);
  return bytes;
}

const EDGES = [0x00, 0x01, 0x0b, 0x3f, 0x40, 0x7f, 0x80, 0xff, 0xfc, 0x10, 0x11, 0x23, 0x24, 0x70, 0x0e, 0x05, 0xd2];

function damageOnce(wasm: Uint8Array, random: Random, other: Uint8Array): Uint8Array {
  if (wasm.length < 12) return wasm;
  // The header and what is cut off at the end teach little: mostly the middle is hit.
  const at = random.chance(97) ? 8 + random.below(wasm.length - 8) : random.below(wasm.length);
  const length = 1 + random.below(random.chance(80) ? 4 : 64);
  const end = Math.min(wasm.length, at + length);
  switch (random.below(8)) {
    case 0:
    case 1: {
      const flipped = wasm.slice();
      flipped[at] = (flipped[at] as number) ^ (1 << random.below(8));
      return flipped;
    }
    case 2:
    case 3: {
      const set = wasm.slice();
      set[at] = random.chance(50) ? random.pick(EDGES) : random.below(256);
      return set;
    }
    case 4:
      return concat(wasm.subarray(0, at), wasm.subarray(end));
    case 5:
      return concat(wasm.subarray(0, end), wasm.subarray(at));
    case 6: {
      const from = random.below(other.length);
      return concat(
        wasm.subarray(0, at),
        other.subarray(from, from + length),
        wasm.subarray(random.chance(50) ? at : end),
      );
    }
    default:
      return concat(
        wasm.subarray(0, at),
        random.pick([[0xff, 0xff, 0xff, 0xff, 0x0f], [0x80, 0x80, 0x80, 0x80, 0x08], [0x80, 0x00], [0xff]]),
        wasm.subarray(at + 1),
      );
  }
}

/** Generates a module to be damaged. */
export function generated(seed: number): Uint8Array {
  return generateModule(seed).wasm;
}
