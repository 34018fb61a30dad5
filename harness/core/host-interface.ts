// The functions a module may import, by name and signature, and the functions it has to export.
// Signatures only: prices are the gas schedule's, behaviour is the host room's. The VM links by the declared type,
// so one name can have more than one form. Source: QWVM's overview; extensions are this project's and marked.

export type WasmType = "i32" | "i64" | "f32" | "f64" | "funcref" | "externref";

/** A function type; `formatSignature` writes it as text. */
export interface Signature {
  readonly params: readonly WasmType[];
  readonly results: readonly WasmType[];
}

/** One importable function. */
export interface HostFunction {
  readonly name: string;
  /** Accepted types; the first is the usual one. */
  readonly forms: readonly Signature[];
  /** What the parameters are, for error messages and `inspect`. Of the first form. */
  readonly params: readonly string[];
  /** Not in QWVM's overview: refused when the machine allows documented functions only. */
  readonly extension: boolean;
}

const i32s = (count: number): WasmType[] => new Array<WasmType>(count).fill("i32");
const form = (paramCount: number, ...results: WasmType[]): Signature => ({ params: i32s(paramCount), results });

const define = (extension: boolean, name: string, params: string, ...forms: Signature[]): HostFunction => ({
  name,
  forms,
  params: params === "" ? [] : params.split(" "),
  extension,
});

/** Every function that the machine offers, all of the module `env`. */
export const HOST_FUNCTIONS: readonly HostFunction[] = [
  define(false, "qw_storage_read", "key_ptr key_len value_ptr value_len", form(4, "i32"), form(2, "i64")),
  define(false, "qw_storage_write", "key_ptr key_len value_ptr value_len", form(4)),
  define(false, "qw_dilithium_verify", "msg_ptr msg_len sig_ptr sig_len pubkey_ptr pubkey_len", form(6, "i32")),
  define(false, "qw_sha3_256", "data_ptr data_len output_ptr", form(3)),
  define(false, "qw_get_caller", "output_ptr", form(1)),
  define(false, "qw_get_balance", "address_ptr output_ptr", form(2)),
  define(false, "qw_transfer", "to_ptr amount_ptr", form(2, "i32"), form(2)),
  define(false, "qw_emit_event", "topic_ptr topic_len data_ptr data_len", form(4)),
  define(
    false,
    "qw_call_contract",
    "address_ptr method_ptr method_len args_ptr args_len result_ptr result_len",
    form(7, "i32"),
  ),
  define(true, "qw_get_block_timestamp", "", form(0, "i64")),
  define(true, "qw_get_block_height", "", form(0, "i64")),
  define(true, "qw_get_vrf", "output_ptr", form(1)),
  define(true, "qw_get_self", "output_ptr", form(1)),
  define(true, "qw_get_value", "output_ptr", form(1)),
  define(true, "qw_get_chain_id", "", form(0, "i64")),
  define(true, "qw_revert", "data_ptr data_len", form(2)),
  define(true, "qw_log", "ptr len", form(2)),
  define(true, "abort", "message file line column", form(4)),
];

/** The module name of every import. */
export const HOST_MODULE = "env";

/** The functions a module exports, with their accepted types. */
export const CONTRACT_EXPORTS: readonly {
  readonly name: string;
  readonly required: boolean;
  readonly forms: readonly Signature[];
}[] = [
  { name: "init", required: true, forms: [form(0), form(2)] },
  { name: "execute", required: true, forms: [form(4), form(4, "i64")] },
  { name: "query", required: true, forms: [form(4, "i64"), form(2, "i64")] },
  { name: "qw_alloc", required: false, forms: [form(1, "i32")] },
];

/** A function type as text: `(i32, i32) -> i64`; no result is `()`. */
export function formatSignature({ params, results }: Signature): string {
  const result = results.length === 0 ? "()" : results.length === 1 ? results[0] : `(${results.join(", ")})`;
  return `(${params.join(", ")}) -> ${result}`;
}

/** Whether two function types are the same. */
export function sameSignature(a: Signature, b: Signature): boolean {
  return formatSignature(a) === formatSignature(b);
}
