// Random contract projects: types, messages, functions, and one contract with many methods, so that one compilation serves
// thousands of calls.

import { Random } from "../hostile/random.js";
import { methodBody } from "./generate-statement.js";
import { randomValue } from "./generate-values.js";
import type { ContractCall, Field, Method, Parameter, Program, Record_ } from "./program.js";
import { randomCollection, randomType } from "./random-type.js";
import type { Scope, Variable } from "./scope.js";
import { type EnumType, INTS, isShared, type StructType, type Type, VOID } from "./types.js";

export interface Sizes {
  readonly methods: number;
  readonly helpers: number;
  readonly functions: number;
  readonly statements: number;
}

const SIZES: Sizes = { methods: 24, helpers: 6, functions: 4, statements: 6 };

type Parts = Omit<Program, "classes" | "hasPeer">;

export function generateProgram(seed: number, sizes: Sizes = SIZES): Program {
  const random = new Random(seed);
  const enums: EnumType[] = Array.from({ length: 1 + random.below(2) }, (_, i) => ({
    kind: "enum",
    name: `Color${i}`,
    members: Array.from({ length: 2 + random.below(4) }, (_item, member) => `M${member}`),
  }));
  const structs: StructType[] = [];
  for (let i = 0; i < 3; i++) {
    const fields = Array.from({ length: 1 + random.below(4) }, (_, field) => ({
      name: `p${field}`,
      type: randomType(random, { enums, structs }, i === 0 ? 1 : 2),
    }));
    structs.push({ kind: "struct", name: `Item${i}`, fields });
  }
  const named = { enums, structs };
  const record = (name: string, index: boolean): Record_ => ({
    name,
    fields: Array.from({ length: random.below(4) }, (_, i) => ({
      name: `f${i}`,
      type: randomType(random, named, index ? 1 : 0),
    })),
  });
  const parts: Parts = {
    seed,
    enums,
    structs,
    events: [record("Moved", true), record("Happened", true)],
    errors: [record("Refused", false), record("Wrong", true)],
    constants: [INTS["u64"], INTS["i32"], INTS["u256"], INTS["u8"]].map((type, i) => ({
      name: `K${i}`,
      value: { kind: "literal", type: type as Type, value: randomValue(type as Type, random) },
    })),
    functions: [],
  };
  const fields = generateFields(random, named);
  const functions = generateFunctions(random, parts, sizes);
  const whole: Parts = { ...parts, functions };
  const hasPeer = random.chance(60);
  const methods: Method[] = [];
  const helpers: Method[] = [];
  for (let i = 0; i < sizes.helpers; i++)
    helpers.push(method(`help${i}`, "helper", random, whole, fields, helpers, sizes));
  for (let i = 0; i < sizes.methods; i++) {
    // Names of all lengths: what they leave in memory is before all else.
    const name = `m${i}${"x".repeat(random.below(9))}`;
    const kind = random.chance(70) ? "execute" : "query";
    const reentered = hasPeer && kind === "execute" && random.chance(50) ? [...methods] : undefined;
    methods.push(method(name, kind, random, whole, fields, helpers, sizes, reentered));
  }
  return { ...whole, hasPeer, classes: [{ name: "Fuzz", bases: [], fields, methods: [...helpers, ...methods] }] };
}

function generateFields(
  random: Random,
  named: { enums: readonly EnumType[]; structs: readonly StructType[] },
): Field[] {
  const plain = Object.values(INTS).map((type): Field => ({ name: `f_${type.name}`, type }));
  const more = Array.from({ length: 10 }, (_, i): Field => ({ name: `g${i}`, type: randomType(random, named, 2) }));
  const collections = Array.from(
    { length: 7 },
    (_, i): Field => ({ name: `c${i}`, type: VOID, collection: randomCollection(random, named) }),
  );
  const withInitial = (field: Field): Field =>
    isShared(field.type) || field.type.kind === "option" || random.chance(60)
      ? field
      : { ...field, initial: { kind: "literal", type: field.type, value: randomValue(field.type, random) } };
  return [...[...plain, ...more].map(withInitial), ...collections];
}

function generateFunctions(random: Random, parts: Parts, sizes: Sizes): Method[] {
  const functions: Method[] = [];
  for (let i = 0; i < sizes.functions; i++) {
    const program: Parts = { ...parts, functions: [], constants: [], errors: [] };
    const made = method(`free${i}`, "free", random, program, [], [], sizes);
    functions.push({ ...made, helperFile: random.chance(50) });
  }
  return functions;
}

function method(
  name: string,
  kind: Method["kind"],
  random: Random,
  program: Parts,
  fields: readonly Field[],
  helpers: readonly Method[],
  sizes: Sizes,
  reentered?: readonly Method[],
): Method {
  const writes = kind === "execute" || (kind === "helper" && random.chance(60));
  const parameters: Parameter[] = Array.from({ length: random.below(4) }, (_, i) => ({
    name: `a${i}`,
    type: randomType(random, program, 2),
  }));
  const result =
    kind !== "query" && kind !== "free" && random.chance(20)
      ? VOID
      : randomType(random, program, kind === "helper" ? 0 : 2);
  let names = 0;
  // Arguments of a call are its own; those of a helper are somebody's, perhaps the state's.
  const variables = parameters.map(
    (parameter): Variable => ({
      ...parameter,
      mutable: true,
      owned: writes && kind === "execute" && isShared(parameter.type),
    }),
  );
  const scope: Scope = {
    random,
    program,
    fields,
    methods: helpers,
    reentered,
    writes,
    hasSelf: kind !== "free",
    variables,
    inLoop: false,
    result,
    newName: () => `v${names++}`,
  };
  const body = methodBody(scope, 1 + random.below(kind === "execute" || kind === "query" ? sizes.statements : 3));
  const payable = kind === "execute" && random.chance(20);
  return { name, kind, parameters, result, body, writes, ...(payable ? { payable } : {}) };
}

/** A call of one of the methods with random arguments. */
export function generateCall(method: Method, random: Random): ContractCall {
  const asQuery = method.kind === "query" && random.chance(50);
  const sent = method.payable === true && random.chance(50) ? BigInt(random.below(1000)) : random.chance(2) ? 5n : 0n;
  return {
    method: method.name,
    args: method.parameters.map(({ type }) => randomValue(type, random)),
    asQuery,
    value: asQuery ? 0n : sent,
    from: random.below(2),
  };
}
