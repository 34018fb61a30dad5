// A stored map: every entry is a slot of its own, under `NAME/` and the key in Borsh.
// The map itself has no memory but its prefix: the generated glue points it at the prefix's length and bytes.

import { encodedLength, write } from "../codec/writer";
import { qw_storage_read, qw_storage_write } from "../env";
import { readSlot, writeSlot } from "./slot";

/** A map from keys to values, kept in storage. It has no length and cannot be listed. Nothing of it is cached. */
@unmanaged
export class StorageMap<K, V> {
  private readonly prefixLength: u32 = 0;

  /** The value of a key; the type's zero value where there is none. One storage read. */
  get(key: K): V {
    const at = this.keyAt(key);
    return readSlot<V>(at, this.keyLength(key));
  }

  /** Stores a value. One storage write. */
  set(key: K, value: V): void {
    const at = this.keyAt(key);
    writeSlot<V>(at, this.keyLength(key), value);
  }

  /** Whether there is a value. One storage read of no bytes. */
  has(key: K): bool {
    const at = this.keyAt(key);
    return qw_storage_read(at, this.keyLength(key), 0, 0) != 0;
  }

  /** Removes the value. One storage write of no bytes. */
  delete(key: K): void {
    const at = this.keyAt(key);
    qw_storage_write(at, this.keyLength(key), 0, 0);
  }

  private keyLength(key: K): usize {
    return this.prefixLength + encodedLength<K>(key);
  }

  private keyAt(key: K): usize {
    const at = __alloc(this.keyLength(key));
    memory.copy(at, changetype<usize>(this) + 4, this.prefixLength);
    write<K>(at + this.prefixLength, key);
    return at;
  }
}
