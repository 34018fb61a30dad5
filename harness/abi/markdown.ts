// Text in Markdown (CommonMark, with GitHub's tables) that stays the text it is: whatever an author or a module wrote
// cannot become markup that it was not meant to be.

/**
 * Prose: an author's own Markdown stays (emphasis, `code`, lists), but no HTML comes through, and in a table nothing ends
 * its cell. In `code` spans characters are left as they are.
 */
export function prose(text: string): string {
  return splitCode(text)
    .map(({ isCode, text: part }) => (isCode ? part : part.replace(/[<&]/g, (c) => (c === "<" ? "&lt;" : "&amp;"))))
    .join("");
}

/** Prose in a cell of a table: one line, without bars that are not escaped. */
export function cell(text: string): string {
  return prose(text)
    .trim()
    .replace(/\s*\n\s*/g, " ")
    .replace(/\\?\|/g, "\\|");
}

/** A text as code. Backticks in it are fenced by more of them. In a table, a bar is escaped even in code. */
export function code(text: string, inTable = false): string {
  const shown = text.replace(/\s*\n\s*/g, " ");
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = shown.startsWith("`") || shown.endsWith("`") ? " " : "";
  const escaped = inTable ? shown.replaceAll("|", "\\|") : shown;
  return `${fence}${pad}${escaped}${pad}${fence}`;
}

/** A name in a heading or a sentence: every character that could be markup is escaped. */
export function plain(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>#+!|~&]/g, "\\$&");
}

/** Rows as a table; cells come as Markdown. Nothing without rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

/** What GitHub makes of a heading's text, to link to. */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}

/** Spans between equal runs of backticks are code; a run without its like is text. */
function splitCode(text: string): { readonly isCode: boolean; readonly text: string }[] {
  const parts: { isCode: boolean; text: string }[] = [];
  let rest = text;
  while (rest !== "") {
    const match = /(?<!`)(`+)(?!`)([\s\S]*?)(?<!`)\1(?!`)/.exec(rest);
    if (match === null) break;
    parts.push({ isCode: false, text: rest.slice(0, match.index) }, { isCode: true, text: match[0] });
    rest = rest.slice(match.index + match[0].length);
  }
  return [...parts, { isCode: false, text: rest }];
}
