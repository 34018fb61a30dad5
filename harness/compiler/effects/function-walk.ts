// Looks at one function, in the order in which its code runs: what each local can be, which copies were changed and not used
// yet, whether another contract was called. Branches are joined where they meet, loops repeated until nothing is new.

import type { AscRangeNode, AscType, ExpressionRef } from "../asc-internals.js";
import { CallWalk } from "./call-walk.js";
import { FlowWalk } from "./flow-walk.js";
import { GiftWalk } from "./gifts.js";
import { exportValue, Heap } from "./heap.js";
import type { ModuleFunction } from "./module-reader.js";
import { ObjectUses } from "./object-uses.js";
import type { State } from "./state.js";
import { isOfLibrary, kindOfType, slotOfGlobal } from "./subject.js";
import type { Summary } from "./summary.js";
import {
  ANY_FUNCTION,
  fromOrigins,
  hasPlace,
  isCopy,
  NOTHING,
  type Origin,
  parameterOf,
  union,
  type Value,
} from "./value.js";
import type { Analysis, Walk } from "./walk.js";

export class FunctionWalk implements Walk {
  readonly analysis: Analysis;
  readonly target: ModuleFunction;
  readonly isAuthored: boolean;
  readonly isLibrary: boolean;
  readonly calls: CallWalk;
  readonly heap: Heap;
  state: State | undefined;
  readonly uses: ObjectUses;
  readonly gifts: GiftWalk;
  isUnsure = false;
  readsPlaces = false;
  /** Whether what an expression gives is thrown away. */
  isDropped = false;
  readonly #flow = new FlowWalk(this);
  #result: Value = NOTHING;
  #returns = false;
  readonly counters = new Set<number>();
  readonly #places: (AscRangeNode | undefined)[] = [];
  /** asc notes no place for calls of functions that are values: what stood before it is near. */
  #last: AscRangeNode | undefined;

  constructor(analysis: Analysis, target: ModuleFunction) {
    this.analysis = analysis;
    this.target = target;
    this.isAuthored = analysis.isAuthored(target);
    this.isLibrary = isOfLibrary(target.name);
    this.heap = new Heap(this.isLibrary);
    this.calls = new CallWalk(this);
    this.uses = new ObjectUses(this);
    this.gifts = new GiftWalk(this);
  }

  run(): Summary {
    const count = this.analysis.reader.call("FunctionGetNumLocals", this.target.ref);
    const locals = new Map<number, Value>();
    const parameters = this.#parameterCount();
    for (let i = 0; i < Math.min(count, parameters); i++) {
      if (this.kindOfLocal(i) !== "plain") locals.set(i, fromOrigins(`param:${i}`));
    }
    this.state = {
      locals,
      pending: new Set(),
      stale: new Set(),
      given: new Set(),
      old: new Set(),
      left: undefined,
    };
    const value = this.walk(this.target.body);
    if (this.state !== undefined) this.#return(value);
    return this.#summary();
  }

