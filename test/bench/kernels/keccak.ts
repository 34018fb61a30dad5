// Keccak-f[1600] (FIPS 202) with loops over the lanes; returns the first lane.
const LANES = memory.data(200);
const COLUMNS = memory.data(40);
const ROUND_CONSTANTS = memory.data<u64>([
  0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b,
  0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088,
  0x0000000080008009, 0x000000008000000a, 0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
  0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
  0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
]);
const ROTATIONS = memory.data<u8>([
  1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44,
]);
const PLACES = memory.data<u8>([10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1]);

function permute(): void {
  for (let round = 0; round < 24; round++) {
    for (let x = 0; x < 5; x++) {
      const p = LANES + (x << 3);
      store<u64>(
        COLUMNS + (x << 3),
        load<u64>(p) ^ load<u64>(p, 40) ^ load<u64>(p, 80) ^ load<u64>(p, 120) ^ load<u64>(p, 160),
      );
    }
    for (let x = 0; x < 5; x++) {
      const d = load<u64>(COLUMNS + (((x + 4) % 5) << 3)) ^ rotl(load<u64>(COLUMNS + (((x + 1) % 5) << 3)), 1);
      for (let y = 0; y < 25; y += 5) {
        const p = LANES + ((x + y) << 3);
        store<u64>(p, load<u64>(p) ^ d);
      }
    }
    let moving = load<u64>(LANES + 8);
    for (let i = 0; i < 24; i++) {
      const p = LANES + ((<usize>load<u8>(PLACES + i)) << 3);
      const next = load<u64>(p);
      store<u64>(p, rotl(moving, load<u8>(ROTATIONS + i)));
      moving = next;
    }
    for (let y = 0; y < 25; y += 5) {
      const p = LANES + (y << 3);
      const first = load<u64>(p);
      const second = load<u64>(p, 8);
      for (let x = 0; x < 3; x++) {
        const q = p + (x << 3);
        store<u64>(q, load<u64>(q) ^ (~load<u64>(q, 8) & load<u64>(q, 16)));
      }
      store<u64>(p, load<u64>(p, 24) ^ (~load<u64>(p, 32) & first), 24);
      store<u64>(p, load<u64>(p, 32) ^ (~first & second), 32);
    }
    store<u64>(LANES, load<u64>(LANES) ^ load<u64>(ROUND_CONSTANTS + (round << 3)));
  }
}

export function run(rounds: i32): u64 {
  memory.fill(LANES, 0, 200);
  for (let round = 0; round < rounds; round++) permute();
  return load<u64>(LANES);
}
