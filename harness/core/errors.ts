// Errors that a user of the tools can cause, each with a code, what happened and what to do about it.
// A contract's own failure is a value (outcome.ts) until the client turns it into an error.

/** An error caused by the user's input: `code` for programs, the message and the hint for people. */
export class QwvmError extends Error {
  override readonly name: string = "QwvmError";
  /** Upper-case words joined by underscores, stable across releases. */
  readonly code: string;
  /** What to do about it, one sentence; it is also the last line of the message. */
  readonly hint: string | undefined;

  constructor(code: string, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(options.hint === undefined ? message : `${message}\n${options.hint}`, { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}

/** A broken assumption inside this package. Whoever sees one has found a bug of ours. */
export class InternalError extends Error {
  override readonly name = "InternalError";

  constructor(message: string, options: { cause?: unknown } = {}) {
    super(
      `${message}\nThis is a bug in qwvm, not in your contract. Please report it with the steps that led here.`,
      options,
    );
  }
}
