// Ways from methods that others can call to an @init method, which would set the contract up anew for whoever calls; and
// what is no such way.

import { test } from "vitest";
import { expectMarked } from "./marked-lines.js";

const IMPORTS = `import { Address, context, contract, execute, guard, init, mix, query } from "qwvm/sdk-as";\n`;

const OWNED = `${IMPORTS}
@contract
export abstract class Owned {
  owner: Address;

  @init createOwned(): void {
    this.setOwner(context.caller);
  }
  @execute claim(): void {
    this.onClaim();
  }
  protected onClaim(): void {}
  protected setOwner(owner: Address): void {
    this.owner = owner;
  }
}
`;

const WAYS = `${IMPORTS}
import { Owned } from "./owned";

function again(shop: Shop): void {
  shop.create(); // QW249 byFunction leads to the @init method create
}
function twice(f: (shop: Shop) => void, shop: Shop): void {
  f(shop);
}

@contract
export class Shop extends Owned {
  price: u64;

  @init create(): void {
    this.createOwned();
    this.prepare();
  }
  private prepare(): void {
    this.setPrice(5);
  }
  private setPrice(price: u64): void {
    this.price = price;
  }
  private get fresh(): u64 {
    this.createOwned(); // QW249 byAccessor leads to the @init method createOwned
    return this.price;
  }
  private static renew(shop: Shop): void {
    shop.createOwned(); // QW249 byStatic leads to the @init method createOwned
  }
  @execute setPrices(): void {
    this.prepare();
  }
  @execute direct(): void {
    this.create(); // QW249 direct leads to the @init method create
  }
  @execute ofTheBase(): void {
    this.createOwned(); // QW249 ofTheBase leads to the @init method createOwned
  }
  @execute byFunction(): void {
    again(this);
  }
  @execute byAccessor(): u64 {
    return this.fresh;
  }
  @execute byStatic(): void {
    Shop.renew(this);
  }
  @execute byVariable(): void {
    const shop = this;
    shop.create(); // QW249 byVariable leads to the @init method create
  }
  @execute byValue(): void {
    twice((shop: Shop): void => shop.create(), this); // QW249 byValue leads to the @init method create
  }
  @guard("create") @execute byGuard(): void {} // QW249 byGuard leads to the @init method create
}
`;

const HOOK = `${IMPORTS}
import { Owned } from "./owned";

@contract
export class Hook extends Owned {
  createOwned(): void {
    super.createOwned();
  }
  protected onClaim(): void {
    this.createOwned(); // QW249 claim leads to the @init method createOwned
  }
}
`;

test("an @init method runs at deployment alone", async () => {
  await expectMarked({ "owned.ts": OWNED, "shop.ts": WAYS, "hook.ts": HOOK });
}, 60_000);
