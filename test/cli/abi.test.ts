// `qwvm abi` as a process: an interface of a name, a file and a module; two compared.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ABI_FLAGS } from "../../harness/cli/abi.js";
import { helpText } from "../../harness/cli/help.js";
import { formatAbi } from "../../harness/report/abi-text.js";
import { makeStyle } from "../../harness/report/style.js";
import { makeProject, type Project } from "./project.js";

const COUNTER = `Counter, built by qwvm 0.1.0
  Counts. Plain fields are the contract's stored state.

Constructor
  create(initialValue: u64)
      Runs once, when the contract is deployed.

Methods
  increment(amount: u64)
      Adds to the count.

Queries
  getCount(): u64
      The count; a query changes nothing and costs its caller no gas.

State, by its keys
  count  u64
`;

let project: Project;
beforeAll(() => {
  project = makeProject("counter");
});
afterAll(() => project.remove());

test("help names every flag, in 80 columns", () => {
  for (const flag of Object.keys(ABI_FLAGS)) expect(helpText("abi")).toContain(`--${flag}`);
  expect(
    helpText("abi")
      .split("\n")
      .filter((line) => line.length > 80),
  ).toEqual([]);
});

describe("an interface", () => {
  test.each([[[]], [["Counter"]], [["counter"]], [["build/counter.abi.json"]], [["build/counter.wasm"]]])(
    "of %j, built first",
    (args) => {
      expect(project.qwvm(["abi", ...args])).toEqual({ code: 0, out: COUNTER, err: "" });
    },
  );

  test("as JSON: one alone, or all in a list", () => {
    const one = JSON.parse(project.qwvm(["abi", "Counter", "--json"]).out);
    expect(one).toEqual(JSON.parse(project.read("build/counter.abi.json")));
    expect(JSON.parse(project.qwvm(["abi", "--json"]).out)).toEqual([one]);
  });

  test("with all there can be, in 80 columns", () => {
    const text = formatAbi(
      {
        abiVersion: 1,
        name: "Shop",
        bases: ["Ownable"],
        methods: [
          {
            name: "pay",
            kind: "execute",
            params: [{ name: "order", type: { struct: "Order" } }],
            result: { option: "u64" },
            payable: true,
            guards: [{ name: "only", args: ["owner"] }, { name: "whenOpen" }],
            signed: { by: "owner", in: "state", key: "address" },
            from: "Ownable",
            docs: "Pays.\n\n@returns what is left",
          },
        ],
        events: [{ name: "Paid", fields: [{ name: "to", type: "address", indexed: true }] }],
        errors: [{ name: "Poor", code: 300, fields: [{ name: "needed", type: "u64" }], message: "{needed} needed" }],
        messages: [{ code: 301, text: "closed" }],
        structs: [{ name: "Order", fields: [{ name: "lines", type: { array: "string" } }] }],
        enums: [{ name: "Level", variants: ["Low", "High"] }],
        state: [
          { name: "prices", kind: "map", type: "u64", keys: ["address", "u8"] },
          { name: "log", kind: "vec", type: "string" },
          { name: "buyers", kind: "set", type: "address" },
          { name: "debts", kind: "iterableMap", type: "u64", keys: ["address"] },
        ],
      },
      makeStyle(false),
    );
    expect(text).toBe(`Shop extends Ownable

Methods
  pay(order: Order): u64 | null
      takes value; guarded by only(owner), then whenOpen; signed by owner, a
      stored address; of Ownable
      Pays.

Events
  Paid(to: Address indexed)

Errors
  0x0000012c  Poor(needed: u64)
      "{needed} needed"

Texts kept off chain
  0x0000012d  "closed"

Structs
  Order(lines: Array<string>)

Enums
  Level: 0 Low, 1 High

State, by its keys
  prices/‹Address›‹u8›    u64
  log                     length: u32
  log/‹index: u32›        string
  buyers                  count: u32
  buyers#‹position: u32›  Address
  buyers/‹Address›        position + 1: u32
  debts                   count: u32
  debts#‹position: u32›   Address
  debts/‹Address›         position + 1: u32, u64`);
  });
});

describe("a diff", () => {
  beforeAll(() => {
    const abi = JSON.parse(project.read("build/counter.abi.json"));
    const write = (name: string, value: unknown) => project.write(name, JSON.stringify(value));
    write("more.abi.json", { ...abi, methods: [...abi.methods, { name: "reset", kind: "execute" }] });
    write("less.abi.json", { ...abi, methods: abi.methods.slice(1) });
  });

  test("of nothing, and of what is compatible, ends with 0", () => {
    expect(project.qwvm(["abi", "diff", "Counter", "build/counter.wasm"])).toEqual({
      code: 0,
      out: "The interfaces are the same.\n",
      err: "",
    });
    expect(project.qwvm(["abi", "diff", "Counter", "more.abi.json"])).toEqual({
      code: 0,
      out: "✓ method reset is new\n\n1 compatible\n",
      err: "",
    });
  });

  test("with a breaking change ends with 1", () => {
    expect(project.qwvm(["abi", "diff", "more.abi.json", "less.abi.json"])).toEqual({
      code: 1,
      out: "✗ method increment is gone\n✗ method reset is gone\n\n2 breaking\n",
      err: "",
    });
    const json = project.qwvm(["abi", "diff", "Counter", "less.abi.json", "--json"]);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toEqual({
      breaking: true,
      changes: [{ severity: "breaking", part: "method", name: "increment", what: "is gone" }],
    });
  });
});

describe("a mistake ends with code 2 and says what to do", () => {
  test.each<[string[], string]>([
    [["abi", "Conter"], "error: There is no contract and no file Conter.\nDid you mean Counter? The project's"],
    [["abi", "gone.abi.json"], "Give the path of an existing file."],
    [["abi", "Counter", "more"], 'qwvm abi takes no "more".'],
    [["abi", "--jsn"], "Did you mean --json?"],
    [["abi", "diff", "Counter"], "qwvm abi diff needs two interfaces.\nWrite qwvm abi diff OLD.abi.json NEW.abi.json."],
    [["abi", "diff", "a.json", "b.json", "c.json"], 'qwvm abi takes no "c.json".'],
    [["abi", "diff", "Counter", "package.json"], "type is not a key of an interface"],
    [["abi", "diff", "Counter", "plain.wasm"], "plain.wasm has no interface of its own."],
  ])("%j", (args, text) => {
    project.write("plain.wasm", "\0asm\x01\0\0\0");
    const run = project.qwvm(args);
    expect(run.err).toContain(text);
    expect(run).toMatchObject({ code: 2, out: "" });
  });
});
