// Where a contract failed, for people: the Wasm frames of an error become positions in the author's files.
// Read only when somebody asks: a failure costs no more than noting the stack.

import type { SourceFrame } from "../core/artifact.js";
import { readFunctionNames } from "../instrument/function-names.js";
import { mapOffsets, type OffsetMap } from "../instrument/pipeline.js";
import type { CompiledContract } from "./compiled-contract.js";
import { parseSourceMap, type SourceMap } from "./source-map.js";

/** One function on the Wasm stack: its index, and the offset of its operator in the deployed module. */
export interface WasmFrame {
  readonly functionIndex: number;
  readonly offset: number;
}

/** A line of an engine's stack for Wasm: V8 and SpiderMonkey write `wasm-function[3]:0x1a2`. */
const WASM_LINE = /wasm-function\[(\d+)\]:0x([0-9a-f]+)/;

/** What a contract's failures are located with; made at the first failure. */
interface Locator {
  readonly offsets: OffsetMap;
  readonly names: ReadonlyMap<number, string>;
  readonly sourceMaps: Map<string, SourceMap | undefined>;
}

const locators = new WeakMap<CompiledContract, Locator>();

/** The contract's frames on an error's stack, innermost first: those above the first host frame under them. */
export function readWasmFrames(compiled: CompiledContract, site: Error): WasmFrame[] {
  const { offsets } = locatorOf(compiled);
  const frames: WasmFrame[] = [];
  for (const line of stackLines(site)) {
    const match = WASM_LINE.exec(line);
    if (match === null) {
      if (frames.length > 0) break;
      continue;
    }
    const functionIndex = Number(match[1]);
    // The VM's own functions, which wrap `execute` and `query`, are none of the author's.
    if (functionIndex >= offsets.functionCount) continue;
    frames.push({ functionIndex, offset: offsets.toOriginal(Number.parseInt(match[2] as string, 16)) });
  }
  return frames;
}

/** The frames of a failure in terms of the author's files, innermost first. */
export function resolveFrames(compiled: CompiledContract, sourceMap: string | undefined, site: Error): SourceFrame[] {
  const locator = locatorOf(compiled);
  const map = sourceMap === undefined ? undefined : mapOf(locator, sourceMap);
  return readWasmFrames(compiled, site).map(({ functionIndex, offset }) => {
    const name = map?.functionAt(offset) ?? map?.functionNames[functionIndex] ?? locator.names.get(functionIndex);
    const position = map?.find(offset);
    return {
      ...(name === undefined || name === null ? {} : { function: name }),
      ...(position === undefined ? {} : { position }),
    };
  });
}

function locatorOf(compiled: CompiledContract): Locator {
  let locator = locators.get(compiled);
  if (locator === undefined) {
    const offsets = mapOffsets(compiled.wasm, compiled.options);
    locator = { offsets, names: readFunctionNames(compiled.wasm), sourceMaps: new Map() };
    locators.set(compiled, locator);
  }
  return locator;
}

function mapOf(locator: Locator, text: string): SourceMap | undefined {
  if (!locator.sourceMaps.has(text)) locator.sourceMaps.set(text, parseSourceMap(text));
  return locator.sourceMaps.get(text);
}

/** The stack's lines as the engine writes them, whatever tool has put itself in `Error.prepareStackTrace`. */
function stackLines(site: Error): string[] {
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = (_error, callSites) => callSites.map(String).join("\n");
  try {
    return String(site.stack).split("\n");
  } finally {
    if (before === undefined) Reflect.deleteProperty(Error, "prepareStackTrace");
    else Error.prepareStackTrace = before;
  }
}
