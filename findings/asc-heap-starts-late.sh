#!/usr/bin/env bash
# assemblyscript 0.28.20 (npm), runtimes incremental, minimal and stub: the heap begins to exist at the first allocation, and takes all
# memory that there is at that moment for its own, also pages that the host added after instantiation and has written to. What the host
# wrote there is overwritten by the module's first large array. If the module has allocated anything before, incremental and minimal leave
# the pages alone; stub, which asks memory.size anew when it runs out of room, takes them then, too.
# One would have guessed: a page that the host gets from memory.grow() belongs to the host, as with allocators that grow by themselves.
# Prints what is seen, and ends with 1 where it is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund assemblyscript@0.28.20 >/dev/null
cat > module.ts <<'SOURCE'
let kept: Uint8Array | null = null;
export function small(): void { kept = new Uint8Array(16); }
export function large(): void { kept = new Uint8Array(70000); kept!.fill(0xaa); }
SOURCE
for runtime in incremental minimal stub; do
  npx asc module.ts --outFile $runtime.wasm --runtime $runtime -O1 --use abort= >/dev/null
done
node --input-type=module -e '
import { readFileSync } from "node:fs";
let same = true;
for (const runtime of ["incremental", "minimal", "stub"]) {
  const code = readFileSync(`${runtime}.wasm`);
  const after = async (startHeap) => {
    const { exports } = (await WebAssembly.instantiate(code)).instance;
    if (startHeap) exports.small();
    const address = exports.memory.grow(1) * 65536;
    new Uint8Array(exports.memory.buffer).set([1, 2, 3, 4], address);
    exports.large();
    return new Uint8Array(exports.memory.buffer).slice(address, address + 4).join(" ");
  };
  const [fresh, started] = [await after(false), await after(true)];
  console.log(`${runtime}: the host wrote 1 2 3 4; before the first allocation it becomes ${fresh}, after one it is ${started}`);
  same = same && fresh === "170 170 170 170" && started === (runtime === "stub" ? "170 170 170 170" : "1 2 3 4");
}
process.exit(same ? 0 : 1);
'
