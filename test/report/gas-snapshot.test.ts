// The gas snapshot: its text, what differs, and what each mode makes of it. Expected texts are written out by hand.

import { describe, expect, test } from "vitest";
import { compareSnapshots, type GasMode, type GasRules } from "../../harness/report/gas-snapshot.js";
import {
  formatSnapshot,
  type GasSnapshot,
  parseSnapshot,
  type SnapshotEntry,
} from "../../harness/report/gas-snapshot-file.js";
import { formatComparison } from "../../harness/report/snapshot-text.js";
import { makeStyle } from "../../harness/report/style.js";

const TEXT = `# qwvm gas snapshot v1
# qwvm 0.1.0  schedule 7c1e09aa  asc 0.28.20 -Oz
# Token a91f00d2 4,551 bytes
Token.deploy                                         126,020  instructions 20,020  storage-write 10,000  deploy 96,000
Token.transfer › to a holder                          17,210  instructions 812  storage-read 1,248  storage-write 15,150
Token.transfer › with a title that is so long that it moves its own figure alone  5  instructions 5
`;

const HEADER = { qwvm: "0.1.0", schedule: "7c1e09aa", asc: "0.28.20 -Oz" };
const TOKEN = { name: "Token", hash: "a91f00d2", sizeBytes: 4551 };
const spent = (instructions: number, storageWrite = 0): SnapshotEntry => ({
  gasUsed: instructions + storageWrite,
  gas: storageWrite === 0 ? { instructions } : { instructions, storageWrite },
});
const snapshot = (entries: Record<string, SnapshotEntry>, header = HEADER, contracts = [TOKEN]): GasSnapshot => ({
  header,
  contracts,
  entries: new Map(Object.entries(entries)),
});
const rules = (mode: GasMode, more: Partial<GasRules> = {}): GasRules => ({
  mode,
  tolerance: { percent: 0, gas: 0 },
  strict: false,
  ...more,
});

describe("the file", () => {
  test("is written sorted, aligned, with LF, and read back the same", () => {
    const parsed = parseSnapshot(TEXT);
    expect(parsed.header).toEqual(HEADER);
    expect(parsed.contracts).toEqual([TOKEN]);
    expect(parsed.entries.get("Token.transfer › to a holder")).toEqual({
      gasUsed: 17_210,
      gas: { instructions: 812, storageRead: 1248, storageWrite: 15_150 },
    });
    const shuffled = new Map([...parsed.entries].reverse());
    expect(formatSnapshot({ ...parsed, entries: shuffled })).toBe(TEXT);
  });

  test("is read with the line ends of Windows", () => {
    expect(formatSnapshot(parseSnapshot(TEXT.replaceAll("\n", "\r\n")))).toBe(TEXT);
  });

  test.each<[string, string, number, string]>([
    ["nothing", "", 1, "the first line must be"],
    ["another file", "hello\n", 1, "the first line must be"],
    ["a missing header", "# qwvm gas snapshot v1\nToken.x  5  instructions 5\n", 2, "it must say the versions"],
    [
      "a merge conflict",
      TEXT.replace("Token.deploy", "<<<<<<< HEAD\nToken.deploy"),
      4,
      "a merge conflict was left unresolved",
    ],
    ["a line without gas", `${TEXT}Token.burn\n`, 7, "an entry is a label, two spaces or more, and its gas"],
    ["a figure that is none", TEXT.replace("17,210", "17.210"), 5, '"17.210" is not a whole number'],
    ["an unknown category", TEXT.replace("storage-read", "storage-raed"), 5, '"storage-raed 1,248" is not a category'],
    ["parts that do not add up", TEXT.replace("17,210", "17,211"), 5, "its parts add up to 17,210, not 17,211"],
    ["a label twice", TEXT + TEXT.split("\n")[3], 7, "the same label stands further up"],
    ["a broken header line", TEXT.replace("a91f00d2", "a91f"), 3, "a header line must name a contract"],
    ["an empty line inside", TEXT.replace("# Token", "\n# Token"), 3, "an entry is a label"],
  ])("that holds %s is refused with its line", (_name, text, line, why) => {
    expect(() => parseSnapshot(text)).toThrow(`.gas-snapshot:${line} cannot be read: ${why}`);
    expect(() => parseSnapshot(text)).toThrow("Restore the file from your version control, or delete it");
  });
});

