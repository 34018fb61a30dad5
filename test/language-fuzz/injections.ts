// What a build must refuse, each in a method of its own, at a random place; and beside each the nearest thing that is right,
// which must build. A refusal is expected by the code of its rule.

import type { Random } from "../hostile/random.js";
import type { Method, Program } from "./program.js";
import { VOID } from "./types.js";

interface Injection {
  readonly codes: readonly string[];
  /** Parameters of the method. */
  readonly takes: string;
  readonly wrong: string;
  readonly right: string;
  /** Declarations of the file: of both, or of the one that is wrong and the one that is right. */
  readonly top?: string;
  readonly wrongTop?: string;
  readonly rightTop?: string;
  /** Whether it uses the contract, so that it stands in a method. */
  readonly ofContract?: boolean;
}

type Make = (random: Random, program: Program, name: string) => Injection;

const NUMBERS = ["u8", "i8", "u16", "i32", "u32", "i64", "u64"];

const records: Make = (random, program, n) => {
  const base = random.pick(program.structs).name;
  const kind = random.pick(["struct", "struct", "event", "error"]);
  const own = kind === "struct" ? "{ more: u8; }" : "{ constructor(public more: u8) {} }";
  const above = `@${kind} class Base_${n} ${kind === "struct" ? "{ first: u64; }" : "{ constructor(public first: u64) {} }"}`;
  const from = kind === "struct" && random.chance(50) ? base : `Base_${n}`;
  const use =
    kind === "struct"
      ? `const it = new More_${n}(); it.more = x; out = encode<More_${n}>(it);`
      : kind === "event"
        ? `emit(new More_${n}(x));`
        : `if (x == 77) revert(new More_${n}(x));`;
  const wrongUse = kind === "struct" ? use : use.replace("(x)", random.chance(50) ? "(x)" : "(x)");
  return {
    codes: ["QW234"],
    takes: "x: u8",
    wrong: `let out = Bytes.empty; ${wrongUse} require(out.length < 999);`,
    right: `let out = Bytes.empty; ${use} require(out.length < 999);`,
    wrongTop: `${above}\n@${kind} class More_${n} extends ${from} ${own}`,
    rightTop: `@${kind} class More_${n} ${kind === "struct" ? `{ base: ${base}; more: u8; }` : own}`,
    ofContract: kind !== "struct",
  };
};

const enums: Make = (random, program, n) => {
  const { name, members } = random.pick(program.enums);
  const first = `${name}.${members[0]}`;
  const beyond = members.length + random.below(9);
  const wrong = random.pick([
    `let c: ${name} = <u8>x; require(c == ${first});`,
    `let c: ${name} = ${beyond}; require(c == ${first});`,
    `let c = ${first}; c++; require(c == ${first});`,
    `let c = ${first}; --c; require(c == ${first});`,
    `let c = ${first}; c += 1; require(c == ${first});`,
    `let c: ${name} = ${first}; c = x; require(c == ${first});`,
    `let c: ${name} = x == 1 ? ${first} : <u8>${beyond}; require(c == ${first});`,
    `const list: ${name}[] = [${first}, ${beyond}]; require(list.length == 2);`,
    `const list: ${name}[] = [${first}]; list[0] = x; require(list.length == 1);`,
    `const list: ${name}[] = []; list.push(x); require(list.length == 1);`,
    `let c: ${name} = ${first} + 1; require(c == ${first});`,
    `let c = ${first}; c = <u8>(${first} + x); require(c == ${first});`,
    `let c: ${name} = of_${n}(x); require(c == ${first});`,
    `require(to_${n}(x) == ${first});`,
  ]);
  return {
    codes: ["QW216", "QW191"],
    takes: "x: u8",
    wrong,
    right: `let c: ${name} = <${name}>x; let d: u8 = c + 1; c = ${first}; require(c == ${first} && d > 0); require(<u8>c == 0);`,
    top: `function of_${n}(x: u8): u8 { return x; }`,
    ...(wrong.includes(`to_${n}`) ? { wrongTop: `function to_${n}(x: u8): ${name} { return x; }` } : {}),
  };
};

