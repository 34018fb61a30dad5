#!/usr/bin/env bash
# assemblyscript 0.28.20 (npm): small integers are kept in 32 bits and cut to their width where it could show. A mask by a constant is
# taken for something that cuts by itself, negative constants included: `(x << 4) & -16` of an i8 is 240, equal to no i8, and the
# comparison with the value that it should have is false. The same product without the mask is right.
# One would have guessed: an expression of type i8 has one of the 256 values of an i8.
# Prints what is seen, and ends with 1 where it is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund assemblyscript@0.28.20 >/dev/null
cat > module.ts <<'SOURCE'
export function masked(x: i8): i32 { return (x << 4) & -16; }
export function isSixteenBelow(x: i8): bool { return ((x << 4) & -16) == -16; }
export function isNegative(x: i8): bool { return ((x << 4) & -16) < 0; }
export function shifted(x: i8): i32 { return x << 4; }
export function zeros(x: u8): i32 { return clz<u8>(x); }
SOURCE
npx asc module.ts --outFile module.wasm --runtime stub -O1 --use abort= >/dev/null
node --input-type=module -e '
import { readFileSync } from "node:fs";
const { instance } = await WebAssembly.instantiate(readFileSync("module.wasm"));
const { masked, isSixteenBelow, isNegative, shifted, zeros } = instance.exports;
const asI8 = Int8Array.of((15 << 4) & -16)[0];
console.log("(15 << 4) & -16 as i8:", masked(15), "in eight bits:", asI8);
console.log("equal to -16:", !!isSixteenBelow(15), "below 0:", !!isNegative(15), "15 << 4:", shifted(15));
console.log("leading zeros of 1 as u8:", zeros(1));
const same = masked(15) === 240 && asI8 === -16 && !isSixteenBelow(15) && !isNegative(15) && shifted(15) === -16 && zeros(1) === 31;
process.exit(same ? 0 : 1);
'
