// Checks what is emitted, reverted with and thrown: an event or an error of the project, made with `new`.

import { suggest } from "../core/suggest.js";
import type { Problem } from "./diagnostic.js";
import type { SourceModel, UseModel } from "./model.js";

/** `emit(new X(...))` needs an @event, `revert(new X(...))` an @error. */
export function checkUses(source: SourceModel, closure: readonly SourceModel[]): Problem[] {
  const records = closure.flatMap((file) => file.records);
  return source.uses.flatMap((use): Problem[] => {
    const kind = use.use === "emit" ? "event" : "error";
    if (use.mark === kind) return use.isCall ? [withoutNew(use, kind)] : [];
    if (use.isUnknown) {
      const names = records.filter((record) => record.kind === kind).map(({ name }) => name);
      return [unknownClass(use, kind, names)];
    }
    const message = `${use.className} is not an @${kind}, so ${wordOf(use)} cannot take it.`;
    const hint = use.mark === undefined ? `Write @${kind} above its class.` : `It is marked @${use.mark}.`;
    return [{ code: "QW126", message, span: use.span, hint }];
  });
}

/** The statement or function, as it is written. */
function wordOf({ use }: UseModel): string {
  return use === "throw" ? "throw" : `${use}()`;
}

function withoutNew({ className, span }: UseModel, kind: string): Problem {
  const message = `${className} is a class: the ${kind} is made with \`new\`.`;
  const edits = [{ span: { start: span.start, end: span.start }, text: "new " }];
  return { code: "QW126", message, span, hint: `Write new ${className}(...).`, fix: { title: "Write new", edits } };
}

/** JavaScript has classes for kinds of errors. */
const JAVASCRIPT_ERRORS = "TypeError RangeError SyntaxError ReferenceError EvalError URIError AggregateError".split(
  " ",
);

function unknownClass(use: UseModel, kind: string, names: readonly string[]): Problem {
  const { className, span } = use;
  if (JAVASCRIPT_ERRORS.includes(className) || className === "Error") {
    const message = `AssemblyScript has no ${className}, and ${wordOf(use)} takes an @error or a text.`;
    const hint = use.use === "require" ? "Write the text: require(condition, text)." : "Write the text: revert(text).";
    return { code: "QW126", message, span, hint };
  }
  const meant = suggest(className, names);
  const article = kind === "event" ? "an event" : "an error";
  const known = names.length === 0 ? "" : ` There are ${names.slice(0, MOST_NAMES).join(", ")}.`;
  const hint =
    meant === undefined
      ? `Write its class, @${kind} class ${className} { ... }, or import it from where it is.${known}`
      : `Did you mean ${meant}?`;
  return { code: "QW126", message: `There is no class ${className} that could be ${article}.`, span, hint, meant };
}

const MOST_NAMES = 8;
