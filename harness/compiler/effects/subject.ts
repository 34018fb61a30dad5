// The contract as the analysis of effects sees it: which functions of the module stand for what of its source and of the
// SDK, and where the analysis stops and says what is done in words.

import type { AscType } from "../asc-internals.js";
import type { Effect } from "./summary.js";
import { fromOrigins, NOTHING, type Value } from "./value.js";

/** What the analysis has to know of a contract. */
export interface EffectSubject {
  /** The author's files and the contracts of the SDK, as asc has them, with ending. */
  readonly authored: ReadonlySet<string>;
  /** asc's names of the contract's class and its bases: `contracts/token/Token`. */
  readonly classNames: ReadonlySet<string>;
  /**
   * The stored fields: `place` is what can be changed in place (a struct, an array), `lazy` such a field that is written
   * only when it is assigned, `value` one that cannot, `collection` a stored collection.
   */
  readonly slots: ReadonlyMap<string, "place" | "lazy" | "value" | "collection">;
  /** Methods of other contracts, by asc's name: `contracts/a/Peer#ping` → what it is called, and whether it only reads. */
  readonly remotes: ReadonlyMap<string, { readonly label: string; readonly isReading: boolean }>;
}

export const SDK = "~lib/qwvm/sdk-as/";
const STATE = `${SDK}storage/state/`;

/** A call of which nothing says what it does: by the name of a method and bytes. */
export const BY_BYTES = "calls another contract by a method's name and bytes";

/** Functions whose effects are said here and not looked up. */
const SDK_EFFECTS: readonly (readonly [name: RegExp, kind: Effect["kind"], text: string])[] = [
  [/^events\/emit(<|$)/, "event", "emits an event"],
  [/^calls\/(try)?[tT]ransfer$/, "transfer", "transfers value"],
  [/^calls\/(try)?[cC]allContract$/, "call", BY_BYTES],
  [/^storage\/metadata\/metadata\.set$/, "state", "writes metadata"],
];

const HOST_EFFECTS: Readonly<Record<string, readonly [Effect["kind"], string]>> = {
  qw_storage_write: ["state", "writes to storage"],
  qw_emit_event: ["event", "emits an event"],
  qw_transfer: ["transfer", "transfers value"],
  qw_call_contract: ["call", BY_BYTES],
};

/** Functions that give new memory. */
const MAKING = /\/__(alloc|new|newArray|newBuffer)(<|$)/;

/** Functions that manage memory: what they give has nothing of what they were given. */
const ALLOCATORS = /\/__(renew|realloc|mark|settle|shrink|pin|unpin|link)(<|$)/;

/** What has been changed is written by these; that it has been changed is found where it is done. */
const NEUTRAL =
  /^(storage\/state\/(flush|forget)State|glue\/(endQuery|expectNoValue|refuseValue)|guards\/(enter|leave)|read-only\/startQuery)$/;

/** What a function is to its callers, if that is known without looking at it. */
export type Known =
  | { readonly is: "nothing" }
  | { readonly is: "make" }
  | { readonly is: "effect"; readonly kind: Effect["kind"]; readonly text: string; readonly isReading?: boolean }
  | { readonly is: "load"; readonly slot: string }
  | { readonly is: "store"; readonly slot: string };

export function knownFunction(name: string, imported: string | undefined, subject: EffectSubject): Known | undefined {
  if (imported !== undefined) {
    const found = HOST_EFFECTS[imported];
    return found === undefined ? { is: "nothing" } : effectOf(found[0], found[1]);
  }
  const remote = subject.remotes.get(name);
  if (remote !== undefined) {
    return { is: "effect", kind: "call", text: `calls ${remote.label}`, isReading: remote.isReading };
  }
  if (name.startsWith(STATE)) {
    const [, verb, slot = ""] = /^(load|peek|store|put)_(.+)$/.exec(name.slice(STATE.length)) ?? [];
    if (verb !== undefined) return { is: verb === "load" || verb === "peek" ? "load" : "store", slot };
  }
  const [, owner = "", access, field = ""] = /^(.+)#(get|set):(.+)$/.exec(name) ?? [];
  if (access !== undefined && subject.classNames.has(owner) && subject.slots.has(field)) {
    return { is: access === "get" ? "load" : "store", slot: field };
  }
  if (MAKING.test(name)) return { is: "make" };
  if (ALLOCATORS.test(name)) return { is: "nothing" };
  if (!name.startsWith(SDK)) return undefined;
  const inner = name.slice(SDK.length);
  if (NEUTRAL.test(inner)) return { is: "nothing" };
  const found = SDK_EFFECTS.find(([pattern]) => pattern.test(inner));
  return found === undefined ? undefined : effectOf(found[1], found[2]);
}

