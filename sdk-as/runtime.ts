// The memory manager of a contract: a bump allocator. A call has a fresh memory, so nothing is ever freed.
// The compiler makes these functions global, as asc's own runtimes do; asc calls them by these names.

/** Where free memory begins. Everything above it is zero. */
let top: usize = __heap_base;

/** Takes `size` zero bytes. */
export function __alloc(size: usize): usize {
  const at = top;
  // Never more than 256 pages, so that the shift cannot lose bits.
  if (size > ((<usize>memory.size()) << 16) - at) growFor(at, size);
  top = at + size;
  return at;
}

function growFor(at: usize, size: usize): void {
  const pages = (size >>> 16) + 1;
  if (size > 0x7fffffff - at || memory.grow(<i32>pages) < 0) unreachable();
}

/** Takes back the part of the last block that was not needed, which starts at `end`. */
export function __shrink(end: usize): void {
  top = end;
}

export function __realloc(at: usize, size: usize): usize {
  const moved = __alloc(size);
  memory.copy(moved, at, size);
  return moved;
}

export function __free(_at: usize): void {}

/** An object: four bytes of class id and four of length, then the object itself. */
export function __new(size: usize, id: u32): usize {
  const at = __alloc(size + 8);
  store<u32>(at, id);
  store<u32>(at, size, 4);
  return at + 8;
}

/** Moves an object to a larger place; the bytes beyond the old length are zero. */
export function __renew(at: usize, size: usize): usize {
  const oldSize = load<u32>(at - 4);
  const moved = __new(size, load<u32>(at - 8));
  memory.copy(moved, at, min<usize>(oldSize, size));
  return moved;
}

export function __link(_parent: usize, _child: usize, _expectMultiple: bool): void {}

export function __pin(at: usize): usize {
  return at;
}

export function __unpin(_at: usize): void {}

export function __visit(_at: usize, _cookie: u32): void {}

export function __collect(): void {}
