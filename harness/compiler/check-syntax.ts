// The words for what AssemblyScript or a contract does not have, and for decorators that mark nothing.

import { suggest } from "../core/suggest.js";
import type { Problem } from "./diagnostic.js";
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
  event: ["class"],
  error: ["class"],
  struct: ["class"],
  init: ["method"],
  execute: ["method"],
  query: ["method"],
  payable: ["method"],
};

/** asc's own, which mean something to it. */
const ASC_DECORATORS = new Set([
  "inline",
  "unsafe",
  "operator",
  "operator.binary",
  "operator.prefix",
  "operator.postfix",
  "lazy",
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
      return [{ code: "QW101", message: `There is no decorator @${name}.`, span, hint }];
    }
    if (!places.includes(place)) {
      const message = `@${name} belongs on a ${places[0]}, not on ${place === "other" ? "this" : `a ${place}`}.`;
      return [{ code: "QW102", message, span, hint: `Move it to the ${places[0]} that it is about.` }];
    }
    if (!decorator.hasArguments) return [];
    return [{ code: "QW102", message: `@${name} takes no arguments.`, span, hint: `Write @${name} alone.` }];
  });
}
