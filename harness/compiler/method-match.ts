// Writes the comparison of a method's name in memory: its length, then its bytes as the largest integers that fit.
// The last comparison may overlap the one before it, so that any name needs at most two kinds of loads.

/**
 * The beginning of an AssemblyScript statement over `methodAt` and `methodLength` that is carried out for exactly this
 * name: the length first, so that nothing beyond it is read, then all differences at once.
 */
export function matchName(name: string): string {
  const bytes = new TextEncoder().encode(name);
  const wide = bytes.length > 4;
  const loads = loadsFor(bytes.length).map(([offset, width]) => {
    const place = offset === 0 ? "methodAt" : `methodAt, ${offset}`;
    const hex = [...bytes.subarray(offset, offset + width)].reverse().map((byte) => byte.toString(16).padStart(2, "0"));
    return { load: `<u${wide ? 64 : 32}>load<u${width * 8}>(${place})`, value: `0x${hex.join("")}` };
  });
  const [first] = loads;
  const same =
    loads.length === 1
      ? `${first?.load} == ${first?.value}`
      : `(${loads.map(({ load, value }) => `(${load} ^ ${value})`).join(" | ")}) == 0`;
  return `if (methodLength == ${bytes.length}) if (${same})`;
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
