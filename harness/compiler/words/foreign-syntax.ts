// Lines that are right in Solidity or Rust and are no TypeScript: what stands in their place here.

const LINES: readonly (readonly [line: RegExp, hint: string])[] = [
  [/\bfor\s*\(\s*u?int\d*\s+\w+/, "A counter is declared by `let` here: for (let i: u64 = 0; i < 5; i++)."],
  [
    /^\s*(def|func)\s+\w+/,
    "A function is written `function name(x: u64): u64 { ... }` here, a method without the word.",
  ],
  [
    /^\s*pragma\s+solidity\b/,
    'This is Solidity: leave the line out. A contract begins with its imports from "qwvm/sdk-as".',
  ],
  [/^\s*(abstract\s+)?contract\s+\w+/, "Solidity's contract is a class here: `@contract export class Name { ... }`."],
  [
    /^\s*library\s+\w+/,
    "Solidity's library is a file here: `export function name(x: u64): u64 { ... }`, imported where it is used.",
  ],
  [/^\s*emit\s+\w+\s*\(/, "Solidity's `emit Name(...)` is a call here: `emit(new Name(...))`."],
  [/^\s*(if\s*\(.*\)\s*)?revert\s+\w+\s*\(/, "Solidity's `revert Name(...)` is a call here: `revert(new Name(...))`."],
  [
    /^\s*event\s+\w+\s*\(/,
    "Solidity's event is a class here: `@event class Name { constructor(@indexed public to: Address, public amount: u256) {} }`.",
  ],
  [
    /^\s*error\s+\w+\s*\(/,
    "Solidity's error is a class here: `@error class Name { constructor(public needed: u256) {} }`.",
  ],
  [/^\s*struct\s+\w+/, "Solidity's struct is a class here: `@struct class Name { amount: u256; }`."],
  [
    /^\s*modifier\s+\w+/,
    'Solidity\'s modifier is a guard here: `@only("owner")`, `@guard("isOpen")` and others above the method.',
  ],
  [
    /^\s*using\s+\w+\s+for\b/,
    "Solidity's `using ... for` is not needed: operators are checked, and helpers are functions.",
  ],
  [/\bmapping\s*\(/, "Solidity's mapping is a StorageMap here: `balances: StorageMap<Address, u256>;`."],
  [
    /^\s*unchecked\s*\{/,
    "Solidity's `unchecked { ... }` is @wrapping above the method here, or wrappingAdd() and its kin.",
  ],
  [
    /^\s*function\s+\w+\s*\([^)]*\)\s*(public|external|internal|private|view|pure|payable|virtual|override|returns)\b/,
    "A method is written `@query name(x: u256): u256 { ... }` here: @query for view and pure, @execute for what changes state, private for internal.",
  ],
  [/\breturns\s*\(/, "The result's type stands behind the parentheses here: `name(x: u256): u256`."],
  [
    /^\s*(constructor|receive|fallback)\s*\([^)]*\)\s*(public|external|payable)\b/,
    "What runs once is a method here, `@init create(): void { ... }`; value is taken by `@payable @execute`.",
  ],
  [
    /\b(memory|storage|calldata)\s+\w+\s*[=,;)]/,
    "A variable is written `const name: Type = ...` here, without memory, storage or calldata.",
  ],
  [
    /^\s*(address|bool|string|bytes\d*|u?int\d*|u256|u128|u64|u32|u8)(\s*\[\s*\d*\s*\])?(\s+(public|private|internal|external|constant|immutable|payable|override))*\s+\w+\s*[=;]/,
    "The name comes first and the type behind a colon here: `owner: Address;`, `total: u256;`.",
  ],
  [
    /\b\d+\s+(ether|gwei|wei|seconds|minutes|hours|days|weeks)\b/,
    'There are no units here: write the number out, 1 ether is u256.parse("1000000000000000000"), 1 days is 86400.',
  ],
  [/^\s*assembly\s*\{/, "There is no assembly here: write it with the SDK's functions."],
  [/\{\s*value\s*:/, "A call of another contract carries no value; transfer(to, amount) sends it."],
  [/^\s*(pub\s+)?fn\s+\w+/, "Rust's `fn` is a method here: `@query name(x: u64): u64 { ... }`."],
  [/^\s*#\[/, "Rust's attributes are decorators here: `@contract`, `@init`, `@execute`, `@query`, `@struct`."],
  [/^\s*(pub\s+)?(impl|trait|mod)\s+\w+/, "Methods stand in the class here: `@contract export class Name { ... }`."],
  [/^\s*let\s+mut\s+\w+/, "Rust's `let mut` is `let` here, and its `let` is `const`."],
  [/^\s*use\s+\w+::/, 'Rust\'s `use` is an import here: `import { contract, u256 } from "qwvm/sdk-as";`.'],
  [/\b\w+!\s*\(/, "There are no macros here: require(condition, text) tests, revert(text) gives up, log(text) prints."],
  [/\w+::\w+/, "Rust's `::` is a dot here."],
];

/** What the line at an offset is called here, if it is another language's. */
export function foreignSyntaxHint(text: string, at: number): string | undefined {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const end = text.indexOf("\n", at);
  const line = text.slice(start, end < 0 ? text.length : end);
  return LINES.find(([pattern]) => pattern.test(line))?.[1];
}
