// What asc finds, said to the author: where it stands in the files as they were written, in words without the compiler's own
// names, with what to do where asc's message does not say.

import { type Diagnostic, type ProblemFix, placeProblems } from "./diagnostic.js";
import { adviseOnArguments, adviseOnTypeArguments } from "./explain-calls.js";
import { adviseOnImport, adviseOnMember, adviseOnName } from "./explain-names.js";
import type { LinkedContract } from "./link-contract.js";
import type { SourceModel, Span } from "./model.js";
import type { AscFinding, AscOutput } from "./run-asc.js";
import type { EditedText } from "./text-edits.js";
import { ASC_HINTS } from "./words/asc-hints.js";
import { readableTypes, rewordAsc } from "./words/asc-words.js";

/**
 * The SDK's types that were forgotten to be imported. asc says so only where it compiles the declaration that names them,
 * and of what is done with the field says something else, or fails.
 */
export function missingImports(sources: readonly SourceModel[]): Diagnostic[] {
  return sources.flatMap((source) =>
    placeProblems(
      source,
      source.unimported.map(({ name, span }) => {
        return { code: "AS2304", message: `Cannot find name '${name}'.`, span, ...adviseOnName(name, source, span) };
      }),
    ),
  );
}

/** A place in one of the author's files. */
interface Place {
  readonly source: SourceModel;
  readonly span: Span;
}

type Edited = ReadonlyMap<string, EditedText>;

/** asc's code for an error that a library gives by ERROR(). */
const USER_DEFINED = 102;

/**
 * What asc finds inside the SDK or the generated code follows from the author's mistake: alone, it is all there is, and of what one
 * call leads to the first is enough. What follows from an unknown name, or from a class that is called, is left out.
 */
