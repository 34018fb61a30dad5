// The setup file that the plugin adds to every test file: matchers, and the recording of gas.

import { afterAll, beforeEach, expect, type TestContext } from "vitest";
import { getFn, setFn } from "vitest/suite";
import type { GasMeta } from "./gas-record.js";
import { GasScope, recorderState, startRecording } from "./gas-recorder.js";
import { matchers } from "./matchers.js";

expect.extend(matchers as Parameters<typeof expect.extend>[0]);
startRecording();
const state = recorderState();
state.outside = new GasScope(false);

type Task = TestContext["task"];

const wrapped = new WeakSet<Task>();

beforeEach(({ task }) => {
  state.outside.label = undefined;
  // Hooks before and after a test are not its body, and only the function itself tells where it begins.
  const body = getFn(task as never) as (() => unknown) | undefined;
  if (body === undefined || wrapped.has(task)) return;
  wrapped.add(task);
  setFn(
    task as never,
    (async () => {
      const scope = new GasScope(true);
      try {
        return await state.bodies.run(scope, body);
      } finally {
        // A repeated test counts as often as it ran last: each try replaces the record of the one before.
        const meta = task.meta as GasMeta;
        const { record } = scope;
        if (record !== undefined) meta.qwvm = record;
        else delete meta.qwvm;
      }
    }) as never,
  );
});

afterAll((...args: readonly unknown[]) => {
  const suite = args.at(-1) as { file?: { meta: GasMeta } } | undefined;
  const { record } = state.outside;
  if (record !== undefined && suite?.file !== undefined) suite.file.meta.qwvm = record;
});
