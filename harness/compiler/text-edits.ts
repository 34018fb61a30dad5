// Text edits with a way back: replaces stretches of a text and tells, for a place in the new text, where in the old one
// it came from. Inserted text comes from nowhere, unless it stands for a place.

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
  /** The old offset for a new one; undefined in inserted text that stands for nothing. */
  toOriginal(offset: number): number | undefined;
  /** The same, and for inserted text the place where it was inserted. */
  toNearest(offset: number): number;
}

/** An edit that only inserts. */
export function insertText(at: number, text: string): TextEdit {
  return { span: { start: at, end: at }, text };
}

interface Piece {
  /** Where the piece begins in the new text. */
  readonly at: number;
  readonly original: number | undefined;
  readonly nearest: number;
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
    if (span.start > done) pieces.push({ at: result.length, original: done, nearest: done, copied: true });
    result += text.slice(done, span.start);
    pieces.push({ at: result.length, original: anchor, nearest: anchor ?? span.start, copied: false });
    result += inserted;
    done = span.end;
  }
  pieces.push({ at: result.length, original: done, nearest: done, copied: true });
  result += text.slice(done);
  return {
    text: result,
    toOriginal: (offset) => {
      const piece = findPiece(pieces, offset);
      return piece.copied ? piece.nearest + (offset - piece.at) : piece.original;
    },
    toNearest: (offset) => {
      const piece = findPiece(pieces, offset);
      return piece.copied ? piece.nearest + (offset - piece.at) : piece.nearest;
    },
  };
}

function findPiece(pieces: readonly Piece[], offset: number): Piece {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle] as Piece).at <= offset) low = middle;
    else high = middle - 1;
  }
  return pieces[low] as Piece;
}
