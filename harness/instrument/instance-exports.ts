// What an instance of a rewritten module exports: the VM's handles on gas, stack and globals, and the contract's functions.
// added-functions.ts writes them.

/** What the VM calls in an instance. Absent ones are not exported. */
export interface InstanceExports {
  readonly memory: WebAssembly.Memory;
  /** Sets the gas, empties the memory account and the status, and sets how much of the stack is in use. */
  enter(gas: number, stackBytes: number): void;
  /** Takes gas. Returns what is left; negative when it does not suffice, and then nothing was taken. */
  take(gas: number): number;
  /** What is left; negative when the module ran out of gas. */
  left(): number;
  /** What `memory.grow` and the bulk operators cost since `enter`. */
  memoryGas(): number;
  /** One of `STATUS`. */
  status(): number;
  /** How much of the stack is in use. */
  stack(): number;
  /** Gives every mutable global its initial value. */
  reset(): void;
  /** The bits of the mutable numeric global number `index`. */
  save(index: number): bigint;
  load(index: number, bits: bigint): void;
  /** The upper half of the last result of `execute` or `query`. */
  high(): number;
  init(argsPtr?: number, argsLength?: number): void;
  /** Returns the lower half of the i64, or nothing. */
  execute(methodPtr: number, methodLength: number, argsPtr: number, argsLength: number): number | undefined;
  query(methodPtr: number, methodLength: number, argsPtr?: number, argsLength?: number): number;
  alloc?(length: number): number;
  /** Says at which page the pages of the inputs end and how many they are, where the code is not to see them. */
  inputs?(endPage: number, pages: number): void;
  /** The module's start function. */
  start?(): void;
}
