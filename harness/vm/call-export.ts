// Calls a contract's export: puts the inputs into its memory, calls, reads the result.

import type { FrameInput } from "./frame-input.js";
import { writeToInputArea } from "./input-area.js";
import type { Instance } from "./instance.js";

const NO_BYTES = new Uint8Array(0);
const UTF8 = new TextEncoder();

/** Methods' names in UTF-8; the few that a program calls are not encoded again. */
const methodBytes = new Map<string, Uint8Array>();
const MOST_METHODS = 1_000;

function encodeMethod(method: string): Uint8Array {
  let bytes = methodBytes.get(method);
  if (bytes === undefined) {
    bytes = UTF8.encode(method);
    if (methodBytes.size >= MOST_METHODS) methodBytes.clear();
    methodBytes.set(method, bytes);
  }
  return bytes;
}

/** Calls the export that serves the message and returns its result's bytes. Ends by throwing when the contract does. */
export function callExport(instance: Instance, input: FrameInput): Uint8Array {
  const { exports, compiled } = instance;
  const { contract } = compiled.instrumented;
  const { args } = input;
  if (input.kind === "deploy") {
    if (!contract.initTakesArguments) exports.init();
    else if (contract.hasAllocator) exports.init(writeByAllocator(instance, args), args.length);
    else exports.init(writeToInputArea(instance, args, NO_BYTES), args.length);
    return NO_BYTES;
  }
  const method = encodeMethod(input.method);
  const isQuery = input.kind === "query";
  const takesArgs = !isQuery || contract.queryTakesArguments;
  let methodPtr: number;
  let argsPtr = 0;
  if (contract.hasAllocator) {
    methodPtr = writeByAllocator(instance, method);
    if (takesArgs) argsPtr = writeByAllocator(instance, args);
  } else {
    methodPtr = writeToInputArea(instance, method, takesArgs ? args : NO_BYTES);
    argsPtr = methodPtr + method.length;
  }
  if (isQuery) {
    const low = takesArgs
      ? exports.query(methodPtr, method.length, argsPtr, args.length)
      : exports.query(methodPtr, method.length);
    return contract.isSdk ? readResult(instance, low) : wordToBytes(low, exports.high());
  }
  const low = exports.execute(methodPtr, method.length, argsPtr, args.length);
  return low !== undefined && contract.isSdk && contract.executeReturns ? readResult(instance, low) : NO_BYTES;
}

/** Has the contract allocate room for an input and writes it there. */
function writeByAllocator(instance: Instance, bytes: Uint8Array): number {
  const pointer = (instance.exports.alloc as (length: number) => number)(bytes.length) >>> 0;
  const memory = instance.memory();
  if (pointer + bytes.length > memory.length) {
    const place = `${bytes.length} bytes at ${pointer}`;
    instance.trap("out-of-bounds pointer", `qw_alloc gave ${place}, outside of the memory of ${memory.length} bytes.`);
  }
  memory.set(bytes, pointer);
  return pointer;
}

/** The bytes that an SDK module's result, `pointer << 32 | length`, stands for. */
function readResult(instance: Instance, low: number): Uint8Array {
  const length = low >>> 0;
  const pointer = instance.exports.high() >>> 0;
  const memory = instance.memory();
  if (pointer + length > memory.length) {
    const place = `${length} bytes at ${pointer}`;
    instance.trap("bad result pointer", `The result, ${place}, is outside of the memory of ${memory.length} bytes.`);
  }
  return length === 0 ? NO_BYTES : memory.slice(pointer, pointer + length);
}

/** A raw module's answer: the u64 itself, little-endian. */
function wordToBytes(low: number, high: number): Uint8Array {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, low, true);
  view.setInt32(4, high, true);
  return bytes;
}
