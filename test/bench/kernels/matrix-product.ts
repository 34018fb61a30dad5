// The product of two 48 x 48 matrices of f64, row by column.
const SIZE = 48;
const a = memory.data(18432);
const b = memory.data(18432);
const product = memory.data(18432);

export function run(rounds: i32): u64 {
  for (let i = 0; i < SIZE * SIZE; i++) {
    store<f64>(a + (i << 3), <f64>(i % 7) + 0.5);
    store<f64>(b + (i << 3), <f64>(i % 5) - 1.25);
  }
  for (let round = 0; round < rounds; round++) {
    for (let row = 0; row < SIZE; row++) {
      for (let column = 0; column < SIZE; column++) {
        let sum: f64 = 0;
        for (let k = 0; k < SIZE; k++) {
          sum += load<f64>(a + ((row * SIZE + k) << 3)) * load<f64>(b + ((k * SIZE + column) << 3));
        }
        store<f64>(product + ((row * SIZE + column) << 3), sum);
      }
    }
  }
  let trace: f64 = 0;
  for (let i = 0; i < SIZE; i++) trace += load<f64>(product + ((i * SIZE + i) << 3));
  return <u64>(trace * 16);
}
