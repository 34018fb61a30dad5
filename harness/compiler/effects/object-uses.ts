// Which objects a function changes, and which of the changes are used afterwards: read, given on, stored. A change of a copy
// that nothing uses on any path is lost.

import type { Change, FieldOf, Gift } from "./summary.js";
import {
  ANY_FUNCTION,
  isCopy,
  isObject,
  isStored,
  type Origin,
  parameterOf,
  splitCopy,
  union,
  type Value,
} from "./value.js";
import type { Uses, Walk } from "./walk.js";

export class ObjectUses implements Uses {
  readonly ignored: { readonly origins: ReadonlySet<Origin>; readonly key: string }[] = [];
  /** Objects that something keeps: what is changed in them later is not lost. */
  readonly kept = new Set<Origin>();
  /** Parameters and parts of them among them. */
  readonly escapes = new Set<Origin>();
  readonly puts: (FieldOf & { readonly value: Value })[] = [];
  readonly #reads = new Map<string, FieldOf>();
  readonly #puts = new Set<string>();
  readonly #changes = new Map<string, Change>();
  readonly #walk: Walk;

  constructor(walk: Walk) {
    this.#walk = walk;
  }

  get reads(): FieldOf[] {
    return [...this.#reads.values()];
  }

  /** The changes that nothing in the function uses. */
  get unused(): Change[] {
    return [...this.#changes.values()].filter((change) => !change.isUsed);
  }

  change(address: Value, key: string, whole: Value = address, known?: Gift): void {
    const { state, calls, gifts } = this.#walk;
    const isKept = [...whole].some((origin) => this.#isKept(origin));
    const gift = isKept ? undefined : gifts.giftOf(whole, known);
    const same: Change[] = [];
    const isSure = !isKept && !gifts.isGuess && [...whole].filter(isObject).length === 1 && !whole.has(ANY_FUNCTION);
    const index = itemOf(address);
    for (const origin of address) {
      if (origin.startsWith("place:")) calls.effect("state", `writes this.${origin.slice(6)}`);
      const isParameter = parameterOf(origin) !== undefined;
      if (isParameter) calls.mutates.add(origin);
      // What becomes of new objects matters where they are taken for what is stored.
      const isTold = origin.startsWith("new:") ? gift !== undefined : /^(copy|lazy):/.test(origin);
      if (!isParameter && !isTold) continue;
      if (state === undefined || this.#isKept(origin)) continue;
      const [copy, field] = isCopy(origin) ? splitCopy(origin) : [origin, undefined];
      const changed = field === undefined ? key : key === "*" ? `${field}*` : field;
      const id = `${copy} ${changed} ${this.#walk.place?.start} ${this.#walk.place?.source.normalizedPath}`;
      const change = this.#changes.get(id) ?? {
        origin: copy,
        key: changed,
        at: this.#walk.place,
        index,
        isUsed: false,
        isReturned: false,
        gift,
        same: new Set(),
        isSure,
      };
      change.isSure &&= isSure;
      change.gift ??= gift;
      same.push(change);
      this.#changes.set(id, change);
      state.pending = union(state.pending, new Set([change]));
    }
    for (const change of same) for (const other of same) change.same.add(other);
  }

  doubt(value: Value): void {
    for (const origin of this.#walk.heap.reach(value)) {
      this.#read(origin, "?");
      for (const change of this.#matching(origin, true, true)) {
        change.isSure = false;
        change.gift = undefined;
        if (change.origin.startsWith("new:")) change.isUsed = true;
      }
    }
  }

  /** Whether a change that is not used is lost, whichever of the objects that it can be about it is. */
  isLost({ same }: Change): boolean {
    const { gifts } = this.#walk;
    return [...same].every(
      (change) =>
        !change.isUsed && !change.isReturned && !this.kept.has(change.origin) && !gifts.isHanded(change.origin),
    );
  }

  /** A @lazy field that was assigned is written before another contract is called; what is changed in it then is lost again. */
  #isKept(origin: Origin): boolean {
    if (origin.startsWith("lazy:")) return this.kept.has(origin) && this.#walk.state?.left === undefined;
    const parameter = parameterOf(origin);
    const whole = parameter === undefined ? splitCopy(origin)[0] : (`param:${parameter}` as const);
    return this.kept.has(origin) || this.kept.has(whole);
  }

  use(value: Value): void {
    const isOther = this.#isOfTurn(value);
    for (const origin of this.#walk.heap.reach(value)) {
      this.#read(origin, "*");
      for (const change of this.#matching(origin, !isOther, true)) change.isUsed = true;
    }
  }

  useField(value: Value, key: string): void {
    const isOther = this.#isOfTurn(value);
    for (const origin of value) {
      if (this.ignored.some((ignored) => ignored.key === key && ignored.origins.has(origin))) continue;
      this.#read(origin, key);
      const field = isCopy(origin) ? splitCopy(origin)[1] : undefined;
      // How many items there are says nothing of what was changed in one of them.
      const read = field === undefined ? key : key === "length" ? `${field}*` : field;
      for (const change of this.#matching(origin, !isOther, false)) {
        if (read === "." || change.key === read || change.key === `${read}*` || change.key === "*")
          change.isUsed = true;
      }
    }
  }

  step(value: Value, key: string): void {
    const isOther = this.#isOfTurn(value);
    for (const origin of value) {
      // A copy and what is in it are one; so is all that is deep in a parameter.
      if (isCopy(origin)) continue;
      this.#read(origin, `>${key}`);
      for (const change of this.#matching(origin, !isOther, false)) {
        if (change.origin !== origin || (origin.startsWith("deep:") && change.gift === undefined)) continue;
        if (key === "*" || change.key === key || change.key === "*") change.isUsed = true;
      }
    }
  }

  /** Whether it is the item of an array that a turn of a loop is about: other turns are about others. */
  #isOfTurn(value: Value): boolean {
    const index = itemOf(value);
    return index !== undefined && this.#walk.counters.has(index);
  }

  /** The changes that a use of an origin can be about: of the object alone, or of what is in it, too. */
  *#matching(origin: Origin, withStale: boolean, isDeep: boolean): Iterable<Change> {
    const { state } = this.#walk;
    // Reading a @lazy field does not store it.
    if (state === undefined || origin.startsWith("lazy:") || !isObject(origin)) return;
    // What asc's own functions do, they do for their callers.
    if (this.#walk.isLibrary) return;
    const name = isCopy(origin) ? splitCopy(origin)[0] : origin;
    const parameter = parameterOf(name);
    const isIn = (change: Change) => {
      if (change.origin === name) return true;
      if (parameter === undefined || parameterOf(change.origin) !== parameter) return false;
      // Which parts of a parameter are one is not known.
      return name.startsWith("param:") ? isDeep : !change.origin.startsWith("param:");
    };
    for (const change of state.pending) if (isIn(change)) yield change;
    if (withStale) for (const change of state.stale) if (isIn(change)) yield change;
  }

  #read(origin: Origin, key: string): void {
    if (parameterOf(origin) === undefined) return;
    this.#reads.set(`${origin} ${key}`, { origin, key });
  }

  /** What a function of asc's library reads or changes by itself is an object that it is given, and nothing in it. */
  own(value: Value): Value {
    if (!this.#walk.isLibrary) return value;
    return new Set(
      [...value].map((origin) => (/^(part|deep):/.test(origin) ? (`param:${parameterOf(origin)}` as Origin) : origin)),
    );
  }

  giveBack(value: Value): void {
    for (const origin of this.#walk.heap.reach(value)) {
      for (const change of this.#matching(origin, true, true)) change.isReturned = true;
    }
  }

  renew(origin: Origin): void {
    const { state, gifts } = this.#walk;
    if (state === undefined) return;
    const isForgotten = gifts.isForgotten(origin);
    gifts.renew(origin);
    if (isForgotten && state.pending.size > 0)
      state.pending = new Set([...state.pending].filter((change) => change.origin !== origin));
  }

  assign(slot: string): void {
    const origin: Origin = `lazy:${slot}`;
    this.kept.add(origin);
    for (const change of this.#changes.values()) if (change.origin === origin) change.isUsed = true;
  }

  keep(value: Value): void {
    this.use(value);
    for (const origin of this.#walk.heap.reach(value)) {
      if (parameterOf(origin) !== undefined) this.escapes.add(origin);
      if (parameterOf(origin) !== undefined || /^(copy|new):/.test(origin)) this.kept.add(origin);
    }
  }

  put(into: Value, value: Value, key: string): void {
    if (value.size === 0) return;
    const { heap } = this.#walk;
    const targets = [...into].filter(isObject);
    if (targets.length === 0 || targets.some((origin) => isStored(origin) || this.kept.has(origin))) this.keep(value);
    heap.put(new Set(targets.filter((origin) => !isStored(origin))), value, key);
    for (const origin of targets) {
      if (parameterOf(origin) === undefined) continue;
      this.handOver(value);
      const id = `${origin} ${key} ${[...value].join()}`;
      if (!this.#puts.has(id)) this.puts.push({ origin, key, value });
      this.#puts.add(id);
    }
  }

  /** What is put into an object of the caller's is the caller's. */
  handOver(value: Value): void {
    for (const origin of this.#walk.heap.reach(value)) {
      if (origin.startsWith("new:")) this.#walk.gifts.handOver(origin);
      if (!isCopy(origin)) continue;
      this.kept.add(origin);
      for (const change of this.#matching(origin, true, true)) change.isUsed = true;
    }
  }
}

/** The local that says which item of an array a value is, if it is one. */
function itemOf(value: Value): number | undefined {
  for (const origin of value) if (origin.startsWith("item:")) return Number(origin.slice(5));
  return undefined;
}
