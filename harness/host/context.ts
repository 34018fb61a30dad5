// The right to know: who calls, what was sent, balances, the block, the chain. Reads only.

import { ADDRESS_BYTES, addressFromBytes } from "../core/address.js";
import { STORAGE_READ } from "../gas/tank.js";
import { checkRange, type HostBindings, type HostFrame } from "./host-frame.js";
import { AMOUNT_BYTES, amountToBytes, writeAmount } from "./u256.js";

export function contextFunctions(frame: HostFrame): HostBindings {
  /** A function that writes bytes to `output_ptr`. */
  const giveBytes = (name: string, price: "caller" | "context", read: () => Uint8Array) => (outputPtr: number) => {
    const output = outputPtr >>> 0;
    const gas = frame.schedule[price];
    frame.charge(STORAGE_READ, gas);
    const memory = frame.memory();
    const bytes = read();
    checkRange(frame, memory, output, bytes.length, `${name} output_ptr`);
    if (frame.watched) frame.tell(name, gas, [], bytes);
    memory.set(bytes, output);
    return undefined;
  };

  const getValue = (outputPtr: number): undefined => {
    const output = outputPtr >>> 0;
    const gas = frame.schedule.context;
    frame.charge(STORAGE_READ, gas);
    const memory = frame.memory();
    checkRange(frame, memory, output, AMOUNT_BYTES, "qw_get_value output_ptr");
    if (frame.watched) frame.tell("qw_get_value", gas, [], amountToBytes(frame.value));
    writeAmount(memory, output, frame.value);
    return undefined;
  };

  /** A function that returns a u64. The engine passes it as the i64 of the same bits. */
  const giveNumber = (name: string, read: () => number | bigint) => () => {
    const gas = frame.schedule.context;
    frame.charge(STORAGE_READ, gas);
    const number = BigInt(read());
    if (frame.watched) frame.tell(name, gas, [], amountToBytes(number).subarray(0, 8));
    return number;
  };

  const getBalance = (addressPtr: number, outputPtr: number): undefined => {
    const source = addressPtr >>> 0;
    const output = outputPtr >>> 0;
    const gas = frame.schedule.balance;
    frame.charge(STORAGE_READ, gas);
    const memory = frame.memory();
    checkRange(frame, memory, source, ADDRESS_BYTES, "qw_get_balance address_ptr");
    checkRange(frame, memory, output, AMOUNT_BYTES, "qw_get_balance output_ptr");
    const bytes = memory.slice(source, source + ADDRESS_BYTES);
    const balance = frame.journal.world.find(addressFromBytes(bytes))?.balance.value ?? 0n;
    if (frame.watched) frame.tell("qw_get_balance", gas, [bytes], amountToBytes(balance));
    writeAmount(memory, output, balance);
    return undefined;
  };

  return {
    "qw_get_caller (i32) -> ()": giveBytes("qw_get_caller", "caller", () => frame.caller.bytes),
    "qw_get_self (i32) -> ()": giveBytes("qw_get_self", "context", () => frame.contract.bytes),
    "qw_get_value (i32) -> ()": getValue,
    "qw_get_vrf (i32) -> ()": giveBytes("qw_get_vrf", "context", () => frame.block.vrf),
    "qw_get_block_height () -> i64": giveNumber("qw_get_block_height", () => frame.block.height),
    "qw_get_block_timestamp () -> i64": giveNumber("qw_get_block_timestamp", () => frame.block.timestamp),
    "qw_get_chain_id () -> i64": giveNumber("qw_get_chain_id", () => frame.chainId),
    "qw_get_balance (i32, i32) -> ()": getBalance,
  };
}
