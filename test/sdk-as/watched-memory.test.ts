// What the memory manager hands out is zero, and so is all that lies behind it: programs of random steps run with a memory
// manager that looks, and their results are those of the same steps in BigInt.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { ContractDefinition } from "../../harness/client/contract-types.js";
import { defineContract } from "../../harness/client/define-contract.js";
import type * as ProjectFiles from "../../harness/compiler/project-files.js";
import type { Abi } from "../../harness/core/abi.js";
import { createQwvm } from "../../harness/index.js";
import { buildFixtures } from "../fixtures/temp-project.js";
import { Random } from "../hostile/random.js";
import { listFiles, readSource } from "../house/source-files.js";

// The real memory manager, and a look at every block before it is handed out.
vi.mock("../../harness/compiler/project-files.js", async (original) => {
  const files = await original<typeof ProjectFiles>();
  return {
    ...files,
    readSdkFiles: () => {
      const sdk = new Map(files.readSdkFiles());
      const runtime = sdk.get("runtime") ?? "";
      const take = /export function __alloc[^}]*\n\}\n/.exec(runtime)?.[0] ?? "";
      const looking = take.replace(
        "return at;",
        "look(at, size == 0 ? <usize>memory.size() << 16 : __top);\n  return at;",
      );
      // Where the memory of what led to a value is given back, the value's own new place may be there.
      const settling = "if (at == 0) at = __alloc(size);";
      const watched = runtime.replace(take, looking).replace(settling, settling.replace("__alloc(", "takeAny("));
      expect(watched.match(/look\(|takeAny\(/g)).toHaveLength(2);
      const look = `
${take.replace("export function __alloc", "function takeAny")}
function look(at: usize, end: usize): void {
  if ((at & 15) != 0) unreachable();
  for (; at < end; at += 8) if (load<u64>(at) != 0) unreachable();
}
`;
      return sdk.set("runtime", watched + look);
    },
  };
});

// biome-ignore lint/suspicious/noExplicitAny: the methods of fixtures, whose results are compared whole.
type Loose = Record<"run", any>;

let built: Awaited<ReturnType<typeof buildFixtures>>;
beforeAll(async () => {
  built = await buildFixtures(["watched", "memory/peer.ts"]);
  expect(built.result.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
});
afterAll(() => built.remove());

function definition(name: string): ContractDefinition<unknown[], Loose> {
  const file = (ending: string) => join(built.root, "build", `${name}${ending}`);
  const abi = JSON.parse(readFileSync(file(".abi.json"), "utf8")) as Abi;
  return defineContract({ name: abi.name, abi, wasm: pathToFileURL(file(".wasm")) });
}

/** The steps of `watched/worker.ts`, done with BigInt. */
class Model {
  total = 0n;
  other = 0n;
  note = "";
  run(program: readonly number[]): bigint[] {
    const kept: bigint[] = [];
    const known = new Set<number>();
    let [sum, seen] = [0n, 0];
    for (const step of program) {
      const amount = step >> 4;
      switch (step & 15) {
        case 0:
          for (let j = 0; j < amount; j++) sum += BigInt(j * 7);
          break;
        case 1:
          for (let j = 0; j <= amount; j++) this.total += sum / 3n;
          break;
        case 2:
          kept.push(this.total);
          break;
        case 3:
          this.note = "é".repeat(amount * 100);
          break;
        case 6:
          // Of the answer's bytes four are its length; more than 65,536 are a failure.
          if (4 + amount * 4500 <= 65_536) seen += amount * 4500;
          break;
        case 8:
          // echo refuses four bytes that are no length and as many bytes, with a code of four; answer gives as many as it is asked for.
          seen += amount < 8 ? 4 : amount;
          break;
        case 10:
          known.add(amount);
          if (known.size > 9) known.clear();
          break;
        case 11:
          seen += this.note.length;
          break;
        case 12:
          this.other = sum > this.total ? sum - this.total : this.total - sum;
          sum = this.other + 2n;
          break;
        case 14:
          seen += amount + amount * 20 + 1 - amount;
          break;
        case 15:
          seen += Math.min(amount, this.note.length);
          break;
        default:
      }
    }
    return [...kept, sum, this.total, this.other, BigInt(seen)];
  }
}

test("random programs leave no dirty memory and no wrong number", () => {
  const vm = createQwvm();
  const options = { gasLimit: 4_000_000_000 };
  const peer = vm.deploy(definition("memory/peer"), []);
  const worker = vm.deploy(definition("watched/worker"), []).with(options);
  const model = new Model();
  const random = new Random(16);
  for (let round = 0; round < 60; round++) {
    const program = Array.from({ length: 1 + random.below(30) }, () => random.below(256));
    expect([program, worker.run(peer, Uint8Array.from(program))]).toEqual([program, model.run(program)]);
  }
});

test("memory is given back by the memory manager, on behalf of these alone", () => {
  const users = (word: RegExp) =>
    [...listFiles("sdk-as", ".ts"), ...listFiles("harness", ".ts")].filter((file) => word.test(readSource(file)));
  // The end of what the host wrote into, which is still zero.
  expect(users(/\b__keep\(/)).toEqual(["sdk-as/remote.ts", "sdk-as/runtime.ts", "sdk-as/storage/slot.ts"]);
  // What a pure expression took, which is made zero again.
  expect(
    users(/\b__(mark|settle|released)\b/).filter((file) => !file.startsWith("harness/compiler/read-syntax")),
  ).toEqual(["sdk-as/runtime.ts", "harness/compiler/owned-values.ts", "harness/compiler/write-wide-state.ts"]);
  expect(users(/\b__top\b/)).toEqual(["sdk-as/runtime.ts", "harness/compiler/optimize.ts"]);
});
