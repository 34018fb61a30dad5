// Finds the stored fields of a wide integer type that a loop uses, directly or in what it calls: these get a cell
// (write-wide-state). For all others the shorter code, which takes new memory for every value, is enough.

import { ts } from "ts-morph";
import type { LinkedContract } from "./link-contract.js";
import type { ContractModel, SlotModel, SourceModel } from "./model.js";
import { parseSources } from "./names/parsed-sources.js";
import type { Names } from "./names/resolve-names.js";

const WIDE: ReadonlySet<unknown> = new Set(["u128", "u256", "i128", "i256"]);

/** Names of the fields that get a cell. */
export function fieldsWithCell(contract: LinkedContract, sources: readonly SourceModel[]): ReadonlySet<string> {
  const wide = contract.slots.filter(isWideField);
  if (wide.length === 0) return new Set();
  const { files, names } = parseSources(sources);
  const classes = contract.lineage.flatMap((model) => classNode(model, files) ?? []);
  const reader = new LoopReader(names, classes, new Set(wide.map(({ name }) => name)));
  for (const file of files.values()) for (const loop of findLoops(file)) reader.visit(loop);
  return reader.found;
}

function isWideField({ kind, type }: SlotModel): boolean {
  return kind === "value" && WIDE.has(type.abi);
}

function classNode(
  { file, span }: ContractModel,
  files: ReadonlyMap<string, ts.SourceFile>,
): ts.ClassDeclaration | undefined {
  return files
    .get(file)
    ?.statements.filter(ts.isClassDeclaration)
    .find((node) => node.getStart() === span.start);
}

/** The outermost loops of a file. */
function findLoops(file: ts.SourceFile): ts.Node[] {
  const loops: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isForStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node)) loops.push(node);
    else ts.forEachChild(node, visit);
  };
  visit(file);
  return loops;
}

/** Looks at what runs in loops for fields of a contract. */
class LoopReader {
  readonly found = new Set<string>();
  readonly #names: Names;
  readonly #classes: readonly ts.ClassDeclaration[];
  readonly #wide: ReadonlySet<string>;
  readonly #visited = new Set<ts.Node>();

  constructor(names: Names, classes: readonly ts.ClassDeclaration[], wide: ReadonlySet<string>) {
    this.#names = names;
    this.#classes = classes;
    this.#wide = wide;
  }

  visit(node: ts.Node): void {
    if (ts.isPropertyAccessExpression(node)) this.#member(node);
    else if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) this.#follow(node.expression);
    ts.forEachChild(node, (child) => this.visit(child));
  }

  #member(node: ts.PropertyAccessExpression): void {
    const name = node.name.text;
    const named = this.#names.resolve(node);
    // Of an object that syntax does not tell, it could be the contract's.
    if (named.from === "unknown" && this.#wide.has(name)) this.found.add(name);
    if (named.from !== "project") return;
    const owner = this.#classes.find((item) => item === named.node.parent);
    if (owner === undefined) this.#follow(node);
    else if (ts.isPropertyDeclaration(named.node)) {
      if (this.#wide.has(name)) this.found.add(name);
    } else {
      // Any version of it may be the one that is called.
      for (const member of this.#classes.flatMap(({ members }) => [...members])) {
        if (member.name?.getText() === name) this.#enter(member);
      }
    }
  }

  /** Goes into a function that a name means. */
  #follow(callee: ts.Expression): void {
    const named = this.#names.resolve(callee);
    if (named.from === "project" && ts.isFunctionLike(named.node)) this.#enter(named.node);
  }

  #enter(node: ts.Node): void {
    if (this.#visited.has(node)) return;
    this.#visited.add(node);
    this.visit(node);
  }
}
