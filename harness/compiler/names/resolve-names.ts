// Which declaration a name in a contract's source means: a local, something at the top of a file of the project, a member
// of a class, an export of the SDK, a global of AssemblyScript. Looks through imports under any name, `import * as`,
// re-exports and barrels, namespaces and shadowing. Syntax alone: TypeScript's checker is too slow to start.

import { ts } from "ts-morph";
import { exportedNames, findExport, type ModuleFiles } from "./module-exports.js";
import {
  basesOf,
  findAround,
  findMember,
  isNamedDeclaration,
  isPlainName,
  isRightName,
  meaningOf,
  outerOf,
  placeOf,
  textOf,
  thisOf,
  withoutCasts,
} from "./name-places.js";
import { hasMeaning, isImportBinding, type Meaning, scopeOf } from "./scopes.js";

/** What a name means. */
export type Named =
  /** A declaration in a file of the project or of the SDK's contracts. */
  | {
      readonly from: "project";
      readonly file: string;
      readonly name: string;
      readonly node: ts.Node;
      /** `top` at the top of its file, `local` inside of a function, `member` of a class, enum or namespace. */
      readonly place: "top" | "local" | "member";
    }
  /** An export of `qwvm/sdk-as`, by its own name; `*` for all of it, as `import * as` gives. */
  | { readonly from: "sdk"; readonly name: string }
  /** A file of the project as a whole, as `import * as` gives. */
  | { readonly from: "module"; readonly file: string }
  /** Nothing in the file declares it: AssemblyScript's own. */
  | { readonly from: "global"; readonly name: string }
  /** An import that leads nowhere, or a member of something that syntax does not tell. */
  | { readonly from: "unknown"; readonly name: string };

/** The resolver of all files of a build. */
export interface Names {
  /** What an identifier, a property access (`NS.Color`, `this.total`) or a qualified type name means. */
  resolve(node: ts.Node): Named;
  /** As `resolve`, and what a `const` without a type of its own was given: `const c = context`. */
  resolveThrough(node: ts.Node): Named;
  /** The name of the SDK's export that a node means, imported or not; undefined when it means something else. */
  sdkName(node: ts.Node): string | undefined;
  /** Whether a node means the global of AssemblyScript of that name. */
  isGlobal(node: ts.Node, name: string): boolean;
  /** What a name means at a place, whether or not it stands there. */
  lookUp(name: string, at: ts.Node, meaning: Meaning): Named;
  /** The member of a class, or of one it extends. */
  memberOf(owner: ts.ClassLikeDeclaration, name: string, isStatic: boolean): Named;
  /** What a file exports under a name. */
  exportOf(file: string, name: string): Named;
}

/** Makes the resolver. `files` are parsed with their parents set; `resolveImport` says where a specifier leads. */
export function makeNames(
  files: ReadonlyMap<string, ts.SourceFile>,
  resolveImport: ModuleFiles["resolveImport"],
  sdkNames: ReadonlySet<string>,
): Names {
  return new Resolver({ files, resolveImport, sdkNames });
}

class Resolver implements Names {
  readonly #modules: ModuleFiles;
  readonly #fileOf = new Map<ts.SourceFile, string>();
  readonly #known = new WeakMap<ts.Node, Named>();

  constructor(modules: ModuleFiles) {
    this.#modules = modules;
    for (const [file, node] of modules.files) this.#fileOf.set(node, file);
  }

  resolve(node: ts.Node): Named {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    // A declaration that leads back to itself is found here.
    this.#known.set(node, unknown(textOf(node)));
    const found = this.#find(node);
    this.#known.set(node, found);
    return found;
  }

  resolveThrough(node: ts.Node): Named {
    const seen = new Set<ts.Node>();
    let named = this.resolve(withoutCasts(node));
    while (named.from === "project" && ts.isVariableDeclaration(named.node) && !seen.has(named.node)) {
      const { node: declaration } = named;
      seen.add(declaration);
      const isConst = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
      const value = declaration.initializer === undefined ? undefined : withoutCasts(declaration.initializer);
      if (!isConst || value === undefined) break;
      if (!ts.isIdentifier(value) && !ts.isPropertyAccessExpression(value)) break;
      const next = this.resolve(value);
      if (next.from === "unknown") break;
      named = next;
    }
    return named;
  }

  sdkName(node: ts.Node): string | undefined {
    const named = this.resolve(withoutCasts(node));
    if (named.from === "sdk") return named.name;
    // What was forgotten to be imported is meant all the same; asc says that it is missing.
    return named.from === "global" && this.#modules.sdkNames.has(named.name) ? named.name : undefined;
  }

  isGlobal(node: ts.Node, name: string): boolean {
    const named = this.resolve(node);
    return named.from === "global" && named.name === name;
  }

