// Model → diagnostics: every mistake that can be seen before asc runs, in all files, all at once.

import type { BuildSettings } from "./build-options.js";
import { checkCopies } from "./check-copies.js";
import { checkDropped } from "./check-dropped.js";
import { checkGuards } from "./check-guards.js";
import { checkInheritance } from "./check-inheritance.js";
import { checkInterface, type InterfaceFile } from "./check-interfaces.js";
import { checkInternalCalls } from "./check-internal-calls.js";
import { checkContractClass, checkEnum, checkRecord, checkRecursion } from "./check-members.js";
import { checkMisuses } from "./check-misuses.js";
import { checkNamedGuards } from "./check-named-guards.js";
import { checkNames } from "./check-names.js";
import { checkQueries } from "./check-queries.js";
import { checkDecorators, checkSyntax } from "./check-syntax.js";
import { checkUses } from "./check-uses.js";
import { type Diagnostic, type Problem, placeProblems } from "./diagnostic.js";
import { codeOf, FIRST_CODE } from "./error-code.js";
import { addFixes } from "./fixes/add-fixes.js";
import { linkContract } from "./link-contract.js";
import type { ImportModel, SourceModel } from "./model.js";

/** All findings of a build's files. `closureOf` gives a file and everything it imports. */
export function checkContracts(
  sources: readonly SourceModel[],
  settings: BuildSettings,
  closureOf: (source: SourceModel) => readonly SourceModel[],
  interfaceFile: (path: string) => InterfaceFile = () => undefined,
): Diagnostic[] {
  const imported = new Set(sources.flatMap((source) => source.imports.map(({ file }) => file)));
  const contracts = new Map<string, string>();
  return sources.flatMap((source) => {
    const syntax = checkSyntax(source);
    // What else could be said of a file that is not understood would follow from that.
    if (source.findings.some(({ kind }) => kind === "syntax")) return placeProblems(source, syntax);
    const problems: Problem[] = [
      ...syntax,
      ...checkDecorators(source),
      ...checkImports(source, sources),
      ...source.records.flatMap(checkRecord),
      ...source.records.flatMap(checkErrorCode),
      ...source.records.flatMap((record) => checkRecursion(record, sources)),
      ...source.enums.flatMap(checkEnum),
      ...source.interfaces.flatMap((item) => checkInterface(item, source, sources, closureOf, interfaceFile)),
      ...checkUses(source, closureOf(source)),
      ...checkMisuses(source),
      ...checkContractCount(source, imported.has(source.file)),
    ];
    for (const contract of source.contracts) {
      const linked = linkContract(contract, closureOf(source));
      problems.push(
        ...checkContractClass(linked),
        ...checkInheritance(linked, closureOf(source)),
        ...checkGuards(linked),
        ...checkNamedGuards(linked),
        ...checkDropped(linked),
        ...checkQueries(linked),
        ...checkCopies(linked),
        ...checkInternalCalls(linked, closureOf(source)),
      );
      const elsewhere = contracts.get(contract.name);
      if (elsewhere !== undefined && elsewhere !== source.file) {
        const message = `There is a contract named ${contract.name} in ${elsewhere} too.`;
        problems.push({
          code: "QW107",
          message,
          span: contract.nameSpan,
          hint: "Reports tell contracts by name: rename one.",
        });
      }
      contracts.set(contract.name, source.file);
    }
    if (source.contracts.length > 0) problems.push(...checkNames(source, closureOf(source)));
    if (settings.hostFunctions === "documented") problems.push(...checkExtensions(source));
    return placeProblems(source, addFixes(withoutRepeats(problems), source, sources));
  });
}

/** Of what is wrong at one place the most telling is said; what follows from a construct that is not there is left out. */
function withoutRepeats(problems: readonly Problem[]): Problem[] {
  const startsOf = (code: string) =>
    new Set(problems.filter((item) => item.code === code).map(({ span }) => span.start));
  const types = problems.filter(({ code }) => code === "QW106").map(({ span }) => span);
  const isInType = (start: number) => types.some((type) => type.start <= start && start < type.end);
  const constructs = startsOf("QW122");
  const untyped = startsOf("QW272");
  const overloaded = problems.flatMap(({ message }) => /no overloads: `(\w+)`/.exec(message)?.[1] ?? []);
  return problems.filter(({ code, span: { start }, message }) => {
    if (code === "QW111" || code === "QW122") return !isInType(start);
    if (code === "QW105") return !constructs.has(start);
    if (code === "QW106") return !untyped.has(start);
    return !(code === "QW107" && overloaded.some((name) => message.endsWith(` named ${name}.`)));
  });
}

