// The smallest parts of the model: stretches of a text, and where members are named in it. Types only.

/** A stretch of a file's text: from `start` up to `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A member of a class that is named in it. */
export interface MemberUse {
  /** `this.name`, `super.name`. */
  readonly by: "this" | "super";
  readonly name: string;
  /** Of the name. */
  readonly span: Span;
}

/** `item.name`. */
export interface MemberAccess {
  /** What stands before the dot, where it is a name. */
  readonly of: string | undefined;
  readonly name: string;
  /** Of the name. */
  readonly span: Span;
}
