// Structs and enums of two interfaces compared. Whether a change breaks callers depends on whether they meet the type:
// through methods, events or errors, and not in storage alone.

import type { Abi, AbiType } from "../core/abi.js";
import { diffFields, matchNames, type Sides, type Tell, tellDocs } from "./diff-parts.js";
import { namedTypes, reachedNames } from "./wire-form.js";

export function diffStructs(sides: Sides, tell: Tell): void {
  const { gone, added, both } = matchNames(sides.before.structs, sides.after.structs);
  const met = metBy(sides.before);
  for (const { name } of gone) {
    // Whatever used it has changed itself, and says so.
    tell("compatible", name, "is gone");
  }
  for (const { name } of added) tell("compatible", name, "is new");
  for (const [old, now] of both) {
    const isMet = met.all.has(old.name);
    diffFields(old.fields, now.fields, "field", sides, (severity, what) => {
      if (isMet) tell(severity, old.name, what);
      else tell("compatible", old.name, `${what}; it is only stored`);
    });
    tellDocs(old, now, tell);
  }
}

export function diffEnums(sides: Sides, tell: Tell): void {
  const { gone, added, both } = matchNames(sides.before.enums, sides.after.enums);
  const met = metBy(sides.before);
  for (const { name } of gone) tell("compatible", name, "is gone");
  for (const { name } of added) tell("compatible", name, "is new");
  for (const [old, now] of both) {
    const breaking = met.all.has(old.name) ? "breaking" : "compatible";
    for (const [i, variant] of old.variants.entries()) {
      const is = now.variants[i];
      if (is === variant) continue;
      const place = now.variants.indexOf(variant);
      if (place >= 0) tell(breaking, old.name, `has ${variant} as ${place}, had it as ${i}`);
      else if (is === undefined || old.variants.includes(is)) tell(breaking, old.name, `has no ${variant} any more`);
      else tell(breaking, old.name, `has ${is} as ${i}, which was ${variant}`);
    }
    const more = now.variants.slice(old.variants.length).filter((variant) => !old.variants.includes(variant));
    for (const variant of more) {
      // Who only sends the enum can go on; who reads it may meet a variant that it does not know.
      const isRead = met.read.has(old.name);
      tell(
        isRead ? "warning" : "compatible",
        old.name,
        `has ${variant}${isRead ? ", which callers may be given" : ""}`,
      );
    }
    tellDocs(old, now, tell);
  }
}

/** The structs and enums that callers meet, and those among them that they read: in results, events and errors. */
function metBy(abi: Abi): { readonly all: ReadonlySet<string>; readonly read: ReadonlySet<string> } {
  const named = namedTypes(abi);
  const sent = abi.methods.flatMap(({ params }) => params.map(({ type }) => type));
  const results = abi.methods.flatMap(({ result }): AbiType[] => (result === undefined ? [] : [result]));
  const records = [...abi.events, ...abi.errors].flatMap(({ fields }) => fields.map(({ type }) => type));
  const read = [...results, ...records];
  return { all: reachedNames([...sent, ...read], named), read: reachedNames(read, named) };
}
