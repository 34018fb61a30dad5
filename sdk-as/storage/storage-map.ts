// A stored map: every entry is a slot of its own, under `NAME/` and the key in Borsh.

/** A map from keys to values, kept in storage. It has no length and cannot be listed. */
export class StorageMap<K, V> {}
