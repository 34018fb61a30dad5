// More about those errors of the AssemblyScript compiler whose hint does not say all: `qwvm explain AS2322` shows it. What to do
// about each code stands in words/asc-hints.

/** By code, as in diagnostics; in words that follow what the diagnostic says. */
export const ASC_CODES: Readonly<Record<string, string>> = {
  AS100:
    "AssemblyScript does not have this construct yet. Write it with plain statements; if the place is not yours, the type that you use there has no such operation.",
  AS200:
    "A value would lose bits or its sign on the way. Cast it, `<u64>x`: the cast is checked, and reverts when the value does not fit. For u128 and u256 use their own methods, such as u256.from(x) and x.toU64().",
  AS204: 'Only classes can be null. Use 0 or another value for "none", or wrap it in a @struct.',
  AS234:
    "A class, a type or a namespace stands where a value is wanted. AssemblyScript has no functions that are called as types are, String(x), Number(x), u256(x): a text is made by x.toString(), an integer by a cast, <u64>x, a wide one by u256.from(x), an object by `new`.",
  AS1003:
    "A name is wanted here. Words that AssemblyScript keeps for itself are no names, though TypeScript takes some of them: async, await, implements, interface, let, of, override, package, private, protected, public, static, yield.",
  AS1005:
    "Something is missing here, or a word stands where AssemblyScript has none. Look at the characters before the mark; what is valid TypeScript may still be unknown to AssemblyScript.",
  AS1140:
    "A generic is used without its type, and it cannot be read from the arguments. Of an array's methods map() and reduce() have one, the type of what they give: items.map<string>((item) => item.name). decode<T>(bytes) has one, too. A class that is called without `new` is reported so as well.",
  AS2304:
    'The name is not declared here: look for a slip of the pen, or for a missing import from "qwvm/sdk-as" or from your own file. Fields and methods need `this.`.',
  AS2314: "The generic needs its types: StorageMap<Address, u64> has two, StorageVec<u64> one.",
  AS2322:
    'A value of one type stands where another is needed. Numbers are cast, `<u64>x`; u256.from(1) makes a u256, Address.parse("0x...") an address; a value that may be null is tested first, or written as `value!`.',
  AS2339:
    "The object has no such member: check the name. What is `private` in a base contract is not to be used either.",
  AS2355:
    "The method says that it returns something, but a way through it ends without return. Every way has to end with return, revert() or throw: an `if` without `else` leaves one open, and so does a `switch` without `default`.",
  AS2365: "The operator does not work on these types: convert one side first. An Address is compared with an Address.",
  AS2531:
    "AssemblyScript sees a test for null only of local variables. Read it into one, `const value = ...; if (value) { ... }`, or write `value!`.",
  AS2564:
    "A class of yours that is no @struct or @contract needs a value for each field, or a constructor that gives one.",
};
