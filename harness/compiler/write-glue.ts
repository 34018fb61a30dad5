// Model → the module's entry file, around the author's class: the exports with dispatch, arguments and results.
// Readable on purpose; asc checks the types of every generated call.

import { posix } from "node:path";
import { matchName } from "./method-match.js";
import type { ContractModel, FieldModel, MethodModel, SourceModel } from "./model.js";

/** Writes the module's entry file: `init`, `execute`, `query` and `qw_alloc`. */
export function writeGlue(
  contract: ContractModel,
  own: SourceModel,
  sources: readonly SourceModel[],
  glueFile: string,
): string {
  const contractFile = own.file;
  const init = contract.methods.find((method) => method.kind === "init");
  const executes = contract.methods.filter((method) => method.kind === "execute");
  const queries = contract.methods.filter((method) => method.kind === "query");
  const payable = executes.filter((method) => method.payable);
  const others = executes.filter((method) => !method.payable);
  const initialized = contract.slots.filter((slot) => slot.initializer !== undefined);
  return `// Generated from ${contractFile}: the module's exports. Results are a pointer and a length in one i64.

import { ${contract.name} } from "${importPath(glueFile, contractFile)}";
import { ${SDK_TYPES.join(", ")} } from "qwvm/sdk-as";
import { closeReader, fail, Failure, flushState, openReader, read, refuseValue, result } from "qwvm/sdk-as/glue";
${importRecords(sources, (file) => importPath(glueFile, file))}
/** The contract has no fields of its own in memory: they are accessors of the stored state. */
function self(): ${contract.name} {
  return changetype<${contract.name}>(0);
}

export function qw_alloc(length: usize): usize {
  return __alloc(length);
}

export function init(argsAt: usize, argsLength: usize): void {
${init?.payable ? "" : "  refuseValue();\n"}  openReader(argsAt, argsLength);
${initialized.map((slot) => `  self().__init_${slot.name}();\n`).join("")}${init === undefined ? "  closeReader();\n  flushState();" : writeCall(init, "  ")}
}

export function execute(methodAt: usize, methodLength: usize, argsAt: usize, argsLength: usize): i64 {
  openReader(argsAt, argsLength);
${payable.map(writeCase).join("")}  refuseValue();
${others.map(writeCase).join("")}  return answer(methodAt, methodLength);
}

export function query(methodAt: usize, methodLength: usize, argsAt: usize, argsLength: usize): i64 {
  openReader(argsAt, argsLength);
  return answer(methodAt, methodLength);
}

/** The queries; \`execute\` serves them too, so that contracts can read each other. */
function answer(methodAt: usize, methodLength: usize): i64 {
${queries.map(writeCase).join("")}  fail(Failure.UnknownMethod);
  return 0;
}
`;
}

/**
 * Which method each line of a glue's text serves: reading its arguments, calling it, writing its result. Where a method
 * was inlined until nothing of its own is left, these lines are all that a failure in it can be traced to.
 */
export function methodsByLine(glue: string, contract: ContractModel): (MethodModel | undefined)[] {
  let current: MethodModel | undefined;
  return glue.split("\n").map((line) => {
    const marker = /^ {2}\/\/ (\w+)$/.exec(line)?.[1];
    if (marker !== undefined)
      current = contract.methods.find((method) => method.name === marker && method.kind !== "init");
    else if (line.startsWith("export function init("))
      current = contract.methods.find((method) => method.kind === "init");
    else if (/^ {0,2}\}/.test(line)) current = undefined;
    return /^ {2}if \(/.test(line) ? undefined : current;
  });
}

/** The SDK's types that a signature can name. */
export const SDK_TYPES: readonly string[] = ["Address", "Bytes", "Hash", "u128", "u256"];

function writeCase(method: MethodModel): string {
  return `  // ${method.name}\n  if (${matchName(method.name)}) {\n${writeCall(method, "    ")}\n${
    method.result === undefined ? "    return 0;\n" : ""
  }  }\n`;
}

function writeCall(method: MethodModel, indent: string): string {
  const lines = method.params.map((param) => `const ${argument(param)} = read<${param.type.text}>();`);
  const call = `self().${method.name}(${method.params.map(argument).join(", ")})`;
  lines.push("closeReader();");
  if (method.result === undefined) {
    lines.push(`${call};`);
    if (method.kind !== "query") lines.push("flushState();");
  } else if (method.kind === "query") {
    lines.push(`return result<${method.result.text}>(${call});`);
  } else {
    lines.push(`const returned = ${call};`, "flushState();", `return result<${method.result.text}>(returned);`);
  }
  return lines.map((line) => indent + line).join("\n");
}

/** A name that none of the glue's own can have. */
function argument(param: FieldModel): string {
  return `$${param.name}`;
}

/** Imports of the structs and enums that a contract's files export, for their names in generated types. */
export function importRecords(sources: readonly SourceModel[], pathOf: (file: string) => string): string {
  return sources
    .map((source) => {
      const structs = source.records.filter((record) => record.kind === "struct");
      const names = structs.map((record) => record.name);
      return names.length === 0 ? "" : `import { ${names.join(", ")} } from "${pathOf(source.file)}";\n`;
    })
    .join("");
}

function importPath(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to).replace(/\.ts$/, "");
  return path.startsWith(".") ? path : `./${path}`;
}
