// Model → the module's entry file, around the author's class: the exports with dispatch, arguments, guards and results.
// Readable on purpose; asc checks the types of every generated call.

import { posix } from "node:path";
import type { AbiType } from "../core/abi.js";
import { structName } from "./asc-types.js";
import { signedBy } from "./guard-scope.js";
import type { LinkedContract, LinkedMethod } from "./link-contract.js";
import type { FieldModel, SourceModel } from "./model.js";
import { reachedTypes } from "./reached-types.js";
import { isComparedByBytes } from "./slot-shape.js";
import { fixedSize, writeFixedRead, writeRead } from "./write-codec.js";
import { type DispatchCase, writeDispatch } from "./write-dispatch.js";
import { writeGuard } from "./write-guards.js";

/** Writes the module's entry file: `init`, `execute`, `query` and `qw_alloc`. */
export function writeGlue(contract: LinkedContract, sources: readonly SourceModel[], glueFile: string): string {
  const { own, init } = contract;
  const of = (kind: "execute" | "query") => contract.methods.filter((method) => method.kind === kind);
  const hasQueries = of("query").length > 0;
  // From the bases to the contract, and within a class in the order of its text: what a field starts with can be made of
  // the fields before it.
  const initialized = [...contract.lineage]
    .reverse()
    .flatMap(({ slots }) => slots)
    .filter((slot) => slot.initializer !== undefined)
    .map((slot) => `self().__init_${slot.name}();`);
  const setUp = initialized.map((line) => `  ${line}\n`).join("");
  return `// Generated from ${own.file}: the module's exports. Results are a pointer and a length in one i64.

import { ${own.name} as __contract } from "${importPath(glueFile, own.file)}";
import { ${SDK_TYPES.join(", ")} } from "qwvm/sdk-as";
import * as __qwvm from "qwvm/sdk-as/glue";
import * as __sizes from "qwvm/sdk-as/sizes";
import { closeReader, expectLength, expectNothing, expectNoValue, fail, Failure, flushState, openReader, read, refuseValue, result } from "qwvm/sdk-as/glue";
${importRecords(contract, sources, (file) => importPath(glueFile, file))}
/** The contract has no fields of its own in memory: they are accessors of the stored state. */
function self(): __contract {
  return changetype<__contract>(0);
}

export function qw_alloc(length: usize): usize {
  return __alloc(length);
}

export function init(argsAt: usize, argsLength: usize): void {
${init === undefined ? `  expectNoValue(argsLength, 0);\n${setUp}  flushState();` : writeCall(init, contract, "  ", initialized)}
}

export function execute(methodAt: usize, methodLength: usize, argsAt: usize, argsLength: usize): i64 {
${writeDispatch(of("execute").map((method) => writeCase(method, contract)))}${hasQueries ? `  ${writeRefusal(contract)}\n` : ""}  return query(methodAt, methodLength, argsAt, argsLength);
}

/** The queries; \`execute\` serves them too, so that contracts can read each other. */
export function query(methodAt: usize, methodLength: usize, argsAt: usize, argsLength: usize): i64 {
${hasQueries ? "  __qwvm.startQuery();\n" : ""}${writeDispatch(of("query").map((method) => writeCase(method, contract)))}  fail(Failure.UnknownMethod);
  return 0;
}
`;
}

/**
 * Which method each line of a glue's text serves: reading its arguments, calling it, writing its result. Where a method
 * was inlined until nothing of its own is left, these lines are all that a failure in it can be traced to.
 */
export function methodsByLine(glue: string, contract: LinkedContract): (LinkedMethod | undefined)[] {
  let current: LinkedMethod | undefined;
  return glue.split("\n").map((line) => {
    const marker = /^ {2}\/\/ (\w+)$/.exec(line)?.[1];
    if (marker !== undefined)
      current = contract.methods.find((method) => method.name === marker && method.kind !== "init");
    else if (line.startsWith("export function init(")) current = contract.init;
    else if (/^ {0,2}\}/.test(line)) current = undefined;
    return /^ {2}if \(/.test(line) ? undefined : current;
  });
}

/** The SDK's types that a signature can name. */
export const SDK_TYPES: readonly string[] = ["Address", "Bytes", "FixedArray", "Hash", "i128", "i256", "u128", "u256"];

function writeCase(method: LinkedMethod, contract: LinkedContract): DispatchCase {
  const end = method.result === undefined ? "    return 0;\n" : "";
  return { name: method.name, body: `${writeCall(method, contract, "    ")}\n${end}` };
}

