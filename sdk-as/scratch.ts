// Memory for what is on its way to or from the host: never across two calls of the SDK. It lies low, where addresses are
// short in code.

/** 32 bytes, aligned to 8. */
export const SCRATCH: usize = memory.data(32, 8);
