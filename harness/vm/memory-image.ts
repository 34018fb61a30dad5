// A kept contract's memory, between an instance and the account: taking an image, putting one back.
// Pages that did not change are shared between images, and compared instead of copied.

import type { MemoryImage } from "../state/account.js";

export const PAGE_BYTES = 65_536;

const ZERO_PAGE = new Uint8Array(PAGE_BYTES);

const equalPages = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

const pageOf = (memory: Uint8Array, index: number): Uint8Array =>
  memory.subarray(index * PAGE_BYTES, (index + 1) * PAGE_BYTES);

/** What a memory is, beside its bytes. */
export type MemoryFacts = Pick<MemoryImage, "globals" | "inputArea">;

/**
 * The image of a memory that stands still: its pages are views of it. Where it equals `base`, base's pages are used again.
 */
export function viewMemory(memory: Uint8Array, facts: MemoryFacts, base: MemoryImage | undefined): MemoryImage {
  return compare(memory, facts, base).image;
}

/**
 * The image of a memory that will change. Where it equals `base`, base's pages are used again; `base` itself when nothing
 * differs. Undefined when more pages differ than `room` says; then nothing was copied.
 */
export function copyMemory(
  memory: Uint8Array,
  facts: MemoryFacts,
  base: MemoryImage | undefined,
  room: (pages: number) => boolean,
): MemoryImage | undefined {
  const { image, changed } = compare(memory, facts, base);
  if (changed.length > 0 && !room(changed.length)) return undefined;
  for (const i of changed) image.pages[i] = image.pages[i]?.slice();
  return image;
}

interface MutableImage extends MemoryImage {
  readonly pages: (Uint8Array | undefined)[];
}

/** The image in views, and which of its pages are neither base's nor zeros. */
function compare(
  memory: Uint8Array,
  { globals, inputArea }: MemoryFacts,
  base: MemoryImage | undefined,
): { image: MutableImage; changed: number[] } {
  const count = memory.length / PAGE_BYTES;
  const pages: (Uint8Array | undefined)[] = [];
  const changed: number[] = [];
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
    const isZero = equalPages(page, ZERO_PAGE);
    pages.push(isZero ? undefined : page);
    if (!isZero) changed.push(i);
  }
  return { image: same ? (base as MutableImage) : { pages, globals, inputArea }, changed };
}

/** Makes a memory of the same size equal to an image. */
export function putImage(memory: Uint8Array, image: MemoryImage): void {
  for (const [i, kept] of image.pages.entries()) {
    // A page of the memory's own, which a callee did not change. After growing, its old place is empty.
    if (kept !== undefined && (kept.length === 0 || kept.buffer === memory.buffer)) continue;
    const page = pageOf(memory, i);
    const wanted = kept ?? ZERO_PAGE;
    if (!equalPages(page, wanted)) page.set(wanted);
  }
}
