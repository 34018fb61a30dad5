// The right to emit events.

import { eventGas } from "../gas/formulas.js";
import { EVENTS } from "../gas/tank.js";
import { checkRange, copyShortLived, type HostBindings, type HostFrame } from "./host-frame.js";

export function eventFunctions(frame: HostFrame): HostBindings {
  const emit = (topicPtr: number, topicLen: number, dataPtr: number, dataLen: number): undefined => {
    const topicStart = topicPtr >>> 0;
    const topicLength = topicLen >>> 0;
    const dataStart = dataPtr >>> 0;
    const dataLength = dataLen >>> 0;
    const gas = eventGas(frame.schedule, topicLength + dataLength);
    frame.charge(EVENTS, gas);
    if (frame.readOnly) frame.trap("event in a query", "qw_emit_event was called in a read-only call.");
    const memory = frame.memory();
    checkRange(frame, memory, topicStart, topicLength, "qw_emit_event topic_ptr");
    checkRange(frame, memory, dataStart, dataLength, "qw_emit_event data_ptr");
    const topic = memory.slice(topicStart, topicStart + topicLength);
    const data = copyShortLived(memory, dataStart, dataStart + dataLength);
    frame.journal.emit({ contract: frame.contract.address, topic, data });
    if (frame.watched) frame.tell("qw_emit_event", gas, [topic, data]);
    return undefined;
  };

  return { "qw_emit_event (i32, i32, i32, i32) -> ()": emit };
}
