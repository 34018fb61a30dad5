// Journal and snapshots against a model so simple that it cannot be wrong: whole copies of the state.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Address } from "../../harness/core/address.js";
import { Journal, moveValue } from "../../harness/state/journal.js";
import { StorageTable } from "../../harness/state/storage-table.js";
import { World } from "../../harness/state/world.js";

const ACCOUNTS = ["a", "b", "c"].map((letter): Address => `0x${letter.repeat(40)}`);
const KEYS = [0, 1, 2, 3].map((byte) => new Uint8Array([byte]));

/** Everything there is to see. */
function look(world: World): unknown {
  return ACCOUNTS.map((address) => {
    const account = world.account(address);
    return [
      account.balance.value,
      account.nonce.value,
      account.storage.entries().map(([key, value]) => [...key, ...value]),
    ];
  });
}

type Step =
  | { readonly do: "store"; readonly account: number; readonly key: number; readonly value: number }
  | { readonly do: "pay"; readonly from: number; readonly to: number; readonly amount: number }
  | { readonly do: "emit" }
  | { readonly do: "call"; readonly steps: readonly Step[]; readonly fails: boolean };

const index = fc.integer({ min: 0, max: 2 });
const { step } = fc.letrec<{ step: Step }>((tie) => ({
  step: fc.oneof(
    { maxDepth: 5 },
    fc.record({
      do: fc.constant("store" as const),
      account: index,
      key: fc.integer({ min: 0, max: 3 }),
      value: fc.integer({ min: 0, max: 3 }),
    }),
    fc.record({ do: fc.constant("pay" as const), from: index, to: index, amount: fc.integer({ min: 0, max: 40 }) }),
    fc.record({ do: fc.constant("emit" as const) }),
    fc.record({
      do: fc.constant("call" as const),
      steps: fc.array(tie("step"), { maxLength: 6 }),
      fails: fc.boolean(),
    }),
  ),
}));

/** Values of 0 delete; a payment of more than there is does nothing. */
function carryOut(journal: Journal, steps: readonly Step[]): void {
  for (const step of steps) {
    if (step.do === "store") {
      const key = KEYS[step.key] as Uint8Array;
      const { storage } = journal.world.account(ACCOUNTS[step.account] as Address);
      journal.write(storage.findOrCreate(key, 0, 1), step.value === 0 ? undefined : new Uint8Array([step.value]));
    } else if (step.do === "pay") {
      const [from, to] = [step.from, step.to].map((i) => journal.world.account(ACCOUNTS[i] as Address));
      const amount = BigInt(step.amount);
      if (from !== undefined && to !== undefined && from.balance.value >= amount) moveValue(journal, from, to, amount);
    } else if (step.do === "emit") {
      journal.emit({ contract: ACCOUNTS[0] as Address, topic: new Uint8Array(1), data: new Uint8Array(0) });
    } else {
      const changes = journal.changeCount;
      const events = journal.eventCount;
      carryOut(journal, step.steps);
      if (step.fails) journal.rollback(changes, events);
    }
  }
}

interface Model {
  readonly balances: number[];
  readonly stores: Map<number, number>[];
  readonly events: number;
}

function predict(model: Model, steps: readonly Step[]): Model {
  let { balances, stores, events } = {
    balances: [...model.balances],
    stores: model.stores.map((store) => new Map(store)),
    events: model.events,
  };
  for (const step of steps) {
    if (step.do === "store") {
      if (step.value === 0) stores[step.account]?.delete(step.key);
      else stores[step.account]?.set(step.key, step.value);
    } else if (step.do === "pay") {
      if ((balances[step.from] as number) >= step.amount) {
        balances[step.from] = (balances[step.from] as number) - step.amount;
        balances[step.to] = (balances[step.to] as number) + step.amount;
      }
    } else if (step.do === "emit") {
      events++;
    } else {
      const after = predict({ balances, stores, events }, step.steps);
      if (!step.fails) ({ balances, stores, events } = after);
    }
  }
  return { balances, stores, events };
}

const show = ({ balances, stores }: Model): unknown =>
  balances.map((balance, i) => [BigInt(balance), 0, [...(stores[i] as Map<number, number>)].sort(([a], [b]) => a - b)]);

function newWorld(): World {
  const world = new World();
  for (const address of ACCOUNTS) world.write(world.account(address).balance, 100n);
  return world;
}

const start: Model = { balances: [100, 100, 100], stores: [new Map(), new Map(), new Map()], events: 0 };

describe("the journal", () => {
  test("random nested calls, some failing, leave what whole copies would leave", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const world = newWorld();
        const journal = new Journal(world);
        journal.begin();
        carryOut(journal, steps);
        const expected = predict(start, steps);
        expect(look(world)).toEqual(show(expected));
        expect(journal.eventCount).toBe(expected.events);
        // Undoing all of it leads back to the beginning.
        journal.rollback(0, 0);
        expect(look(world)).toEqual(show(start));
      }),
      { numRuns: 500 },
    );
  });

  test("changes name each cell once, with its first and its last value, and leave out what came back", () => {
    const world = newWorld();
    const journal = new Journal(world);
    const [a, b] = ACCOUNTS.map((address) => world.account(address));
    if (a === undefined || b === undefined) throw new Error("no accounts");
    journal.begin();
    for (let i = 0; i < 12; i++) moveValue(journal, a, b, 1n);
    moveValue(journal, b, a, 0n);
    journal.write(a.nonce, 5);
    journal.write(a.nonce, 0);
    expect(journal.changes()).toEqual([
      { cell: a.balance, before: 100n, after: 88n },
      { cell: b.balance, before: 100n, after: 112n },
    ]);
  });
});

