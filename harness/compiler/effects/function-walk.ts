// Looks at one function, in the order in which its code runs: what each local can be, which copies were changed and not used
// yet, whether another contract was called. Branches are joined where they meet, loops repeated until nothing is new.

import type { AscRangeNode, AscType, ExpressionRef } from "../asc-internals.js";
import { CallWalk } from "./call-walk.js";
import type { ModuleFunction } from "./module-reader.js";
import { ObjectUses } from "./object-uses.js";
import { copyState, isSameState, joinStates, type State } from "./state.js";
import { kindOfType, slotOfGlobal } from "./subject.js";
import type { Summary } from "./summary.js";
import { fromOrigins, hasPlace, holding, join, NOTHING, parameterOf, partsOf, union, type Value } from "./value.js";
import type { Analysis, Walk } from "./walk.js";

/** How often a loop is looked at: what is known only grows, by what one turn carries to the next. */
const MOST_TURNS = 6;

export class FunctionWalk implements Walk {
  readonly analysis: Analysis;
  readonly target: ModuleFunction;
  readonly isAuthored: boolean;
  readonly calls: CallWalk;
  state: State | undefined;
  readonly uses: ObjectUses;
  isUnsure = false;
  readsPlaces = false;
  /** Whether what an expression gives is thrown away. */
  isDropped = false;
  #result: Value = NOTHING;
  #returns = false;
  readonly #labels = new Map<string, { state: State | undefined; value: Value; isLoop: boolean }>();
  readonly #places: (AscRangeNode | undefined)[] = [];

  constructor(analysis: Analysis, target: ModuleFunction) {
    this.analysis = analysis;
    this.target = target;
    this.isAuthored = analysis.isAuthored(target);
    this.calls = new CallWalk(this);
    this.uses = new ObjectUses(this);
  }

  run(): Summary {
    const count = this.analysis.reader.call("FunctionGetNumLocals", this.target.ref);
    const locals = new Map<number, Value>();
    const parameters = this.#parameterCount();
    for (let i = 0; i < Math.min(count, parameters); i++) {
      if (this.kindOfLocal(i) !== "plain") locals.set(i, fromOrigins(`param:${i}`));
    }
    this.state = { locals, pending: new Set(), left: undefined };
    const value = this.walk(this.target.body);
    if (this.state !== undefined) this.#return(value);
    const { effects, lateWrites, mutates, indirect, found, leaves } = this.calls;
    const { unused, escapes, kept } = this.uses;
    const drops = new Set(unused.flatMap(({ origin }) => parameterOf(origin) ?? []));
    return {
      effects,
      leaves,
      lateWrites,
      mutates,
      drops,
      escapes,
      result: this.#filterResult(),
      never: !this.#returns,
      readsPlaces: this.readsPlaces,
      isUnsure: this.isUnsure,
      indirect,
      dropped: unused.filter(
        ({ origin }) => /^(copy|lazy):/.test(origin) && (origin.startsWith("lazy:") || !kept.has(origin)),
      ),
      calls: found,
    };
  }

  get place(): AscRangeNode | undefined {
    return this.#places.at(-1);
  }

  kindOfLocal(index: number): "object" | "address" | "plain" {
    const type = this.target.asc?.localsByIndex[index]?.type;
    return type === undefined ? "object" : this.kindOf(type);
  }

  kindOf(type: AscType): "object" | "address" | "plain" {
    return kindOfType(type, this.analysis.usizeKinds);
  }

  walk(expression: ExpressionRef): Value {
    if (expression === 0 || this.state === undefined) return NOTHING;
    const range = this.target.asc?.debugLocations.get(expression);
    const isHere = range !== undefined && this.#isHere(range);
    this.#places.push(isHere ? range : this.place);
    const isDropped = this.isDropped;
    this.isDropped = false;
    const value = this.#walkKind(expression, isDropped);
    this.#places.pop();
    return value;
  }