describe("comparing", () => {
  const before = snapshot({ "Token.a": spent(100), "Token.b": spent(200), "Token.c": spent(300) });
  const full = (entries: Record<string, SnapshotEntry>) => ({ snapshot: snapshot(entries), isFull: true });
  const partly = (entries: Record<string, SnapshotEntry>) => ({ snapshot: snapshot(entries), isFull: false });

  test("the same is no drift in any mode, and nothing new to write", () => {
    for (const mode of ["write", "check", "update"] as const) {
      const result = compareSnapshots(before, { snapshot: before, isFull: true }, rules(mode));
      expect(result).toMatchObject({ isDrift: false, added: [], failed: [], stale: [], unchanged: 3 });
      if (result.toWrite !== undefined) expect(formatSnapshot(result.toWrite)).toBe(formatSnapshot(before));
    }
  });

  test("a new entry is written by default, and fails a check", () => {
    const now = full({ "Token.a": spent(100), "Token.b": spent(200), "Token.c": spent(300), "Token.d": spent(4) });
    const written = compareSnapshots(before, now, rules("write"));
    expect(written).toMatchObject({ added: ["Token.d"], isDrift: false });
    expect(written.toWrite?.entries.get("Token.d")).toEqual(spent(4));
    expect(compareSnapshots(before, now, rules("check"))).toMatchObject({ isDrift: true, toWrite: undefined });
  });

  test("a worse figure fails with its causes, and stays in the file until it is updated", () => {
    const now = full({ "Token.a": spent(90, 30), "Token.b": spent(200), "Token.c": spent(300) });
    const result = compareSnapshots(before, now, rules("write"));
    expect(result.isDrift).toBe(true);
    expect(result.failed).toMatchObject([
      {
        label: "Token.a",
        delta: 20,
        causes: [
          { label: "storage-write", delta: 30 },
          { label: "instructions", delta: -10 },
        ],
      },
    ]);
    expect(result.toWrite?.entries.get("Token.a")).toEqual(spent(100));
    const updated = compareSnapshots(before, now, rules("update"));
    expect(updated.isDrift).toBe(false);
    expect(updated.toWrite?.entries.get("Token.a")).toEqual(spent(90, 30));
  });

  test("a better figure passes, unless the rules are strict", () => {
    const now = full({ "Token.a": spent(99), "Token.b": spent(200), "Token.c": spent(300) });
    expect(compareSnapshots(before, now, rules("check"))).toMatchObject({ isDrift: false, improved: [{ delta: -1 }] });
    expect(compareSnapshots(before, now, rules("check", { strict: true }))).toMatchObject({
      isDrift: true,
      failed: [{ delta: -1 }],
    });
  });

  test("the larger tolerance counts, inclusive; none is exact, and equal figures pass", () => {
    const at = (figure: number) => full({ "Token.a": spent(100), "Token.b": spent(figure), "Token.c": spent(300) });
    const drift = (figure: number, percent: number, gas: number) =>
      compareSnapshots(before, at(figure), rules("check", { tolerance: { percent, gas } })).isDrift;
    // 2 % of 200 is 4.
    expect([drift(204, 2, 0), drift(205, 2, 0)]).toEqual([false, true]);
    expect([drift(205, 2, 5), drift(206, 2, 5)]).toEqual([false, true]);
    expect([drift(204, 2, 1), drift(200, 0, 0), drift(201, 0, 0)]).toEqual([false, false, true]);
  });

  test("what a full run does not measure is stale and removed by an update; a partial run leaves it alone", () => {
    const some = { "Token.a": spent(100) };
    expect(compareSnapshots(before, full(some), rules("write"))).toMatchObject({
      stale: ["Token.b", "Token.c"],
      isDrift: true,
    });
    expect([...(compareSnapshots(before, full(some), rules("update")).toWrite?.entries.keys() ?? [])]).toEqual([
      "Token.a",
    ]);
    const partial = compareSnapshots(before, partly(some), rules("check"));
    expect(partial).toMatchObject({ stale: [], isDrift: false });
    const updated = compareSnapshots(before, partly({ "Token.b": spent(7) }), rules("update")).toWrite;
    expect(updated?.entries).toEqual(
      new Map(Object.entries({ "Token.a": spent(100), "Token.b": spent(7), "Token.c": spent(300) })),
    );
  });

  test("without a file, everything is written, and a check fails", () => {
    const now = full({ "Token.a": spent(100) });
    expect(compareSnapshots(undefined, now, rules("write"))).toMatchObject({ isFirst: true, isDrift: false });
    expect(formatSnapshot(compareSnapshots(undefined, now, rules("write")).toWrite as GasSnapshot)).toContain(
      "Token.a ",
    );
    expect(compareSnapshots(undefined, now, rules("check"))).toMatchObject({ isDrift: true, toWrite: undefined });
  });

  test("the header moves with the figures: it stays while changed ones are not written", () => {
    const newer = { ...TOKEN, hash: "00000000", sizeBytes: 9 };
    const measured = (figure: number) => ({
      snapshot: snapshot({ "Token.a": spent(figure), "Token.b": spent(200), "Token.c": spent(300) }, HEADER, [newer]),
      isFull: true,
    });
    expect(compareSnapshots(before, measured(101), rules("write")).toWrite?.contracts).toEqual([TOKEN]);
    expect(compareSnapshots(before, measured(100), rules("write")).toWrite?.contracts).toEqual([newer]);
    expect(compareSnapshots(before, measured(101), rules("update")).toWrite?.contracts).toEqual([newer]);
  });
});

