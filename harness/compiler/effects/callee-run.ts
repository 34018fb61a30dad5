// What a called function does to the objects that it is given, and what it gives: its summary, in words of the caller. The
// same for functions that are values, as soon as it is known which they are.

import { GIVING } from "./gifts.js";
import type { ModuleFunction } from "./module-reader.js";
import { copyState, joinStates, type State } from "./state.js";
import { COPYING, collectionMethod, describeWrite, isOfLibrary, SHARING } from "./subject.js";
import { type Applied, firstOfEach, type Gift, type Summary } from "./summary.js";
import {
  ANY_FUNCTION,
  filterValue,
  fromOrigins,
  hasPlace,
  isCopy,
  MADE,
  MADE_IN,
  NOTHING,
  type Origin,
  parameterOf,
  union,
  unionOf,
  type Value,
} from "./value.js";
import type { Copy, Site, Walk } from "./walk.js";

export class CalleeRun {
  readonly #walk: Walk;

  constructor(walk: Walk) {
    this.#walk = walk;
  }

  run(target: ModuleFunction, site: Site): Value {
    const walk = this.#walk;
    const summary = walk.analysis.summaryOf(target);
    const label = this.#effects(target, summary, site);
    this.#renew(summary, site);
    if (walk.analysis.isRunning(target)) for (const arg of site.args) walk.uses.doubt(arg);
    this.#reads(target, summary, site);
    this.#gives(target, summary, site);
    this.#changes(target, summary, site, label);
    this.#keeps(summary, site);
    const value = this.#given(target, summary, { ...site, via: [...(site.via ?? []), ...label] });
    if (!summary.never) return value;
    walk.state = undefined;
    return NOTHING;
  }

