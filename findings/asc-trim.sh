#!/usr/bin/env bash
# assemblyscript 0.28.20 (npm): String#trim leaves spaces at the beginning where they are more than half of the text
# (string.ts: the loop compares how many it has passed with how many are left, and both move). trimStart is right.
# One would have guessed: "   b".trim() is "b".
# Prints what is seen, and ends with 1 where it is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund assemblyscript@0.28.20 >/dev/null
cat > module.ts <<'SOURCE'
export function length(): i32 { return "   b".trim().length; }
SOURCE
npx asc module.ts --outFile module.wasm --runtime stub -Oz --use abort= >/dev/null
node --input-type=module -e '
import { readFileSync } from "node:fs";
const { instance } = await WebAssembly.instantiate(readFileSync("module.wasm"));
const seen = instance.exports.length();
const javascript = "   b".trim().length;
console.log("AssemblyScript:", seen, "JavaScript:", javascript);
process.exit(seen === 2 && javascript !== seen ? 0 : 1);
'
