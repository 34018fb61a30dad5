// A thread whose native stack is so deep that the counted one always ends first, whatever the engine's compilers put into
// their frames. A transaction that meets the end of this thread's stack is undone and carried out again with its contracts
// there, to the same receipt as if it had never met it (transaction.ts). World, journal and host functions stay here: the two
// threads take turns, and pass numbers through shared memory. deep-stack-thread.cjs is the other side.
//
// Why it is deep enough: a frame counts 32 bytes or more, so at most 4,096 are under way in the largest counted stack there is,
// and its bytes stand for at most 262,144 operators, each rewritten to fewer than ten values of 8 bytes, or 21 MB; and the
// engine inlines at most 5,000 bytes of code into each frame, which make 2,500 values at most, or 82 MB.

import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { InternalError, QwvmError } from "../core/errors.js";
import { isStackOverflow } from "../core/stack-overflow.js";
import type { InstanceExports } from "../instrument/instance-exports.js";
import { REWRITTEN_IMPORTS } from "../instrument/write-sections.js";
import { SITE_FRAMES } from "./frame-exit.js";

const STACK_MEGABYTES = 256;
const STARTS_WITHIN_MS = 60_000;
/** Instances after which another thread is taken: this one hardly ever collects those that are not used any more. */
const MOST_INSTANCES = 100;

/** Where what stands in the shared memory, in units of 8 bytes; the first unit is whose turn it is. */
const AT = {
  kind: 1,
  instance: 2,
  import: 3,
  owed: 4,
  left: 5,
  memoryGas: 6,
  status: 7,
  stack: 8,
  pages: 9,
  count: 10,
  textLength: 11,
  silent: 12,
  values: 13,
} as const;
const TEXT_START = 16_384;
const SHARED_BYTES = TEXT_START + 262_144;
const TAG = { none: 0, number: 1, bigint: 2 } as const;
const TURN = { machine: 0, thread: 1 } as const;
const TO_THREAD = { make: 1, call: 2, returned: 3, ended: 4, site: 5, forget: 6 } as const;
const TO_MACHINE = { done: 1, host: 2, failed: 3, ended: 4 } as const;
const LAYOUT = { AT, TEXT_START, TAG, TURN, TO_THREAD, TO_MACHINE, FRAMES: SITE_FRAMES };

type Value = number | bigint | undefined;
type HostFunction = (...values: never[]) => Value;

/** What an instance on the other thread is made of. */
export interface DeepModule {
  /** Imports its memory, which is shared, as `memory`. */
  readonly module: WebAssembly.Module;
  readonly initialPages: number;
  readonly mostPages: number;
  /** How many bytes farther back its code stands than in the module that runs on this thread. */
  readonly shift: number;
}

/** An instance on the other thread, as the VM uses it. */
export interface DeepInstance {
  readonly exports: InstanceExports;
  /** An error whose stack holds the Wasm frames that are running there now. */
  captureSite(): Error;
}

/** The state of one instance, as it was told last. */
interface State {
  left: number;
  memoryGas: number;
  status: number;
  stack: number;
  /** Gas that host functions have taken since. */
  owed: number;
}

const UTF8 = new TextDecoder();

/** The thread, started when it is first needed, and kept. */
export class DeepStack {
  static #only: DeepStack | undefined;
  readonly #turn: Int32Array;
  readonly #numbers: Float64Array;
  readonly #bits: BigInt64Array;
  readonly #bytes: Uint8Array;
  readonly #port: MessagePort;
  readonly #thread: Worker;
  #isAbandoned = false;
  #made = 0;
  /** Instances there are; the last ones belong to the transaction that began last. */
  #instanceCount = 0;

  /** @throws QwvmError `NO_DEEP_STACK` when no such thread can be started */
  static get(): DeepStack {
    DeepStack.#only ??= new DeepStack();
    return DeepStack.#only;
  }

