// Random calls of the peer, and large arrays after them: memory that was used before a call must not shine through.

import { expression } from "./generate-expression.js";
import { small } from "./generate-number.js";
import { number, operation } from "./generate-place.js";
import type { Expression, PeerCall, Statement } from "./program.js";
import type { Scope, Variable } from "./scope.js";
import { BOOL, BYTES, I32, INTS, type IntType, STRING, U32, U64, U256, VOID } from "./types.js";

/** A call whose failure is this call's. */
export function peerCall(scope: Scope, how: PeerCall["how"] = scope.random.chance(50) ? "raw" : "remote"): PeerCall {
  const { random } = scope;
  const make = (
    action: PeerCall["action"],
    type: PeerCall["type"],
    args: readonly Expression[],
    method?: string,
  ): PeerCall => ({
    kind: "peer",
    how,
    action,
    args,
    type: how === "raw" ? BYTES : type,
    ...(method === undefined ? {} : { method }),
  });
  const methods = scope.reentered ?? [];
  if (methods.length > 0 && random.chance(50)) {
    const method = random.pick(methods);
    const parts = method.parameters.map(({ type }) =>
      operation("encode", BYTES, [expression(type, scope, 2)], { types: [type] }),
    );
    const none: Expression = { kind: "literal", type: BYTES, value: "" };
    const args = parts.reduce<Expression>(
      (all, part) => (all === none ? part : operation("bytesConcat", BYTES, [all, part])),
      none,
    );
    return make("back", BYTES, [args], method.name);
  }
  if (random.chance(12)) return make("fail", VOID, [small(INTS["u8"] as IntType, scope, 1)]);
  if (random.chance(15))
    return make("text", STRING, [number(U32, random.pick([0, 1, 7, 300, 40_000, 65_531, 65_532]))]);
  return make("ping", U64, []);
}

/** A call whose failure is survived, and the variables that say how it ended. */
export function attempt(scope: Scope): { statement: Statement; variables: readonly Variable[] } {
  return attemptOf(peerCall(scope, "remote"), scope);
}

export function attemptOf(call: PeerCall, scope: Scope): { statement: Statement; variables: readonly Variable[] } {
  const how = scope.random.chance(50) ? "catching" : "try";
  const [result, failed, data] = [scope.newName(), scope.newName(), scope.newName()];
  const variable = (name: string, type: Variable["type"]): Variable => ({ name, type, mutable: false, owned: false });
  const type = how === "try" ? BYTES : call.type;
  return {
    statement: { kind: "attempt", how, call, result, failed, data },
    variables: [...(type === VOID ? [] : [variable(result, type)]), variable(failed, BOOL), variable(data, BYTES)],
  };
}

/** An array of some hundred numbers and their sum: more memory than an answer of another contract takes. */
export function bulk(scope: Scope): { statements: readonly Statement[]; variables: readonly Variable[] } {
  const { random } = scope;
  const [list, sum, i, j] = [scope.newName(), scope.newName(), scope.newName(), scope.newName()];
  const type = { kind: "array", of: U256 } as const;
  const local = (name: string, of: Expression["type"]): Expression => ({ kind: "local", name, type: of });
  const item: Expression = {
    kind: "binary",
    type: U256,
    operator: "*",
    left: { kind: "cast", type: U256, of: local(i, I32) },
    right: number(U256, 1 + random.below(5)),
  };
  const added: Expression = { kind: "index", type: U256, of: local(list, type), at: local(j, I32) };
  const count = number(I32, 200 + random.below(500));
  return {
    statements: [
      { kind: "let", name: list, type, value: { kind: "array-literal", type, items: [] }, typed: true },
      {
        kind: "for",
        name: i,
        type: I32,
        from: number(I32, 0),
        to: count,
        body: [{ kind: "expression", value: operation("push", VOID, [local(list, type), item], { types: [U256] }) }],
      },
      { kind: "let", name: sum, type: U256, value: number(U256, 0), typed: false },
      {
        kind: "for",
        name: j,
        type: I32,
        from: number(I32, 0),
        to: operation("length", I32, [local(list, type)]),
        body: [
          {
            kind: "expression",
            value: { kind: "assignment", type: U256, operator: "+=", target: local(sum, U256), value: added },
          },
        ],
      },
    ],
    variables: [
      { name: list, type, mutable: true, owned: true },
      { name: sum, type: U256, mutable: true, owned: false },
    ],
  };
}
