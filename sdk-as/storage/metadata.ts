// A contract's metadata: texts under `metadata:NAME` in its storage, set at deployment or by the contract itself.

import { decodeText, encodeText, textLength } from "../codec/text";
import { writeStorage } from "../read-only";
import { rawAt, readBytes } from "./slot";

/** `metadata:` */
const PREFIX_LENGTH: usize = 9;

/** Reads and writes metadata. Standard names: name, symbol, type, decimals, description. */
// biome-ignore lint/complexity/noStaticOnlyClass: AssemblyScript has no other way to group functions under a name
export class metadata {
  /** The text of a name; empty where there is none. One storage read. */
  static get(name: string): string {
    const key = keyAt(name);
    const length = readBytes(key, keyLength(name));
    return decodeText(rawAt, length);
  }

  /** Sets the text of a name; an empty one removes it. One storage write. */
  static set(name: string, value: string): void {
    const length = textLength(value);
    const at = __alloc(length);
    encodeText(value, at);
    writeStorage(keyAt(name), keyLength(name), at, length);
  }
}

function keyLength(name: string): usize {
  return PREFIX_LENGTH + textLength(name);
}

function keyAt(name: string): usize {
  const at = __alloc(keyLength(name));
  memory.copy(at, memory.data<u8>([109, 101, 116, 97, 100, 97, 116, 97, 58]), PREFIX_LENGTH);
  encodeText(name, at + PREFIX_LENGTH);
  return at;
}
