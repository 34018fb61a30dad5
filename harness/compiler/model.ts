// The plain model of contract sources: what read-contract finds and every later step works on. Types only.
// Positions are offsets into the file's text; positions.ts turns them into lines and columns.

import type { AbiType, MethodKind, SlotKind } from "../core/abi.js";
import type { MemberAccess, MemberUse, Span } from "./model-places.js";
import type { ConstructName } from "./words/construct-words.js";

export type { MemberAccess, MemberUse, Span };

/** A struct or enum of the project that a type names: its own name, and the file that declares it. */
export interface TypeRef {
  readonly name: string;
  readonly file: string;
}

/** A type as written. `abi` is undefined when a contract cannot store or pass it; `problem` then says why. */
export interface TypeModel {
  readonly text: string;
  /** The type as asc sees it: enums are `u8` there, and lengths in types are classes. */
  readonly asc: string;
  readonly span: Span;
  /** The structs and enums that it names itself. */
  readonly refs: readonly TypeRef[];
  readonly abi: AbiType | undefined;
  /** Of a type with an enum in it: how many members the enum has. */
  readonly members?: number;
  /** Why it has no encoding: sentences. */
  readonly problem?: string;
  /** Of a type without encoding: its text, with what its names mean. */
  readonly shape?: string;
  /** A name in it that is not known, and what was probably meant. */
  readonly slip?: { readonly span: Span; readonly meant: string };
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
  /** Whether it is marked `readonly`. */
  readonly isReadonly: boolean;
  /** Of an event's field: whether it is marked `@indexed`. */
  readonly indexed: boolean;
  /** The initializer's text, where it is a plain literal: a number, a text, `true`, `false` or `null`. */
  readonly literal?: string | undefined;
}

/** Stored state: a plain field, or a collection, whose `type` is the type of its values. */
export interface SlotModel extends FieldModel {
  /** From the first modifier to the semicolon. */
  readonly declaration: Span;
  readonly kind: SlotKind;
  /** Of a collection: the types of its keys, outermost first. */
  readonly keys: readonly TypeModel[];
  /** The whole type as asc sees it: `StorageMap<Address, u256>`. */
  readonly asc: string;
  /** Whether it is marked `@lazy`. */
  readonly lazy: boolean;
  /** `private` or `protected` as written, or empty. */
  readonly access: string;
  /** Members that its initializer names. */
  readonly uses: readonly MemberUse[];
}

export interface DecoratorModel {
  readonly name: string;
  readonly span: Span;
  readonly hasArguments: boolean;
  readonly args: readonly DecoratorArgument[];
}

/** An argument of a decorator. `text` is the value of a string literal, undefined for anything else. */
export interface DecoratorArgument {
  readonly text: string | undefined;
  readonly span: Span;
}

/** Something a body does that matters to the checks. */
export interface Effect {
  /** In words that follow "it": `writes this.count`, `emits an event`. */
  readonly text: string;
  readonly span: Span;
  /** What kind of change it is: to the contract's own state, an event, value paid, a call by bytes. */
  readonly change: "state" | "event" | "transfer" | "call";
  /**
   * Of a change to a part of the state: the field, how many times `get` was called on the way from it, and whether the
   * way leads through a local variable.
   */
  readonly part?: { readonly field: string; readonly gets: number; readonly viaLocal?: true };
}

/**
 * A call: of another method (`this.name()`), of a base contract's version (`super.name()`), of a function (`name()`), or
 * of a method of some other object or class (`item.name()`), or of another contract through an `@interface` class (`target`
 * is the class's name).
 */
export interface CallSite {
  readonly kind: "method" | "super" | "function" | "member" | "remote";
  readonly name: string;
  readonly target?: string;
  /** Of a function: the file that declares it. */
  readonly file?: string;
  readonly span: Span;
}

/** What a function's body does, in the order of the source. */
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
  /** Of an accessor: which of the two. */
  readonly accessor?: "get" | "set" | undefined;
  readonly isAbstract: boolean;
  readonly kind: MethodKind | undefined;
  readonly payable: boolean;
  /** Names of its type parameters. */
  readonly typeParams: readonly string[];
  readonly params: readonly FieldModel[];
  /** Undefined when the method returns nothing. */
  readonly result: TypeModel | undefined;
  readonly hasResultType: boolean;
  readonly docs: string | undefined;
  readonly body: BodyModel;
  /** The braces and what is between them; undefined for an abstract method. */
  readonly bodySpan: Span | undefined;
  /** The word `override`, if it is written. */
  readonly overrideSpan: Span | undefined;
  /** Members of its class that it names: in its body, and in what its parameters are when they are not given. */
  readonly uses: readonly MemberUse[];
}

/** A function outside of classes, or a method of a class that is no contract. */
export interface FunctionModel {
  readonly name: string;
  /** The class that it is a method of. */
  readonly owner: string | undefined;
  readonly nameSpan: Span;
  readonly span: Span;
  readonly exported: boolean;
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
  /** The closing brace. */
  readonly closing: number;
  readonly fields: readonly FieldModel[];
  readonly docs: string | undefined;
  readonly hasConstructor: boolean;
  /** Of an error: its text, as the argument of `@error("…")`. */
  readonly message: DecoratorArgument | undefined;
}

export interface EnumModel {
  readonly name: string;
  readonly file: string;
  readonly nameSpan: Span;
  readonly members: readonly { readonly name: string; readonly span: Span; readonly value: number | undefined }[];
  readonly docs: string | undefined;
}

