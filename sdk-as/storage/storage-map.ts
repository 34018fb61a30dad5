// A stored map: every entry is a slot of its own, under `NAME/` and the key in Borsh. Its values can be collections.

import { deleteEntry, ENTRY, entryAt, hasEntry, readEntry, writeEntry } from "./collection";

/** A map from keys to values, kept in storage. It has no length and cannot be listed. Nothing of it is cached. */
@unmanaged
export class StorageMap<K, V> {
  /** The first four bytes of what all keys begin with. */
  protected readonly baseLength: u32 = 0;

  /** Never compiled: what is in a field is an address, and what would be made here has no name in storage. */
  constructor() {
    ERROR("A StorageMap is a field of the contract and cannot be made.");
  }

  /** Tells it apart from values, which can be encoded. */
  __isPlace(): void {}

  /** The value of a key; the type's zero value where there is none. One storage read. A collection itself costs none. */
  get(key: K): V {
    if (isDefined(changetype<V>(0).__collection))
      return changetype<V>(entryAt<K>(changetype<usize>(this), ENTRY, key) - 4);
    return readEntry<K, V>(changetype<usize>(this), ENTRY, key);
  }

  /** Stores a value. One storage write. */
  set(key: K, value: V): void {
    if (isDefined(changetype<V>(0).__collection)) ERROR("A map's collections cannot be set: change what get() gives.");
    writeEntry<K, V>(changetype<usize>(this), ENTRY, key, value);
  }

  /** Whether there is a value. One storage read of no bytes. */
  has(key: K): bool {
    if (isDefined(changetype<V>(0).__collection)) ERROR("A map's collections are always there: ask what get() gives.");
    return hasEntry<K>(changetype<usize>(this), ENTRY, key);
  }

  /** Removes the value. One storage write of no bytes. */
  delete(key: K): void {
    if (isDefined(changetype<V>(0).__collection))
      ERROR("A map's collections cannot be deleted: clear what get() gives.");
    deleteEntry<K>(changetype<usize>(this), ENTRY, key);
  }

  __collection(): void {}
}
