// Fibonacci numbers by double recursion: nothing but calls. fib(20) is 6,765.
function fib(n: i32): u64 {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

export function run(rounds: i32): u64 {
  let sum: u64 = 0;
  for (let round = 0; round < rounds; round++) sum += fib(20);
  return sum;
}
