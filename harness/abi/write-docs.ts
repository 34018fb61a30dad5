// Interface → Markdown: the reference of one contract, for people who call it or build on it.

import type { Abi, AbiErrorEntry, AbiField, AbiMethod } from "../core/abi.js";
import { formatAbiType } from "../core/abi.js";
import { formatCode, formatGuard, formatMethod, formatSigned, formatSlot, signedFields, slotKeys } from "./describe.js";
import { anchor, cell, code, plain, prose, table } from "./markdown.js";

/** The gas of a method, as measured: the least and the most. */
export interface MethodGas {
  readonly min: number;
  readonly max: number;
  readonly calls: number;
}

/** What there is to say beside the interface. */
export interface DocsFacts {
  /** The source file, as a path of the project. */
  readonly source?: string;
  /** By method; `deploy` is deployment. */
  readonly gas?: ReadonlyMap<string, MethodGas>;
}

/** The page of a contract. */
export function writeDocs(abi: Abi, facts: DocsFacts = {}): string {
  const executes = abi.methods.filter(({ kind }) => kind === "execute");
  const queries = abi.methods.filter(({ kind }) => kind === "query");
  const method = (item: AbiMethod) => methodLines(item, facts);
  const sections: [title: string, lines: string[]][] = [
    ["Constructor", abi.init === undefined ? [] : constructorLines(abi.init, facts)],
    ["Methods", executes.flatMap(method)],
    ["Queries", queries.flatMap(method)],
    ["Events", abi.events.flatMap((item) => recordLines(item, eventNote(item.fields)))],
    ["Errors", [...abi.errors.flatMap(errorLines), ...messageLines(abi)]],
    ["Structs", abi.structs.flatMap((item) => recordLines(item, []))],
    [
      "Enums",
      abi.enums.flatMap(({ name, variants, docs }) => [
        ...heading(name),
        ...paragraphs(docs),
        ...block(
          table(
            ["Byte", "Variant"],
            variants.map((variant, i) => [String(i), code(variant, true)]),
          ),
        ),
      ]),
    ],
    ["State", stateLines(abi)],
  ];
  const present = sections.filter(([, lines]) => lines.length > 0);
  const linkTo = anchors();
  linkTo(abi.name);
  const text = [
    `# ${plain(abi.name)}`,
    "",
    ...paragraphs(abi.docs),
    ...overview(abi, facts),
    ...present.map(([title]) => `- [${title}](#${linkTo(title)})${namesOf(title, abi, linkTo)}`),
    "",
    ...present.flatMap(([title, lines]) => [`## ${title}`, "", ...lines]),
  ];
  return `${text.join("\n").trimEnd()}\n`;
}

function overview({ name, bases = [], sdk }: Abi, { source, gas }: DocsFacts): string[] {
  const made = sdk === undefined ? "" : `, built by ${plain(sdk.name)} ${plain(sdk.version)}`;
  const from = source === undefined ? "" : ` of ${code(source)}`;
  const first = `The interface of the contract ${code(name)}${from}${made}.`;
  const inherited = bases.length === 0 ? "" : ` It extends ${bases.map((base) => code(base)).join(", ")}.`;
  const measured = gas === undefined ? "" : " Gas figures are those of the project's `.gas-snapshot`.";
  return [`${first}${inherited}${measured}`, ""];
}

/** Anchors of headings, to be asked for in the order of the page: of the same name the second gets a number, as on GitHub. */
function anchors(): (heading: string) => string {
  const counts = new Map<string, number>();
  return (heading) => {
    const base = anchor(heading);
    const count = counts.get(base) ?? 0;
    counts.set(base, count + 1);
    return count === 0 ? base : `${base}-${count}`;
  };
}

function namesOf(title: string, abi: Abi, linkTo: (heading: string) => string): string {
  const lists: Readonly<Record<string, readonly { readonly name: string }[]>> = {
    Methods: abi.methods.filter(({ kind }) => kind === "execute"),
    Queries: abi.methods.filter(({ kind }) => kind === "query"),
    Events: abi.events,
    Errors: abi.errors,
    Structs: abi.structs,
    Enums: abi.enums,
  };
  const names = (lists[title] ?? []).map(({ name }) => `[${code(name)}](#${linkTo(name)})`);
  return names.length === 0 ? "" : `: ${names.join(", ")}`;
}

function heading(name: string): string[] {
  return [`### ${plain(name)}`, ""];
}

/** A doc comment: its paragraphs, then what its tags say. */
function paragraphs(docs: string | undefined): string[] {
  if (docs === undefined || docs === "") return [];
  const [text = "", ...tags] = docs.split(/\n(?=@)/);
  const parts = text.startsWith("@") ? [] : text.trim().split(/\n{2,}/);
  const shown = (text.startsWith("@") ? [text, ...tags] : tags).map(tagText);
  return [...parts, ...shown].flatMap((part) => (part.trim() === "" ? [] : [prose(part.trim()), ""]));
}

