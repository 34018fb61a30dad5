// Which part of the sources each stretch of a module's code comes from, inlined code included, and for which method of the
// interface it is there. From asc's source map, which knows every file, and ours, which knows methods.

import type { Abi } from "../core/abi.js";
import type { AscInput } from "./run-asc.js";
import { type CodeOrigins, type ContractSourceMap, decodeMappings, type RawSegment } from "./source-map.js";

const SDK = "~lib/qwvm/sdk-as/";

/** The parts of the SDK and of asc's library, by the beginning of their files' paths; the first that fits counts. */
const PARTS: readonly (readonly [path: RegExp, part: string])[] = [
  [/^~lib\/qwvm\/sdk-as\/storage\//, "storage"],
  [/^~lib\/qwvm\/sdk-as\/codec\//, "encoding"],
  [/^~lib\/qwvm\/sdk-as\/types\/([ui]\d+|limbs|convert|decimal|divide|multiply|signed)\./, "big numbers"],
  [/^~lib\/qwvm\/sdk-as\/(checked|wrapping)/, "checked arithmetic"],
  [/^~lib\/qwvm\/sdk-as\/contracts\//, "the SDK's contracts"],
  [/^~lib\/qwvm\/sdk-as\/(calls|remote)/, "calls"],
  [/^~lib\/qwvm\/sdk-as\/signed/, "signatures"],
  [/^~lib\/qwvm\/sdk-as\/types\//, "bytes and addresses"],
  [/^~lib\/qwvm\/sdk-as\/runtime/, "memory"],
  [/^~lib\/qwvm\/sdk-as\/glue/, "dispatch and arguments"],
  [/^~lib\/qwvm\/sdk-as\/(errors|require|guards?)/, "errors"],
  [/^~lib\/qwvm\/sdk-as\//, "other of the SDK"],
  [/^~lib\/(string|util\/(string|number|casemap))/, "strings"],
  [/^~lib\/(array|staticarray|arraybuffer|typedarray|dataview|util\/(bytes|sort))/, "arrays"],
  [/^~lib\/(rt|memory|util\/memory)/, "memory"],
  [/^~lib\//, "other of the library"],
];

export function findOrigins(
  ascMap: string,
  contractMap: ContractSourceMap,
  bodies: readonly number[],
  abi: Abi,
  { entry, files }: Pick<AscInput, "entry" | "files">,
): CodeOrigins {
  const { sources, mappings } = JSON.parse(ascMap) as { sources: string[]; mappings: string };
  const written = withStarts(decodeMappings(mappings), bodies);
  const meant = decodeMappings(contractMap.mappings);
  const callables = [...(abi.init === undefined ? [] : [abi.init]), ...abi.methods];
  const methods = callables.map(({ name }) => name);
  const classes = [abi.name, ...(abi.bases ?? [])];
  const nameIndex = contractMap.names.map((name) => {
    const [owner = "", method = ""] = name.split(".");
    return classes.includes(owner) ? methods.indexOf(method) : -1;
  });
  const served = servedByLine(files.get(entry) ?? "", methods, abi.init === undefined ? -1 : 0);
  const parts: string[] = [];
  const partOf = (source: number): number => {
    const part = partOfFile(sources[source] ?? "", entry);
    if (!parts.includes(part)) parts.push(part);
    return parts.indexOf(part);
  };
  const starts = new Set(bodies);
  const segments: number[] = [];
  let [last, lastPart, lastMethod] = [0, -2, -2];
  let [i, method] = [0, -1];
  for (const { offset, source, line } of written) {
    for (; i < meant.length && (meant[i] as RawSegment).offset <= offset; i++) {
      const { source: file, name, offset: at } = meant[i] as RawSegment;
      // A helper that was inlined is there for the method around it; dispatch and a new function are nobody's.
      if (file === undefined || starts.has(at)) method = -1;
      const found = name === undefined ? -1 : (nameIndex[name] ?? -1);
      if (found >= 0) method = found;
    }
    // The test for a method's name is the method's, too, though no line of the author's stands for it.
    if (source !== undefined && sources[source]?.startsWith(entry)) method = served[line] ?? -1;
    // What has no place of its own (ends of blocks, locals) is of what it stands in.
    const part = source !== undefined ? partOf(source) : starts.has(offset) ? -1 : lastPart;
    if (part === lastPart && method === lastMethod && !starts.has(offset)) continue;
    segments.push(offset - last, part, method);
    [last, lastPart, lastMethod] = [offset, part, method];
  }
  return { parts, methods, segments };
}

/** Which method each line of the glue serves: from the comment with its name to the end of its block. */
function servedByLine(glue: string, methods: readonly string[], init: number): number[] {
  let current = -1;
  return glue.split("\n").map((line) => {
    const name = /^ {2}\/\/ (\w+)$/.exec(line)?.[1];
    if (name !== undefined) current = methods.indexOf(name);
    else if (line.startsWith("export function init(")) current = init;
    const found = current;
    if (/^ {0,2}\}/.test(line)) current = -1;
    return found;
  });
}

/** Each body begins with a segment of its own; what is before its first position (the locals) is of the same source. */
function withStarts(segments: readonly RawSegment[], bodies: readonly number[]): RawSegment[] {
  const known = new Set(segments.map(({ offset }) => offset));
  const starts = bodies
    .filter((offset) => !known.has(offset))
    .map((offset, _, all): RawSegment => {
      const next = all[all.indexOf(offset) + 1] ?? Number.POSITIVE_INFINITY;
      const first = segments.find((segment) => segment.offset > offset && segment.source !== undefined);
      return {
        offset,
        source: first !== undefined && first.offset < next ? first.source : undefined,
        line: 0,
        name: undefined,
      };
    });
  return [...segments, ...starts].sort((a, b) => a.offset - b.offset);
}

function partOfFile(path: string, entry: string): string {
  if (path.startsWith(entry)) return "dispatch and arguments";
  if (path.startsWith(`${SDK}storage/state`)) return "storage";
  return PARTS.find(([beginning]) => beginning.test(path))?.[1] ?? (path.startsWith("~lib/") ? "other" : "your code");
}
