// Remembers which of the author's statements and calls is being compiled: a mistake that asc finds in the SDK's generic code comes from it.

import type { AscNode, Compile, Hook } from "./asc-internals.js";
import { currentSession } from "./checked-session.js";

/** Keeps the session's innermost statement or call of the author's, and the one at which asc itself failed. */
export function hookCalls(hook: Hook): void {
  for (const name of ["compileStatement", "compileCallExpression", "compileNewExpression"]) {
    hook<Compile>(
      name,
      (original) =>
        function (node, type, constraints) {
          const session = currentSession();
          if (session === undefined || !session.files.has(node.range.source.normalizedPath)) {
            return original.call(this, node, type, constraints);
          }
          const before = session.call;
          session.call = node;
          try {
            return original.call(this, node, type, constraints);
          } catch (error) {
            session.crashedAt ??= node;
            throw error;
          } finally {
            session.call = before;
          }
        },
    );
  }
}

/** Where each of a program's diagnostics comes from: the author's call that was being compiled when it was made. */
export function watchDiagnostics(program: object): WeakMap<object, AscNode> {
  const origins = new WeakMap<object, AscNode>();
  const { diagnostics } = program as { diagnostics?: object[] };
  if (!Array.isArray(diagnostics)) return origins;
  const push = diagnostics.push.bind(diagnostics);
  diagnostics.push = (...items: object[]) => {
    const call = currentSession()?.call;
    if (call !== undefined) for (const item of items) origins.set(item, call);
    return push(...items);
  };
  return origins;
}
