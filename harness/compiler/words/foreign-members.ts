// Members that objects of other languages and SDKs have, and what stands in their place here, by the type they are asked of.

/** The types as asc names them, the members, and what to write. `$` is the member. */
type MemberRow = readonly [types: RegExp, members: string, hint: string];

const WIDE = /^[ui](128|256)$/;
const NUMBER = /^[ui](8|16|32|64)$/;
const MAP = /^StorageMap\b/;
const COLLECTION = /^(StorageMap|StorageSet|IterableMap)\b/;
const VEC = /^StorageVec\b/;
const SET = /^(StorageSet|Set)\b/;
const ARRAY = /^(Array|StaticArray)\b/;
const TEXT = /^[Ss]tring$/;
const ANY = /./;

const OPERATORS =
  "Write the operator: a + b, a - b, a * b, a / b, a % b, a ** b; they revert when the result does not fit.";
const COMPARE = "Write the operator: a == b, a < b, a <= b, a > b, a >= b.";
const BITS = "Write the operator: a & b, a | b, a ^ b, ~a, a << n, a >> n.";

const ROWS: readonly MemberRow[] = [
  [
    /^context$/,
    "sender msgSender predecessor signer origin accountId caller_id invoker",
    "context.caller is who calls.",
  ],
  [
    /^context$/,
    "attachedDeposit amount deposit msgValue transferredValue",
    "context.value is what was sent with the call.",
  ],
  [/^context$/, "timestamp now time blockTime", "context.blockTimestamp is the block's time in seconds."],
  [/^context$/, "blockNumber blockIndex number height blockId", "context.blockHeight is the block's number."],
  [/^context$/, "contractName contractAddress address account thisAddress", "context.self is this contract's address."],
  [/^context$/, "random randomSeed prevrandao difficulty seed", "context.vrf is the block's random value."],
  [/^context$/, "balance accountBalance", "Write balanceOf(context.self)."],
  [
    /^context$/,
    "chainId prepaidGas usedGas epochHeight gasLeft gasPrice",
    "It is not known here: take it as a parameter.",
  ],
  [WIDE, "Zero ZERO", "Write `$type.zero`."],
  [WIDE, "One ONE", "Write `$type.one`."],
  [WIDE, "Max MAX MAX_VALUE max_value", "Write `$type.max`."],
  [WIDE, "Min MIN MIN_VALUE min_value", "Write `$type.min`."],
  [WIDE, "fromU64 fromU32 fromI32 fromI64 fromU128 fromU256 fromBool fromNumber of new", "Write `$type.from(5)`."],
  [WIDE, "fromString fromText", 'Write `$type.parse("12")`.'],
  [
    WIDE,
    "fromBytes fromUint8ArrayLE fromUint8ArrayBE fromBytesLE fromBytesBE",
    "Write `decode<$type>(bytes)`, little-endian.",
  ],
  [WIDE, "toBytes toUint8Array toStaticBytes toBytesLE toBytesBE toArrayBuffer", "Write `encode(x)`, little-endian."],
  [
    WIDE,
    "toU32 toI32 toU8 toU16 toNumber toBigInt as_u64 as_u32",
    "Write a cast of toU64(): `<u32>x.toU64()`; it reverts when it does not fit.",
  ],
  [WIDE, "toU256 toU128 as_u128", "Write `u256.from(x)`, `u128.from(x)`."],
  [
    WIDE,
    "mul div mod rem pow sub add plus minus times preInc preDec checked_add checked_sub checked_mul checked_div safeAdd safeSub",
    OPERATORS,
  ],
  [WIDE, "eq ne lt le gt ge gte lte lessThan greaterThan equals compareTo cmp ord", COMPARE],
  [WIDE, "shl shr bitand bitor bitxor", BITS],
  [WIDE, "wrapping_add wrapping_sub wrapping_mul overflowing_add", "Write wrappingAdd(a, b) and its kin."],
  [WIDE, "lo hi lo1 lo2 hi1 hi2", "Shift and cut: `(x >> 64).toU64()`."],
  [NUMBER, "toFixed toPrecision toLocaleString", "toString() writes all digits."],
  [NUMBER, "MAX Max MAX_SAFE_INTEGER max_value", "Write MAX_VALUE, as in u64.MAX_VALUE."],
  [NUMBER, "isZero", "Write `x == 0`."],
  [NUMBER, "toU64 toU32 toI32 toNumber", "Write a cast: `<u64>x`."],
  [NUMBER, "add sub mul div pow", OPERATORS],
  [/^Address$/, "from_str fromString fromHex fromText new of", 'Write Address.parse("0x…").'],
  [/^Address$/, "toHex toHexString toBase58 asString as_str", "Write toString()."],
  [/^Address$/, "balance getBalance", "Write balanceOf(address)."],
  [/^Address$/, "transfer send sendValue", "Write transfer(address, amount)."],
  [
    /^Address$/,
    "call delegatecall staticcall functionCall",
    "Write a @remote class, or callContract(address, method, args).",
  ],
  [/^Address$/, "isZero isEmpty isNull is_zero", "Write `address == Address.zero`."],
  [/^Address$/, "code codehash isContract length", "What stands at an address is not known here."],
  [/^(Address|Hash|Bytes)$/, "eq isEqual compare", "Write a == b."],
  [/^(Bytes|Hash)$/, "fromHex fromHexString", 'Write $type.parse("0x…").'],
  [/^Bytes$/, "fromString fromUTF8 fromUtf8 encode", "Write Bytes.from(text)."],
  [/^Bytes$/, "toHex toHexString", "Write toString()."],
  [/^Bytes$/, "toUTF8 decode asString", "Write toText()."],
  [/^Bytes$/, "push append set", "Bytes do not change: join them with concat()."],
  [/^(StorageMap|IterableMap)\b/, "put insert setItem", "Write set(key, value)."],
  [
    COLLECTION,
    "getSome getOrDefault getOrElse get_or_default may_load load",
    "Write get(key): it gives the zero value where there is none; has(key) says whether there is one.",
  ],
  [COLLECTION, "contains containsKey contains_key hasKey exists includes", "Write has(key)."],
  [COLLECTION, "remove removeKey del unset take deleteKey", "Write delete(key)."],
  [
    MAP,
    "keys values entries forEach size length len isEmpty clear first last",
    "A StorageMap does not know its keys: an IterableMap does, with size, keys(start, limit) and values(start, limit).",
  ],
  [/^IterableMap\b/, "length len", "Write size."],
  [/^IterableMap\b/, "entries forEach map", "Loop over keys(start, limit) and values(start, limit)."],
  [VEC, "append pushBack push_back add insert", "Write push(item)."],
  [VEC, "at getItem first last front back peek", "Write get(index), from 0 to length - 1."],
  [VEC, "size len count isEmpty", "Write length."],
  [VEC, "remove removeAt delete swap_remove splice", "Write swapRemove(index): the last item takes its place."],
  [VEC, "replace setItem", "Write set(index, item)."],
  [
    VEC,
    "forEach map filter reduce indexOf includes slice sort join values entries find some every toArray",
    "Loop by index, or take a part as an array: page(start, limit).",
  ],
  [SET, "insert push put set", "Write add(item)."],
  [SET, "length len", "Write size."],
  [/^StorageSet\b/, "values forEach entries keys toArray", "Write page(start, limit)."],
  [/^Map\b/, "entries forEach", "Loop over keys() and values(): they are arrays."],
  [/^Map\b/, "put insert", "Write set(key, value)."],
  [ARRAY, "contains has", "Write includes(item)."],
  [ARRAY, "size len count isEmpty", "Write length."],
  [ARRAY, "append add pushBack insert", "Write push(item)."],
  [ARRAY, "remove removeAt delete", "Write splice(index, 1)."],
  [
    ARRAY,
    "find findLast",
    "Write findIndex(test), and take the item: `const at = items.findIndex(test); if (at >= 0) …items[at]`.",
  ],
  [ARRAY, "entries keys values forOf", "Loop by index: for (let i = 0; i < items.length; i++)."],
  [ARRAY, "from", "Write items.slice() for a copy; others are filled by push in a loop."],
  [ARRAY, "of", "Write the items in brackets: [1, 2]."],
  [ARRAY, "flatMap", "Push in a loop."],
  [ARRAY, "toSorted toReversed toSpliced with", "Copy first: items.slice().sort()."],
  [/Array$/, "from of", "Make an array and push in a loop; bytes are Bytes."],
  [TEXT, "len size", "Write length."],
  [TEXT, "isEmpty", "Write text.length == 0."],
  [
    TEXT,
    "match matchAll search test",
    "There are no regular expressions: includes(), startsWith(), indexOf() and split() are there.",
  ],
  [TEXT, "contains", "Write includes(part)."],
  [TEXT, "toBytes encode getBytes as_bytes", "Write Bytes.from(text)."],
  [TEXT, "localeCompare normalize", "Compare with ==, < and >: they go by the characters' codes."],
  [TEXT, "format", "Join the parts with +, or write a template in backticks."],
  [TEXT, "toNumber toInt parse", "Write u64.parse(text), u256.parse(text)."],
  [
    /^Object$/,
    "keys values entries assign freeze fromEntries defineProperty",
    "Fields are known when the contract is built: name them one by one.",
  ],
  [/^Date$/, "now", "context.blockTimestamp is the block's time in seconds."],
  [ANY, "balance", "Write balanceOf(context.self)."],
  [ANY, "emitEvent emit deployEvent", "Write emit(new Name(…))."],
  [ANY, "require onlyDeployer ensure", "Write require(condition, text)."],
  [ANY, "respond returnValue", "A method returns its value itself."],
  [ANY, "log print", "Write log(text)."],
  [ANY, "hasOwnProperty", "Fields are known when the contract is built."],
  [ANY, "toJSON stringify", "encode(value) makes Bytes of a value."],
  [ANY, "clone copy", "Write `decode<T>(encode(value))`."],
];

/** What stands in the place of a member that a type does not have. */
export function foreignMember(type: string, member: string): string | undefined {
  const row = ROWS.find(([types, members]) => types.test(type) && members.split(" ").includes(member));
  return row?.[2].replaceAll("$type", () => type);
}