const lasting: Make = (random, _program, n) => {
  const type = random.pick([...NUMBERS, "u256"]);
  const [wrongTop, wrong] = random.pick<readonly [string, string]>([
    [`let kept_${n}: ${type} = 0;`, `kept_${n} = x;`],
    [`let kept_${n}: ${type} = 0;`, `kept_${n} += x;`],
    [`class Kept_${n} { static count: ${type} = 0; }`, `Kept_${n}.count = x;`],
    [`class Kept_${n} { static count: ${type} = 0; }`, `Kept_${n}.count += x;`],
    [`const kept_${n}: ${type}[] = [];`, `kept_${n}.push(x);`],
    [`const kept_${n}: ${type}[] = [1];`, `kept_${n}[0] = x;`],
    [`const kept_${n} = new Map<${type}, ${type}>();`, `kept_${n}.set(x, x);`],
    [`class Kept_${n} { count: ${type} = 0; }\nconst kept_${n} = new Kept_${n}();`, `kept_${n}.count = x;`],
    [`namespace Kept_${n} { export let count: ${type} = 0; }`, `Kept_${n}.count = x;`],
  ]);
  return {
    codes: ["QW231"],
    takes: `x: ${type}`,
    wrong,
    wrongTop,
    right: `const own: ${type}[] = [x]; own[0] = kept_${n}; own.push(KEPT_${n}.most); require(own.length == 2);`,
    rightTop: `const kept_${n}: ${type} = 7;\nclass KEPT_${n} { static readonly most: ${type} = 9; }`,
  };
};

const fixed: Make = (random, _program, n) => {
  const type = random.pick([...NUMBERS, "u256", "string"]);
  const target = random.pick([
    `const it = new Held_${n}(x); it.held = x;`,
    ...(type === "string"
      ? []
      : [`const it = new Held_${n}(x); it.held++;`, `const it = new Held_${n}(x); it.held -= x;`]),
    `new Held_${n}(x).held = x;`,
    `const list: Held_${n}[] = [new Held_${n}(x)]; list[0].held = x;`,
    `const it = new Held_${n}(x); it.put(x);`,
  ]);
  const held = (put: string) =>
    `class Held_${n} { readonly held: ${type}; constructor(x: ${type}) { this.held = x; } ${put} }`;
  return {
    codes: ["QW233", "AS2540"],
    takes: `x: ${type}`,
    wrong: target,
    wrongTop: held(`put(x: ${type}): void { ${target.includes("put") ? "this.held = x;" : ""} }`),
    right: `const it = new Held_${n}(x); require(it.held == x);`,
    rightTop: held(`get(): ${type} { return this.held; }`),
  };
};

const booleans: Make = (random) => {
  const number = random.pick(NUMBERS);
  const wrong = random.pick([
    "const n: u32 = a + b; require(n < 9);",
    "const n = a + b + (a == b); require(n == true);",
    "require(a + b == 2);",
    "require(a - b == 1);",
    `const n: ${number} = y * a; require(n < 9);`,
    `const n: ${number} = a * y; require(n < 9);`,
    `let n: ${number} = y; n += a; require(n < 9);`,
    "let n = a; n++; require(n);",
    "let n = a; n += b; require(n);",
    "const n = -a; require(n == b);",
    "require(a == 2);",
    `require(a == y);`,
    `const list: bool[] = [a, b]; require(list[0] + list[1] == 1);`,
    "const n = ~a; require(n == b);",
    "const n = a << 1; require(n == b);",
    "const n = a ** 2; require(n == b);",
    "const n = a % b; require(n == b);",
  ]);
  return {
    codes: ["QW210"],
    takes: `a: bool, b: bool, y: ${number}`,
    wrong,
    right: `const n: u32 = u32(a) + <u32>b; require(n < 9 && (a == b || a != b) && (a & b) == (a && b)); let m: ${number} = y & 1; m += <${number}>a; require(m < 9);`,
  };
};

