// Patches of Date, of which a contract has what does not ask for the machine's time: sums that leave 32 bits, months beyond
// the year, texts that are no date.

import type { LibraryPatch } from "./library-patch.js";

const SUMS = "Hours, minutes and seconds are multiplied in 32 bits.";

export const DATE_PATCHES: readonly LibraryPatch[] = [
  {
    file: "date",
    mends: SUMS,
    find: `    hour * MILLIS_PER_HOUR +
    minute * MILLIS_PER_MINUTE +
    second * MILLIS_PER_SECOND +`,
    replace: `    <i64>hour * MILLIS_PER_HOUR +
    <i64>minute * MILLIS_PER_MINUTE +
    <i64>second * MILLIS_PER_SECOND +`,
  },
  ...(["Seconds", "Minutes", "Hours"] as const).map((unit) => {
    const name = unit.toLowerCase();
    return {
      file: "date",
      mends: SUMS,
      find: `(${name} - this.getUTC${unit}()) * MILLIS_PER_`,
      replace: `(<i64>${name} - this.getUTC${unit}()) * MILLIS_PER_`,
    };
  }),
  {
    file: "date",
    mends: "Milliseconds are subtracted in 32 bits.",
    find: "(millis - this.getUTCMilliseconds())",
    replace: "(<i64>millis - this.getUTCMilliseconds())",
  },
  {
    file: "date",
    mends: "setUTCMonth of the month that it is already leaves the day as it was.",
    find: "    if (this.month == month + 1) return;\n",
    replace: "",
  },
  {
    file: "date",
    mends: "Months beyond the year are other days of it.",
    find: "function daysSinceEpoch(year: i32, month: i32, day: i32): i64 {\n",
    replace: `function daysSinceEpoch(year: i32, month: i32, day: i32): i64 {
  // No date is further away; the sums below stay in 32 bits.
  if (abs(year) > 1000000 || abs(month) > 10000000 || abs(day) > 200000000) throw new RangeError(E_INVALIDDATE);
  year += floorDiv(month - 1, 12);
  month = euclidRem(month - 1, 12) + 1;
`,
  },
  {
    file: "date",
    mends: "A text with a 13th month or a 61st minute is taken for a later date.",
    find: "    return new Date(epochMillis(year, month, day, hour, min, sec, ms) - offsetMs);",
    replace: `    if (
      month < 1 || month > 12 || day < 1 || day > 31 || hour < 0 || hour > 23 ||
      min < 0 || min > 59 || sec < 0 || sec > 59 || ms < 0
    ) throw new RangeError(E_INVALIDDATE);
    let date = new Date(epochMillis(year, month, day, hour, min, sec, ms));
    if (date.day != day) throw new RangeError(E_INVALIDDATE);
    return new Date(date.epochMillis - offsetMs);`,
  },
];
