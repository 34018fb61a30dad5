// ERC-20 balances as they were: snapshot() gives a number, and balanceOfAt and totalSupplyAt answer for it ever after.
// A balance is only kept when it first changes after a snapshot. Who may take one says authorizeSnapshot.

import {
  Address,
  contract,
  emit,
  error,
  event,
  execute,
  guard,
  indexed,
  query,
  require,
  type StorageMap,
  type StorageVec,
  struct,
  type u256,
} from "qwvm/sdk-as";
import { ERC20 } from "./erc20";

@event
export class Snapshot {
  constructor(@indexed public id: u64) {}
}

@error("there is no snapshot {id}")
export class ERC20NonexistentSnapshot {
  constructor(public id: u64) {}
}

/** What a balance was at a snapshot, and at those before it that have no entry of their own. */
@struct
export class SnapshotEntry {
  constructor(
    public id: u64,
    public value: u256,
  ) {}
}

@contract
export abstract class ERC20Snapshot extends ERC20 {
  protected snapshotCount: u64;
  protected snapshotBalances: StorageMap<Address, StorageVec<SnapshotEntry>>;
  protected snapshotSupplies: StorageVec<SnapshotEntry>;

  /** Keeps all balances as they are now, under the number it gives: 1, 2, and so on. */
  @execute @guard("authorizeSnapshot") snapshot(): u64 {
    this.snapshotCount += 1;
    emit(new Snapshot(this.snapshotCount));
    return this.snapshotCount;
  }

  @query balanceOfAt(account: Address, id: u64): u256 {
    return this.valueAt(this.snapshotBalances.get(account), id, this.balances.get(account));
  }

  @query totalSupplyAt(id: u64): u256 {
    return this.valueAt(this.snapshotSupplies, id, this.supply);
  }

  /** Reverts unless the caller may take a snapshot. */
  protected abstract authorizeSnapshot(): void;

  protected update(from: Address, to: Address, value: u256): void {
    if (this.snapshotCount != 0) {
      if (from != Address.zero) this.keep(this.snapshotBalances.get(from), this.balances.get(from));
      if (to != Address.zero) this.keep(this.snapshotBalances.get(to), this.balances.get(to));
      if (from == Address.zero || to == Address.zero) this.keep(this.snapshotSupplies, this.supply);
    }
    super.update(from, to, value);
  }

  /** Keeps a value for the last snapshot, unless it was kept since. */
  private keep(entries: StorageVec<SnapshotEntry>, value: u256): void {
    const length = entries.length;
    if (length > 0 && entries.get(length - 1).id == this.snapshotCount) return;
    entries.push(new SnapshotEntry(this.snapshotCount, value));
  }

  /** The first entry of the snapshot or a later one; without any, nothing has changed since. */
  private valueAt(entries: StorageVec<SnapshotEntry>, id: u64, now: u256): u256 {
    require(id > 0 && id <= this.snapshotCount, new ERC20NonexistentSnapshot(id));
    const length = entries.length;
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (entries.get(middle).id < id) low = middle + 1;
      else high = middle;
    }
    return low == length ? now : entries.get(low).value;
  }
}
