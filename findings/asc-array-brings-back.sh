#!/usr/bin/env bash
# assemblyscript 0.28.20 (npm): items that pop, splice or a shorter length have removed are there again when the array grows
# (array.ts: the length alone changes; only what is newly allocated is cleared). shift clears.
# One would have guessed: new items are zero, as those of new Array<i32>(n) are.
# Prints what is seen, and ends with 1 where it is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund assemblyscript@0.28.20 >/dev/null
cat > module.ts <<'SOURCE'
export function first(): i32 {
  const items = [7, 8];
  items.length = 0;
  items.length = 2;
  return items[0];
}
SOURCE
npx asc module.ts --outFile module.wasm --runtime stub -Oz --use abort= >/dev/null
node --input-type=module -e '
import { readFileSync } from "node:fs";
const { instance } = await WebAssembly.instantiate(readFileSync("module.wasm"));
const seen = instance.exports.first();
const javascript = (() => { const items = [7, 8]; items.length = 0; items.length = 2; return items[0] ?? 0; })();
console.log("AssemblyScript:", seen, "JavaScript:", javascript);
process.exit(seen === 7 && javascript !== seen ? 0 : 1);
'
