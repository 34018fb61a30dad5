// The right to the contract's own storage: qw_storage_read in both forms, qw_storage_write.

import { HOST_BOUNDS } from "../core/limits.js";
import { storageReadGas, storageWriteGas } from "../gas/formulas.js";
import { STORAGE_READ, STORAGE_WRITE } from "../gas/tank.js";
import { checkRange, type HostBindings, type HostFrame } from "./host-frame.js";

/** The second form's answer on its way: shifting and adding numbers of 64 bits would make many of them. */
const WORD_BYTES = new Uint8Array(8);
const WORD = new DataView(WORD_BYTES.buffer);

export function storageFunctions(frame: HostFrame): HostBindings {
  /** A key's length has no price, so it has a bound. */
  const checkKey = (memory: Uint8Array, keyPtr: number, keyLen: number, name: string): void => {
    checkRange(frame, memory, keyPtr, keyLen, `${name} key_ptr`);
    if (keyLen > HOST_BOUNDS.storageKeyBytes) {
      const detail = `${name}: a key of ${keyLen} bytes, ${HOST_BOUNDS.storageKeyBytes} are allowed.`;
      frame.trap("input too long", detail);
    }
  };

  /** The stored value, after the first part of the price and the checks. */
  const find = (keyPtr: number, keyLen: number, memory: Uint8Array): Uint8Array | undefined => {
    checkKey(memory, keyPtr, keyLen, "qw_storage_read");
    return frame.contract.storage.find(memory, keyPtr, keyPtr + keyLen)?.value;
  };

  const read = (keyPtr: number, keyLen: number, valuePtr: number, valueLen: number): number => {
    const key = keyPtr >>> 0;
    const keyLength = keyLen >>> 0;
    const target = valuePtr >>> 0;
    const capacity = valueLen >>> 0;
    frame.charge(STORAGE_READ, frame.schedule.storageRead);
    const memory = frame.memory();
    const value = find(key, keyLength, memory);
    checkRange(frame, memory, target, capacity, "qw_storage_read value_ptr");
    const copied = value === undefined ? 0 : Math.min(value.length, capacity);
    if (copied > 0) frame.charge(STORAGE_READ, frame.schedule.storageReadByte * copied);
    if (frame.watched) {
      const gas = storageReadGas(frame.schedule, copied);
      frame.tell("qw_storage_read", gas, [memory.slice(key, key + keyLength)], value?.slice(0, copied));
    }
    if (value === undefined) return 0;
    if (copied === value.length) memory.set(value, target);
    else memory.set(value.subarray(0, copied), target);
    return value.length;
  };

  const readWord = (keyPtr: number, keyLen: number): bigint => {
    const key = keyPtr >>> 0;
    const keyLength = keyLen >>> 0;
    frame.charge(STORAGE_READ, frame.schedule.storageRead);
    const memory = frame.memory();
    const value = find(key, keyLength, memory);
    const copied = value === undefined ? 0 : Math.min(value.length, 8);
    if (copied > 0) frame.charge(STORAGE_READ, frame.schedule.storageReadByte * copied);
    if (frame.watched) {
      const gas = storageReadGas(frame.schedule, copied);
      frame.tell("qw_storage_read", gas, [memory.slice(key, key + keyLength)], value?.slice(0, copied));
    }
    for (let i = 0; i < 8; i++) WORD_BYTES[i] = i < copied ? ((value as Uint8Array)[i] as number) : 0;
    return WORD.getBigInt64(0, true);
  };

  const write = (keyPtr: number, keyLen: number, valuePtr: number, valueLen: number): undefined => {
    const key = keyPtr >>> 0;
    const keyLength = keyLen >>> 0;
    const source = valuePtr >>> 0;
    const length = valueLen >>> 0;
    const gas = storageWriteGas(frame.schedule, length);
    frame.charge(STORAGE_WRITE, gas);
    if (frame.readOnly) frame.trap("write in a query", "qw_storage_write was called in a read-only call.");
    const memory = frame.memory();
    checkKey(memory, key, keyLength, "qw_storage_write");
    checkRange(frame, memory, source, length, "qw_storage_write value_ptr");
    const value = length === 0 ? undefined : memory.slice(source, source + length);
    const { storage } = frame.contract;
    // Deleting what was never stored must not make a cell: storage would grow by failing to delete.
    const cell =
      value === undefined
        ? storage.find(memory, key, key + keyLength)
        : storage.findOrCreate(memory, key, key + keyLength);
    if (cell !== undefined) frame.journal.write(cell, value);
    if (frame.watched) {
      frame.tell("qw_storage_write", gas, [memory.slice(key, key + keyLength), value ?? new Uint8Array(0)]);
    }
    return undefined;
  };

  return {
    "qw_storage_read (i32, i32, i32, i32) -> i32": read,
    "qw_storage_read (i32, i32) -> i64": readWord,
    "qw_storage_write (i32, i32, i32, i32) -> ()": write,
  };
}
