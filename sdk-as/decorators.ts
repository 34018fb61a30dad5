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
