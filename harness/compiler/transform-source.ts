// The author's source as asc sees it: fields become accessors on their own line, classes get their encoding, `require`
// and `throw` make their error only when it is needed, base contracts stand in one line. Every edit stays on its line, and
// leads back to the author's text.

import { structName } from "./asc-types.js";
import type { LinkedContract } from "./link-contract.js";
import type { SlotModel, SourceModel } from "./model.js";
import { linesOf, rewriteEdits } from "./rewrite-statements.js";
import { isWrittenOut } from "./slot-shape.js";
import { applyEdits, type EditedText, insertText, type TextEdit } from "./text-edits.js";
import { inheritanceEdits } from "./transform-inheritance.js";
import { interfaceEdits } from "./transform-interface.js";
import { recordEdits } from "./transform-record.js";

/** Transforms one file of a contract. */
export function transformSource(source: SourceModel, contract: LinkedContract): EditedText {
  const edits: TextEdit[] = [
    ...source.edits,
    ...source.imports.flatMap(({ specifier, span, file }) => {
      // asc wants file names without their ending.
      const bare = specifier.replace(/\.(js|ts)$/, "");
      return file === undefined || bare === specifier ? [] : [{ span, text: JSON.stringify(bare), anchor: span.start }];
    }),
    ...source.records.flatMap(recordEdits),
    ...source.interfaces.flatMap((item) => interfaceEdits(item, source.text)),
    ...source.rewrites.flatMap((rewrite) => rewriteEdits(rewrite, source.text)),
  ];
  const imports: string[] = [];
  for (const own of source.contracts.filter((candidate) => contract.lineage.includes(candidate))) {
    // Under its own name, for the modules around it, whatever the author exports it as.
    if (!own.exported) imports.push(`export { ${own.name} };\n`);
    edits.push(...own.slots.flatMap((slot) => accessorEdits(slot, source.text, isWrittenOut(slot, contract))));
    edits.push(...inheritanceEdits(own, contract, imports));
  }
  edits.push(insertText(source.text.length, HELPERS + imports.join("") + structExports(source)));
  return applyEdits(source.text, withoutNested(edits));
}

const HELPERS = `
import * as __qwvm from "qwvm/sdk-as/glue";
import * as __sizes from "qwvm/sdk-as/sizes";
import * as __state from "qwvm/sdk-as/storage/state";
`;

/** Structs under the names that generated modules know them by. */
function structExports({ records }: SourceModel): string {
  const structs = records.filter(({ kind }) => kind === "struct");
  return structs.map(({ name }) => `export { ${name} as ${structName(name)} };\n`).join("");
}

/** What lies inside of a stretch that is replaced as a whole goes with it. */
function withoutNested(edits: readonly TextEdit[]): TextEdit[] {
  const whole = edits.filter(({ span }) => span.end > span.start);
  return edits.filter(
    (edit) =>
      !whole.some(
        (other) =>
          other !== edit &&
          other.span.start <= edit.span.start &&
          edit.span.end <= other.span.end &&
          other.span.end - other.span.start > edit.span.end - edit.span.start &&
          (edit.span.end > edit.span.start || (other.span.start < edit.span.start && edit.span.end < other.span.end)),
      ),
  );
}

/** Replaces a field by its accessors; what it starts as stays where it is written, in a method of its own. */
function accessorEdits(slot: SlotModel, text: string, inlined: boolean): TextEdit[] {
  const { name, access, declaration, initializer } = slot;
  const prefix = access === "" ? "" : `${access} `;
  const parts = [`${prefix}get ${name}(): ${slot.asc} { return __state.load_${name}(); }`];
  if (slot.kind === "value")
    parts.push(
      `${inlined ? "@inline " : ""}${prefix}set ${name}(value: ${slot.asc}) { __state.store_${name}(value); }`,
    );
  // What is written over several lines keeps its lines, so that those below keep their place.
  if (initializer === undefined) {
    return [{ span: declaration, text: parts.join(" ") + linesOf(text, declaration.start, declaration.end) }];
  }
  parts.push(`__init_${name}(): void { this.${name} = ${linesOf(text, declaration.start, initializer.start)}`);
  return [
    { span: { start: declaration.start, end: initializer.start }, text: parts.join(" ") },
    {
      span: { start: initializer.end, end: declaration.end },
      text: `; }${linesOf(text, initializer.end, declaration.end)}`,
    },
  ];
}
