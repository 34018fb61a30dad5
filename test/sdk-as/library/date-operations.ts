// What a contract has of Date, beside JavaScript's in UTC.

import { FAILS, type Operation } from "./operation.js";

const I64 = "i64";
const date = (value: bigint) => new Date(Number(value));
const MOST = 8_640_000_000_000_000n;
const isDate = (value: bigint) => value <= MOST && value >= -MOST;
const timeOf = (value: number) => (Number.isNaN(value) ? FAILS : BigInt(value));

function op(
  name: string,
  params: readonly string[],
  result: string,
  body: string,
  reference: Operation["reference"],
): Operation {
  return { name: `date_${name}`, params, result, body, reference };
}

const setter = (name: string): Operation =>
  op(name, [I64, "i32"], I64, `const d = new Date(a); d.set${name}(b); return d.getTime();`, (a, b) => {
    const d = date(a);
    return isDate(a) ? timeOf(d[`set${name}` as "setUTCHours"](Number(b))) : FAILS;
  });

export const DATE_OPERATIONS: readonly Operation[] = [
  op(
    "parts",
    [I64],
    "i32[]",
    "const d = new Date(a); return [d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate(), d.getUTCDay(), d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds(), d.getUTCMilliseconds()];",
    (a) => {
      const d = date(a);
      const parts = [d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate(), d.getUTCDay(), d.getUTCHours()];
      return isDate(a) ? [...parts, d.getUTCMinutes(), d.getUTCSeconds(), d.getUTCMilliseconds()].map(BigInt) : FAILS;
    },
  ),
  op("iso", [I64], "string[]", "const d = new Date(a); return [d.toISOString(), d.toUTCString()];", (a) =>
    isDate(a) ? [date(a).toISOString(), date(a).toUTCString()] : FAILS,
  ),
  op("again", [I64], I64, "Date.fromString(new Date(a).toISOString().substring(0, 23)).getTime()", (a) =>
    a >= -62_167_219_200_000n && a < 253_402_300_800_000n ? a : FAILS,
  ),
  op("utc", ["i32", "i32", "i32", "i32"], I64, "Date.UTC(a, b, c, d)", (a, b, c, d) =>
    timeOf(Date.UTC(Number(a), Number(b), Number(c), Number(d))),
  ),
  op("time", ["i32", "i32", "i32", "i32"], I64, "Date.UTC(2024, 1, 29, a, b, c, d)", (a, b, c, d) =>
    timeOf(Date.UTC(2024, 1, 29, Number(a), Number(b), Number(c), Number(d))),
  ),
  op("month", [I64, "i32", "i32"], I64, "const d = new Date(a); d.setUTCMonth(b, c); return d.getTime();", (a, b, c) =>
    isDate(a) ? timeOf(date(a).setUTCMonth(Number(b), Number(c))) : FAILS,
  ),
  ...["UTCMilliseconds", "UTCSeconds", "UTCMinutes", "UTCHours", "UTCDate", "UTCFullYear"].map(setter),
];

/** Times between which a random one is chosen: years 1970 to 2100, and the ends of what a date can be. */
export const TIMES = [
  0n,
  -1n,
  951_782_400_000n,
  1_709_164_800_000n,
  4_107_542_399_999n,
  MOST,
  -MOST,
  MOST + 1n,
  -62_167_219_200_000n,
];
