// One instance of a contract's module: its memory, its gas counter, and the call that it is carrying out. It is the
// frame that host functions see. Instances are used again: between calls a pool holds them (instance-pool.ts).

import type { Address } from "../core/address.js";
import type { SourcePosition } from "../core/artifact.js";
import { HOST_BOUNDS } from "../core/limits.js";
import type { Failure, TrapCode } from "../core/outcome.js";
import { isStackOverflow } from "../core/stack-overflow.js";
import type { GasSchedule } from "../gas/schedule.js";
import { type GasSlot, type GasTank, INSTRUCTIONS } from "../gas/tank.js";
import { bindHost, findBinding } from "../host/bindings.js";
import type { BlockFacts, CallResult, HostBindings, HostFrame } from "../host/host-frame.js";
import type { SignatureScheme } from "../host/signatures.js";
import type { InstanceExports } from "../instrument/instance-exports.js";
import { REWRITTEN_IMPORTS } from "../instrument/write-sections.js";
import type { Account, MemoryImage } from "../state/account.js";
import type { Journal } from "../state/journal.js";
import type { CompiledContract } from "./compiled-contract.js";
import { deepModuleOf } from "./deep-module.js";
import type { DeepStack } from "./deep-stack.js";
import { captureSite, type Ending, FRAME_EXIT } from "./frame-exit.js";
import { copyMemory, type MemoryFacts, PAGE_BYTES, putImage, viewMemory } from "./memory-image.js";

/** What a frame needs of the machine that runs it. */
export interface FrameHost {
  readonly schedule: GasSchedule;
  readonly journal: Journal;
  readonly tank: GasTank;
  readonly block: BlockFacts;
  readonly watched: boolean;
  readonly logs: string[];
  /** As `HostFrame.pagesToPutBack`. */
  pagesToPutBack(contract: Address): number;
  /** Runs a nested call from a frame. */
  callContract(from: Instance, to: Address, method: string, args: Uint8Array): CallResult;
  tellHostCall(
    frame: Instance,
    name: string,
    gas: number,
    input: readonly Uint8Array[],
    output: Uint8Array | undefined,
  ): void;
}

/** Inputs in the area: where it begins, what lies in it. */
export interface WrittenInputs {
  readonly offset: number;
  /** The guard, and the inputs behind it. */
  readonly parts: readonly [guard: Uint8Array, first: Uint8Array, second: Uint8Array];
}

/** An instance; the fields beyond the first two are those of the call under way. */
export class Instance implements HostFrame {
  readonly compiled: CompiledContract;
  readonly exports: InstanceExports;
  readonly scheme: SignatureScheme;

  host!: FrameHost;
  schedule!: GasSchedule;
  journal!: Journal;
  block!: BlockFacts;
  chainId = 0n;
  contract!: Account;
  caller!: Account;
  value = 0n;
  readOnly = false;
  watched = false;
  depth = 0;
  kept = false;
  /** Why the call ended early; undefined while it runs. */
  ending: Ending | undefined;
  /** The last nested call's failure, which a revert may pass on. */
  calleeFailure: Failure | undefined;
  /** For kept contracts: the image that the memory began with. */
  image: MemoryImage | undefined;
  inputArea: MemoryImage["inputArea"];
  /** What the call under way was given in the input area; a call back into the contract writes its own there. */
  inputs: WrittenInputs | undefined;
  /** Memory and globals are those of a new instance. */
  pristine = true;
  /** Memory and globals are those of this image. */
  holds: MemoryImage | undefined;

  /** Whether it runs on the thread with the deep stack. Such instances live for one transaction. */
  readonly isDeep: boolean;
  readonly #captureSite: () => Error;
  #bytes: Uint8Array;

  constructor(compiled: CompiledContract, scheme: SignatureScheme, deep?: DeepStack) {
    this.compiled = compiled;
    this.scheme = scheme;
    const bindings: HostBindings = bindHost(this, scheme);
    const imports = compiled.instrumented.contract.imports.map(({ name, signature }) =>
      findBinding(bindings, name, signature),
    );
    this.isDeep = deep !== undefined;
    if (deep === undefined) {
      const numbered = Object.fromEntries(imports.map((binding, i) => [String(i), binding]));
      const instance = new WebAssembly.Instance(compiled.module, { [REWRITTEN_IMPORTS]: numbered });
      this.exports = inOneShape(instance.exports as unknown as InstanceExports);
      this.#captureSite = captureSite;
    } else {
      const log = compiled.instrumented.contract.imports.findIndex(({ name }) => name === "qw_log");
      const isSilent = (index: number): boolean =>
        index === log && this.journal.volumes.log > HOST_BOUNDS.logBytes && !this.watched;
      const instance = deep.instantiate(deepModuleOf(compiled), imports, isSilent);
      this.exports = instance.exports;
      this.#captureSite = instance.captureSite;
    }
    this.#bytes = new Uint8Array(this.exports.memory.buffer);
  }

