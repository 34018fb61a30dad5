// The module that asc has made, before it is optimized: its functions by name with what asc knows of them, and an
// expression's parts as values. Works on the raw functions of asc's own copy of binaryen, as wrapping each part in an
// object takes longer than everything else here.

import { InternalError } from "../../core/errors.js";
import type { AscElement, AscRangeNode, AscType, ExpressionRef } from "../asc-internals.js";

/** What asc knows of a function that it has compiled. */
export interface AscCompiledFunction extends Omit<AscElement, "prototype"> {
  readonly signature: {
    readonly thisType: AscType | null;
    readonly parameterTypes: readonly AscType[];
    readonly returnType: AscType;
  };
  readonly localsByIndex: readonly { readonly type: AscType }[];
  readonly debugLocations: ReadonlyMap<ExpressionRef, AscRangeNode>;
  readonly prototype: { readonly declaration: { readonly range: AscRangeNode; readonly body?: object | null } };
  readonly memorySegment: { readonly offset: { readonly low: number } } | null;
}

/** A function of the module. */
export interface ModuleFunction {
  readonly name: string;
  readonly ref: number;
  /** 0 for an import. */
  readonly body: ExpressionRef;
  /** The name under which it is imported from the host. */
  readonly imported: string | undefined;
  /** Undefined for what asc adds without a source: dispatch over overriding methods, the start function. */
  readonly asc: AscCompiledFunction | undefined;
  /** Its parameters' and result's types, as `call_indirect` names them. */
  readonly typeKey: string;
  readonly hasResult: boolean;
}

type Raw = Readonly<Record<string, (...args: number[]) => number>>;

export class ModuleReader {
  readonly functions = new Map<string, ModuleFunction>();
  /** Functions that are values, by the address of the object that stands for them. */
  readonly functionValues = new Map<number, ModuleFunction>();
  readonly ids: Readonly<Record<string, number>>;
  readonly raw: Raw;
  readonly #readString: (pointer: number) => string | null;
  /** binaryen keeps one copy of each name, so that its address stands for it. */
  readonly #names = new Map<number, string>();
  readonly #called = new Map<string, (...args: number[]) => number>();

  constructor(asc: object, binaryen: object, module: number, program: object) {
    this.raw = binaryen as unknown as Raw;
    this.#readString = need(asc as Record<string, unknown>, "readString") as (pointer: number) => string | null;
    const { instancesByName, filesByName, totalOverhead } = program as {
      instancesByName?: ReadonlyMap<string, AscElement>;
      filesByName?: ReadonlyMap<string, { readonly startFunction: AscElement }>;
      totalOverhead?: number;
    };
    if (instancesByName === undefined || filesByName === undefined || totalOverhead === undefined) {
      throw missing("Program.instancesByName or filesByName");
    }
    // A file's own code is a function that has no other name to be found by.
    const starts = [...filesByName.values()].map(({ startFunction: start }) => [start.internalName, start] as const);
    const instances = new Map([...instancesByName, ...starts]);
    this.ids = Object.fromEntries(
      KINDS.map((kind) => [kind, (need(binaryen as Record<string, unknown>, `_Binaryen${kind}Id`) as () => number)()]),
    );
    const count = this.raw["_BinaryenGetNumFunctions"]?.(module) ?? 0;
    for (let i = 0; i < count; i++) {
      const found = this.#readFunction(this.call("GetFunctionByIndex", module, i), instances);
      this.functions.set(found.name, found);
      const segment = found.asc?.memorySegment;
      if (segment) this.functionValues.set(segment.offset.low + totalOverhead, found);
    }
  }

  /** Calls binaryen's function of that name, without its prefix. */
  call(name: string, ...args: number[]): number {
    const known = this.#called.get(name) ?? this.#find(name);
    return known(...args);
  }

  #find(name: string): (...args: number[]) => number {
    const found = this.raw[`_Binaryen${name}`];
    if (found === undefined) throw missing(`_Binaryen${name}`);
    this.#called.set(name, found);
    return found;
  }

  /** The name at an address in binaryen's memory; empty for none. */
  nameAt(pointer: number): string {
    if (pointer === 0) return "";
    let name = this.#names.get(pointer);
    if (name === undefined) {
      name = this.#readString(pointer) ?? "";
      this.#names.set(pointer, name);
    }
    return name;
  }

  #readFunction(ref: number, instances: ReadonlyMap<string, AscElement>): ModuleFunction {
    const name = this.nameAt(this.call("FunctionGetName", ref));
    const base = this.call("FunctionImportGetBase", ref);
    const imported = base === 0 ? "" : this.nameAt(base);
    const element = instances.get(name) as unknown as AscCompiledFunction | undefined;
    const params = this.call("FunctionGetParams", ref);
    const results = this.call("FunctionGetResults", ref);
    return {
      name,
      ref,
      body: imported === "" ? this.call("FunctionGetBody", ref) : 0,
      imported: imported === "" ? undefined : imported,
      asc: element?.signature === undefined ? undefined : element,
      typeKey: `${params}:${results}`,
      hasResult: results !== 0,
    };
  }
}

/** Kinds of expressions that are told apart. */
const KINDS = [
  "Block",
  "If",
  "Loop",
  "Break",
  "Switch",
  "Call",
  "CallIndirect",
  "LocalGet",
  "LocalSet",
  "GlobalGet",
  "GlobalSet",
  "Load",
  "Store",
  "Const",
  "Unary",
  "Binary",
  "Select",
  "Drop",
  "Return",
  "Unreachable",
  "MemoryCopy",
  "MemoryFill",
] as const;

function need(from: Record<string, unknown>, name: string): unknown {
  if (from[name] === undefined) throw missing(name);
  return from[name];
}

function missing(name: string): InternalError {
  return new InternalError(`This version of assemblyscript has no ${name}, which the analysis of effects builds on.`);
}
