// A generated program as a project's files: the contract, and a helper file that it imports; with the liberties that authors
// take with semicolons, braces, comments and imports.

import { Random } from "../hostile/random.js";
import { PEER_FILE, PEER_INTERFACE, PEER_SOURCE } from "./peer.js";
import { ExpressionPrinter } from "./print-expression.js";
import type { Method, Problem, Program, Record_, Statement } from "./program.js";
import { nameOf } from "./types.js";

/** Lines of the contract's file belong to methods: what is refused there is left out. */
export interface Printed {
  readonly files: Readonly<Record<string, string>>;
  /** For each line of each file (from 1): the method or function it is of. */
  readonly owners: Readonly<Record<string, readonly (string | undefined)[]>>;
}

const SDK_NAMES = [
  "Address",
  "Bytes",
  "callContract",
  "context",
  "contract",
  "emit",
  "encode",
  "error",
  "event",
  "execute",
  "FixedArray",
  "Hash",
  "i128",
  "i256",
  "IterableMap",
  "init",
  "mix",
  "payable",
  "query",
  "Remote",
  "remote",
  "require",
  "revert",
  "StorageMap",
  "StorageSet",
  "StorageVec",
  "struct",
  "tryCallContract",
  "u128",
  "u256",
  "wrapping",
  "wrappingAdd",
  "wrappingCast",
  "wrappingMul",
  "wrappingNeg",
  "wrappingShl",
  "wrappingShr",
  "wrappingSub",
]; // prettier-ignore

export const CONTRACT_FILE = "contracts/fuzz.ts";
const HELPER_FILE = "contracts/lib/helpers.ts";
const TYPES_FILE = "contracts/lib/types.ts";

export function printProgram(program: Program, plain = false): Printed {
  return new ProgramPrinter(program, plain).print();
}

class FileText {
  readonly lines: string[] = [];
  readonly owners: (string | undefined)[] = [undefined];

  add(text: string, owner?: string): void {
    for (const line of text.split("\n")) {
      this.lines.push(line);
      this.owners.push(owner);
    }
  }
}

class ProgramPrinter {
  readonly #random: Random;
  readonly #expressions: ExpressionPrinter;
  readonly #end: string;

  readonly program: Program;

  constructor(program: Program, plain: boolean) {
    this.program = program;

    this.#random = new Random(program.seed ^ 0x5eed);
    this.#expressions = new ExpressionPrinter({ random: this.#random, plain });
    this.#end = this.#random.chance(30) ? "" : ";";
  }

