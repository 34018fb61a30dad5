// Calls in one function: the effects of what they run, and what they give. What a called function does to the objects that
// it is given is in CalleeRun.

import type { ExpressionRef } from "../asc-internals.js";
import { CalleeRun } from "./callee-run.js";
import type { ModuleFunction } from "./module-reader.js";
import { knownFunction, loadedFrom } from "./subject.js";
import type { Applied, Effect, FoundCall, LateWrite } from "./summary.js";
import { ANY_FUNCTION, filterValue, fromOrigins, hasPlace, NOTHING, type Origin, type Value } from "./value.js";
import type { Calls, Site, Walk } from "./walk.js";

export class CallWalk implements Calls {
  readonly effects: Effect[] = [];
  readonly lateWrites: LateWrite[] = [];
  readonly mutates = new Set<Origin>();
  readonly applies: Applied[] = [];
  readonly found: FoundCall[] = [];
  leaves: string | undefined;
  readonly i32: number;
  readonly #walk: Walk;
  readonly #callee: CalleeRun;
  readonly #seen = new Set<string>();

  constructor(walk: Walk) {
    this.#walk = walk;
    this.#callee = new CalleeRun(walk);
    this.i32 = walk.analysis.reader.call("TypeInt32");
  }

  /** Whether a binary operation of an address and a number gives an address. */
  isAddressOperation(operation: number): boolean {
    const { reader } = this.#walk.analysis;
    return ["AddInt32", "SubInt32", "AndInt32", "OrInt32"].some((name) => reader.call(name) === operation);
  }

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
    if (kind === "state" && state.left !== undefined) this.late(text, state.left);
  }

  late(text: string, left: string): void {
    const at = this.#walk.place;
    const isKnown = this.lateWrites.some((late) => late.at === at && late.text === text);
    if (!isKnown) this.lateWrites.push({ text, left, at });
  }

  leave(text: string): void {
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
      if (isAssigned) walk.uses.ignored.push({ origins: args[0] ?? NOTHING, key: setter.key });
      args.push(walk.walk(operand));
      if (isAssigned) walk.uses.ignored.pop();
    }
    if (walk.state === undefined || target === undefined) return NOTHING;
    this.found.push({ target: name, expression: at, at: walk.place });
    const { subject } = walk.analysis;
    const site = this.#site(at, operands, args, isDropped);
    const known = knownFunction(name, target.imported, subject);
    if (known !== undefined) return this.#known(known, target, site);
    if (LENGTH.test(name)) {
      walk.uses.useField(args[0] ?? NOTHING, "length");
      return NOTHING;
    }
    if (setter !== undefined && walk.analysis.isFieldAccess(target)) return this.#field(target, setter, args);
    return this.#callee.run(target, site);
  }

  #site(at: ExpressionRef, operands: readonly ExpressionRef[], args: readonly Value[], isDropped: boolean): Site {
    const { reader } = this.#walk.analysis;
    const isConstant = operands.map((operand) => reader.call("ExpressionGetId", operand) === reader.ids["Const"]);
    const second = operands[1];
    const isLocal = second !== undefined && reader.call("ExpressionGetId", second) === reader.ids["LocalGet"];
    return { at, args, isConstant, isDropped, index: isLocal ? reader.call("LocalGetGetIndex", second) : undefined };
  }

  #known(known: NonNullable<ReturnType<typeof knownFunction>>, target: ModuleFunction, site: Site): Value {
    const walk = this.#walk;
    if (known.is === "make") {
      const made = fromOrigins(`new:${site.at}`);
      walk.uses.renew(`new:${site.at}`);
      // An array of constants is made of data that are not looked at; functions are such.
      if (/\/__newArray$/.test(target.name) && !this.#isZero(site.at, 0) && !this.#isZero(site.at, 3))
        walk.heap.put(made, fromOrigins(ANY_FUNCTION), "*");
      return made;
    }
    for (const arg of site.args) {
      if (known.is === "store") walk.uses.keep(arg);
      else walk.uses.use(arg);
    }
    if (known.is === "effect") {
      this.effect(known.kind, known.text, [], known.isReading);
      if (known.kind === "call") {
        this.leave(known.text);
        return this.#callee.copy(target, site, { field: undefined, giver: known.text.replace(/^calls /, "") });
      }
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

  #isZero(call: ExpressionRef, operand: number): boolean {
    const { reader } = this.#walk.analysis;
    const value = reader.call("CallGetOperandAt", call, operand);
    const isConstant = reader.call("ExpressionGetId", value) === reader.ids["Const"];
    return isConstant && reader.call("ConstGetValueI32", value) === 0;
  }

  /** asc's own functions that read and assign the field of an object. */
  #field(target: ModuleFunction, { key, sets }: FieldAccess, args: readonly Value[]): Value {
    const walk = this.#walk;
    const type = sets ? target.asc?.signature.parameterTypes[0] : target.asc?.signature.returnType;
    const kind = type === undefined ? "plain" : walk.kindOf(type);
    // The memory that an array or a map has for its items is a part of it, as are a map's entries.
    const isOwn =
      walk.isLibrary && (kind === "address" || type?.getClass()?.internalName === "~lib/arraybuffer/ArrayBuffer");
    const [object = NOTHING, value = NOTHING] = args;
    const field = walk.isLibrary ? "*" : key;
    if (!sets) {
      if (isOwn) return object;
      // To go on from an object's field to what is in it uses nothing yet.
      if (kind === "plain") this.readField(object, key);
      else if (!walk.isLibrary) walk.uses.step(object, key);
      return kind === "plain" ? NOTHING : walk.heap.parts(object, walk.isLibrary ? undefined : key);
    }
    walk.uses.change(walk.uses.own(object), key);
    if (kind !== "plain" && !isOwn) walk.uses.put(walk.uses.own(object), value, field);
    return NOTHING;
  }

  readField(object: Value, key: string): void {
    const { uses, isLibrary } = this.#walk;
    if (!isLibrary) uses.useField(object, key);
    else
      uses.useField(
        filterValue(object, (origin) => !/^(part|deep):/.test(origin)),
        ".",
      );
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
    const typeKey = `${reader.call("CallIndirectGetParams", at)}:${reader.call("CallIndirectGetResults", at)}`;
    return this.#callee.apply({ callee, args, typeKey }, this.#site(at, operands, args, isDropped));
  }

  #operands(at: ExpressionRef, kind: "Call" | "CallIndirect"): ExpressionRef[] {
    const { reader } = this.#walk.analysis;
    const count = reader.call(`${kind}GetNumOperands`, at);
    return Array.from({ length: count }, (_, i) => reader.call(`${kind}GetOperandAt`, at, i));
  }
}

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
