// The words for what AssemblyScript or a contract does not have, and for decorators that mark nothing.

import { suggest } from "../core/suggest.js";
import type { Problem } from "./diagnostic.js";
import { GUARDS } from "./guards.js";
import type { PlacedDecorator, SourceModel, SyntaxKindName } from "./model.js";

interface Wording {
  readonly code: string;
  /** `$` is the text found. */
  readonly message: string;
  readonly hint: string;
}

const WORDINGS: Readonly<Record<SyntaxKindName, Wording>> = {
  closure: {
    code: "QW109",
    message: "This function uses `$` from the function around it; AssemblyScript has no closures.",
    hint: "Write a loop, or pass the value as a parameter of a function outside of the class.",
  },
  try: {
    code: "QW110",
    message: "AssemblyScript has no try/catch.",
    hint: "Check before with require(). To survive a failing call of another contract use tryCallContract().",
  },
  float: {
    code: "QW111",
    message:
      "`$` is a floating-point number; contracts compute with integers, so that every machine gets the same bits.",
    hint: "Use u64 or u256 in the smallest unit, for example cents or wei.",
  },
  number: {
    code: "QW111",
    message: "In AssemblyScript `number` is a 64-bit float; contracts compute with integers.",
    hint: "Choose an integer type: u8 to u64, u128 or u256.",
  },
  any: { code: "QW122", message: "AssemblyScript has no `$`.", hint: "Name the type." },
  random: {
    code: "QW112",
    message: "`$` would be different on every machine.",
    hint: "Use context.vrf, the block's random value from the beacon.",
  },
  math: {
    code: "QW111",
    message: "`$` computes with floating-point numbers.",
    hint: "Use integer arithmetic; min(), max() and abs() work on integers.",
  },
  date: {
    code: "QW113",
    message: "`$` would be different on every machine; a contract has no clock.",
    hint: "Use context.blockTimestamp, in seconds, or context.blockHeight.",
  },
  console: {
    code: "QW122",
    message: "There is no console in a contract.",
    hint: "Use log(text) while developing, or emit an @event.",
  },
  async: {
    code: "QW122",
    message: "A contract runs synchronously and has no network: there are no promises, timers or requests.",
    hint: "Take what comes from outside as a parameter.",
  },
  generator: { code: "QW122", message: "AssemblyScript has no generators.", hint: "Fill an array and return it." },
  forOf: {
    code: "QW122",
    message: "AssemblyScript has no for...of.",
    hint: "Write for (let i = 0; i < items.length; i++) and use items[i].",
  },
  forIn: { code: "QW122", message: "AssemblyScript has no for...in.", hint: "Loop over an array by index." },
  destructuring: {
    code: "QW122",
    message: "AssemblyScript has no destructuring.",
    hint: "Declare the variables one by one.",
  },
  spread: { code: "QW122", message: "AssemblyScript has no spread.", hint: "Use concat(), or push in a loop." },
  regex: {
    code: "QW122",
    message: "AssemblyScript has no regular expressions.",
    hint: "Compare characters in a loop.",
  },
  optionalChaining: {
    code: "QW122",
    message: "AssemblyScript has no optional chaining.",
    hint: "Test with `if (value !== null)` first.",
  },
};

/** Problems of a file's syntax. Code that throws is found by the compiler's rewriting, not here. */
export function checkSyntax(source: SourceModel): Problem[] {
  return source.findings.map(({ kind, span, text }) => {
    const { code, message, hint } = WORDINGS[kind];
    return { code, message: message.replace("$", text), span, hint };
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
      const fitting = Object.keys(PLACES).filter((known) => (PLACES[known] ?? []).includes(place));
      const nearest = suggest(name, fitting) ?? suggest(name, Object.keys(PLACES));
      const hint =
        nearest === undefined
          ? `The decorators of a contract are ${Object.keys(PLACES)
              .map((known) => `@${known}`)
              .join(", ")}.`
          : `Did you mean @${nearest}?`;
      return [{ code: "QW101", message: `There is no decorator @${name}.`, span, hint, meant: nearest }];
    }
    if (!places.includes(place)) {
      const message = `@${name} belongs on a ${places.join(" or a ")}, not on ${place === "other" ? "this" : `a ${place}`}.`;
      return [{ code: "QW102", message, span, hint: `Move it to the ${places[0]} that it is about.` }];
    }
    return checkArguments(decorator);
  });
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
