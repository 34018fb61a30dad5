// The sieve of Eratosthenes over 64 KiB of flags; the number of primes below 65,536 is 6,542.
const LIMIT = 65536;
const flags = memory.data(65536);

export function run(rounds: i32): u64 {
  let count: u64 = 0;
  for (let round = 0; round < rounds; round++) {
    memory.fill(flags, 0, LIMIT);
    count = 0;
    for (let i = 2; i < LIMIT; i++) {
      if (load<u8>(flags + i)) continue;
      count++;
      for (let j = i + i; j < LIMIT; j += i) store<u8>(flags + j, 1);
    }
  }
  return count;
}
