//! Writes `../wasmer-gas.json`: modules, calls, results and the gas that Wasmer's own metering middleware counts with
//! cost 1 for every operator. Run `cargo run --release` in this folder; users and CI need no Rust, the file is committed.

use arbitrary::Unstructured;
use base64::{engine::general_purpose::STANDARD, Engine};
use serde_json::{json, Value as Json};
use std::{fs, path::Path, sync::Arc};
use wasmer::sys::{CompilerConfig, EngineBuilder};
use wasmer::wasmparser::Operator;
use wasmer::{ExternType, Instance, Module, Store, Type, Value};
use wasmer_compiler_cranelift::Cranelift;
use wasmer_middlewares::metering::{get_remaining_points, set_remaining_points, MeteringPoints};
use wasmer_middlewares::Metering;

const LIMIT: u64 = 10_000_000;
const SMITH_MODULES: usize = 260;
const MAX_BYTES: usize = 2_600_000;

fn store() -> Store {
    let metering = Arc::new(Metering::new(LIMIT, |_: &Operator| -> u64 { 1 }));
    let mut compiler = Cranelift::default();
    compiler.canonicalize_nans(true);
    compiler.push_middleware(metering);
    Store::new(EngineBuilder::new(compiler))
}

/// A value as text: integers in decimal, floats as their bits in decimal, so that nothing is rounded.
fn write(value: &Value) -> Option<Json> {
    Some(match value {
        Value::I32(v) => json!({ "i32": v.to_string() }),
        Value::I64(v) => json!({ "i64": v.to_string() }),
        Value::F32(v) => json!({ "f32": v.to_bits().to_string() }),
        Value::F64(v) => json!({ "f64": v.to_bits().to_string() }),
        _ => return None,
    })
}

/// Arguments that reach zero, small, large and negative values in turn.
fn argument(kind: &Type, round: usize) -> Option<Value> {
    let picks: [i64; 6] = [0, 1, 7, -1, 100, i64::MIN + 3];
    let pick = picks[round % picks.len()];
    Some(match kind {
        Type::I32 => Value::I32(pick as i32),
        Type::I64 => Value::I64(pick),
        Type::F32 => Value::F32(pick as f32),
        Type::F64 => Value::F64(pick as f64 / 3.0),
        _ => return None,
    })
}

/// Calls every exported function three times on one instance, in order; gas is counted from a fresh limit each time.
fn record(name: &str, wasm: &[u8]) -> Option<Json> {
    let mut store = store();
    let module = Module::new(&store, wasm).ok()?;
    if module.imports().next().is_some() {
        return None;
    }
    let instance = Instance::new(&mut store, &module, &wasmer::imports! {}).ok()?;
    let start = match get_remaining_points(&mut store, &instance) {
        MeteringPoints::Remaining(points) => LIMIT - points,
        MeteringPoints::Exhausted => return None,
    };
    let mut calls = Vec::new();
    let exports: Vec<_> = module
        .exports()
        .filter_map(|export| match export.ty() {
            ExternType::Function(kind) => Some((export.name().to_string(), kind.clone())),
            _ => None,
        })
        .collect();
    for round in 0..3 {
        for (index, (export, kind)) in exports.iter().enumerate() {
            let args: Option<Vec<Value>> = kind.params().iter().map(|p| argument(p, round + index)).collect();
            let Some(args) = args else { continue };
            let function = instance.exports.get_function(export).ok()?;
            set_remaining_points(&mut store, &instance, LIMIT);
            let outcome = function.call(&mut store, &args);
            let written: Vec<_> = args.iter().filter_map(write).collect();
            let points = get_remaining_points(&mut store, &instance);
            let left = match points {
                MeteringPoints::Remaining(left) => Some(left),
                MeteringPoints::Exhausted => None,
            };
            let (Ok(results), Some(left)) = (&outcome, left) else {
                // What a trap or an end of gas costs is not Wasmer's to say: it charges a block at its end.
                let reason = outcome.err().map(|error| error.message()).unwrap_or_default();
                let trap = if left.is_none() { "out of gas".to_string() } else { reason };
                calls.push(json!({ "export": export, "args": written, "trap": trap }));
                continue;
            };
            let values: Vec<_> = results.iter().filter_map(write).collect();
            if values.len() != results.len() {
                continue;
            }
            calls.push(json!({ "export": export, "args": written, "results": values, "gas": LIMIT - left }));
        }
    }
    if !calls.iter().any(|call| call.get("gas").is_some()) {
        return None;
    }
    Some(json!({ "name": name, "wasm": STANDARD.encode(wasm), "startGas": start, "calls": calls }))
}

