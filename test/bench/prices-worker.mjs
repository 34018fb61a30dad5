// Cases of price-cases.mjs in a process of their own: `node prices-worker.mjs GROUP` prints CPU nanoseconds a gas of each.

import loadWabt from "wabt";
import { Chain } from "../../dist/chain/chain.js";
import { address, addressToBytes } from "../../dist/core/address.js";
import { median } from "./measure.mjs";
import { CASES } from "./price-cases.mjs";

const [group] = process.argv.slice(2);
const GAS = 10_000_000;
const alice = address("alice");
const wabt = await loadWabt();

function assemble(text) {
  const isSdk = text.includes("@custom");
  const module = wabt.parseWat("case.wat", text.replace(/\(@custom [^)]*\)/, ""), {
    bulk_memory: true,
    reference_types: true,
    sat_float_to_int: true,
    sign_extension: true,
  });
  const bytes = [...module.toBinary({}).buffer];
  const name = [...Buffer.from("qwvm.abi")];
  return new Uint8Array(isSdk ? [...bytes, 0, name.length + 3, name.length, ...name, 0x7b, 0x7d] : bytes);
}

function deploy(chain, wat, memory) {
  const message = { kind: "deploy", from: alice, value: 0n, gasLimit: 1e9, args: new Uint8Array(0), metadata: {} };
  const receipt = chain.send({ ...message, memory, artifact: { name: "Case", wasm: assemble(wat) } });
  if (receipt.status !== "success") throw new Error(`a case was not deployed: ${JSON.stringify(receipt.failure)}`);
  return receipt.to;
}

/** Once to compile, three times to warm up, and then the middle of five: CPU of all threads of the process. */
function measure({ name, wat, callee, memory }) {
  const chain = new Chain();
  const other = callee === undefined ? alice : deploy(chain, callee, memory ?? "fresh");
  const to = deploy(chain, wat, callee === undefined ? (memory ?? "fresh") : "fresh");
  chain.powers.setBalance(to, 10n ** 30n);
  const run = () => {
    const before = process.cpuUsage();
    const message = {
      kind: "execute",
      from: alice,
      to,
      method: "",
      args: addressToBytes(other),
      value: 0n,
      gasLimit: GAS,
    };
    const { gasUsed } = chain.send(message);
    const { user, system } = process.cpuUsage(before);
    return ((user + system) * 1_000) / gasUsed;
  };
  const first = run();
  for (let i = 0; i < 3; i++) run();
  return { name, first, nanoseconds: median(Array.from({ length: 5 }, run)) };
}

console.log(JSON.stringify(CASES.filter((entry) => entry.group === group).map(measure)));
