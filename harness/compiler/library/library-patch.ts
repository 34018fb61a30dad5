// What a patch of AssemblyScript's library is: a text of it, and what stands there instead.

/** One place of the library that is replaced. */
export interface LibraryPatch {
  /** The library's file, as asc names it: `util/sort`. */
  readonly file: string;
  /** What is wrong with it, in one sentence. */
  readonly mends: string;
  /** The text as asc's pinned version has it. */
  readonly find: string;
  readonly replace: string;
  /** How often the text stands in the file; once unless it is given. */
  readonly times?: number;
}
