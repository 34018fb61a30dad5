// How a host function leaves the contract: one object, thrown through the Wasm frames and caught by the frame that runs
// them. What it means is written in the frame (`Ending`) before it is thrown, so throwing costs no allocation.

import type { SourcePosition } from "../core/artifact.js";
import type { Failure, TrapCode } from "../core/outcome.js";
import type { GasSlot } from "../gas/tank.js";

/** Why a frame ended before its time. `site` holds the Wasm stack, to be read when somebody asks (stack-frames.ts). */
export type Ending =
  | {
      readonly kind: "reverted";
      readonly data: Uint8Array;
      readonly abort: { message: string; position?: SourcePosition } | undefined;
      readonly site: Error;
    }
  | {
      readonly kind: "trapped";
      readonly code: TrapCode;
      readonly detail: string;
      readonly site: Error | undefined;
      /** The failure of a callee that the trap goes back to. */
      readonly cause?: Failure | undefined;
    }
  | { readonly kind: "out_of_gas"; readonly slot: GasSlot; readonly site: Error | undefined };

/** The thrown object. It carries nothing. */
export const FRAME_EXIT = Object.freeze({ frameExit: true });

/** How many stack frames are noted when a call fails. */
export const SITE_FRAMES = 100;

/** An error whose stack holds the Wasm frames that are running now. */
export function captureSite(): Error {
  return withDeepStacks(() => new Error("site"));
}

/** Runs a step in which errors note enough frames to find the contract's functions. */
export function withDeepStacks<T>(step: () => T): T {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = SITE_FRAMES;
  try {
    return step();
  } finally {
    Error.stackTraceLimit = before;
  }
}
