// Builds a generated program, deploys it and makes the same calls in the machine and in the model.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Chain } from "../../harness/chain/chain.js";
import { type BuildResult, compileContracts } from "../../harness/compiler.js";
import { type Address, address } from "../../harness/core/address.js";
import type { Artifact } from "../../harness/core/artifact.js";
import type { Receipt } from "../../harness/core/receipt.js";
import { encode } from "./borsh.js";
import { ModelError } from "./failure.js";
import { Machine, type Outcome, TooLong } from "./machine.js";
import type { Printed } from "./print-program.js";
import type { ContractCall, Method, Program } from "./program.js";

const CALLERS = [address("alice"), address("bob")];
const NOBODY = address("nobody");
const GAS = 1e10;

export interface Built {
  readonly result: BuildResult;
  readonly artifact: Artifact | undefined;
  readonly peer: Artifact | undefined;
}

/** Compiles the files in a folder of its own, which is removed. */
export async function build(printed: Printed): Promise<Built> {
  const root = mkdtempSync(join(tmpdir(), "qwvm-language-"));
  try {
    for (const [path, text] of Object.entries(printed.files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const result = await compileContracts({ root });
    const artifactOf = (wanted: string): Artifact | undefined => {
      const contract = result.contracts.find(({ name }) => name === wanted);
      if (contract === undefined) return undefined;
      const { wasm, abi } = contract.artifacts;
      return {
        name: wanted,
        wasm: new Uint8Array(readFileSync(wasm)),
        abi: JSON.parse(readFileSync(abi, "utf8")),
      } as Artifact;
    };
    return { result, artifact: artifactOf("Fuzz"), peer: artifactOf("Peer") };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

export interface Difference {
  readonly call: ContractCall;
  readonly what: "result" | "failure" | "events" | "storage" | "balance";
  readonly model: string;
  readonly machine: string;
}

/** The contract in the machine and in the model, which have to agree. */
export class Pair {
  readonly #chain = new Chain();
  readonly #to: Address;
  readonly #peer: Address;
  readonly #model: Machine;
  readonly #methods: ReadonlyMap<string, Method>;

  readonly program: Program;

  constructor(program: Program, { artifact, peer }: Built) {
    this.program = program;
    for (const caller of CALLERS) this.#chain.powers.setBalance(caller, 10n ** 30n);
    this.#peer = peer === undefined ? NOBODY : this.#deploy(peer, "");
    this.#to = this.#deploy(artifact as Artifact, peer === undefined ? "" : this.#peer.slice(2));
    this.#model = new Machine(program, this.#to.slice(2), peer === undefined ? undefined : this.#peer.slice(2));
    this.#methods = new Map(program.classes.flatMap(({ methods }) => methods).map((method) => [method.name, method]));
  }

  #deploy(artifact: Artifact, args: string): Address {
    const receipt = this.#chain.send({
      from: CALLERS[0] as Address,
      value: 0n,
      gasLimit: GAS,
      kind: "deploy",
      artifact,
      args: new Uint8Array(Buffer.from(args, "hex")),
      metadata: {},
    });
    if (receipt.failure !== undefined) throw new ModelError(`deploy: ${JSON.stringify(receipt.failure)}`);
    return receipt.to;
  }

  /** Makes a call on both sides. @returns what differs; "long" for a call that is too long to make */
  call(call: ContractCall): Difference | "long" | Outcome {
    const method = this.#methods.get(call.method) as Method;
    const from = CALLERS[call.from] as Address;
    let model: Outcome;
    try {
      model = this.#model.call(call, from.slice(2));
    } catch (error) {
      // A method that calls itself without end has no more stack here than in the machine.
      if (error instanceof TooLong || error instanceof RangeError) return "long";
      throw error;
    }
    const digits = method.parameters.map(({ type }, i) => encode(type, call.args[i] as never)).join("");
    const args = new Uint8Array(Buffer.from(digits, "hex"));
    const message = {
      from,
      value: call.asQuery ? 0n : call.value,
      gasLimit: GAS,
      to: this.#to,
      method: call.method,
      args,
    };
    const receipt = call.asQuery
      ? this.#chain.query({ ...message, kind: "query" })
      : this.#chain.send({ ...message, kind: "execute" });
    return this.#compare(call, model, receipt) ?? model;
  }

  #compare(call: ContractCall, model: Outcome, receipt: Receipt): Difference | undefined {
    const differs = (what: Difference["what"], expected: string, found: string): Difference | undefined =>
      expected === found ? undefined : { call, what, model: expected, machine: found };
    const failure = receipt.failure;
    const found =
      failure === undefined
        ? "none"
        : failure.status === "reverted"
          ? failure.abort !== undefined
            ? "trap"
            : hex(failure.data)
          : failure.status === "trapped"
            ? TRAPS.has(failure.code)
              ? "trap"
              : failure.code
            : failure.status;
    const events = receipt.events
      .map(({ topic, data }) => `${Buffer.from(topic).toString("utf8")}(${hex(data)})`)
      .join(" ");
    return (
      differs("failure", model.failure ?? "none", found) ??
      differs("result", model.result, hex(receipt.result)) ??
      differs("events", model.events.map(({ topic, data }) => `${topic}(${data})`).join(" "), events) ??
      this.#compareStorage(call) ??
      differs("balance", String(this.#model.balance), String(this.#chain.balance(this.#to)))
    );
  }

  /** Every key and value; a field without a value and one with zeros are the same to a contract. */
  #compareStorage(call: ContractCall): Difference | undefined {
    return (
      this.#compareEntries(call, this.#to, this.#model.entries, this.#model.zeros) ??
      this.#compareEntries(call, this.#peer, this.#model.peerEntries, NO_ZEROS)
    );
  }

  #compareEntries(
    call: ContractCall,
    at: Address,
    expected: ReadonlyMap<string, string>,
    zeros: ReadonlyMap<string, string>,
  ): Difference | undefined {
    const entries = new Map(this.#chain.storageEntries(at).map(([key, value]) => [hex(key), hex(value)]));
    for (const key of new Set([...entries.keys(), ...expected.keys()])) {
      const model = expected.get(key) ?? zeros.get(key) ?? "none";
      const machine = entries.get(key) ?? zeros.get(key) ?? "none";
      if (model !== machine)
        return { call, what: "storage", model: `${shown(key)} = ${model}`, machine: `${shown(key)} = ${machine}` };
    }
    return undefined;
  }
}

/** What the model calls a trap; a division by zero is one where nothing is checked, and else has a code. */
const TRAPS: ReadonlySet<string> = new Set(["unreachable", "integer divide by zero", "integer overflow"]);
const NO_ZEROS: ReadonlyMap<string, string> = new Map();

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

function shown(key: string): string {
  return JSON.stringify(Buffer.from(key, "hex").toString("latin1"));
}
