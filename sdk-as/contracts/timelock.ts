// Calls that have to wait: who has the role "proposer" announces a call, everyone sees it, and after the delay whoever has
// the role "executor" carries it out. Make the timelock the owner of what is to be under it.

import {
  type Address,
  type Bytes,
  callContract,
  context,
  contract,
  emit,
  encode,
  error,
  event,
  execute,
  type Hash,
  indexed,
  init,
  only,
  query,
  Remote,
  remote,
  require,
  role,
  type StorageMap,
  sha3_256,
} from "qwvm/sdk-as";
import { Roles } from "./roles";

@event
export class CallScheduled {
  constructor(
    @indexed public id: Hash,
    public to: Address,
    public method: string,
    public args: Bytes,
    public readyAt: u64,
  ) {}
}

@event
export class CallExecuted {
  constructor(@indexed public id: Hash) {}
}

@event
export class CallCancelled {
  constructor(@indexed public id: Hash) {}
}

@event
export class MinDelayChange {
  constructor(
    public oldDelay: u64,
    public newDelay: u64,
  ) {}
}

@error("a delay of {delay} is too short, {minDelay} seconds are needed")
export class TimelockInsufficientDelay {
  constructor(
    public delay: u64,
    public minDelay: u64,
  ) {}
}

@error("the call is scheduled or done already")
export class TimelockExistingCall {
  constructor(public id: Hash) {}
}

@error("the call is not scheduled, not ready before {readyAt}, or done")
export class TimelockCallNotReady {
  constructor(
    public id: Hash,
    public readyAt: u64,
  ) {}
}

/** The time of a call that has been carried out. */
const DONE: u64 = 1;

/** A timelock, as the governor calls it. */
@remote
export class ITimelock extends Remote {
  @query getMinDelay(): u64 {
    return this.answer;
  }
  @execute schedule(to: Address, method: string, args: Bytes, salt: Hash, delay: u64): Hash {
    return this.answer;
  }
  @execute execute(to: Address, method: string, args: Bytes, salt: Hash): Bytes {
    return this.answer;
  }
}

@contract
export abstract class Timelock extends Roles {
  protected minDelay: u64;
  protected readyTimes: StorageMap<Hash, u64>;

  /** The admin grants the roles "proposer", "executor" and "canceller"; it should then give up its own. */
  @init createTimelock(minDelay: u64, admin: Address): void {
    this.createRoles(admin);
    this.minDelay = minDelay;
  }

  /** The id of a call; the salt tells equal calls apart. */
  @query callId(to: Address, method: string, args: Bytes, salt: Hash): Hash {
    return sha3_256(encode(to).concat(encode(method)).concat(encode(args)).concat(encode(salt)));
  }

  /** When a call can be carried out, in seconds since 1970; 0 when it is not scheduled, 1 when it is done. */
  @query getReadyTime(id: Hash): u64 {
    return this.readyTimes.get(id);
  }

  @query getMinDelay(): u64 {
    return this.minDelay;
  }

  /** Announces a call. */
  @role("proposer") @execute schedule(to: Address, method: string, args: Bytes, salt: Hash, delay: u64): Hash {
    const id = this.callId(to, method, args, salt);
    require(delay >= this.minDelay, new TimelockInsufficientDelay(delay, this.minDelay));
    require(this.readyTimes.get(id) == 0, new TimelockExistingCall(id));
    const readyAt = context.blockTimestamp + delay;
    this.readyTimes.set(id, readyAt);
    emit(new CallScheduled(id, to, method, args, readyAt));
    return id;
  }

  /** Takes a call back. */
  @role("canceller") @execute cancel(id: Hash): void {
    const readyAt = this.readyTimes.get(id);
    require(readyAt > DONE, new TimelockCallNotReady(id, readyAt));
    this.readyTimes.delete(id);
    emit(new CallCancelled(id));
  }

  /** Carries a call out, once; gives its encoded result, and reverts if it does. */
  @role("executor") @execute execute(to: Address, method: string, args: Bytes, salt: Hash): Bytes {
    const id = this.callId(to, method, args, salt);
    const readyAt = this.readyTimes.get(id);
    require(readyAt > DONE && readyAt <= context.blockTimestamp, new TimelockCallNotReady(id, readyAt));
    this.readyTimes.set(id, DONE);
    emit(new CallExecuted(id));
    return callContract(to, method, args);
  }

  /** Changes the delay: the timelock itself alone, by a call that has waited. */
  @only("self") @execute updateDelay(newDelay: u64): void {
    emit(new MinDelayChange(this.minDelay, newDelay));
    this.minDelay = newDelay;
  }

  /** The timelock's own address, for @only. */
  protected self(): Address {
    return context.self;
  }
}
