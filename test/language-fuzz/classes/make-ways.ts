// A contract whose methods use ways: transactions any of them, queries those that change nothing; and contracts whose queries
// use one that does, which have to be refused, each of them and nothing else.

import type { Random } from "../../hostile/random.js";
import { fail } from "../failure.js";
import { INTS, type IntType, type Type } from "../types.js";
import { type ContractSpec, SDK_NAMES } from "./contract.js";
import { thingOf } from "./effects.js";
import { makeNames } from "./names-block.js";
import { MODULUS } from "./step.js";
import { type Given, type Way, Workshop } from "./ways.js";
import type { Call, Door } from "./world.js";

const GIVEN: readonly Given[] = ["contract", "map", "list", "item", "none", "none"];

interface Use {
  /** Statements before it, and the expression. */
  readonly before: string;
  readonly text: string;
  /** Members that it needs in the class. */
  readonly members: readonly string[];
  run(call: Call, x: bigint): bigint;
}

export interface WaysSpec extends ContractSpec {
  /** The queries that change something, and whether that is seen without fail: a change of a stored object may not be. */
  readonly queries: ReadonlyMap<string, boolean>;
}

/** `refused`: its queries change something, and no transaction is made. */
export function makeWays(random: Random, index: number, refused: boolean): WaysSpec {
  const name = `Ways${index}`;
  const type = INTS[random.pick(["u32", "u64", "u64", "u128", "u256", "i64", "i256"])] as IntType;
  const workshop = new Workshop(random, type, name, index);
  const names = makeNames(random, index);
  const changing: Way[] = [];
  const reading: Way[] = [];
  for (let i = 0; i < (refused ? 10 : 8); i++) changing.push(workshop.make(random.pick(GIVEN), true));
  for (let i = 0; i < (refused ? 4 : 8); i++) reading.push(workshop.make(random.pick(GIVEN), false));
  const members: string[] = [];
  const doors: Door[] = [];
  const queries = new Map<string, boolean>();
  const add = (kind: Door["kind"], ways: readonly Way[]): string => {
    const method = `${kind === "query" ? "q" : "e"}${doors.length}`;
    const uses = ways.map((way) => makeUse(way, workshop));
    members.push(...uses.flatMap((use) => use.members), printMethod(method, kind, uses, type));
    doors.push(doorOf(method, kind, uses, type));
    return method;
  };
  for (const way of reading) add("query", random.chance(50) ? [way] : [way, random.pick(reading)]);
  if (refused)
    for (const way of changing)
      queries.set(
        add("query", random.chance(70) ? [way] : [random.pick(reading), way]),
        way.given !== "list" && way.given !== "item",
      );
  else for (const way of changing) add("execute", [way, random.pick(reading), random.pick(changing)]);
  if (refused) addGuarded(workshop, members, queries);
  const text = printFile(workshop, names.before, [
    ...names.fields.map((field) => field.text),
    ...FIELDS(type),
    "@init create(who: Address[], peer: Address): void { this.peer = peer; }",
    names.methods,
    ...members,
  ]);
  const thing = thingOf(type);
  return {
    name,
    file: `ways${index}.ts`,
    text,
    more: moreFiles(workshop, names.files),
    doors: [...doors, ...names.doors],
    fields: new Map<string, Type>([
      ["n", type],
      ["list", { kind: "array", of: type }],
      ["thing", thing],
      ["peer", { kind: "address" }],
      ...names.fields.flatMap((field) => (field.type === undefined ? [] : [[field.name, field.type] as const])),
    ]),
    kept: [],
    refusals: new Set(),
    queries,
  };
}

const FIELDS = (type: IntType): readonly string[] => [
  `n: ${type.name};`,
  `m: StorageMap<u64, ${type.name}>;`,
  `m2: StorageMap<u64, ${type.name}>;`,
  `list: ${type.name}[];`,
  "thing: Thing;",
  "peer: Address;",
];

/** The place in the contract that a way is given. */
function placeOf(given: Given, random: Random): readonly [text: string, field: string] {
  switch (given) {
    case "contract":
      return ["this", ""];
    case "map":
      return random.chance(50) ? ["this.m", "m"] : ["this.m2", "m2"];
    case "list":
      return ["this.list", "list"];
    case "item":
      return ["this.thing", "thing"];
    case "none":
      return ["", ""];
  }
}

