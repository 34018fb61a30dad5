// asc's messages in other words, and what to do about each: those whose own words speak of the compiler, and those that mean a
// certain mistake in a contract.

/** What is said in place of a message. */
export interface AscWords {
  readonly message?: string;
  readonly hint?: string;
}

/** `$1`, `$2` are what the pattern caught. */
type Row = readonly [pattern: RegExp, words: AscWords];

const NULL_HINT =
  "Declare it `T | null` where it may be null. A value that was tested with `!== null` is written `value!`, or tested with `if (value)`; a field is read into a local variable first.";

const ROWS: readonly Row[] = [
  [
    /^Not implemented: union types$/,
    { message: "The only union AssemblyScript knows is `T | null`.", hint: "Choose one type." },
  ],
  [
    /^Not implemented: (.*)$/,
    { message: "AssemblyScript does not have this: $1.", hint: "Write it with plain statements." },
  ],
  [
    /^Type '<object>' is not assignable to type '(auto|\w+)'/,
    {
      message: "An object in braces needs a class that it is made of, and none is named here.",
      hint: "Name the class: `const item: Item = { ... };`.",
    },
  ],
  [
    /^Type '\(.*\) => .+' is not assignable to type '\(.*\) => .+'/,
    { hint: "AssemblyScript wants a function of these very parameters and result: write (x) => name(x) in its place." },
  ],
  [/^Type '(.*) \| null' is not assignable to type '\1'|^Object is possibly 'null'/, { hint: NULL_HINT }],
  [/^Type '([iu](?:8|16|32|64))' is not assignable to type '([iu](?:128|256))/, { hint: "Write $2.from(value)." }],
  [
    /^Type '([iu](?:128|256))' is not assignable to type '(u64|i64)'/,
    { hint: "Write value.toU64() or value.toI64(): they revert when it does not fit." },
  ],
  [
    /^Type '([iu](?:128|256))' is not assignable to type '([iu](?:8|16|32))'/,
    { hint: "Write <$2>value.toU64(): it reverts when it does not fit." },
  ],
  [/^Type '([iu](?:128|256))' is not assignable to type '([iu](?:128|256))'/, { hint: "Write $2.from(value)." }],
  [/^Type '(?:[iu]\d+|bool)' is not assignable to type 'string/, { hint: "Write value.toString()." }],
  [/^Type '(Address|Hash|Bytes)' is not assignable to type 'string'/, { hint: "Write value.toString()." }],
  [
    /^Type 'string' is not assignable to type '[iu](?:8|16|32|64)'/,
    {
      hint: "Write a number without quotes; u64.parse(text) reads one from a text. A member of an enum is written Color.Red.",
    },
  ],
  [/^Type 'string' is not assignable to type '([iu](?:128|256))/, { hint: 'Write $1.parse("12").' }],
  [
    /^Type 'string' is not assignable to type 'Bytes/,
    { hint: 'Bytes.from(text) makes bytes of a text, Bytes.parse("0x…") of hexadecimal digits.' },
  ],
  [
    /^Type 'string' is not assignable to type '(Address|Hash)|(Address|Hash)\.equals.*string/,
    { hint: '$1.parse("0x…") makes one of a text.' },
  ],
  [
    /^Type '[iu]\d+' is not assignable to type 'Address/,
    { hint: "Address.zero is the zero address; context.caller is who calls." },
  ],
  [
    /^Type 'Address' is not assignable to type '[iu]\d+/,
    { hint: "An address is no number; the arguments may be in another order." },
  ],
  [/^Type 'void' is not assignable to type '(.*)'/, { hint: "Return a $1, or make the result `: void`." }],
  [/^Type '(.*)' is not assignable to type 'void'/, { hint: "Say what it returns: `: $1` behind the parentheses." }],
  [
    /^Type '\(this: .*' is not assignable to type '\(/,
    {
      message: "A method needs its object, and cannot be passed as a function.",
      hint: "Write a function outside of the class, or `(x) => ...`.",
    },
  ],
  [
    /^Conversion from type '(.*)' to 'bool' requires/,
    { message: "$1 is no condition.", hint: "Compare: `value != 0`." },
  ],
  [
    /^Conversion from type '(.*)' to '(.*)' requires an explicit cast/,
    { hint: "Write <$2>value: the cast is checked, and reverts when the value does not fit." },
  ],
  [
    /^Type '([iu](?:8|16|32|64)|bool)' cannot be nullable/,
    { hint: 'Numbers and bool cannot be null: use 0 for "none", or wrap it in a class.' },
  ],
  [
    /^Expression resolves to unusual type 'usize'/,
    { message: "null is no number.", hint: 'Write 0, or another value that stands for "none".' },
  ],
  [
    /^Expression does not compile to a value at runtime/,
    {
      message: "This is a class or a type, not a value.",
      hint: "An object of a class is made with `new`; a value is converted by a cast, <u64>x, by u256.from(x), or by x.toString().",
    },
  ],
  [
    /^Cannot invoke an expression whose type lacks a call signature\. Type '(.*)' has/,
    { message: "This is no function, but a value of type $1.", hint: "Leave out the parentheses." },
  ],
  [
    /^Type argument expected\.$/,
    {
      message: "The type of this call is not known.",
      hint: "Write it: `items.map<string>(...)`, `decode<u64>(bytes)`. A name in it may also be misspelt or not imported.",
    },
  ],
  [
    /^The type argument for type parameter '(\w+)' cannot be inferred/,
    { message: "The type $1 of this call is not known.", hint: "Write it: `name<u64>(x)`." },
  ],
  [
    /^Index signature is missing in type 'StorageMap/,
    { message: "A StorageMap has no brackets.", hint: "Write get(key) and set(key, value)." },
  ],
  [
    /^Index signature is missing in type 'IterableMap/,
    { message: "An IterableMap has no brackets.", hint: "Write get(key) and set(key, value)." },
  ],
  [
    /^Index signature is missing in type 'StorageVec/,
    { message: "A StorageVec has no brackets.", hint: "Write get(index) and set(index, item)." },
  ],
  [
    /^Index signature is missing in type 'StorageSet/,
    { message: "A StorageSet has no brackets.", hint: "Write at(position)." },
  ],
  [
    /^Index signature is missing in type 'Map/,
    { message: "A Map has no brackets.", hint: "Write get(key) and set(key, value)." },
  ],
  [
    /^Index signature is missing in type '(.*)'/,
    { message: "$1 has nothing that brackets would give.", hint: "Write a field's name behind a dot." },
  ],
  [
    /^Operator '(.*)' cannot be applied to types '(.*)' and 'string'|^Operator '(.*)' cannot be applied to types 'string' and '(.*)'/,
    { hint: "Convert one side: value.toString(), or u64.parse(text)." },
  ],
  [
    /^Operator '(.*)' cannot be applied to types '(.*)' and '(.*)'/,
    { hint: "Convert one side first: a cast, <u64>x, or u256.from(x)." },
  ],
  [
    /^The '(.*)' operator cannot be applied to type 'string'/,
    { hint: "u64.parse(text) and u256.parse(text) read a number from a text." },
  ],
  [
    /^The '(.*)' operator cannot be applied to type '(.*)'/,
    { hint: "It works on numbers: name the field that is meant, or convert first." },
  ],
  [
    /^Cannot assign to '(?:[IUF]\d+|Bool)'/,
    { message: "This is a value, and cannot be assigned.", hint: "`==` compares." },
  ],
  [
    /^Cannot assign to '(.*)' because/,
    { hint: "It is `const` or `readonly`, or has no setter: use `let`, or change a copy." },
  ],
  [
    /^Expected (\d+) type arguments, but got (\d+)/,
    { hint: "Write them in angle brackets: Array<u64>, Map<u64, string>, StorageMap<Address, u64>." },
  ],
  [
    /^The 'this' types of each signature are incompatible/,
    {
      message: "A method needs its object, and cannot be kept as a function.",
      hint: "Call it where it is: this.name(...).",
    },
  ],
  [
    /^require\(\) and revert\(\) take a text/,
    { hint: 'Write require(condition, "why") or require(condition, new Problem()).' },
  ],
  [
    /^emit\(\) takes an instance/,
    { hint: "Write its class, @event class Name { ... }, and emit(new Name(...)); log(text) is for development." },
  ],
  [
    /^Export declaration conflicts with exported declaration of '(.*)'/,
    { hint: "Leave $1 out of the list: it is exported already." },
  ],
  [
    /^-?\d+ is not a value of |(is not a value of [iu]\d+|has no value)\.$/,
    {
      hint: "Choose a larger type. Where bits shall be lost, use wrappingAdd(), wrappingCast() and the like, or @wrapping.",
    },
  ],
];

/** Says a message otherwise; what a row leaves open stays as it is. */
export function rewordAsc(message: string): AscWords {
  for (const [pattern, words] of ROWS) {
    const match = pattern.exec(message);
    if (match === null) continue;
    const fill = (text: string) =>
      text.replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? match[Number(group) + 1] ?? "");
    return {
      ...(words.message === undefined ? {} : { message: fill(words.message) }),
      ...(words.hint === undefined ? {} : { hint: fill(words.hint) }),
    };
  }
  return {};
}

/** The author's names of types that asc calls by the class behind them. */
export function readableTypes(message: string): string {
  return message
    .replace(/\bString\b(?=[^']*')/g, "string")
    .replace(/'([UI](?:8|16|32|64)|Bool)'/g, (_, name: string) => `'${name.toLowerCase()}'`);
}
