// Events and logs: what a contract tells the world outside.

import { encodeText, textLength } from "./codec/text";
import { qw_emit_event, qw_log } from "./env";
import { expectWritable } from "./read-only";
import { LOGS } from "./settings";

/** Emits an `@event`: its topic is its class's name, its data the fields in Borsh. 375 gas and 8 a byte. */
export function emit<E>(event: E): void {
  if (!isDefined(event.__topicAt)) ERROR("emit() takes an instance of an @event class.");
  expectWritable();
  const length = event.__length();
  const at = __alloc(length);
  event.__encode(at);
  qw_emit_event(event.__topicAt(), event.__topicLength(), at, length);
}

/** Prints a text while developing: free, kept in the receipt, and left out of a release build. */
export function log(text: string): void {
  if (LOGS) {
    const length = textLength(text);
    const at = __alloc(length);
    encodeText(text, at);
    qw_log(at, length);
  }
}