  #summary(): Summary {
    const { effects, lateWrites, mutates, applies, found, leaves } = this.calls;
    const { unused, escapes, kept, puts, reads } = this.uses;
    const given = [...puts.map(({ value }) => value), ...applies.flatMap(({ callee, args }) => [callee, ...args])];
    const isOfCopy = ({ origin }: { origin: Origin }) => isCopy(origin) && !kept.has(origin);
    return {
      effects,
      leaves,
      lateWrites,
      mutates,
      drops: unused.filter(({ origin }) => parameterOf(origin) !== undefined),
      reads,
      escapes,
      gifts: this.gifts.export(this.#filterResult(), given),
      puts: puts.map(({ origin, key, value }) => ({ origin, key, value: exportValue(value) })),
      applies: applies.map((one) => ({ ...one, callee: exportValue(one.callee), args: one.args.map(exportValue) })),
      ...this.heap.export(this.#filterResult(), given),
      unsettled: new Set(unused.filter((one) => one.isReturned && isOfCopy(one)).map(({ origin }) => origin)),
      never: !this.#returns,
      readsPlaces: this.readsPlaces,
      isUnsure: this.isUnsure,
      dropped: unused.filter(
        (one) =>
          one.origin.startsWith("lazy:") ||
          (!one.isReturned && (one.origin.startsWith("new:") ? this.uses.isLost(one) : isOfCopy(one))),
      ),
      calls: found,
    };
  }

  get place(): AscRangeNode | undefined {
    return this.#places.at(-1) ?? this.#last;
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
    if (isHere) this.#last = range;
    this.#places.push(isHere ? range : this.#places.at(-1));
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
        return this.#flow.walkBlock(at, isDropped);
      case ids["If"]:
        return this.#flow.walkIf(at);
      case ids["Loop"]:
        return this.#flow.walkLoop(at);
      case ids["Break"]:
        return this.#flow.walkBreak(at);
      case ids["Switch"]:
        return this.#flow.walkSwitch(at);
      case ids["Call"]:
        return this.calls.walkCall(at, isDropped);
      case ids["CallIndirect"]:
        return this.calls.walkIndirect(at, isDropped);
      case ids["LocalGet"]:
        return this.#walkLocalGet(reader.call("LocalGetGetIndex", at));
      case ids["LocalSet"]:
        return this.#walkLocalSet(at);
      case ids["GlobalGet"]:
        return this.isAuthored ? UNKNOWN : NOTHING;
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
        const value = union(
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

  #walkLocalGet(index: number): Value {
    this.gifts.readLocal(index);
    return this.state?.locals.get(index) ?? NOTHING;
  }

  #walkLocalSet(at: ExpressionRef): Value {
    const { reader } = this.analysis;
    const value = this.walk(reader.call("LocalSetGetValue", at));
    if (this.state === undefined) return NOTHING;
    const index = reader.call("LocalSetGetIndex", at);
    const kind = this.kindOfLocal(index);
    this.gifts.setLocal(index);
    if (kind === "plain" && this.#isStep(reader.call("LocalSetGetValue", at), index)) this.counters.add(index);
    if (kind === "plain" || value.size === 0) this.state.locals.delete(index);
    else this.state.locals.set(index, value);
    // An address as a number can be calculated with in ways that are not followed.
    if (kind === "address" && this.isAuthored && [...value].some(isOthers)) this.isUnsure = true;
    return value;
  }

  /** Whether an expression is a local and a constant, added or checked while adding: the next number of what is counted. */
  #isStep(value: ExpressionRef, index: number): boolean {
    const { reader } = this.analysis;
    const { ids } = reader;
    const kind = reader.call("ExpressionGetId", value);
    let parts: ExpressionRef[] = [];
    if (kind === ids["Binary"]) parts = [reader.call("BinaryGetLeft", value), reader.call("BinaryGetRight", value)];
    else if (kind === ids["Call"] && CHECKED.test(reader.nameAt(reader.call("CallGetTarget", value)))) {
      parts = [0, 1].map((i) => reader.call("CallGetOperandAt", value, i));
    }
    const [left, right] = parts;
    return (
      left !== undefined &&
      right !== undefined &&
      reader.call("ExpressionGetId", right) === ids["Const"] &&
      reader.call("ExpressionGetId", left) === ids["LocalGet"] &&
      reader.call("LocalGetGetIndex", left) === index
    );
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
    if (address.size === 0) return NOTHING;
    this.calls.readField(address, `@${reader.call("LoadGetOffset", at)}`);
    return reader.call("LoadGetBytes", at) === 4 ? this.heap.parts(address) : NOTHING;
  }

  #walkStore(at: ExpressionRef): Value {
    const { reader } = this.analysis;
    const pointer = reader.call("StoreGetPtr", at);
    const address = this.walk(pointer);
    const key = `@${reader.call("StoreGetOffset", at)}`;
    this.uses.ignored.push({ origins: address, key });
    const value = this.walk(reader.call("StoreGetValue", at));
    this.uses.ignored.pop();
    if (this.state === undefined) return NOTHING;
    const isLocal = reader.call("ExpressionGetId", pointer) === reader.ids["LocalGet"];
    this.uses.change(this.uses.own(address), key);
    this.uses.put(this.uses.own(address), value, "*");
    if (!isLocal && hasPlace(value)) this.isUnsure = true;
    return NOTHING;
  }

  #walkMemory(at: ExpressionRef, kind: string, rest: readonly string[]): Value {
    const { reader } = this.analysis;
    const target = this.walk(reader.call(`${kind}GetDest`, at));
    const [source = NOTHING] = rest.map((part) => this.walk(reader.call(`${kind}Get${part}`, at)));
    this.uses.change(this.uses.own(target), "*");
    this.uses.put(this.uses.own(target), this.heap.parts(source), "*");
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
    if (left.size === 0 && right.size === 0) return NOTHING;
    if (!this.calls.isAddressOperation(reader.call("BinaryGetOp", at))) return NOTHING;
    return left.size > 0 ? left : right;
  }

  #return(value: Value): void {
    if (this.state === undefined) return;
    this.#returns = true;
    this.#result = union(this.#result, value);
    this.uses.giveBack(value);
    this.gifts.end();
    this.state = undefined;
  }

  #filterResult(): Value {
    const type = this.target.asc?.signature.returnType;
    return type !== undefined && this.kindOf(type) === "plain" ? NOTHING : this.#result;
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

/** Whether it can be an object of the state, or what a function was given. */
function isOthers(origin: Origin): boolean {
  return origin.startsWith("place:") || parameterOf(origin) !== undefined;
}

/** What is in a variable of the file: objects that nothing is known of, perhaps a function. */
const UNKNOWN = fromOrigins(ANY_FUNCTION);

const CHECKED = /\/checked\/checked(Add|Sub)<\w+>$/;
