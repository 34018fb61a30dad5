// Text that a contract or a module chose, made fit to be shown: nothing in it can steer a terminal or hide in a line.
// For people alone; data is passed on as it is.

/** Longer texts are cut: a name in a message is there to be recognised. */
const MOST_SHOWN = 80;
const MOST_LISTED = 20;

/**
 * Control characters, line and paragraph separators, marks that change the direction of writing, characters without a
 * width, halves of surrogate pairs, and what Unicode has given no meaning.
 */
const UNFIT = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu;

/** A name as it can be shown in a line: unfit characters escaped as `\u{1b}`, cut to 80 characters. */
export function printableName(name: string, most = MOST_SHOWN): string {
  const cut = name.length > most;
  const shown = (cut ? name.slice(0, most) : name).replace(UNFIT, escapeCharacter);
  return cut ? `${shown}... (${name.length} characters)` : shown;
}

/** A name in double quotes, as JavaScript and JSON write it, unfit characters as `\u001b`; cut as `printableName` does. */
export function printableLiteral(name: string, most = MOST_SHOWN): string {
  const cut = name.length > most;
  const literal = JSON.stringify(cut ? name.slice(0, most) : name).replace(UNFIT, (character) =>
    [...Array(character.length).keys()]
      .map((i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`)
      .join(""),
  );
  return cut ? `${literal}... (${name.length} characters)` : literal;
}

/** Names with commas between them, each as `printableName` shows it; of more than 20, how many there are more. */
export function printableList(names: readonly string[], most = MOST_LISTED): string {
  const shown = names.slice(0, most).map((name) => printableName(name));
  return names.length > most ? `${shown.join(", ")} and ${names.length - most} more` : shown.join(", ");
}

/** As `printableName`, but a text of several lines stays one. */
export function printableText(text: string, most = 4_096): string {
  return text
    .split(/\r?\n/, 100)
    .map((line) =>
      line
        .split("\t")
        .map((part) => printableName(part, most))
        .join("\t"),
    )
    .join("\n");
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) as number).toString(16)}}`;
}
