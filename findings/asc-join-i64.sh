#!/usr/bin/env bash
# assemblyscript 0.28.20 (npm): join() and toString() of an array with one i64 print its lower 32 bits; of two they are right
# (util/string.ts: joinIntegerArray casts a single signed value to i32).
# One would have guessed: [4294967297].join() is "4294967297".
# Prints what is seen, and ends with 1 where it is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund assemblyscript@0.28.20 >/dev/null
cat > module.ts <<'SOURCE'
export function length(): i32 {
  const items: i64[] = [4294967297];
  return items.join().length;
}
SOURCE
npx asc module.ts --outFile module.wasm --runtime stub -Oz --use abort= >/dev/null
node --input-type=module -e '
import { readFileSync } from "node:fs";
const { instance } = await WebAssembly.instantiate(readFileSync("module.wasm"));
const seen = instance.exports.length();
const javascript = [4294967297n].join().length;
console.log("AssemblyScript:", seen, "JavaScript:", javascript);
process.exit(seen === 1 && javascript !== seen ? 0 : 1);
'