const TAG_TITLES: Readonly<Record<string, string>> = {
  returns: "Returns",
  return: "Returns",
  throws: "Fails",
  see: "See",
  deprecated: "Deprecated",
  example: "Example",
};

function tagText(tag: string): string {
  const [, name = "", text = ""] = /^@(\w+)\s*([\s\S]*)$/.exec(tag) ?? [];
  return `**${(Object.hasOwn(TAG_TITLES, name) ? TAG_TITLES[name] : undefined) ?? plain(name)}:** ${text}`;
}

function block(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [...lines, ""];
}

/** A table of parameters or fields; the column of docs is left out when nothing is in it. */
function fieldTable(title: string, fields: readonly AbiField[]): string[] {
  const hasDocs = fields.some(({ docs }) => docs !== undefined);
  const rows = fields.map(({ name, type, indexed, docs }) => [
    code(name, true),
    code(formatAbiType(type), true) + (indexed === true ? ", indexed" : ""),
    ...(hasDocs ? [cell(docs ?? "")] : []),
  ]);
  return block(table([title, "Type", ...(hasDocs ? ["What it is"] : [])], rows));
}

function constructorLines(init: AbiMethod, facts: DocsFacts): string[] {
  return callableLines(init, facts, "deploy");
}

function methodLines(method: AbiMethod, facts: DocsFacts): string[] {
  return [...heading(method.name), ...callableLines(method, facts, method.name)];
}

function callableLines(method: AbiMethod, { gas }: DocsFacts, label: string): string[] {
  const { params, guards = [], signed, payable, from } = method;
  const points = [
    ...(payable ? ["Takes value."] : []),
    ...(guards.length === 0
      ? []
      : [`Guarded, in this order: ${guards.map((guard) => code(formatGuard(guard))).join(", ")}.`]),
    ...(signed === undefined
      ? []
      : [
          `Must be ${prose(formatSigned(signed))}: behind the arguments come ${signedFields(signed)
            .map(({ name, type }) => code(`${name}: ${formatAbiType(type)}`))
            .join(", ")}.`,
        ]),
    ...(from === undefined ? [] : [`Comes from ${code(from)}.`]),
    ...gasPoint(gas?.get(label), label),
  ];
  return [
    "```ts",
    formatMethod(method),
    "```",
    "",
    ...paragraphs(method.docs),
    ...block(points.map((point) => `- ${point}`)),
    ...fieldTable("Parameter", params),
  ];
}

function gasPoint(gas: MethodGas | undefined, label: string): string[] {
  if (gas === undefined) return [];
  const figure = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, ",");
  const range = gas.min === gas.max ? figure(gas.min) : `${figure(gas.min)} to ${figure(gas.max)}`;
  return [`${label === "deploy" ? "Deployment costs" : "Costs"} ${range} gas in the project's tests.`];
}

interface RecordEntry {
  readonly name: string;
  readonly fields: readonly AbiField[];
  readonly from?: string;
  readonly docs?: string;
}

function recordLines({ name, fields, from, docs }: RecordEntry, notes: readonly string[]): string[] {
  const points = [...notes, ...(from === undefined ? [] : [`Comes from ${code(from)}.`])];
  return [
    ...heading(name),
    ...paragraphs(docs),
    ...block(points.map((point) => `- ${point}`)),
    ...(fields.length === 0 ? ["It has no fields.", ""] : fieldTable("Field", fields)),
  ];
}

function eventNote(fields: readonly AbiField[]): string[] {
  const indexed = fields.filter((field) => field.indexed === true).map(({ name }) => code(name));
  return indexed.length === 0 ? [] : [`Can be searched by ${indexed.join(", ")}.`];
}

function errorLines(error: AbiErrorEntry): string[] {
  const text = error.message === undefined ? [] : [`Says: ${code(error.message)}.`];
  return recordLines(error, [`Code ${code(formatCode(error))}.`, ...text]);
}

function messageLines({ messages = [] }: Abi): string[] {
  if (messages.length === 0) return [];
  const rows = messages.map((message) => [code(formatCode(message), true), plain(message.text)]);
  return [
    ...heading("Texts kept off chain"),
    "Revert data is the code alone.",
    "",
    ...block(table(["Code", "Text"], rows)),
  ];
}

function stateLines({ state }: Abi): string[] {
  const hasDocs = state.some(({ docs }) => docs !== undefined);
  const rows = state.map((slot) => [
    code(slot.name, true),
    code(formatSlot(slot), true) + (slot.from === undefined ? "" : `, of ${code(slot.from, true)}`),
    slotKeys(slot)
      .map(([key, holds]) => (slotKeys(slot).length === 1 ? code(key, true) : `${code(key, true)} ${cell(holds)}`))
      .join("<br>"),
    ...(hasDocs ? [cell(slot.docs ?? "")] : []),
  ]);
  if (rows.length === 0) return [];
  return [
    ...block(table(["Field", "Type", "Storage keys", ...(hasDocs ? ["What it is"] : [])], rows)),
    "Keys are UTF-8; what stands in ‹› is in Borsh.",
    "",
  ];
}
