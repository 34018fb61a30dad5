// The artifact: the one value in which the compiler and the VM meet. The compiler writes it, the VM deploys it.

import type { Abi } from "./abi.js";

/** A compiled contract. */
export interface Artifact {
  /** The contract's name, as reports and errors show it. */
  readonly name: string;
  /** The module's bytes, as they are deployed. */
  readonly wasm: Uint8Array;
  /** Absent for a raw module without an interface given by hand. */
  readonly abi?: Abi;
  /** Source map (version 3, JSON text) of `wasm`; its sources are relative to the project's root. */
  readonly sourceMap?: string;
}

/** A position in an author's file. Lines and columns count from 1. */
export interface SourcePosition {
  /** Path relative to the project's root, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One function of the contract on the stack when it failed, innermost first. */
export interface SourceFrame {
  /** For example `Token.transfer`; absent when the module has no names. */
  readonly function?: string;
  readonly position?: SourcePosition;
}