fn config() -> wasm_smith::Config {
    wasm_smith::Config {
        min_funcs: 2,
        max_funcs: 6,
        min_exports: 2,
        max_exports: 6,
        export_everything: true,
        max_imports: 0,
        max_instructions: 220,
        max_memory32_bytes: 4 * 65536,
        max_memories: 1,
        max_tables: 1,
        max_table_elements: 100,
        max_data_segments: 4,
        max_element_segments: 4,
        allow_start_export: true,
        bulk_memory_enabled: true,
        reference_types_enabled: true,
        multi_value_enabled: true,
        saturating_float_to_int_enabled: true,
        sign_extension_ops_enabled: true,
        simd_enabled: false,
        relaxed_simd_enabled: false,
        exceptions_enabled: false,
        threads_enabled: false,
        shared_everything_threads_enabled: false,
        tail_call_enabled: false,
        extended_const_enabled: false,
        gc_enabled: false,
        custom_page_sizes_enabled: false,
        memory64_enabled: false,
        wide_arithmetic_enabled: false,
        canonicalize_nans: true,
        allow_floats: true,
        disallow_traps: false,
        memory_offset_choices: wasm_smith::MemoryOffsetChoices(90, 9, 1),
        ..Default::default()
    }
}

/// A deterministic stream of bytes (SplitMix64), so that the same run writes the same file.
fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed;
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bytes.extend_from_slice(&(z ^ (z >> 31)).to_le_bytes());
    }
    bytes
}

fn main() {
    let mut modules = Vec::new();
    let mut size = 0;
    let mut sources: Vec<_> = fs::read_dir("wat").expect("the folder wat").flatten().map(|entry| entry.path()).collect();
    sources.sort();
    for path in sources {
        let name = path.file_stem().unwrap().to_string_lossy().to_string();
        let wasm = wat::parse_file(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        let recorded = record(&name, &wasm).unwrap_or_else(|| panic!("{name}: no call of it succeeded"));
        modules.push(recorded);
    }
    let mut seed = 0;
    let mut made = 0;
    while made < SMITH_MODULES && size < MAX_BYTES && seed < 20_000 {
        seed += 1;
        let bytes = noise(seed, 2_000 + (seed as usize % 7) * 900);
        let Ok(mut module) = wasm_smith::Module::new(config(), &mut Unstructured::new(&bytes)) else { continue };
        if module.ensure_termination(400).is_err() {
            continue;
        }
        let wasm = module.to_bytes();
        if wasm.len() > 6_000 {
            continue;
        }
        if let Some(recorded) = record(&format!("smith-{seed}"), &wasm) {
            size += recorded.to_string().len();
            made += 1;
            modules.push(recorded);
        }
    }
    let lines: Vec<String> = modules.iter().map(Json::to_string).collect();
    let calls: usize = modules.iter().map(|module| module["calls"].as_array().unwrap().len()).sum();
    let path = Path::new("..").join("wasmer-gas.json");
    fs::write(&path, format!("{{\"limit\":{LIMIT},\"modules\":[\n{}\n]}}\n", lines.join(",\n"))).expect("written");
    println!("{} modules, {calls} calls", modules.len());
}
