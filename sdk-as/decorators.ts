// The decorators of a contract. They only mark: the compiler reads them from the source, and asc ignores them.

/** Marks the one class of a file that is the contract. */
export function contract(): void {}
/** Marks the method that runs once, when the contract is deployed. */
export function init(): void {}
/** Marks a method that may change state. */
export function execute(): void {}
/** Marks a method that only reads. */
export function query(): void {}
/** Lets an `@init` or `@execute` method be called with value. */
export function payable(): void {}
/** Marks a class whose instances can be emitted. */
export function event(): void {}
/** Marks a class whose instances a call can revert with. */
export function error(): void {}
/** Marks a class that can be stored, passed and returned by value. */
export function struct(): void {}
/** Marks a class whose methods are those of another contract; the same as `@interface`, a word that editors reserve. */
export function remote(): void {}
/** Marks a field of an event as one to search by. */
export function indexed(): void {}
/** Marks a large field: its bytes are not kept to be compared, and it is written only when it is assigned. */
export function lazy(): void {}
/** Lets the addresses that the named fields hold call the method, and nobody else. */
export function only(_name: string): void {}
/** Lets accounts with one of the roles call the method. */
export function role(_name: string): void {}
/** The method can be called while the contract is paused. */
export function whenPaused(): void {}
/** The method can be called while the contract is not paused. */
export function whenNotPaused(): void {}
/** The method cannot be called while it, or another one marked so, is running. */
export function nonReentrant(): void {}
/** The arguments must carry a Dilithium signature by who is named. */
export function signed(_by: string): void {}
/** Calls a method of the contract first, which reverts when the call is not to go on. */
export function guard(_method: string): void {}
/** Drops the guards of the method that is overridden: those written beside it are all that it has. */
export function unguarded(): void {}
/** Names several base contracts: `extends mix(Token, Pausable)`. The compiler puts them in a line. */
export function mix(): void {}
/** Marks a method or function whose operators and casts wrap instead of reverting: hashes, checksums, ring counters. */
export function wrapping(): void {}
