// What an expression of a generated program gives, with everything it does on the way, from left to right.

import { calculate, inRange } from "./arithmetic.js";
import { decode, littleEndian, zeroOf } from "./borsh.js";
import { fail, ModelError, ModelFailure, trap } from "./failure.js";
import type { Frame } from "./frame.js";
import { isEqual, operationRule } from "./operations.js";
import type { ArithmeticOperator, Assignment, Call, Comparison, Expression, Index, PeerCall, Step } from "./program.js";
import { runCollection } from "./stored-collections.js";
import {
  type CollectionValue,
  type IntType,
  isWide,
  type ListValue,
  type ObjectValue,
  type Type,
  type Value,
} from "./types.js";

export function evaluate(node: Expression, frame: Frame): Value {
  frame.machine.step();
  switch (node.kind) {
    case "literal":
      return copyOf(node.value);
    case "local":
      return frame.get(node.name);
    case "constant":
      return frame.machine.constant(node.name);
    case "own":
      return node.collection === undefined ? frame.readField(node.name) : frame.collectionAt(node.name);
    case "property":
      return frame.machine.run(frame.machine.resolve(`get_${node.name}`, "this", frame), [], frame);
    case "field":
      return (evaluate(node.of, frame) as ObjectValue).fields[node.name] as Value;
    case "index": {
      const { items } = evaluate(node.of, frame) as ListValue;
      return items[positionIn(node, items, evaluate(node.at, frame))] as Value;
    }
    case "binary": {
      const left = evaluate(node.left, frame) as bigint;
      return calculate(
        node.type as IntType,
        node.operator,
        left,
        evaluate(node.right, frame) as bigint,
        frame.wrapping,
      );
    }
    case "comparison":
      return compare(node, evaluate(node.left, frame), evaluate(node.right, frame));
    case "logic": {
      const left = evaluate(node.left, frame);
      return left === (node.operator === "&&") ? evaluate(node.right, frame) : left;
    }
    case "unary": {
      const value = evaluate(node.of, frame);
      if (node.operator === "!") return value !== true;
      const type = node.type as IntType;
      if (node.operator === "~")
        return type.signed ? ~(value as bigint) : BigInt.asUintN(type.bits, ~(value as bigint));
      return inRange(type, -(value as bigint), frame.wrapping);
    }
    case "ternary":
      return evaluate(evaluate(node.condition, frame) === true ? node.yes : node.no, frame);
    case "cast": {
      const value = evaluate(node.of, frame);
      return inRange(
        node.type as IntType,
        typeof value === "boolean" ? BigInt(value) : (value as bigint),
        frame.wrapping && !isWide(node.type) && !isWide(node.of.type),
      );
    }
    case "assignment":
      return assign(node, frame);
    case "step":
      return step(node, frame);
    case "call":
      return call(node, frame);
    case "operation": {
      const { collection } = node;
      if (collection !== undefined) {
        const [of, ...args] = node.args;
        const { base } = evaluate(of as Expression, frame) as CollectionValue;
        const values = args.map((argument) => evaluate(argument, frame));
        return runCollection(collection, base, node.name, values, frame.storage);
      }
      const values = node.args.map((argument) => evaluate(argument, frame));
      return frame.machine.bounded(operationRule(node).run(values, node, frame.storage));
    }
    case "peer": {
      const outcome = callPeer(node, frame);
      if (!outcome.success) throw new ModelFailure(outcome.data === "" ? littleEndian(11n, 4) : outcome.data);
      return node.how === "raw" ? outcome.data : (decode(node.type, outcome.data) as Value);
    }
    case "new":
      return zeroOf(node.type);
    case "array-literal":
      return { items: node.items.map((item) => evaluate(item, frame)) };
  }
}

/** Values of literals are made anew each time. */
function copyOf(value: Value): Value {
  return value !== null && typeof value === "object" ? structuredClone(value) : value;
}

