// The plain model of contract sources: what read-contract finds and every later step works on. Types only.
// Positions are offsets into the file's text; positions.ts turns them into lines and columns.

import type { AbiType, MethodKind } from "../core/abi.js";

/** A stretch of a file's text: from `start` up to `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A type as written. `abi` is undefined when a contract cannot store or pass it; `problem` then says why. */
export interface TypeModel {
  readonly text: string;
  readonly span: Span;
  readonly abi: AbiType | undefined;
  readonly problem?: string;
}

/** A parameter, or a field of an event, error or struct. */
export interface FieldModel {
  readonly name: string;
  readonly span: Span;
  readonly type: TypeModel;
  readonly docs: string | undefined;
  /** The expression after `=`, if any. */
  readonly initializer: Span | undefined;
  /** Whether it stands in the class's body, and not in its constructor's parameters. */
  readonly isProperty: boolean;
}

/** Stored state: a plain field, or a `StorageMap`, whose `type` is the type of its values. */
export interface SlotModel extends FieldModel {
  /** From the first modifier to the semicolon. */
  readonly declaration: Span;
  readonly mapKey: TypeModel | undefined;
  /** `private` or `protected` as written, or empty. */
  readonly access: string;
}

export interface DecoratorModel {
  readonly name: string;
  readonly span: Span;
  readonly hasArguments: boolean;
}

/** Something a body does that matters to the checks. */
export interface Effect {
  /** In words that follow "it": `writes this.count`, `emits an event`. */
  readonly text: string;
  readonly span: Span;
}

/** A call of another method (`this.name()`) or of a function (`name()`). */
export interface CallSite {
  readonly kind: "method" | "function";
  readonly name: string;
  readonly span: Span;
}

/** What a function's body does. */
export interface BodyModel {
  readonly effects: readonly Effect[];
  readonly calls: readonly CallSite[];
}

export interface MethodModel {
  readonly name: string;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly decorators: readonly DecoratorModel[];
  readonly access: "public" | "private" | "protected";
  readonly isStatic: boolean;
  readonly isAccessor: boolean;
  readonly kind: MethodKind | undefined;
  readonly payable: boolean;
  readonly params: readonly FieldModel[];
  /** Undefined when the method returns nothing. */
  readonly result: TypeModel | undefined;
  readonly hasResultType: boolean;
  readonly docs: string | undefined;
  readonly body: BodyModel;
}

/** A function outside of classes. */
export interface FunctionModel {
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  readonly body: BodyModel;
}

export type RecordKind = "event" | "error" | "struct";

/** An `@event`, `@error` or `@struct` class. */
export interface RecordModel {
  readonly kind: RecordKind;
  readonly name: string;
  readonly file: string;
  readonly nameSpan: Span;
  readonly decorator: Span;
  /** Where `class` stands. */
  readonly keyword: number;
  /** The closing brace. */
  readonly closing: number;
  readonly fields: readonly FieldModel[];
  readonly docs: string | undefined;
  readonly hasConstructor: boolean;
  readonly exported: boolean;
}

export interface ContractModel {
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  /** Where `class` stands. */
  readonly keyword: number;
  readonly exported: boolean;
  readonly hasConstructor: Span | undefined;
  readonly baseClass: Span | undefined;
  readonly slots: readonly SlotModel[];
  readonly methods: readonly MethodModel[];
  readonly docs: string | undefined;
}

export interface ImportModel {
  /** As written. */
  readonly specifier: string;
  readonly span: Span;
  /** The file meant, relative to the project's root; undefined for a package. */
  readonly file: string | undefined;
  readonly names: readonly string[];
}

/** A use of `require(condition, error)`, `revert(error)` or `throw error`, which the compiler rewrites. */
export interface RewriteModel {
  readonly kind: "require" | "revert" | "throw";
  readonly span: Span;
  /** For `require` the condition and, if given, the error; for the others the error. */
  readonly parts: readonly Span[];
}

/** Something AssemblyScript or a contract does not have. */
export type SyntaxKindName =
  | "closure"
  | "try"
  | "float"
  | "number"
  | "any"
  | "random"
  | "math"
  | "date"
  | "console"
  | "async"
  | "generator"
  | "forOf"
  | "forIn"
  | "destructuring"
  | "spread"
  | "regex"
  | "optionalChaining";

export interface SyntaxFinding {
  readonly kind: SyntaxKindName;
  readonly span: Span;
  readonly text: string;
}

/** A decorator and what it stands on. */
export interface PlacedDecorator extends DecoratorModel {
  readonly place: "class" | "method" | "field" | "other";
}

/** `emit(new X())`, `revert(new X())`, `require(condition, new X())`, `throw new X()`. */
export interface UseModel {
  readonly use: "emit" | "revert" | "require" | "throw";
  readonly className: string;
  readonly span: Span;
}

/** One file of the contracts folder. */
export interface SourceModel {
  /** Relative to the project's root, with forward slashes. */
  readonly file: string;
  readonly text: string;
  readonly imports: readonly ImportModel[];
  readonly contracts: readonly ContractModel[];
  readonly records: readonly RecordModel[];
  readonly functions: readonly FunctionModel[];
  /** The word `type` in imports, which asc does not know. */
  readonly typeKeywords: readonly Span[];
  readonly rewrites: readonly RewriteModel[];
  readonly findings: readonly SyntaxFinding[];
  readonly decorators: readonly PlacedDecorator[];
  readonly uses: readonly UseModel[];
  /** Uses of host functions beyond the documented ones. */
  readonly extensions: readonly Effect[];
}
