// Names that every generated file has for itself: an enum, a struct, a function, a class and a constant, each file's another
// thing under the same name; written in the file, imported, or imported under another name through a barrel.

import type { Random } from "../../hostile/random.js";
import { encode } from "../borsh.js";
import { runCollection } from "../stored-collections.js";
import {
  type CollectionType,
  type EnumType,
  INTS,
  type ObjectValue,
  type StructType,
  type Type,
  U64,
} from "../types.js";
import type { Door } from "./world.js";

export interface NamesBlock {
  /** Lines of the contract's file before its classes. */
  readonly before: string;
  readonly fields: readonly { readonly name: string; readonly text: string; readonly type?: Type }[];
  /** Methods of the contract's class. */
  readonly methods: string;
  readonly doors: readonly Door[];
  /** Other files, by their names in `contracts/lib`. */
  readonly files: Readonly<Record<string, string>>;
}

/** `index` tells a project's files apart; all of them use the same names. */
export function makeNames(random: Random, index: number): NamesBlock {
  const members = Array.from({ length: 2 + random.below(4) }, (_, i) => `M${i}`);
  // In another order each time, so that a number taken for another file's member is another one.
  if (random.chance(50)) members.reverse();
  const color: EnumType = { kind: "enum", name: "Color", members };
  const fields = [
    { name: "a", type: INTS[random.pick(["u8", "u16", "u64", "i32"])] as Type },
    { name: "b", type: INTS[random.pick(["u8", "u256", "u32"])] as Type },
    { name: "c", type: color },
  ].filter((_, i) => i === 0 || random.chance(70));
  if (random.chance(50)) fields.reverse();
  const item: StructType = { kind: "struct", name: "Item", fields };
  const [k, scale, extra] = [1 + random.below(90), random.below(1000), random.below(100)].map(BigInt) as [
    bigint,
    bigint,
    bigint,
  ];
  const shown = fields.map(({ name, type }) => `${name}: ${type.kind === "int" ? type.name : "Color"};`).join(" ");
  const declared = `export enum Color { ${members.join(", ")} }
@struct export class Item { ${shown} }
export const SCALE: u64 = ${scale};
export function calc(x: u64): u64 { return x * ${k} + SCALE; }
export class Status {
  constructor(public n: u64) {}
  static make(n: u64): Status { return new Status(n + ${extra}); }
  get twice(): u64 { return this.n * 2; }
}`;
  const lib = `import { struct, u256 } from "qwvm/sdk-as";\n${declared}\n`;
  const names = ["Color", "Item", "SCALE", "calc", "Status"];
  const files: Record<string, string> = {};
  let before = declared;
  if (random.chance(60)) {
    files[`names${index}.ts`] = lib;
    before = `import { ${names.join(", ")} } from "./lib/names${index}";`;
    if (random.chance(60)) {
      const other = (name: string) => `${name}_${random.below(2) === 0 ? "x" : "y"}`;
      const renamed = names.map((name) => [name, other(name)] as const);
      files[`barrel${index}.ts`] =
        `// Hands on what another file has.\nexport { ${renamed.map(([name, as]) => `${name} as ${as}`).join(", ")} } from "./names${index}";\n`;
      before = `import { ${renamed.map(([name, as]) => `${as} as ${name}`).join(", ")} } from "./lib/barrel${index}";`;
    }
  }
  const colors: CollectionType = { kind: "storage-map", key: color, value: item };
  const methods = `  @query nextColor(c: Color): Color { return c == Color.${members[0]} ? Color.${members.at(-1)} : c; }
  @execute keep(i: Item, c: Color): Item { const before = this.colors.get(c); this.colors.set(c, i); this.item = i; this.color = c; return before; }
  @query kept(x: u64): u64 { return calc(x % 1000) + Status.make(x % 7).twice + <u64>this.color; }`;
  const map = (name: string) => Buffer.from(name, "utf8").toString("hex");
  const doors: Door[] = [
    {
      ...QUERY,
      name: "nextColor",
      params: [color],
      result: color,
      run: (_call, [c]) => (c === 0n ? BigInt(members.length - 1) : (c as bigint)),
    },
    {
      ...QUERY,
      kind: "execute",
      name: "keep",
      params: [item, color],
      result: item,
      run: ({ at }, [given, c]) => {
        const was = runCollection(colors, map("colors"), "get", [c as bigint], at.storage);
        runCollection(colors, map("colors"), "set", [c as bigint, given as ObjectValue], at.storage);
        at.set("item", given as ObjectValue);
        at.set("color", c as bigint);
        return was;
      },
    },
    {
      ...QUERY,
      name: "kept",
      params: [U64],
      result: U64,
      run: ({ at }, [x]) =>
        ((x as bigint) % 1000n) * k + scale + (((x as bigint) % 7n) + extra) * 2n + (at.get("color") as bigint),
    },
  ];
  return {
    before,
    fields: [
      { name: "item", text: "item: Item;", type: item },
      { name: "color", text: "color: Color;", type: color },
      { name: "colors", text: "colors: StorageMap<Color, Item>;" },
    ],
    methods,
    doors,
    files,
  };
}

const QUERY = { kind: "query", payable: false, isSigned: false, guards: [] } as const;

/** A member that an enum of another file may have, and this one perhaps not. */
export function anyMember(random: Random): string {
  return encode(INTS["u8"] as Type, BigInt(random.below(7)));
}
