// What calls do, in one function: the effects of what they run, which objects they change or keep, what they give.

import type { ExpressionRef } from "../asc-internals.js";
import type { ModuleFunction } from "./module-reader.js";
import type { State } from "./state.js";
import { COPYING, collectionMethod, describeWrite, knownFunction, loadedFrom, SHARING } from "./subject.js";
import type { Effect, FoundCall, LateWrite, Summary } from "./summary.js";
import {
  fromOrigins,
  hasPlace,
  holding,
  join,
  NOTHING,
  type Origin,
  parameterOf,
  partsOf,
  type Value,
} from "./value.js";
import type { Calls, Walk } from "./walk.js";

export class CallWalk implements Calls {
  readonly effects: Effect[] = [];
  readonly lateWrites: LateWrite[] = [];
  readonly mutates = new Set<number>();
  readonly indirect = new Set<string>();
  readonly found: FoundCall[] = [];
  leaves: string | undefined;
  readonly i32: number;
  readonly #walk: Walk;
  readonly #seen = new Set<string>();

  constructor(walk: Walk) {
    this.#walk = walk;
    this.i32 = walk.analysis.reader.call("TypeInt32");
  }

  /** Whether a binary operation of an address and a number gives an address. */
  isAddressOperation(operation: number): boolean {
    const { reader } = this.#walk.analysis;
    return ["AddInt32", "SubInt32", "AndInt32", "OrInt32"].some((name) => reader.call(name) === operation);
  }

  /** Notes an effect at the present place. */
  effect(kind: Effect["kind"], text: string, chain: readonly string[] = [], isReading = true): void {
    const walk = this.#walk;
    const { state } = walk;
    if (state === undefined) return;
    const at = walk.place;
    const id = `${kind} ${text} ${at?.start} ${at?.source.normalizedPath}`;
    if (!this.#seen.has(id)) {
      this.#seen.add(id);
      this.effects.push({ kind, text, at, chain, isReading });
    }
    if (kind === "state" && state.left !== undefined) this.#late(text, state.left);
  }

