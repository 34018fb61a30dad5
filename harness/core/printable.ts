// Text that a contract or a module chose, made fit to be shown: nothing in it can steer a terminal or hide in a line.
// For people alone; data is passed on as it is.

/** Longer texts are cut: a name in a message is there to be recognised. */
const MOST_SHOWN = 80;
const MOST_LISTED = 20;
const MOST_OF_TEXT = 4_096;
const MOST_LINES = 100;

/**
 * Control characters, line and paragraph separators, marks that change the direction of writing, characters without a
 * width, halves of surrogate pairs, and what Unicode has given no meaning.
 */
const UNFIT = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu;

/** A name as it can be shown in a line: unfit characters escaped as `\u{1b}`, cut to 80 characters. */
export function printableName(name: string, most = MOST_SHOWN): string {
  const cut = name.length > most;
  const shown = escapeUnfit(cut ? name.slice(0, most) : name);
  return cut ? `${shown}... (${name.length} characters)` : shown;
}

/** A name in double quotes, as JavaScript and JSON write it, unfit characters as `\u001b`; cut as `printableName` does. */
export function printableLiteral(name: string, most = MOST_SHOWN): string {
  const cut = name.length > most;
  const literal = JSON.stringify(cut ? name.slice(0, most) : name).replace(UNFIT, escapeUnits);
  return cut ? `${literal}... (${name.length} characters)` : literal;
}

/** Names with commas between them, each as `printableName` shows it; of more than 20, how many there are more. */
export function printableList(names: readonly string[], most = MOST_LISTED): string {
  const shown = names.slice(0, most).map((name) => printableName(name));
  return names.length > most ? `${shown.join(", ")} and ${names.length - most} more` : shown.join(", ");
}

/**
 * A text of several lines, as `printableName` shows a name, with its tabs: no more than 100 lines, and 4,096 characters with
 * what is escaped and the tabs.
 */
export function printableText(text: string, most = MOST_OF_TEXT): string {
  let shown = "";
  let lines = 1;
  for (const character of text.slice(0, most).replaceAll("\r\n", "\n")) {
    const piece = character === "\n" || character === "\t" ? character : escapeUnfit(character);
    if (character === "\n") lines++;
    if (shown.length + piece.length > most || lines > MOST_LINES) return `${shown}... (${text.length} characters)`;
    shown += piece;
  }
  return text.length > most ? `${shown}... (${text.length} characters)` : shown;
}

/** A text with its unfit characters escaped, uncut, for where lines are broken anyhow. */
export function escapeUnfit(text: string): string {
  return text.replace(UNFIT, escapeCharacter);
}

/** JSON as `JSON.stringify` writes it, in lines or not, with what is unfit in its texts as `\u001b`: it reads as the same. */
export function printableJson(json: string): string {
  return json.replace(UNFIT, (character) => (character === "\n" ? character : escapeUnits(character)));
}

/** Whether a text can be shown as it is. */
export function isPrintable(text: string): boolean {
  return text.search(UNFIT) < 0;
}

function escapeUnits(characters: string): string {
  const units = [...Array(characters.length).keys()].map((i) => characters.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) as number).toString(16)}}`;
}
