// Writes the comparison of a method's name in memory: its length, then its bytes as the largest integers that fit.
// The last comparison may overlap the one before it, so that any name needs at most two kinds of loads.

/** An AssemblyScript condition over `methodAt` and `methodLength`: true for exactly this name. */
export function matchName(name: string): string {
  const bytes = new TextEncoder().encode(name);
  const conditions = [`methodLength == ${bytes.length}`];
  for (const [offset, width] of loadsFor(bytes.length)) {
    const place = offset === 0 ? "methodAt" : `methodAt, ${offset}`;
    const hex = [...bytes.subarray(offset, offset + width)].reverse().map((byte) => byte.toString(16).padStart(2, "0"));
    conditions.push(`load<u${width * 8}>(${place}) == 0x${hex.join("")}`);
  }
  return conditions.join(" && ");
}

function loadsFor(length: number): [offset: number, width: number][] {
  const width = [8, 4, 2, 1].find((candidate) => candidate <= length) ?? 1;
  const loads: [number, number][] = [];
  for (let offset = 0; offset + width <= length; offset += width) loads.push([offset, width]);
  const rest = length % width;
  if (rest > 0) {
    const small = [1, 2, 4, 8].find((candidate) => candidate >= rest) as number;
    loads.push([length - small, small]);
  }
  return loads;
}
