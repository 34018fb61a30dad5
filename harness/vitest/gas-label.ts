// Names the calls that follow for the gas snapshot.

import { QwvmError } from "../core/errors.js";
import { recorderState } from "./gas-recorder.js";

/**
 * Gives the calls that follow, up to the end of the test, this label in the gas snapshot instead of the test's title;
 * in a hook, up to the next test. `null` leaves them out, which is for tests with random inputs.
 */
export function gasLabel(label: string | null): void {
  if (label !== null && (typeof label !== "string" || label.trim() === "")) {
    throw new QwvmError(
      "BAD_LABEL",
      `gasLabel() takes a text or null, but got ${JSON.stringify(label) ?? String(label)}.`,
      {
        hint: 'For example: gasLabel("to a new holder").',
      },
    );
  }
  const state = recorderState();
  const scope = state.bodies.getStore() ?? state.outside;
  scope.label = label;
}
