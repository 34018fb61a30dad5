// Checks a value against the published schema of the gas report: the few keywords of JSON Schema that it uses.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../house/source-files.js";

interface Schema {
  readonly $ref?: string;
  readonly type?: string | string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly required?: readonly string[];
  readonly properties?: Record<string, Schema>;
  readonly additionalProperties?: boolean;
  readonly items?: Schema;
  readonly $defs?: Record<string, Schema>;
}

const KNOWN = new Set(
  "$schema $ref $defs title description type const enum pattern minimum required properties additionalProperties items".split(
    " ",
  ),
);

/** Every difference, as `path: what`. */
export function checkAgainstSchema(value: unknown): string[] {
  const root = JSON.parse(readFileSync(join(ROOT, "harness/report/gas-report.schema.json"), "utf8")) as Schema;
  const problems: string[] = [];
  const visit = (schema: Schema, item: unknown, path: string): void => {
    const strange = Object.keys(schema).filter((key) => !KNOWN.has(key));
    if (strange.length > 0) problems.push(`${path}: keywords ${strange} are not checked`);
    if (schema.$ref !== undefined) visit(root.$defs?.[schema.$ref.replace("#/$defs/", "")] as Schema, item, path);
    const type =
      item === null ? "null" : Array.isArray(item) ? "array" : Number.isInteger(item) ? "integer" : typeof item;
    if (schema.type !== undefined && ![schema.type].flat().includes(type)) problems.push(`${path}: ${type}`);
    if (schema.const !== undefined && schema.const !== item) problems.push(`${path}: not ${schema.const}`);
    if (schema.enum !== undefined && !schema.enum.includes(item)) problems.push(`${path}: not one of ${schema.enum}`);
    if (schema.pattern !== undefined && !new RegExp(schema.pattern).test(String(item)))
      problems.push(`${path}: ${item}`);
    if (schema.minimum !== undefined && typeof item === "number" && item < schema.minimum)
      problems.push(`${path}: ${item}`);
    if (type === "array")
      for (const [index, part] of (item as unknown[]).entries()) visit(schema.items ?? {}, part, `${path}[${index}]`);
    if (type !== "object") return;
    const fields = item as Record<string, unknown>;
    for (const name of schema.required ?? []) if (!(name in fields)) problems.push(`${path}: lacks ${name}`);
    for (const [name, part] of Object.entries(fields)) {
      const known = schema.properties?.[name];
      if (known !== undefined) visit(known, part, `${path}.${name}`);
      else if (schema.additionalProperties === false) problems.push(`${path}: has ${name}`);
    }
  };
  visit(root, value, "report");
  return problems;
}
