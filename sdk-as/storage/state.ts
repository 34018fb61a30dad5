// The contract's own fields. The compiler puts generated code in this file's place: a cached value for each field.

/** Writes the fields that have changed since they were read. */
export function flushState(): void {}

/** Forgets the fields that were read, as another contract may have changed them. */
export function forgetState(): void {}
