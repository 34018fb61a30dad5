#!/usr/bin/env bash
# Builds harness/host/dilithium.wasm, which is committed: users, tests and CI need no Rust. Needs rustup; the toolchain is
# that of rust-toolchain.toml, the crates those of Cargo.lock, and no path of the machine gets in: on x86-64 Linux the same
# bytes came out of another folder and another cargo home.
set -euo pipefail
cd "$(dirname "$0")"
# pqc_dilithium exports keys from a seed, which deterministic accounts need, under this cfg alone.
export RUSTFLAGS="--cfg dilithium_kat --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src= --remap-path-prefix=$PWD="
cargo build --release --locked --target wasm32-unknown-unknown
install -m 644 target/wasm32-unknown-unknown/release/qwvm_dilithium.wasm ../harness/host/dilithium.wasm
sha256sum ../harness/host/dilithium.wasm
