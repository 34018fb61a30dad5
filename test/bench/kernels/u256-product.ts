// Products of 256-bit numbers modulo 2^256, limb by limb of 32 bits: schoolbook, in memory.
const LIMBS = 8;
const x = memory.data(32);
const y = memory.data(32);
const z = memory.data(32);

function multiply(): void {
  memory.fill(z, 0, 32);
  for (let i = 0; i < LIMBS; i++) {
    let carry: u64 = 0;
    const digit: u64 = load<u32>(x + (i << 2));
    for (let j = 0; j < LIMBS - i; j++) {
      const place = z + ((i + j) << 2);
      const sum = digit * load<u32>(y + (j << 2)) + load<u32>(place) + carry;
      store<u32>(place, <u32>sum);
      carry = sum >>> 32;
    }
  }
}

export function run(rounds: i32): u64 {
  for (let i = 0; i < LIMBS; i++) {
    store<u32>(x + (i << 2), 0x9e3779b9 * (i + 1));
    store<u32>(y + (i << 2), 0x85ebca6b * (i + 3));
  }
  for (let round = 0; round < rounds; round++) {
    multiply();
    memory.copy(x, z, 32);
    store<u32>(x, load<u32>(x) | 1);
  }
  return load<u64>(x);
}