describe("in words", () => {
  const say = (was: GasSnapshot, now: GasSnapshot, mode: GasMode, isFull = true) => {
    const given = rules(mode);
    return formatComparison(
      compareSnapshots(was, { snapshot: now, isFull }, given),
      given,
      undefined,
      makeStyle(false),
    );
  };
  const was = snapshot({ "Token.transfer › to a holder": spent(10, 24_000), "Token.a": spent(5) });

  test("a failing line carries figures, difference, percentage and causes", () => {
    const now = snapshot({ "Token.transfer › to a holder": spent(22, 26_400), "Token.a": spent(5) });
    expect(
      say(was, now, "check"),
    ).toBe(`Token: same Wasm, other gas: its tests call it differently, or the machine moved
✗ Token.transfer › to a holder   24,010 → 26,422   +2,412  +10.0 %
    storage-write +2,400
    instructions     +12
.gas-snapshot  1 entry unchanged, 1 changed
If this is what you want, commit the new figures: npx qwvm test --gas-update`);
  });

  test("a global shift is one line", () => {
    const header = { ...HEADER, schedule: "00000001" };
    const now = snapshot({ "Token.transfer › to a holder": spent(20, 48_000), "Token.a": spent(10) }, header);
    const text = say(was, now, "check");
    expect(text).toContain("the gas schedule changed: 2 of 2 entries moved");
    expect(text).not.toContain("✗");
  });

  test("same Wasm, other gas under another qwvm: the machine moved", () => {
    const now = snapshot(
      { "Token.transfer › to a holder": spent(10, 24_000), "Token.a": spent(6) },
      { ...HEADER, qwvm: "0.2.0" },
    );
    expect(say(was, now, "check")).toContain(
      "qwvm changed: 0.1.0 → 0.2.0\nToken: same Wasm, other gas: the machine moved\n",
    );
  });

  test("no line is wider than 80 columns, whatever the label", () => {
    const label = `Token.transfer › ${"a rather long title ".repeat(3).trim()}`;
    const text = say(snapshot({ [label]: spent(10) }), snapshot({ [label]: spent(1_000_000) }), "check");
    expect(text).toContain(`✗ ${label}\n    10 → 1,000,000`);
    expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });
});