/** An `@interface` class: the methods of another contract. */
export interface InterfaceModel {
  readonly name: string;
  readonly file: string;
  readonly nameSpan: Span;
  readonly decorator: Span;
  /** The contract or file that it is checked against: the argument of `@interface("Token")`. */
  readonly checkedAgainst: DecoratorArgument | undefined;
  /** The `extends` clause. */
  readonly heritage: Span | undefined;
  readonly baseName: string | undefined;
  /** The opening brace. */
  readonly opening: number;
  readonly methods: readonly MethodModel[];
  readonly fields: readonly Span[];
  readonly docs: string | undefined;
}

/** A base contract as named in `extends A` or `extends mix(A, B)`. */
export interface BaseModel {
  /** The class's own name, under whatever name it was imported. */
  readonly name: string;
  /** The file that declares it; undefined when that is no class of the project. */
  readonly file: string | undefined;
  readonly span: Span;
}

export interface ContractModel {
  readonly name: string;
  readonly file: string;
  readonly nameSpan: Span;
  readonly span: Span;
  /** Whether its file exports it under its own name. */
  readonly exported: boolean;
  /** Abstract contracts are made to be extended, and give no module. */
  readonly isAbstract: boolean;
  readonly hasConstructor: Span | undefined;
  /** The `extends` clause. */
  readonly heritage: Span | undefined;
  readonly bases: readonly BaseModel[];
  /** The closing brace. */
  readonly closing: number;
  readonly slots: readonly SlotModel[];
  readonly methods: readonly MethodModel[];
  /** Names of its static fields. */
  readonly statics: readonly string[];
  /** The `implements` clause. */
  readonly interfaces: Span | undefined;
  /** Where `this` stands alone, so that something else than `this.name` can lead to a member. */
  readonly bareThis: readonly Span[];
  readonly docs: string | undefined;
}

export interface ImportModel {
  readonly specifier: string;
  readonly span: Span;
  /** The file meant, relative to the project's root, or one of the SDK's contracts; undefined for a package. */
  readonly file: string | undefined;
  /** As the file that is imported names them; `*` is what `export *` passes on. */
  readonly names: readonly string[];
}

/** A text given to `require`, `revert` or `throw new Error` as a literal: its code goes on chain in its place. */
export interface MessageModel {
  readonly text: string;
  readonly code: number;
}

/** A use of `require(condition, error)`, `revert(error)` or `throw error`, which the compiler rewrites. */
export interface RewriteModel {
  readonly kind: "require" | "revert" | "throw";
  readonly span: Span;
  /** For `require` the condition and, if given, the error; for the others the error. */
  readonly parts: readonly Span[];
  /** When the error is a text known beforehand. */
  readonly message: MessageModel | undefined;
  readonly isNullTest: boolean;
}

/** A stretch that asc is to see differently, on the same line. */
export interface SourceEdit {
  readonly span: Span;
  readonly text: string;
}

/** Something AssemblyScript or a contract does not have. */
export interface SyntaxFinding {
  readonly kind: ConstructName;
  readonly span: Span;
  /** What its words name. */
  readonly text: string;
  /** What to do, where the kind alone does not say it. */
  readonly hint?: string;
}

/** How a name is used that cannot do where it stands what it says. */
export type MisuseKind =
  | "statementCall"
  | "lostState"
  | "unsafe"
  | "readonlyField"
  | "recordBase"
  | "recordInterface"
  | "abstractRecord"
  | "nestedClass"
  | "newCollection"
  | "structInitializer"
  | "takenName"
  | "topStatement"
  | "ownDecorator"
  | "lineEnd";

export interface Misuse {
  readonly kind: MisuseKind;
  readonly span: Span;
  /** The name that the words are about. */
  readonly name: string;
  /** A second one. */
  readonly also?: string;
}

/** A decorator and what it stands on. */
export interface PlacedDecorator extends DecoratorModel {
  readonly place: "class" | "method" | "function" | "field" | "parameter" | "other";
}

/** `emit(new X())`, `revert(new X())`, `require(condition, new X())`, `throw new X()`. */
export interface UseModel {
  readonly use: "emit" | "revert" | "require" | "throw";
  /** As written. */
  readonly className: string;
  /** What the class is marked; undefined when it is marked nothing of these. */
  readonly mark: RecordKind | undefined;
  /** The class is called, and not made with `new`. */
  readonly isCall: boolean;
  /** No class of the project is called so. */
  readonly isUnknown: boolean;
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
  readonly enums: readonly EnumModel[];
  readonly interfaces: readonly InterfaceModel[];
  readonly functions: readonly FunctionModel[];
  /** The word `type` in imports, which asc does not know, decorators of parameters, enums and lengths in types. */
  readonly edits: readonly SourceEdit[];
  readonly rewrites: readonly RewriteModel[];
  readonly findings: readonly SyntaxFinding[];
  readonly decorators: readonly PlacedDecorator[];
  readonly misuses: readonly Misuse[];
  readonly uses: readonly UseModel[];
  /** The SDK's exports that the file means, by their own names; `*` for all of them. */
  readonly sdkNames: ReadonlySet<string>;
  /** The SDK's types that are named without an import, each where it is first. */
  readonly unimported: readonly { readonly name: string; readonly span: Span }[];
  /** Members that are named of anything but `this` and `super`. */
  readonly accesses: readonly MemberAccess[];
  /** Uses of host functions beyond the documented ones. */
  readonly extensions: readonly Effect[];
}
