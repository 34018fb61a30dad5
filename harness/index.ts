// The main door: what tests of contracts import from "qwvm". It loads neither the compiler nor a test runner.

export type { ChainOptions } from "./chain/genesis.js";
export { Account } from "./client/account.js";
export type { Block } from "./client/block.js";
export type { AbiInput, AbiMethodInput } from "./client/check-abi.js";
export { ContractError } from "./client/contract-error.js";
export type {
  CallOptions,
  ClientOf,
  ContractBase,
  ContractClient,
  ContractDefinition,
  DecodedEvent,
  DecodedFailure,
  DecodedReceipt,
  ReceiptMethods,
} from "./client/contract-types.js";
export {
  type ContractSource,
  defineContract,
  defineInterface,
  type InterfaceSource,
} from "./client/define-contract.js";
export type { DeployOptions, DeployWasmOptions } from "./client/deploy.js";
export { address } from "./client/machine.js";
export { createQwvm, Qwvm, type Transfer, type VmSnapshot } from "./client/qwvm.js";
export { type AnyMethods, type RawArgs, RawContract } from "./client/raw-contract.js";
export { type CallSignature, type SignedCall, type Signer, signedMessage } from "./client/signed.js";
export type * from "./core/abi.js";
export {
  type Address,
  type Addressable,
  addressFromBytes,
  addressOfPublicKey,
  addressToBytes,
  contractAddress,
  parseAddress,
  ZERO_ADDRESS,
} from "./core/address.js";
export type { Artifact, SourceFrame, SourcePosition } from "./core/artifact.js";
export { InternalError, QwvmError } from "./core/errors.js";
export type { GasBreakdown, GasCategory } from "./core/gas-breakdown.js";
export { GAS_CATEGORIES } from "./core/gas-breakdown.js";
export type { Limits } from "./core/limits.js";
export type { MessageKind } from "./core/message.js";
export type { FrameEnd, FrameStart, HostCall, Observer } from "./core/observer.js";
export type { Failure, Status, TrapCode } from "./core/outcome.js";
export type { CallFrame, EmittedEvent, Receipt, StateChange } from "./core/receipt.js";
export type { GasSchedule } from "./gas/schedule.js";
