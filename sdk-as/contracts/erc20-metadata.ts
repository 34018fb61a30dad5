// ERC-20's name, symbol and decimals as queries, for contracts that ask. They read the contract's metadata, which
// everybody else finds in its storage without a call.

import { contract, metadata, query } from "qwvm/sdk-as";
import { ERC20 } from "./erc20";

@contract
export abstract class ERC20Metadata extends ERC20 {
  @query name(): string {
    return metadata.get("name");
  }

  @query symbol(): string {
    return metadata.get("symbol");
  }

  /** How many decimal places amounts are shown with; 18 when the metadata does not say. */
  @query decimals(): u8 {
    const text = metadata.get("decimals");
    if (text.length == 0) return 18;
    let value: u8 = 0;
    for (let i = 0; i < text.length; i++) value = value * 10 + <u8>(text.charCodeAt(i) - 48);
    return value;
  }
}
