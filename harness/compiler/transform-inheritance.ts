// Base contracts as asc sees them: one class extends the next, in the order in which methods are looked up. A method that
// several of them have gets a name for each version, and in the class at the end of the line its own name calls the last
// version: so a call from a base reaches what overrides it, and `super` the one before, without a table at run time.

import type { LinkedContract } from "./link-contract.js";
import type { ContractModel, MethodModel } from "./model.js";
import { insertText, type TextEdit } from "./text-edits.js";
import { importPath } from "./write-glue.js";

/** The edits of one class of the lineage; imports that they need are added to `imports`. */
export function inheritanceEdits(own: ContractModel, contract: LinkedContract, imports: string[]): TextEdit[] {
  const { lineage, overridden } = contract;
  const next = lineage[lineage.indexOf(own) + 1];
  const edits: TextEdit[] = [];
  if (next !== undefined && own.heritage !== undefined) {
    edits.push({ span: own.heritage, text: `extends ${importClass(own, next, imports)}`, anchor: own.heritage.start });
  } else if (next !== undefined) {
    edits.push(insertText(own.nameSpan.end, ` extends ${importClass(own, next, imports)}`));
  }
  for (const method of own.methods) {
    if (overridden.has(method.name)) edits.push(...versionEdits(own, method, contract, imports));
    for (const { name, span } of method.superUses) {
      const before = lineage.slice(lineage.indexOf(own) + 1).find((base) => declares(base, name));
      if (before !== undefined && overridden.has(name)) {
        edits.push({ span, text: versionName(name, before), anchor: span.start });
      }
    }
  }
  return edits;
}

/** Renames a version; the class farthest from the contract gets the method that calls the last one. */
function versionEdits(
  own: ContractModel,
  method: MethodModel,
  contract: LinkedContract,
  imports: string[],
): TextEdit[] {
  const { name, nameSpan, span, params, result, bodySpan } = method;
  const versions = contract.lineage.filter((item) => declares(item, name));
  const edits: TextEdit[] = [];
  if (bodySpan === undefined) edits.push({ span, text: "" });
  else edits.push({ span: nameSpan, text: versionName(name, own), anchor: nameSpan.start });
  const last = versions[0] as ContractModel;
  if (versions.at(-1) !== own) return edits;
  const access = method.access === "public" ? "" : "protected ";
  const list = params.map((param) => `${param.name}: ${param.type.asc}`).join(", ");
  const target = `changetype<${last === own ? own.name : importClass(own, last, imports)}>(0)`;
  const call = `${target}.${versionName(name, last)}(${params.map((param) => param.name).join(", ")});`;
  const body = result === undefined ? `void { ${call} }` : `${result.asc} { return ${call} }`;
  edits.push(insertText(own.closing, ` ${access}${name}(${list}): ${body} `));
  return edits;
}

function versionName(name: string, owner: ContractModel): string {
  return `${name}$${owner.name}`;
}

function declares(contract: ContractModel, name: string): boolean {
  return contract.methods.some((method) => method.name === name && !method.isStatic && !method.isAccessor);
}

/** The name by which a file knows a class of the lineage: one of its own, whatever the author imports. */
function importClass(own: ContractModel, other: ContractModel, imports: string[]): string {
  if (other.file === own.file) return other.name;
  const alias = `__class_${other.name}`;
  const line = `import { ${other.name} as ${alias} } from "${importPath(own.file, other.file)}";\n`;
  if (!imports.includes(line)) imports.push(line);
  return alias;
}
