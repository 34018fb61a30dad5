// The contracts that the border's test calls: bytes in every place where they can come out of a machine or go in.

export const GALLERY = `
import {
  Address, Bytes, context, contract, emit, error, event, execute, init, Hash, log, payable, query, Remote, remote, revert,
  sha3_256, struct, StorageMap, verifyDilithium,
} from "qwvm/sdk-as";

@struct
class Picture {
  title: string;
  pixels: Bytes;
  sizes: u32[];
}

@event
class Hung {
  constructor(
    public by: Address,
    public pixels: Bytes,
  ) {}
}

@error
class Torn {
  constructor(public pixels: Bytes) {}
}

@remote
class Other extends Remote {
  @execute hang(picture: Picture): u64 { return this.answer; }
  @execute tear(pixels: Bytes): void {}
}

@contract
export class Gallery {
  title: string;
  key: Bytes;
  pictures: StorageMap<u64, Picture>;
  count: u64;

  @init
  setup(title: string, key: Bytes): void {
    this.title = title;
    this.key = key;
  }

  @execute @payable
  hang(picture: Picture): u64 {
    this.count += 1;
    this.pictures.set(this.count, picture);
    log("hung");
    emit(new Hung(context.caller, picture.pixels));
    return this.count;
  }

  @execute
  lend(to: Address, picture: Picture): u64 {
    return Other.at(to).hang(picture);
  }

  @execute
  tear(pixels: Bytes): void {
    revert(new Torn(pixels));
  }

  @execute
  tearAt(to: Address, pixels: Bytes): void {
    Other.at(to).tear(pixels);
  }

  @query
  picture(id: u64): Picture {
    return this.pictures.get(id);
  }

  @query
  beacon(): Hash {
    return context.vrf;
  }

  @query
  digest(data: Bytes): Hash {
    return sha3_256(data);
  }

  @query
  signedBy(message: Bytes, signature: Bytes, key: Bytes): bool {
    return verifyDilithium(message, signature, key);
  }

  @query
  self(): Address {
    return context.self;
  }
}
`;
