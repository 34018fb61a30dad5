// Which objects stored collections were given: each has stored a copy, so that what is changed in the object afterwards is
// not in what is stored. And which objects are made anew by each turn of a loop.

import type { Gift } from "./summary.js";
import { MADE, MADE_IN, NOTHING, type Origin, parameterOf, splitCopy, union, type Value } from "./value.js";
import type { Gifts, Walk } from "./walk.js";

/** Methods of stored collections that encode and store what they are given, and which argument that is. */
export const GIVING: Readonly<Record<string, number>> = { set: 2, push: 1, add: 1 };

export class GiftWalk implements Gifts {
  /** Whether what is looked at is one of several functions of which it is not known which is called. */
  isGuess: boolean;
  readonly #walk: Walk;
  /** To what an object was given first. */
  readonly #first = new Map<Origin, Gift>();
  /** Objects that are put into what the caller has: what becomes of them is seen there. */
  readonly #handed = new Set<Origin>();
  /** Locals that are read with what an earlier turn of a loop has left in them. */
  readonly #carried = new Set<string>();
  #atEnd: ReadonlySet<Origin> = new Set();

  constructor(walk: Walk) {
    this.#walk = walk;
    this.isGuess = /@override$/.test(walk.target.name);
  }

  give(value: Value, gift: Gift): void {
    const { state, heap } = this.#walk;
    if (state === undefined || this.isGuess) return;
    const given = [...heap.reach(value)].filter((origin) => OBJECT.test(origin));
    for (const origin of given) if (!this.#first.has(origin)) this.#first.set(origin, gift);
    state.given = union(state.given, new Set(given));
  }

  /** The gift after which an object is changed; none unless it surely is one that was given, or `known` says so. */
  giftOf(value: Value, known?: Gift): Gift | undefined {
    const { state } = this.#walk;
    if (this.isGuess) return undefined;
    let gift = known;
    for (const origin of value) {
      if (origin.startsWith("item:")) continue;
      if (!OBJECT.test(origin) || state === undefined || this.#handed.has(origin)) return undefined;
      const given = known === undefined ? namesOf(origin).find((name) => state.given.has(name)) : undefined;
      if (known === undefined && given === undefined) return undefined;
      gift ??= given && this.#first.get(given);
    }
    return gift;
  }

  handOver(origin: Origin): void {
    this.#handed.add(origin);
  }

  isHanded(origin: Origin): boolean {
    return this.#handed.has(origin);
  }

  /** A local is read. */
  readLocal(index: number): void {
    const { state, heap } = this.#walk;
    for (const old of state?.old ?? []) {
      if (!isOf(old, index) || this.#carried.has(old)) continue;
      this.#carried.add(old);
      // The loop has to be looked at again, now that it is known.
      heap.version++;
    }
  }

  setLocal(index: number): void {
    const { state } = this.#walk;
    if (state === undefined || ![...state.old].some((old) => isOf(old, index))) return;
    state.old = new Set([...state.old].filter((old) => !isOf(old, index)));
  }

  /** Whether nothing can come to the object that was made at the same place before. */
  isForgotten(origin: Origin): boolean {
    const { state, heap } = this.#walk;
    if (state === undefined || heap.isHeld(origin)) return false;
    for (const [index, value] of state.locals) {
      if (!value.has(origin)) continue;
      const left = [...state.old].filter((old) => isOf(old, index));
      if (left.length === 0 || left.some((old) => this.#carried.has(old))) return false;
    }
    return true;
  }

  /** An object that is made has been given to nothing yet. */
  renew(origin: Origin): void {
    const { state } = this.#walk;
    if (state?.given.has(origin)) state.given = new Set([...state.given].filter((one) => one !== origin));
  }

  /** The function returns. */
  end(): void {
    this.#atEnd = union(this.#atEnd, this.#walk.state?.given ?? new Set<Origin>());
  }

  /** What callers can be told: of parameters, of the new object that the function gives, and of what is in that. */
  export(result: Value, others: readonly Value[]): Map<Origin, Gift> {
    const { heap } = this.#walk;
    const found = new Map<Origin, Gift>();
    for (const origin of this.#atEnd) {
      const gift = this.#first.get(origin);
      if (gift !== undefined && parameterOf(origin) !== undefined) found.set(origin, gift);
    }
    const isNew = (origin: Origin) => origin.startsWith("new:");
    const made = [...result].filter(isNew);
    const rest = [...heap.reach(new Set([...made, ...others.flatMap((value) => [...value])]))];
    const inner = rest.filter((origin) => isNew(origin) && !made.includes(origin));
    for (const [name, origins] of [[MADE, made] as const, [MADE_IN, inner] as const]) {
      const [first] = origins;
      const gift = first && this.#first.get(first);
      if (gift !== undefined && origins.every((origin) => this.#atEnd.has(origin))) found.set(name, gift);
    }
    return found;
  }
}

/** Objects of which it is known that they are not a part of the state. */
const OBJECT = /^(copy|new|param|part|deep):/;

/** An origin, and the whole that it is in. */
function namesOf(origin: Origin): Origin[] {
  const parameter = parameterOf(origin);
  return [origin, parameter === undefined ? splitCopy(origin)[0] : (`param:${parameter}` as const)];
}

function isOf(old: string, index: number): boolean {
  return old.endsWith(`/${index}`);
}

/** What the first argument of a collection's method names, for messages. */
export function fieldOf({ collection }: Gift): string | undefined {
  return [...(collection ?? NOTHING)].find((origin) => origin.startsWith("collection:"))?.slice(11);
}
