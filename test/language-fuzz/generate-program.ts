// Random contract projects: types, messages, functions, and one contract with many methods, so that one compilation serves
// thousands of calls.

import { Random } from "../hostile/random.js";
import { operation } from "./generate-place.js";
import { PART, SHAPE_FIELDS, SHAPE_HELPERS, TOUCH } from "./generate-shape.js";
import { methodBody } from "./generate-statement.js";
import { randomValue } from "./generate-values.js";
import { withProbes } from "./probes.js";
import type {
  ContractCall,
  ContractClass,
  Expression,
  Field,
  Method,
  Parameter,
  Program,
  Record_,
  Statement,
} from "./program.js";
import { randomCollection, randomType } from "./random-type.js";
import type { Scope, Variable } from "./scope.js";
import { type EnumType, I32, INTS, isShared, STRING, type StructType, type Type, U64, U256, VOID } from "./types.js";

export interface Sizes {
  readonly methods: number;
  readonly helpers: number;
  readonly functions: number;
  readonly statements: number;
  /** Without probes where it is false. */
  readonly probes?: boolean;
}

const SIZES: Sizes = { methods: 18, helpers: 6, functions: 4, statements: 6 };

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
  structs.push(PART);
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
  const line = random.chance(50) ? generateBases(random, whole, fields, sizes) : noBases();
  const methods: Method[] = hasPeer && sizes.methods > 0 ? [TOUCH] : [];
  const helpers: Method[] = [...line.helpers, ...(sizes.helpers > 0 ? SHAPE_HELPERS : [])];
  for (const property of sizes.helpers > 0 ? PROPERTIES : []) {
    const before = helpers.find(({ name }) => name === `get_${property.name}`);
    // What overrides calls nothing that may be overridden, and so never itself.
    const calls = before === undefined ? [...helpers] : [];
    const make = (name: string, gives: Type) =>
      method(name, "helper", random, whole, fields, calls, sizes, undefined, gives);
    if (before === undefined) helpers.push(...accessors(property, make));
    else if (random.chance(60)) {
      const [getter, setter] = accessors(property, make);
      // Queries of the base read the property.
      if (before.writes || !getter.writes) line.overrides.push(getter, setter);
    }
  }
  for (let i = 0; i < sizes.helpers; i++)
    helpers.push(method(`help${i}`, "helper", random, whole, fields, helpers, sizes));
  for (let i = 0; i < sizes.methods; i++) {
    // Names of all lengths: what they leave in memory is before all else.
    const name = `m${i}${"x".repeat(random.below(9))}`;
    const kind = random.chance(70) ? "execute" : "query";
    const reentered = hasPeer && kind === "execute" && random.chance(50) ? [...methods] : undefined;
    methods.push(method(name, kind, random, whole, fields, helpers, sizes, reentered));
  }
  const inherited = new Set([...line.helpers, ...line.classes.flatMap((one) => one.fields)].map(({ name }) => name));
  const own: ContractClass = {
    name: "Fuzz",
    bases: line.bases,
    fields: fields.filter(({ name }) => !inherited.has(name)),
    methods: [...line.overrides, ...helpers.filter(({ name }) => !inherited.has(name)), ...methods],
  };
  const program: Program = { ...whole, hasPeer, classes: [...line.classes, own] };
  return sizes.methods > 0 && sizes.probes !== false ? withProbes(program, new Random(seed ^ 0x9a0be)) : program;
}

/** A getter and a setter of one property, each with whatever effects. */
function accessors({ name, type }: Parameter, make: (name: string, gives: Type) => Method): [Method, Method] {
  const value: Parameter = { name: "given", type };
  const getter: Method = { ...make(`get_${name}`, type), accessor: "get", access: "protected" };
  const made = make(`set_${name}`, VOID);
  const target: Expression = { kind: "own", type, name: `kept_${name}` };
  const keep: Statement = {
    kind: "expression",
    value: { kind: "assignment", type, operator: "=", target, value: { kind: "local", type, name: "given" } },
  };
  const setter: Method = {
    ...made,
    accessor: "set",
    access: "protected",
    parameters: [value],
    writes: true,
    body: [...made.body, keep],
  };
  return [getter, setter];
}

interface Line {
  readonly classes: readonly ContractClass[];
  /** What the contract extends. */
  readonly bases: readonly string[];
  /** What the contract can call of them. */
  readonly helpers: readonly Method[];
  readonly overrides: Method[];
}
const noBases = (): Line => ({ classes: [], bases: [], helpers: [], overrides: [] });

/** Those of the contract; the first one's getter and setter are in a base where there are bases. */
const PROPERTIES: readonly Parameter[] = [
  { name: "level0", type: U256 },
  { name: "level1", type: I32 },
  { name: "level2", type: STRING },
];

