// Quicksort (Hoare's partition, recursive) of 4,096 pseudo-random u32; returns a checksum of the sorted array.
const COUNT = 4096;
const items = memory.data(16384);

function get(i: i32): u32 {
  return load<u32>(items + (i << 2));
}

function sort(first: i32, last: i32): void {
  let low = first;
  let high = last;
  const pivot = get((first + last) >>> 1);
  while (low <= high) {
    while (get(low) < pivot) low++;
    while (get(high) > pivot) high--;
    if (low > high) break;
    const swapped = get(low);
    store<u32>(items + (low << 2), get(high));
    store<u32>(items + (high << 2), swapped);
    low++;
    high--;
  }
  if (first < high) sort(first, high);
  if (low < last) sort(low, last);
}

export function run(rounds: i32): u64 {
  let state: u32 = 1;
  let sum: u64 = 0;
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < COUNT; i++) {
      state = state * 1664525 + 1013904223;
      store<u32>(items + (i << 2), state);
    }
    sort(0, COUNT - 1);
    for (let i = 0; i < COUNT; i++) sum = sum * 31 + get(i);
  }
  return sum;
}
