// What asc sees of an `@interface` class: methods that encode their arguments, call the other contract, and decode what
// it answers. The author writes their signatures.

import type { InterfaceModel, MethodModel } from "./model.js";
import { insertText, type TextEdit } from "./text-edits.js";
import { containsEnum } from "./write-codec.js";

export function interfaceEdits(item: InterfaceModel): TextEdit[] {
  // asc keeps the word `interface` for itself.
  const edits: TextEdit[] = [{ span: item.decorator, text: "" }];
  if (item.heritage === undefined) edits.push(insertText(item.opening, "extends __qwvm.Remote "));
  else edits.push({ span: item.heritage, text: "extends __qwvm.Remote" });
  edits.push(
    insertText(
      item.opening + 1,
      ` static at(address: __qwvm.Address): ${item.name} { return new ${item.name}(address, false); } catching(): ${item.name} { return __qwvm.caught<${item.name}>(new ${item.name}(this.address, true)); }`,
    ),
  );
  for (const method of item.methods) {
    if (method.bodySpan !== undefined) edits.push({ span: method.bodySpan, text: writeBody(method) });
  }
  return edits;
}

function writeBody({ name, params, result }: MethodModel): string {
  const length = params.map((param) => `__qwvm.encodedLength<${param.type.asc}>(${param.name})`).join(" + ") || "0";
  const writes = params.map((param) => `$end = __qwvm.write<${param.type.asc}>($end, ${param.name});`).join(" ");
  const bytes = [...new TextEncoder().encode(name)];
  const call = `this.__call(memory.data<u8>([${bytes.join(", ")}]), ${bytes.length}, $at, $length)`;
  const start = `const $length: usize = ${length}; const $at = __alloc($length); let $end = $at; ${writes}`;
  if (result === undefined) return `{ ${start} ${call}; }`;
  const answer =
    result.abi !== undefined && containsEnum(result.abi)
      ? `__qwvm.enumAnswerOf<${result.asc}>(this, ${result.members})`
      : `__qwvm.answerOf<${result.asc}>(this)`;
  return `{ ${start} ${call}; return ${answer}; }`;
}
