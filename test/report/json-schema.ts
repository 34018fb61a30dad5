// Checks a value against a published schema, the gas report's or the interface's: the few keywords of JSON Schema that
// they use, as draft 2020-12 defines them.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../house/source-files.js";

interface Schema {
  readonly $ref?: string;
  readonly type?: string | string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly oneOf?: readonly Schema[];
  readonly required?: readonly string[];
  readonly properties?: Record<string, Schema>;
  readonly additionalProperties?: boolean;
  readonly items?: Schema;
  readonly $defs?: Record<string, Schema>;
}

const KNOWN = new Set(
  (
    "$schema $id $ref $defs title description type const enum pattern minLength minimum maximum minItems maxItems " +
    "uniqueItems oneOf required properties additionalProperties items"
  ).split(" "),
);

/** Every difference, as `path: what`. The schema is the gas report's unless another file is named. */
export function checkAgainstSchema(value: unknown, file = "harness/report/gas-report.schema.json"): string[] {
  const root = JSON.parse(readFileSync(join(ROOT, file), "utf8")) as Schema;
  return findProblems(root, root, value, "report");
}

function findProblems(root: Schema, schema: Schema, item: unknown, path: string): string[] {
  const problems: string[] = [];
  const visit = (inner: Schema, part: unknown, at: string) =>
    void problems.push(...findProblems(root, inner, part, at));
  const strange = Object.keys(schema).filter((key) => !KNOWN.has(key));
  if (strange.length > 0) problems.push(`${path}: keywords ${strange} are not checked`);
  if (schema.$ref !== undefined) visit(root.$defs?.[schema.$ref.replace("#/$defs/", "")] as Schema, item, path);
  if (schema.oneOf !== undefined) {
    const found = schema.oneOf.map((form) => findProblems(root, form, item, path));
    const fitting = found.filter((list) => list.length === 0).length;
    if (fitting !== 1) problems.push(`${path}: fits ${fitting} forms`, ...(fitting === 0 ? found.flat() : []));
  }
  const type =
    item === null ? "null" : Array.isArray(item) ? "array" : Number.isInteger(item) ? "integer" : typeof item;
  if (schema.type !== undefined && ![schema.type].flat().includes(type)) problems.push(`${path}: ${type}`);
  if (schema.const !== undefined && schema.const !== item) problems.push(`${path}: not ${schema.const}`);
  if (schema.enum !== undefined && !schema.enum.includes(item)) problems.push(`${path}: not one of ${schema.enum}`);
  if (typeof item === "string") {
    if (schema.pattern !== undefined && !new RegExp(schema.pattern, "u").test(item)) problems.push(`${path}: ${item}`);
    if (item.length < (schema.minLength ?? 0)) problems.push(`${path}: too short`);
  }
  if (typeof item === "number") {
    if (item < (schema.minimum ?? item) || item > (schema.maximum ?? item)) problems.push(`${path}: ${item}`);
  }
  if (Array.isArray(item)) {
    const { minItems = 0, maxItems = item.length } = schema;
    if (item.length < minItems || item.length > maxItems) problems.push(`${path}: ${item.length} items`);
    const distinct = new Set(item.map((part) => JSON.stringify(part))).size;
    if (schema.uniqueItems === true && distinct < item.length) problems.push(`${path}: twins`);
    for (const [index, part] of item.entries()) visit(schema.items ?? {}, part, `${path}[${index}]`);
  }
  if (type !== "object") return problems;
  const fields = item as Record<string, unknown>;
  for (const name of schema.required ?? []) if (!(name in fields)) problems.push(`${path}: lacks ${name}`);
  for (const [name, part] of Object.entries(fields)) {
    const known = Object.hasOwn(schema.properties ?? {}, name) ? schema.properties?.[name] : undefined;
    if (known !== undefined) visit(known, part, `${path}.${name}`);
    else if (schema.additionalProperties === false) problems.push(`${path}: has ${name}`);
  }
  return problems;
}
