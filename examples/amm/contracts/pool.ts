import {
  type Address,
  context,
  contract,
  emit,
  error,
  event,
  execute,
  indexed,
  init,
  nonReentrant,
  query,
  require,
  struct,
  u256,
} from "qwvm/sdk-as";
import { ERC20 } from "qwvm/sdk-as/contracts/erc20";
import { IERC20 } from "qwvm/sdk-as/contracts/interfaces";

/** Shares that the pool keeps forever, so that one share is never worth a fortune. */
const LOCKED: u64 = 1_000;

@event
class LiquidityAdded {
  constructor(
    @indexed public provider: Address,
    public amount0: u256,
    public amount1: u256,
    public shares: u256,
  ) {}
}

@event
class LiquidityRemoved {
  constructor(
    @indexed public provider: Address,
    public amount0: u256,
    public amount1: u256,
    public shares: u256,
  ) {}
}

@event
class Swapped {
  constructor(
    @indexed public trader: Address,
    @indexed public tokenIn: Address,
    public amountIn: u256,
    public amountOut: u256,
  ) {}
}

@error("too late: the deadline was {deadline}")
class PoolExpired {
  constructor(public deadline: u64) {}
}

@error("{actual} is less than the {least} asked for")
class PoolSlippage {
  constructor(
    public actual: u256,
    public least: u256,
  ) {}
}

@error("the pool has no token {token}")
class PoolUnknownToken {
  constructor(public token: Address) {}
}

@error("the amount is too small, or the pool is empty")
class PoolInsufficientLiquidity {}

/** What the pool holds. */
@struct
export class Reserves {
  constructor(
    public reserve0: u256,
    public reserve1: u256,
  ) {}
}

/**
 * A constant-product pool of two ERC-20 tokens. Its shares are themselves ERC-20 tokens. Every rounding is in the pool's
 * favour, so that the product of the reserves, for each share, never falls.
 */
@contract
export class Pool extends ERC20 {
  token0: Address;
  token1: Address;
  reserve0: u256;
  reserve1: u256;

  @init setUp(token0: Address, token1: Address): void {
    require(token0 != token1, new PoolUnknownToken(token1));
    this.token0 = token0;
    this.token1 = token1;
  }

  /** Adds at most these amounts, in the reserves' proportion, for shares; gives how many. The pool needs allowances. */
  @nonReentrant @execute addLiquidity(most0: u256, most1: u256, minShares: u256, deadline: u64): u256 {
    checkDeadline(deadline);
    const supply = this.supply;
    let amount0 = most0;
    let amount1 = most1;
    let shares: u256;
    if (supply.isZero()) {
      const all = (amount0 * amount1).sqrt();
      require(all > u256.from(LOCKED), new PoolInsufficientLiquidity());
      shares = all - u256.from(LOCKED);
      this._mint(context.self, u256.from(LOCKED));
    } else {
      // What the one amount takes of the other, rounded up; the shares rounded down.
      const needed1 = u256.mulDivUp(amount0, this.reserve1, this.reserve0);
      if (needed1 <= amount1) amount1 = needed1;
      else amount0 = u256.mulDivUp(amount1, this.reserve0, this.reserve1);
      const shares0 = u256.mulDiv(amount0, supply, this.reserve0);
      const shares1 = u256.mulDiv(amount1, supply, this.reserve1);
      shares = shares0 < shares1 ? shares0 : shares1;
      require(amount0 <= most0 && !shares.isZero(), new PoolInsufficientLiquidity());
    }
    require(shares >= minShares, new PoolSlippage(shares, minShares));
    this.reserve0 += amount0;
    this.reserve1 += amount1;
    this._mint(context.caller, shares);
    emit(new LiquidityAdded(context.caller, amount0, amount1, shares));
    IERC20.at(this.token0).transferFrom(context.caller, context.self, amount0);
    IERC20.at(this.token1).transferFrom(context.caller, context.self, amount1);
    return shares;
  }

  /** Gives shares back for their part of both reserves, rounded down. */
  @nonReentrant @execute removeLiquidity(shares: u256, min0: u256, min1: u256, deadline: u64): Reserves {
    checkDeadline(deadline);
    const supply = this.supply;
    require(!supply.isZero(), new PoolInsufficientLiquidity());
    const amount0 = u256.mulDiv(shares, this.reserve0, supply);
    const amount1 = u256.mulDiv(shares, this.reserve1, supply);
    require(amount0 >= min0, new PoolSlippage(amount0, min0));
    require(amount1 >= min1, new PoolSlippage(amount1, min1));
    this._burn(context.caller, shares);
    this.reserve0 -= amount0;
    this.reserve1 -= amount1;
    emit(new LiquidityRemoved(context.caller, amount0, amount1, shares));
    IERC20.at(this.token0).transfer(context.caller, amount0);
    IERC20.at(this.token1).transfer(context.caller, amount1);
    return new Reserves(amount0, amount1);
  }

  /** Trades one token for the other and gives how much came out. The fee, 0.3 % of what comes in, stays in the pool. */
  @nonReentrant @execute swap(tokenIn: Address, amountIn: u256, minOut: u256, deadline: u64): u256 {
    checkDeadline(deadline);
    const amountOut = this.amountOut(tokenIn, amountIn);
    require(amountOut >= minOut, new PoolSlippage(amountOut, minOut));
    require(!amountOut.isZero(), new PoolInsufficientLiquidity());
    let tokenOut = this.token0;
    if (tokenIn == tokenOut) {
      tokenOut = this.token1;
      this.reserve0 += amountIn;
      this.reserve1 -= amountOut;
    } else {
      this.reserve1 += amountIn;
      this.reserve0 -= amountOut;
    }
    emit(new Swapped(context.caller, tokenIn, amountIn, amountOut));
    IERC20.at(tokenIn).transferFrom(context.caller, context.self, amountIn);
    IERC20.at(tokenOut).transfer(context.caller, amountOut);
    return amountOut;
  }

  /** What a trade would give now. */
  @query quote(tokenIn: Address, amountIn: u256): u256 {
    return this.amountOut(tokenIn, amountIn);
  }

  @query reserves(): Reserves {
    return new Reserves(this.reserve0, this.reserve1);
  }

  @query tokens(): Address[] {
    return [this.token0, this.token1];
  }

  /** out = reserveOut · in · 0.997 / (reserveIn + in · 0.997), rounded down: so the product of the reserves never falls. */
  private amountOut(tokenIn: Address, amountIn: u256): u256 {
    const isFirst = tokenIn == this.token0;
    require(isFirst || tokenIn == this.token1, new PoolUnknownToken(tokenIn));
    const reserveIn = isFirst ? this.reserve0 : this.reserve1;
    const reserveOut = isFirst ? this.reserve1 : this.reserve0;
    require(!reserveIn.isZero(), new PoolInsufficientLiquidity());
    const afterFee = amountIn * u256.from(997);
    return u256.mulDiv(reserveOut, afterFee, reserveIn * u256.from(1_000) + afterFee);
  }
}

function checkDeadline(deadline: u64): void {
  require(context.blockTimestamp <= deadline, new PoolExpired(deadline));
}
