// Offsets ↔ lines and columns of one text. Lines and columns count from 1; a column is a UTF-16 unit, as in editors.

export interface LineIndex {
  /** The line and column of an offset. */
  at(offset: number): { readonly line: number; readonly column: number };
  /** The offset of a line and column; beyond a line's end it is clipped to it. */
  offsetOf(line: number, column: number): number;
}

export function indexLines(text: string): LineIndex {
  const starts = [0];
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) starts.push(i + 1);
  return {
    at(offset) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] as number) <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: offset - (starts[low] as number) + 1 };
    },
    offsetOf(line, column) {
      const index = Math.min(Math.max(line, 1), starts.length) - 1;
      const end = starts[index + 1] ?? text.length;
      return Math.min((starts[index] as number) + column - 1, end);
    },
  };
}
