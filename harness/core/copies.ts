// What crosses the machine's border is copied, in both directions: what comes out belongs to whoever asked for it, and what
// was given can be changed afterwards. Inside, bytes are shared freely, since nothing inside changes bytes once they are
// made. Never `slice()` for bytes from outside: a Buffer's shares its memory.

import type { Artifact, SourceFrame } from "./artifact.js";
import { freezeCopy } from "./freeze.js";
import type { Message } from "./message.js";
import type { Failure, Outcome } from "./outcome.js";
import type { CallFrame, EmittedEvent } from "./receipt.js";

/** Bytes of whatever kind as an array of their own. */
export function copyBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

export function copyEvent({ contract, topic, data }: EmittedEvent): EmittedEvent {
  return { contract, topic: copyBytes(topic), data: copyBytes(data) };
}

export function copyTrace(frame: CallFrame): CallFrame {
  return { ...frame, args: copyBytes(frame.args), calls: frame.calls.map(copyTrace) };
}

export function copyOutcome(outcome: Outcome): Outcome {
  return outcome.status === "success" ? { ...outcome, result: copyBytes(outcome.result) } : copyFailure(outcome);
}

/** A failure of its own; its frames are found out when they are first asked for. */
export function copyFailure(failure: Failure): Failure {
  const frames = (): readonly SourceFrame[] => failure.frames.map(copyFrame);
  const { contract } = failure;
  switch (failure.status) {
    case "reverted": {
      const { status, abort } = failure;
      const position = abort?.position === undefined ? {} : { position: { ...abort.position } };
      const copied = abort === undefined ? {} : { abort: { message: abort.message, ...position } };
      return withFrames({ status, contract, data: copyBytes(failure.data), ...copied }, frames);
    }
    case "trapped": {
      const { status, code, detail } = failure;
      return withFrames({ status, contract, code, detail }, frames);
    }
    case "out_of_gas":
      return withFrames({ status: failure.status, contract, gasLimit: failure.gasLimit }, frames);
  }
}

function copyFrame(frame: SourceFrame): SourceFrame {
  return frame.position === undefined ? { ...frame } : { ...frame, position: { ...frame.position } };
}

/** Adds `frames`, found out when they are first asked for. */
export function withFrames<T extends object>(
  failure: T,
  find: () => readonly SourceFrame[],
): T & { readonly frames: readonly SourceFrame[] } {
  let frames: readonly SourceFrame[] | undefined;
  return Object.defineProperty(failure, "frames", {
    enumerable: true,
    get: () => {
      frames ??= find();
      return frames;
    },
  }) as T & { readonly frames: readonly SourceFrame[] };
}

/** Artifacts made here: nobody outside has their bytes. */
const ownArtifacts = new WeakSet<Artifact>();

/** An artifact that nobody outside can change: a copy, or the artifact itself when it is one already. */
export function ownArtifact(given: Artifact): Artifact {
  if (ownArtifacts.has(given)) return given;
  const { name, wasm, abi, sourceMap } = given;
  const artifact = Object.freeze({
    name,
    wasm: copyBytes(wasm),
    ...(abi === undefined ? {} : { abi: freezeCopy(abi) }),
    ...(sourceMap === undefined ? {} : { sourceMap }),
  });
  ownArtifacts.add(artifact);
  return artifact;
}

/** An artifact to hand out. */
export function copyArtifact(artifact: Artifact): Artifact {
  return { ...artifact, wasm: copyBytes(artifact.wasm) };
}

/** A message as it is now: everything in it is read once, before anything runs. */
export function ownMessage(message: Message): Message {
  switch (message.kind) {
    case "deploy": {
      const { kind, from, value, gasLimit, artifact, args, metadata, memory } = message;
      const own = { kind, from, value, gasLimit, artifact: ownArtifact(artifact), args: copyBytes(args) };
      return { ...own, metadata: { ...metadata }, ...(memory === undefined ? {} : { memory }) };
    }
    case "transfer": {
      const { kind, from, to, value, gasLimit } = message;
      return { kind, from, to, value, gasLimit };
    }
    default: {
      const { kind, from, to, value, gasLimit, method, args } = message;
      return { kind, from, to, value, gasLimit, method, args: copyBytes(args) };
    }
  }
}