const conditions: Make = (random, program, n) => {
  const struct = random.pick(program.structs).name;
  const [type, asked] = random.pick<readonly [string, string]>([
    ["string", "x.length > 0"],
    ["u256", "!x.isZero()"],
    ["i128", "!x.isZero()"],
    ["Bytes", "x.length > 0"],
    ["Address", "x != Address.zero"],
    ["u8[]", "x.length > 0"],
    [struct, `encode<${struct}>(x).length > 0`],
    [`Part_${n}`, "x.n > 0"],
  ]);
  const empty = type.startsWith("Part_");
  const own = empty ? `const x = new Part_${n}(); ` : "";
  const wrong = random.pick([
    "if (x) require(y < 9);",
    "const n: u8 = x ? 1 : 2; require(n == 1);",
    "while (x) { y++; if (y > 9) break; }",
    "for (let i: u8 = 0; x; i++) { if (i > 3) break; }",
    "if (x && y > 1) y++;",
    "if (y > 1 || x) y++;",
    "do { y++; } while (x && y < 9);",
    // `!text` asks whether a text is empty, as in JavaScript.
    ...(type === "string"
      ? []
      : ["if (!x) require(y < 9);", 'require(x, "none");', "if (y > 1 && !x) y++;", "require(!!x);"]),
  ]);
  return {
    codes: ["QW211"],
    takes: empty ? "z: u8, y: u8" : `x: ${type}, y: u8, z: ${type} | null`,
    wrong: own + wrong,
    right: `${own}if (${asked}) y &= 7; ${empty ? "" : "if (z) y++; if (!z && y > 3) return;"}`,
    top: `class Part_${n} { n: u8 = 0; }`,
  };
};

const assigned: Make = (random) => ({
  codes: ["QW271"],
  takes: "x: u64, y: u64",
  wrong: random.pick([
    "if (x = y) x++;",
    "while (x = 0) { break; }",
    "const n = (x = 5) ? 1 : 2; require(n == 1);",
    "if (!(x = y)) x++;",
    "if (y > 1 && (x = y)) x++;",
  ]),
  right: "if ((x = y) > 5) x = 1; while ((x = x >> 1) > 0) y = 0;",
});

const others: Make = (random, program, n) => {
  const struct = random.pick(program.structs).name;
  const type = random.pick(NUMBERS);
  return random.pick<Injection>([
    {
      codes: ["QW109"],
      takes: `list: ${type}[]`,
      wrong: `let sum: ${type} = 0; list.forEach((x) => { sum += x; }); require(sum < 9);`,
      right: `let sum: ${type} = 0; for (let i = 0; i < list.length; i++) sum |= list[i]; const big = list.filter((x: ${type}) => x > 3); require(big.length < 999);`,
    },
    {
      codes: ["QW213"],
      takes: "x: u8",
      wrong: `require(new Own_${n}(x) == new Own_${n}(x));`,
      right: `require(new Own_${n}(x) == new Own_${n}(x));`,
      wrongTop: `class Own_${n} { constructor(public n: u8) {} @operator("==") same(b: Own_${n}): bool { return this.n == b.n; } }`,
      rightTop: `class Own_${n} { constructor(public n: u8) {} @operator("==") same(b: Own_${n}): bool { return this.n == b.n; } @operator("!=") other(b: Own_${n}): bool { return this.n != b.n; } }`,
    },
    {
      codes: ["QW238"],
      takes: "x: u8",
      wrong: `const it = new Set_${n}(); require(it.most == ${type === "u8" ? 5 : 7});`,
      right: `const it = new Set_${n}(); it.most = 5; require(it.most == 5);`,
      wrongTop: `@struct class Set_${n} { most: ${type} = 7; }`,
      rightTop: `@struct class Set_${n} { most: ${type}; more: ${struct}; }`,
    },
    {
      codes: ["QW235"],
      takes: "x: u64",
      wrong: random.pick([
        "const list = new StorageVec<u64>(); list.push(x);",
        "const map = new StorageMap<u64, u64>(); map.set(x, x);",
        "const all = new StorageSet<u64>(); all.add(x);",
      ]),
      right: "const map = this.lits_u64; map.set(x, map.get(x));",
      ofContract: true,
    },
    {
      codes: ["QW111"],
      takes: "x: u64",
      wrong: random.pick([
        "const y = 1.5; require(y > 1);",
        'const y = parseFloat("1"); require(y > 1);',
        "const y: f64 = <f64>x; require(y > 1);",
        'const y = <u64>parseInt("12"); require(y > x);',
      ]),
      right: 'const y = u64.parse("12"); require(y > 1);',
    },
    {
      codes: ["QW122"],
      takes: "x: string | null",
      wrong: random.pick(['const y = x ?? "none"; require(y.length > 0);', "const y = x?.length; require(y > 0);"]),
      right: 'const y = x !== null ? x : "none"; require(y.length >= 0);',
    },
  ]);
};

