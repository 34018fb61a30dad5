// Checks a contract's class by itself: its methods' kinds, parameters and names, and its fields' types; and what events,
// errors, structs and enums are made of. What base contracts add is check-inheritance's.

import type { AbiType } from "../core/abi.js";
import { RESERVED_NAMES } from "../core/reserved-names.js";
import type { Problem } from "./diagnostic.js";
import { GUARDS } from "./guards.js";
import type { LinkedContract } from "./link-contract.js";
import type {
  ContractModel,
  EnumModel,
  FieldModel,
  MethodModel,
  RecordModel,
  SlotModel,
  SourceModel,
  Span,
  TypeModel,
} from "./model.js";
import { type DeclaredType, declarationOf } from "./reached-types.js";

/** Problems of a contract's class. */
export function checkContractClass(contract: LinkedContract): Problem[] {
  const { own } = contract;
  const inherited = (name: string) =>
    contract.lineage.slice(1).some((base) => base.methods.some((method) => method.name === name));
  return [
    ...checkShape(own),
    ...own.slots.flatMap((slot) => [
      ...checkType(slot.type, `the field ${slot.name}`),
      ...slot.keys.flatMap((key) => checkType(key, `the key of ${slot.name}`)),
      ...(slot.kind !== "value" && slot.initializer !== undefined
        ? [collectionInitializer(slot.name, slot.initializer)]
        : []),
      ...(slot.lazy && slot.kind !== "value" ? [lazyCollection(slot)] : []),
    ]),
    ...checkInits(own.methods),
    ...own.methods.flatMap((method) => checkMethod(method, inherited(method.name))),
    ...checkMemberNames(own),
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
  if (record.kind !== "event") {
    const marked = record.fields.filter((field) => field.indexed);
    problems.push(
      ...marked.map(({ name, span }) => ({
        code: "QW102",
        message: `${name} is @indexed, but ${record.name} is an @${record.kind}.`,
        span,
        hint: "Only an event's fields are searched by: leave it out.",
      })),
    );
  }
  return [...problems, ...checkMessage(record)];
}

/** The text of an `@error("…")` is a literal, and its `{names}` are fields. */
function checkMessage({ kind, name, message, fields }: RecordModel): Problem[] {
  if (kind !== "error" || message === undefined) return [];
  const { text, span } = message;
  if (text === undefined) {
    const hint = 'Write it as a literal: @error("{needed} are needed, {available} are there").';
    return [{ code: "QW134", message: `The text of the error ${name} is not known before it runs.`, span, hint }];
  }
  const names = fields.map((field) => field.name);
  const unknown = [...text.matchAll(/\{(\w*)\}/g)].map((match) => match[1] as string).filter((n) => !names.includes(n));
  return unknown.map((part) => ({
    code: "QW134",
    message: `The text of the error ${name} names {${part}}, but it has no field ${part}.`,
    span,
    hint: names.length === 0 ? "It has no fields: leave it out." : `Its fields are ${names.join(", ")}.`,
  }));
}

/** An enum's members are the bytes 0, 1, 2 and so on: that is how they are encoded. */
export function checkEnum({ name, nameSpan, members }: EnumModel): Problem[] {
  if (members.length === 0 || members.length > MOST_MEMBERS) {
    const message = `The enum ${name} has ${members.length} members.`;
    return [{ code: "QW135", message, span: nameSpan, hint: `It can have 1 to ${MOST_MEMBERS}.` }];
  }
  const wrong = members.find(({ value }, index) => value !== index);
  if (wrong === undefined) return duplicates(members, `${name} has two members`);
  const message = `The member ${wrong.name} of ${name} is not ${members.indexOf(wrong)}: members are encoded by their position.`;
  return [
    { code: "QW135", message, span: wrong.span, hint: "Leave out the values, and put the members in their order." },
  ];
}

const MOST_MEMBERS = 256;

/** A struct that has itself as a part would have no end; behind an array or `| null` there is one. */
export function checkRecursion(record: RecordModel, sources: readonly SourceModel[]): Problem[] {
  const reaches = (type: TypeModel, seen: ReadonlySet<DeclaredType>): boolean => {
    if (type.abi === undefined || !isPart(type.abi)) return false;
    const inner = type.refs.map((ref) => declarationOf(ref, sources)).find((found) => found !== undefined);
    if (inner === record) return true;
    if (inner === undefined || !("fields" in inner) || seen.has(inner)) return false;
    return inner.fields.some((field) => reaches(field.type, new Set([...seen, inner])));
  };
  if (record.kind !== "struct") return [];
  return record.fields
    .filter((field) => reaches(field.type, new Set()))
    .map(({ name, type }) => ({
      code: "QW136",
      message: `The struct ${record.name} has itself as a part, by its field ${name}: it would have no end.`,
      span: type.span,
      hint: `Write ${type.text} | null, or an array.`,
    }));
}

/** Whether a value of the type always has one of its struct in it. */
function isPart(type: AbiType): boolean {
  if (typeof type === "string" || "option" in type || "enum" in type) return false;
  return "struct" in type || (type.length !== undefined && isPart(type.array));
}

function checkShape(contract: ContractModel): Problem[] {
  if (contract.hasConstructor === undefined) return [];
  return [
    {
      code: "QW118",
      message: `The contract ${contract.name} has a constructor, which would run at every call.`,
      span: contract.hasConstructor,
      hint: "Move it to a method marked @init: it runs once, when the contract is deployed.",
    },
  ];
}

function collectionInitializer(name: string, span: Span): Problem {
  const message = `${name} cannot be assigned: it is a place in storage.`;
  return { code: "QW133", message, span, hint: "Leave out everything from = on." };
}

function lazyCollection({ name, span }: SlotModel): Problem {
  const hint = "A collection reads only the entries that are used: leave @lazy out.";
  return { code: "QW102", message: `${name} is @lazy, but it is a collection.`, span, hint };
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

function checkMethod(method: MethodModel, isOverride: boolean): Problem[] {
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
    const why = isOverride ? "states no kind, so that what it overrides says it" : "cannot be called";
    if (method.payable) add("QW115", `${name} is @payable but ${why}.`, "Add @execute.");
    const guards = decorators.filter((decorator) => Object.hasOwn(GUARDS, decorator.name));
    for (const guard of guards) {
      const hint = "Add @execute or @query: guards are checked when a method is called from outside.";
      add("QW142", `${name} is guarded by @${guard.name} but ${why}.`, hint, guard.span);
    }
    const isMisspelt = decorators.some(({ name }) => !["payable", "wrapping", "unguarded"].includes(name));
    // What overrides a method has its kind.
    const needsKind =
      method.access === "public" && !method.isStatic && !method.isAccessor && !method.isAbstract && !isOverride;
    if (needsKind && !method.payable && !isMisspelt) {
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

export function checkType(type: TypeModel, what: string): Problem[] {
  if (type.problem === undefined) return [];
  const message =
    type.text === ""
      ? `${what[0]?.toUpperCase()}${what.slice(1)} has no type.`
      : `${type.text} cannot be the type of ${what}.`;
  const { slip } = type;
  const fix = slip && {
    title: `Write ${slip.meant}`,
    edits: [{ span: slip.span, text: slip.meant }],
    imports: SDK_TYPES.filter((name) => name === slip.meant),
  };
  return [{ code: "QW106", message, span: type.span, hint: type.problem, ...(fix === undefined ? {} : { fix }) }];
}

/** Types that are imported. */
const SDK_TYPES =
  "Address Bytes Hash FixedArray IterableMap StorageMap StorageSet StorageVec u128 u256 i128 i256".split(" ");

/** A contract's fields and methods share one space of names. */
function checkMemberNames(contract: ContractModel): Problem[] {
  const members = [
    ...contract.slots.map(({ name, span }) => ({ name, span })),
    // A getter and a setter are one member.
    ...contract.methods
      .filter(
        ({ name, accessor }, index) =>
          accessor !== "set" ||
          !contract.methods.some(
            (other, at) =>
              other.name === name && (other.accessor === "get" || (other.accessor === "set" && at < index)),
          ),
      )
      .map(({ name, nameSpan }) => ({ name, span: nameSpan })),
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
