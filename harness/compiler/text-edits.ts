// Text edits with a way back: replaces stretches of a text and tells, for a place in the new text, where in the old one
// it came from. Inserted text maps to the place it stands for.

import type { Span } from "./model.js";

/** Replaces `span` by `text`. An empty span inserts. `anchor` is the old place that the new text stands for. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
  readonly anchor?: number;
}

/** An edited text. */
export interface EditedText {
  readonly text: string;
  /** The old offset for a new one. */
  toOriginal(offset: number): number;
}

interface Piece {
  /** Where the piece begins in the new text. */
  readonly at: number;
  readonly original: number;
  /** Whether every character has its own old place, or all have the same. */
  readonly copied: boolean;
}

/** Applies edits that do not overlap; edits at the same place are applied in the order given. */
export function applyEdits(text: string, edits: readonly TextEdit[]): EditedText {
  const sorted = edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.span.start - b.edit.span.start || a.index - b.index)
    .map(({ edit }) => edit);
  const pieces: Piece[] = [];
  let result = "";
  let done = 0;
  for (const { span, text: inserted, anchor } of sorted) {
    if (span.start > done) pieces.push({ at: result.length, original: done, copied: true });
    result += text.slice(done, span.start);
    pieces.push({ at: result.length, original: anchor ?? span.start, copied: false });
    result += inserted;
    done = span.end;
  }
  pieces.push({ at: result.length, original: done, copied: true });
  result += text.slice(done);
  return { text: result, toOriginal: (offset) => findOriginal(pieces, offset) };
}

function findOriginal(pieces: readonly Piece[], offset: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle] as Piece).at <= offset) low = middle;
    else high = middle - 1;
  }
  const piece = pieces[low] as Piece;
  return piece.copied ? piece.original + (offset - piece.at) : piece.original;
}
