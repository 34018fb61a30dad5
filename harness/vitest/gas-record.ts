// What a worker sends to the reporter with each test: counted gas and the calls that enter the snapshot. Plain data,
// carried in the task's meta, so that it travels through workers, shards and blob reports alike.

import type { GasBreakdown } from "../core/gas-breakdown.js";
import type { GasUsage } from "../observers/gas-usage.js";

/** The first successful call under a label in a test. */
export interface RecordedCall {
  readonly contract: string;
  readonly method: string;
  /** The given label; undefined for the test's own title, null for calls outside a test's body. */
  readonly title: string | undefined | null;
  readonly gasUsed: number;
  readonly gas: Partial<GasBreakdown>;
  /** For calls outside a test's body: the test around which it ran, if any. */
  readonly around?: string;
  /** Hash of the gas schedule under which it ran. */
  readonly schedule: string;
}

/** The record of a test, or of what happened in a file outside its tests. */
export interface GasRecord {
  readonly usage: GasUsage;
  readonly calls: readonly RecordedCall[];
}

/** A task's meta with its record; absent when no contract was called. */
export interface GasMeta {
  qwvm?: GasRecord;
}
