// Fuzzes the check of layouts: versions of stored types that are added to, reordered, renamed, taken away and brought back. Every
// field of a struct and member of an enum has a meaning that no edit but its own removal ends; an upgrade that the check lets pass
// without an error has to read under each meaning what an earlier version stored under it.

import { compareLayouts } from "../../harness/compiler/compare-layouts.js";
import { type Layout, type LayoutSlot, layoutText, typesOf } from "../../harness/compiler/layout.js";
import type { LinkedContract } from "../../harness/compiler/link-contract.js";
import { parseLayout } from "../../harness/compiler/parse-layout.js";
import type { AbiType } from "../../harness/core/abi.js";
import { Random } from "../hostile/random.js";
import { decode, encode } from "./borsh.js";
import { randomValue } from "./generate-values.js";
import { INTS, type ListValue, type ObjectValue, STRING, type StructType, type Type, type Value } from "./types.js";

/** A part of a version with its name of the time, and what it means. */
interface Part {
  readonly name: string;
  readonly meaning: number;
}
interface Field extends Part {
  readonly type: string;
}
interface Struct extends Part {
  readonly fields: readonly Field[];
}
interface Enum extends Part {
  readonly members: readonly Part[];
}
/** Types of fields and slots are names of integers, structs or enums, `string`, or lists of them: `[]` behind. */
export interface Version {
  readonly structs: readonly Struct[];
  readonly enums: readonly Enum[];
  readonly slots: readonly Field[];
}

export interface LayoutFinding {
  readonly seed: number;
  readonly versions: readonly Version[];
  readonly slot: string;
  readonly stored: string;
  readonly before: string;
  readonly after: string;
}

const SIMPLE = ["u8", "u64", "i32", "u256", "string"];

export class LayoutFuzzer {
  #meanings = 0;
  readonly #random: Random;
  readonly seed: number;

  constructor(seed: number) {
    this.seed = seed;
    this.#random = new Random(seed);
  }

