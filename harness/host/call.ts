// The right to call other contracts: qw_call_contract. The call itself is the frame's (the VM's) to carry out.

import { ADDRESS_BYTES, addressFromBytes } from "../core/address.js";
import { HOST_BOUNDS } from "../core/limits.js";
import { isStackOverflow } from "../core/stack-overflow.js";
import { copyGas } from "../gas/formulas.js";
import { CALLS } from "../gas/tank.js";
import { checkRange, type HostBindings, type HostFrame } from "./host-frame.js";

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function callFunctions(frame: HostFrame): HostBindings {
  const call = (
    addressPtr: number,
    methodPtr: number,
    methodLen: number,
    argsPtr: number,
    argsLen: number,
    resultPtr: number,
    resultLen: number,
  ): number => {
    const addressStart = addressPtr >>> 0;
    const methodStart = methodPtr >>> 0;
    const methodLength = methodLen >>> 0;
    const argsStart = argsPtr >>> 0;
    const argsLength = argsLen >>> 0;
    const output = resultPtr >>> 0;
    const capacity = resultLen >>> 0;
    const { schedule } = frame;
    let gas = schedule.call + copyGas(schedule, argsLength);
    frame.charge(CALLS, gas);
    const chargeMore = (more: number): void => {
      if (more > 0) frame.charge(CALLS, more);
      gas += more;
    };
    const memory = frame.memory();
    checkRange(frame, memory, addressStart, ADDRESS_BYTES, "qw_call_contract address_ptr");
    checkRange(frame, memory, methodStart, methodLength, "qw_call_contract method_ptr");
    checkRange(frame, memory, argsStart, argsLength, "qw_call_contract args_ptr");
    checkRange(frame, memory, output, capacity, "qw_call_contract result_ptr");
    checkSizes(frame, methodLength, argsLength);
    const address = memory.slice(addressStart, addressStart + ADDRESS_BYTES);
    const methodBytes = memory.slice(methodStart, methodStart + methodLength);
    const args = memory.slice(argsStart, argsStart + argsLength);
    const method = decodeMethod(frame, methodBytes);
    const to = addressFromBytes(address);
    chargeMore(schedule.memoryPage * frame.pagesToPutBack(to));
    const { journal } = frame;
    journal.enterCall();
    const { succeeded, data, trap } = frame.call(to, method, args);
    journal.leaveCall(succeeded);
    if (trap !== undefined) frame.trap(trap.code, trap.detail, trap.cause);
    // Who reverts has paid for the data.
    if (succeeded) chargeMore(copyGas(schedule, data.length));
    if (frame.watched) frame.tell("qw_call_contract", gas, [address, methodBytes, args], data);
    const copied = Math.min(data.length, capacity);
    if (copied > 0) frame.memory().set(data.subarray(0, copied), output);
    return succeeded ? data.length : -1 - data.length;
  };

  return { "qw_call_contract (i32, i32, i32, i32, i32, i32, i32) -> i32": call as HostBindings[string] };
}

/** Names and arguments have no price for their size, and the transaction's trace keeps them: so they have bounds. */
function checkSizes(frame: HostFrame, methodLength: number, argsLength: number): void {
  const { methodBytes, nestedArgsBytes } = HOST_BOUNDS;
  if (methodLength > methodBytes) {
    const detail = `qw_call_contract: a method name of ${methodLength} bytes, ${methodBytes} are allowed.`;
    frame.trap("input too long", detail);
  }
  const { volumes } = frame.journal;
  volumes.nestedArgs += argsLength;
  if (volumes.nestedArgs > nestedArgsBytes) {
    const detail = `qw_call_contract: arguments of more than ${nestedArgsBytes} bytes in the transaction's nested calls.`;
    frame.trap("input too long", detail);
  }
}

function decodeMethod(frame: HostFrame, bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch (error) {
    if (isStackOverflow(error)) throw error;
    return frame.trap("bad UTF-8", "qw_call_contract was given a method name that is not UTF-8.");
  }
}