  #late(text: string, left: string): void {
    const at = this.#walk.place;
    const isKnown = this.lateWrites.some((late) => late.at === at && late.text === text);
    if (!isKnown) this.lateWrites.push({ text, left, at });
  }

  #leave(text: string): void {
    const { state } = this.#walk;
    if (state === undefined) return;
    state.left ??= text;
    this.leaves ??= text;
  }

  walkCall(at: ExpressionRef, isDropped: boolean): Value {
    const walk = this.#walk;
    const { reader } = walk.analysis;
    const name = reader.nameAt(reader.call("CallGetTarget", at));
    const target = reader.functions.get(name);
    const operands = this.#operands(at, "Call");
    const setter = target === undefined ? undefined : fieldAccess(target);
    const args: Value[] = [];
    for (const [i, operand] of operands.entries()) {
      const isAssigned = i === 1 && setter?.sets === true;
      if (isAssigned) walk.uses.ignored.push({ origins: args[0]?.self ?? NOTHING.self, key: setter.key });
      args.push(walk.walk(operand));
      if (isAssigned) walk.uses.ignored.pop();
    }
    if (walk.state === undefined || target === undefined) return NOTHING;
    this.found.push({ target: name, expression: at, at: walk.place });
    const { subject } = walk.analysis;
    const known = knownFunction(name, target.imported, subject);
    if (known !== undefined) return this.#known(known, args);
    if (LENGTH.test(name)) {
      walk.uses.useField(args[0] ?? NOTHING, "length");
      return NOTHING;
    }
    if (setter !== undefined && walk.analysis.isFieldAccess(target)) return this.#field(target, setter, operands, args);
    return this.#run(target, walk.analysis.summaryOf(target), at, operands, args, isDropped);
  }

  #known(known: NonNullable<ReturnType<typeof knownFunction>>, args: readonly Value[]): Value {
    const walk = this.#walk;
    for (const arg of args) {
      if (known.is === "store") walk.uses.keep(arg);
      else walk.uses.use(arg);
    }
    if (known.is === "effect") {
      this.effect(known.kind, known.text, [], known.isReading);
      if (known.kind === "call") this.#leave(known.text);
    } else if (known.is === "store") {
      this.effect("state", `writes this.${known.slot}`);
      walk.uses.assign(known.slot);
    } else if (known.is === "load") {
      const value = loadedFrom(known.slot, walk.analysis.subject);
      if (hasPlace(value)) walk.readsPlaces = true;
      return value;
    }
    return NOTHING;
  }

  /** asc's own functions that read and assign the field of an object. */
  #field(
    target: ModuleFunction,
    { key, sets }: FieldAccess,
    operands: readonly ExpressionRef[],
    args: readonly Value[],
  ) {
    const walk = this.#walk;
    const type = target.asc?.signature.returnType;
    const isObject = type !== undefined && walk.kindOf(type) !== "plain";
    const [object = NOTHING, value = NOTHING] = args;
    if (!sets) {
      // To go on from an object's field to what is in it uses nothing yet.
      if (!isObject) walk.uses.useField(object, key);
      return isObject ? partsOf(object, key) : NOTHING;
    }
    walk.uses.change(object, key);
    walk.uses.keep(value);
    walk.putInto(operands[0] as ExpressionRef, value);
    return NOTHING;
  }

  #run(
    target: ModuleFunction,
    summary: Summary,
    at: ExpressionRef,
    operands: readonly ExpressionRef[],
    args: readonly Value[],
    isDropped: boolean,
  ): Value {
    const walk = this.#walk;
    const { analysis } = walk;
    const isAuthored = analysis.isAuthored(target);
    const label = isAuthored ? [analysis.labelOf(target)].filter((text) => text !== "") : [];
    for (const { kind, text, chain, isReading } of firstOfEach(summary.effects)) {
      const isOwn = isAuthored || /^(emits|transfers|calls|writes this)/.test(text);
      this.effect(kind, isOwn ? text : describeWrite(target.name, args[0]), [...label, ...chain], isReading);
    }
    for (const late of summary.lateWrites.slice(0, 1)) this.#late(late.text, late.left);
    if (summary.leaves !== undefined) this.#leave(summary.leaves);
    if (summary.readsPlaces) walk.readsPlaces = true;
    if (summary.isUnsure) walk.isUnsure = true;
    this.#arguments(summary, operands, args, label, isDropped || !target.hasResult, this.#isStep(target));
    // After the arguments: that an array is gone through is no use of what is changed in its items.
    this.#callbacks(summary.indirect, args, walk.isAuthored);
    if (summary.never) {
      walk.state = undefined;
      return NOTHING;
    }
    return this.#result(target, summary, at, args);
  }

  /** Whether a function only goes on from an array to an object in it. */
  #isStep({ name, asc }: ModuleFunction): boolean {
    return asc !== undefined && ITEM.test(name) && this.#walk.kindOf(asc.signature.returnType) !== "plain";
  }

  /** What happens to the objects that a function is given. */
  #arguments(
    { mutates, drops, escapes }: Summary,
    operands: readonly ExpressionRef[],
    args: readonly Value[],
    label: readonly string[],
    isDropped: boolean,
    isStep: boolean,
  ): void {
    const walk = this.#walk;
    const { reader } = walk.analysis;
    // What a function that gives nothing changes alone is not used by that; what gives a result may be about the result.
    const isOnlyChanged = (i: number) => drops.has(i);
    for (const [i, arg] of args.entries()) if (!isOnlyChanged(i) && !isStep) walk.uses.use(arg);
    for (const [i, arg] of args.entries()) {
      if (!mutates.has(i)) continue;
      const places = [...arg.self].filter((origin) => origin.startsWith("place:"));
      for (const place of places) this.effect("state", `writes this.${place.slice(6)}`, label);
      const others = [...arg.self].filter((origin) => !origin.startsWith("place:"));
      if (hasPlace({ self: NOTHING.self, inner: arg.inner })) walk.isUnsure = true;
      const lazy = others.filter((origin) => origin.startsWith("lazy:"));
      const lost = drops.has(i) && isDropped ? others : lazy;
      walk.uses.change({ self: new Set(lost), inner: NOTHING.inner }, "*");
      for (const origin of others) this.#mutateParameter(origin);
    }
    for (const i of escapes) {
      const arg = args[i];
      if (arg === undefined || arg === NOTHING) continue;
      walk.uses.keep(arg);
      // It may be in any of the other objects now.
      for (const [other, operand] of operands.entries()) {
        const isLocal = reader.call("ExpressionGetId", operand) === reader.ids["LocalGet"];
        if (other !== i && mutates.has(other) && isLocal) walk.putInto(operand, arg);
      }
      if (hasPlace(arg) && !walk.isAuthored) walk.isUnsure = true;
    }
  }

  #mutateParameter(origin: Origin): void {
    const parameter = parameterOf(origin);
    if (parameter !== undefined) this.mutates.add(parameter);
  }

  #result(target: ModuleFunction, summary: Summary, at: ExpressionRef, args: readonly Value[]): Value {
    const walk = this.#walk;
    const { analysis } = walk;
    const returnType = target.asc?.signature.returnType;
    if (returnType !== undefined && walk.kindOf(returnType) === "plain") return NOTHING;
    const called = collectionMethod(target.name);
    if (called !== undefined) {
      const field = [...(args[0]?.self ?? [])].find((origin) => origin.startsWith("collection:"));
      const isCollection = /\/storage\//.test(returnType?.getClass()?.internalName ?? "");
      if (isCollection) return field === undefined ? NOTHING : fromOrigins(field);
      if (!COPYING.has(called.method)) return NOTHING;
      const copy = analysis.copyMadeAt(walk.target, at, { field: field?.slice(11) });
      walk.uses.renew(copy);
      return fromOrigins(copy);
    }
    if (SHARING.test(target.name)) return holding(args);
    let value = NOTHING;
    for (const origin of summary.result.self) value = join(value, this.#resolve(origin, args));
    const inner = [...summary.result.inner].map((origin) => this.#resolve(origin, args));
    for (const i of summary.escapes) inner.push(args[i] ?? NOTHING);
    return join(value, holding(inner));
  }

  #resolve(origin: Origin, args: readonly Value[]): Value {
    const parameter = parameterOf(origin);
    if (parameter !== undefined) {
      const arg = args[parameter] ?? NOTHING;
      return origin.startsWith("param:") ? arg : partsOf(arg);
    }
    if (origin.startsWith("copy:")) this.#walk.uses.renew(origin);
    return fromOrigins(origin);
  }

  walkIndirect(at: ExpressionRef, isDropped: boolean): Value {
    const walk = this.#walk;
    const { analysis } = walk;
    const { reader } = analysis;
    const operands = this.#operands(at, "CallIndirect");
    const args = operands.map((operand) => walk.walk(operand));
    // A function as a value is an object whose first word is its number.
    const number = reader.call("CallIndirectGetTarget", at);
    const isRead = reader.call("ExpressionGetId", number) === reader.ids["Load"];
    const callee = walk.walk(isRead ? reader.call("LoadGetPtr", number) : number);
    if (walk.state === undefined) return NOTHING;
    const key = `${reader.call("CallIndirectGetParams", at)}:${reader.call("CallIndirectGetResults", at)}`;
    const named = functionsOf(callee, analysis.reader.functions);
    const isGiven = [...callee.self].some((origin) => parameterOf(origin) !== undefined);
    if (isGiven) this.indirect.add(key);
    // What a function of the library was given is known where it was given.
    if (isGiven && !walk.isAuthored) {
      for (const arg of args) walk.uses.use(arg);
      return NOTHING;
    }
    const targets = named.length > 0 && !isGiven ? named : analysis.candidates(key);
    let value = NOTHING;
    for (const target of targets) {
      const before: State = walk.state;
      value = join(value, this.#run(target, analysis.summaryOf(target), at, operands, args, isDropped));
      walk.state ??= before;
    }
    return value;
  }

  /** What functions do that are given to a function, which calls them. */
  #callbacks(types: ReadonlySet<string>, args: readonly Value[], isAuthored: boolean): void {
    if (types.size === 0) return;
    const walk = this.#walk;
    const { analysis } = walk;
    const named = args.flatMap((arg) => functionsOf(arg, analysis.reader.functions));
    const isPassedOn = args.some(({ self }) => [...self].some((origin) => parameterOf(origin) !== undefined));
    if (!isAuthored && isPassedOn) {
      for (const type of types) this.indirect.add(type);
      if (named.length === 0) return;
    }
    const targets = named.length > 0 ? named : [...types].flatMap((type) => [...analysis.candidates(type)]);
    for (const target of targets) {
      const summary = analysis.summaryOf(target);
      for (const { kind, text, chain, isReading } of firstOfEach(summary.effects)) {
        this.effect(kind, text, [analysis.labelOf(target), ...chain], isReading);
      }
      if (summary.leaves !== undefined) this.#leave(summary.leaves);
      if (summary.mutates.size === 0) continue;
      // It is given items of what the library's function was given.
      for (const arg of args) {
        const items = partsOf(arg);
        if (items !== NOTHING) walk.uses.change(items, "*");
        if (hasPlace({ self: NOTHING.self, inner: arg.inner })) walk.isUnsure = true;
      }
    }
  }

  #operands(at: ExpressionRef, kind: "Call" | "CallIndirect"): ExpressionRef[] {
    const { reader } = this.#walk.analysis;
    const count = reader.call(`${kind}GetNumOperands`, at);
    return Array.from({ length: count }, (_, i) => reader.call(`${kind}GetOperandAt`, at, i));
  }
}

