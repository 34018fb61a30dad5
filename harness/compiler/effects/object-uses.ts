// Which objects a function changes, and which of the changes are used afterwards: read, given on, stored. A change of a copy
// that nothing uses on any path is lost.

import type { Change } from "./summary.js";
import { type Origin, parameterOf, splitCopy, union, type Value } from "./value.js";
import type { Uses, Walk } from "./walk.js";

export class ObjectUses implements Uses {
  readonly ignored: { readonly origins: ReadonlySet<Origin>; readonly key: string }[] = [];
  /** Objects that something keeps: what is changed in them later is not lost. */
  readonly kept = new Set<Origin>();
  /** Parameters among them. */
  readonly escapes = new Set<number>();
  readonly #changes = new Map<string, Change>();
  readonly #walk: Walk;

  constructor(walk: Walk) {
    this.#walk = walk;
  }

  /** The changes that nothing uses. */
  get unused(): Change[] {
    return [...this.#changes.values()].filter((change) => !change.isUsed);
  }

  change(address: Value, key: string): void {
    for (const origin of address.self) {
      if (origin.startsWith("place:")) this.#walk.calls.effect("state", `writes this.${origin.slice(6)}`);
      const parameter = parameterOf(origin);
      if (parameter !== undefined) this.#walk.calls.mutates.add(parameter);
      if (parameter === undefined && !/^(copy|lazy):/.test(origin)) continue;
      const [copy, field] = splitCopy(origin);
      if (this.#walk.state === undefined || this.#isKept(origin) || this.#isKept(copy)) continue;
      const name: Change["origin"] = parameter === undefined ? copy : `param:${parameter}`;
      const changed = field === undefined ? key : key === "*" ? `${field}*` : field;
      const id = `${name} ${changed} ${this.#walk.place?.start} ${this.#walk.place?.source.normalizedPath}`;
      const change = this.#changes.get(id) ?? { origin: name, key: changed, at: this.#walk.place, isUsed: false };
      this.#changes.set(id, change);
      this.#walk.state.pending = union(this.#walk.state.pending, new Set([change]));
    }
  }

  /** A @lazy field that was assigned is written before another contract is called; what is changed in it then is lost again. */
  #isKept(origin: Origin): boolean {
    return this.kept.has(origin) && !(origin.startsWith("lazy:") && this.#walk.state?.left !== undefined);
  }

  use(value: Value): void {
    for (const origin of [...value.self, ...value.inner]) this.#useOrigin(origin, splitCopy(origin)[1]);
  }

  useField(value: Value, key: string): void {
    for (const origin of value.self) {
      if (this.ignored.some((ignored) => ignored.key === key && ignored.origins.has(origin))) continue;
      const field = splitCopy(origin)[1];
      // How many items there are says nothing of what was changed in one of them.
      this.#useOrigin(origin, field === undefined ? key : key === "length" ? `${field}*` : field);
    }
  }

  #useOrigin(origin: Origin, key: string | undefined): void {
    if (this.#walk.state === undefined || this.#walk.state.pending.size === 0) return;
    // Reading a @lazy field does not store it.
    if (origin.startsWith("lazy:")) return;
    const parameter = parameterOf(origin);
    const name = parameter === undefined ? splitCopy(origin)[0] : `param:${parameter}`;
    for (const change of this.#walk.state.pending) {
      if (change.origin !== name) continue;
      if (key === undefined || change.key === key || change.key === `${key}*` || change.key === "*")
        change.isUsed = true;
    }
  }

  renew(origin: Origin): void {
    if (this.#walk.state === undefined || this.#walk.state.pending.size === 0) return;
    this.#walk.state.pending = new Set([...this.#walk.state.pending].filter((change) => change.origin !== origin));
  }

  assign(slot: string): void {
    const origin: Origin = `lazy:${slot}`;
    this.kept.add(origin);
    for (const change of this.#changes.values()) if (change.origin === origin) change.isUsed = true;
  }

  keep(value: Value): void {
    this.use(value);
    for (const origin of [...value.self, ...value.inner]) {
      const parameter = parameterOf(origin);
      if (parameter !== undefined) this.escapes.add(parameter);
      if (parameter !== undefined || origin.startsWith("copy:")) this.kept.add(origin);
    }
  }
}
