// Base contracts as asc sees them: one class extends the next, in the order in which methods are looked up. Where several
// of them have a member of one name, each has a name of its own in asc's text, and a member of the shared name calls the
// last version: so a call from a base reaches what overrides it, and `super` the one before, without a table at run time
// (asc's own needs a `this`, which a contract has not). Private members are called by their own names.

import type { Family, Version } from "./lineage-members.js";
import type { LinkedContract } from "./link-contract.js";
import type { ContractModel, MemberUse } from "./model.js";
import { insertText, type TextEdit } from "./text-edits.js";
import { importPath } from "./write-glue.js";

/** The edits of one class of the lineage; imports that they need are added to `imports`. */
export function inheritanceEdits(own: ContractModel, contract: LinkedContract, imports: string[]): TextEdit[] {
  const { lineage, ascNames, families } = contract;
  const next = lineage[lineage.indexOf(own) + 1];
  const importClass = (other: ContractModel) => classNameIn(own, other, lineage, imports);
  const edits: TextEdit[] = [];
  if (next !== undefined && own.heritage !== undefined) {
    edits.push({ span: own.heritage, text: `extends ${importClass(next)}`, anchor: own.heritage.start });
  } else if (next !== undefined) {
    edits.push(insertText(own.nameSpan.end, ` extends ${importClass(next)}`));
  }
  for (const method of own.methods) {
    const name = ascNames.get(method) ?? method.name;
    if (name === method.name) continue;
    const { span, nameSpan, bodySpan, overrideSpan } = method;
    // Under its own name it overrides nothing that asc knows of.
    if (overrideSpan !== undefined && bodySpan !== undefined) edits.push({ span: overrideSpan, text: "" });
    edits.push(bodySpan === undefined ? { span, text: "" } : { span: nameSpan, text: name, anchor: nameSpan.start });
  }
  for (const use of [...own.methods, ...own.slots].flatMap(({ uses }) => uses)) {
    const name = nameOfUse(use, own, contract);
    if (name !== use.name) edits.push({ span: use.span, text: name, anchor: use.span.start });
  }
  const shared = families.filter((family) => callsLast(family, contract) && holderOf(family, contract) === own);
  const calls = shared.map((family) => ` ${writeCaller(family, contract, importClass)}`);
  if (calls.length > 0) edits.push(insertText(own.closing, `${calls.join("")} `));
  return edits;
}

/** What a member that the code of a class names is called in asc's text. */
function nameOfUse(
  { by, name }: MemberUse,
  own: ContractModel,
  { families, lineage, ascNames }: LinkedContract,
): string {
  const named = families.filter((family) => family.name === name && (by === "this" || !family.isPrivate));
  const isOwn = (family: Family) => family.isPrivate && family.versions[0]?.owner === own;
  const below = lineage.slice(lineage.indexOf(own) + 1);
  const meant =
    by === "this"
      ? named.find(isOwn)?.versions[0]
      : below.flatMap((owner) => named.flatMap(({ versions }) => versions.filter((item) => item.owner === owner)))[0];
  return (meant && ascNames.get(meant.method)) ?? name;
}

/** Whether a member of the shared name is made that calls the last version. */
function callsLast({ isPrivate, name, versions }: Family, { ascNames }: LinkedContract): boolean {
  const [last] = versions as [Version, ...Version[]];
  return !isPrivate && ascNames.get(last.method) !== name;
}

/** The class that gets it: the farthest from the contract, so that the code of all can name it. Accessors stay together. */
function holderOf({ name, accessor, versions }: Family, { families, lineage }: LinkedContract): ContractModel {
  const together = families.filter((item) => item.name === name && item.accessor !== undefined && !item.isPrivate);
  const owners = (accessor === undefined ? [{ versions }] : together).map((item) => item.versions.at(-1)?.owner);
  const far = Math.max(...owners.map((owner) => lineage.indexOf(owner as ContractModel)));
  return lineage[far] as ContractModel;
}

/** Its text. Types and parameters are written as its class knows them; what is left out is what the last version says. */
function writeCaller(
  { name, accessor, versions }: Family,
  { ascNames }: LinkedContract,
  importClass: (other: ContractModel) => string,
): string {
  const last = versions[0] as Version;
  const { method: first } = versions.at(-1) as Version;
  const target = `changetype<${importClass(last.owner)}>(0).${ascNames.get(last.method)}`;
  const access = first.access === "public" ? "" : "protected ";
  const params = first.params.map((param, index) => {
    const literal = last.method.params[index]?.literal;
    return `$${index}: ${param.type.asc}${literal === undefined ? "" : ` = ${literal}`}`;
  });
  const args = first.params.map((_, index) => `$${index}`).join(", ");
  if (accessor === "set") return `${access}set ${name}(${params.join(", ")}) { ${target} = ${args}; }`;
  if (accessor === "get") return `${access}get ${name}(): ${first.result?.asc ?? "void"} { return ${target}; }`;
  const types = first.typeParams.length === 0 ? "" : `<${first.typeParams.join(", ")}>`;
  const call = `${target}${types}(${args});`;
  const body = first.result === undefined ? `void { ${call} }` : `${first.result.asc} { return ${call} }`;
  return `${access}${name}${types}(${params.join(", ")}): ${body}`;
}

/** The name by which a file knows a class of the lineage: one of its own, whatever the author imports. */
function classNameIn(
  own: ContractModel,
  other: ContractModel,
  lineage: readonly ContractModel[],
  imports: string[],
): string {
  if (other.file === own.file) return other.name;
  const alias = `__class${lineage.indexOf(other)}_${other.name}`;
  const line = `import { ${other.name} as ${alias} } from "${importPath(own.file, other.file)}";\n`;
  if (!imports.includes(line)) imports.push(line);
  return alias;
}
