// Follows the ways through one function: branches are joined where they meet, loops repeated until nothing is new.

import type { ExpressionRef } from "../asc-internals.js";
import { copyState, isSameState, joinStates, makeOld, makeStale, refresh, type State } from "./state.js";
import { NOTHING, union, type Value } from "./value.js";
import type { Walk } from "./walk.js";

/** How often a loop is looked at: what is known only grows, by what one turn carries to the next. */
const MOST_TURNS = 6;

export class FlowWalk {
  readonly #walk: Walk;
  readonly #labels = new Map<string, { state: State | undefined; value: Value; loops: number }>();
  /** How many loops are around the present place. */
  #loops = 0;

  constructor(walk: Walk) {
    this.#walk = walk;
  }

  walkBlock(at: ExpressionRef, isDropped: boolean): Value {
    const { reader } = this.#walk.analysis;
    const name = reader.nameAt(reader.call("BlockGetName", at));
    const count = reader.call("BlockGetNumChildren", at);
    if (name !== "") this.#labels.set(name, { state: undefined, value: NOTHING, loops: this.#loops });
    let value = NOTHING;
    for (let i = 0; i < count; i++) {
      this.#walk.isDropped = isDropped && i === count - 1;
      value = this.#walk.walk(reader.call("BlockGetChildAt", at, i));
    }
    this.#walk.isDropped = false;
    const label = name === "" ? undefined : this.#labels.get(name);
    if (label === undefined) return value;
    this.#labels.delete(name);
    this.#walk.state = joinStates(this.#walk.state, label.state);
    return union(value, label.value);
  }

  walkIf(at: ExpressionRef): Value {
    const { reader } = this.#walk.analysis;
    this.#walk.walk(reader.call("IfGetCondition", at));
    const before = this.#walk.state;
    this.#walk.state = before && copyState(before);
    const whenTrue = this.#walk.walk(reader.call("IfGetIfTrue", at));
    const afterTrue = this.#walk.state;
    this.#walk.state = before;
    const whenFalse = this.#walk.walk(reader.call("IfGetIfFalse", at));
    this.#walk.state = joinStates(this.#walk.state, afterTrue);
    return union(whenTrue, whenFalse);
  }

  walkLoop(at: ExpressionRef): Value {
    const { reader } = this.#walk.analysis;
    const name = reader.nameAt(reader.call("LoopGetName", at));
    const body = reader.call("LoopGetBody", at);
    let entry = this.#walk.state;
    this.#loops++;
    for (let turn = 0; ; turn++) {
      this.#labels.set(name, { state: undefined, value: NOTHING, loops: this.#loops });
      this.#walk.state = entry && copyState(entry);
      const { version } = this.#walk.heap;
      const value = this.#walk.walk(body);
      const again = this.#labels.get(name)?.state;
      this.#labels.delete(name);
      if (again !== undefined) {
        makeStale(again, this.#walk.counters);
        makeOld(again, name);
      }
      const next: State | undefined = joinStates(entry && copyState(entry), again);
      const isSettled = isSameState(next, entry) && version === this.#walk.heap.version;
      if (isSettled || turn >= MOST_TURNS) {
        if (!isSettled) this.#walk.isUnsure = true;
        this.#loops--;
        if (this.#walk.state !== undefined) refresh(this.#walk.state);
        return value;
      }
      entry = next;
    }
  }

  #jump(name: string, value: Value): void {
    const label = this.#labels.get(name);
    if (label === undefined || this.#walk.state === undefined) return;
    const state = copyState(this.#walk.state);
    if (label.loops < this.#loops) refresh(state);
    label.state = joinStates(label.state, state);
    label.value = union(label.value, value);
  }

  walkBreak(at: ExpressionRef): Value {
    const { reader } = this.#walk.analysis;
    const value = this.#walk.walk(reader.call("BreakGetValue", at));
    const condition = reader.call("BreakGetCondition", at);
    this.#walk.walk(condition);
    this.#jump(reader.nameAt(reader.call("BreakGetName", at)), value);
    if (condition === 0) this.#walk.state = undefined;
    return value;
  }

  walkSwitch(at: ExpressionRef): Value {
    const { reader } = this.#walk.analysis;
    const value = this.#walk.walk(reader.call("SwitchGetValue", at));
    this.#walk.walk(reader.call("SwitchGetCondition", at));
    const count = reader.call("SwitchGetNumNames", at);
    for (let i = 0; i < count; i++) this.#jump(reader.nameAt(reader.call("SwitchGetNameAt", at, i)), value);
    this.#jump(reader.nameAt(reader.call("SwitchGetDefaultName", at)), value);
    this.#walk.state = undefined;
    return NOTHING;
  }
}