  /** Makes some versions and checks every upgrade that passes. @returns what is read as something else, and how many passed */
  run(): { readonly findings: readonly LayoutFinding[]; readonly passed: number; readonly stopped: number } {
    const versions: Version[] = [this.#first()];
    let file = layoutOf(versions[0] as Version);
    const findings: LayoutFinding[] = [];
    let passed = 0;
    let stopped = 0;
    for (let i = 0; i < 5; i++) {
      const next = this.#edited(versions);
      const { problems, next: kept } = compareLayouts(file, layoutOf(next), CONTRACT);
      if (problems.some(({ severity }) => severity !== "warning")) {
        stopped++;
        continue;
      }
      const found = versions.flatMap((before) =>
        before.slots.map((slot) => this.#read(before, next, slot)).filter((finding) => finding !== undefined),
      );
      // Whether it is a new name of the same, or another thing in its place, is the author's to say, who is warned.
      if (found.length > 0 && problems.some(({ code }) => code === "QW260")) {
        stopped++;
        continue;
      }
      passed++;
      const parsed = parseLayout(layoutText(kept));
      if (typeof parsed === "string") throw new Error(parsed);
      file = parsed;
      versions.push(next);
      findings.push(...found.map((finding) => ({ ...finding, seed: this.seed, versions: [...versions] })));
    }
    return { findings, passed, stopped };
  }

  /** What a slot of a former version stores, read by the types of the next. */
  #read(before: Version, next: Version, slot: Field): Omit<LayoutFinding, "seed" | "versions"> | undefined {
    const now = next.slots.find(({ name }) => name === slot.name);
    if (now === undefined) return undefined;
    const type = typeIn(before, slot.type);
    const value = randomValue(type, this.#random);
    const stored = encode(type, value);
    const was = meaningOf(before, slot.type, value);
    const read = decode(typeIn(next, now.type), stored);
    const is = read === undefined ? "not to be read" : meaningOf(next, now.type, read);
    return was === is ? undefined : { slot: slot.name, stored, before: was, after: is };
  }

  #meaning(): number {
    return this.#meanings++;
  }

  /** Names of parts are of one type alone: types of equal parts are the same to the check. */
  #first(): Version {
    const random = this.#random;
    const part = (name: string): Part => ({ name, meaning: this.#meaning() });
    const enums: Enum[] = [0, 1].map((i) => ({
      ...part(`Color${i}`),
      members: Array.from({ length: 2 + random.below(3) }, (_, member) => part(`M${i}${member}`)),
    }));
    const structs: Struct[] = [];
    for (let i = 0; i < 3; i++) {
      const known = [...enums, ...structs].map(({ name }) => name);
      const fields = Array.from({ length: 1 + random.below(3) }, (_, field) => ({
        ...part(`x${i}${field}`),
        type: this.#type(known, random.chance(50) ? SIMPLE[1] : undefined),
      }));
      structs.push({ ...part(`Item${i}`), fields });
    }
    const known = [...enums, ...structs].map(({ name }) => name);
    const slots = Array.from({ length: 2 + random.below(4) }, (_, slot) => ({
      ...part(`s${slot}`),
      type: this.#type(random.chance(80) ? known : []),
    }));
    return { enums, structs, slots };
  }

  #type(known: readonly string[], simple?: string): string {
    const random = this.#random;
    const name = known.length > 0 && random.chance(60) ? random.pick(known) : (simple ?? random.pick(SIMPLE));
    return random.chance(15) ? `${name}[]` : name;
  }

  /** One or two edits of the last version, which may bring back what an earlier one had. */
  #edited(versions: readonly Version[]): Version {
    let next = versions.at(-1) as Version;
    for (let i = 1 + this.#random.below(2); i > 0; i--) next = this.#edit(next, versions);
    return next;
  }

  #edit(version: Version, versions: readonly Version[]): Version {
    const random = this.#random;
    const { structs, enums, slots } = version;
    const one = random.below(Math.max(1, slots.length));
    const changeStruct = (change: (fields: readonly Field[]) => readonly Field[]): Version => {
      const at = random.below(structs.length);
      return {
        ...version,
        structs: structs.map((item, i) => (i === at ? { ...item, fields: change(item.fields) } : item)),
      };
    };
    const changeEnum = (change: (members: readonly Part[]) => readonly Part[]): Version => {
      const at = random.below(enums.length);
      return {
        ...version,
        enums: enums.map((item, i) => (i === at ? { ...item, members: change(item.members) } : item)),
      };
    };
    const known = [...enums, ...structs].map(({ name }) => name);
    switch (random.below(12)) {
      case 0:
      case 1:
        return slots.length > 1 ? { ...version, slots: slots.filter((_, i) => i !== one) } : version;
      case 2:
      case 3: {
        // A field of an earlier version, as it was called and typed then.
        const gone = versions
          .flatMap((earlier) => earlier.slots)
          .filter(({ name, type }) => !slots.some((slot) => slot.name === name) && isKnown(version, type));
        return gone.length > 0 ? { ...version, slots: [...slots, random.pick(gone)] } : version;
      }
      case 4: {
        const slot = { name: `n${this.#meaning()}`, meaning: this.#meaning(), type: this.#type(known) };
        return { ...version, slots: [...slots, slot] };
      }
      case 5:
        return { ...version, slots: slots.map((slot, i) => (i === one ? { ...slot, type: this.#type(known) } : slot)) };
      case 6:
      case 7:
        return changeStruct((fields) => shuffled(fields, random));
      case 8:
        return changeStruct((fields) => [
          ...fields,
          { name: `y${this.#meanings}`, meaning: this.#meaning(), type: "u64" },
        ]);
      case 9:
        return changeEnum((members) => shuffled(members, random));
      case 10:
        return random.chance(50)
          ? changeEnum((members) => [...members, { name: `N${this.#meaning()}`, meaning: this.#meaning() }])
          : changeEnum((members) => (members.length > 2 ? members.slice(0, -1) : members));
      default:
        return this.#renamed(version);
    }
  }

  /** Another name for a struct, or for a part of a struct or an enum. */
  #renamed(version: Version): Version {
    const random = this.#random;
    const rename = <T extends Part>(parts: readonly T[]): T[] => {
      const at = random.below(parts.length);
      return parts.map((part, i) => (i === at ? { ...part, name: `r${this.#meaning()}` } : part));
    };
    const at = random.below(version.structs.length);
    if (random.chance(40))
      return {
        ...version,
        structs: version.structs.map((item, i) => (i === at ? { ...item, fields: rename(item.fields) } : item)),
      };
    if (random.chance(50))
      return {
        ...version,
        enums: version.enums.map((item, i) => (i === 0 ? { ...item, members: rename(item.members) } : item)),
      };
    const struct = version.structs[at] as Struct;
    const name = `R${this.#meaning()}`;
    const retyped = <T extends Field>(field: T): T => ({ ...field, type: field.type.replace(struct.name, name) });
    return {
      enums: version.enums,
      structs: version.structs.map((item) => ({
        ...item,
        name: item === struct ? name : item.name,
        fields: item.fields.map(retyped),
      })),
      slots: version.slots.map(retyped),
    };
  }
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const left = [...items];
  return items.map(() => left.splice(random.below(left.length), 1)[0] as T);
}

const bare = (type: string): string => type.replace("[]", "");

function isKnown({ structs, enums }: Version, type: string): boolean {
  const name = bare(type);
  return SIMPLE.includes(name) || [...structs, ...enums].some((part) => part.name === name);
}

function typeIn(version: Version, type: string): Type {
  if (type.endsWith("[]")) return { kind: "array", of: typeIn(version, bare(type)) };
  const struct = version.structs.find(({ name }) => name === type);
  if (struct !== undefined)
    return {
      kind: "struct",
      name: type,
      fields: struct.fields.map((field, i) => ({ name: String(i), type: typeIn(version, field.type) })),
    } satisfies StructType;
  const found = version.enums.find(({ name }) => name === type);
  if (found !== undefined) return { kind: "enum", name: type, members: found.members.map(({ name }) => name) };
  return type === "string" ? STRING : (INTS[type] as Type);
}

/** What a value says: its numbers and texts under what its fields and members mean, in the order of meanings. */
function meaningOf(version: Version, type: string, value: Value): string {
  if (type.endsWith("[]"))
    return `[${(value as ListValue).items.map((item) => meaningOf(version, bare(type), item)).join(", ")}]`;
  const struct = version.structs.find(({ name }) => name === type);
  if (struct !== undefined) {
    const parts = struct.fields.map((field, i) => ({
      meaning: field.meaning,
      text: meaningOf(version, field.type, (value as ObjectValue).fields[String(i)] as Value),
    }));
    return `{${parts
      .sort((a, b) => a.meaning - b.meaning)
      .map(({ meaning, text }) => `${meaning}: ${text}`)
      .join(", ")}}`;
  }
  const found = version.enums.find(({ name }) => name === type);
  if (found !== undefined) return `member ${found.members[Number(value)]?.meaning}`;
  return String(value);
}

function layoutOf({ structs, enums, slots }: Version): Layout {
  const names = { structs: structs.map(({ name }) => name), enums: enums.map(({ name }) => name) };
  const abi = (type: string): AbiType => {
    if (type.endsWith("[]")) return { array: abi(bare(type)) };
    if (names.structs.includes(type)) return { struct: type };
    return names.enums.includes(type) ? { enum: type } : (type as AbiType);
  };
  const own = slots.map(({ name, type }): LayoutSlot => ({ name, kind: "value", keys: [], type: abi(type) }));
  const all = {
    structs: new Map(
      structs.map(({ name, fields }) => [name, fields.map((field) => ({ name: field.name, type: abi(field.type) }))]),
    ),
    enums: new Map(enums.map(({ name, members }) => [name, members.map((member) => member.name)])),
  };
  return { layoutVersion: 2, contract: "Shop", slots: own, types: typesOf(own, all) };
}

/** Only places of problems are taken from it. */
const CONTRACT = { own: { name: "Shop", nameSpan: { start: 0, end: 4 }, slots: [] } } as unknown as LinkedContract;