/** What a call by bytes does is not known: it counts as changing something. */
function effectOf(kind: Effect["kind"], text: string): Known {
  return { is: "effect", kind, text, isReading: kind !== "call" };
}

/** The field whose variable in the generated state a global is; undefined for any other. */
export function slotOfGlobal(name: string): string | undefined {
  return name.startsWith(STATE) ? /^(.+)\$(?:value|cell|state)$/.exec(name.slice(STATE.length))?.[1] : undefined;
}

/** A method of a stored collection: `StorageMap<…>#set`. */
export function collectionMethod(name: string): { readonly method: string; readonly className: string } | undefined {
  const match =
    /^~lib\/qwvm\/sdk-as\/storage\/[\w-]+\/(Storage(?:Map|Vec|Set)|IterableMap)<.*>#(?:get:|set:)?(\w+)$/.exec(name);
  return match === null ? undefined : { className: match[1] as string, method: match[2] as string };
}

/** Methods of collections that give copies of what is stored. */
export const COPYING = new Set(["get", "page", "values", "keys", "at", "keyAt", "pop", "swapRemove"]);

/** Methods of arrays that give a new array with the same items. */
export const SHARING = /\/(?:Array|StaticArray|FixedArray)<.*>#(slice|concat|filter|splice|toReversed|flat)$/;

/** Whether a function is of asc's library, or of the arrays that the SDK adds to it. */
export function isOfLibrary(name: string): boolean {
  return (name.startsWith("~lib/") && !name.startsWith(SDK)) || name.startsWith(`${SDK}types/fixed-array/`);
}

/** What a write in the SDK is to the contract's author. */
export function describeWrite(name: string, receiver: Value | undefined): string {
  const called = collectionMethod(name);
  const field = [...(receiver ?? [])].find((origin) => origin.startsWith("collection:"))?.slice(11);
  if (called !== undefined && field !== undefined) return `changes this.${field} with .${called.method}()`;
  if (called !== undefined) return `changes a ${called.className} with .${called.method}()`;
  if (/\/signed\/check/.test(name)) return "counts the signer's nonce";
  return "writes to storage";
}

/** What reading a field gives. */
export function loadedFrom(slot: string, subject: EffectSubject): Value {
  const kind = subject.slots.get(slot);
  return kind === undefined || kind === "value" ? NOTHING : fromOrigins(`${kind}:${slot}`);
}

const IMMUTABLE =
  /^~lib\/(string\/String|qwvm\/sdk-as\/types\/(address\/Address|hash\/Hash|bytes\/Bytes|[ui](128|256)\/[ui](128|256)))$/;
const TYPES = new WeakMap<AscType, "object" | "address" | "plain">();

/** Whether a value of the type can be changed in place: `object`; or is an address that may stand for one; or neither. */
export function kindOfType(type: AscType, usizeKinds: readonly number[]): "object" | "address" | "plain" {
  let kind = TYPES.get(type);
  if (kind !== undefined) return kind;
  const found = type.getClass();
  if (found !== null) kind = IMMUTABLE.test(found.internalName) ? "plain" : "object";
  else if (!type.isIntegerValue) kind = type.size === 32 ? "object" : "plain";
  else kind = usizeKinds.includes(type.kind) ? "address" : "plain";
  TYPES.set(type, kind);
  return kind;
}