describe("memories that nested calls leave", () => {
  const image = (mark: bigint) => ({ pages: [], globals: [mark], inputArea: undefined });

  test("are remembered once for each frame that may fail, however often they change", () => {
    const journal = new Journal(newWorld());
    const { memory } = journal.world.account(ACCOUNTS[0] as Address);
    const first = memory.value;
    journal.begin();
    for (let i = 0n; i < 1_000n; i++) {
      journal.enterCall();
      journal.write(memory, image(i));
      journal.enterCall();
      journal.write(memory, image(i + 5_000n));
      journal.leaveCall(true);
      journal.leaveCall(true);
    }
    // The first of the transaction, and the last that a frame under way put in its place: not 2,000.
    expect(journal.changeCount).toBe(1);
    journal.rollback(0, 0);
    expect(memory.value).toBe(first);
  });

  test("come back when the frame that began with them fails", () => {
    const world = newWorld();
    const journal = new Journal(world);
    const [a, b] = ACCOUNTS.map((address) => world.account(address).memory);
    if (a === undefined || b === undefined) throw new Error("no accounts");
    journal.begin();
    journal.enterCall();
    journal.write(a, image(1n));
    journal.leaveCall(true);
    journal.enterCall();
    const outer = journal.changeCount;
    for (const mark of [2n, 3n, 4n]) {
      journal.enterCall();
      journal.write(b, image(mark));
      journal.write(a, image(mark));
      journal.leaveCall(true);
    }
    const inner = journal.changeCount;
    journal.enterCall();
    journal.write(a, image(5n));
    journal.rollback(inner, 0);
    journal.leaveCall(false);
    expect([a.value?.globals, b.value?.globals]).toEqual([[4n], [4n]]);
    journal.rollback(outer, 0);
    journal.leaveCall(false);
    expect([a.value?.globals, b.value]).toEqual([[1n], undefined]);
    expect(journal.changes()).toMatchObject([{ cell: a, before: undefined }]);
  });
});

describe("snapshots", () => {
  test("any snapshot can be gone back to, in any order and more than once", () => {
    const action = fc.oneof(
      fc.array(step, { maxLength: 4 }).map((steps) => ({ steps })),
      fc.constant({ snapshot: true }),
      fc.nat().map((restore) => ({ restore })),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 30 }), (actions) => {
        const world = newWorld();
        const taken: [ReturnType<World["snapshot"]>, unknown][] = [];
        for (const act of actions) {
          if ("steps" in act) {
            const journal = new Journal(world);
            carryOut(journal, act.steps);
          } else if ("snapshot" in act) {
            taken.push([world.snapshot(), look(world)]);
          } else if (taken.length > 0) {
            const [snapshot, seen] = taken[act.restore % taken.length] as [ReturnType<World["snapshot"]>, unknown];
            world.restore(snapshot);
            expect(look(world)).toEqual(seen);
          }
        }
        for (const [snapshot, seen] of taken) {
          world.restore(snapshot);
          expect(look(world)).toEqual(seen);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("an account made after a snapshot is empty again", () => {
    const world = new World();
    const before = world.snapshot();
    const account = world.account(ACCOUNTS[0] as Address);
    world.write(account.balance, 7n);
    world.write(account.storage.findOrCreate(KEYS[0] as Uint8Array, 0, 1), new Uint8Array([1]));
    world.restore(before);
    expect([account.balance.value, account.storage.entries()]).toEqual([0n, []]);
  });

  test("taking one twice without a change in between costs nothing and gives the same", () => {
    const world = newWorld();
    expect(world.snapshot()).toBe(world.snapshot());
  });
});

describe("a storage table", () => {
  test("finds the keys that a map of texts would find", () => {
    const key = fc.uint8Array({ maxLength: 3, max: 3 });
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.nat(9))), key, (entries, asked) => {
        const table = new StorageTable(ACCOUNTS[0] as Address);
        const model = new Map<string, number>();
        for (const [bytes, value] of entries) {
          table.findOrCreate(bytes, 0, bytes.length).value = new Uint8Array([value]);
          model.set(bytes.join(), value);
        }
        expect(table.entries().length).toBe(model.size);
        expect(table.find(asked, 0, asked.length)?.value?.[0]).toBe(model.get(asked.join()));
        const padded = new Uint8Array([9, ...asked, 9]);
        expect(table.find(padded, 1, 1 + asked.length)).toBe(table.find(asked, 0, asked.length));
      }),
      { numRuns: 300 },
    );
  });

  test("entries come in the order of their keys", () => {
    const table = new StorageTable(ACCOUNTS[0] as Address);
    for (const bytes of [[2], [1, 5], [], [1], [255], [1, 0]]) {
      table.findOrCreate(new Uint8Array(bytes), 0, bytes.length).value = new Uint8Array(1);
    }
    expect(table.entries().map(([key]) => [...key])).toEqual([[], [1], [1, 0], [1, 5], [2], [255]]);
  });
});