  private constructor() {
    const shared = new SharedArrayBuffer(SHARED_BYTES);
    this.#turn = new Int32Array(shared, 0, 1);
    this.#numbers = new Float64Array(shared);
    this.#bits = new BigInt64Array(shared);
    this.#bytes = new Uint8Array(shared);
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.unref();
    Atomics.store(this.#turn, 0, TURN.thread);
    const thread = new Worker(new URL("./deep-stack-thread.cjs", import.meta.url), {
      workerData: { shared, port: port2, layout: LAYOUT },
      transferList: [port2],
      resourceLimits: { stackSizeMb: STACK_MEGABYTES },
      // Nothing of how this process was started is of use there, such as a loader of TypeScript.
      env: {},
      execArgv: [],
    });
    thread.unref();
    thread.on("error", () => {});
    this.#thread = thread;
    if (Atomics.wait(this.#turn, 0, TURN.thread, STARTS_WITHIN_MS) === "timed-out") {
      void thread.terminate();
      throw new QwvmError("NO_DEEP_STACK", `No thread with a stack of ${STACK_MEGABYTES} MB could be started.`, {
        hint: "A contract needs one whose functions take very much stack: is the process limited (ulimit -v)?",
      });
    }
  }

  /** Runs a step; the instances that it makes are dropped at its end. */
  run<T>(step: (deep: DeepStack) => T): T {
    const before = this.#instanceCount;
    try {
      return step(this);
    } catch (error) {
      // This thread's own stack may have ended between a call and its answer.
      if (isStackOverflow(error)) this.#abandon();
      throw error;
    } finally {
      this.#instanceCount = before;
      if (before === 0 && this.#made > MOST_INSTANCES) this.#abandon();
      if (!this.#isAbandoned) this.#ask(TO_THREAD.forget, before, undefined, []);
    }
  }

  /** Ends the thread; the next transaction that needs one starts another. */
  #abandon(): void {
    this.#isAbandoned = true;
    if (DeepStack.#only === this) DeepStack.#only = undefined;
    void this.#thread.terminate();
  }

  /**
   * @param isSilent whether an import, which is given a pointer and a length, does nothing any more but to check them: free
   *   calls without a number would take very long from thread to thread
   * @throws RangeError when there is no room for its memory
   */
  instantiate(
    { module, initialPages, mostPages, shift }: DeepModule,
    imports: readonly HostFunction[],
    isSilent: (index: number) => boolean,
  ): DeepInstance {
    const memory = new WebAssembly.Memory({ initial: initialPages, maximum: mostPages, shared: true });
    const id = this.#instanceCount++;
    this.#made++;
    const state: State = { left: 0, memoryGas: 0, status: 0, stack: 0, owed: 0 };
    const link: Link = { id, state, imports, isSilent, shift, memory };
    this.#port.postMessage({ module, memory, importCount: imports.length, name: REWRITTEN_IMPORTS });
    if (this.#ask(TO_THREAD.make, id, link, []) !== TO_MACHINE.done) throw this.#failure(link);
    const call =
      (name: string) =>
      (...values: Value[]): Value =>
        this.#call(link, name, values);
    const names = WebAssembly.Module.exports(module).map(({ name }) => name);
    const exports = Object.fromEntries(names.map((name) => [name, call(name)]));
    const known: Partial<InstanceExports> = {
      memory: {
        get buffer() {
          return memory.buffer;
        },
        grow: (pages: number): number => {
          const before = memory.buffer.byteLength;
          this.#call(link, "grow", [pages]);
          return before / 65_536;
        },
      } as WebAssembly.Memory,
      left: () => state.left,
      memoryGas: () => state.memoryGas,
      status: () => state.status,
      stack: () => state.stack,
      take: (gas) => {
        const left = state.left - gas;
        if (left >= 0) {
          state.left = left;
          state.owed += gas;
        }
        return left;
      },
    };
    return {
      exports: { ...exports, ...known } as InstanceExports,
      captureSite: () => {
        this.#ask(TO_THREAD.site, id, link, []);
        return errorOf("Error", "site", this.#readText(), shift);
      },
    };
  }

  /** Calls an export, and carries out the host calls that come of it. */
  #call(link: Link, name: string, values: readonly Value[]): Value {
    this.#writeText(name);
    let kind = this.#ask(TO_THREAD.call, link.id, link, values);
    for (;;) {
      if (kind === TO_MACHINE.done) return this.#readValues()[0];
      if (kind !== TO_MACHINE.host) throw this.#failure(link);
      const index = this.#numbers[AT.import] as number;
      const host = link.imports[index] as (...values: Value[]) => Value;
      const given = this.#readValues();
      let answer: Value;
      try {
        answer = host(...given);
      } catch (error) {
        // It goes through the contract's functions there, and then on from here.
        if (this.#ask(TO_THREAD.ended, link.id, link, []) !== TO_MACHINE.ended) throw this.#failure(link);
        throw error;
      }
      this.#numbers[AT.silent] = link.isSilent(index) ? 1 : 0;
      kind = this.#ask(TO_THREAD.returned, link.id, link, [answer]);
    }
  }

  #failure({ shift }: Link): Error {
    const text = this.#readText();
    const end = text.indexOf("\n");
    const [name, message] = JSON.parse(text.slice(0, end)) as [string, string];
    if (name !== "RangeError" || !/call stack/i.test(message)) {
      return errorOf(name, message, text.slice(end + 1), shift);
    }
    return new InternalError(`A contract met the end of a stack of ${STACK_MEGABYTES} MB.`);
  }

  /** Hands over and waits for the answer: its kind. The link's state is that after it. */
  #ask(kind: number, id: number, link: Link | undefined, values: readonly Value[]): number {
    if (this.#isAbandoned) throw new InternalError("A thread that was given up was asked for something.");
    const numbers = this.#numbers;
    numbers[AT.kind] = kind;
    numbers[AT.instance] = id;
    numbers[AT.owed] = link?.state.owed ?? 0;
    this.#writeValues(values);
    Atomics.store(this.#turn, 0, TURN.thread);
    Atomics.notify(this.#turn, 0);
    while (Atomics.load(this.#turn, 0) === TURN.thread) Atomics.wait(this.#turn, 0, TURN.thread);
    if (link !== undefined) {
      const { state, memory } = link;
      state.left = numbers[AT.left] as number;
      state.memoryGas = numbers[AT.memoryGas] as number;
      state.status = numbers[AT.status] as number;
      state.stack = numbers[AT.stack] as number;
      state.owed = 0;
      // A memory that grew on another thread: growing it by nothing makes its buffer the present one.
      if (memory.buffer.byteLength !== (numbers[AT.pages] as number) * 65_536) memory.grow(0);
    }
    return numbers[AT.kind] as number;
  }

  #readValues(): Value[] {
    return Array.from({ length: this.#numbers[AT.count] as number }, (_, i) => {
      const at = AT.values + 2 * i;
      if (this.#numbers[at] === TAG.none) return undefined;
      return this.#numbers[at] === TAG.bigint ? this.#bits[at + 1] : this.#numbers[at + 1];
    });
  }

  #writeValues(values: readonly Value[]): void {
    this.#numbers[AT.count] = values.length;
    for (const [i, value] of values.entries()) {
      const at = AT.values + 2 * i;
      this.#numbers[at] = value === undefined ? TAG.none : typeof value === "bigint" ? TAG.bigint : TAG.number;
      if (typeof value === "bigint") this.#bits[at + 1] = value;
      else if (value !== undefined) this.#numbers[at + 1] = value;
    }
  }

  #readText(): string {
    return UTF8.decode(this.#bytes.slice(TEXT_START, TEXT_START + (this.#numbers[AT.textLength] as number)));
  }

  #writeText(text: string): void {
    const bytes = new TextEncoder().encode(text);
    this.#bytes.set(bytes, TEXT_START);
    this.#numbers[AT.textLength] = bytes.length;
  }
}

/** One instance there. */
interface Link {
  readonly id: number;
  readonly state: State;
  readonly imports: readonly HostFunction[];
  readonly isSilent: (index: number) => boolean;
  readonly shift: number;
  readonly memory: WebAssembly.Memory;
}

/** An error as the engine would have thrown it here: with the offsets of the module that runs here. */
function errorOf(name: string, message: string, stack: string, shift: number): Error {
  const error = new Error(message);
  error.name = name;
  error.stack = stack.replace(
    /(wasm-function\[\d+\]:0x)([0-9a-f]+)/g,
    (_, before: string, offset: string) => before + (Number.parseInt(offset, 16) - shift).toString(16),
  );
  return error;
}