  #walkKind(at: ExpressionRef, isDropped: boolean): Value {
    const { reader } = this.analysis;
    const { ids } = reader;
    switch (reader.call("ExpressionGetId", at)) {
      case ids["Block"]:
        return this.#walkBlock(at, isDropped);
      case ids["If"]:
        return this.#walkIf(at);
      case ids["Loop"]:
        return this.#walkLoop(at);
      case ids["Break"]:
        return this.#walkBreak(at);
      case ids["Switch"]:
        return this.#walkSwitch(at);
      case ids["Call"]:
        return this.calls.walkCall(at, isDropped);
      case ids["CallIndirect"]:
        return this.calls.walkIndirect(at, isDropped);
      case ids["LocalGet"]:
        return this.state?.locals.get(reader.call("LocalGetGetIndex", at)) ?? NOTHING;
      case ids["LocalSet"]:
        return this.#walkLocalSet(at);
      case ids["GlobalSet"]:
        return this.#walkGlobalSet(at);
      case ids["Load"]:
        return this.#walkLoad(at);
      case ids["Store"]:
        return this.#walkStore(at);
      case ids["Const"]:
        return this.#walkConst(at);
      case ids["Unary"]:
        this.walk(reader.call("UnaryGetValue", at));
        return NOTHING;
      case ids["Binary"]:
        return this.#walkBinary(at);
      case ids["Select"]: {
        const value = join(
          this.walk(reader.call("SelectGetIfTrue", at)),
          this.walk(reader.call("SelectGetIfFalse", at)),
        );
        this.walk(reader.call("SelectGetCondition", at));
        return value;
      }
      case ids["Drop"]:
        this.isDropped = true;
        this.walk(reader.call("DropGetValue", at));
        return NOTHING;
      case ids["Return"]:
        this.#return(this.walk(reader.call("ReturnGetValue", at)));
        return NOTHING;
      case ids["Unreachable"]:
        this.state = undefined;
        return NOTHING;
      case ids["MemoryCopy"]:
        return this.#walkMemory(at, "MemoryCopy", ["Source", "Size"]);
      case ids["MemoryFill"]:
        return this.#walkMemory(at, "MemoryFill", ["Value", "Size"]);
      default:
        return NOTHING;
    }
  }

  #walkBlock(at: ExpressionRef, isDropped: boolean): Value {
    const { reader } = this.analysis;
    const name = reader.nameAt(reader.call("BlockGetName", at));
    const count = reader.call("BlockGetNumChildren", at);
    if (name !== "") this.#labels.set(name, { state: undefined, value: NOTHING, isLoop: false });
    let value = NOTHING;
    for (let i = 0; i < count; i++) {
      this.isDropped = isDropped && i === count - 1;
      value = this.walk(reader.call("BlockGetChildAt", at, i));
    }
    this.isDropped = false;
    const label = name === "" ? undefined : this.#labels.get(name);
    if (label === undefined) return value;
    this.#labels.delete(name);
    this.state = joinStates(this.state, label.state);
    return join(value, label.value);
  }

  #walkIf(at: ExpressionRef): Value {
    const { reader } = this.analysis;
    this.walk(reader.call("IfGetCondition", at));
    const before = this.state;
    this.state = before && copyState(before);
    const whenTrue = this.walk(reader.call("IfGetIfTrue", at));
    const afterTrue = this.state;
    this.state = before;
    const whenFalse = this.walk(reader.call("IfGetIfFalse", at));
    this.state = joinStates(this.state, afterTrue);
    return join(whenTrue, whenFalse);
  }

  #walkLoop(at: ExpressionRef): Value {
    const { reader } = this.analysis;
    const name = reader.nameAt(reader.call("LoopGetName", at));
    const body = reader.call("LoopGetBody", at);
    let entry = this.state;
    for (let turn = 0; ; turn++) {
      this.#labels.set(name, { state: undefined, value: NOTHING, isLoop: true });
      this.state = entry && copyState(entry);
      const value = this.walk(body);
      const again = this.#labels.get(name)?.state;
      this.#labels.delete(name);
      const next: State | undefined = joinStates(entry && copyState(entry), again);
      if (turn >= MOST_TURNS || isSameState(next, entry)) return value;
      entry = next;
    }
  }

  #jump(name: string, value: Value): void {
    const label = this.#labels.get(name);
    if (label === undefined || this.state === undefined) return;
    label.state = joinStates(label.state, copyState(this.state));
    label.value = join(label.value, value);
  }

  #walkBreak(at: ExpressionRef): Value {
    const { reader } = this.analysis;
    const value = this.walk(reader.call("BreakGetValue", at));
    const condition = reader.call("BreakGetCondition", at);
    this.walk(condition);
    this.#jump(reader.nameAt(reader.call("BreakGetName", at)), value);
    if (condition === 0) this.state = undefined;
    return value;
  }

  #walkSwitch(at: ExpressionRef): Value {
    const { reader } = this.analysis;
    const value = this.walk(reader.call("SwitchGetValue", at));
    this.walk(reader.call("SwitchGetCondition", at));
    const count = reader.call("SwitchGetNumNames", at);
    for (let i = 0; i < count; i++) this.#jump(reader.nameAt(reader.call("SwitchGetNameAt", at, i)), value);
    this.#jump(reader.nameAt(reader.call("SwitchGetDefaultName", at)), value);
    this.state = undefined;
    return NOTHING;
  }

  #walkLocalSet(at: ExpressionRef): Value {
    const { reader } = this.analysis;
    const value = this.walk(reader.call("LocalSetGetValue", at));
    if (this.state === undefined) return NOTHING;
    const index = reader.call("LocalSetGetIndex", at);
    const kind = this.kindOfLocal(index);
    if (kind === "plain" || value === NOTHING) this.state.locals.delete(index);
    else this.state.locals.set(index, value);
    // An address as a number can be calculated with in ways that are not followed.
    if (kind === "address" && this.isAuthored && hasPlace(value)) this.isUnsure = true;
    return value;
  }

  #walkGlobalSet(at: ExpressionRef): Value {
    const { reader } = this.analysis;
    const value = this.walk(reader.call("GlobalSetGetValue", at));
    const slot = slotOfGlobal(reader.nameAt(reader.call("GlobalSetGetName", at)));
    this.uses.keep(value);
    if (slot !== undefined) {
      this.calls.effect("state", `writes this.${slot}`);
      this.uses.assign(slot);
    } else if (hasPlace(value)) this.isUnsure = true;
    return NOTHING;
  }

  #walkLoad(at: ExpressionRef): Value {
    const { reader } = this.analysis;
    const address = this.walk(reader.call("LoadGetPtr", at));
    if (address === NOTHING) return NOTHING;
    this.uses.useField(address, `@${reader.call("LoadGetOffset", at)}`);
    return reader.call("LoadGetBytes", at) === 4 ? partsOf(address) : NOTHING;
  }

  #walkStore(at: ExpressionRef): Value {
    const { reader } = this.analysis;
    const pointer = reader.call("StoreGetPtr", at);
    const address = this.walk(pointer);
    const key = `@${reader.call("StoreGetOffset", at)}`;
    this.uses.ignored.push({ origins: address.self, key });
    const value = this.walk(reader.call("StoreGetValue", at));
    this.uses.ignored.pop();
    if (this.state === undefined) return NOTHING;
    this.uses.change(address, key);
    this.uses.keep(value);
    this.putInto(pointer, value);
    return NOTHING;
  }

  #walkMemory(at: ExpressionRef, kind: string, rest: readonly string[]): Value {
    const { reader } = this.analysis;
    const target = this.walk(reader.call(`${kind}GetDest`, at));
    for (const part of rest) this.walk(reader.call(`${kind}Get${part}`, at));
    this.uses.change(target, "*");
    return NOTHING;
  }

  #walkConst(at: ExpressionRef): Value {
    const { reader } = this.analysis;
    if (reader.call("ExpressionGetType", at) !== this.calls.i32) return NOTHING;
    const found = reader.functionValues.get(reader.call("ConstGetValueI32", at));
    return found === undefined ? NOTHING : fromOrigins(`function:${found.name}`);
  }

  /** An address and a number: which is which is told by their order, as every library writes it. */
  #walkBinary(at: ExpressionRef): Value {
    const { reader } = this.analysis;
    const left = this.walk(reader.call("BinaryGetLeft", at));
    const right = this.walk(reader.call("BinaryGetRight", at));
    if (left === NOTHING && right === NOTHING) return NOTHING;
    if (!this.calls.isAddressOperation(reader.call("BinaryGetOp", at))) return NOTHING;
    return left.self.size > 0 ? left : right;
  }

  #return(value: Value): void {
    if (this.state === undefined) return;
    this.#returns = true;
    this.#result = join(this.#result, value);
    this.uses.use(value);
    this.state = undefined;
  }

  #filterResult(): Value {
    const type = this.target.asc?.signature.returnType;
    return type !== undefined && this.kindOf(type) === "plain" ? NOTHING : this.#result;
  }

  putInto(pointer: ExpressionRef, value: Value): void {
    if (value === NOTHING || this.state === undefined) return;
    const { reader } = this.analysis;
    const isLocal = reader.call("ExpressionGetId", pointer) === reader.ids["LocalGet"];
    if (!isLocal) {
      if (hasPlace(value)) this.isUnsure = true;
      return;
    }
    const index = reader.call("LocalGetGetIndex", pointer);
    const before = this.state.locals.get(index) ?? NOTHING;
    this.state.locals.set(index, { self: before.self, inner: union(before.inner, holding([value]).inner) });
  }

  /** What is inlined has places of its own, which are of no use here. */
  #isHere(range: AscRangeNode): boolean {
    const { subject } = this.analysis;
    // A file's own code has no declaration.
    if (this.target.name.startsWith("start:")) return subject.authored.has(range.source.normalizedPath);
    const whole = this.target.asc?.prototype.declaration.range;
    if (whole === undefined || whole.source !== range.source) return false;
    return whole.start <= range.start && range.end <= whole.end;
  }

  #parameterCount(): number {
    const { asc } = this.target;
    if (asc === undefined) return Number.MAX_SAFE_INTEGER;
    return asc.signature.parameterTypes.length + (asc.signature.thisType === null ? 0 : 1);
  }
}
