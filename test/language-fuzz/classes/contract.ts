// A generated contract of either sort, as text and as what it is in the model.

import type { Random } from "../../hostile/random.js";
import { ADDRESS, nameOf, type Type } from "../types.js";
import { type ClassSpec, lineOf, type Member, marksOf, versionsIn } from "./line.js";
import { makeClasses } from "./make-classes.js";
import { makeNames } from "./names-block.js";
import { refusalsOf } from "./refusals.js";
import { numberOf, runMember } from "./steps.js";
import type { Door, FieldTypes } from "./world.js";

export interface ContractSpec {
  readonly name: string;
  /** Below `contracts`. */
  readonly file: string;
  readonly text: string;
  /** Other files by their names below `contracts`. */
  readonly more: Readonly<Record<string, string>>;
  readonly doors: readonly Door[];
  readonly fields: FieldTypes;
  /** The fields that the deployment sets from its list of addresses, in order. */
  readonly kept: readonly string[];
  /** `CODE CLASS` of what is refused. */
  readonly refusals: ReadonlySet<string>;
}

/** All that contracts import, under these names. */
export const SDK_NAMES = `Address, Bytes, callContract, context, contract, decode, emit, encode, event, execute, guard, i128, i256, init,
  metadata, mix, nonReentrant, only, operator, payable, query, signed, StorageMap, StorageSet, StorageVec, struct, transfer,
  tryCallContract, tryTransfer, u128, u256, unguarded, whenNotPaused, whenPaused`;

const IMPORTS = `import { ${SDK_NAMES.replace("operator, ", "")} } from "qwvm/sdk-as";`;

/** A contract with bases. `index` tells the project's contracts apart. */
export function makeLine(random: Random, index: number): ContractSpec {
  const name = `Line${index}`;
  const { classes, type } = makeClasses(random, name);
  const names = makeNames(random, index);
  const last = classes.at(-1) as ClassSpec;
  const line = lineOf(last) ?? [last];
  const kept = line.map((one) => `keep${numberOf(one)}`);
  const init = `  @init create(who: Address[], peer: Address): void { ${kept.map((field, i) => `this.${field} = who[${i}];`).join(" ")} this.peer = peer; }`;
  const texts = classes.map((one) =>
    printClass(
      one,
      one === last,
      one === last ? [...names.fields.map(({ text }) => `  ${text}`), init, names.methods] : [],
    ),
  );
  const mark = `@event class Mark { constructor(public n: ${type.name}) {} }`;
  const fields = [...line.flatMap((one) => one.fields), ...names.fields];
  return {
    name,
    file: `line${index}.ts`,
    text: [IMPORTS, names.before, mark, ...texts, ""].join("\n"),
    more: Object.fromEntries(Object.entries(names.files).map(([file, text]) => [`lib/${file}`, text])),
    doors: [...doorsOf(line), ...names.doors],
    fields: new Map(fields.flatMap(({ name, type }) => (type === undefined ? [] : [[name, type] as const]))),
    kept,
    refusals: new Set(classes.flatMap((one) => [...refusalsOf(one)].map((code) => `${code} ${one.name}`))),
  };
}

function doorsOf(line: readonly ClassSpec[]): Door[] {
  const names = new Set(line.flatMap(({ members }) => members.map(({ name }) => name)));
  return [...names].flatMap((name): Door[] => {
    const version = versionsIn(line, name, "method")[0];
    const marks = version && marksOf(version);
    if (version === undefined || marks === undefined || version.member.access !== "public") return [];
    const { kind, payable, guards } = marks.member;
    return [
      {
        name,
        kind: kind as "execute",
        payable,
        isSigned: guards.some((guard) => guard.name === "signed"),
        params: version.member.params.map(({ type }) => type),
        result: version.member.result as Type,
        guards: guards.map((guard) => guard.make(line)),
        run: (call, args) => runMember(call, line, version, args),
      },
    ];
  });
}

function printClass(one: ClassSpec, isLast: boolean, more: readonly string[]): string {
  const bases = one.bases.map(({ name }) => name).join(", ");
  const heritage = bases === "" ? "" : one.bases.length === 1 ? ` extends ${bases}` : ` extends mix(${bases})`;
  return [
    `@contract\nexport ${isLast ? "" : "abstract "}class ${one.name}${heritage} {`,
    ...one.fields.map(({ text }) => `  ${text}`),
    ...(one.statics === undefined ? [] : [`  ${one.statics.text}`]),
    ...more,
    ...one.members.map(printMember),
    "}",
  ].join("\n");
}

function printMember(member: Member): string {
  const { name, form, access, kind, payable, unguarded, guards, params, result, body } = member;
  const marks = [
    ...guards.map(({ text }) => text),
    ...(unguarded ? ["@unguarded"] : []),
    ...(payable ? ["@payable"] : []),
    ...(kind === undefined ? [] : [`@${kind}`]),
  ];
  const words = [...marks, ...(access === "public" ? [] : [access]), ...(form === "method" ? [] : [form])];
  const list = params.map((param) => `${param.name}: ${nameOf(param.type)}`).join(", ");
  const gives = form === "set" ? "" : `: ${result === undefined ? "void" : nameOf(result)}`;
  const head = `  ${[...words, `${name}(${list})${gives}`].join(" ")} {`;
  const texts = body.map(({ text }) => text);
  const isPlain = params.length === 0 && form === "method";
  const x = params.at(-1);
  const begin =
    x === undefined ? `let r: ${nameOf(result ?? ADDRESS)} = 3;` : `let r: ${nameOf(x.type)} = ${x.name} % 1000003;`;
  const lines = isPlain ? texts : [begin, ...texts, ...(form === "set" ? [] : ["return r;"])];
  return [head, ...lines.flatMap((line) => line.split("\n")).map((line) => `    ${line}`), "  }"].join("\n");
}
