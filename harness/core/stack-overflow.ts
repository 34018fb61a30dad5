// JavaScript's own stack overflow. To the engine it is an error like any other, so whatever catches errors lets it through.

/** Whether an error is the engine's "Maximum call stack size exceeded", of whichever realm. */
export function isStackOverflow(error: unknown): boolean {
  const { name, message } = (typeof error === "object" && error !== null ? error : {}) as Partial<Error>;
  return name === "RangeError" && typeof message === "string" && /call stack/i.test(message);
}
