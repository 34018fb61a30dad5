// Reads JSON without losing what JavaScript's own parser loses: numbers keep their digits, a key given twice is a mistake,
// and what is wrong is said in our words with its place. Format: RFC 8259.

import { QwvmError } from "../core/errors.js";

/** A number as it was written. */
export class JsonNumber {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

/** A value of a JSON text. Objects have no prototype, so that any key is a key. */
export type Json = null | boolean | string | JsonNumber | readonly Json[] | { readonly [key: string]: Json };

const MOST_LEVELS = 200;
const NUMBER = /-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const TEXT = /"[^"\\]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\]*)*"/y;
const SPACE = /[ \t\n\r]*/y;

/**
 * Parses a text.
 * @param what names it in the error: `the arguments of increment`
 * @throws QwvmError `BAD_JSON`
 */
export function parseJson(text: string, what: string): Json {
  return new Parser(text, what).parse();
}

/** The value as JavaScript has it: numbers as `number`. For texts whose numbers are small. */
export function toPlain(json: Json): unknown {
  if (json instanceof JsonNumber) return Number(json.source);
  if (Array.isArray(json)) return json.map(toPlain);
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, toPlain(value)]));
}

/** Whether a value is an object with keys. */
export function isJsonObject(json: Json): json is { readonly [key: string]: Json } {
  return typeof json === "object" && json !== null && !Array.isArray(json) && !(json instanceof JsonNumber);
}

class Parser {
  readonly #text: string;
  readonly #what: string;
  #at = 0;
  #level = 0;

  constructor(text: string, what: string) {
    this.#text = text.startsWith("\ufeff") ? text.slice(1) : text;
    this.#what = what;
  }

  parse(): Json {
    const value = this.#value();
    this.#space();
    if (this.#at < this.#text.length) this.#fail("nothing more was expected");
    return value;
  }

  #value(): Json {
    this.#space();
    const character = this.#text[this.#at];
    if (character === "{") return this.#nested(() => this.#object());
    if (character === "[") return this.#nested(() => this.#array());
    if (character === '"') return this.#string();
    for (const [word, value] of [
      ["true", true],
      ["false", false],
      ["null", null],
    ] as const) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    const number = this.#match(NUMBER);
    if (number === undefined) this.#fail("a value was expected");
    return new JsonNumber(number);
  }

  #nested(read: () => Json): Json {
    if (++this.#level > MOST_LEVELS) this.#fail(`there are more than ${MOST_LEVELS} levels`);
    this.#at++;
    const value = read();
    this.#level--;
    return value;
  }

  #object(): Json {
    const object = Object.create(null) as Record<string, Json>;
    if (this.#take("}")) return object;
    do {
      this.#space();
      const start = this.#at;
      if (this.#text[start] !== '"') this.#fail('a key in "double quotes" was expected');
      const key = this.#string();
      if (key in object) this.#fail(`the key ${JSON.stringify(key)} is given twice`, start);
      if (!this.#take(":")) this.#fail("a colon was expected");
      object[key] = this.#value();
    } while (this.#take(","));
    if (!this.#take("}")) this.#fail("a comma or } was expected");
    return object;
  }

  #array(): Json {
    const items: Json[] = [];
    if (this.#take("]")) return items;
    do items.push(this.#value());
    while (this.#take(","));
    if (!this.#take("]")) this.#fail("a comma or ] was expected");
    return items;
  }

  #string(): string {
    const source = this.#match(TEXT);
    if (source === undefined) this.#fail("a text does not end, or has an escape that JSON does not know");
    for (let i = 0; i < source.length; i++) {
      if (source.charCodeAt(i) >= 0x20) continue;
      this.#fail("a text has a control character; write it as an escape", this.#at - source.length + i);
    }
    return JSON.parse(source) as string;
  }

  #take(character: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #space(): void {
    this.#match(SPACE);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #fail(problem: string, at = this.#at): never {
    const before = this.#text.slice(0, at).split("\n");
    const rest = this.#text.slice(at, at + 20).split("\n")[0] as string;
    const found = at >= this.#text.length ? "but the text ends" : `but found ${JSON.stringify(rest)}`;
    const tail = problem.includes("expected") ? `, ${found}` : "";
    const line = before.length === 1 ? "" : `line ${before.length}, `;
    const place = `${line}character ${(before.at(-1) as string).length + 1}`;
    throw new QwvmError("BAD_JSON", `${this.#what} is not JSON: at ${place} ${problem}${tail}.`, {
      hint: `JSON looks like this: {"amount": 5, "to": "0x...", "tags": ["a"]}. In a shell, put it in 'single quotes'.`,
    });
  }
}