function writeCall(
  method: LinkedMethod,
  contract: LinkedContract,
  indent: string,
  setUp: readonly string[] = [],
): string {
  const signed = signedBy(method, contract);
  const lines = writeArguments(method, signed !== undefined);
  if (signed !== undefined) {
    lines.push("const __length = __qwvm.readerAt() - argsAt;", "const __nonce = read<u64>();");
    if (signed.key === "address") lines.push("const __publicKey = read<Bytes>();");
    lines.push("const __signature = read<Bytes>();");
  }
  const call = `self().${method.name}(${method.params.map(argument).join(", ")})`;
  if (signed !== undefined || !method.params.every(isFixed)) lines.push("closeReader();");
  lines.push(...setUp);
  const guards = method.guards.map((guard) => writeGuard(guard, method, contract));
  lines.push(...guards.flatMap(({ before }) => before));
  const after = [...guards].reverse().flatMap((guard) => guard.after);
  if (method.kind !== "query") after.push("flushState();");
  else if (contract.slots.some(isComparedByBytes)) after.push("__qwvm.endQuery();");
  if (method.result === undefined) {
    lines.push(`${call};`, ...after);
  } else if (after.length === 0) {
    lines.push(`return result<${method.result.asc}>(${call});`);
  } else {
    lines.push(`const returned = ${call};`, ...after, `return result<${method.result.asc}>(returned);`);
  }
  return lines.map((line) => indent + line).join("\n");
}

/** Refuses value before a query is served: by the function that the other methods call, where they call but one. */
function writeRefusal({ init, methods }: LinkedContract): string {
  const refusing = [init, ...methods.filter(({ kind }) => kind === "execute")].filter(
    (method): method is LinkedMethod => method !== undefined && !method.payable,
  );
  const isPlain = (method: LinkedMethod) =>
    method.params.every(isFixed) && !method.guards.some(({ name }) => name === "signed");
  if (refusing.length === 0 || !refusing.every(isPlain)) return "refuseValue();";
  const length = lengthOf(refusing[0] as LinkedMethod);
  return `expectNoValue(${length}, ${length});`;
}

/** How many bytes the arguments have together; all have a fixed length. */
function lengthOf({ params }: LinkedMethod): number {
  return params.reduce((sum, { type }) => sum + (fixedSize(type.abi as AbiType) as number), 0);
}

/** Statements that read the arguments. Where all have a fixed length, they are where they are without being looked for. */
function writeArguments({ params, kind, payable }: LinkedMethod, isSigned: boolean): string[] {
  const refuses = kind !== "query" && !payable;
  if (!isSigned && params.every(isFixed)) {
    let offset = 0;
    const reads = params.map((param) => {
      const line = `const ${argument(param)} = ${writeFixedRead(param.type, offset)};`;
      offset += fixedSize(param.type.abi as AbiType) as number;
      return line;
    });
    const check = refuses ? "expectNoValue" : offset === 0 ? "expectNothing" : "expectLength";
    return [`${check}(argsLength${check === "expectNothing" ? "" : `, ${offset}`});`, ...reads];
  }
  return [
    ...(refuses ? ["refuseValue();"] : []),
    "openReader(argsAt, argsLength);",
    ...params.map((param) => `const ${argument(param)} = ${writeRead(param.type)};`),
  ];
}

function isFixed({ type }: FieldModel): boolean {
  return type.abi !== undefined && fixedSize(type.abi) !== undefined;
}

/** A name that none of the glue's own can have. */
export function argument(param: { readonly name: string }): string {
  return `$${param.name}`;
}

/** Imports of the structs that a contract's interface and state are made of, for their names in generated types. */
export function importRecords(
  contract: LinkedContract,
  sources: readonly SourceModel[],
  pathOf: (file: string) => string,
): string {
  const { structs, reached } = reachedTypes(contract, sources);
  return sources
    .map(({ file }) => {
      const names = structs.filter((record) => record.file === file && reached.has(record)).map(({ name }) => name);
      return names.length === 0 ? "" : `import { ${names.map(structName).join(", ")} } from "${pathOf(file)}";\n`;
    })
    .join("");
}

/** How one file imports another, without ending. The SDK's own contracts have a path of their own. */
export function importPath(from: string, to: string): string {
  const bare = to.replace(/\.ts$/, "");
  if (to.startsWith("~lib/")) return bare.slice("~lib/".length);
  if (from.startsWith("~lib/")) return `${"../".repeat(from.split("/").length - 1)}${bare}`;
  const path = posix.relative(posix.dirname(from), bare);
  return path.startsWith(".") ? path : `./${path}`;
}
