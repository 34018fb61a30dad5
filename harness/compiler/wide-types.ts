// The SDK's wide integers as asc has them: u128, u256, i128, i256, and the values of each.

import type { AscType } from "./asc-internals.js";
import type { Interval } from "./operator-facts.js";

const WIDE = /^~lib\/qwvm\/sdk-as\/types\/([ui](?:128|256))\/\1$/;

/** The name of a wide type, nullable or not; undefined for every other. */
export function wideName(type: AscType | undefined | null): string | undefined {
  return WIDE.exec(type?.getClass()?.internalName ?? "")?.[1];
}

/** Whether it is u128, u256, i128 or i256, and not null. */
export function isWide(type: AscType | undefined | null): boolean {
  return type != null && !type.isNullableReference && wideName(type) !== undefined;
}

/** The values of a wide type, by its name. */
export function wideInterval(name: string): Interval {
  const bits = BigInt(name.slice(1));
  return name.startsWith("u")
    ? { least: 0n, most: (1n << bits) - 1n }
    : { least: -(1n << (bits - 1n)), most: (1n << (bits - 1n)) - 1n };
}
