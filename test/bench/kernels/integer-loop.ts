// An integer loop without memory: the linear congruential generator of Numerical Recipes (a = 1664525, c = 1013904223).
export function run(rounds: i32): u64 {
  let state: u32 = 1;
  let sum: u64 = 0;
  for (let i = 0; i < rounds; i++) {
    state = state * 1664525 + 1013904223;
    sum += state >>> 7;
  }
  return sum;
}
