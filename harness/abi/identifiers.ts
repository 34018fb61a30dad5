// Names of an interface as identifiers of another language: words in its fashion, its keywords avoided, no name twice.

/** `balanceOf` → `balance_of`, `URLName` → `url_name`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1_$2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1_$2")
    .toLowerCase();
}

/** Only letters of ASCII, digits and `_`, and no digit first: what every language takes. */
export function asciiName(name: string): string {
  const plain = [...name]
    .map((character) => {
      if (/[A-Za-z0-9_]/.test(character)) return character;
      return character < "\x80" ? "_" : `u${(character.codePointAt(0) as number).toString(16)}`;
    })
    .join("");
  return /^[A-Za-z_]/.test(plain) ? plain : `_${plain}`;
}

/** Gives out names of one scope: each once, and none that is taken. */
export class Scope {
  readonly #taken: Set<string>;

  constructor(reserved: Iterable<string> = []) {
    this.#taken = new Set(reserved);
  }

  /** The name, with `_` or a number behind it where it is taken. */
  take(name: string): string {
    let free = name;
    for (let i = 1; this.#taken.has(free); i++) free = i === 1 ? `${name}_` : `${name}_${i}`;
    this.#taken.add(free);
    return free;
  }
}
