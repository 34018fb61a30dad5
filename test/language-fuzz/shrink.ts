// A finding made small: fewer calls, methods, statements, expressions and fields, as long as something still differs.

import type { Finding } from "./fuzz.js";
import { printProgram } from "./print-program.js";
import type { ContractCall, ContractClass, Expression, Method, Program, Statement } from "./program.js";
import { onlyCalled, visit } from "./reduce.js";
import { type Built, build, type Difference, Pair } from "./run-program.js";
import { sameType } from "./types.js";

const MOST_BUILDS = 120;

export async function shrink(finding: Finding, plain = false): Promise<Finding> {
  let builds = 0;
  let best = finding;
  const attempt = async (program: Program, calls: readonly ContractCall[]): Promise<boolean> => {
    if (builds >= MOST_BUILDS) return false;
    builds++;
    const built = await build(printProgram(program, plain));
    if (built.artifact === undefined) return false;
    const found = replay(program, built, calls, finding.difference.what);
    if (found === undefined) return false;
    best = { ...best, program, ...fewerCalls(program, built, found) };
    return true;
  };
  if (!(await attempt(onlyCalled(best.program, best.calls), best.calls))) return finding;
  for (let smaller = true; smaller; ) {
    smaller = false;
    for (let index = 0; ; index++) {
      const program = variant(best.program, index);
      if (program === undefined) break;
      if (!(await attempt(onlyCalled(program, best.calls), best.calls))) continue;
      smaller = true;
      index--;
    }
    if (builds >= MOST_BUILDS) break;
  }
  await attempt(withoutUnused(best.program), best.calls);
  return best;
}

interface Replayed {
  readonly difference: Difference;
  readonly calls: readonly ContractCall[];
}

/** The first difference of that kind when the calls are made on new contracts. */
function replay(
  program: Program,
  built: Built,
  calls: readonly ContractCall[],
  what: Difference["what"],
): Replayed | undefined {
  try {
    const pair = new Pair(program, built);
    for (const [i, call] of calls.entries()) {
      const outcome = pair.call(call);
      if (typeof outcome === "object" && "what" in outcome)
        return outcome.what === what ? { difference: outcome, calls: calls.slice(0, i + 1) } : undefined;
    }
  } catch {
    // What is left of the program does not make sense.
  }
  return undefined;
}

/** Without calls that are not needed: halves first, then one by one. */
function fewerCalls(program: Program, built: Built, found: Replayed): Replayed {
  let best = found;
  for (let size = best.calls.length >> 1; size >= 1; size >>= 1) {
    for (let start = 0; start + size < best.calls.length; ) {
      const fewer = [...best.calls.slice(0, start), ...best.calls.slice(start + size)];
      const again = replay(program, built, fewer, best.difference.what);
      if (again === undefined) start += size;
      else best = again;
    }
  }
  return best;
}

/** The program with its index-th part left out or made simpler; undefined when there are no more. */
function variant(program: Program, index: number): Program | undefined {
  let left = index;
  let done = false;
  const change = (method: Method): Method => {
    if (done) return method;
    const body = changeBody(method.body);
    return done ? { ...method, body } : method;
  };
  const changeBody = (body: readonly Statement[]): readonly Statement[] => {
    const changed: Statement[] = [];
    for (const statement of body) {
      if (done) {
        changed.push(statement);
        continue;
      }
      if (statement.kind !== "return" && left-- === 0) {
        done = true;
        continue;
      }
      const inner = innerOf(statement);
      if (!done && inner !== undefined && left-- === 0) {
        done = true;
        changed.push(...inner);
        continue;
      }
      changed.push(done ? statement : (changeParts(statement) as Statement));
    }
    return changed;
  };
  /** Every part of a statement or expression, with simpler expressions in their place. */
  const changeParts = (node: unknown): unknown => {
    if (done || typeof node !== "object" || node === null) return node;
    if (Array.isArray(node)) {
      const list: readonly unknown[] = node;
      return isBody(list) ? changeBody(list) : list.map(changeParts);
    }
    const result: Record<string, unknown> = {};
    for (const [key, part] of Object.entries(node)) {
      result[key] =
        key === "type" || key === "types" || key === "collection" || key === "target"
          ? part
          : key === "call"
            ? changeParts(part)
            : changeExpression(part);
    }
    return result;
  };
  const changeExpression = (part: unknown): unknown => {
    if (done || !isExpression(part)) return changeParts(part);
    for (const simpler of simplerOf(part)) {
      if (left-- === 0) {
        done = true;
        return simpler;
      }
    }
    return changeParts(part);
  };
  const functions = program.functions.map(change);
  const classes = program.classes.map((one): ContractClass => ({ ...one, methods: one.methods.map(change) }));
  return done ? { ...program, functions, classes } : undefined;
}

function innerOf(statement: Statement): readonly Statement[] | undefined {
  if (statement.kind === "block") return statement.body;
  return statement.kind === "if" ? statement.yes : undefined;
}

function isBody(list: readonly unknown[]): list is readonly Statement[] {
  return list.length > 0 && list.every((item) => isNode(item) && !isExpression(item));
}

function isNode(value: unknown): value is { readonly kind: string } {
  return typeof value === "object" && value !== null && "kind" in value;
}

function isExpression(value: unknown): value is Expression {
  return isNode(value) && "type" in value && !["let", "for"].includes(value.kind);
}

/** Parts of an expression that have its type. */
function simplerOf(node: Expression): Expression[] {
  const parts: Expression[] = [];
  for (const [key, part] of Object.entries(node)) {
    for (const one of Array.isArray(part) ? part : [part])
      if (key !== "target" && isExpression(one) && sameType(one.type, node.type)) parts.push(one);
  }
  return parts;
}

/** Without fields and messages that nothing names. */
function withoutUnused(program: Program): Program {
  const used = new Set<string>();
  const methods = [...program.functions, ...program.classes.flatMap((one) => one.methods)];
  visit(
    methods.map(({ body }) => body),
    (node) => {
      const { kind, name, event, problem } = node as {
        kind: string;
        name?: string;
        event?: string;
        problem?: { error?: string };
      };
      if (kind === "own" || kind === "constant") used.add(name as string);
      if (event !== undefined) used.add(event);
      if (problem?.error !== undefined) used.add(problem.error);
    },
  );
  const kept = ({ name }: { name: string }) => used.has(name);
  return {
    ...program,
    constants: program.constants.filter(kept),
    events: program.events.filter(kept),
    errors: program.errors.filter(kept),
    classes: program.classes.map((one) => ({ ...one, fields: one.fields.filter(kept) })),
  };
}