const MAKES: readonly Make[] = [
  records,
  records,
  enums,
  enums,
  lasting,
  lasting,
  fixed,
  booleans,
  booleans,
  conditions,
  conditions,
  assigned,
  others,
  others,
];

/** Some methods that must be refused, and some that are nearly the same and must build. */
export function injections(random: Random, program: Program, count: number): Method[] {
  return Array.from({ length: count }, (_, i): Method => {
    const isWrong = random.chance(60);
    const name = `${isWrong ? "wrong" : "right"}${i}`;
    const made = random.pick(MAKES)(random, program, name);
    const { text, top } = placed(made, isWrong ? made.wrong : made.right, name, random);
    const tops = [made.top, isWrong ? made.wrongTop : made.rightTop, top].filter((one) => one !== undefined);
    return {
      name,
      kind: "helper",
      parameters: [],
      result: VOID,
      body: [],
      writes: true,
      raw: {
        text,
        ...(tops.length > 0 ? { top: tops.join("\n") } : {}),
        ...(isWrong ? { codes: made.codes } : {}),
      },
    };
  });
}

/** The statements in a method: alone, in branches and loops, or in what the method calls. */
function placed(
  { takes, ofContract = false }: Injection,
  statements: string,
  name: string,
  random: Random,
): { text: string; top?: string } {
  const names = [...takes.matchAll(/(\w+):/g)].map(([, one]) => one).join(", ");
  const inside = random.pick([
    statements,
    `if (context.value.isZero()) { ${statements} }`,
    `for (let turn = 0; turn < 2; turn++) { ${statements} }`,
    `{ ${statements} }`,
    `if (context.value > 5) return; else { ${statements} }`,
  ]);
  const method = (body: string) => `@execute ${name}(${takes}): void { ${body} }`;
  const ways: readonly (() => { text: string; top?: string })[] = [
    () => ({ text: method(inside) }),
    () => ({ text: method(inside) }),
    () => ({ text: `${method(`this.in_${name}(${names});`)}\nprivate in_${name}(${takes}): void { ${inside} }` }),
    ...(ofContract
      ? []
      : [
          () => ({ text: method(`in_${name}(${names});`), top: `function in_${name}(${takes}): void { ${inside} }` }),
          () => ({
            text: method(`In_${name}.go(${names});`),
            top: `class In_${name} { static go(${takes}): void { ${inside} } }`,
          }),
          () => ({
            text: method(`new In_${name}().go(${names});`),
            top: `class In_${name} { go(${takes}): void { ${inside} } }`,
          }),
          () => ({
            text: method(`In_${name}.go(${names});`),
            top: `namespace In_${name} { export function go(${takes}): void { ${inside} } }`,
          }),
        ]),
  ];
  return random.pick(ways)();
}
