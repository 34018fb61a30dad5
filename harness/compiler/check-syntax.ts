// The words for what AssemblyScript or a contract does not have, and for decorators that mark nothing.

import { suggest } from "../core/suggest.js";
import type { Problem } from "./diagnostic.js";
import { GUARDS } from "./guards.js";
import type { PlacedDecorator, SourceModel } from "./model.js";
import { CONSTRUCT_WORDS } from "./words/construct-words.js";
import { foreignDecorator } from "./words/foreign-words.js";

/** Problems of a file's syntax. Code that throws is found by the compiler's rewriting, not here. */
export function checkSyntax(source: SourceModel): Problem[] {
  return source.findings.map(({ kind, span, text, hint: own }) => {
    const { code, message, hint } = CONSTRUCT_WORDS[kind];
    return { code, message: message.replaceAll("$", () => text), span, hint: own ?? hint.replaceAll("$", () => text) };
  });
}

const PLACES: Readonly<Record<string, readonly PlacedDecorator["place"][]>> = {
  contract: ["class"],
  interface: ["class"],
  event: ["class"],
  error: ["class"],
  struct: ["class"],
  init: ["method"],
  execute: ["method"],
  query: ["method"],
  payable: ["method"],
  unguarded: ["method"],
  indexed: ["parameter", "field"],
  lazy: ["field"],
  ...Object.fromEntries(Object.keys(GUARDS).map((name): [string, ["method"]] => [name, ["method"]])),
  wrapping: ["method", "function"],
};

/** How many arguments decorators take that are no guards. */
const OPTIONAL_ARGUMENT = new Set(["error", "interface"]);

/** asc's own, which mean something to it. */
const ASC_DECORATORS = new Set([
  "inline",
  "unsafe",
  "operator",
  "operator.binary",
  "operator.prefix",
  "operator.postfix",
  "final",
  "unmanaged",
  "sealed",
]);

/** Decorators that nobody knows, or that stand where they mean nothing. asc would accept both in silence. */
export function checkDecorators(source: SourceModel): Problem[] {
  return source.decorators.flatMap((decorator): Problem[] => {
    const { name, span, place } = decorator;
    if (ASC_DECORATORS.has(name)) return [];
    const places = Object.hasOwn(PLACES, name) ? PLACES[name] : undefined;
    if (places === undefined) {
      const { hint, meant } = unknownDecorator(name, place);
      return [{ code: "QW101", message: `There is no decorator @${name}.`, span, hint, meant }];
    }
    if (!places.includes(place)) {
      const message = `@${name} belongs on a ${places.join(" or a ")}, not on ${place === "other" ? "this" : `a ${place}`}.`;
      return [{ code: "QW102", message, span, hint: `Move it to the ${places[0]} that it is about.` }];
    }
    return checkArguments(decorator);
  });
}

function unknownDecorator(name: string, place: PlacedDecorator["place"]) {
  const foreign = foreignDecorator(name);
  if (foreign !== undefined) {
    // A decorator that belongs elsewhere is no help here.
    const fits = foreign.meant !== undefined && (PLACES[foreign.meant] ?? []).includes(place);
    return { hint: foreign.hint, meant: fits ? foreign.meant : undefined };
  }
  const all = [...Object.keys(PLACES), "remote"];
  const fitting = all.filter((known) => (PLACES[known] ?? []).includes(place));
  const meant = suggest(name, fitting) ?? suggest(name, all);
  if (meant !== undefined) return { hint: `Did you mean @${meant}?`, meant };
  const shown = fitting.length === 0 ? all : fitting;
  const what = place === "other" ? "a contract" : `a ${place}`;
  return { hint: `The decorators of ${what} are ${shown.map((known) => `@${known}`).join(", ")}.`, meant: undefined };
}

/** Guards take names as text literals; an error its text, an interface what it is checked against; the others nothing. */
function checkArguments({ name, span, args, hasArguments }: PlacedDecorator): Problem[] {
  const guard = Object.hasOwn(GUARDS, name) ? GUARDS[name] : undefined;
  const least = guard?.least ?? 0;
  const most = guard?.most ?? (OPTIONAL_ARGUMENT.has(name) ? 1 : 0);
  if (most === 0 && hasArguments) {
    return [{ code: "QW102", message: `@${name} takes no arguments.`, span, hint: `Write @${name} alone.` }];
  }
  const example = guard?.example ?? `@${name}("…")`;
  if (args.length < least || args.length > most) {
    const wanted = most === 1 ? "one name" : `${least} to ${most} names`;
    const message = `@${name} takes ${wanted}, but has ${args.length}.`;
    return [{ code: "QW102", message, span, hint: `Write ${example}.` }];
  }
  return args
    .filter(({ text }) => text === undefined && name !== "error")
    .map((argument) => ({
      code: "QW102",
      message: `@${name} takes text in quotes.`,
      span: argument.span,
      hint: `Write ${example}.`,
    }));
}
