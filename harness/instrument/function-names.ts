// The function names of a module's name section. Names are for people only: nothing that runs depends on them.

import { ByteReader } from "./byte-reader.js";
import { readModule } from "./read-module.js";

/** Names by function index; empty when there is no name section or it is damaged. */
export function readFunctionNames(wasm: Uint8Array): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  try {
    const section = readModule(wasm).sections.find(({ id, name }) => id === 0 && name === "name");
    if (section === undefined) return names;
    const reader = new ByteReader(wasm, section.start, section.end);
    reader.name();
    while (reader.offset < reader.end) {
      const id = reader.u8();
      const size = reader.u32();
      const next = reader.offset + size;
      if (id === 1) {
        const count = reader.u32();
        for (let i = 0; i < count; i++) names.set(reader.u32(), reader.name());
      }
      reader.offset = next;
    }
  } catch {
    // A name section may be damaged without the module being invalid.
  }
  return names;
}
