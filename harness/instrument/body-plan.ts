// The plan of one function's rewriting: a list of events, in the order of the body, and what is known of the whole.
// scan-body.ts makes it, write-body.ts carries it out.

/** What happens at an offset of the original body, in the order of the body. */
export const EVENT = {
  none: 0,
  /** A block is paid for. `number`: its operators. */
  charge: 1,
  /** An operator on a local variable behind the parameters. `number`: its index. */
  local: 2,
  call: 3,
  callImport: 4,
  callIndirect: 5,
  return: 6,
  /** A bulk operator; its length is on the stack. `number`: not 0 when that is one of a table's elements. */
  bulk: 7,
  nanF32: 8,
  nanF64: 9,
  /** Dead code, to be left out. */
  skip: 10,
  /** At the `end` of an `if` without `else`: one is put in, and charged as `charge`. */
  elseCharge: 11,
  /** A `br_if` whose block is charged when it branches, as `charge`. */
  branchCharge: 12,
  /** A block's type by index. `number`: the index. */
  blockType: 13,
  /** `ref.func`. `number`: the function. */
  refFunc: 14,
  /** Behind an operator that gives the memory's size: the pages of the inputs are taken off. */
  memorySize: 16,
  /** `memory.grow` is paid for. */
  grow: 15,
} as const;

/** Flags of a charge. */
export const CHARGE = {
  /** The counter outside of the function must be right when the block runs. */
  publish: 1,
  /** The gas must be known to suffice: at the head of a loop, after much that ran unasked. */
  check: 2,
  /** As `check`, but only in functions that can take long: `BodyPlan.checksEntry`. */
  entry: 4,
} as const;

/** A function that calls nothing and has no loop is entered without asking for gas, up to this many operators. */
export const UNCHECKED_OPERATORS = 128;

/**
 * Operators that may run from one check to the next, counted along the longest way through straight-line code. A call counts as
 * `UNCHECKED_OPERATORS`, whatever it calls.
 */
export const UNASKED_OPERATORS = 2_048;

/** Numbers of one event: its offset, kind, number, flags, and the offset behind the operator it is about. */
export const EVENT_SIZE = 5;

/** The plan of one function; its arrays are used again for the next one. */
export class BodyPlan {
  /** `EVENT_SIZE` numbers for each event. */
  events = new Int32Array(1024 * EVENT_SIZE);
  eventCount = 0;
  /** Where the operators begin, after the local declarations. */
  codeStart = 0;
  localCount = 0;
  hasFloatLocals = false;
  maxHeight = 0;
  /** Operators that are not dead. */
  operatorCount = 0;
  hasLoop = false;
  hasCall = false;
  hasIndirectCall = false;
  /** Some `ref.func` stands in the body. */
  hasReference = false;
  needsNanF32 = false;
  needsNanF64 = false;
  /** Some branch leaves the function. */
  branchesOut = false;
  /** Some operator changes a table or drops a segment. */
  spendsInstance = false;
  /** The code is told the memory's size without the inputs' pages; the same for all bodies of a module. */
  hidesInputs = false;

  /** Whether gas is asked for when the function is entered. */
  get checksEntry(): boolean {
    return this.hasCall || this.hasLoop || this.operatorCount > UNCHECKED_OPERATORS;
  }

  reset(): void {
    this.eventCount = 0;
    this.codeStart = 0;
    this.localCount = 0;
    this.hasFloatLocals = false;
    this.maxHeight = 0;
    this.operatorCount = 0;
    this.hasLoop = false;
    this.hasCall = false;
    this.hasIndirectCall = false;
    this.hasReference = false;
    this.needsNanF32 = false;
    this.needsNanF64 = false;
    this.branchesOut = false;
    this.spendsInstance = false;
  }

  /** Adds an event and returns its number. */
  add(offset: number, kind: number, number = 0, flags = 0, end = offset): number {
    const base = this.eventCount * EVENT_SIZE;
    if (base === this.events.length) {
      const grown = new Int32Array(base * 2);
      grown.set(this.events);
      this.events = grown;
    }
    const { events } = this;
    events[base] = offset;
    events[base + 1] = kind;
    events[base + 2] = number;
    events[base + 3] = flags;
    events[base + 4] = end;
    return this.eventCount++;
  }

  cancel(event: number): void {
    this.events[event * EVENT_SIZE + 1] = EVENT.none;
  }

  kindOf(event: number): number {
    return this.events[event * EVENT_SIZE + 1] as number;
  }

  /** Sets what a charge has come to. */
  settle(event: number, operators: number, flags: number): void {
    this.events[event * EVENT_SIZE + 2] = operators;
    this.events[event * EVENT_SIZE + 3] = flags;
  }
}
