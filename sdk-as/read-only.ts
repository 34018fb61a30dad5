// Whether the call that is served may change something. A query may not, whichever way it is called: what it would write,
// emit or pay ends it with WriteInQuery. The compiler has refused every such way that it sees; this is for the rest.

import { qw_storage_write } from "./env";
import { Failure, fail } from "./errors";

/**
 * Whether queries are watched at all. The compiler sets it to false where it has seen that no query can change anything,
 * and what depends on it is then left out of the module.
 */
// biome-ignore lint/style/useConst: the compiler sets it in the module, and asc must not take its value for settled.
export let WATCHES_QUERIES: bool = true;

let isReadOnly: bool = false;

/** From here on nothing may be changed. */
export function startQuery(): void {
  if (WATCHES_QUERIES) isReadOnly = true;
}

/** Ends the call with WriteInQuery if a query is served. */
export function expectWritable(): void {
  if (isReadOnly) fail(Failure.WriteInQuery);
}

/** Every write of storage: an empty value deletes the key. */
export function writeStorage(keyAt: usize, keyLength: usize, valueAt: usize, valueLength: usize): void {
  expectWritable();
  qw_storage_write(keyAt, keyLength, valueAt, valueLength);
}
