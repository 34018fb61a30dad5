// Finds the stored fields of a wide integer type that a loop uses, directly or in a method that it calls: these get a cell
// (write-wide-state). For all others the shorter code, which takes new memory for every value, is enough.

import { ts } from "ts-morph";
import type { LinkedContract } from "./link-contract.js";
import type { ContractModel, MethodModel, SlotModel, SourceModel, Span } from "./model.js";

const WIDE = /^[ui](128|256)$/;

/** Names of the fields that get a cell. */
export function fieldsWithCell(contract: LinkedContract, sources: readonly SourceModel[]): ReadonlySet<string> {
  const wide = contract.slots.filter(isWideField);
  if (wide.length === 0) return new Set();
  const inLoops = textInLoops(contract, sources);
  return new Set(wide.map(({ name }) => name).filter((name) => new RegExp(`\\.\\s*${name}\\b`).test(inLoops)));
}

function isWideField({ kind, type }: SlotModel): boolean {
  return kind === "value" && typeof type.abi === "string" && WIDE.test(type.abi);
}

/** The text of all loops, and of all methods that they may call: any of the lineage with that name. */
function textInLoops({ lineage }: LinkedContract, sources: readonly SourceModel[]): string {
  const texts = new Map(sources.map(({ file, text }) => [file, text]));
  const textOf = (owner: ContractModel, { start, end }: Span) => (texts.get(owner.file) ?? "").slice(start, end);
  const called = new Set<MethodModel>();
  const found: string[] = [];
  const add = (method: MethodModel, inLoop: (span: Span) => boolean): void => {
    for (const { kind, name, span } of method.body.calls) {
      if ((kind !== "method" && kind !== "super") || !inLoop(span)) continue;
      for (const owner of lineage) {
        const callee = owner.methods.find((other) => other.name === name);
        if (callee === undefined || called.has(callee)) continue;
        called.add(callee);
        found.push(textOf(owner, callee.span));
        add(callee, () => true);
      }
    }
  };
  for (const owner of lineage) {
    const loops = findLoops(texts.get(owner.file) ?? "");
    found.push(...loops.map((loop) => textOf(owner, loop)));
    for (const method of owner.methods) {
      add(method, (span) => loops.some((loop) => loop.start <= span.start && span.end <= loop.end));
    }
  }
  return found.join("\n");
}

function findLoops(text: string): Span[] {
  const loops: Span[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isForStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node)) {
      loops.push({ start: node.getStart(), end: node.getEnd() });
    } else ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("contract.ts", text, ts.ScriptTarget.Latest, true));
  return loops;
}
