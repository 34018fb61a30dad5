// Rules of operators, conditions and conversions, which the types of expressions decide.

import type { Rule } from "./rule.js";

export const OPERATOR_RULES: readonly Rule[] = [
  {
    code: "QW210",
    title: "A bool is no number",
    severity: "error",
    why: "The sum of two bools would be a bool again, so that three of them make one, and -a, a++ and a * x lose as much. TypeScript refuses arithmetic on booleans, too. Comparing a bool with numbers is refused for the same reason; &&, ||, !, ==, &, | and ^ of two bools are fine.",
    foundByCompiling: true,
    wrong: `
@contract
export class Vote {
  @query votes(ann: bool, bob: bool, eve: bool): u32 {
    return ann + bob + eve;
  }
}`,
    right: `
@contract
export class Vote {
  @query votes(ann: bool, bob: bool, eve: bool): u32 {
    return u32(ann) + u32(bob) + u32(eve);
  }
}`,
  },
  {
    code: "QW211",
    title: "A condition is a bool, a number, or something that may be null",
    severity: "error",
    why: "A text, a u256 or another object that is never null counts as true as a condition, also when it is empty or 0. JavaScript has it otherwise for texts and numbers. Ask for what is meant: text.length > 0, !amount.isZero(), list.length > 0.",
    foundByCompiling: true,
    wrong: `
@contract
export class Till {
  open: u256;

  @query hasDebt(): bool {
    if (this.open) return true;
    return false;
  }
}`,
    right: `
@contract
export class Till {
  open: u256;

  @query hasDebt(): bool {
    if (!this.open.isZero()) return true;
    return false;
  }
}`,
  },
  {
    code: "QW213",
    title: "A class that overloads == overloads != as well",
    severity: "error",
    why: "Without its own operator, == or != compares addresses. If a class has only one of the two, there are values for which both are true, or neither is.",
    foundByCompiling: true,
    wrong: `
class Point {
  x: u64 = 0;

  @operator("==")
  equals(other: Point): bool {
    return this.x == other.x;
  }
}

@contract
export class Map2D {
  @query isSame(): bool {
    return new Point() == new Point();
  }
}`,
    right: `
class Point {
  x: u64 = 0;

  @operator("==")
  equals(other: Point): bool {
    return this.x == other.x;
  }

  @operator("!=")
  differs(other: Point): bool {
    return this.x != other.x;
  }
}

@contract
export class Map2D {
  @query isSame(): bool {
    return new Point() == new Point();
  }
}`,
  },
  {
    code: "QW215",
    title: "An integer is made from an integer",
    severity: "error",
    why: "u256.from(), wrappingCast() and the like take integers of any width. A text is read by u256.parse(), which reverts where there is anything but digits; an Address, Hash or Bytes is no number.",
    foundByCompiling: true,
    wrong: `
@contract
export class Fees {
  @query least(): u256 {
    return u256.from("1000000000000000000000");
  }
}`,
    right: `
@contract
export class Fees {
  @query least(): u256 {
    return u256.parse("1000000000000000000000");
  }
}`,
  },
  {
    code: "QW216",
    title: "A variable of an enum holds one of its members",
    severity: "error",
    why: "An enum is stored as the position of its member, and whoever reads another number has no name for it. So color++, color = 7 and color = <u8>9 are refused, and what is computed with members is a number. <Color>n makes a member of a number, and reverts where there is none.",
    foundByCompiling: true,
    wrong: `
enum Phase {
  Open,
  Closed,
}

@contract
export class Sale {
  phase: Phase;

  @execute next(): void {
    this.phase++;
  }
}`,
    right: `
enum Phase {
  Open,
  Closed,
}

@contract
export class Sale {
  phase: Phase;

  @execute next(): void {
    this.phase = <Phase>(this.phase + 1);
  }
}`,
  },
];
