// The functions that end a frame or talk to the developer: qw_revert, AssemblyScript's abort, qw_log.

import { HOST_BOUNDS } from "../core/limits.js";
import { printableName, printableText } from "../core/printable.js";
import { copyGas } from "../gas/formulas.js";
import { CALLS, INSTRUCTIONS } from "../gas/tank.js";
import { checkRange, type HostBindings, type HostFrame } from "./host-frame.js";

const UTF8 = new TextDecoder("utf-8");
const UTF16 = new TextDecoder("utf-16le");

export function endingFunctions(frame: HostFrame): HostBindings {
  const revert = (dataPtr: number, dataLen: number): never => {
    const start = dataPtr >>> 0;
    const length = dataLen >>> 0;
    const gas = copyGas(frame.schedule, length);
    frame.charge(CALLS, gas);
    const memory = frame.memory();
    checkRange(frame, memory, start, length, "qw_revert data_ptr");
    const data = memory.slice(start, start + length);
    if (frame.watched) frame.tell("qw_revert", gas, [data]);
    return frame.revert(data);
  };

  const abort = (messagePtr: number, filePtr: number, line: number, column: number): never => {
    frame.charge(INSTRUCTIONS, 0);
    const memory = frame.memory();
    const message = readString(frame, memory, messagePtr >>> 0, "abort message");
    const file = readString(frame, memory, filePtr >>> 0, "abort file");
    const data = encodeMessage(message);
    if (frame.watched) frame.tell("abort", 0, [data]);
    // What people see of it can steer no terminal; the data is as the contract gave it.
    const place = { file: printableName(file, HOST_BOUNDS.abortUnits), line: line >>> 0, column: column >>> 0 };
    return frame.revert(data, { message: printableText(message), ...(file === "" ? {} : { position: place }) });
  };

  const log = (ptr: number, len: number): undefined => {
    const start = ptr >>> 0;
    const length = len >>> 0;
    frame.charge(INSTRUCTIONS, 0);
    const memory = frame.memory();
    checkRange(frame, memory, start, length, "qw_log ptr");
    const { volumes } = frame.journal;
    const room = HOST_BOUNDS.logBytes - volumes.log;
    if (room < 0) return undefined;
    volumes.log += Math.max(length, LEAST_LINE_BYTES);
    const isCut = volumes.log > HOST_BOUNDS.logBytes;
    const bytes = memory.slice(start, start + Math.min(length, room));
    frame.log(isCut ? `${UTF8.decode(bytes)}${CUT_HERE}` : UTF8.decode(bytes));
    if (frame.watched) frame.tell("qw_log", 0, [bytes]);
    return undefined;
  };

  return {
    "qw_revert (i32, i32) -> ()": revert,
    "abort (i32, i32, i32, i32) -> ()": abort,
    "qw_log (i32, i32) -> ()": log,
  };
}

/** Ends the line with which the log became too long. Logging is free, so it has a bound. */
const CUT_HERE = `... (cut: a transaction may log ${HOST_BOUNDS.logBytes} bytes)`;
/** What a line counts for at least: there can be very many that are empty. */
const LEAST_LINE_BYTES = 64;

/** An AssemblyScript string: UTF-16, its length in bytes before it. A null pointer is the empty text. */
function readString(frame: HostFrame, memory: Uint8Array, pointer: number, what: string): string {
  if (pointer === 0) return "";
  if (pointer < 4) frame.trap("out-of-bounds pointer", `${what}: there is no string at ${pointer}.`);
  checkRange(frame, memory, pointer - 4, 4, what);
  const length = new DataView(memory.buffer).getUint32(pointer - 4, true);
  checkRange(frame, memory, pointer, length, what);
  // It is free, so it has a bound. Cut where it is not in the middle of a character of two units.
  const most = HOST_BOUNDS.abortUnits * 2;
  if (length <= most) return UTF16.decode(memory.slice(pointer, pointer + length));
  const isHalf = ((memory[pointer + most - 1] as number) & 0xfc) === 0xd8;
  return UTF16.decode(memory.slice(pointer, pointer + (isHalf ? most - 2 : most)));
}

/** Revert data of a text: code 0 and a Borsh string. */
function encodeMessage(message: string): Uint8Array {
  const text = new TextEncoder().encode(message);
  const data = new Uint8Array(8 + text.length);
  new DataView(data.buffer).setUint32(4, text.length, true);
  data.set(text, 8);
  return data;
}
