#!/usr/bin/env bash
# assemblyscript 0.28.20 (npm): Array#sort, documented as stable, changes the order of equal items from 49 items on
# (util/sort.ts: when a run is used up while it is merged, the last item of the other is taken before those equal to it).
# One would have guessed: a stable sort at every length, as JavaScript has it and as the comment above the function says.
# Prints what is seen, and ends with 1 where it is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund assemblyscript@0.28.20 >/dev/null
cat > module.ts <<'SOURCE'
export function inversions(count: i32): i32 {
  const items: i32[] = [];
  for (let i = 0; i < count; i++) items.push(i);
  items.sort((a, b) => (a & 1) - (b & 1));
  let found = 0;
  for (let i = 0; i + 1 < count; i++) if ((items[i] & 1) == (items[i + 1] & 1) && items[i] > items[i + 1]) found++;
  return found;
}
SOURCE
npx asc module.ts --outFile module.wasm --runtime stub -Oz --use abort= >/dev/null
node --input-type=module -e '
import { readFileSync } from "node:fs";
const { instance } = await WebAssembly.instantiate(readFileSync("module.wasm"));
const seen = instance.exports.inversions(48) === 0 && instance.exports.inversions(49) > 0;
const javascript = (() => {
  const items = Array.from({ length: 49 }, (_, i) => i).sort((a, b) => (a & 1) - (b & 1));
  return items.some((item, i) => i > 0 && (item & 1) === (items[i - 1] & 1) && item < items[i - 1]);
})();
console.log("AssemblyScript:", seen, "JavaScript:", javascript);
process.exit(seen === true && javascript !== seen ? 0 : 1);
'
