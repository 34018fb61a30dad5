// What AssemblyScript or a contract does not have in bodies: globals, statements and expressions, in words.

import type { Wording } from "./wording.js";

/** Names of the world outside. */
export const GLOBAL_WORDS = {
  closure: {
    code: "QW109",
    message: "This function uses `$` from the function around it; AssemblyScript has no closures.",
    hint: "Write a loop, or pass the value as a parameter of a function outside of the class.",
  },
  try: {
    code: "QW110",
    message: "AssemblyScript has no try/catch.",
    hint: "Check before with require(). To survive a failing call of another contract use tryCallContract().",
  },
  float: {
    code: "QW111",
    message:
      "`$` is a floating-point number; contracts compute with integers, so that every machine gets the same bits.",
    hint: "Use u64 or u256 in the smallest unit, for example cents or wei.",
  },
  floatFunction: {
    code: "QW111",
    message: "`$` works with floating-point numbers; contracts compute with integers.",
    hint: 'A text becomes an integer by u256.parse("12"); integer division is written a / b, its remainder a % b.',
  },
  number: {
    code: "QW111",
    message: "In AssemblyScript `number` is a 64-bit float; contracts compute with integers.",
    hint: "Choose an integer type: u8 to u64, u128 or u256.",
  },
  any: { code: "QW122", message: "AssemblyScript has no `$`.", hint: "Name the type." },
  random: {
    code: "QW112",
    message: "`$` would be different on every machine.",
    hint: "Use context.vrf, the block's random value from the beacon.",
  },
  math: {
    code: "QW111",
    message: "`$` computes with floating-point numbers.",
    hint: "Use integer arithmetic; min(), max() and abs() work on integers.",
  },
  date: {
    code: "QW113",
    message: "`$` asks for the time of the machine, which is different on each.",
    hint: "Use context.blockTimestamp, in seconds, or context.blockHeight.",
  },
  console: {
    code: "QW122",
    message: "There is no console in a contract.",
    hint: "Use log(text) while developing, or emit an @event.",
  },
  process: {
    code: "QW122",
    message: "There is no `$` in a contract: it sees its storage and the chain alone.",
    hint: "Take what comes from outside as a parameter, or write it as a constant.",
  },
  memory: {
    code: "QW200",
    message: "`$` is the compiler's own: a mistake with it changes what other values are.",
    hint: "Use arrays, Map, Set, texts and Bytes, which take their memory themselves.",
  },
  unchecked: {
    code: "QW200",
    message: "`unchecked` reads and writes what lies behind an array where an index is wrong.",
    hint: "Leave it out: a wrong index then ends the call.",
  },
  undefined: {
    code: "QW122",
    message: "AssemblyScript has no `undefined`.",
    hint: "Write null where a value can be missing, and give it the type `T | null`.",
  },
  async: {
    code: "QW122",
    message: "A contract runs synchronously and has no network: there are no promises, timers or requests.",
    hint: "Take what comes from outside as a parameter.",
  },
} satisfies Record<string, Wording>;

/** Found with words of their own, by what it is. */
export const OWN_WORDS = {
  syntax: { code: "QW270", message: "$", hint: "" },
  type: { code: "QW122", message: "$", hint: "" },
} satisfies Record<string, Wording>;

