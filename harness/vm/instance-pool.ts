// Gives a frame an instance in the right state, and takes it back. An instance that cannot be made as new is dropped:
// its memory grew, or its module changes tables or drops segments. Making one takes a hundred times as long as a call.

import { QwvmError } from "../core/errors.js";
import { isStackOverflow } from "../core/stack-overflow.js";
import type { SignatureScheme } from "../host/signatures.js";
import type { MemoryImage } from "../state/account.js";
import type { CompiledContract } from "./compiled-contract.js";
import type { DeepStack } from "./deep-stack.js";
import { Instance } from "./instance.js";
import { PAGE_BYTES } from "./memory-image.js";

/** Beyond this initial size a new instance is cheaper than zeroing an old one; one that an image is put into is not zeroed. */
const LARGEST_POOLED_PAGES = 64;
/** How many instances wait in all pools together, and how many bytes of memory: each reserves gigabytes of addresses. */
const MOST_IDLE = 4_096;
const MOST_IDLE_BYTES = 256 * 1_048_576;

/** Contracts that have idle instances, or had some; the one that came first is the first to lose them. */
const waiting = new Set<CompiledContract>();
let idleCount = 0;
let idleBytes = 0;

/**
 * An instance whose memory is new, or holds the image.
 * @param deep where its functions run, if not on this thread's stack
 */
export function takeInstance(
  compiled: CompiledContract,
  scheme: SignatureScheme,
  image: MemoryImage | undefined,
  deep?: DeepStack,
): Instance {
  const idle = deep === undefined ? takeIdle(compiled, scheme, image) : undefined;
  const instance = idle ?? makeInstance(compiled, scheme, deep);
  if (image === undefined) {
    instance.reset();
    instance.image = undefined;
    instance.inputArea = undefined;
  } else {
    instance.putImage(image);
  }
  return instance;
}

/** Takes an instance back after its frame has ended. */
export function giveBack(instance: Instance): void {
  const { compiled } = instance;
  const { reusable, initialPages } = compiled.instrumented;
  if (instance.isDeep || !reusable) return;
  if (!instance.kept && (initialPages > LARGEST_POOLED_PAGES || !instance.hasInitialSize())) return;
  const { length } = instance.memory();
  instance.release();
  if (compiled.idle.push(instance) === 1) waiting.add(compiled);
  idleCount++;
  idleBytes += length;
  while (idleCount > MOST_IDLE || idleBytes > MOST_IDLE_BYTES) dropOldest();
}

/** A new instance. When the process has no room for its memory, the idle ones make room. */
function makeInstance(compiled: CompiledContract, scheme: SignatureScheme, deep: DeepStack | undefined): Instance {
  try {
    return new Instance(compiled, scheme, deep);
  } catch (error) {
    if (!(error instanceof RangeError) || isStackOverflow(error)) throw error;
  }
  while (idleCount > 0) dropOldest();
  try {
    return new Instance(compiled, scheme, deep);
  } catch (cause) {
    if (!(cause instanceof RangeError) || isStackOverflow(cause)) throw cause;
    throw new QwvmError(
      "HOST_MEMORY_EXHAUSTED",
      `There is no memory left for an instance of ${compiled.options.name}.`,
      {
        hint: "Every running contract takes its memory and an address range of some gigabytes: is the process limited (ulimit -v)?",
        cause,
      },
    );
  }
}

function takeIdle(
  compiled: CompiledContract,
  scheme: SignatureScheme,
  image: MemoryImage | undefined,
): Instance | undefined {
  const { idle } = compiled;
  const largest = (image?.pages.length ?? compiled.instrumented.initialPages) * PAGE_BYTES;
  for (let i = idle.length - 1; i >= 0; i--) {
    const instance = idle[i] as Instance;
    const { length } = instance.memory();
    if (instance.scheme !== scheme || length > largest || (image === undefined && length !== largest)) continue;
    if (i === idle.length - 1) idle.pop();
    else idle.splice(i, 1);
    idleCount--;
    idleBytes -= length;
    return instance;
  }
  return undefined;
}

function dropOldest(): void {
  for (const compiled of waiting) {
    const dropped = compiled.idle.shift() as Instance | undefined;
    if (dropped !== undefined) {
      idleCount--;
      idleBytes -= dropped.memory().length;
      return;
    }
    waiting.delete(compiled);
  }
}
