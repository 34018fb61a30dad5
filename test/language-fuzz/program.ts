// A generated contract project as a small typed tree: what the generators make, the printer writes and the model carries out.

import type { Storage } from "./operations.js";
import type { CollectionType, EnumType, StructType, Type, Value } from "./types.js";

export interface Literal {
  readonly kind: "literal";
  readonly type: Type;
  readonly value: Value;
  /** The text, where the place says which type is expected. */
  readonly written?: string;
}
/** A variable, parameter or loop counter. */
export interface Local {
  readonly kind: "local";
  readonly type: Type;
  readonly name: string;
}
/** A constant of the file, a static field or an enum's member by name. */
export interface Constant {
  readonly kind: "constant";
  readonly type: Type;
  readonly name: string;
}
/** A stored field, or inside a struct's method one of its own. */
export interface OwnField {
  readonly kind: "own";
  readonly type: Type;
  readonly name: string;
  /** Set for collections. */
  readonly collection?: CollectionType;
}
/** What a getter of the contract gives, and its setter takes. */
export interface Property {
  readonly kind: "property";
  readonly type: Type;
  readonly name: string;
}
export interface FieldOf {
  readonly kind: "field";
  readonly type: Type;
  readonly of: Expression;
  readonly name: string;
}
export interface Index {
  readonly kind: "index";
  readonly type: Type;
  readonly of: Expression;
  readonly at: Expression;
}
export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%" | "**" | "<<" | ">>" | ">>>" | "&" | "|" | "^";
export interface Binary {
  readonly kind: "binary";
  readonly type: Type;
  readonly operator: ArithmeticOperator;
  readonly left: Expression;
  readonly right: Expression;
}
export interface Comparison {
  readonly kind: "comparison";
  readonly type: Type;
  readonly operator: "==" | "!=" | "<" | "<=" | ">" | ">=" | "===" | "!==";
  readonly left: Expression;
  readonly right: Expression;
}
export interface Logic {
  readonly kind: "logic";
  readonly type: Type;
  readonly operator: "&&" | "||";
  readonly left: Expression;
  readonly right: Expression;
}
export interface Unary {
  readonly kind: "unary";
  readonly type: Type;
  readonly operator: "-" | "~" | "!";
  readonly of: Expression;
}
export interface Ternary {
  readonly kind: "ternary";
  readonly type: Type;
  readonly condition: Expression;
  readonly yes: Expression;
  readonly no: Expression;
}
/** To `type`, as `<u8>x`, `x as u8` or `u8(x)`; for wide ones `u256.from(x)`. */
export interface Cast {
  readonly kind: "cast";
  readonly type: Type;
  readonly of: Expression;
}
export interface Assignment {
  readonly kind: "assignment";
  readonly type: Type;
  readonly operator: "=" | `${ArithmeticOperator}=`;
  readonly target: Expression;
  readonly value: Expression;
}
export interface Step {
  readonly kind: "step";
  readonly type: Type;
  readonly operator: "++" | "--";
  readonly prefix: boolean;
  readonly target: Expression;
}
/** A call of a method of the contract (also by `super`), of a function, or of a struct's method. */
export interface Call {
  readonly kind: "call";
  readonly type: Type;
  readonly callee: string;
  /** `own`: a private method of the class itself, whatever else has its name. */
  readonly on: "this" | "own" | "super" | "free";
  readonly args: readonly Expression[];
}
/** How an operation is written, and what it does. */
export interface OperationRule {
  readonly text: (args: readonly string[], node: Operation) => string;
  readonly run: (args: readonly Value[], node: Operation, storage: Storage) => Value;
}
/** An operation of the language or the SDK: see operations.ts. */
export interface Operation {
  readonly kind: "operation";
  readonly type: Type;
  readonly name: string;
  readonly args: readonly Expression[];
  /** Type arguments, and what else the operation depends on. */
  readonly types?: readonly Type[];
  readonly collection?: CollectionType;
  /** Of one that operations.ts does not have. */
  readonly rule?: OperationRule;
}
export interface NewStruct {
  readonly kind: "new";
  readonly type: Type;
}
export interface ArrayLiteral {
  readonly kind: "array-literal";
  readonly type: Type;
  readonly items: readonly Expression[];
}
/** A call of the peer, another contract of the project (see peer.ts): through its interface, or with bytes. */
export interface PeerCall {
  readonly kind: "peer";
  readonly type: Type;
  readonly how: "remote" | "raw";
  readonly action: PeerAction;
  /** `back` calls this method of the contract with the encoded arguments. */
  readonly method?: string;
  readonly args: readonly Expression[];
}
export type PeerAction = "ping" | "back" | "text" | "fail";
export type Expression =
  | Literal
  | Local
  | Constant
  | OwnField
  | Property
  | FieldOf
  | Index
  | Binary
  | Comparison
  | Logic
  | Unary
  | Ternary
  | Cast
  | Assignment
  | Step
  | Call
  | Operation
  | NewStruct
  | ArrayLiteral
  | PeerCall;

