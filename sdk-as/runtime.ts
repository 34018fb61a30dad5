// The memory manager of a contract, and its one owner: a bump allocator. A call has a fresh memory, so nothing is ever
// freed; what is given back is given back here alone, as zeros. asc's library calls these functions by their names and
// builds on what its own runtimes do: blocks begin at multiples of 16 (Map and Set use the lowest bit of addresses), and
// an object has its class id and length before it. The compiler makes them global, as asc's own runtimes do.

/** Where free memory begins, a multiple of 16; from here on all is zero. The compiler sets it to where the data ends. */
export let __top: usize = 0;

/** Takes `size` zero bytes, less than 1 GiB at a time, so that the sum stays in range. */
export function __alloc(size: usize): usize {
  // Never so; it names the end of the data, so that asc says where that is.
  if (__heap_base == 0) unreachable();
  const at = __top;
  __top = (at + size + 15) & ~15;
  // If it fails, what was taken lies beyond the memory for good: the first use of it traps.
  if (__top > (<usize>memory.size()) << 16) memory.grow(<i32>((size >>> 16) + 1));
  return at;
}

/**
 * Gives back what was not used of a block that the host wrote into: it wrote the first `used` bytes and nothing else, so
 * that the rest is still zero. Nothing is given back where something was taken since, or where all of it was used.
 */
export function __keep(at: usize, size: usize, used: usize): void {
  if (used < size && __top == ((at + size + 15) & ~15)) __top = (at + used + 15) & ~15;
}

/** Where free memory begins: what is taken from here on can be given back by `__settle` and `__released`. */
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

/** Moves `size` bytes: nothing here knows how many there were. asc's library does not call it. */
export function __realloc(at: usize, size: usize): usize {
  const moved = __alloc(size);
  memory.copy(moved, at, size);
  return moved;
}

export function __free(_at: usize): void {}

/** An object: four bytes of class id and four of length, then the object itself. As in asc's runtimes, of 1 GiB at most. */
export function __new(size: usize, id: u32): usize {
  if (size > 0x40000000) unreachable();
  const at = __alloc(size + 8);
  store<u32>(at, id);
  store<u32>(at, size, 4);
  return at + 8;
}

/** Gives an object another length: a shorter one where it lies, a longer one in new memory, zero beyond the old length. */
export function __renew(at: usize, size: usize): usize {
  const oldSize = load<u32>(at - 4);
  if (size <= oldSize) {
    store<u32>(at - 4, size);
    return at;
  }
  const moved = __new(size, load<u32>(at - 8));
  memory.copy(moved, at, oldSize);
  return moved;
}

export function __link(_parent: usize, _child: usize, _expectMultiple: bool): void {}

export function __pin(at: usize): usize {
  return at;
}

export function __unpin(_at: usize): void {}

export function __visit(_at: usize, _cookie: u32): void {}

export function __collect(): void {}