  /** Lets go of everything that belongs to the call: a waiting instance must not keep a whole chain alive. */
  release(): void {
    const nothing = undefined as never;
    this.host = nothing;
    this.journal = nothing;
    this.block = nothing;
    this.contract = nothing;
    this.caller = nothing;
    this.ending = undefined;
    this.calleeFailure = undefined;
    this.inputs = undefined;
    this.image = undefined;
  }

  memory(): Uint8Array {
    // A memory that grew has a new buffer and leaves the old one empty, unless threads share it.
    if (this.#bytes.length === 0 || this.isDeep) this.#bytes = new Uint8Array(this.exports.memory.buffer);
    return this.#bytes;
  }

  charge(slot: GasSlot, gas: number): void {
    if (this.exports.take(gas) < 0) {
      // A counter that was below zero already means that the code before this call was not paid for.
      const starved = this.exports.left() < 0 ? INSTRUCTIONS : slot;
      this.ending = { kind: "out_of_gas", slot: starved, site: this.#captureSite() };
      throw FRAME_EXIT;
    }
    if (gas > 0) this.host.tank.add(slot, gas);
  }

  trap(code: TrapCode, detail: string, cause?: Failure): never {
    this.ending = { kind: "trapped", code, detail, site: this.#captureSite(), cause };
    throw FRAME_EXIT;
  }

  revert(data: Uint8Array, abort?: { message: string; position?: SourcePosition }): never {
    this.ending = { kind: "reverted", data, abort, site: this.#captureSite() };
    throw FRAME_EXIT;
  }

  pagesToPutBack(contract: Address): number {
    return this.host.pagesToPutBack(contract);
  }

  call(to: Address, method: string, args: Uint8Array): CallResult {
    return this.host.callContract(this, to, method, args);
  }

  log(text: string): void {
    this.host.logs.push(text);
  }

  tell(name: string, gas: number, input: readonly Uint8Array[], output?: Uint8Array): void {
    this.host.tellHostCall(this, name, gas, input, output);
  }

  /** Grows the memory from outside; false when the limit does not allow it. */
  grow(pages: number): boolean {
    try {
      this.exports.memory.grow(pages);
      return true;
    } catch (error) {
      if (isStackOverflow(error)) throw error;
      return false;
    }
  }

  /** Whether the memory is as large as a new instance's. */
  hasInitialSize(): boolean {
    return this.memory().length === this.compiled.instrumented.initialPages * PAGE_BYTES;
  }

  /** Makes memory and globals those of a new instance; the size must be the initial one. */
  reset(): void {
    if (this.pristine) return;
    const memory = this.memory();
    memory.fill(0);
    for (const { at, bytes } of this.compiled.instrumented.initialData) memory.set(bytes, at);
    this.exports.reset();
    this.holds = undefined;
    this.pristine = true;
  }

  /** The image of memory and globals while the frame waits; good until it goes on. */
  viewMemory(): MemoryImage {
    return viewMemory(this.memory(), this.#facts(), this.image);
  }

  /**
   * Takes an image of memory and globals, sharing what equals the image that they began with.
   * @param room whether so many pages may be copied; if not, there is no image
   */
  copyMemory(room: (pages: number) => boolean): MemoryImage | undefined {
    return copyMemory(this.memory(), this.#facts(), this.image, room);
  }

  #facts(): MemoryFacts {
    const globals: bigint[] = [];
    for (let i = 0; i < this.compiled.instrumented.globalCount; i++) globals.push(this.exports.save(i));
    return { globals, inputArea: this.inputArea };
  }

  /** To be called when the contract's code is about to run. */
  markUsed(): void {
    this.pristine = false;
    this.holds = undefined;
  }

  /** Makes memory and globals those of an image, with which a frame begins; the memory must not be larger. */
  putImage(image: MemoryImage): void {
    this.image = image;
    if (this.holds !== image) this.takeOver(image);
    this.inputArea = image.inputArea;
    this.holds = image;
  }

  /** Makes memory and globals those of an image that came later than the one with which the frame began. */
  takeOver(image: MemoryImage): void {
    this.pristine = false;
    this.holds = undefined;
    this.inputArea = image.inputArea;
    const missing = image.pages.length - this.memory().length / PAGE_BYTES;
    if (missing > 0) this.grow(missing);
    putImage(this.memory(), image);
    for (const [i, bits] of image.globals.entries()) this.exports.load(i, bits);
  }
}

/** The exports as an object whose shape is the same for all modules: the engine then finds them without a search. */
function inOneShape(exports: InstanceExports): InstanceExports {
  const { memory, enter, take, left, memoryGas, status, stack, reset, save, load, high } = exports;
  const { init, execute, query, alloc, start, inputs } = exports;
  const all = { memory, enter, take, left, memoryGas, status, stack, reset, save, load, high, init, execute, query };
  return { ...all, alloc, start, inputs } as InstanceExports;
}
