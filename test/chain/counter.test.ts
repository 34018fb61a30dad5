// The thinnest line through the machine: a counter deployed, called and asked, with its gas to the unit.

import { expect, test } from "vitest";
import { Chain } from "../../harness/chain/chain.js";
import { deploy, execute, fixture, query, toNumber, tryDeploy, u64 } from "../fixtures/wat.js";

const counter = fixture("counter");

test("a counter counts, and its receipts say what it cost", () => {
  const chain = new Chain();
  const deployed = tryDeploy(chain, counter, { args: u64(7) });
  expect(deployed.status).toBe("success");
  // Operators: qw_alloc 6 (5 and end), init 6 (4 operands, call, end).
  // Storage write: 5,000 + 20 * 8. Deployment: 5,000 + 20 for every byte.
  expect(deployed.gas).toMatchObject({
    instructions: 12,
    storageWrite: 5_160,
    deployment: 5_000 + 20 * counter.wasm.length,
    memory: 0,
    calls: 0,
  });
  expect(deployed.gasUsed).toBe(12 + 5_160 + 5_000 + 20 * counter.wasm.length);

  const receipt = execute(chain, deployed.to, "increment", u64(35));
  expect(receipt.status).toBe("success");
  // Operators: qw_alloc twice 6; execute: read 5, drop 1, then 8 (two consts, load, get, load, add, store = 7), write 5,
  // the constant and the end 2: 5 + 1 + 7 + 5 + 2 = 20. Read 200 + 3 * 8, write 5,000 + 20 * 8.
  expect(receipt.gas).toMatchObject({ instructions: 32, storageRead: 224, storageWrite: 5_160 });
  expect(receipt.gasUsed).toBe(32 + 224 + 5_160);
  expect(receipt.stateChanges).toEqual([
    { kind: "storage", contract: deployed.to, key: new TextEncoder().encode("count"), before: u64(7), after: u64(42) },
  ]);

  const answer = query(chain, deployed.to, "getCount");
  expect(toNumber(answer.result)).toBe(42n);
  expect(answer.stateChanges).toEqual([]);
});

test("the same chain twice gives the same receipts", () => {
  const run = (): unknown[] => {
    const chain = new Chain();
    const to = deploy(chain, { ...counter }, { args: u64(1) });
    const receipt = execute(chain, to, "increment", u64(2));
    return [to, receipt.transactionHash, receipt.gas, receipt.stateChanges];
  };
  expect(run()).toEqual(run());
});
