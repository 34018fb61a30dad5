// Holds the author's code to what the classes of a contract's files declare private or protected, by the member that asc
// itself found for `item.name`, whatever `item` is.

import type { AscInternals, AscNode, ResolverHook, ResolverMethod } from "./asc-internals.js";
import { addFinding, currentSession, isAuthored } from "./checked-session.js";

/** What asc found for a name, as far as it is looked at. */
interface FoundMember {
  readonly flags: number;
  readonly name: string;
  readonly declaration?: AscNode;
  readonly parent?: FoundOwner | null;
  /** Of a member of a resolved class: what it was declared as. */
  readonly prototype?: FoundMember;
}

interface FoundOwner {
  readonly name: string;
  readonly internalName: string;
  readonly declaration?: AscNode;
  readonly prototype?: FoundOwner;
  readonly parent?: FoundOwner | null;
  /** Of a class: what it extends. */
  readonly basePrototype?: FoundOwner | null;
}

type Lookup = (
  this: never,
  node: AscNode,
  flow: AscFlowLike,
  element: FoundOwner | null,
  mode?: number,
) => FoundMember | null;

interface AscFlowLike {
  readonly sourceFunction: { readonly parent?: FoundOwner | null };
}

export function hookMemberAccess(asc: AscInternals, hookResolver: ResolverHook): void {
  const flags = asc.CommonFlags;
  hookResolver(
    "lookupPropertyAccessExpression",
    (original: ResolverMethod) =>
      function (this, ...args: never[]) {
        const found = original.apply(this, args) as FoundMember | null;
        const [node, flow] = args as unknown as Parameters<Lookup>;
        const session = currentSession();
        if (found === null || session === undefined || !isAuthored(session, node)) return found;
        const declared = found.prototype ?? found;
        const owner = declared.parent?.prototype ?? declared.parent;
        const isPrivate = ((found.flags | declared.flags) & (flags["Private"] as number)) !== 0;
        const isProtected = ((found.flags | declared.flags) & (flags["Protected"] as number)) !== 0;
        if ((!isPrivate && !isProtected) || owner?.declaration === undefined) return found;
        if (!isAuthored(session, owner.declaration) || isInside(node, owner.declaration)) return found;
        if (!isPrivate && isRelated(classOf(flow), owner)) return found;
        const name = found.name.replace(/\$.*$/, "");
        const word = isPrivate ? "private to" : "protected in";
        const hint = `Use it in ${owner.name}${isPrivate ? "" : " or a class that extends it"} alone, or write a public member there that does what is needed.`;
        addFinding(session, {
          code: "QW243",
          message: `${name} is ${word} ${owner.name}.`,
          node: node.property ?? node,
          hint,
        });
        return found;
      },
  );
}

function isInside({ range }: AscNode, { range: outer }: AscNode): boolean {
  return range.source === outer.source && outer.start <= range.start && range.end <= outer.end;
}

/** The class that a function, or the one around it, is a method of. */
function classOf({ sourceFunction }: AscFlowLike): FoundOwner | undefined {
  // A program is its own parent.
  for (let at = sourceFunction.parent; at != null && at !== at.parent; at = at.parent) {
    const declared = at.prototype ?? at;
    if ("basePrototype" in declared) return declared;
  }
  return undefined;
}

/** Whether one class extends the other: the bases of a contract stand in one line, and call each other. */
function isRelated(from: FoundOwner | undefined, owner: FoundOwner): boolean {
  const reaches = (low: FoundOwner | undefined, high: FoundOwner) => {
    for (let at: FoundOwner | null | undefined = low; at != null; at = at.basePrototype) if (at === high) return true;
    return false;
  };
  return from !== undefined && (reaches(from, owner) || reaches(owner, from));
}