  lookUp(name: string, at: ts.Node, meaning: Meaning): Named {
    for (let scope: ts.Node | undefined = at; scope !== undefined; scope = outerOf(scope)) {
      const declaration = this.#declaredIn(scope, name)?.find((found) => hasMeaning(found, meaning));
      if (declaration !== undefined) return this.#declared(declaration, name);
    }
    return { from: "global", name };
  }

  memberOf(owner: ts.ClassLikeDeclaration, name: string, isStatic: boolean): Named {
    const seen = new Set<ts.Node>();
    const pending: ts.ClassLikeDeclaration[] = [owner];
    for (let at = pending.shift(); at !== undefined; at = pending.shift()) {
      if (seen.has(at)) continue;
      seen.add(at);
      const found = findMember(at, name, isStatic);
      if (found !== undefined) return this.#project(found, name, "member");
      for (const base of basesOf(at)) {
        const named = this.resolve(base);
        if (named.from === "project" && ts.isClassLike(named.node)) pending.push(named.node);
      }
    }
    return unknown(name);
  }

  exportOf(file: string, name: string): Named {
    const found = findExport(this.#modules, file, name);
    if (found === undefined) return unknown(name);
    if ("sdk" in found) return { from: "sdk", name: found.sdk };
    if ("module" in found) return { from: "module", file: found.module };
    return found.expression ? this.resolve(found.node) : this.#declared(found.node, name);
  }

  /** The names of a scope; a part of a namespace sees what its other parts export. */
  #declaredIn(scope: ts.Node, name: string): readonly ts.Node[] | undefined {
    const own = scopeOf(scope).get(name);
    if (own !== undefined || !ts.isModuleBlock(scope) || !ts.isModuleDeclaration(scope.parent)) return own;
    return this.#partsOf(scope.parent).flatMap((part) => exportedNames(part).get(name) ?? []);
  }

