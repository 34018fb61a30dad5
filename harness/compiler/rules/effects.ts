// Rules about what code does when it runs, found in the compiled module.

import type { Rule } from "./rule.js";

export const EFFECT_RULES: readonly Rule[] = [
  {
    code: "QW250",
    title: "Code outside of functions changes nothing",
    severity: "error",
    why: "What stands outside of functions, initializers of constants and static fields included, runs at the start of every call. An event, a write or a payment there would be done by every method, and every query would fail by it. What is done once belongs into @init.",
    foundByCompiling: true,
    wrong: `
function named(): u64 {
  metadata.set("name", "Counter");
  return 1;
}
const STEP: u64 = named();

@contract
export class Counter {
  count: u64;

  @execute increment(): void {
    this.count += STEP;
  }
}`,
    right: `
const STEP: u64 = 1;

@contract
export class Counter {
  count: u64;

  @init create(): void {
    metadata.set("name", "Counter");
  }
  @execute increment(): void {
    this.count += STEP;
  }
}`,
  },
];
