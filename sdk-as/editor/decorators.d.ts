// The decorators of contracts as an editor knows them, and `mix`, which names several base contracts.

/// <reference types="assemblyscript/std/assembly/index.d.ts" />

/** Marks a file's contract. Its fields are its stored state. An abstract class is a base for others, and no contract yet. */
export declare function contract(target: object): void;
/** Marks a class whose instances can be emitted: `emit(new Transfer(from, to, value))`. */
export declare function event(target: object): void;
/** Marks a large field of the state: its bytes are not kept to be compared, and it is written only when it is assigned. */
export declare function lazy(target: object, name: string): void;
/**
 * Marks a class whose instances a call can revert with: `require(condition, new NotOwner(caller))`.
 * Its text, `@error("{caller} is not the owner")`, is kept off chain.
 */
export declare function error(target: object): void;
export declare function error(text: string): (target: object) => void;
/** Marks a class that can be stored, passed and returned by value. */
export declare function struct(target: object): void;
/** Marks the method that runs once, when the contract is deployed. Its parameters are the constructor's arguments. */
export declare function init(target: object, name: string, descriptor: object): void;
/** Marks a method that may change state. */
export declare function execute(target: object, name: string, descriptor: object): void;
/** Marks a method that only reads: it is free for its caller. */
export declare function query(target: object, name: string, descriptor: object): void;
/** Lets an `@init` or `@execute` method be called with value; `context.value` is how much. */
export declare function payable(target: object, name: string, descriptor: object): void;
/** Marks a field of an event as one to search by. */
export declare function indexed(target: object, name: string | undefined, index?: number): void;
/**
 * Marks a class whose methods are those of another contract: only their signatures count. `X.at(address).method(…)` calls.
 * With the name of a contract of the project, or the path of an interface file, it is checked against that.
 */
export declare function remote(target: object): void;
export declare function remote(contract: string): (target: object) => void;

/** Guards a method. A guard is checked when the method is called from outside, in the order in which guards are written. */
type MethodDecorator = (target: object, name: string, descriptor: object) => void;
/** Lets the addresses that the named fields or methods hold call the method, and nobody else. */
export declare function only(...names: string[]): MethodDecorator;
/** Lets accounts with one of the roles call the method; needs `hasRole`, as contracts/roles has it. */
export declare function role(...names: string[]): MethodDecorator;
/** Calls a method of the contract first, which reverts when the call is not to go on. */
export declare function guard(method: string): MethodDecorator;
/** The arguments must carry a Dilithium signature by who is named: an Address, or a public key as Bytes. */
export declare function signed(by: string): MethodDecorator;
/** The method can be called while the contract is paused; needs a field `paused: bool`. */
export declare function whenPaused(target: object, name: string, descriptor: object): void;
/** The method can be called while the contract is not paused; needs a field `paused: bool`. */
export declare function whenNotPaused(target: object, name: string, descriptor: object): void;
/** The method cannot be called while it, or another one marked so, is running. One storage read, two writes. */
export declare function nonReentrant(target: object, name: string, descriptor: object): void;
/** Drops the guards of the method that is overridden, in words: those written beside it are all that it has. */
export declare function unguarded(target: object, name: string, descriptor: object): void;

/** Several base contracts: `class Token extends mix(ERC20, Ownable)`. They stand in one line, as in Solidity. */
export declare function mix<A>(a: Base<A>): Base<A>;
export declare function mix<A, B>(a: Base<A>, b: Base<B>): Base<A & B>;
export declare function mix<A, B, C>(a: Base<A>, b: Base<B>, c: Base<C>): Base<A & B & C>;
export declare function mix<A, B, C, D>(a: Base<A>, b: Base<B>, c: Base<C>, d: Base<D>): Base<A & B & C & D>;
export declare function mix<A, B, C, D, E>(
  a: Base<A>,
  b: Base<B>,
  c: Base<C>,
  d: Base<D>,
  e: Base<E>,
): Base<A & B & C & D & E>;
export declare function mix<A, B, C, D, E, F>(
  a: Base<A>,
  b: Base<B>,
  c: Base<C>,
  d: Base<D>,
  e: Base<E>,
  f: Base<F>,
): Base<A & B & C & D & E & F>;
export declare function mix<A, B, C, D, E, F, G>(
  a: Base<A>,
  b: Base<B>,
  c: Base<C>,
  d: Base<D>,
  e: Base<E>,
  f: Base<F>,
  g: Base<G>,
): Base<A & B & C & D & E & F & G>;

type Base<T> = abstract new () => T;

/**
 * Lets the operators and casts of a method's body lose bits instead of reverting: for hashes, checksums, ring counters.
 * On a function outside of a class it works too, but TypeScript knows no decorators there.
 */
export declare function wrapping(target: object, name: string, descriptor: object): void;
