// Choosing among ways to go on, by weight.

import type { Random } from "../hostile/random.js";

export type Candidate<T> = readonly [weight: number, make: () => T | undefined];

/** What one of the candidates makes, the heavier the likelier; undefined if it makes nothing. */
export function oneOf<T>(random: Random, candidates: readonly Candidate<T>[]): T | undefined {
  let at = random.below(candidates.reduce((sum, [weight]) => sum + weight, 0));
  for (const [weight, make] of candidates) {
    if (at < weight) return make();
    at -= weight;
  }
  return undefined;
}