/**
 * Two bases, one behind the other or side by side. Each has fields, methods, a private method of the same name, and the first a
 * method that the others override and call.
 */
function generateBases(random: Random, program: Parts, fields: readonly Field[], sizes: Sizes): Line {
  const isChain = random.chance(50);
  const third = Math.floor(fields.length / 3);
  // What a hook calls must not call it.
  const makeHook = (visible: readonly Field[], helpers: readonly Method[], over: boolean): Method => {
    const made = method("hook", "helper", random, program, visible, helpers, sizes, undefined, U64);
    const last = made.body.at(-1) as Extract<Statement, { kind: "return" }>;
    const before: Expression = { kind: "call", type: U64, callee: "hook", on: "super", args: [] };
    const value = {
      kind: "operation",
      name: "wrappingAdd",
      type: U64,
      args: [before, last.value as Expression],
      types: [U64],
    } as const;
    const body = over ? [...made.body.slice(0, -1), { kind: "return", value } as const] : made.body;
    return { ...made, parameters: [], writes: true, access: "protected", body };
  };
  const classes: ContractClass[] = [];
  const helpers: Method[] = [];
  for (const index of [0, 1]) {
    const own = fields.slice(index * third, (index + 1) * third);
    const visible = isChain ? fields.slice(0, (index + 1) * third) : own;
    const known = isChain || index === 0 ? [...helpers] : [];
    const secret: Method = {
      // Behind one another, two private methods of one name are refused, as TypeScript does.
      ...method(
        isChain ? `secret${index}` : "secret",
        "helper",
        random,
        program,
        visible,
        known,
        sizes,
        undefined,
        U64,
      ),
      access: "private",
    };
    const callable = [...known, secret];
    const made: Method[] = [secret];
    if (index === 0 || isChain) made.push(makeHook(visible, [secret], index === 1));
    if (index === 0) {
      const make = (name: string, gives: Type) =>
        method(name, "helper", random, program, visible, [secret], sizes, undefined, gives);
      const pair = accessors(PROPERTIES[0] as Parameter, make);
      made.push(...pair);
      callable.push(...pair);
    }
    const shared: Method = {
      ...method(`base${index}`, "helper", random, program, visible, callable, sizes),
      access: "protected",
    };
    made.push(shared);
    for (let i = 0; i < 3; i++) {
      const kind = random.chance(70) ? "execute" : "query";
      made.push(
        method(
          `b${index}m${i}${"y".repeat(random.below(3))}`,
          kind,
          random,
          program,
          visible,
          [...callable, shared],
          sizes,
        ),
      );
    }
    classes.push({ name: `Base${index}`, bases: index === 1 && isChain ? ["Base0"] : [], fields: own, methods: made });
    helpers.push(
      ...made.filter(({ access, name }) => access === "protected" && !helpers.some((one) => one.name === name)),
    );
  }
  const overrides = [makeHook(fields, [], true)];
  return { classes, bases: isChain ? ["Base1"] : ["Base0", "Base1"], helpers, overrides };
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
  const kept = PROPERTIES.map(({ name, type }): Field => ({ name: `kept_${name}`, type }));
  const withInitial = (field: Field): Field =>
    isShared(field.type) || field.type.kind === "option" || random.chance(60)
      ? field
      : { ...field, initial: { kind: "literal", type: field.type, value: randomValue(field.type, random) } };
  const all = [...[...SHAPE_FIELDS, ...kept, ...plain, ...more].map(withInitial), ...collections];
  const third = Math.floor(all.length / 3);
  return all.map((field, i) => {
    if (field.type.kind !== "int" || random.chance(70)) return field;
    // Bases have a third of the fields each, and a second one may not see those of the first.
    const before = all.slice(i < third || i >= 2 * third ? 0 : third, i).filter(({ type }) => type.kind === "int");
    if (before.length === 0) return field;
    const { name, type } = random.pick(before);
    const read: Expression = { kind: "own", type, name };
    return { ...field, initial: operation("wrappingCast", field.type, [read], { types: [field.type] }) };
  });
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
  gives?: Type,
): Method {
  const writes = kind === "execute" || (kind === "helper" && random.chance(60));
  const parameters: Parameter[] = Array.from({ length: gives === undefined ? random.below(4) : 0 }, (_, i) => ({
    name: `a${i}`,
    type: randomType(random, program, 2),
  }));
  const result =
    gives ??
    (kind !== "query" && kind !== "free" && random.chance(20)
      ? VOID
      : randomType(random, program, kind === "helper" ? 0 : 2));
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
  const wrapping = random.chance(8);
  const payable = kind === "execute" && random.chance(20);
  return {
    name,
    kind,
    parameters,
    result,
    body,
    writes,
    ...(payable ? { payable } : {}),
    ...(wrapping ? { wrapping } : {}),
  };
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
