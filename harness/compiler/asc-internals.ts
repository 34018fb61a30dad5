// The part of asc's inside that the checked operators hold on to. asc's version is pinned; whoever raises it runs the test
// of require-internals.ts first, which asks whether all is there.

/** An expression of the module being made: an address in binaryen's memory. */
export type ExpressionRef = number;

export interface AscType {
  readonly kind: number;
  readonly size: number;
  readonly isIntegerValue: boolean;
  readonly isBooleanValue: boolean;
  readonly isSignedIntegerValue: boolean;
  readonly isFloatValue: boolean;
  readonly isReference: boolean;
  readonly isNullableReference: boolean;
  readonly nonNullableType: AscType;
  lookupOverload(operator: number, program: AscProgram): AscFunction | null;
  getClass(): {
    readonly internalName: string;
    readonly nextMemoryOffset: number;
    readonly typeArguments?: readonly AscType[] | null;
  } | null;
  toString(): string;
}

export interface AscRangeNode {
  readonly start: number;
  readonly end: number;
  readonly source: { readonly normalizedPath: string };
  /** The text itself. */
  toString(): string;
}

/** A node of asc's syntax tree. Which of the optional parts it has is decided by its kind. */
export interface AscNode {
  readonly kind: number;
  readonly range: AscRangeNode;
  readonly operator?: number;
  readonly operand?: AscNode;
  readonly left?: AscNode;
  readonly right?: AscNode;
  readonly expression?: AscNode;
  readonly elementExpression?: AscNode;
  readonly property?: AscNode;
  readonly ifThen?: AscNode;
  readonly ifElse?: AscNode;
  readonly declarations?: readonly AscNode[];
  readonly initializer?: AscNode | null;
  readonly name?: AscNode;
  readonly text?: string;
  readonly condition?: AscNode | null;
  readonly incrementor?: AscNode | null;
  readonly body?: AscNode;
  readonly args?: readonly AscNode[];
  readonly toType?: AscNode | null;
  readonly cases?: readonly { readonly label: AscNode | null }[];
  readonly literalKind?: number;
  /** A literal's: a text, a float, or 64 bits. */
  readonly value?: string | number | { readonly low: number; readonly high: number };
  readonly typeArguments?: readonly AscNode[] | null;
}

export interface AscFunction {
  readonly internalName: string;
  readonly name: string;
  /** The class, file or function that it stands in. */
  readonly parent?: { readonly declaration?: AscNode };
  readonly signature: { readonly parameterTypes: readonly AscType[] };
  readonly prototype: {
    readonly declaration: AscNode;
    readonly functionTypeNode: { readonly parameters: readonly { readonly name: AscNode }[] };
    readonly decoratorNodes: readonly { readonly name: AscNode }[] | null;
  };
}

export interface AscFlow {
  readonly sourceFunction: AscFunction;
  readonly contextualTypeArguments: ReadonlyMap<string, AscType> | null;
  lookup(name: string): AscElement | null;
  getTempLocal(type: AscType): AscElement;
  addScopedLocal(name: string, type: AscType): AscElement;
  setLocalFlag(index: number, flag: number): void;
  isNonnull(expression: ExpressionRef, type: AscType): boolean;
}

/** A named thing. Which of the optional parts it has is decided by its kind. */
export interface AscElement {
  readonly kind: number;
  readonly name: string;
  readonly internalName: string;
  readonly type?: AscType;
  readonly index?: number;
  readonly isField?: boolean;
  readonly fieldDeclaration?: AscNode | null;
  readonly parent?: AscElement;
  /** A class's, which may have type arguments; and what a prototype extends. */
  readonly prototype?: AscElement;
  readonly basePrototype?: AscElement | null;
  is(flag: number): boolean;
  /** A class's. */
  lookupOverload?(operator: number, unchecked: boolean): AscFunction | null;
}

export interface AscModuleWriter {
  i32(value: number): ExpressionRef;
  i64(low: number, high: number): ExpressionRef;
  binary(operation: number, left: ExpressionRef, right: ExpressionRef): ExpressionRef;
  local_get(index: number, type: number): ExpressionRef;
  local_set(index: number, value: ExpressionRef, isManaged: boolean): ExpressionRef;
  local_tee(index: number, value: ExpressionRef, isManaged: boolean): ExpressionRef;
  block(label: string | null, children: readonly ExpressionRef[], type: number): ExpressionRef;
}

