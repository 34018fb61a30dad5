// The right to pay from the contract's own balance: qw_transfer, with and without a result. Paying runs no code.

import { ADDRESS_BYTES, addressFromBytes } from "../core/address.js";
import { TRANSFERS } from "../gas/tank.js";
import { moveValue } from "../state/journal.js";
import { checkRange, type HostBindings, type HostFrame } from "./host-frame.js";
import { AMOUNT_BYTES, readAmount } from "./u256.js";

export function transferFunctions(frame: HostFrame): HostBindings {
  /** Pays; the reason when it cannot. */
  const pay = (toPtr: number, amountPtr: number): string | undefined => {
    const to = toPtr >>> 0;
    const source = amountPtr >>> 0;
    const gas = frame.schedule.transfer;
    frame.charge(TRANSFERS, gas);
    if (frame.readOnly) frame.trap("transfer in a query", "qw_transfer was called in a read-only call.");
    const memory = frame.memory();
    checkRange(frame, memory, to, ADDRESS_BYTES, "qw_transfer to_ptr");
    checkRange(frame, memory, source, AMOUNT_BYTES, "qw_transfer amount_ptr");
    const address = memory.slice(to, to + ADDRESS_BYTES);
    const amount = readAmount(memory, source);
    const payee = frame.journal.world.account(addressFromBytes(address));
    const payer = frame.contract;
    const problem = moveValue(frame.journal, payer, payee, amount);
    if (frame.watched) {
      const done = new Uint8Array([problem === undefined ? 1 : 0]);
      frame.tell("qw_transfer", gas, [address, memory.slice(source, source + AMOUNT_BYTES)], done);
    }
    if (problem === "too little") return `The contract has ${payer.balance.value} and was to pay ${amount}.`;
    return problem && `The payee's balance of ${payee.balance.value} and ${amount} are more than 256 bits.`;
  };

  return {
    "qw_transfer (i32, i32) -> i32": (toPtr = 0, amountPtr = 0) => (pay(toPtr, amountPtr) === undefined ? 1 : 0),
    "qw_transfer (i32, i32) -> ()": (toPtr = 0, amountPtr = 0) => {
      const problem = pay(toPtr, amountPtr);
      if (problem !== undefined) frame.trap("balance too low", problem);
      return undefined;
    },
  };
}
