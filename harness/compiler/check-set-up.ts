// Checks that what sets a contract up runs at deployment alone: no way leads from a method that others can call to an @init
// method, which would set up anew, for whoever calls, what is there already. Every way counts, as asc has resolved it.

import type { AscRangeNode } from "./asc-internals.js";
import type { EffectAnalysis } from "./effects/analysis.js";
import type { ModuleFunction } from "./effects/module-reader.js";
import type { FoundCall } from "./effects/summary.js";
import { markedBy } from "./lineage-members.js";
import type { LinkedContract } from "./link-contract.js";

/** The functions of a contract's module that are @init methods, by the mark of theirs or of what they override. */
export function initFunctions({ families, lineageOf, ascNames }: LinkedContract): ReadonlySet<string> {
  const found = families.flatMap(({ versions }) =>
    versions
      .filter((version) => markedBy(version, versions, lineageOf)?.method.kind === "init")
      .flatMap(({ owner, method }) => {
        const of = `${owner.file.replace(/\.ts$/, "")}/${owner.name}#`;
        // By its own name, where it is overridden, the last version is called.
        return [`${of}${method.name}`, `${of}${ascNames.get(method) ?? method.name}`];
      }),
  );
  return new Set(found);
}

/** A way to an @init method: its name, and the last call on the way that an author has written. */
export interface WayToInit {
  readonly name: string;
  readonly at: AscRangeNode | undefined;
}

/** The first way from some calls to one of the functions. */
export function findWay(
  calls: readonly FoundCall[],
  inits: ReadonlySet<string>,
  analysis: EffectAnalysis,
  seen = new Set<ModuleFunction>(),
): WayToInit | undefined {
  for (const { target, at } of calls) {
    const called = analysis.reader.functions.get(target);
    if (called === undefined || seen.has(called)) continue;
    seen.add(called);
    const here = isAuthors(at, analysis) ? at : undefined;
    if (inits.has(called.name)) return { name: analysis.labelOf(called), at: here };
    const way = findWay(analysis.summaryOf(called).calls, inits, analysis, seen);
    if (way !== undefined) return { ...way, at: way.at ?? here };
  }
  return undefined;
}

function isAuthors(at: AscRangeNode | undefined, { subject }: EffectAnalysis): boolean {
  return at !== undefined && subject.authored.has(at.source.normalizedPath);
}