/** A way as a method uses it: directly, of a variable, of one of two maps, or behind a member of the class. */
function makeUse(way: Way, workshop: Workshop): Use {
  const { random, type } = workshop;
  const [place, field] = placeOf(way.given, random);
  const call = workshop.reach(way);
  const k = workshop.next();
  const plain: Use = { before: "", text: call(place, "r"), members: [], run: (it, x) => way.run(it, field, x) };
  switch (random.below(6)) {
    case 0:
      return place === "" ? plain : { ...plain, before: `const at${k} = ${place};`, text: call(`at${k}`, "r") };
    case 1:
      if (way.given !== "map") return plain;
      return {
        ...plain,
        before: random.chance(50)
          ? `const at${k} = r % 2 == 0 ? this.m : this.m2;`
          : `let at${k} = this.m2; if (r % 2 == 0) at${k} = this.m;`,
        text: call(`at${k}`, "r"),
        run: (it, x) => way.run(it, x % 2n === 0n ? "m" : "m2", x),
      };
    case 2:
      return {
        ...plain,
        text: `this.inner${k}(r)`,
        members: [`private inner${k}(r: ${type.name}): ${type.name} { return ${call(place, "r")}; }`],
      };
    case 3:
      return {
        ...plain,
        text: `this.got${k}`,
        members: [`private get got${k}(): ${type.name} { return ${call(place, "7")}; }`],
        run: (it) => way.run(it, field, 7n),
      };
    default:
      return plain;
  }
}

function printMethod(name: string, kind: Door["kind"], uses: readonly Use[], type: IntType): string {
  const steps = uses.map(({ before, text }) => `${before} r = (r * 3 + ${text}) % ${MODULUS};`).join(" ");
  return `@${kind} ${name}(x: ${type.name}): ${type.name} { let r: ${type.name} = x % ${MODULUS}; ${steps} return r; }`;
}

function doorOf(name: string, kind: Door["kind"], uses: readonly Use[], type: IntType): Door {
  return {
    name,
    kind,
    payable: false,
    isSigned: false,
    params: [type],
    result: type,
    guards: [],
    run: (call, [x]) => {
      let r = (x as bigint) % MODULUS;
      const before = call.at.text();
      // The left operand is read before the right one runs.
      for (const use of uses) r = (r * 3n + use.run(call, r)) % MODULUS;
      if (kind === "query" && call.at.text() !== before) fail("WriteInQuery");
      return r;
    },
  };
}

/** A query whose guard changes something, and one whose guard does not. */
function addGuarded(workshop: Workshop, members: string[], queries: Map<string, boolean>): void {
  const type = workshop.type.name;
  const way = workshop.make("none", true);
  members.push(
    `private counts(): void { ${workshop.reach(way)("", "3")}; }`,
    "private looks(): void { require(this.n < 9999999); }",
    `@guard("counts") @query guarded(): ${type} { return this.n; }`,
    `@guard("looks") @query looked(): ${type} { return this.n; }`,
  );
  queries.set("guarded", true);
}

function printFile(workshop: Workshop, before: string, members: readonly string[]): string {
  const { index, contract, type } = workshop;
  return [
    `import { ${SDK_NAMES.replace("operator, ", "")} } from "qwvm/sdk-as";`,
    `import { emit as tell } from "qwvm/sdk-as";`,
    `import * as sdk from "qwvm/sdk-as";`,
    `import * as tools from "./lib/tools${index}";`,
    `import * as hand from "./lib/hand${index}";`,
    `import { Mark, Thing } from "./lib/marks${index}";`,
    ...workshop.imports,
    before,
    ...workshop.own,
    `@contract\nexport class ${contract} {`,
    ...members.map((member) => `  ${member}`),
    `}`,
    "",
  ]
    .filter((line) => line !== "")
    .join("\n")
    .concat(`\n// Numbers are ${type.name}.\n`);
}

function moreFiles(
  { index, lib, barrel, type }: Workshop,
  names: Readonly<Record<string, string>>,
): Record<string, string> {
  const sdk = `import { ${SDK_NAMES.replace("operator, ", "")} } from "qwvm/sdk-as";`;
  const marks = `${sdk}
@event export class Mark { constructor(public n: ${type.name}) {} }
@struct export class Thing {
  v: ${type.name};
  w: ${type.name}[];
  bump(x: ${type.name}): ${type.name} { this.v = (this.v + x) % ${MODULUS}; return this.v; }
  see(): ${type.name} { return this.v; }
}
`;
  const tools = [
    sdk,
    `import { Mark, Thing } from "./marks${index}";`,
    "export const NOTHING: u64 = 0;",
    ...lib,
    "",
  ].join("\n");
  const hand = [`export { NOTHING } from "./tools${index}";`, ...barrel, ""].join("\n");
  return {
    [`lib/marks${index}.ts`]: marks,
    [`lib/tools${index}.ts`]: tools,
    [`lib/hand${index}.ts`]: hand,
    ...Object.fromEntries(Object.entries(names).map(([file, text]) => [`lib/${file}`, text])),
  };
}

/** The contract without some of its queries, each of which stands on a line. */
export function withoutQueries(spec: WaysSpec, names: readonly string[]): WaysSpec {
  const isKept = (line: string): boolean => !names.some((name) => line.includes(`@query ${name}(`));
  const text = spec.text.split("\n").filter(isKept).join("\n");
  return { ...spec, text, doors: spec.doors.filter(({ name }) => !names.includes(name)) };
}
