#!/usr/bin/env bash
# typescript 5.9.3 (npm): its parser rejects `x << (f<T>(y) % 3)`: it takes `<<` for the beginning of type arguments that hold a
# generic function type, finds the `>` of `f<T>`, and keeps that reading together with its errors. Without the type argument,
# or without the parentheses, the same shift is parsed.
# One would have guessed: a shift by a call in parentheses, as @babel/parser 7.28.5 with its TypeScript plugin parses it.
# Prints what is seen, and ends with 1 where it is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund typescript@5.9.3 @babel/parser@7.28.5 >/dev/null
node -e '
const ts = require("typescript");
const { parse } = require("@babel/parser");
const errors = (text) => ts.createSourceFile("a.ts", text, ts.ScriptTarget.Latest).parseDiagnostics.map((found) => found.messageText);
const babel = (text) => parse(text, { plugins: ["typescript"] }).program.body[0].declarations[0].init.operator;
const texts = ["const y = x << (f<number>(x) % 3);", "const y = x << (f(x) % 3);", "const y = x << f<number>(x);"];
for (const text of texts) console.log(text, "typescript:", errors(text), "babel:", babel(text));
const [first, ...others] = texts.map(errors);
process.exit(first[0] === "\u0027>\u0027 expected." && others.every((found) => found.length === 0) && babel(texts[0]) === "<<" ? 0 : 1);
'
