// What to do about the errors of the AssemblyScript compiler that authors meet most: its own words are short.

/** By code, as in diagnostics; in words that follow what the diagnostic says. */
export const ASC_CODES: Readonly<Record<string, string>> = {
  AS100:
    "AssemblyScript does not have this construct yet. Write it with plain statements; if the place is not yours, the type that you use there has no such operation.",
  AS102: "The SDK refuses this use in its own words: the message says what is wrong.",
  AS200:
    "A value would lose bits or its sign on the way. Cast it, `<u64>x`: the cast is checked, and reverts when the value does not fit. For u128 and u256 use their own methods, such as u256.from(x) and x.toU64().",
  AS204: 'Only classes can be null. Use 0 or another value for "none", or wrap it in a @struct.',
  AS210: "A value that cannot be null is compared with null: leave the comparison out.",
  AS1005:
    "Something is missing here, or a word stands where AssemblyScript has none. Look at the characters before the mark; what is valid TypeScript may still be unknown to AssemblyScript.",
  AS1012: "A word or sign stands where AssemblyScript does not expect it.",
  AS1109: "An expression is missing: look for an operator without its right side, or a bracket too many.",
  AS1110: "A type is missing, or is one that AssemblyScript does not have, like a text or an object literal as a type.",
  AS1140: "A generic is used without its type: write it, `encode<u64>(x)`.",
  AS2300: "The name is declared twice in this place: rename one of them.",
  AS2304:
    'The name is not declared here: look for a slip of the pen, or for a missing import from "qwvm/sdk-as" or from your own file. Fields and methods need `this.`.',
  AS2305: "The file that is imported has no such export: check the name, and that the other file exports it.",
  AS2314: "The generic needs its types: StorageMap<Address, u64> has two, StorageVec<u64> one.",
  AS2322:
    'A value of one type stands where another is needed. Numbers are cast, `<u64>x`; u256.from(1) makes a u256, Address.parse("0x...") an address; a value that may be null is tested first, or written as `value!`.',
  AS2339:
    "The object has no such member: check the name. What is `private` in a base contract is not to be used either.",
  AS2341: "The member belongs to its class alone: use one of the class's public methods, or make it protected.",
  AS2355: "The method says that it returns something, but a way through it ends without return.",
  AS2365: "The operator does not work on these types: convert one side first. An Address is compared with an Address.",
  AS2445: "The member is for its class and for what extends it.",
  AS2448: "The variable is used above its declaration: move the declaration up.",
  AS2453: "The types of a generic call cannot be found from its arguments: write them, `name<u64>(x)`.",
  AS2454: "The variable has no value yet: give it one where it is declared.",
  AS2531:
    "AssemblyScript sees a test for null only of local variables. Read it into one, `const value = ...; if (value) { ... }`, or write `value!`.",
  AS2540: "It is `const` or `readonly`. Use `let`, or change a copy.",
  AS2554: "The call has more or fewer arguments than the method has parameters.",
  AS2564:
    "A class of yours that is no @struct or @contract needs a value for each field, or a constructor that gives one.",
  AS6054: "The file that is imported is not there: the path is relative to the importing file.",
};
