// A wallet of several keys: what it does needs the Dilithium signatures of as many owners as its threshold says.
// Owners are public keys, stored; who carries the signatures in does not matter, and pays the gas.
//
// What is signed is, in Borsh: the text `qwvm.multisig.v2` (string), the chain id (u64), the wallet's address (20 bytes), what
// is done (string: `call` or `pay`), the nonce (u64), and the arguments of what is done: to (20 bytes), method (string), args
// (bytes); or to, amount (u256). Integers are little-endian; strings and bytes have their length before them, a u32.

import {
  type Address,
  type Bytes,
  callContract,
  context,
  contract,
  emit,
  encode,
  error,
  event,
  execute,
  indexed,
  init,
  only,
  payable,
  query,
  require,
  type StorageVec,
  struct,
  transfer,
  type u256,
  verifyDilithium,
} from "qwvm/sdk-as";

/** The signature of one owner, by its position in the list. */
@struct
export class OwnerSignature {
  constructor(
    public owner: u32,
    public signature: Bytes,
  ) {}
}

@event
export class MultisigExecuted {
  constructor(
    @indexed public nonce: u64,
    @indexed public to: Address,
    public method: string,
  ) {}
}

@event
export class MultisigPaid {
  constructor(
    @indexed public nonce: u64,
    @indexed public to: Address,
    public amount: u256,
  ) {}
}

@event
export class OwnerAdded {
  constructor(public publicKey: Bytes) {}
}

@event
export class OwnerRemoved {
  constructor(public publicKey: Bytes) {}
}

@event
export class ThresholdChanged {
  constructor(public threshold: u32) {}
}

@error("{threshold} of {owners} owners is no threshold")
export class MultisigInvalidThreshold {
  constructor(
    public threshold: u32,
    public owners: u32,
  ) {}
}

@error("this key is an owner already")
export class MultisigExistingOwner {
  constructor(public owner: u32) {}
}

@error("the nonce is {expected}")
export class MultisigInvalidNonce {
  constructor(public expected: u64) {}
}

@error("{given} signatures, but {needed} are needed")
export class MultisigTooFewSignatures {
  constructor(
    public given: u32,
    public needed: u32,
  ) {}
}

@error("the signature by the owner {owner} is wrong, repeated, or not in order")
export class MultisigInvalidSignature {
  constructor(public owner: u32) {}
}

@contract
export abstract class Multisig {
  protected ownerKeys: StorageVec<Bytes>;
  protected threshold: u32;
  protected nonce: u64;

  /** Sets the owners, as Dilithium public keys, and how many of them have to sign. */
  @init createMultisig(owners: Bytes[], threshold: u32): void {
    for (let i = 0; i < owners.length; i++) this.putOwner(owners[i]);
    this.setThreshold(threshold);
  }

  /** Calls a method of another contract, with encoded arguments, and gives its encoded result; reverts if it does. */
  @execute execute(to: Address, method: string, args: Bytes, nonce: u64, signatures: OwnerSignature[]): Bytes {
    this.checkSignatures(this.callMessage(to, method, args, nonce), nonce, signatures);
    emit(new MultisigExecuted(nonce, to, method));
    return callContract(to, method, args);
  }

  /** Pays from the wallet's balance. */
  @execute pay(to: Address, amount: u256, nonce: u64, signatures: OwnerSignature[]): void {
    this.checkSignatures(this.payMessage(to, amount, nonce), nonce, signatures);
    emit(new MultisigPaid(nonce, to, amount));
    transfer(to, amount);
  }

  /** Takes value. */
  @payable @execute deposit(): void {}

  /** Adds an owner: the wallet itself alone, by a call of its own that owners have signed. */
  @only("self") @execute addOwner(publicKey: Bytes): void {
    this.putOwner(publicKey);
    emit(new OwnerAdded(publicKey));
  }

  /** Takes an owner out of the list; the last one takes its position. */
  @only("self") @execute removeOwner(owner: u32): void {
    emit(new OwnerRemoved(this.ownerKeys.swapRemove(<i32>owner)));
    this.setThreshold(this.threshold);
  }

  @only("self") @execute changeThreshold(threshold: u32): void {
    this.setThreshold(threshold);
    emit(new ThresholdChanged(threshold));
  }

  /** The owners' public keys. */
  @query getOwners(): Bytes[] {
    return this.ownerKeys.page(0, i32.MAX_VALUE);
  }

  @query getThreshold(): u32 {
    return this.threshold;
  }

  /** The nonce of the next call. */
  @query getNonce(): u64 {
    return this.nonce;
  }

  /** What the owners sign for `execute`. */
  @query callMessage(to: Address, method: string, args: Bytes, nonce: u64): Bytes {
    return this.message("call", nonce, encode(to).concat(encode(method)).concat(encode(args)));
  }

  /** What the owners sign for `pay`. */
  @query payMessage(to: Address, amount: u256, nonce: u64): Bytes {
    return this.message("pay", nonce, encode(to).concat(encode(amount)));
  }

  /** The wallet's own address, for @only. */
  protected self(): Address {
    return context.self;
  }

  private message(what: string, nonce: u64, args: Bytes): Bytes {
    const domain = encode("qwvm.multisig.v2").concat(encode(context.chainId)).concat(encode(context.self));
    return domain.concat(encode(what)).concat(encode(nonce)).concat(args);
  }

  /** Ends the call unless enough owners have signed, in the order of the list, each once. Then counts the nonce up. */
  private checkSignatures(message: Bytes, nonce: u64, signatures: OwnerSignature[]): void {
    require(nonce == this.nonce, new MultisigInvalidNonce(this.nonce));
    const given = <u32>signatures.length;
    require(given >= this.threshold, new MultisigTooFewSignatures(given, this.threshold));
    let next: u32 = 0;
    for (let i = 0; i < signatures.length; i++) {
      const owner = signatures[i].owner;
      require(owner >= next &&
        owner < <u32>this.ownerKeys.length &&
        verifyDilithium(message, signatures[i].signature, this.ownerKeys.get(<i32>owner)), new MultisigInvalidSignature(
        owner,
      ));
      next = owner + 1;
    }
    this.nonce += 1;
  }

  private putOwner(publicKey: Bytes): void {
    const count = this.ownerKeys.length;
    for (let i = 0; i < count; i++) {
      require(this.ownerKeys.get(i) != publicKey, new MultisigExistingOwner(<u32>i));
    }
    this.ownerKeys.push(publicKey);
  }

  private setThreshold(threshold: u32): void {
    const owners = <u32>this.ownerKeys.length;
    require(threshold > 0 && threshold <= owners, new MultisigInvalidThreshold(threshold, owners));
    this.threshold = threshold;
  }
}
