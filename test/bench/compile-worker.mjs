// One measurement of compile.mjs in a process of its own: a module is deployed by the machine's rules and compiled in full by the
// compiler that the engine's flags leave. Prints the CPU time of all threads and how much memory it took, as JSON.

import { CONSTRUCTS, mixed } from "./compile-constructs.mjs";
import { instrumented } from "./compile-rules.mjs";

const [name, number, seed] = process.argv.slice(2);
const wasm = seed === undefined ? CONSTRUCTS[name](Number(number)) : mixed(Number(seed), Number(number));
const code = instrumented(wasm);
if (code === undefined) {
  console.log(JSON.stringify({ refused: true, bytes: wasm.length }));
} else {
  const before = process.memoryUsage.rss();
  const start = process.cpuUsage();
  new WebAssembly.Module(code);
  const { user, system } = process.cpuUsage(start);
  const megabytes = Math.max(0, process.resourceUsage().maxRSS * 1_024 - before) / 1e6;
  console.log(JSON.stringify({ ms: (user + system) / 1e3, megabytes, bytes: wasm.length }));
}
