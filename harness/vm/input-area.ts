// The pages that the VM adds to a contract's memory for the inputs of its calls, when it exports no `qw_alloc`: not
// charged, and kept for the next inputs when the memory is kept. Where an allocator might take them for its own
// (input-room.ts says of which modules that can be), they are looked at when the call has ended: a call that wrote to
// them outside of its inputs has mixed up its own data with them, and fails.

import type { Instance, WrittenInputs } from "./instance.js";
import { PAGE_BYTES } from "./memory-image.js";

/** In guarded areas these bytes lie before the inputs: whatever grows into the area from below overwrites them first. */
const GUARD = new Uint8Array(64).fill(0xa5);
const NO_BYTES = new Uint8Array(0);
const ZERO_PAGE = new Uint8Array(PAGE_BYTES);

/** Writes two inputs, one after the other, into the area, and returns where they are. */
export function writeToInputArea(instance: Instance, first: Uint8Array, second: Uint8Array): number {
  if (first.length + second.length === 0) return 0;
  const guard = instance.compiled.instrumented.contract.inputs !== "safe" ? GUARD : NO_BYTES;
  const sizeBytes = guard.length + first.length + second.length;
  const offset = reserve(instance, sizeBytes);
  instance.inputs = { offset, parts: [guard, first, second] };
  putInputs(instance);
  return offset + guard.length;
}

/** Makes the area large enough. It grows where it is as long as nothing lies behind it. */
function reserve(instance: Instance, sizeBytes: number): number {
  const { length } = instance.memory();
  const area = instance.inputArea ?? { offset: length, sizeBytes: 0 };
  if (area.sizeBytes >= sizeBytes) return area.offset;
  const isLast = area.offset + area.sizeBytes === length;
  const size = Math.ceil(sizeBytes / PAGE_BYTES) * PAGE_BYTES;
  const pages = (size - (isLast ? area.sizeBytes : 0)) / PAGE_BYTES;
  if (!instance.grow(pages)) {
    const detail = `The inputs' ${sizeBytes} bytes need ${pages} more pages than the memory may have.`;
    instance.trap("memory limit exceeded", detail);
  }
  instance.inputArea = { offset: isLast ? area.offset : length, sizeBytes: size };
  hideInputs(instance);
  return instance.inputArea.offset;
}

/** Tells code that takes all memory for its own, up to its size, which pages are the inputs'. */
export function hideInputs({ exports, inputArea }: Instance): void {
  if (exports.inputs === undefined) return;
  const { offset, sizeBytes } = inputArea ?? { offset: 0, sizeBytes: 0 };
  exports.inputs((offset + sizeBytes) / PAGE_BYTES, sizeBytes / PAGE_BYTES);
}

/** Writes the inputs of the call under way to where they were put, if they were. */
export function putInputs(instance: Instance): void {
  if (instance.inputs === undefined) return;
  const { offset, parts } = instance.inputs;
  const memory = instance.memory();
  let at = offset;
  for (const bytes of parts) {
    memory.set(bytes, at);
    at += bytes.length;
  }
  if (parts[0] === GUARD) memory.fill(0, at, endOfArea(instance));
}

/** Traps when the call has written to its input area outside of its inputs, which it may change. */
export function checkInputArea(instance: Instance): void {
  const { inputs } = instance;
  if (inputs === undefined || inputs.parts[0] !== GUARD) return;
  const [guard, first, second] = inputs.parts;
  const memory = instance.memory();
  const rest = memory.subarray(inputs.offset + guard.length + first.length + second.length, endOfArea(instance));
  const before = memory.subarray(inputs.offset, inputs.offset + guard.length);
  const isWhole = Buffer.compare(before, guard) === 0 && Buffer.compare(rest, ZERO_PAGE.subarray(0, rest.length)) === 0;
  if (isWhole) return;
  const { offset, sizeBytes } = instance.inputArea as { offset: number; sizeBytes: number };
  const detail = `The contract wrote to the ${sizeBytes} bytes at ${offset}, which hold its call's inputs, as if they were its own; export qw_alloc(length) -> pointer.`;
  instance.trap("inputs overwritten", detail);
}

/** The area may be larger than these inputs need: what lies a page and more behind them is not looked at. */
function endOfArea({ inputArea, inputs }: Instance): number {
  const { offset, sizeBytes } = inputArea as { offset: number; sizeBytes: number };
  const used = (inputs as WrittenInputs).parts.reduce((sum, { length }) => sum + length, 0);
  return offset + Math.min(sizeBytes, Math.ceil(used / PAGE_BYTES) * PAGE_BYTES);
}
