#!/usr/bin/env bash
# assemblyscript 0.28.20 (npm): String#replaceAll by something longer cuts its result or writes behind its buffer
# (string.ts: the buffer is doubled once, where more may be needed).
# One would have guessed: "ab".replaceAll("a", "0123456789") is "0123456789b".
# Prints what is seen, and ends with 1 where it is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund assemblyscript@0.28.20 >/dev/null
cat > module.ts <<'SOURCE'
export function length(): i32 { return "ab".replaceAll("a", "0123456789").length; }
SOURCE
npx asc module.ts --outFile module.wasm --runtime stub -Oz --use abort= >/dev/null
node --input-type=module -e '
import { readFileSync } from "node:fs";
const { instance } = await WebAssembly.instantiate(readFileSync("module.wasm"));
const seen = instance.exports.length();
const javascript = "ab".replaceAll("a", "0123456789").length;
console.log("AssemblyScript:", seen, "JavaScript:", javascript);
process.exit(seen === 8 && javascript !== seen ? 0 : 1);
'
