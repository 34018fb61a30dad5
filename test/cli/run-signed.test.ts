// `qwvm run` of a @signed method: what carries the signature is given by name, beside the method's own arguments.

import { afterAll, expect, test } from "vitest";
import { address, contractAddress, createQwvm, signedMessage } from "../../harness/index.js";
import { makeProject } from "./project.js";

const project = makeProject();
afterAll(() => project.remove());
const hex = (bytes: Uint8Array) => `0x${Buffer.from(bytes).toString("hex")}`;

test("a signature made elsewhere is taken, a wrong or missing one refused", () => {
  project.write(
    "contracts/bank.ts",
    `import { Address, contract, execute, query, signed } from "qwvm/sdk-as";
@contract export class Bank {
  n: u64;
  @signed("who") @execute put(who: Address, n: u64): void { this.n = n; }
  @query get(): u64 { return this.n; }
}
`,
  );
  expect(project.qwvm(["build"]).code).toBe(0);
  const alice = createQwvm().account("alice");
  const missing = project.qwvm(["run", "build/bank.wasm", "--execute", "put", `{"who": "${alice.address}", "n": 5}`]);
  expect(missing).toMatchObject({ code: 2 });
  expect(missing.err).toContain("nonce (u64) is missing");
  // The first contract that the command's default account deploys has the same address in every run.
  const run = (signature: Uint8Array, ...options: string[]) =>
    project.qwvm([
      "run",
      "build/bank.wasm",
      "--execute",
      "put",
      JSON.stringify({
        who: alice.address,
        n: 5,
        nonce: 0,
        publicKey: hex(alice.publicKey),
        signature: hex(signature),
      }),
      "--query",
      "get",
      "--json",
      ...options,
    ]);
  const refused = run(alice.sign("something else"));
  expect(refused.code).toBe(1);
  expect(refused.out).toContain("BadSignature");
  const contract = contractAddress(address("deployer"), 0n);
  const args = new Uint8Array(28);
  args.set(Buffer.from(alice.address.slice(2), "hex"));
  args[20] = 5;
  const message = signedMessage({ contract, method: "put", nonce: 0n, args });
  const taken = run(alice.sign(message));
  expect(taken.code).toBe(0);
  expect(taken.out).toContain('"5"');
  // The same signature on another chain, one for that chain, and what is no chain's id.
  expect(run(alice.sign(message), "--chain-id", "1").out).toContain("BadSignature");
  const elsewhere = signedMessage({ chainId: 1n, contract, method: "put", nonce: 0n, args });
  expect(run(alice.sign(elsewhere), "--chain-id", "1").code).toBe(0);
  expect(run(alice.sign(elsewhere)).out).toContain("BadSignature");
  for (const wrong of ["-1", "x", "18446744073709551616", "0x1"]) {
    const told = run(alice.sign(message), `--chain-id=${wrong}`);
    expect(told).toMatchObject({ code: 2 });
    expect(told.err).toContain(`The chain id is "${wrong}"`);
  }
});
