// Rules of memory and of AssemblyScript's library: what would reach the memory of other values, or not find its own.

import type { Rule } from "./rule.js";

export const MEMORY_RULES: readonly Rule[] = [
  {
    code: "QW200",
    title: "Memory is given and taken back by the compiler",
    severity: "error",
    why: "A contract's memory counts on being zero where nothing is stored, and on being given back by nobody else. unchecked() would read and write what lies behind an array where an index is wrong; heap and the functions that begin with two underscores are the memory manager's own. Arrays, Map, Set, texts and Bytes take their memory themselves.",
    wrong: `
@contract
export class Scores {
  @query best(scores: u64[]): u64 {
    return unchecked(scores[0]);
  }
}`,
    right: `
@contract
export class Scores {
  @query best(scores: u64[]): u64 {
    return scores[0];
  }
}`,
  },
  {
    code: "QW201",
    title: "The keys of a Map or Set have no == of their own",
    severity: "error",
    why: "Map and Set find an object of a class by where it lies in memory, and two that your == takes for equal lie at two places: the second would not be found. Texts, numbers, Address, Hash, Bytes and wide integers are found by value. Use one of them as the key, for example a text or a number made of the object's fields.",
    wrong: `
class Point {
  constructor(public x: i32, public y: i32) {}
  @operator("==") static same(a: Point, b: Point): bool { return a.x == b.x && a.y == b.y; }
  @operator("!=") static differs(a: Point, b: Point): bool { return a.x != b.x || a.y != b.y; }
}

@contract
export class Board {
  @query places(xs: i32[]): i32 {
    const seen = new Set<Point>();
    for (let i = 0; i < xs.length; i++) seen.add(new Point(xs[i], 0));
    return seen.size;
  }
}`,
    right: `
class Point {
  constructor(public x: i32, public y: i32) {}
  @operator("==") static same(a: Point, b: Point): bool { return a.x == b.x && a.y == b.y; }
  @operator("!=") static differs(a: Point, b: Point): bool { return a.x != b.x || a.y != b.y; }
}

@contract
export class Board {
  @query places(xs: i32[]): i32 {
    const seen = new Set<string>();
    for (let i = 0; i < xs.length; i++) {
      const point = new Point(xs[i], 0);
      seen.add(point.x.toString() + "/" + point.y.toString());
    }
    return seen.size;
  }
}`,
    foundByCompiling: true,
  },
];
