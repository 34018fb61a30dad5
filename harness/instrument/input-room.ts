// Where the inputs of a module's calls can lie when it exports no `qw_alloc`: in pages that the VM adds at the memory's
// end. They must not be what the module's own allocator believes to own, so this looks at how the code learns of its
// memory. Who never asks for the memory's size takes what `memory.grow` answers (Rust's allocators, zig's). Who asks for it
// and goes on where `memory.grow` says (wasi-libc's) is told the size without the inputs. Who asks, and only looks whether
// memory has grown (AssemblyScript's, walloc), takes what comes after that size, whatever it is: refused. Where nothing
// can be said beforehand, the VM looks whether the pages of the inputs are whole when a call has ended.

import type { Limits } from "../core/limits.js";
import { printableName } from "../core/printable.js";
import { ByteReader } from "./byte-reader.js";
import { readFunctionNames } from "./function-names.js";
import type { ModuleShape } from "./module-shape.js";
import { OP } from "./opcodes.js";
import { atByte, refusal } from "./refusals.js";
import { walkExpression } from "./walk-operators.js";

const REMEDY =
  "Export qw_alloc(length) -> pointer, which allocates room for one input: heap.alloc(length) in AssemblyScript, malloc(length) in C.";

/**
 * What the VM does about the pages with the inputs: nothing; looks after each call whether they are whole; or, beside that,
 * has the code believe that the memory ends before them.
 */
export type InputCare = "safe" | "guarded" | "hidden";

/** One operator as far as it matters here. `number`: a local, a function, or the value of a small constant. */
interface Step {
  readonly opcode: number;
  readonly number: number;
  readonly offset: number;
}

/** What becomes of the answer of a `memory.grow`. */
type Use = "taken" | "returned" | "tested" | "dropped";

const DROP = 0x1a;
const [I32_EQZ, I32_EQ, I32_NE, I32_GE_U, I64_EXTEND_S, I64_EXTEND_U, I64_ADD] = [
  0x45, 0x46, 0x47, 0x4f, 0xac, 0xad, 0x7c,
];

/**
 * Checks that a module without `qw_alloc` can be given its inputs.
 * @throws QwvmError `MEMORY_TOO_LARGE` when there is no page left for them, `MISSING_EXPORT` when its allocator would take them
 */
export function checkInputRoom(shape: ModuleShape, limits: Limits, name: string): InputCare {
  checkPages(shape, limits, name);
  const bodies = new Map<number, readonly Step[]>();
  for (let i = 0; i < shape.bodies.length; i++) {
    if (looksAtMemory(shape, i)) bodies.set(shape.importedFunctions + i, readSteps(shape, i));
  }
  const hasBound = [...bodies.values()].some((steps) => steps.some((_, i) => isBound(steps, i)));
  if (!hasBound) return "safe";
  const blind = findBlindGrowth(shape, bodies);
  if (blind === undefined) return "hidden";
  if (blind.use === "dropped") return "guarded";
  const known = readFunctionNames(shape.bytes).get(blind.index);
  const shown = known === undefined ? "" : ` (${printableName(known)})`;
  const place = `function ${blind.index}${shown}, ${atByte(blind.offset)}`;
  const message = `it exports no qw_alloc, and its allocator would take the pages with its calls' inputs for its own: it looks for the pages that memory.grow gives where the memory ended before (${place}).`;
  throw refusal("MISSING_EXPORT", name, message, REMEDY);
}

function checkPages(shape: ModuleShape, { memoryPages }: Limits, name: string): void {
  const memory = shape.memories[0];
  if (memory === undefined) return;
  const most = Math.min(memory.max ?? memoryPages, memoryPages);
  if (memory.min < most) return;
  const message = `its memory begins with ${memory.min} pages of the ${most} that it may have, so there is no room for the inputs of its calls (${atByte(memory.offset)}).`;
  const hint = `Let it begin with fewer than ${memoryPages} pages of 64 KiB and grow by one page at least, or export qw_alloc(length) -> pointer.`;
  throw refusal("MEMORY_TOO_LARGE", name, message, hint);
}

/** Whether the body may hold an operator on the memory's size: a look at its bytes alone. */
function looksAtMemory(shape: ModuleShape, index: number): boolean {
  const { start, end } = shape.bodies[index] as { start: number; end: number };
  for (let i = start; i < end - 1; i++) {
    const byte = shape.bytes[i];
    if ((byte === OP.memorySize || byte === OP.memoryGrow) && shape.bytes[i + 1] === 0) return true;
  }
  return false;
}

