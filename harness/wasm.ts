// Door: QWVM's gas metering for any WebAssembly module, without contracts or a chain.

export { QwvmError } from "./core/errors.js";
export type { Signature, WasmType } from "./core/host-interface.js";
export type { Limits } from "./core/limits.js";
export type { TrapCode } from "./core/outcome.js";
export type { GasSchedule } from "./gas/schedule.js";
export type { ModuleExport, ModuleImport } from "./instrument/meter-module.js";
export type { HostImport, ImportTable } from "./vm/host-imports.js";
export { type MeteredModule, type MeterSettings, meter } from "./vm/meter.js";
export type { HostImports, MeteredInstance, ModuleMemory, RunResult } from "./vm/metered-instance.js";
export { type RunOptions, runExport } from "./vm/run-export.js";
export type { WasmValue } from "./vm/wasm-values.js";
