// A kept contract's memory, between an instance and the account: taking an image, putting one back.
// Pages that did not change are shared between images, and compared instead of copied.

import type { MemoryImage } from "../state/account.js";

export const PAGE_BYTES = 65_536;

const ZERO_PAGE = new Uint8Array(PAGE_BYTES);

const equalPages = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

const pageOf = (memory: Uint8Array, index: number): Uint8Array =>
  memory.subarray(index * PAGE_BYTES, (index + 1) * PAGE_BYTES);

/**
 * The image of a memory. Where it equals `base`, base's pages are used again; `base` itself when nothing differs.
 */
export function takeImage(
  memory: Uint8Array,
  globals: readonly bigint[],
  inputArea: MemoryImage["inputArea"],
  base: MemoryImage | undefined,
): MemoryImage {
  const count = memory.length / PAGE_BYTES;
  const pages: (Uint8Array | undefined)[] = [];
  let same =
    base !== undefined &&
    base.pages.length === count &&
    base.inputArea === inputArea &&
    base.globals.every((bits, i) => bits === globals[i]);
  for (let i = 0; i < count; i++) {
    const page = pageOf(memory, i);
    const old = base?.pages[i];
    if (base !== undefined && i < base.pages.length && equalPages(page, old ?? ZERO_PAGE)) {
      pages.push(old);
      continue;
    }
    same = false;
    pages.push(equalPages(page, ZERO_PAGE) ? undefined : page.slice());
  }
  return same ? (base as MemoryImage) : { pages, globals, inputArea };
}

/** Makes a memory of the same size equal to an image. */
export function putImage(memory: Uint8Array, image: MemoryImage): void {
  for (const [i, kept] of image.pages.entries()) {
    const page = pageOf(memory, i);
    const wanted = kept ?? ZERO_PAGE;
    if (!equalPages(page, wanted)) page.set(wanted);
  }
}
