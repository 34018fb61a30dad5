// Methods marked @wrapping, and the same without it: what is written in them wraps or reverts at every width, in arrow
// functions inside as well.

import type { Random } from "../hostile/random.js";
import { calculate } from "./arithmetic.js";
import { binary, cast, custom, declare, give, local, own, run, set } from "./nodes.js";
import type { Expression, Field, Method, Statement } from "./program.js";
import { INTS, type IntType, isWide, type ListValue, type Type } from "./types.js";

const WIDTHS = Object.values(INTS);

export const WRAPPING_FIELDS: readonly Field[] = WIDTHS.map((type) => ({ name: `sum_${type.name}`, type }));

export function wrappingProbes(random: Random): Method[] {
  return [0, 1].map((index) => {
    const wide = WIDTHS.filter(isWide);
    const type = random.pick(index === 0 ? wide : WIDTHS);
    const wrapping = random.chance(70);
    const list: Type = { kind: "array", of: type };
    const body: Statement[] = [
      declare("x", type, local("a", type)),
      ...Array.from({ length: 3 + random.below(3) }, () => step(type, random)),
    ];
    if (random.chance(60)) body.push(set(local("all", list), mapped(type, list, wrapping, random)));
    body.push(run(pushed(list, local("x", type))));
    return {
      name: `wrap${index}${"u".repeat(random.below(2))}`,
      kind: "execute",
      parameters: [
        { name: "a", type },
        { name: "b", type },
        { name: "all", type: list },
      ],
      result: list,
      writes: true,
      wrapping,
      body: [...body, give(local("all", list))],
    };
  });
}

const pushed = (list: Type, value: Expression): Expression => ({
  kind: "operation",
  name: "push",
  type: { kind: "void" },
  args: [local("all", list), value],
  types: [(list as { of: Type }).of],
});

function step(type: IntType, random: Random): Statement {
  const [x, b, sum] = [local("x", type), local("b", type), own(`sum_${type.name}`, type)];
  const target = random.chance(60) ? x : sum;
  const operator = random.pick(["+", "-", "*"] as const);
  switch (random.below(6)) {
    case 0:
      return run({
        kind: "step",
        type,
        operator: random.pick(["++", "--"]),
        prefix: random.chance(50),
        target,
      });
    case 1:
      return run({ kind: "assignment", type, operator: `${operator}=`, target, value: b });
    case 2:
      return set(target, { kind: "unary", type, operator: "-", of: type.signed ? x : binary("&", x, b) });
    case 3: {
      const from = random.pick(WIDTHS.filter((one) => !isWide(one)));
      // Casts of and to wide integers are calls, which are exact everywhere.
      if (isWide(type)) return set(target, binary(operator, b, x));
      return set(target, cast(type, cast(from, binary(operator, x, b))));
    }
    default:
      return set(target, binary(operator, x, random.chance(50) ? b : sum));
  }
}

/** `all.map<T>((item: T): T => item + item)` */
function mapped(type: IntType, list: Type, wrapping: boolean, random: Random): Expression {
  const operator = random.pick(["+", "*", "-"] as const);
  const name = type.name;
  const isTwice = operator !== "-";
  return custom(
    list,
    [local("all", list)],
    ([all]) => `${all}.map<${name}>((item: ${name}): ${name} => ${isTwice ? `item ${operator} item` : "item - 1"})`,
    ([all]) => ({
      items: (all as ListValue).items.map((item) =>
        calculate(type, operator, item as bigint, isTwice ? (item as bigint) : 1n, wrapping),
      ),
    }),
  );
}
