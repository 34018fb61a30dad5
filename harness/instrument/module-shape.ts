// A Wasm module as far as validating and rewriting need it: sections, types, imports, exports, bodies. read-module.ts makes it.

export interface FunctionType {
  /** Value types as bytes: 0x7f i32, 0x7e i64, 0x7d f32, 0x7c f64, 0x70 funcref, 0x6f externref. */
  readonly params: readonly number[];
  readonly results: readonly number[];
}

export interface Import {
  readonly module: string;
  readonly name: string;
  readonly kind: number;
  /** For functions. */
  readonly typeIndex: number;
  readonly offset: number;
}

export interface Export {
  readonly name: string;
  readonly kind: number;
  readonly index: number;
}

/** Sizes of a memory in pages, or of a table in elements. */
export interface SizeLimits {
  readonly min: number;
  readonly max: number | undefined;
  readonly offset: number;
}

export interface Table extends SizeLimits {
  readonly type: number;
}

export interface Global {
  readonly type: number;
  readonly mutable: boolean;
  /** The initial value's expression, without its `end`. */
  readonly init: Uint8Array;
}

/** One function's code: `[start, end)` is the body without its size, local declarations included. */
export interface Body {
  readonly start: number;
  readonly end: number;
}

/** A segment that is copied when the module starts; `at` is undefined for one that is not. */
export interface Segment {
  readonly at: number | undefined;
  readonly length: number;
  readonly table: number;
  readonly offset: number;
  /** For data: what is copied. */
  readonly bytes: Uint8Array;
}

export interface Section {
  readonly id: number;
  /** Contents, without id and size. */
  readonly start: number;
  readonly end: number;
  /** For custom sections. */
  readonly name: string;
}

export interface ModuleShape {
  readonly bytes: Uint8Array;
  readonly sections: readonly Section[];
  readonly types: readonly FunctionType[];
  readonly imports: readonly Import[];
  /** Type index of every function, imported ones first. */
  readonly functions: readonly number[];
  readonly importedFunctions: number;
  readonly tables: readonly Table[];
  readonly memories: readonly SizeLimits[];
  readonly globals: readonly Global[];
  readonly exports: readonly Export[];
  readonly start: number | undefined;
  readonly bodies: readonly Body[];
  readonly elements: readonly Segment[];
  readonly data: readonly Segment[];
}

export const SECTION = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
  tag: 13,
} as const;

/** Kinds of imports and exports. */
export const KIND = { function: 0, table: 1, memory: 2, global: 3, tag: 4 } as const;

/** Something outside of the accepted features. Becomes the user's error in validate.ts. */
export class UnsupportedFeature extends Error {
  readonly feature: string;
  readonly where: string;
  readonly offset: number;

  constructor(feature: string, where: string, offset: number) {
    super(feature);
    this.feature = feature;
    this.where = where;
    this.offset = offset;
  }
}

/** More than is run, though nothing is wrong with it. Becomes the user's error, too. */
export class TooLarge extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}
