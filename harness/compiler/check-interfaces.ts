// Checks `@interface` classes: methods that can be called from outside, of types that can be passed, and, where the class
// names a contract of the project or an interface file, that the contract has these very methods.

import { posix } from "node:path";
import { type Abi, type AbiMethod, formatAbiType } from "../core/abi.js";
import { suggest } from "../core/suggest.js";
import { checkType, duplicates } from "./check-members.js";
import type { Problem } from "./diagnostic.js";
import { linkContract } from "./link-contract.js";
import type { InterfaceModel, MethodModel, SourceModel } from "./model.js";
import { writeAbi } from "./write-abi.js";

/** What a path to an interface file gives: the interface, why it cannot be read, or nothing when there is no file. */
export type InterfaceFile = { readonly abi: Abi } | { readonly problem: string } | undefined;

/** Names that an interface's class has from the SDK. */
const OWN_NAMES = ["at", "catching", "address", "failed", "failure"];

export function checkInterface(
  item: InterfaceModel,
  source: SourceModel,
  sources: readonly SourceModel[],
  closureOf: (source: SourceModel) => readonly SourceModel[],
  interfaceFile: (path: string) => InterfaceFile,
): Problem[] {
  const problems: Problem[] = [];
  const add = (message: string, hint: string, span = item.nameSpan) =>
    problems.push({ code: "QW146", message, span, hint });
  if (item.baseName !== undefined && item.baseName !== "Remote") {
    const hint = "Write `extends Remote`, which has at() and catching().";
    add(`The interface ${item.name} extends ${item.baseName}.`, hint, item.heritage);
  }
  for (const span of item.fields) {
    add(`The interface ${item.name} has something that is not a method.`, "Only methods can be called.", span);
  }
  for (const method of item.methods) problems.push(...checkInterfaceMethod(method, item));
  problems.push(
    ...duplicates(
      item.methods.map(({ name, nameSpan }) => ({ name, span: nameSpan })),
      `${item.name} has two methods`,
    ),
  );
  if (problems.length > 0 || item.checkedAgainst?.text === undefined) return problems;
  return compare(item, source, sources, closureOf, interfaceFile);
}

function checkInterfaceMethod(method: MethodModel, item: InterfaceModel): Problem[] {
  const { name, nameSpan, kind } = method;
  const problems: Problem[] = [];
  const add = (message: string, hint: string) => problems.push({ code: "QW146", message, span: nameSpan, hint });
  if (kind !== "execute" && kind !== "query") {
    add(
      `${name} of the interface ${item.name} has no kind.`,
      "Mark it @execute or @query, as the other contract has it.",
    );
  }
  if (method.isStatic || method.isAccessor || method.access !== "public") {
    add(`${name} of the interface ${item.name} is not a plain public method.`, "Write a plain method.");
  }
  if (OWN_NAMES.includes(name)) {
    add(`${name} is a name of the interface's own.`, `Call it by bytes: callContract(address, "${name}", args).`);
  }
  problems.push(...method.params.flatMap((param) => checkType(param.type, `the parameter ${param.name} of ${name}`)));
  if (method.result !== undefined) problems.push(...checkType(method.result, `the result of ${name}`));
  if (kind === "query" && method.hasResultType && method.result === undefined) {
    problems.push({
      code: "QW132",
      message: `The query ${name} returns nothing.`,
      span: nameSpan,
      hint: "Say what it returns.",
    });
  }
  return problems;
}

function compare(
  item: InterfaceModel,
  source: SourceModel,
  sources: readonly SourceModel[],
  closureOf: (source: SourceModel) => readonly SourceModel[],
  interfaceFile: (path: string) => InterfaceFile,
): Problem[] {
  const { text: target = "", span } = item.checkedAgainst as { text?: string; span: Problem["span"] };
  const found = findAbi(target, source, sources, closureOf, interfaceFile);
  if ("problem" in found)
    return [{ code: "QW147", message: found.problem, span, hint: found.hint, meant: found.meant }];
  return item.methods.flatMap((method) => {
    const there = found.abi.methods.find(({ name }) => name === method.name);
    const message =
      there === undefined
        ? `${found.abi.name} has no method ${method.name}.`
        : difference(method, there, found.abi.name);
    if (message === undefined) return [];
    const nearest =
      there === undefined
        ? suggest(
            method.name,
            found.abi.methods.map(({ name }) => name),
          )
        : undefined;
    const hint =
      there === undefined
        ? `${nearest === undefined ? "" : `Did you mean ${nearest}? `}Its methods are ${found.abi.methods.map(({ name }) => name).join(", ")}.`
        : `It is @${there.kind} ${formatMethod(there)}.`;
    return [{ code: "QW147", message, span: method.nameSpan, hint, meant: nearest }];
  });
}

function findAbi(
  target: string,
  source: SourceModel,
  sources: readonly SourceModel[],
  closureOf: (source: SourceModel) => readonly SourceModel[],
  interfaceFile: (path: string) => InterfaceFile,
): { readonly abi: Abi } | { readonly problem: string; readonly hint: string; readonly meant?: string | undefined } {
  const hint =
    'Name a contract of this project, @interface("Token"), or an interface file, @interface("./counter.abi.json").';
  if (target.endsWith(".json")) {
    const path = posix.join(posix.dirname(source.file), target);
    if (posix.isAbsolute(target)) return { problem: `The path ${target} does not begin at ${source.file}.`, hint };
    const file = interfaceFile(path);
    if (file === undefined) return { problem: `There is no file ${path}.`, hint };
    return "problem" in file ? { problem: `${path} is not an interface: ${file.problem}`, hint } : file;
  }
  for (const candidate of sources) {
    const contract = candidate.contracts.find(({ name }) => name === target);
    if (contract === undefined) continue;
    const closure = closureOf(candidate);
    return { abi: writeAbi(linkContract(contract, closure), closure, { name: "qwvm", version: "" }) };
  }
  const nearest = suggest(
    target,
    sources.flatMap(({ contracts }) => contracts.map(({ name }) => name)),
  );
  const problem = `There is no contract ${target} in this project.`;
  return { problem, hint: nearest === undefined ? hint : `Did you mean ${nearest}? ${hint}`, meant: nearest };
}

function difference(method: MethodModel, there: AbiMethod, contract: string): string | undefined {
  const what = `${method.name} of ${contract}`;
  if (method.kind !== there.kind) return `${what} is @${there.kind}, not @${method.kind}.`;
  if (there.signed !== undefined) return `${what} is @signed: a contract cannot sign.`;
  if (method.params.length !== there.params.length) {
    return `${what} takes ${there.params.length} parameters, not ${method.params.length}.`;
  }
  for (const [index, param] of method.params.entries()) {
    const wanted = there.params[index] as AbiMethod["params"][number];
    if (JSON.stringify(param.type.abi) !== JSON.stringify(wanted.type)) {
      return `The parameter ${wanted.name} of ${what} is ${formatAbiType(wanted.type)}, not ${param.type.text}.`;
    }
  }
  if (JSON.stringify(method.result?.abi) === JSON.stringify(there.result)) return undefined;
  return `${what} returns ${there.result === undefined ? "nothing" : formatAbiType(there.result)}, not ${method.result?.text ?? "nothing"}.`;
}

function formatMethod({ name, params, result }: AbiMethod): string {
  const list = params.map((param) => `${param.name}: ${formatAbiType(param.type)}`).join(", ");
  return `${name}(${list}): ${result === undefined ? "void" : formatAbiType(result)}`;
}