  /** All declarations of a namespace, of which each adds to the others. */
  #partsOf(node: ts.ModuleDeclaration): ts.ModuleDeclaration[] {
    const around = ts.isModuleBlock(node.parent) ? node.parent.parent : node.parent;
    if (!ts.isModuleDeclaration(around)) {
      return (scopeOf(node.parent).get(node.name.text) ?? [node]).filter(ts.isModuleDeclaration);
    }
    const parts = this.#partsOf(around).flatMap((part) => [
      ...(exportedNames(part).get(node.name.text) ?? []),
      ...(part.body === undefined ? [] : (scopeOf(part.body).get(node.name.text) ?? [])),
    ]);
    return [...new Set([node, ...parts.filter(ts.isModuleDeclaration)])];
  }

  #find(node: ts.Node): Named {
    if (ts.isPropertyAccessExpression(node)) return this.#member(node.expression, node.name.text);
    if (ts.isQualifiedName(node)) return this.#member(node.left, node.right.text);
    if (ts.isExpressionWithTypeArguments(node)) return this.resolve(node.expression);
    if (ts.isTypeReferenceNode(node)) return this.resolve(node.typeName);
    if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node)) return this.resolve(node.expression);
    if (!ts.isIdentifier(node)) return unknown(textOf(node));
    const { parent } = node;
    if ((ts.isPropertyAccessExpression(parent) && parent.name === node) || isRightName(parent, node)) {
      return this.resolve(parent);
    }
    if (ts.isImportSpecifier(parent)) return this.#imported(parent);
    if (ts.isExportSpecifier(parent)) return this.#exported(parent);
    if (ts.isNamespaceExport(parent)) {
      const { moduleSpecifier } = parent.parent;
      return (moduleSpecifier && this.#moduleOf(moduleSpecifier)) ?? unknown(node.text);
    }
    if ((isNamedDeclaration(parent) || isImportBinding(parent)) && parent.name === node) {
      return this.#declared(parent, node.text);
    }
    if (isPlainName(node)) return unknown(node.text);
    return this.lookUp(node.text, node, meaningOf(node));
  }

  #declared(node: ts.Node, name: string): Named {
    if (isImportBinding(node)) return this.#imported(node);
    return this.#project(node, name, placeOf(node));
  }

  #project(node: ts.Node, name: string, place: "top" | "local" | "member"): Named {
    return { from: "project", file: this.#fileOf.get(node.getSourceFile()) ?? "", name, node, place };
  }

  #imported(node: ts.ImportSpecifier | ts.NamespaceImport | ts.ImportClause | ts.ImportEqualsDeclaration): Named {
    if (ts.isImportEqualsDeclaration(node)) {
      const { moduleReference } = node;
      return ts.isExternalModuleReference(moduleReference) ? unknown(node.name.text) : this.resolve(moduleReference);
    }
    const declaration = findAround(node, ts.isImportDeclaration);
    const target = declaration && this.#moduleOf(declaration.moduleSpecifier);
    if (target === undefined) return unknown(node.name?.text ?? "");
    if (ts.isNamespaceImport(node)) return target;
    const name = ts.isImportClause(node) ? "default" : (node.propertyName ?? node.name).text;
    return this.#exportOfModule(target, name);
  }

  #exported(node: ts.ExportSpecifier): Named {
    const from = node.parent.parent.moduleSpecifier;
    const name = (node.propertyName ?? node.name).text;
    if (from !== undefined) {
      const target = this.#moduleOf(from);
      return target === undefined ? unknown(name) : this.#exportOfModule(target, name);
    }
    for (const meaning of ["value", "type", "namespace"] as const) {
      const found = this.lookUp(name, node.getSourceFile(), meaning);
      if (found.from !== "global") return found;
    }
    return { from: "global", name };
  }

  #moduleOf(specifier: ts.Expression): Extract<Named, { from: "module" | "sdk" }> | undefined {
    if (!ts.isStringLiteral(specifier)) return undefined;
    if (specifier.text === SDK) return { from: "sdk", name: "*" };
    const file = this.#modules.resolveImport(this.#fileOf.get(specifier.getSourceFile()) ?? "", specifier.text);
    return file === undefined ? undefined : { from: "module", file };
  }

  #exportOfModule(module: Named, name: string): Named {
    if (module.from === "sdk") return { from: "sdk", name };
    return module.from === "module" ? this.exportOf(module.file, name) : unknown(name);
  }

  #member(left: ts.Node, name: string): Named {
    if (left.kind === ts.SyntaxKind.ThisKeyword || left.kind === ts.SyntaxKind.SuperKeyword) {
      const around = thisOf(left);
      if (around === undefined) return unknown(name);
      if (left.kind === ts.SyntaxKind.ThisKeyword) return this.memberOf(around.owner, name, around.isStatic);
      for (const base of basesOf(around.owner)) {
        const named = this.resolve(base);
        const found =
          named.from === "project" && ts.isClassLike(named.node)
            ? this.memberOf(named.node, name, around.isStatic)
            : unknown(name);
        if (found.from !== "unknown") return found;
      }
      return unknown(name);
    }
    const owner = this.resolve(left);
    const made = owner.from === "project" ? this.#classOf(owner.node) : undefined;
    if (made !== undefined) return this.memberOf(made, name, false);
    if (owner.from === "module") return this.exportOf(owner.file, name);
    if (owner.from === "sdk") return owner.name === "*" ? { from: "sdk", name } : unknown(name);
    if (owner.from !== "project") return unknown(name);
    return this.#memberOfDeclaration(owner.node, name);
  }

  /** The class whose instance a variable or parameter holds: by its type, by `new`, or by `const self = this`. */
  #classOf(node: ts.Node): ts.ClassLikeDeclaration | undefined {
    if (!ts.isVariableDeclaration(node) && !ts.isParameter(node) && !ts.isPropertyDeclaration(node)) return undefined;
    const { type, initializer } = node;
    if (type === undefined && initializer?.kind === ts.SyntaxKind.ThisKeyword) {
      const around = thisOf(initializer);
      return around === undefined || around.isStatic ? undefined : around.owner;
    }
    const named =
      type ?? (initializer !== undefined && ts.isNewExpression(initializer) ? initializer.expression : undefined);
    if (named === undefined || !(ts.isTypeReferenceNode(named) || ts.isExpression(named))) return undefined;
    const found = this.resolve(named);
    return found.from === "project" && ts.isClassLike(found.node) ? found.node : undefined;
  }

  #memberOfDeclaration(node: ts.Node, name: string): Named {
    if (ts.isClassLike(node)) {
      const found = this.memberOf(node, name, true);
      if (found.from !== "unknown") return found;
    }
    if (ts.isEnumDeclaration(node)) {
      const member = scopeOf(node).get(name)?.[0];
      if (member !== undefined) return this.#project(member, name, "member");
    }
    // A namespace may share its name with a class, a function or an enum.
    const around = outerOf(node);
    const named = "name" in node && node.name !== undefined ? textOf(node.name as ts.Node) : "";
    const merged = around === undefined ? undefined : this.#declaredIn(around, named);
    const parts = ts.isModuleDeclaration(node) ? this.#partsOf(node) : (merged ?? []).filter(ts.isModuleDeclaration);
    for (const part of parts) {
      const found = exportedNames(part).get(name)?.[0];
      if (found !== undefined) {
        return ts.isExportSpecifier(found) ? this.#exported(found) : this.#project(found, name, "member");
      }
    }
    return unknown(name);
  }
}

const SDK = "qwvm/sdk-as";

function unknown(name: string): Named {
  return { from: "unknown", name };
}