export interface AscProgram {
  readonly elementsByName: ReadonlyMap<string, object>;
  /** The classes that have the members of numbers: of u8, class U8. */
  readonly wrapperClasses: Map<AscType, object>;
}

export interface AscResolver {
  readonly program: AscProgram;
  resolveFunction(prototype: object, typeArguments: readonly AscType[] | null): object | null;
  resolveClass(prototype: object, typeArguments: readonly AscType[] | null): { readonly type: AscType } | null;
  resolveExpression(node: AscNode, flow: AscFlow, type: AscType, report: number): AscType | null;
  resolveType(node: AscNode, flow: AscFlow, element: object, types: Map<string, AscType> | undefined): AscType | null;
  lookupExpression(node: AscNode, flow: AscFlow, type: AscType | undefined, report: number): AscElement | null;
}

/** asc's `Compiler`, at work on one program. */
export interface AscCompiler {
  readonly module: AscModuleWriter;
  readonly program: AscProgram;
  readonly resolver: AscResolver;
  currentFlow: AscFlow;
  currentType: AscType;
  ensureSmallIntegerWrap(expression: ExpressionRef, type: AscType): ExpressionRef;
  makeCallDirect(instance: object, operands: readonly ExpressionRef[], node: AscNode): ExpressionRef;
  compileExpression(node: AscNode, type: AscType, constraints?: number): ExpressionRef;
  convertExpression(
    expression: ExpressionRef,
    from: AscType,
    to: AscType,
    explicit: boolean,
    node: AscNode,
  ): ExpressionRef;
  /** Puts bytes into the module's data. */
  addAlignedMemorySegment(bytes: Uint8Array, alignment: number): { readonly offset: { readonly low: number } };
}

type Enumeration = Readonly<Record<string, number>>;

/** What asc's package exports, as far as it is used here. */
export interface AscInternals {
  readonly Compiler: { readonly prototype: Record<string, unknown> };
  readonly Module: { readonly prototype: Record<string, unknown> };
  readonly Resolver: { readonly prototype: Record<string, unknown> };
  readonly Type: Readonly<Record<"auto" | "void" | "bool" | "u8" | "i32" | "u32" | "i64" | "u64", AscType>>;
  readonly TypeKind: Enumeration;
  readonly TypeRef: Enumeration;
  readonly NodeKind: Enumeration;
  readonly Token: Enumeration;
  readonly ElementKind: Enumeration;
  readonly ExpressionId: Enumeration;
  readonly BinaryOp: Enumeration;
  readonly UnaryOp: Enumeration;
  readonly ReportMode: Enumeration;
  readonly LocalFlags: Enumeration;
  readonly OperatorKind: Enumeration;
  readonly CommonFlags: Enumeration;
  readonly Node: { createIdentifierExpression(name: string, range: AscRangeNode): AscNode };
  readonly LiteralKind: Enumeration;
  readonly Constraints: Enumeration;
  getExpressionId(expression: ExpressionRef): number;
  getConstValueI32(expression: ExpressionRef): number;
  getConstValueI64Low(expression: ExpressionRef): number;
  getConstValueI64High(expression: ExpressionRef): number;
  getExpressionType(expression: ExpressionRef): number;
  getBinaryOp(expression: ExpressionRef): number;
  getBinaryLeft(expression: ExpressionRef): ExpressionRef;
  getBinaryRight(expression: ExpressionRef): ExpressionRef;
  getUnaryOp(expression: ExpressionRef): number;
  getUnaryValue(expression: ExpressionRef): ExpressionRef;
}

export type Method = (this: AscCompiler, ...args: never[]) => unknown;

export type Hook = <M extends Method>(name: string, make: (original: M) => M) => void;

export type ResolverMethod = (this: AscResolver, ...args: never[]) => unknown;

export type ResolverHook = <M extends ResolverMethod>(name: string, make: (original: M) => M) => void;

export type ResolveExpression = (
  this: AscResolver,
  node: AscNode,
  flow: AscFlow,
  type: AscType | undefined,
  mode: number | undefined,
) => AscType | null;

export type Compile = (this: AscCompiler, node: AscNode, type: AscType, constraints: number) => ExpressionRef;