function checkContractCount(source: SourceModel, isImported: boolean): Problem[] {
  const [first, ...others] = source.contracts.filter(({ isAbstract }) => !isAbstract);
  if (source.contracts.length > 0) {
    return others.map((contract) => ({
      code: "QW103",
      message: `${contract.name} is a second contract in this file, after ${first?.name}.`,
      span: contract.nameSpan,
      hint: "Give each contract a file of its own: the file's name becomes the module's.",
    }));
  }
  // Methods of other contracts are marked, too.
  const remote = new Set(
    source.interfaces.flatMap(({ methods }) =>
      methods.flatMap(({ decorators }) => decorators.map(({ span }) => span.start)),
    ),
  );
  const marked = source.decorators.find(
    ({ name, span }) => (name === "execute" || name === "query" || name === "init") && !remote.has(span.start),
  );
  if (marked !== undefined) {
    const message = `A method is marked @${marked.name}, but no class in this file is marked @contract.`;
    return [{ code: "QW104", message, span: marked.span, hint: "Write @contract above the class." }];
  }
  if (isImported) return [];
  const message = "This file has no contract, and no contract imports it.";
  const hint = "Mark its class @contract, import it from a contract, or move it out of the contracts folder.";
  return [{ code: "QW104", severity: "warning", message, span: { start: 0, end: 1 }, hint }];
}

function checkImports(source: SourceModel, sources: readonly SourceModel[]): Problem[] {
  return source.imports.flatMap((item): Problem[] => {
    const { specifier, span, file } = item;
    if (specifier === "qwvm/sdk-as") return [];
    const isPackage = file?.startsWith("node_modules/") === true;
    if (file !== undefined && !isPackage && sources.some((candidate) => candidate.file === file)) {
      return checkCircle(source, item, sources);
    }
    const index =
      specifier.startsWith(".") && sources.find((other) => other.file === file?.replace(/\.ts$/, "/index.ts"));
    if (index) {
      const text = JSON.stringify(`${specifier.replace(/\/$/, "")}/index`);
      const message = `There is no file ${file}: a folder is not imported by its name.`;
      const fix = { title: `Import ${text}`, edits: [{ span, text }] };
      return [{ code: "QW125", message, span, hint: `Write ${text}.`, fix }];
    }
    const message =
      file === undefined || isPackage
        ? `A contract cannot import the package ${specifier}.`
        : `There is no file ${file}.`;
    const hint =
      file === undefined || isPackage
        ? 'Contracts import "qwvm/sdk-as" and files of their own project.'
        : "Check the path: it is relative to this file.";
    return [{ code: "QW125", message, span, hint }];
  });
}

/** asc follows files that pass on all of each other for ever. */
function checkCircle(source: SourceModel, item: ImportModel, sources: readonly SourceModel[]): Problem[] {
  const passedOn = ({ imports }: SourceModel) =>
    imports.flatMap(({ names, file }) => sources.find((other) => names[0] === "*" && other.file === file) ?? []);
  const first = sources.find(({ file }) => file === item.file);
  if (item.names[0] !== "*" || first === undefined) return [];
  const reached = new Set([first]);
  for (const at of reached) for (const next of passedOn(at)) reached.add(next);
  if (!reached.has(source)) return [];
  const message = `\`export *\` from ${item.specifier} leads back to this file, which passes on all that is passed on there.`;
  const hint = "Name what is passed on, `export { a, b } from`, in one of the files.";
  return [{ code: "QW125", message, span: item.span, hint }];
}

function checkErrorCode(record: SourceModel["records"][number]): Problem[] {
  if (record.kind !== "error" || codeOf(record.name) >= FIRST_CODE) return [];
  const message = `The name ${record.name} gives an error code that is one of the SDK's own.`;
  return [{ code: "QW124", message, span: record.nameSpan, hint: "Choose another name." }];
}

/** In a build for the documented host functions alone there is no context but the caller. */
function checkExtensions(source: SourceModel): Problem[] {
  const signed = source.decorators.filter(({ name, place }) => name === "signed" && place === "method");
  const uses = signed.map(({ span }) => ({ text: "@signed, which knows the contract's own address,", span }));
  return [...source.extensions, ...uses].map(({ text, span }) => ({
    code: "QW129",
    message: `${text} needs a host function beyond the nine documented ones.`,
    span,
    hint: 'Take it as a parameter, or build with hostFunctions: "all".',
  }));
}