  #effects(target: ModuleFunction, summary: Summary, { args, via = [] }: Site): readonly string[] {
    const walk = this.#walk;
    const isAuthored = walk.analysis.isAuthored(target);
    const label = isAuthored ? [walk.analysis.labelOf(target)].filter((text) => text !== "") : [];
    for (const { kind, text, chain, isReading } of firstOfEach(summary.effects)) {
      const isOwn = isAuthored || /^(emits|transfers|calls|writes this)/.test(text);
      const words = isOwn ? text : describeWrite(target.name, args[0]);
      walk.calls.effect(kind, words, [...via, ...label, ...chain], isReading);
    }
    for (const late of summary.lateWrites.slice(0, 1)) walk.calls.late(late.text, late.left);
    if (summary.leaves !== undefined) walk.calls.leave(summary.leaves);
    if (summary.readsPlaces) walk.readsPlaces = true;
    if (summary.isUnsure) walk.isUnsure = true;
    return label;
  }

  /** The objects that it makes are none that a turn of a loop before has made. */
  #renew({ result, heldDeep }: Summary, { at }: Site): void {
    const { uses } = this.#walk;
    if (result.has(MADE)) uses.renew(`new:${at}`);
    if (heldDeep.has(MADE_IN)) uses.renew(`new:${-at}`);
  }

  /** What it gives to stored collections. */
  #gives(target: ModuleFunction, summary: Summary, site: Site): void {
    const { gifts } = this.#walk;
    const called = collectionMethod(target.name);
    const given = site.args[GIVING[called?.method ?? ""] ?? -1];
    if (called !== undefined && given !== undefined) {
      gifts.give(given, { collection: site.args[0] ?? NOTHING, method: called.method });
    }
    for (const [origin, gift] of summary.gifts) {
      gifts.give(this.#resolveOrigin(origin, site), this.#resolveGift(gift, site));
    }
  }

  #resolveGift({ collection, method }: Gift, site: Site): Gift {
    return { collection: this.#resolve(collection, site), method };
  }

  /** What a function reads is used; what one of the SDK is given is used as a whole. */
  #reads(target: ModuleFunction, { reads, drops }: Summary, site: Site): void {
    const { uses, analysis } = this.#walk;
    const isLibrary = isOfLibrary(target.name);
    if (!isLibrary && !analysis.isAuthored(target)) {
      for (const arg of site.args) uses.use(arg);
      return;
    }
    // To go on from an array to an object in it uses nothing yet.
    const isStep = STEP.test(target.name) && this.#givesObject(target);
    for (const { origin, key } of reads) {
      if (key === "?" || key.startsWith(">")) {
        const value = this.#resolveOrigin(origin, site);
        if (key === "?") uses.doubt(value);
        else uses.step(value, key.slice(1));
        continue;
      }
      // What it both reads and changes it reads to change it.
      const isOwn = drops.some((drop) => drop.origin === origin && (isLibrary || drop.key === key || drop.key === "*"));
      if (isOwn || (isStep && origin.startsWith("param:"))) {
        const isTaken = isLibrary && target.hasResult && !site.isDropped;
        if (isTaken) uses.step(this.#resolveOrigin(origin, site), "*");
        continue;
      }
      const value = this.#resolveOrigin(origin, site);
      if (key === "*") uses.use(value);
      else uses.useField(value, key);
    }
  }

  #givesObject({ asc }: ModuleFunction): boolean {
    return asc !== undefined && this.#walk.kindOf(asc.signature.returnType) !== "plain";
  }

  #changes(target: ModuleFunction, summary: Summary, site: Site, label: readonly string[]): void {
    const walk = this.#walk;
    for (const origin of summary.mutates) {
      const value = this.#resolveOrigin(origin, site);
      for (const one of value) {
        if (one.startsWith("place:")) walk.calls.effect("state", `writes this.${one.slice(6)}`, label);
        else if (one.startsWith("lazy:")) walk.uses.change(fromOrigins(one), "*");
        else if (parameterOf(one) !== undefined) walk.calls.mutates.add(one);
      }
      const made = filterValue(value, (one) => one.startsWith("new:"));
      if (hasPlace(walk.heap.parts(made))) walk.isUnsure = true;
    }
    const isAuthored = walk.analysis.isAuthored(target);
    const isDropped = site.isDropped || !target.hasResult;
    for (const { origin, key, gift, isSure } of summary.drops) {
      // What asc's own functions take out of an array they give.
      if (!isAuthored && !isDropped && !summary.result.has(origin)) continue;
      const found = this.#resolveOrigin(origin, site);
      const value = filterValue(found, (one) => !/^(place|lazy):/.test(one));
      const whole = isSure || !isAuthored ? found : union(found, fromOrigins(ANY_FUNCTION));
      walk.uses.change(value, isAuthored ? key : "*", whole, gift && this.#resolveGift(gift, site));
    }
  }

  /** What it puts into objects that it is given, or keeps. */
  #keeps(summary: Summary, site: Site): void {
    const walk = this.#walk;
    this.#putDeep(summary, site);
    for (const { origin, key, value } of summary.puts) {
      // A null that a constructor makes an object in place of.
      if (site.isConstant[parameterOf(origin) as number] === true) continue;
      const given = this.#resolve(value, site);
      walk.uses.put(this.#resolveOrigin(origin, site), given, key);
      if (hasPlace(given) && !walk.isAuthored) walk.isUnsure = true;
    }
    for (const origin of summary.escapes) {
      const given = this.#resolveOrigin(origin, site);
      walk.uses.keep(given);
      if (hasPlace(given) && !walk.isAuthored) walk.isUnsure = true;
    }
  }

  #putDeep({ heldDeep }: Summary, site: Site): void {
    if (heldDeep.size > 0) this.#walk.uses.put(this.#resolveOrigin(MADE_IN, site), this.#resolve(heldDeep, site), "*");
  }

  #given(target: ModuleFunction, summary: Summary, site: Site): Value {
    const walk = this.#walk;
    const isObject = target.asc === undefined || this.#givesObject(target);
    const called = collectionMethod(target.name);
    if (called !== undefined) return isObject ? this.#stored(target, called.method, site) : NOTHING;
    const applied = unionOf(summary.applies.map((one) => this.apply(this.#resolveApplied(one, site), site)));
    if (!isObject) return NOTHING;
    let value = this.#resolve(summary.result, site);
    const made = this.#resolveOrigin(MADE, site);
    if (SHARING.test(target.name)) {
      value = union(value, made);
      for (const arg of site.args) walk.uses.put(made, walk.heap.parts(arg), "*");
    }
    for (const [field, held] of summary.held) walk.uses.put(made, this.#resolve(held, site), field);
    if (applied.size > 0) {
      walk.uses.put(made, applied, "*");
      value = union(value, applied);
    }
    for (const origin of summary.unsettled) walk.uses.change(fromOrigins(origin), "*");
    const index = STEP.test(target.name) ? site.index : undefined;
    return index === undefined || value.size === 0 ? value : union(value, fromOrigins(`item:${index}`));
  }

  /** What a method of a stored collection gives: another collection, or a copy. */
  #stored(target: ModuleFunction, method: string, site: Site): Value {
    const field = [...(site.args[0] ?? NOTHING)].find((origin) => origin.startsWith("collection:"));
    const isCollection = /\/storage\//.test(target.asc?.signature.returnType.getClass()?.internalName ?? "");
    if (isCollection) return field === undefined ? NOTHING : fromOrigins(field);
    return COPYING.has(method) ? this.copy(target, site, { field: field?.slice(11) }) : NOTHING;
  }

  /** A copy that a call makes; nothing if it gives a value that cannot be changed. */
  copy(target: ModuleFunction, site: Site, copy: Copy): Value {
    if (target.asc === undefined || !this.#givesObject(target)) return NOTHING;
    const origin = this.#walk.analysis.copyMadeAt(this.#walk.target, site.at, copy);
    this.#walk.uses.renew(origin);
    return fromOrigins(origin);
  }

  /** Calls a function that is a value. One that this function was given is known where it is given. */
  apply({ callee, args, typeKey }: Applied, site: Site): Value {
    const walk = this.#walk;
    const { functions } = walk.analysis.reader;
    const named = [...callee].flatMap((origin) =>
      origin.startsWith("function:") ? (functions.get(origin.slice(9)) ?? []) : [],
    );
    const given = filterValue(callee, (origin) => this.#isGiven(origin));
    if (given.size > 0) this.#passOn({ callee: given, args, typeKey });
    const isUnknown = callee.has(ANY_FUNCTION) || (named.length === 0 && given.size === 0);
    const { state } = walk;
    if (state === undefined) return NOTHING;
    let after: State | undefined;
    let value = NOTHING;
    const { isGuess } = walk.gifts;
    walk.gifts.isGuess ||= isUnknown || named.length > 1;
    for (const target of isUnknown ? walk.analysis.candidates(typeKey) : named) {
      walk.state = copyState(state);
      walk.calls.found.push({ target: target.name, expression: site.at, at: walk.place });
      value = union(value, this.run(target, { ...site, args, isConstant: [], index: undefined }));
      after = joinStates(after, walk.state);
    }
    walk.state = after ?? state;
    walk.gifts.isGuess = isGuess;
    if (isUnknown) for (const arg of args) walk.uses.use(arg);
    return value;
  }

  /** Whether a function is one that this function was given; what a contract has in its fields nobody gives. */
  #isGiven(origin: Origin): boolean {
    const parameter = parameterOf(origin);
    if (parameter === undefined) return false;
    const [owner = ""] = this.#walk.target.name.split("#");
    return parameter !== 0 || !this.#walk.analysis.subject.classNames.has(owner);
  }

  #passOn({ callee, args, typeKey }: Applied): void {
    const { uses, calls, heap } = this.#walk;
    const isOwn = (origin: Origin) => isCopy(origin) || origin.startsWith("new:");
    const known = args.map((arg) => {
      const own = filterValue(arg, isOwn);
      if (own.size === 0) return arg;
      uses.use(own);
      for (const origin of own) if (!isCopy(origin)) uses.handOver(fromOrigins(origin));
      return filterValue(heap.reach(arg), (origin) => !isOwn(origin));
    });
    const id = (one: Applied) =>
      [one.typeKey, ...[one.callee, ...one.args].map((value) => [...value].join())].join("|");
    const applied = { callee, args: known, typeKey };
    if (!calls.applies.some((other) => id(other) === id(applied))) calls.applies.push(applied);
  }

  #resolveApplied({ callee, args, typeKey }: Applied, site: Site): Applied {
    return {
      callee: this.#resolve(callee, site),
      args: args.map((arg) => this.#resolve(arg, site)),
      typeKey,
    };
  }

  #resolve(value: Value, site: Site): Value {
    return unionOf([...value].map((origin) => this.#resolveOrigin(origin, site)));
  }

  /** What an origin in a called function's summary is here. */
  #resolveOrigin(origin: Origin, { at, args }: Site): Value {
    const { heap, uses } = this.#walk;
    if (origin === MADE) return fromOrigins(`new:${at}`);
    if (origin === MADE_IN) return fromOrigins(`new:${-at}`);
    const parameter = parameterOf(origin);
    if (parameter === undefined) {
      if (isCopy(origin)) uses.renew(origin);
      return fromOrigins(origin);
    }
    const arg = args[parameter] ?? NOTHING;
    if (origin.startsWith("param:")) return arg;
    const field = origin.slice(origin.indexOf("/") + 1);
    const part = heap.parts(arg, field === "*" ? undefined : field);
    return origin.startsWith("part:") ? part : heap.reach(heap.parts(part));
  }
}

/** Functions that go on from an array or a map to what is in it. */
const STEP = /\/(?:Array|StaticArray|FixedArray|Map)<.*>#(?:__get|__uget|get|at)$/;
