// Two interfaces of a contract compared: what breaks those who call it, what they should look at, what does not concern
// them. Judged by bytes: a caller that was compiled against the old interface talks to a contract of the new one.

import { type Abi, type AbiField, type AbiMethod, formatAbiType } from "../core/abi.js";
import { formatCode, formatGuard, formatSigned, formatSlot } from "./describe.js";
import {
  type AbiChange,
  diffFields,
  diffType,
  matchNames,
  type Part,
  type Severity,
  type Sides,
  type Tell,
  tellDocs,
} from "./diff-parts.js";
import { diffEnums, diffStructs } from "./diff-types.js";
import { namedTypes } from "./wire-form.js";

export type { AbiChange, Severity } from "./diff-parts.js";

const SEVERITIES: readonly Severity[] = ["breaking", "warning", "compatible"];
const PARTS: readonly Part[] = [
  "contract",
  "constructor",
  "method",
  "event",
  "error",
  "message",
  "struct",
  "enum",
  "state",
];

/** All changes: the breaking ones first, then by part and name. */
export function diffAbi(before: Abi, after: Abi): AbiChange[] {
  const changes: AbiChange[] = [];
  const tellOf =
    (part: Part): Tell =>
    (severity, name, what) =>
      void changes.push({ severity, part, name, what });
  const sides: Sides = { before, after, old: namedTypes(before), now: namedTypes(after) };
  diffContract(sides, tellOf("contract"));
  diffConstructor(sides, tellOf("constructor"));
  diffMethods(sides, tellOf("method"));
  diffEvents(sides, tellOf("event"));
  diffErrors(sides, tellOf("error"));
  diffMessages(sides, tellOf("message"));
  diffStructs(sides, tellOf("struct"));
  diffEnums(sides, tellOf("enum"));
  diffState(sides, tellOf("state"));
  return changes.sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      PARTS.indexOf(a.part) - PARTS.indexOf(b.part) ||
      compareText(a.name, b.name),
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function diffContract({ before, after }: Sides, tell: Tell): void {
  if (before.name !== after.name)
    tell("warning", before.name, `is named ${after.name} now, and so is its typed client`);
  const [old, now] = [before.bases ?? [], after.bases ?? []];
  if (old.join() !== now.join()) {
    const list = (names: readonly string[]) => (names.length === 0 ? "no bases" : names.join(", "));
    tell("compatible", after.name, `has ${list(now)}, had ${list(old)}`);
  }
  if (before.docs !== after.docs) tell("compatible", after.name, "is documented differently");
}

/** Callers never call the constructor; whoever deploys does. */
function diffConstructor(sides: Sides, tell: Tell): void {
  const none: AbiMethod = { name: "init", kind: "init", params: [], payable: false };
  const { init: old = none } = sides.before;
  const { init: now = none } = sides.after;
  const softly: Tell = (severity, _, what) => {
    tell(severity === "breaking" ? "warning" : severity, "init", `${what}; this concerns who deploys it`);
  };
  diffMethod({ ...old, name: "init" }, { ...now, name: "init" }, sides, softly);
}

function diffMethods(sides: Sides, tell: Tell): void {
  const { gone, added, both } = matchNames(sides.before.methods, sides.after.methods);
  for (const { name } of gone) tell("breaking", name, "is gone");
  for (const { name, kind } of added) tell("compatible", name, kind === "query" ? "is a new query" : "is new");
  for (const [old, now] of both) diffMethod(old, now, sides, tell);
}

function diffMethod(old: AbiMethod, now: AbiMethod, sides: Sides, tell: Tell): void {
  const { name } = old;
  if (old.kind !== now.kind) {
    const what =
      now.kind === "query" ? "only reads now, and was an execute method" : "changes state now, and was a query";
    tell("breaking", name, what);
  }
  diffFields(old.params, now.params, "parameter", sides, (severity, what) => tell(severity, name, what));
  diffResult(old, now, sides, tell);
  if (old.payable && !now.payable) tell("breaking", name, "takes no value any more");
  if (!old.payable && now.payable) tell("compatible", name, "takes value now");
  diffSigned(old, now, tell);
  diffGuards(old, now, tell);
  const texts = (method: AbiMethod) =>
    [method, ...method.params]
      .map(({ docs = "" }) => docs)
      .join("\n")
      .trim();
  if (texts(old) !== texts(now)) tell("compatible", name, "is documented differently");
}

function diffResult(old: AbiMethod, now: AbiMethod, sides: Sides, tell: Tell): void {
  const { name, result: was } = old;
  const { result: is } = now;
  if (was !== undefined && is !== undefined) {
    diffType(was, is, sides, (severity, what) => tell(severity, name, `returns ${what}`));
  } else if (is !== undefined) tell("breaking", name, `returns ${formatAbiType(is)} now, and returned nothing`);
  else if (was !== undefined) tell("breaking", name, `returns nothing any more, and returned ${formatAbiType(was)}`);
}

function diffSigned({ name, signed: old }: AbiMethod, { signed: now }: AbiMethod, tell: Tell): void {
  if (old !== undefined && now !== undefined) {
    const [was, is] = [formatSigned(old), formatSigned(now)];
    if (was !== is) tell("breaking", name, `must be ${is}; it was ${was}`);
  } else if (now !== undefined) tell("breaking", name, `must be ${formatSigned(now)}`);
  else if (old !== undefined) tell("breaking", name, "takes no signature any more");
}

function diffGuards({ name, guards: old = [] }: AbiMethod, { guards: now = [] }: AbiMethod, tell: Tell): void {
  const [was, is] = [old.map(formatGuard), now.map(formatGuard)];
  for (const guard of is) if (!was.includes(guard)) tell("warning", name, `is guarded by ${guard} now`);
  for (const guard of was) if (!is.includes(guard)) tell("compatible", name, `is not guarded by ${guard} any more`);
  const [kept, order] = [was.filter((guard) => is.includes(guard)), is.filter((guard) => was.includes(guard))];
  if (kept.join() !== order.join()) {
    tell("warning", name, `checks its guards in another order, ${order.join(", ")}: another error may come first`);
  }
}

function diffEvents(sides: Sides, tell: Tell): void {
  const { gone, added, both } = matchNames(sides.before.events, sides.after.events);
  for (const { name } of gone) tell("breaking", name, "is gone");
  for (const { name } of added) tell("compatible", name, "is new");
  for (const [old, now] of both) {
    diffFields(old.fields, now.fields, "field", sides, (severity, what) => tell(severity, old.name, what));
    const indexed = (fields: readonly AbiField[]) => fields.flatMap((field) => (field.indexed ? [field.name] : []));
    const [was, is] = [indexed(old.fields), indexed(now.fields)];
    for (const name of was) if (!is.includes(name)) tell("warning", old.name, `cannot be searched by ${name} any more`);
    for (const name of is) if (!was.includes(name)) tell("compatible", old.name, `can be searched by ${name}`);
    tellDocs(old, now, tell);
  }
}

function diffErrors(sides: Sides, tell: Tell): void {
  const { gone, added, both } = matchNames(sides.before.errors, sides.after.errors);
  for (const error of gone) {
    const renamed = added.find(({ code }) => code === error.code);
    if (renamed === undefined) tell("breaking", error.name, `(${formatCode(error)}) is gone`);
    else tell("warning", error.name, `(${formatCode(error)}) is named ${renamed.name} now`);
  }
  for (const error of added) {
    if (!gone.some(({ code }) => code === error.code)) tell("compatible", error.name, `(${formatCode(error)}) is new`);
  }
  for (const [old, now] of both) {
    if (old.code !== now.code) tell("breaking", old.name, `has the code ${formatCode(now)}, had ${formatCode(old)}`);
    diffFields(old.fields, now.fields, "field", sides, (severity, what) => tell(severity, old.name, what));
    if (old.message !== now.message) tell("compatible", old.name, "has another text");
    tellDocs(old, now, tell);
  }
}

/** Texts change as texts do; who looks for one by its code should know. */
function diffMessages({ before, after }: Sides, tell: Tell): void {
  const texts = (abi: Abi) => new Map((abi.messages ?? []).map((message) => [message.code, message]));
  const [old, now] = [texts(before), texts(after)];
  for (const message of old.values()) {
    const is = now.get(message.code);
    if (is === undefined) tell("warning", JSON.stringify(message.text), `(${formatCode(message)}) is gone`);
    else if (is.text !== message.text)
      tell("compatible", JSON.stringify(message.text), `is ${JSON.stringify(is.text)} now`);
  }
  for (const message of now.values()) {
    if (!old.has(message.code)) tell("compatible", JSON.stringify(message.text), `(${formatCode(message)}) is new`);
  }
}

/** Storage is the contract's own: callers see it through methods alone. */
function diffState({ before, after }: Sides, tell: Tell): void {
  const { gone, added, both } = matchNames(before.state, after.state);
  for (const { name } of gone) tell("compatible", name, "is not stored any more");
  for (const slot of added) tell("compatible", slot.name, `is stored, a ${formatSlot(slot)}`);
  for (const [old, now] of both) {
    const [was, is] = [formatSlot(old), formatSlot(now)];
    if (was !== is) tell("compatible", old.name, `is stored as ${is}, was ${was}`);
    tellDocs(old, now, tell);
  }
}