/** Statements and expressions. */
export const BODY_WORDS = {
  generator: { code: "QW122", message: "AssemblyScript has no generators.", hint: "Fill an array and return it." },
  forOf: {
    code: "QW122",
    message: "AssemblyScript has no for...of.",
    hint: "Write for (let i = 0; i < items.length; i++) and use items[i].",
  },
  forIn: { code: "QW122", message: "AssemblyScript has no for...in.", hint: "Loop over an array by index." },
  destructuring: {
    code: "QW122",
    message: "AssemblyScript has no destructuring.",
    hint: "Declare the variables one by one.",
  },
  destructuringAssignment: {
    code: "QW122",
    message: "AssemblyScript has no destructuring.",
    hint: "Assign one by one; to swap two values keep one in a variable: `const before = a; a = b; b = before;`.",
  },
  spread: { code: "QW122", message: "AssemblyScript has no spread.", hint: "Use concat(), or push in a loop." },
  regex: {
    code: "QW122",
    message: "AssemblyScript has no regular expressions.",
    hint: "Compare characters in a loop.",
  },
  optionalChaining: {
    code: "QW122",
    message: "AssemblyScript has no optional chaining.",
    hint: "Test with `if (value !== null)` first.",
  },
  nullish: {
    code: "QW122",
    message: "AssemblyScript has no `??`.",
    hint: "Read the value into a variable and test that: `const found = value; const text = found !== null ? found : other;`.",
  },
  nullishAssignment: {
    code: "QW122",
    message: "AssemblyScript has no `??=`.",
    hint: "Write `if (value === null) value = other;`.",
  },
  logicalAssignment: {
    code: "QW122",
    message: "AssemblyScript has no `$`.",
    hint: "Write it out: `a = a || b`, `a = a && b`.",
  },
  label: {
    code: "QW122",
    message: "AssemblyScript has no labels.",
    hint: "Move the loops into a method of their own and return from it, or end the outer loop by a bool.",
  },
  delete: {
    code: "QW122",
    message: "AssemblyScript has no `delete`.",
    hint: "An entry of a StorageMap goes by delete(key), an item of an array by splice(index, 1); a field is given its zero value.",
  },
  in: {
    code: "QW122",
    message: "AssemblyScript has no `in`.",
    hint: "Ask a StorageMap, Map or Set with has(key), an array with includes(item).",
  },
  instanceofNumber: {
    code: "QW122",
    message: "`instanceof` asks which class an object is of; $ is no class.",
    hint: "Leave it out: the type is known when the contract is built.",
  },
  void: {
    code: "QW122",
    message: "AssemblyScript has no `void` in front of a value.",
    hint: "Write the call as a statement of its own.",
  },
  satisfies: {
    code: "QW122",
    message: "AssemblyScript has no `satisfies`.",
    hint: "Write the type behind the name: `const x: T = ...`.",
  },
  constAssertion: {
    code: "QW122",
    message: "AssemblyScript has no `as const`.",
    hint: "Leave it out: the type of an array is that of its items.",
  },
  objectLiteral: {
    code: "QW122",
    message: "An object in braces needs a class that it is made of, and none is named here.",
    hint: "Write a class with these fields, `@struct` if it is stored or passed, and name it: `const item: Item = { ... };`.",
  },
  with: { code: "QW122", message: "AssemblyScript has no `with`.", hint: "Write the object's name each time." },
  debugger: {
    code: "QW122",
    message: "AssemblyScript has no `debugger`.",
    hint: "Use log(text) while developing.",
  },
  newTarget: { code: "QW122", message: "AssemblyScript has no `new.target`.", hint: "Leave it out." },
  importCall: {
    code: "QW122",
    message: "A contract cannot load a module while it runs.",
    hint: "Import it at the top of the file.",
  },
  importMeta: {
    code: "QW122",
    message: "A contract has no `import.meta`.",
    hint: "Leave it out: the files are compiled into one module.",
  },
  taggedTemplate: {
    code: "QW122",
    message: "AssemblyScript has no tagged templates.",
    hint: "Call a function with the values: `$(value)`.",
  },
  using: { code: "QW122", message: "AssemblyScript has no `$`.", hint: "Write `const`." },
  localClass: {
    code: "QW122",
    message: "In AssemblyScript a class stands by itself, not inside of a function or an expression.",
    hint: "Move it out of the function, and give it a name.",
  },
  localDeclaration: {
    code: "QW122",
    message: "In AssemblyScript an $ cannot stand inside of a function.",
    hint: "Move it to the top of the file.",
  },
  rawTemplate: { code: "QW122", message: "AssemblyScript has no `String.raw`.", hint: "Write \\\\ for a backslash." },
  secondDefault: {
    code: "QW122",
    message: "A switch has one `default`.",
    hint: "Keep one of them.",
  },
  lostResult: {
    code: "QW275",
    message: "The function returns nothing, so this value would be lost.",
    hint: "Write `return;` alone, or say behind the parentheses what it returns.",
  },
  boolOrder: {
    code: "QW122",
    message:
      "An order is a number: below 0 if the first comes first, above 0 if the second does. A bool is never below 0.",
    hint: "Write `a < b ? -1 : a > b ? 1 : 0`.",
  },
  trace: {
    code: "QW122",
    message: "There is no trace() in a contract.",
    hint: "Use log(text) while developing, or emit an @event.",
  },
  untypedVariable: {
    code: "QW272",
    message: "The variable $ has neither a type nor a value.",
    hint: "Write the type behind the name: `let $: u64 = 0;`.",
  },
  constWithoutValue: {
    code: "QW270",
    message: "The constant $ has no value.",
    hint: "Give it one where it is declared, or write `let`.",
  },
  conditionAssignment: {
    code: "QW271",
    message: "This is an assignment, `$`, where a condition is wanted.",
    hint: "`==` compares. If the assignment is meant, write it as a statement before.",
  },
} satisfies Record<string, Wording>;
