// Sizes as a project's settings write them.

/** Bytes of code by contract. */
export type SizeBudgets = Readonly<Record<string, number>>;

/** `600`, `"600"`, `"4 KB"` (4,096 bytes); undefined for what is no size. */
export function readSize(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isSafeInteger(value) && value > 0 ? value : undefined;
  const match = typeof value === "string" ? /^([\d,_]+(?:\.\d+)?)\s*(bytes?|b|kb|kib)?$/i.exec(value.trim()) : null;
  if (match === null) return undefined;
  const bytes = Number((match[1] as string).replaceAll(/[,_]/g, "")) * (/^k/i.test(match[2] ?? "") ? 1_024 : 1);
  return Number.isInteger(bytes) && bytes > 0 ? bytes : undefined;
}
