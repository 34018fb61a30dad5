// "Did you mean": the known name nearest to one that is not known.

/** Longer names are not looked at: nobody types them, and the work grows with the square of the length. */
const LONGEST = 100;

/**
 * The candidate nearest to `name`, letters' case aside; undefined when none is near enough to be meant.
 * Distance counts inserted, deleted, replaced and swapped letters (optimal string alignment).
 */
export function suggest(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > LONGEST) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    // At least so many letters would have to be put in or taken out.
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    // A name of which no letter is left is another one: `s` is not meant for `x`.
    if (distance < bestDistance && distance < Math.max(name.length, candidate.length)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Whether a name is another but for one letter, put in, left out, replaced or swapped with the next. */
export function isSlipOf(name: string, meant: string): boolean {
  return name.length <= LONGEST && editDistance(name.toLowerCase(), meant.toLowerCase()) <= 1;
}

function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    const above = rows[i - 1] as number[];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(
        (above[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (above[j - 1] as number) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, ((rows[i - 2] as number[])[j - 2] as number) + 1);
      }
      row.push(least);
    }
    rows.push(row);
  }
  return (rows[a.length] as number[])[b.length] as number;
}
