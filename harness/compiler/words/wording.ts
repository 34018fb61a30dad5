// The shape of the words for a finding of the syntax.
// Tables of them stand beside this file.

/** A code, what is so, and what to write instead. `$` is the text that was found. */
export interface Wording {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}
