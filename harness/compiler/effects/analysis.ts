// The effects of every function of a compiled module: each is looked at once, with those it calls in its place. A function
// that calls itself is looked at until nothing changes.

import { FunctionWalk } from "./function-walk.js";
import type { ModuleFunction, ModuleReader } from "./module-reader.js";
import type { EffectSubject } from "./subject.js";
import { isSameSummary, NO_EFFECTS, type Summary } from "./summary.js";
import type { Analysis, Copy } from "./walk.js";

/** How often a function that calls itself is looked at; what one knows of it then only grows in rare cases. */
const MOST_ROUNDS = 4;

export class EffectAnalysis implements Analysis {
  readonly reader: ModuleReader;
  readonly subject: EffectSubject;
  readonly copies: Copy[] = [];
  readonly usizeKinds: readonly number[];
  readonly #summaries = new Map<ModuleFunction, Summary>();
  readonly #running = new Set<ModuleFunction>();
  readonly #isAuthored = new Map<string, boolean>();
  readonly #recursive = new Set<ModuleFunction>();
  /** The number of the copy that a call makes, by the call's address. */
  readonly #copyAt = new Map<string, number>();

  constructor(reader: ModuleReader, subject: EffectSubject, typeKind: Readonly<Record<string, number>>) {
    this.reader = reader;
    this.subject = subject;
    this.usizeKinds = [typeKind["Usize"], typeKind["Isize"]] as number[];
  }

  summaryOf(target: ModuleFunction): Summary {
    if (target.body === 0) return NO_EFFECTS;
    const known = this.#summaries.get(target);
    if (this.#running.has(target)) {
      this.#recursive.add(target);
      return known ?? NO_EFFECTS;
    }
    if (known !== undefined) return known;
    this.#running.add(target);
    let summary = new FunctionWalk(this, target).run();
    for (let round = 1; this.#recursive.has(target); round++) {
      this.#summaries.set(target, summary);
      const next = new FunctionWalk(this, target).run();
      const isSettled = isSameSummary(summary, next);
      summary = isSettled || round < MOST_ROUNDS ? next : { ...next, isUnsure: true };
      if (isSettled || round >= MOST_ROUNDS) break;
    }
    this.#running.delete(target);
    this.#summaries.set(target, summary);
    return summary;
  }

  isRunning(target: ModuleFunction): boolean {
    return this.#running.has(target);
  }

  /** The summaries of all functions of the author's that have been looked at. */
  *authored(): Iterable<readonly [ModuleFunction, Summary]> {
    for (const [target, summary] of this.#summaries) if (this.isAuthored(target)) yield [target, summary];
  }

  isAuthored({ name }: ModuleFunction): boolean {
    let isAuthored = this.#isAuthored.get(name);
    if (isAuthored === undefined) {
      isAuthored = /^(start:|~start$)/.test(name) || this.fileOf(name) !== undefined;
      this.#isAuthored.set(name, isAuthored);
    }
    return isAuthored;
  }

  /** The author's file, without ending, that a function's name begins with. */
  fileOf(name: string): string | undefined {
    return [...this.subject.authored]
      .map((file) => file.replace(/\.ts$/, ""))
      .filter((path) => name.startsWith(`${path}/`) || name.startsWith(`${path}~`))
      .sort((a, b) => b.length - a.length)[0];
  }

  labelOf({ name }: ModuleFunction): string {
    const file = this.fileOf(name);
    if (file === undefined) return "";
    const [, owner = "", member = ""] = /^(.*?)#(.*)$/.exec(name) ?? [];
    if (this.subject.classNames.has(owner)) {
      const slot = /^[gs]et:(.+)$/.exec(member)?.[1];
      if (slot !== undefined && this.subject.slots.has(slot)) return "";
      return readable(member);
    }
    return readable(name.slice(file.length + 1));
  }

  isFieldAccess({ asc }: ModuleFunction): boolean {
    return asc !== undefined && asc.prototype.declaration.body === null;
  }

  candidates(typeKey: string): readonly ModuleFunction[] {
    return [...this.reader.functionValues.values()].filter((target) => target.typeKey === typeKey);
  }

  copyMadeAt(target: ModuleFunction, expression: number, copy: Copy): `copy:${number}` {
    const place = `${target.name}@${expression}`;
    let number = this.#copyAt.get(place);
    if (number === undefined) {
      number = this.copies.push(copy) - 1;
      this.#copyAt.set(place, number);
    }
    return `copy:${number}`;
  }
}

/** Without types of generic functions, versions of overridden methods and asc's own marks. */
function readable(name: string): string {
  const plain = name.replace(/<.*>/, "").replace(/[$|@~].*$/, "");
  return plain.replace(/#(?:[gs]et:)?/, ".").replace(/^[gs]et:/, "");
}