const ITEM = /\/(?:Array|StaticArray|FixedArray)<.*>#(?:__get|__uget|get|at)$/;

const LENGTH = /\/(?:Array|StaticArray|FixedArray)<.*>#get:length$/;

interface FieldAccess {
  readonly key: string;
  readonly sets: boolean;
}

/** The field that a function of asc's making reads or assigns, by its name: `contracts/a/Deal#set:paid`. */
function fieldAccess({ name, asc }: ModuleFunction): FieldAccess | undefined {
  const match = /#(get|set):([\w$]+)$/.exec(name);
  if (match === null || asc === undefined) return undefined;
  return { key: match[2] as string, sets: match[1] === "set" };
}

function functionsOf({ self }: Value, functions: ReadonlyMap<string, ModuleFunction>): ModuleFunction[] {
  return [...self].flatMap((origin) => (origin.startsWith("function:") ? (functions.get(origin.slice(9)) ?? []) : []));
}

/** The first effect of each kind, and of calls the first that does more than read. */
function firstOfEach(effects: readonly Effect[]): Effect[] {
  const found = new Map<string, Effect>();
  for (const effect of effects) {
    const kind = effect.kind === "call" ? `call ${effect.isReading}` : effect.kind;
    if (!found.has(kind)) found.set(kind, effect);
  }
  return [...found.values()];
}
