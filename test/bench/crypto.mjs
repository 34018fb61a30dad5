// Signatures and hashes a second: the bare functions beside noble's in the same run, and through the host functions of a
// running contract, one call each. The signatures are CIRCL's, over messages of 96 bytes.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { sha3_256 } from "@noble/hashes/sha3.js";
import { ml_dsa44, ml_dsa65, ml_dsa87 } from "@noble/post-quantum/ml-dsa.js";
import loadWabt from "wabt";
import { pairRates, printRow } from "./measure.mjs";
import { ROOT } from "./projects.mjs";

const NOBLE = { "ml-dsa-44": ml_dsa44, "ml-dsa-65": ml_dsa65, "ml-dsa-87": ml_dsa87 };
const VERIFICATIONS = 5_000;
const HASHES = 100_000;

/** Takes its input as the arguments: verifies message, signature and key in a row, or hashes all of it. Traps on "no". */
const MODULE = (body) => `(module
  (import "env" "qw_dilithium_verify" (func $verify (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "qw_sha3_256" (func $sha3 (param i32 i32 i32)))
  (memory (export "memory") 1)
  (func (export "qw_alloc") (param i32) (result i32) i32.const 1024)
  (func (export "init"))
  (func (export "query") (param i32 i32) (result i64) i64.const 0)
  (func (export "execute") (param $method i32) (param $methodLen i32) (param $args i32) (param $argsLen i32) ${body}))`;

export async function benchCrypto() {
  const load = (path) => import(pathToFileURL(join(ROOT, "dist", path)).href);
  const { createQwvm } = await load("index.js");
  const { isValidSignature } = await load("host/signatures.js");
  const { sha3 } = await load("host/sha3.js");
  const wabt = await loadWabt();
  const contractOf = (body, signatureScheme) => {
    const wasm = wabt.parseWat("bench.wat", MODULE(body)).toBinary({}).buffer;
    return createQwvm({ signatureScheme }).deployWasm(wasm);
  };

  for (const { scheme, message, signature, publicKey } of readVectors()) {
    const bar = scheme === "ml-dsa-65" || scheme === "dilithium3" ? VERIFICATIONS : undefined;
    const bare = () => check(isValidSignature(scheme, message, signature, publicKey));
    const contract = contractOf(
      `(i32.eqz (call $verify
        (local.get $args) (i32.const ${message.length})
        (i32.add (local.get $args) (i32.const ${message.length})) (i32.const ${signature.length})
        (i32.add (local.get $args) (i32.const ${message.length + signature.length})) (i32.const ${publicKey.length})))
      if unreachable end`,
      scheme,
    );
    const args = new Uint8Array([...message, ...signature, ...publicKey]);
    const noble = NOBLE[scheme];
    // Dilithium of round 3.1, which noble does not have, is paired with the bare function.
    const other = noble === undefined ? bare : () => check(noble.verify(signature, message, publicKey));
    const unit = noble === undefined ? "the bare function" : "noble";
    if (noble !== undefined) report(`verify ${scheme}`, pairRates(bare, other), unit, bar);
    report(
      `qw_dilithium_verify, ${scheme}`,
      pairRates(() => contract.execute("", args), other),
      unit,
      bar,
    );
  }

  const kilobyte = new Uint8Array(1024).fill(7);
  const noble = () => sha3_256(kilobyte);
  report(
    "SHA3-256 of 1 KB",
    pairRates(() => sha3(kilobyte), noble),
    "noble",
    HASHES,
  );
  // A hundred hashes a call: a hash takes less time than the call around it.
  const contract = contractOf(
    `(local $left i32) (local.set $left (i32.const 100))
    (loop $again
      (call $sha3 (local.get $args) (i32.const 1024) (i32.const 0))
      (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))`,
  );
  const hundred = pairRates(
    () => contract.execute("", kilobyte),
    () => {
      for (let index = 0; index < 100; index++) noble();
    },
  );
  report(
    "qw_sha3_256 of 1 KB",
    { ...hundred, aRate: 100 * hundred.aRate, bRate: 100 * hundred.bRate },
    "noble",
    HASHES,
  );
}

function* readVectors() {
  const vectors = JSON.parse(readFileSync(join(ROOT, "test/vectors/circl-signatures.json"), "utf8"));
  for (const scheme of ["ml-dsa-65", "ml-dsa-44", "ml-dsa-87", "dilithium3"]) {
    const vector = vectors.filter((entry) => entry.scheme === scheme)[3];
    const bytes = (name) => new Uint8Array(Buffer.from(vector[name], "base64"));
    yield { scheme, message: bytes("message"), signature: bytes("signature"), publicKey: bytes("publicKey") };
  }
}

function check(valid) {
  if (!valid) throw new Error("a valid signature was refused");
}

function report(what, { aRate, bRate, ratio }, unit, bar) {
  const rate = (value) => Math.round(value).toLocaleString("en");
  printRow(
    what,
    `${rate(aRate)} a second, ${ratio.toFixed(2)} × ${unit} (${rate(bRate)})`,
    bar === undefined ? "none" : `${rate(bar)} a second`,
    bar === undefined || aRate >= bar,
  );
}