function readSteps(shape: ModuleShape, index: number): readonly Step[] {
  const { start, end } = shape.bodies[index] as { start: number; end: number };
  const reader = new ByteReader(shape.bytes, start, end);
  for (let groups = reader.u32(); groups > 0; groups--) {
    reader.skipLeb();
    reader.skip(1);
  }
  const steps: Step[] = [];
  walkExpression(reader, ({ opcode, offset }) => {
    const immediate = new ByteReader(shape.bytes, offset + 1, end);
    const isIndex = (opcode >= OP.localGet && opcode <= OP.localTee) || opcode === OP.call;
    const number = isIndex ? immediate.u32() : opcode === OP.i32Const ? immediate.s33() : 0;
    steps.push({ opcode, number, offset });
  });
  return steps;
}

/** Whether the size that an operator gives may become an address: not when it is dropped, told, or compared with a number. */
function isBound(steps: readonly Step[], at: number): boolean {
  const opcode = steps[at]?.opcode;
  const asksSize = opcode === OP.memoryGrow && isZero(steps[at - 1]);
  if (opcode !== OP.memorySize && !asksSize) return false;
  const next = steps[at + 1];
  const after = steps[at + 2]?.opcode;
  if (next?.opcode === DROP) return false;
  if (next?.opcode === OP.i32Const && (after === I32_EQ || after === I32_NE)) return false;
  const isWide = next?.opcode === I64_EXTEND_S || next?.opcode === I64_EXTEND_U;
  return !(isWide && (after === undefined || after === I64_ADD));
}

const isZero = (step: Step | undefined): boolean => step?.opcode === OP.i32Const && step.number === 0;

/** A growth of which the code does not learn where the new pages are, though it may ask whether there are any. */
interface BlindGrowth {
  readonly use: Use;
  readonly index: number;
  readonly offset: number;
}

/** The first of those that are tested, else of those whose answer is dropped. */
function findBlindGrowth(shape: ModuleShape, bodies: ReadonlyMap<number, readonly Step[]>): BlindGrowth | undefined {
  let found: BlindGrowth | undefined;
  const note = (use: Use, index: number, offset: number): void => {
    const isWorse = use === "tested" ? found?.use !== "tested" : use === "dropped" && found === undefined;
    if (isWorse) found = { use, index, offset };
  };
  const wrappers = new Set<number>();
  for (const [index, steps] of bodies) {
    const uses = new Uses(steps);
    for (const [i, { opcode, offset }] of steps.entries()) {
      if (opcode !== OP.memoryGrow || isZero(steps[i - 1])) continue;
      const use = uses.of(i + 1);
      if (use === "returned") wrappers.add(index);
      else note(use, index, offset);
    }
  }
  for (let i = 0; wrappers.size > 0 && i < shape.bodies.length; i++) {
    const index = shape.importedFunctions + i;
    const steps = bodies.get(index) ?? readSteps(shape, i);
    const uses = new Uses(steps);
    for (const [at, { opcode, number, offset }] of steps.entries()) {
      if (opcode !== OP.call || !wrappers.has(number)) continue;
      note(uses.of(at + 1), index, offset);
    }
  }
  return found;
}

/** What becomes of values in one body: of the use that says most of a value, wherever in the body it is. */
class Uses {
  readonly #steps: readonly Step[];
  #ofLocals: Map<number, Use> | undefined;

  constructor(steps: readonly Step[]) {
    this.#steps = steps;
  }

  /** What becomes of the value on top of the stack before the operator number `at`. */
  of(at: number): Use {
    this.#ofLocals ??= this.#readLocals();
    let found: Use = "dropped";
    for (let i = at; ; i++) {
      const step = this.#steps[i];
      if (step?.opcode !== OP.localTee && step?.opcode !== OP.localSet) return better(found, this.#plain(i));
      found = better(found, this.#ofLocals.get(step.number) ?? "dropped");
      if (step.opcode === OP.localSet) return found;
    }
  }

  #readLocals(): Map<number, Use> {
    const uses = new Map<number, Use>();
    for (const [i, { opcode, number }] of this.#steps.entries()) {
      if (opcode === OP.localGet) uses.set(number, better(uses.get(number) ?? "dropped", this.#plain(i + 1)));
    }
    return uses;
  }

  /** As `of`; what goes into a local is taken for used. */
  #plain(at: number): Use {
    const step = this.#steps[at];
    if (step === undefined || step.opcode === OP.return) return "returned";
    if (step.opcode === DROP) return "dropped";
    if (isComparison(step.opcode) || step.opcode === OP.if || step.opcode === OP.brIf) return "tested";
    return step.opcode === OP.i32Const && isComparison(this.#steps[at + 1]?.opcode ?? 0) ? "tested" : "taken";
  }
}

const USES: readonly Use[] = ["dropped", "tested", "returned", "taken"];

const better = (a: Use, b: Use): Use => (USES.indexOf(a) > USES.indexOf(b) ? a : b);

const isComparison = (opcode: number): boolean => opcode >= I32_EQZ && opcode <= I32_GE_U;
