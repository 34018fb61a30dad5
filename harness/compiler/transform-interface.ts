// What asc sees of an `@interface` class: methods that encode their arguments, call the other contract, and decode what
// it answers. The author writes their signatures.

import type { InterfaceModel, MethodModel, Span } from "./model.js";
import { linesOf } from "./rewrite-statements.js";
import { insertText, type TextEdit } from "./text-edits.js";
import { containsEnum } from "./write-codec.js";

/** The edits of one class. `text` is the file's. */
export function interfaceEdits(item: InterfaceModel, text: string): TextEdit[] {
  const replace = (span: Span, printed: string) => ({ span, text: printed + linesOf(text, span.start, span.end) });
  // asc keeps the word `interface` for itself.
  const edits: TextEdit[] = [replace(item.decorator, "")];
  if (item.heritage === undefined) edits.push(insertText(item.opening, "extends __qwvm.Remote "));
  else edits.push(replace(item.heritage, "extends __qwvm.Remote"));
  edits.push(
    insertText(
      item.opening + 1,
      ` static at(address: __qwvm.Address): ${item.name} { return new ${item.name}(address, false); } catching(): ${item.name} { return __qwvm.caught<${item.name}>(new ${item.name}(this.address, true)); }`,
    ),
  );
  for (const method of item.methods) {
    if (method.bodySpan === undefined) continue;
    // A parameter may have any name, `memory` and `length` too: the body does not use it.
    edits.push(...method.params.map(({ name, span }) => ({ span, text: `$${name}`, anchor: span.start })));
    edits.push(replace(method.bodySpan, writeBody(method)));
  }
  return edits;
}

function writeBody({ name, params, result }: MethodModel): string {
  const length = params.map((param) => `__qwvm.encodedLength<${param.type.asc}>($${param.name})`).join(" + ") || "0";
  const writes = params.map((param) => `__end = __qwvm.write<${param.type.asc}>(__end, $${param.name});`).join(" ");
  const bytes = [...new TextEncoder().encode(name)];
  const call = `this.__call(memory.data<u8>([${bytes.join(", ")}]), ${bytes.length}, __at, __length)`;
  const start = `const __length: usize = ${length}; const __at = __alloc(__length); let __end = __at; ${writes}`;
  if (result === undefined) return `{ ${start} ${call}; }`;
  const answer =
    result.abi !== undefined && containsEnum(result.abi)
      ? `__qwvm.enumAnswerOf<${result.asc}>(this, ${result.members})`
      : `__qwvm.answerOf<${result.asc}>(this)`;
  return `{ ${start} ${call}; return ${answer}; }`;
}
