#!/usr/bin/env bash
# node 20.19.5 and 22.23.3 (npm): whether a WebAssembly module is valid depends on the release. `memory.size` whose memory index is
# written as 80 00 (zero in two bytes), and a load whose offset zero takes six bytes, are refused by V8 11.3 and accepted by
# V8 12.4, which has shipped the proposals of several memories and of 64-bit memories: there the reserved byte is an index in
# LEB128, and offsets have up to ten bytes. A module of one 32-bit memory is held to the new rules all the same.
# One would have guessed: the encoding of a module that uses no newer feature has one verdict on every release.
# Prints what is seen, and ends with 1 where it is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > encodings.mjs <<'SOURCE'
const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
// One function () -> i32, one memory of a page, and the body given.
const module = (...body) =>
  new Uint8Array([...HEADER, 1, 5, 1, 0x60, 0, 1, 0x7f, 3, 2, 1, 0, 5, 3, 1, 0, 1, 10, body.length + 4, 1, body.length + 2, 0, ...body, 0x0b]);
const seen = [
  module(0x3f, 0x00),
  module(0x3f, 0x80, 0x00),
  module(0x41, 0, 0x28, 2, 0x80, 0x80, 0x80, 0x80, 0x00),
  module(0x41, 0, 0x28, 2, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00),
].map((bytes) => WebAssembly.validate(bytes));
console.log(seen.join(" "));
SOURCE
ask() {
  mkdir "$1"
  npm install --silent --no-audit --no-fund --prefix "$1" "node@$2" >/dev/null 2>&1
  "$1/node_modules/.bin/node" encodings.mjs
}
older=$(ask older 20.19.5)
newer=$(ask newer 22.23.3)
echo "memory.size 00, memory.size 80 00, an offset in five bytes, an offset in six bytes"
echo "Node 20.19.5: $older"
echo "Node 22.23.3: $newer"
[ "$older" = "true false true false" ] && [ "$newer" = "true true true true" ]
