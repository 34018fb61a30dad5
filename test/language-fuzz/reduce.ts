// Smaller programs: without some methods and all that call them, without statements.

import type { ContractCall, ContractClass, Expression, Method, Program, Statement } from "./program.js";

/** The program without methods or functions of these names, and without those that call them. */
export function without(program: Program, names: readonly string[]): Program {
  const gone = new Set(names);
  const all = [...program.functions, ...program.classes.flatMap(({ methods }) => methods)];
  for (let before = -1; before !== gone.size; ) {
    before = gone.size;
    for (const method of all) if (callees(method).some((name) => gone.has(name))) gone.add(method.name);
  }
  const kept = ({ name }: Method) => !gone.has(name);
  return {
    ...program,
    functions: program.functions.filter(kept),
    ...(program.extras === undefined ? {} : { extras: program.extras.filter(({ name }) => !gone.has(name)) }),
    classes: program.classes.map((one): ContractClass => ({ ...one, methods: one.methods.filter(kept) })),
  };
}

/** The program with what the calls need, and nothing else. */
export function onlyCalled(program: Program, calls: readonly ContractCall[]): Program {
  const all = [...program.functions, ...program.classes.flatMap(({ methods }) => methods)];
  const needed = new Set(calls.map(({ method }) => method));
  for (let before = -1; before !== needed.size; ) {
    before = needed.size;
    for (const method of all) if (needed.has(method.name)) for (const name of callees(method)) needed.add(name);
  }
  return without(
    program,
    all.map(({ name }) => name).filter((name) => !needed.has(name)),
  );
}

/** Names of what a method calls. */
export function callees(method: Method): string[] {
  const found: string[] = [];
  visit(method.body, (node) => {
    if (node.kind === "call") found.push(node.callee);
    if (node.kind === "property") found.push(`get_${node.name}`);
    if (node.kind === "assignment" || node.kind === "step") {
      const { target } = node;
      if (target.kind === "property") found.push(`set_${target.name}`);
    }
    if (node.kind === "peer" && node.method !== undefined) found.push(node.method);
  });
  return found;
}

/** Every expression below a tree of statements and expressions. */
export function visit(tree: unknown, each: (node: Expression) => void): void {
  if (Array.isArray(tree)) {
    for (const part of tree) visit(part, each);
    return;
  }
  if (typeof tree !== "object" || tree === null) return;
  const node = tree as Expression | Statement;
  if (typeof node.kind === "string") each(node as Expression);
  for (const [key, part] of Object.entries(tree)) {
    if (key !== "type" && key !== "types" && key !== "collection") visit(part, each);
  }
}
