// What it costs to find a method among many, in the real machine: at most 60 gas more among 100 than alone.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createQwvm } from "../../harness/index.js";
import { type BuiltProject, buildProject } from "../client/built-contracts.js";

/** Names of every length from 1 to 20, some of which differ in one letter alone. */
const NAMES = Array.from({ length: 100 }, (_, i) => {
  const letters = "getBalanceOfHolderInPool";
  return i < 20
    ? letters.slice(0, i + 1)
    : `${letters.slice(0, 4 + (i % 7))}${i.toString(36)}${letters.slice(2, 2 + (i % 5))}`;
});

const contract = (names: readonly string[]) => `import { contract, execute, query } from "qwvm/sdk-as";
@contract
export class Many {
${names.map((name, i) => `  @${i % 2 === 0 ? "query" : "execute"} ${name}(): u64 { return ${i}; }`).join("\n")}
}
`;

let project: BuiltProject;
beforeAll(async () => {
  project = await buildProject({
    "many.ts": contract(NAMES),
    "query.ts": contract(["get"]).replaceAll("Many", "One"),
    "execute.ts": contract(["other", "get"]).replace("@query other(): u64 { return 0; }", "").replaceAll("Many", "Two"),
  });
});
afterAll(() => project.remove());

// biome-ignore lint/suspicious/noExplicitAny: generated methods.
const client = (base: string): any => createQwvm().deploy(project.definition(base), []);

describe("100 methods", () => {
  test("every one is found, and no other", () => {
    const many = client("many");
    expect(new Set(NAMES).size).toBe(100);
    expect(NAMES.map((name) => many[name]())).toEqual(NAMES.map((_, i) => BigInt(i)));
    const raw = createQwvm();
    const { address } = raw.deploy(project.definition("many"), []);
    const call = (method: string) =>
      raw.chain.query({
        kind: "query",
        from: address,
        to: address,
        value: 0n,
        gasLimit: 1e6,
        method,
        args: new Uint8Array(),
      }).status;
    for (const name of ["", "x", "gets", "Get", `${NAMES[40]}x`, "getBalanceOfHolderInPoolAndMore"]) {
      expect(call(name)).toBe("reverted");
    }
  });

  test("none costs more than 60 gas more than alone", () => {
    const many = client("many");
    // Instructions alone: memory and host calls are the same, but for the name's bytes.
    const gas = (contract: ReturnType<typeof client>, name: string) => contract.receipt[name]().gas.instructions;
    const aloneQuery = gas(client("query"), "get");
    const aloneExecute = gas(client("execute"), "get");
    const more = NAMES.map((name, i) => gas(many, name) - (i % 2 === 0 ? aloneQuery : aloneExecute));
    expect(Math.max(...more)).toBeLessThanOrEqual(60);
  });
});