  print(): Printed {
    const { enums, structs, events, errors, constants, functions, classes } = this.program;
    const types = new FileText();
    types.add(`import { ${SDK_NAMES.join(", ")} } from "qwvm/sdk-as";`);
    for (const { name, members } of enums) types.add(`export enum ${name} { ${members.join(", ")} }`);
    for (const struct of structs) types.add(this.#record("struct", struct));
    const shared = [...enums, ...structs].map(({ name }) => name);
    const imports = `import { ${SDK_NAMES.join(", ")} } from "qwvm/sdk-as";`;
    const importTypes = (from: string) =>
      shared.length === 0 ? "" : `import { ${shared.join(", ")} } from "${from}";`;

    const helpers = new FileText();
    helpers.add(imports);
    helpers.add(importTypes("./types"));
    const outside = functions.filter(({ helperFile }) => helperFile === true);
    for (const method of outside) helpers.add(this.#method(method), method.name);

    const own = new FileText();
    own.add(imports);
    own.add(importTypes("./lib/types"));
    if (outside.length > 0) own.add(`import { ${outside.map(({ name }) => name).join(", ")} } from "./lib/helpers";`);
    for (const event of events) own.add(this.#message("event", event));
    for (const error of errors) own.add(this.#message("error", error));
    if (this.program.hasPeer) own.add(PEER_INTERFACE);
    for (const { name, value } of constants)
      own.add(`const ${name}: ${nameOf(value.type)} = ${this.#expressions.print(value, true)};`);
    for (const method of functions.filter(({ helperFile }) => helperFile !== true))
      own.add(this.#method(method), method.name);
    for (const { name, text } of this.program.extras ?? []) own.add(text, name);
    for (const { name, raw } of classes.flatMap(({ methods }) => methods))
      if (raw?.top !== undefined) own.add(raw.top, name);
    for (const [i, one] of classes.entries()) {
      const isLast = i === classes.length - 1;
      const bases =
        one.bases.length === 0
          ? ""
          : one.bases.length === 1
            ? ` extends ${one.bases[0]}`
            : ` extends mix(${one.bases.join(", ")})`;
      own.add(`@contract\nexport ${isLast ? "" : "abstract "}class ${one.name}${bases} {`);
      for (const { name, type, collection, initial } of one.fields) {
        const value = initial === undefined ? "" : ` = ${this.#expressions.print(initial, true)}`;
        own.add(`  ${name}: ${nameOf(collection ?? type)}${value};`);
      }
      if (isLast && this.program.hasPeer)
        own.add("  peer: Address;\n  @init create(peer: Address): void { this.peer = peer; }");
      for (const method of one.methods) own.add(indent(this.#method(method)), method.name);
      own.add("}");
    }
    const files: Record<string, FileText> = { [TYPES_FILE]: types, [CONTRACT_FILE]: own };
    if (outside.length > 0) files[HELPER_FILE] = helpers;
    const texts = Object.entries(files).map(([path, { lines }]) => [path, `${lines.join("\n")}\n`] as const);
    return {
      files: { ...Object.fromEntries(texts), ...(this.program.hasPeer ? { [PEER_FILE]: PEER_SOURCE } : {}) },
      owners: Object.fromEntries(Object.entries(files).map(([path, { owners }]) => [path, owners])),
    };
  }

  #record(decorator: string, { name, fields }: Record_): string {
    return `@${decorator} export class ${name} { ${fields.map((field) => `${field.name}: ${nameOf(field.type)};`).join(" ")} }`;
  }

  #message(decorator: string, { name, fields }: Record_): string {
    const parameters = fields.map((field) => `public ${field.name}: ${nameOf(field.type)}`).join(", ");
    return `@${decorator}\nclass ${name} { constructor(${parameters}) {} }`;
  }

  #method(method: Method): string {
    const { name, kind, parameters, result, body } = method;
    if (method.raw !== undefined) return method.raw.text;
    const decorators = [
      ...(kind === "execute" || kind === "query" ? [`@${kind}`] : []),
      ...(method.payable === true ? ["@payable"] : []),
      ...(method.wrapping === true ? ["@wrapping"] : []),
    ];
    const words =
      kind === "free"
        ? `${method.helperFile === true ? "export " : ""}function `
        : kind === "helper"
          ? `${method.access ?? "private"} `
          : "";
    const shown = method.accessor === undefined ? name : `${method.accessor} ${name.slice(4)}`;
    const gives = method.accessor === "set" ? "" : `: ${nameOf(result)}`;
    const list = parameters.map((parameter) => `${parameter.name}: ${nameOf(parameter.type)}`).join(", ");
    const head = [...decorators, `${words}${shown}(${list})${gives} {`].join(this.#random.chance(50) ? " " : "\n");
    return `${head}\n${indent(this.#body(body))}\n}`;
  }

  #body(body: readonly Statement[]): string {
    return body.map((statement) => this.#comment() + this.#statement(statement)).join("\n");
  }

  #comment(): string {
    if (this.#random.chance(95)) return "";
    return this.#random.pick(["// a class of its own; if (x) else\n", "/* require(false); */ ", "/** @execute { */ "]);
  }

  #statement(statement: Statement): string {
    const end = this.#end;
    const print = (node: Parameters<ExpressionPrinter["print"]>[0], typed = false) =>
      this.#expressions.print(node, typed);
    switch (statement.kind) {
      case "let": {
        const type = statement.typed ? `: ${nameOf(statement.type)}` : "";
        return `let ${statement.name}${type} = ${print(statement.value, statement.typed)}${end}`;
      }
      case "expression": {
        const text = print(statement.value);
        // What begins with these would go on with the line before where there are no semicolons.
        return `${/^[[(<`+-]/.test(text) && end === "" ? ";" : ""}${text}${end}`;
      }
      case "if": {
        const yes = this.#branch(statement.yes, statement.no !== undefined);
        const no = statement.no === undefined ? "" : `\nelse ${this.#branch(statement.no, false)}`;
        return `if (${print(statement.condition)}) ${yes}${no}`;
      }
      case "for": {
        const { name, from, to, body, type } = statement;
        return `for (let ${name}: ${nameOf(type)} = ${print(from, true)}; ${name} < ${print(to, true)}; ${name}++) ${this.#branch(body, false)}`;
      }
      case "while": {
        const { name, turns, condition, isDo, body } = statement;
        const goesOn = `${name}++ < ${turns} && (${print(condition)})`;
        if (isDo) return `let ${name} = 0${end}\ndo ${block(this.#body(body))} while (${goesOn})${end}`;
        return `let ${name} = 0${end}\nwhile (${goesOn}) ${this.#branch(body, false)}`;
      }
      case "switch": {
        const cases = statement.cases.map(({ values, body, falls }) => {
          const labels = values.map((value) => `case ${print(value, true)}:`).join(" ");
          return `${labels} {\n${indent(this.#body(body) + (falls ? "" : "\nbreak;"))}\n}`;
        });
        if (statement.otherwise !== undefined) cases.push(`default: {\n${indent(this.#body(statement.otherwise))}\n}`);
        return `switch (${print(statement.of)}) {\n${indent(cases.join("\n"))}\n}`;
      }
      case "break":
      case "continue":
        return statement.kind + end;
      case "block":
        return block(this.#body(statement.body));
      case "require": {
        const problem = this.#problem(statement.problem);
        return `require(${print(statement.condition)}${problem === "" ? "" : `, ${problem}`})${end}`;
      }
      case "revert": {
        const problem = this.#problem(statement.problem);
        if (statement.isThrow && statement.problem.kind === "text") return `throw new Error(${problem})${end}`;
        return `revert(${problem})${end}`;
      }
      case "attempt": {
        const { how, call, result, failed, data } = statement;
        const other = `${failed}_of`;
        if (how === "try")
          return `const ${other} = ${this.#expressions.peerCall(call, "tryCallContract")}${end}
const ${result} = ${other}.data${end}
const ${failed} = !${other}.success${end}
const ${data} = ${failed} ? ${other}.data : Bytes.empty${end}`;
        const answer = call.type.kind === "void" ? "" : `const ${result} = `;
        return `const ${other} = PeerLike.at(this.peer).catching()${end}
${answer}${this.#expressions.peerCall(call, other)}${end}
const ${failed} = ${other}.failed${end}
const ${data} = ${other}.failure${end}`;
      }
      case "emit":
        return `emit(new ${statement.event}(${statement.args.map((argument) => print(argument, true)).join(", ")}))${end}`;
      case "return":
        return statement.value === undefined ? `return${end || ";"}` : `return ${print(statement.value, true)}${end}`;
    }
  }

  #problem(problem: Problem): string {
    if (problem.kind === "none") return "";
    if (problem.kind === "text") return JSON.stringify(problem.text);
    return `new ${problem.error}(${problem.args.map((argument) => this.#expressions.print(argument, true)).join(", ")})`;
  }

  /** One statement may stand without braces, unless an `else` that follows would become its own. */
  #branch(body: readonly Statement[], beforeElse: boolean): string {
    const [only] = body;
    const bare = body.length === 1 && only !== undefined && canStandBare(only) && !(beforeElse && endsWithIf(only));
    if (bare && this.#random.chance(60)) {
      // Alone, the semicolon that keeps it from the line before would be the whole branch.
      const text = this.#statement(only).replace(/^;/, "");
      return this.#random.chance(50) ? text : `\n  ${text}`;
    }
    return block(this.#body(body));
  }
}

function canStandBare(statement: Statement): boolean {
  return !["let", "attempt", "while"].includes(statement.kind) && statement.kind !== "block";
}

function endsWithIf(statement: Statement): boolean {
  return statement.kind === "if" || statement.kind === "for";
}

function block(body: string): string {
  return body === "" ? "{}" : `{\n${indent(body)}\n}`;
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}
