// Why a type cannot be stored or passed, as whole sentences: names of other languages, names that are misspelt, types of
// AssemblyScript that have no encoding.

import { suggest } from "../../core/suggest.js";
import { foreignType } from "./foreign-words.js";

/** Why a type has no encoding, and the name that was probably meant. */
export interface TypeProblem {
  readonly problem: string;
  readonly meant?: string;
}

const FLOAT =
  "Floating-point numbers differ between machines, so contracts cannot store or pass them; use u256 with a fixed number of decimals.";

/** Types that AssemblyScript has. */
const PROBLEMS: Readonly<Record<string, string>> = {
  f32: FLOAT,
  f64: FLOAT,
  number: "In AssemblyScript `number` is a 64-bit float; choose an integer type such as u64 or u256.",
  bigint: "AssemblyScript has no bigint; choose u64, u128 or u256.",
  any: "AssemblyScript has no `any`; name the type.",
  unknown: "AssemblyScript has no `unknown`; name the type.",
  object: "Name the class, and mark it @struct.",
  symbol: "A symbol has no encoding; use an enum.",
  usize: "Its size depends on the machine; use u32.",
  isize: "Its size depends on the machine; use i32.",
  v128: "Vector values cannot be stored or passed.",
  Map: "A Map cannot be encoded; store one with StorageMap, pass an array of a @struct.",
  Set: "A Set cannot be encoded; store one with StorageSet, pass an array.",
  Date: "A Date has no encoding; use u64 seconds, as context.blockTimestamp gives them.",
  Uint8Array: "Use Bytes.",
  ArrayBuffer: "Use Bytes.",
  StaticArray: "Use Array, or FixedArray<T, 4> for a length that is part of the type.",
};

/** How many types the generic ones take. */
const ARITY: Readonly<Record<string, string>> = {
  Array: "Array has one type argument: Array<u64>, or u64[].",
  FixedArray: "FixedArray has a type and a length: FixedArray<u64, 5>.",
};

const NO_ENCODING = "has no encoding; mark a class of yours @struct.";

/** A name of the project that is no struct or enum. */
export function plainProblem(name: string): TypeProblem {
  return { problem: `${name} ${NO_ENCODING}` };
}

/**
 * A name that the project does not declare.
 * @param known what it could have been meant for
 */
export function unknownTypeProblem(name: string, isGeneric: boolean, known: Iterable<string>): TypeProblem {
  const own = Object.hasOwn(PROBLEMS, name) ? PROBLEMS[name] : undefined;
  if (own !== undefined) return { problem: own };
  const arity = Object.hasOwn(ARITY, name) ? ARITY[name] : undefined;
  if (arity !== undefined) return { problem: arity };
  const foreign = foreignType(name);
  if (foreign !== undefined) {
    return { problem: foreign.hint, ...(foreign.meant === undefined ? {} : { meant: foreign.meant }) };
  }
  const meant = suggest(name, known);
  if (meant !== undefined) return { problem: `Did you mean ${meant}?`, meant };
  return isGeneric
    ? { problem: `Generic classes have no encoding; write a @struct class of its own for ${name}.` }
    : plainProblem(name);
}
