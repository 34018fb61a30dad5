// What one action costs under a schedule. Lengths are unsigned 32-bit numbers, so every result is an exact number.

import type { GasSchedule } from "./schedule.js";

/** `qw_storage_read` that copies `copiedBytes` of the stored value. */
export function storageReadGas(schedule: GasSchedule, copiedBytes: number): number {
  return schedule.storageRead + schedule.storageReadByte * copiedBytes;
}

/** `qw_storage_write` of a value of `valueBytes`; a deletion writes 0 bytes. */
export function storageWriteGas(schedule: GasSchedule, valueBytes: number): number {
  return schedule.storageWrite + schedule.storageWriteByte * valueBytes;
}

/** `qw_sha3_256` of `dataBytes`. */
export function sha3Gas(schedule: GasSchedule, dataBytes: number): number {
  return Math.max(schedule.sha3Least, schedule.sha3Byte * dataBytes);
}

/** `qw_dilithium_verify` over a message of `messageBytes`. */
export function dilithiumGas(schedule: GasSchedule, messageBytes: number): number {
  const beyond = Math.max(0, messageBytes - schedule.dilithiumBytes);
  return schedule.dilithiumVerify + schedule.dilithiumByte * beyond;
}

/** Handing over `bytes` from contract to contract: a nested call's arguments or its result; or revert data. */
export function copyGas(schedule: GasSchedule, bytes: number): number {
  return schedule.copyUnit * Math.ceil(bytes / schedule.copyUnitSize);
}

/** `qw_emit_event` with `topicAndDataBytes` in all. */
export function eventGas(schedule: GasSchedule, topicAndDataBytes: number): number {
  return schedule.event + schedule.eventByte * topicAndDataBytes;
}

/** Storing the code of a module of `wasmBytes`; what `init` spends comes on top. */
export function deploymentGas(schedule: GasSchedule, wasmBytes: number): number {
  return schedule.deployment + schedule.deploymentByte * wasmBytes;
}

/** The surcharge of a bulk operator over `length` bytes of memory. The rewritten module computes the same. */
export function bulkGas(schedule: GasSchedule, length: number): number {
  return schedule.bulkUnit * Math.ceil(length / schedule.bulkUnitSize);
}

/** The surcharge of a bulk operator over `elements` of a table. The rewritten module computes the same. */
export function tableGas(schedule: GasSchedule, elements: number): number {
  return schedule.bulkUnit * Math.ceil(elements / schedule.tableUnitSize);
}

/** What a nested call may spend of `gasLeft`: all but a 64th, rounded down (the EVM's rule, EIP-150). */
export function nestedCallGas(gasLeft: number): number {
  return gasLeft - Math.floor(gasLeft / 64);
}
