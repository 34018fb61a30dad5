// Checks a contract's class: its methods' kinds, parameters and names, its fields' types, and what its queries may do.

import { RESERVED_NAMES } from "../core/reserved-names.js";
import type { Problem } from "./diagnostic.js";
import type { ContractModel, FieldModel, MethodModel, RecordModel, Span, TypeModel } from "./model.js";

/** Problems of a contract's class. */
export function checkContractClass(contract: ContractModel): Problem[] {
  return [
    ...checkShape(contract),
    ...contract.slots.flatMap((slot) => [
      ...checkType(slot.type, `the field ${slot.name}`),
      ...(slot.mapKey === undefined ? [] : checkType(slot.mapKey, `the key of ${slot.name}`)),
      ...(slot.mapKey !== undefined && slot.initializer !== undefined
        ? [mapInitializer(slot.name, slot.initializer)]
        : []),
    ]),
    ...checkInits(contract.methods),
    ...contract.methods.flatMap(checkMethod),
    ...checkMemberNames(contract),
  ];
}

/** Problems of an event, error or struct. */
export function checkRecord(record: RecordModel): Problem[] {
  const problems = record.fields.flatMap((field) => checkType(field.type, `the field ${field.name} of ${record.name}`));
  problems.push(...duplicates(record.fields, `${record.name} has two fields`));
  if (record.kind === "struct" && record.fields.length === 0) {
    const message = `The struct ${record.name} has no fields.`;
    const hint = "Write its fields in the class: `owner: Address;`.";
    problems.push({ code: "QW123", message, span: record.nameSpan, hint });
  }
  return problems;
}

function checkShape(contract: ContractModel): Problem[] {
  const problems: Problem[] = [];
  if (contract.hasConstructor !== undefined) {
    problems.push({
      code: "QW118",
      message: `The contract ${contract.name} has a constructor, which would run at every call.`,
      span: contract.hasConstructor,
      hint: "Move it to a method marked @init: it runs once, when the contract is deployed.",
    });
  }
  if (contract.baseClass !== undefined) {
    problems.push({
      code: "QW119",
      message: `The contract ${contract.name} extends another class; inherited fields would not be stored.`,
      span: contract.baseClass,
      hint: "Put shared code into functions of another file and import them.",
    });
  }
  return problems;
}

function mapInitializer(name: string, span: Span): Problem {
  const message = `The map ${name} cannot be assigned: it is a place in storage.`;
  return { code: "QW133", message, span, hint: "Leave out everything from = on." };
}

function checkInits(methods: readonly MethodModel[]): Problem[] {
  const inits = methods.filter((method) => method.kind === "init");
  return inits.slice(1).map((method) => ({
    code: "QW116",
    message: `${method.name} is a second @init method; ${inits[0]?.name} is one already.`,
    span: method.nameSpan,
    hint: "A contract is set up by one method. Call the other from it, as a private method.",
  }));
}

function checkMethod(method: MethodModel): Problem[] {
  const { name, nameSpan, kind, decorators } = method;
  const kinds = decorators.filter((decorator) => ["init", "execute", "query"].includes(decorator.name));
  const problems: Problem[] = [];
  const add = (code: string, message: string, hint: string, span = nameSpan) =>
    problems.push({ code, message, span, hint });
  if (kinds.length > 1) {
    const message = `${name} is marked ${kinds.map((decorator) => `@${decorator.name}`).join(" and ")}.`;
    add("QW117", message, "A method has one kind: keep one of them.");
  }
  if (kind === undefined) {
    if (method.payable) add("QW115", `${name} is @payable but cannot be called.`, "Add @execute.");
    const isMisspelt = decorators.some((decorator) => decorator.name !== "payable");
    if (method.access === "public" && !method.isStatic && !method.isAccessor && !method.payable && !isMisspelt) {
      const hint = "Mark it @execute (may change state) or @query (only reads), or make it private.";
      add("QW105", `${name} is public but has no kind, so nobody can call it.`, hint);
    }
    return problems;
  }
  if (method.isStatic || method.isAccessor) {
    add(
      "QW120",
      `${name} cannot be @${kind}: it is ${method.isStatic ? "static" : "an accessor"}.`,
      "Write a plain method.",
    );
  }
  if (method.access !== "public") {
    add(
      "QW120",
      `${name} is @${kind} and ${method.access}; callers could not reach it.`,
      `Leave out ${method.access}.`,
    );
  }
  if (kind === "query" && method.payable) {
    add(
      "QW115",
      `The query ${name} cannot be @payable: a query moves no value.`,
      "Leave out @payable, or make it @execute.",
    );
  }
  if (!method.hasResultType) {
    add("QW131", `${name} does not say what it returns.`, "Write `: void` after the parentheses, or the type.");
  } else if (kind === "init" && method.result !== undefined) {
    add("QW130", `The @init method ${name} cannot return anything.`, "Make it `: void`.", method.result.span);
  } else if (kind === "query" && method.result === undefined) {
    add("QW132", `The query ${name} returns nothing.`, "Return what it reads, or make it @execute.");
  }
  if (kind !== "init" && RESERVED_NAMES.includes(name)) {
    add("QW114", `${name} is a name of the typed client's own.`, `Choose another, for example get${capitalize(name)}.`);
  }
  problems.push(...method.params.flatMap((param) => checkParameter(param, name)));
  problems.push(...duplicates(method.params, `${name} has two parameters`));
  if (method.result !== undefined) problems.push(...checkType(method.result, `the result of ${name}`));
  return problems;
}

function checkParameter(param: FieldModel, method: string): Problem[] {
  const problems = checkType(param.type, `the parameter ${param.name} of ${method}`);
  if (param.initializer !== undefined) {
    problems.push({
      code: "QW128",
      message: `The parameter ${param.name} of ${method} has a default, but callers always send every argument.`,
      span: param.initializer,
      hint: "Leave out the default.",
    });
  }
  return problems;
}

function checkType(type: TypeModel, what: string): Problem[] {
  if (type.problem === undefined) return [];
  const message =
    type.text === ""
      ? `${what[0]?.toUpperCase()}${what.slice(1)} has no type.`
      : `${type.text} cannot be the type of ${what}.`;
  return [
    { code: "QW106", message, span: type.span, hint: `${type.problem[0]?.toUpperCase()}${type.problem.slice(1)}.` },
  ];
}

/** A contract's fields and methods share one space of names. */
function checkMemberNames(contract: ContractModel): Problem[] {
  const members = [
    ...contract.slots.map(({ name, span }) => ({ name, span })),
    ...contract.methods.filter((method) => !method.isAccessor).map(({ name, nameSpan }) => ({ name, span: nameSpan })),
  ].sort((a, b) => a.span.start - b.span.start);
  const starting = members.filter(({ name }) => name.startsWith("__"));
  return [
    ...duplicates(members, `${contract.name} has two members`),
    ...starting.map(({ name, span }) => ({
      code: "QW114",
      message: `${name} begins with two underscores, as generated names do.`,
      span,
      hint: `Call it ${name.replace(/^_+/, "")}.`,
    })),
  ];
}

/** A problem for each name that was there before. */
export function duplicates(items: readonly { readonly name: string; readonly span: Span }[], what: string): Problem[] {
  const seen = new Set<string>();
  return items.flatMap(({ name, span }) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [{ code: "QW107", message: `${what} named ${name}.`, span, hint: "Rename one of them." }];
  });
}

function capitalize(name: string): string {
  return `${name[0]?.toUpperCase()}${name.slice(1)}`;
}
