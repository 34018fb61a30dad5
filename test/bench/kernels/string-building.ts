// Decimal numbers written digit by digit behind each other, with commas, into a buffer; returns a hash (FNV-1a) of it.
const buffer = memory.data(32768);
const digits = memory.data(16);

function append(at: usize, value: u32): usize {
  let count = 0;
  do {
    store<u8>(digits + count, 48 + (value % 10));
    value /= 10;
    count++;
  } while (value > 0);
  while (count > 0) {
    count--;
    store<u8>(at, load<u8>(digits + count));
    at++;
  }
  store<u8>(at, 44);
  return at + 1;
}

export function run(rounds: i32): u64 {
  let hash: u64 = 0;
  for (let round = 0; round < rounds; round++) {
    let at: usize = buffer;
    let state: u32 = round + 1;
    for (let i = 0; i < 2000; i++) {
      state = state * 1664525 + 1013904223;
      at = append(at, state);
    }
    let h: u32 = 2166136261;
    for (let p: usize = buffer; p < at; p++) h = (h ^ load<u8>(p)) * 16777619;
    hash = hash * 31 + h;
  }
  return hash;
}
