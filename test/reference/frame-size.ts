// How large a function's frame is, by the machine's rule: 8 bytes for each parameter, local and operand at the deepest, and
// 32; half a byte for each operator where that is more. Found by walking the operators once with the height of the stack
// alone; code that cannot run has no operands and no size.

import type { CodeBody, DecodedModule, FunctionType, Instruction } from "./decode-module.js";
import { NUMERIC } from "./numeric-ops.js";

const SLOT = 8;
const OVERHEAD = 32;

export function frameBytes(module: DecodedModule, { type, locals, code }: CodeBody): number {
  const { height, operators } = measure(module, code);
  return Math.max((type.params.length + locals.length + height) * SLOT + OVERHEAD, Math.ceil(operators / 2));
}

/** The deepest operand stack, and the operators that can be reached. */
function measure(module: DecodedModule, code: readonly Instruction[]): { height: number; operators: number } {
  let operators = 0;
  const blocks: { readonly base: number; readonly type: FunctionType; readonly dead: boolean }[] = [];
  let height = 0;
  let most = 0;
  let dead = false;
  for (const instruction of code) {
    const { op } = instruction;
    if (!dead) operators++;
    if (op >= 0x02 && op <= 0x04) {
      const type = instruction.type as FunctionType;
      if (op === 0x04) height--;
      blocks.push({ base: dead ? 0 : height - type.params.length, type, dead });
    } else if (op === 0x05 || op === 0x0b) {
      const block = op === 0x05 ? blocks.at(-1) : blocks.pop();
      if (block === undefined) break;
      dead = block.dead;
      height = block.base + (op === 0x05 ? block.type.params : block.type.results).length;
    } else {
      const [pops, pushes] = effect(module, instruction);
      height += pushes - pops;
    }
    if (!dead) most = Math.max(most, height);
    // unreachable, br, br_table, return
    if (op === 0x00 || op === 0x0c || op === 0x0e || op === 0x0f) dead = true;
  }
  return { height: most, operators };
}

/** How many operands an operator takes and leaves. */
function effect(module: DecodedModule, { op, args }: Instruction): readonly [pops: number, pushes: number] {
  const numeric = NUMERIC[op];
  if (numeric !== undefined) return [numeric.arity, 1];
  if (op === 0x10 || op === 0x11) {
    const index = op === 0x10 ? (module.functionTypes[Number(args[0])] as number) : Number(args[0]);
    const { params, results } = module.types[index] as FunctionType;
    return [params.length + (op === 0x11 ? 1 : 0), results.length];
  }
  if (op >= 0x28 && op <= 0x35) return [1, 1];
  if (op >= 0x36 && op <= 0x3e) return [2, 0];
  const known = EFFECTS[op];
  if (known === undefined) throw new Error(`no effect is known of operator 0x${op.toString(16)}`);
  return known;
}

const EFFECTS: Record<number, readonly [number, number]> = {
  0: [0, 0],
  1: [0, 0],
  12: [0, 0],
  13: [1, 0],
  14: [1, 0],
  15: [0, 0],
  26: [1, 0],
  27: [3, 1],
  28: [3, 1],
  32: [0, 1],
  33: [1, 0],
  34: [1, 1],
  35: [0, 1],
  36: [1, 0],
  37: [1, 1],
  38: [2, 0],
  63: [0, 1],
  64: [1, 1],
  65: [0, 1],
  66: [0, 1],
  67: [0, 1],
  68: [0, 1],
  208: [0, 1],
  209: [1, 1],
  210: [0, 1],
  // Bulk operators: init, drop, copy and fill of memory; init, drop, copy, grow, size and fill of tables.
  64520: [3, 0],
  64521: [0, 0],
  64522: [3, 0],
  64523: [3, 0],
  64524: [3, 0],
  64525: [0, 0],
  64526: [3, 0],
  64527: [2, 1],
  64528: [0, 1],
  64529: [3, 0],
};