/** Ends the call: with nothing, a text that is a literal, or a typed error. */
export type Problem =
  | { readonly kind: "none" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "error"; readonly error: string; readonly args: readonly Expression[] };

export type Statement =
  | {
      readonly kind: "let";
      readonly name: string;
      readonly type: Type;
      readonly value: Expression;
      readonly typed: boolean;
    }
  | { readonly kind: "expression"; readonly value: Expression }
  | {
      readonly kind: "if";
      readonly condition: Expression;
      readonly yes: readonly Statement[];
      readonly no?: readonly Statement[];
    }
  | {
      readonly kind: "for";
      readonly name: string;
      readonly type: Type;
      readonly from: Expression;
      readonly to: Expression;
      readonly body: readonly Statement[];
    }
  /** At most `turns` of them, counted by the local `name`. */
  | {
      readonly kind: "while";
      readonly name: string;
      readonly turns: number;
      readonly condition: Expression;
      readonly isDo: boolean;
      readonly body: readonly Statement[];
    }
  | {
      readonly kind: "switch";
      readonly of: Expression;
      readonly cases: readonly {
        readonly values: readonly Literal[];
        readonly body: readonly Statement[];
        readonly falls: boolean;
      }[];
      readonly otherwise?: readonly Statement[];
    }
  | { readonly kind: "break" | "continue" }
  /** A call of the peer whose failure is survived; declares what it gave, whether it failed, and with what. */
  | {
      readonly kind: "attempt";
      readonly how: "catching" | "try";
      readonly call: PeerCall;
      readonly result: string;
      readonly failed: string;
      readonly data: string;
    }
  | { readonly kind: "block"; readonly body: readonly Statement[] }
  | { readonly kind: "require"; readonly condition: Expression; readonly problem: Problem }
  | { readonly kind: "revert"; readonly problem: Problem; readonly isThrow: boolean }
  | { readonly kind: "emit"; readonly event: string; readonly args: readonly Expression[] }
  | { readonly kind: "return"; readonly value?: Expression };

export interface Parameter {
  readonly name: string;
  readonly type: Type;
}

export interface Method {
  readonly name: string;
  /** `helper` is private or protected, `free` a function of the file. */
  readonly kind: "execute" | "query" | "helper" | "free";
  readonly parameters: readonly Parameter[];
  readonly result: Type;
  readonly body: readonly Statement[];
  /** Whether a way leads from it to a write, an event or another contract. */
  readonly writes: boolean;
  readonly payable?: boolean;
  /** Of a helper: that of its class alone, or one that other classes of the line call and override. */
  readonly access?: "private" | "protected";
  readonly wrapping?: boolean;
  /** Of a helper: a getter or setter of the property whose name follows `get_` or `set_` in the method's. */
  readonly accessor?: "get" | "set";
  /** A free function's file below contracts, if not the contract's own. */
  readonly helperFile?: boolean;
  /** Of what is not called: the text in the place of all else. */
  readonly raw?: Raw;
}

/** Members as they are written, and what stands in the file for them. */
export interface Raw {
  readonly text: string;
  readonly top?: string;
  /** The codes of rules one of which it breaks, so that a build must refuse it. Without them it has to build. */
  readonly codes?: readonly string[];
}

export interface Field {
  readonly name: string;
  readonly type: Type;
  readonly collection?: CollectionType;
  /** Of a number also what another field gives that is set before. */
  readonly initial?: Expression;
}

export interface Record_ {
  readonly name: string;
  readonly fields: readonly Parameter[];
}

/** One contract class of the line: the last is the contract itself. */
export interface ContractClass {
  readonly name: string;
  readonly bases: readonly string[];
  readonly fields: readonly Field[];
  readonly methods: readonly Method[];
}

export interface Program {
  readonly seed: number;
  readonly enums: readonly EnumType[];
  readonly structs: readonly StructType[];
  readonly events: readonly Record_[];
  readonly errors: readonly Record_[];
  readonly constants: readonly { readonly name: string; readonly value: Literal }[];
  readonly functions: readonly Method[];
  readonly classes: readonly ContractClass[];
  readonly hasPeer: boolean;
  /** Declarations of the file that only texts of the program name. */
  readonly extras?: readonly { readonly name: string; readonly text: string }[];
}

/** A transaction or query of the contract. */
export interface ContractCall {
  readonly method: string;
  readonly args: readonly Value[];
  readonly asQuery: boolean;
  readonly value: bigint;
  readonly from: number;
}
