// How a frame ended, as a value. Nothing between the VM and the client throws a contract's failure.

import type { Address } from "./address.js";
import type { SourceFrame, SourcePosition } from "./artifact.js";

export type Status = "success" | "reverted" | "trapped" | "out_of_gas";

/** Why a call trapped, in the machine's own terms. */
export type TrapCode =
  | "unreachable"
  | "integer divide by zero"
  | "integer overflow"
  | "invalid conversion to integer"
  | "out-of-bounds memory access"
  | "out-of-bounds table access"
  | "out-of-bounds pointer"
  | "indirect call to null"
  | "indirect call type mismatch"
  | "stack overflow"
  | "call depth exceeded"
  | "write in a query"
  | "transfer in a query"
  | "event in a query"
  | "balance too low"
  | "no such contract"
  | "no such export"
  | "bad UTF-8"
  | "bad result pointer"
  | "inputs overwritten"
  | "memory limit exceeded"
  | "input too long";

/** Why a call failed. `contract` is where it failed first, which in nested calls is the innermost. */
export type Failure =
  | {
      readonly status: "reverted";
      readonly contract: Address;
      /** The revert data: an error code (u32, little-endian) and fields for SDK modules, anything for raw ones. */
      readonly data: Uint8Array;
      /** Set when the module called AssemblyScript's `abort`. */
      readonly abort?: { readonly message: string; readonly position?: SourcePosition };
      /** The contract's functions on the stack, innermost first; empty without names or source map. */
      readonly frames: readonly SourceFrame[];
    }
  | {
      readonly status: "trapped";
      readonly contract: Address;
      readonly code: TrapCode;
      /** One sentence with the values: which pointer, which length, which export. */
      readonly detail: string;
      readonly frames: readonly SourceFrame[];
    }
  | {
      readonly status: "out_of_gas";
      readonly contract: Address;
      readonly gasLimit: number;
      readonly frames: readonly SourceFrame[];
    };

/** The ending of one frame: the bytes it returned, or why it failed. */
export type Outcome = { readonly status: "success"; readonly result: Uint8Array } | Failure;
