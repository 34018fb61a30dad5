import { address, createQwvm } from "qwvm";
import { beforeEach, expect, test } from "vitest";
import { Counter } from "../build/counter.js";

const alice = address("alice");
const bob = address("bob");

function deployCounter() {
  const vm = createQwvm();
  return vm.deploy(Counter, [0n], { from: alice });
}

let counter: ReturnType<typeof deployCounter>;

beforeEach(() => {
  counter = deployCounter();
});

test("starts at its initial value", () => {
  expect(counter.getCount()).toBe(0n);
});

test("adds up what everyone adds", () => {
  counter.increment(5n);
  counter.as(bob).increment(37n);
  expect(counter.getCount()).toBe(42n);
});

test("refuses a number that is not a u64", () => {
  expect(() => counter.increment(-1n)).toThrow(/u64/);
  expect(() => counter.increment(2n ** 64n)).toThrow(/u64/);
  expect(counter.getCount()).toBe(0n);
});
