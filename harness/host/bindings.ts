// All host functions of one frame, by name and form.

import { InternalError } from "../core/errors.js";
import { formatSignature, HOST_FUNCTIONS } from "../core/host-interface.js";
import { callFunctions } from "./call.js";
import { contextFunctions } from "./context.js";
import { cryptoFunctions } from "./crypto.js";
import { endingFunctions } from "./ending.js";
import { eventFunctions } from "./event.js";
import type { HostBindings, HostFrame } from "./host-frame.js";
import type { SignatureScheme } from "./signatures.js";
import { storageFunctions } from "./storage.js";
import { transferFunctions } from "./transfer.js";

/** The functions of one frame; they act on whatever call the frame is carrying out. */
export function bindHost(frame: HostFrame, scheme: SignatureScheme): HostBindings {
  return {
    ...storageFunctions(frame),
    ...contextFunctions(frame),
    ...transferFunctions(frame),
    ...eventFunctions(frame),
    ...callFunctions(frame),
    ...cryptoFunctions(frame, scheme),
    ...endingFunctions(frame),
  };
}

/** The key under which a form of a host function is bound. */
export function bindingKey(name: string, signature: string): string {
  return `${name} ${signature}`;
}

/** Every binding that the interface promises, for a check that none is missing. */
export function promisedBindings(): string[] {
  return HOST_FUNCTIONS.flatMap(({ name, forms }) => forms.map((form) => bindingKey(name, formatSignature(form))));
}

/** The function bound to a linked import. */
export function findBinding(bindings: HostBindings, name: string, signature: string): HostBindings[string] {
  const binding = bindings[bindingKey(name, signature)];
  if (binding === undefined) throw new InternalError(`No host function is bound for ${name} ${signature}.`);
  return binding;
}