export function tellingFindings(findings: readonly AscFinding[], edited: Edited): AscFinding[] {
  const inAuthorsFiles = findings.filter(({ path }) => edited.has(path ?? ""));
  const noValues = new Set(inAuthorsFiles.filter(({ code }) => code === 234).map(({ span }) => span?.start));
  const unknown = new Set(inAuthorsFiles.filter(({ code }) => code === 2304).map(({ span }) => span?.start));
  const others = new Set(inAuthorsFiles.flatMap(({ code, span }) => (code === 200 ? [] : [span?.start])));
  const isUntyped = inAuthorsFiles.some(({ code }) => code === 1140);
  const own = inAuthorsFiles.filter(({ code, message, span }) => {
    if (code === 2349) return !noValues.has(span?.start);
    // What has no type, since its operands have none in common, is then not converted either.
    if (code === 200 && message.includes("'auto'")) return !others.has(span?.start);
    if (code === 2322 && message.includes("'auto'")) return !isUntyped;
    return code !== 2322 || !unknown.has(span?.start);
  });
  const hasOwnError = own.some(({ severity }) => severity === "error");
  const seen = new Set<string>();
  const elsewhere = findings.filter(({ code, severity, path, origin }) => {
    if (severity !== "error" || edited.has(path ?? "")) return false;
    // What a library says in words of its own follows from nothing else.
    if (hasOwnError && !(code === USER_DEFINED && origin !== undefined && edited.has(origin.path))) return false;
    const key = `${origin?.path} ${origin?.span.start}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  });
  return [...own, ...elsewhere];
}

/**
 * A finding as a diagnostic. What asc finds inside of the SDK's generic code is placed where the author's code calls it, and at
 * the contract's name where that is not known.
 */
export function placeFinding(
  finding: AscFinding,
  own: SourceModel,
  contract: LinkedContract,
  sources: readonly SourceModel[],
  edited: Edited,
): Diagnostic {
  const here = placeOf(finding, sources, edited);
  const place = here ?? (finding.origin && placeOf(finding.origin, sources, edited));
  const { source, span } = place ?? { source: own, span: contract.own.nameSpan };
  const readable = readableMessage(finding.message);
  const code = typeof finding.code === "number" ? `AS${finding.code}` : finding.code;
  const said = here === undefined ? sayInside(readable) : sayHere(readable, finding, source, span);
  const hint = finding.hint ?? said.hint ?? ASC_HINTS[code] ?? OTHER_HINT;
  const problem = {
    code,
    // A null that is taken for a number is 0 to asc, with a warning.
    severity: isNullNumber(finding, source, span) ? ("error" as const) : finding.severity,
    message: said.message ?? readable,
    span,
    hint,
    ...(said.fix === undefined ? {} : { fix: said.fix }),
    ...placeFix(finding, edited),
  };
  return placeProblems(source, [problem])[0] as Diagnostic;
}

const OTHER_HINT = "AssemblyScript does not take this: write it with plainer statements.";

/** Whether a warning of asc's is about `null` where a number is wanted. */
export function isNullNumber(finding: AscFinding, source: SourceModel, span: Span): boolean {
  return finding.code === 226 && source.text.slice(span.start, span.end) === "null";
}

interface Said {
  readonly message?: string;
  readonly hint?: string;
  readonly fix?: ProblemFix;
}

/** What is said of a finding in the author's own text. */
function sayHere(message: string, { code, known, statics }: AscFinding, source: SourceModel, span: Span): Said {
  const [, unknown] = /^Cannot find name '(\w+)'/.exec(message) ?? [];
  if (unknown !== undefined) return adviseOnName(unknown, source, span);
  const [, member, type] = /^Property '(\w+)' does not exist on type '(.*)'/.exec(message) ?? [];
  if (member !== undefined && type !== undefined)
    return adviseOnMember(type, member, { known, statics }, source.text.slice(0, span.start));
  const [, module, name] = /^Module '(.*)' has no exported member '(\w+)'/.exec(message) ?? [];
  if (module !== undefined && name !== undefined) return adviseOnImport(module, name, known, span);
  if (code === 2391 && isRemoteMethod(source, span)) {
    return {
      hint: "Write a body, which never runs: `{}`, or `{ return this.answer; }` where the method gives something.",
    };
  }
  if (code === 1140 || code === 200) {
    const hint = adviseOnTypeArguments(source, span);
    if (hint !== undefined) return { ...rewordAsc(message), hint };
  }
  const arguments_ = code === 2554 || code === 2555 ? adviseOnArguments(source, span) : undefined;
  return arguments_ === undefined ? rewordAsc(message) : { hint: arguments_ };
}

/** Whether a place is in a class that stands for another contract. */
function isRemoteMethod({ interfaces }: SourceModel, { start }: Span): boolean {
  return interfaces.some(({ methods }) => methods.some(({ span }) => span.start <= start && start < span.end));
}

/** A fix whose edits all stand in the author's own text. */
function placeFix({ fix, path }: AscFinding, edited: Edited): { fix?: ProblemFix } {
  const text = edited.get(path ?? "");
  if (fix === undefined || text === undefined) return {};
  const edits = fix.edits.map(({ start, end, text: inserted }) => {
    // The end of a stretch that was replaced lies behind its last character.
    const from = text.toOriginal(start);
    const to = end === start ? from : text.toOriginal(end - 1);
    return {
      span: { start: from ?? -1, end: end === start ? (from ?? -1) : to === undefined ? -1 : to + 1 },
      text: inserted,
    };
  });
  return edits.some(({ span }) => span.start < 0 || span.end < span.start) ? {} : { fix: { title: fix.title, edits } };
}

function placeOf(
  { path, span }: { readonly path: string | undefined; readonly span: Span | undefined },
  sources: readonly SourceModel[],
  edited: Edited,
): Place | undefined {
  const source = sources.find((candidate) => candidate.file === path);
  const text = source === undefined ? undefined : edited.get(source.file);
  if (source === undefined || text === undefined || span === undefined) return undefined;
  const start = text.toNearest(span.start);
  // What is behind the last character may be generated, and lead elsewhere.
  const end = span.end > span.start ? text.toNearest(span.end - 1) + 1 : start;
  return { source, span: { start, end: Math.max(start, end) } };
}

/** asc names classes, methods and variables by the path of their file. */
function readableMessage(message: string): string {
  const readable = message
    .replace(/~lib\/qwvm\/sdk-as'/g, "qwvm/sdk-as'")
    .replace(/(?<![\w"])(?:[~\w.-]+\/)+(?=\w)/g, (path) => (path === "qwvm/" ? path : ""))
    .replace(/\b__enum_(?=\w)/g, "")
    .replace(/[\w$]+[#.][\w$]+~(\w+)/g, "$1")
    .replace(/\b(\w+)#(\w+)/g, "$1.$2")
    .replace(/\$\w+\b/g, (name) => (/^\$\d/.test(name) ? name : ""))
    .replace(/^User-defined: "(.*)"$/, "$1");
  return readableTypes(readable);
}

/** A mistake that shows only inside of the SDK's generic code: nearly always a type that has no encoding. */
function sayInside(readable: string): Said {
  const type = /Property '__\w+' does not exist on type '(.*)'/.exec(readable)?.[1];
  if (type === undefined) return rewordAsc(readable);
  return {
    message: `${type} cannot be encoded.`,
    hint: "Mark a class of yours @struct; instead of a Map or Set pass an array, or store a StorageMap.",
  };
}

/** asc's own failure: at the call that was being compiled, or at the contract's name. */
export function explainCrash(
  { crash, crashedAt }: AscOutput,
  own: SourceModel,
  contract: LinkedContract,
  sources: readonly SourceModel[],
  edited: Edited,
): Diagnostic {
  const reason = readableMessage(((crash?.message || crash?.name) ?? "").split("\n")[0] as string);
  const place = crashedAt && placeOf(crashedAt, sources, edited);
  const message =
    place === undefined
      ? `The AssemblyScript compiler failed on this contract without saying where: ${reason}`
      : `The AssemblyScript compiler failed here without saying why: ${reason}`;
  const hint =
    "It is most often a construct that AssemblyScript does not have. Take out what you changed last, and please report the contract that led here.";
  const span = place?.span ?? contract.own.nameSpan;
  return placeProblems(place?.source ?? own, [{ code: "QW190", message, hint, span }])[0] as Diagnostic;
}
