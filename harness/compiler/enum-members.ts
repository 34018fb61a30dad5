// How many members the enum in a type has: what the SDK's `membersOf<T>()` asks. To asc's types an enum is a byte, so that
// a function of the SDK that is given the type, such as `decode<Color>(bytes)`, could not tell which bytes are members.

import type { AscCompiler, AscInternals, AscNode, AscProgram, AscType, Compile, Hook } from "./asc-internals.js";
import { currentSession, type Session } from "./checked-session.js";
import { enumName } from "./enum-types.js";

export function hookEnumMembers(asc: AscInternals, hook: Hook): void {
  hook<Compile>(
    "compileCallExpression",
    (original) =>
      function (node, type, constraints) {
        const current = currentSession();
        const asked = current === undefined ? undefined : askedType(this, current, node);
        if (current === undefined || asked === undefined) return original.call(this, node, type, constraints);
        this.currentType = asc.Type.u32;
        return this.module.i32(countMembers(asc, this.program, current, asked));
      },
  );
}

function askedType(compiler: AscCompiler, current: Session, node: AscNode): AscType | undefined {
  const [written] = node.typeArguments ?? [];
  if (written === undefined || node.expression?.text !== "membersOf") return undefined;
  if (!node.range.source.normalizedPath.startsWith(current.sdk)) return undefined;
  const flow = compiler.currentFlow;
  return (
    compiler.resolver.resolveType(written, flow, flow.sourceFunction, new Map(flow.contextualTypeArguments)) ??
    undefined
  );
}

/** Of an enum, an option, or an array of such: 0 if there is no enum in it. Structs check their own. */
function countMembers(asc: AscInternals, program: AscProgram, current: Session, type: AscType): number {
  const name = enumName(type);
  if (name !== undefined) return countOf(asc, program, current, name);
  const found = type.getClass();
  const [item] = found?.typeArguments ?? [];
  if (found == null || item === undefined) return 0;
  const isList = /^~lib\/(array\/Array|qwvm\/sdk-as\/types\/fixed-array\/FixedArray)</.test(found.internalName);
  return isList ? countMembers(asc, program, current, item) : 0;
}

/** A contract needs one enum of a name; where its files have more, a byte has to be a member of each. */
function countOf(asc: AscInternals, program: AscProgram, { files }: Session, name: string): number {
  const counts: number[] = [];
  for (const element of program.elementsByName.values() as Iterable<EnumElement>) {
    if (element.kind !== asc.ElementKind["Enum"] || element.name !== name) continue;
    if (files.has(element.declaration.range.source.normalizedPath)) counts.push(element.members?.size ?? 0);
  }
  return counts.length === 0 ? 0 : Math.min(...counts);
}

interface EnumElement {
  readonly kind: number;
  readonly name: string;
  readonly declaration: AscNode;
  readonly members: ReadonlyMap<string, object> | null;
}