function positionIn(node: Index, items: readonly Value[], position: Value): number {
  const at = Number(position);
  if (at >= 0 && at < items.length) return at;
  return node.of.type.kind === "fixed" ? fail("OutOfRange") : trap();
}

function compare({ operator, left: { type } }: Comparison, left: Value, right: Value): boolean {
  switch (operator) {
    case "==":
    case "===":
      return isEqual(type, left, right);
    case "!=":
    case "!==":
      return !isEqual(type, left, right);
    case "<":
      return (left as bigint) < (right as bigint);
    case "<=":
      return (left as bigint) <= (right as bigint);
    case ">":
      return (left as bigint) > (right as bigint);
    case ">=":
      return (left as bigint) >= (right as bigint);
  }
}

/** A place that is assigned to: what leads to it has been computed, once. */
interface Place {
  read(): Value;
  write(value: Value): void;
}

function placeOf(target: Expression, frame: Frame): Place {
  switch (target.kind) {
    case "local":
      return { read: () => frame.get(target.name), write: (value) => frame.set(target.name, value) };
    case "own":
      return { read: () => frame.readField(target.name), write: (value) => frame.writeField(target.name, value) };
    case "property": {
      const resolved = (name: string) => frame.machine.resolve(name, "this", frame);
      return {
        read: () => frame.machine.run(resolved(`get_${target.name}`), [], frame),
        write: (value) => frame.machine.run(resolved(`set_${target.name}`), [value], frame),
      };
    }
    case "field": {
      const { fields } = evaluate(target.of, frame) as ObjectValue;
      return { read: () => fields[target.name] as Value, write: (value) => (fields[target.name] = value) };
    }
    case "index": {
      const { items } = evaluate(target.of, frame) as ListValue;
      const position = evaluate(target.at, frame);
      return {
        read: () => items[positionIn(target, items, position)] as Value,
        write: (value) => {
          frame.machine.room(Number(position));
          writeItem(target, items, Number(position), value);
        },
      };
    }
    default:
      throw new ModelError(`${target.kind} is no place`);
  }
}

/** An array grows to an index that is assigned to, as in JavaScript; what lies between are zeros. */
function writeItem(target: Index, items: Value[], at: number, value: Value): void {
  if (target.of.type.kind === "fixed") {
    items[positionIn(target, items, BigInt(at))] = value;
    return;
  }
  if (at < 0) trap();
  while (items.length < at) items.push(zeroOf(target.type));
  items[at] = value;
}

function assign(node: Assignment, frame: Frame): Value {
  const place = placeOf(node.target, frame);
  if (node.operator === "=") {
    const value = evaluate(node.value, frame);
    place.write(value);
    return value;
  }
  const before = place.read();
  const right = evaluate(node.value, frame);
  const value = combine(node.type, node.operator.slice(0, -1) as ArithmeticOperator, before, right, frame);
  place.write(value);
  return value;
}

function combine(type: Type, operator: ArithmeticOperator, left: Value, right: Value, frame: Frame): Value {
  if (type.kind === "string") return frame.machine.bounded((left as string) + (right as string));
  return calculate(type as IntType, operator, left as bigint, right as bigint, frame.wrapping);
}

function step(node: Step, frame: Frame): Value {
  const place = placeOf(node.target, frame);
  const before = place.read();
  const after = combine(node.type, node.operator === "++" ? "+" : "-", before, 1n, frame);
  place.write(after);
  return node.prefix ? after : before;
}

/** The encoded result, or the revert data. */
export function callPeer(node: PeerCall, frame: Frame): { readonly success: boolean; readonly data: string } {
  const args = node.args.map((argument) => evaluate(argument, frame));
  return frame.machine.callPeer(node, args, frame);
}

function call({ callee, on, args }: Call, frame: Frame): Value {
  const values = args.map((argument) => evaluate(argument, frame));
  return frame.machine.run(frame.machine.resolve(callee, on, frame), values, frame);
}
