// The memory manager of a contract: a bump allocator. A call has a fresh memory, so nothing is ever freed.
// The compiler makes these functions global, as asc's own runtimes do; asc calls them by these names.

/** Where free memory begins; everything above it is zero. The compiler sets it to where the data ends, as a constant. */
export let __top: usize = 0;

/** Takes `size` zero bytes. asc asks for less than 1 GiB at a time, so that the sum stays in range. */
export function __alloc(size: usize): usize {
  // Never so; it names the end of the data, so that asc says where that is.
  if (__heap_base == 0) unreachable();
  const at = __top;
  __top = at + size;
  // If it fails, what was taken lies beyond the memory for good: the first use of it traps.
  if (__top > (<usize>memory.size()) << 16) memory.grow(<i32>((size >>> 16) + 1));
  return at;
}

/** Takes back the part of the last block that was not needed, which starts at `end`. */
export function __shrink(end: usize): void {
  __top = end;
}

/** Where free memory begins: what is taken from here on can be given back by `__settle`. */
export function __mark(): usize {
  return __top;
}

/**
 * Copies a value to `at`, or to new memory if that is 0, and gives back all memory taken since `mark`, unless that is 0.
 * The compiler calls it where nothing but the value can still be needed.
 */
export function __settle(at: usize, mark: usize, value: usize, size: usize): usize {
  const end = __top;
  if (mark != 0) __top = mark;
  if (at == 0) at = __alloc(size);
  memory.copy(at, value, size);
  if (__top < end) memory.fill(__top, 0, end - __top);
  return at;
}

/** Gives back all memory taken since `mark` by what led to a number. */
export function __released<T>(mark: usize, result: T): T {
  const end = __top;
  __top = mark;
  memory.fill(mark, 0, end - mark);
  return result;
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
