// What asc finds, said to the author: where it stands in the files as they were written, in words without the compiler's own
// names, with what to do where asc's message does not say.

import { suggest } from "../core/suggest.js";
import { type Diagnostic, type ProblemFix, placeProblems } from "./diagnostic.js";
import type { LinkedContract } from "./link-contract.js";
import type { SourceModel, Span } from "./model.js";
import type { AscFinding, AscOutput } from "./run-asc.js";
import type { EditedText } from "./text-edits.js";

/** A place in one of the author's files. */
interface Place {
  readonly source: SourceModel;
  readonly span: Span;
}

type Edited = ReadonlyMap<string, EditedText>;

/**
 * A finding as a diagnostic. What asc finds inside of the SDK's generic code is placed where the author's code calls it.
 */
export function placeFinding(
  finding: AscFinding,
  own: SourceModel,
  sources: readonly SourceModel[],
  edited: Edited,
): Diagnostic {
  const here = placeOf(finding, sources, edited);
  const place = here ?? (finding.origin && placeOf(finding.origin, sources, edited));
  const where = place === undefined ? ` (found in ${finding.path ?? "the module"}, which the contract uses)` : "";
  const readable = readableMessage(finding.message);
  const isInside = here === undefined && place !== undefined;
  const code = typeof finding.code === "number" ? `AS${finding.code}` : finding.code;
  const hint = finding.hint ?? (isInside ? insideHint(readable) : hintFor(readable, finding.message));
  const message = isInside ? insideMessage(readable) : readable + where;
  const problem = {
    code,
    severity: finding.severity,
    message,
    span: place?.span ?? { start: 0, end: 0 },
    ...(hint === undefined ? {} : { hint }),
    ...placeFix(finding, edited),
  };
  return placeProblems(place?.source ?? own, [problem])[0] as Diagnostic;
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
  return { source, span: { start: text.toNearest(span.start), end: text.toNearest(span.end) } };
}

/** asc names classes, methods and variables by the path of their file. */
function readableMessage(message: string): string {
  return message
    .replace(/~lib\/qwvm\/sdk-as'/g, "qwvm/sdk-as'")
    .replace(/(?<![\w"])(?:[~\w.-]+\/)+(?=\w)/g, (path) => (path === "qwvm/" ? path : ""))
    .replace(/[\w$]+[#.][\w$]+~(\w+)/g, "$1")
    .replace(/\b(\w+)#(\w+)/g, "$1.$2")
    .replace(/\$\w+\b/g, (name) => (/^\$\d/.test(name) ? name : ""))
    .replace(/^User-defined: "(.*)"$/, "$1");
}

/** A mistake that shows only inside of the SDK's generic code: nearly always a type that has no encoding. */
function insideMessage(readable: string): string {
  const type = /Property '__\w+' does not exist on type '(.*)'/.exec(readable)?.[1];
  return type === undefined ? readable : `${type} cannot be encoded.`;
}

function insideHint(readable: string): string | undefined {
  if (/Property '__\w+' does not exist/.test(readable)) {
    return "Mark a class of yours @struct; instead of a Map or Set pass an array, or store a StorageMap.";
  }
  return hintFor(readable, readable);
}

/** What to do about those of asc's messages that its language's rules do not explain. */
function hintFor(message: string, original: string): string | undefined {
  const [, unknown] = /^Cannot find name '(\w+)'/.exec(message) ?? [];
  if (unknown !== undefined) return unknownNameHint(unknown);
  const [, missing] = /^Module 'qwvm\/sdk-as' has no exported member '(\w+)'/.exec(message) ?? [];
  if (missing !== undefined) {
    const nearest = suggest(missing, SDK_NAMES);
    return nearest === undefined
      ? "The contract language's names are in sdk-as/docs/language.md."
      : `Did you mean ${nearest}?`;
  }
  return HINTS.find(([pattern]) => pattern.test(message) || pattern.test(original))?.[1];
}

function unknownNameHint(name: string): string | undefined {
  if (SDK_NAMES.includes(name)) return `Import it: import { ${name} } from "qwvm/sdk-as";`;
  const nearest = suggest(name, SDK_NAMES);
  return nearest === undefined ? undefined : `Did you mean ${nearest}? Import it from "qwvm/sdk-as".`;
}

const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /Type '\w+ \| null' is not assignable|Object is possibly 'null'/,
    "Declare it `T | null` where it may be null. A value that was tested with `!== null` is written `value!`, or tested with `if (value)`.",
  ],
  [/Type '[iu](8|16|32|64)' is not assignable to type '[iu](128|256)'/, "Write u256.from(1) for a number."],
  [/Type '[iu]\d+' is not assignable to type 'String'/, "Write value.toString()."],
  [
    /Type 'String' is not assignable to type 'Address'|Address\.equals.*String/,
    'Address.parse("0x…") makes an address of a text.',
  ],
  [/Type 'i32' is not assignable to type 'Address'/, "Address.zero is the zero address; context.caller is who calls."],
  [
    /^-?\d+ is not a value of |(is not a value of [iu]\d+|has no value)\.$/,
    "Choose a larger type. Where bits shall be lost, use wrappingAdd(), wrappingCast() and the like, or @wrapping.",
  ],
  [
    /^Type argument expected\.$/,
    "The type of a value is not known here: a name in it may be misspelt or not imported.",
  ],
];

/** What contracts import. */
const SDK_NAMES: readonly string[] = [
  "Address",
  "Bytes",
  "FixedArray",
  "Hash",
  "IterableMap",
  "Remote",
  "StorageMap",
  "StorageSet",
  "StorageVec",
  "addressOf",
  "balanceOf",
  "callContract",
  "context",
  "decode",
  "emit",
  "encode",
  "i128",
  "i256",
  "log",
  "metadata",
  "mix",
  "require",
  "revert",
  "sha3_256",
  "transfer",
  "tryCallContract",
  "tryTransfer",
  "u128",
  "u256",
  "verifyDilithium",
  "wrappingAdd",
  "wrappingCast",
  "wrappingMul",
  "wrappingSub",
];

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
