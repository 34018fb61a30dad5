// Values between JavaScript and a module, checked before the engine converts them: what does not fit a type is said,
// never rounded or cut. Integers are accepted signed or unsigned, as the module's author may read them.

import { QwvmError } from "../core/errors.js";
import { formatSignature, type Signature, type WasmType } from "../core/host-interface.js";
import { printableName } from "../core/printable.js";

/** A number for i32, f32 and f64, a bigint for i64. */
export type WasmValue = number | bigint;

/**
 * Refuses types through which a function of the metered module would come out: it counts its gas and its stack from
 * parameters that no caller outside knows of.
 * @param outwards the values that the module gives: an export's results, an import's parameters
 * @throws QwvmError `FUNCREF_LEAVES`
 */
export function refuseFuncrefs(what: string, type: Signature, outwards: readonly WasmType[]): void {
  if (!outwards.includes("funcref")) return;
  throw new QwvmError(
    "FUNCREF_LEAVES",
    `${what} is ${printableName(formatSignature(type))}: a funcref cannot leave the module.`,
    {
      hint: "Export the function itself and call it by its name, or hand over its index in a table.",
    },
  );
}

const I64_MIN = -(2n ** 63n);
const I64_MAX = 2n ** 64n - 1n;

/** @throws QwvmError `BAD_ARGUMENT_COUNT` or `BAD_ARGUMENT` */
export function checkArguments(
  module: string,
  { name: exported, params, results }: Signature & { readonly name: string },
  args: readonly unknown[],
): void {
  const name = printableName(exported);
  const type = printableName(formatSignature({ params, results }));
  if (!Array.isArray(args)) {
    throw new QwvmError("BAD_ARGUMENT", `The arguments of ${name} are ${show(args)}.`, {
      hint: `Give them as an array; ${name} is ${type}.`,
    });
  }
  if (args.length !== params.length) {
    const count = params.length === 1 ? "1 argument" : `${params.length} arguments`;
    const given = args.length === 0 ? "none was" : args.length === 1 ? "1 was" : `${args.length} were`;
    throw new QwvmError("BAD_ARGUMENT_COUNT", `${name} of ${module} takes ${count}, but ${given} given.`, {
      hint: `It is ${type}.`,
    });
  }
  for (const [i, type] of params.entries()) {
    const hint = valueProblem(type, args[i]);
    if (hint === undefined) continue;
    throw new QwvmError("BAD_ARGUMENT", `Argument ${i + 1} of ${name} is ${show(args[i])}, which is no ${type}.`, {
      hint,
    });
  }
}

/**
 * What a host function returned, if the module can take it.
 * @throws QwvmError `BAD_IMPORT_RESULT`
 */
export function checkImportResult(
  entry: Signature & { readonly module: string; readonly name: string },
  value: unknown,
): unknown {
  const { results } = entry;
  const refuse = (hint: string): never => {
    const message = `The host function ${printableName(entry.module)}.${printableName(entry.name)} returned ${show(value)}.`;
    const type = printableName(formatSignature(entry));
    throw new QwvmError("BAD_IMPORT_RESULT", message, { hint: `Its type is ${type}. ${hint}` });
  };
  if (results.length === 0) return undefined;
  if (results.length === 1) {
    const hint = valueProblem(results[0] as WasmType, value);
    return hint === undefined ? value : refuse(hint);
  }
  // Read once: what is checked is what the module is given.
  const values: unknown = Array.isArray(value) ? [...value] : undefined;
  if (!Array.isArray(values) || values.length !== results.length) {
    return refuse(`Return an array of ${results.length} values.`);
  }
  for (const [i, type] of results.entries()) {
    const hint = valueProblem(type, values[i]);
    if (hint !== undefined) refuse(`Of item ${i}: ${hint}`);
  }
  return values;
}

/** What a value should be instead; undefined when it fits. */
function valueProblem(type: WasmType, value: unknown): string | undefined {
  switch (type) {
    case "i32":
      if (Number.isInteger(value) && (value as number) >= -(2 ** 31) && (value as number) < 2 ** 32) return undefined;
      return "An i32 is a whole number from -2147483648 to 4294967295.";
    case "i64":
      if (typeof value === "bigint" && value >= I64_MIN && value <= I64_MAX) return undefined;
      if (Number.isSafeInteger(value)) return `An i64 is a bigint: write ${value}n.`;
      return "An i64 is a bigint from -(2n ** 63n) to 2n ** 64n - 1n.";
    case "f32":
    case "f64":
      return typeof value === "number" ? undefined : `An ${type} is a number.`;
    case "funcref":
      return value === null ? undefined : "A funcref given from outside can only be null.";
    default:
      return undefined;
  }
}

function show(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 37)}...` : value);
  if (typeof value === "number" || value === null || value === undefined) return String(value);
  return Array.isArray(value) ? "an array" : `a value of type ${typeof value}`;
}
