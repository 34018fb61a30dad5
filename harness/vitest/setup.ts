// The setup file that the plugin adds to every test file: matchers, and the recording of gas.

import { afterAll, beforeEach, expect, type TestContext, TestRunner } from "vitest";
import type { GasMeta } from "./gas-record.js";
import { GasScope, recorderState, startRecording } from "./gas-recorder.js";
import { matchers } from "./matchers.js";

type Task = TestContext["task"];

expect.extend(matchers as Parameters<typeof expect.extend>[0]);
startRecording();
const state = recorderState();
state.outside = new GasScope(false);

beforeEach(({ task }) => {
  state.outside.enterTest(task.name);
});

// Hooks around a test are not its body, and only the runner tells where it begins: it prefers this method to calling the
// test's function itself.
(TestRunner.prototype as { runTask?: (test: Task) => Promise<void> }).runTask = async (test) => {
  const body = TestRunner.getTestFn(test as never) as () => unknown;
  const scope = new GasScope(true);
  try {
    await state.bodies.run(scope, body);
  } finally {
    // A repeated test counts as it ran last: each try replaces the record of the one before.
    const meta = test.meta as GasMeta;
    const { record } = scope;
    if (record !== undefined) meta.qwvm = record;
    else delete meta.qwvm;
  }
};

// biome-ignore lint/correctness/noEmptyPattern: Vitest reads the first parameter's text and asks for a pattern.
afterAll(({}, suite) => {
  const { record } = state.outside;
  const { file } = suite as { file?: { meta: GasMeta } };
  if (record !== undefined && file !== undefined) file.meta.qwvm = record;
});
