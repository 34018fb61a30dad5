// The guards: decorators that are checked before a method's body when the method is called from outside, in the order in
// which they are written. A call from another method of the same contract does not pass them.

/** What a guard takes and what it is, in words for messages. */
export interface Guard {
  readonly least: number;
  readonly most: number;
  /** How it is written, for hints. */
  readonly example: string;
}

export const GUARDS: Readonly<Record<string, Guard>> = {
  only: { least: 1, most: 8, example: '@only("owner")' },
  role: { least: 1, most: 8, example: '@role("minter")' },
  whenPaused: { least: 0, most: 0, example: "@whenPaused" },
  whenNotPaused: { least: 0, most: 0, example: "@whenNotPaused" },
  nonReentrant: { least: 0, most: 0, example: "@nonReentrant" },
  signed: { least: 1, most: 1, example: '@signed("owner")' },
  guard: { least: 1, most: 1, example: '@guard("checkOpen")' },
};
