// One project of contract classes per seed: what is refused by rule has to be refused, and nothing else; what builds is called
// on both sides.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type BuildResult, compileContracts } from "../../../harness/compiler.js";
import type { Artifact } from "../../../harness/core/artifact.js";
import { Random } from "../../hostile/random.js";
import { encode, littleEndian } from "../borsh.js";
import { CODES } from "../failure.js";
import { randomValue } from "../generate-values.js";
import { PEER_FILE, PEER_SOURCE } from "../peer.js";
import { ADDRESS, type Type } from "../types.js";
import { type ContractSpec, makeLine } from "./contract.js";
import { makeWays, type WaysSpec, withoutQueries } from "./make-ways.js";
import { anyMember } from "./names-block.js";
import { ACCOUNTS, type BuiltContract, type ClassCall, ClassPair, type SignatureFault } from "./pair.js";
import type { Door } from "./world.js";

export interface ClassTally {
  projects: number;
  contracts: number;
  calls: number;
  failed: number;
  /** How calls failed on both sides: by the SDK's names, or by a text of the contract's. */
  readonly failures: Map<string, number>;
  /** Classes that were refused, as they had to be. */
  refused: number;
  /** Queries whose change no compiler sees; they fail when they run. */
  unseen: number;
  /** What differs, with source and calls. */
  readonly findings: string[];
}

export const newClassTally = (): ClassTally => ({
  projects: 0,
  contracts: 0,
  calls: 0,
  failed: 0,
  failures: new Map(),
  refused: 0,
  unseen: 0,
  findings: [],
});

export function describeClasses(tally: ClassTally): string {
  const { projects, contracts, calls, failures, refused, unseen, findings } = tally;
  const failed = [...failures].sort(([, a], [, b]) => b - a).map(([name, count]) => `${name} ${count}`);
  return [
    `${projects} projects of classes: ${contracts} contracts, ${refused} refusals by rule, ${unseen} queries that fail when they run, ${calls} calls`,
    `  failed on both sides: ${failed.join(", ")}`,
    `${findings.length} findings`,
  ].join("\n");
}

export interface ClassOptions {
  readonly callsPerMethod?: number;
}

const BUILT = 2;
const REFUSED = 4;

export async function fuzzClasses(seed: number, tally: ClassTally, options: ClassOptions = {}): Promise<void> {
  const random = new Random(seed ^ 0xc1a55);
  const right: ContractSpec[] = [];
  const wrong: ContractSpec[] = [];
  for (let index = 0; index < 40 && (right.length < BUILT || wrong.length < REFUSED); index++) {
    const one = makeLine(random, index);
    if (one.refusals.size === 0 && right.length < BUILT) right.push(one);
    if (one.refusals.size > 0 && wrong.length < REFUSED) wrong.push(one);
  }
  right.push(makeWays(random, 50, false));
  tally.projects++;
  await checkRefused(seed, wrong, tally);
  const unseen = await checkQueries(seed, makeWays(random, 60, true), tally);
  if (unseen !== undefined) right.push(unseen);
  const { result, artifacts } = await build(right);
  const errors = result.diagnostics.filter(({ code, severity }) => severity === "error" || !WARNINGS.has(code));
  if (errors.length > 0) {
    for (const spec of right) {
      const found = errors.filter(({ file }) => isOf(spec, file));
      if (found.length > 0) tally.findings.push(describe(seed, "refused without a reason", found.map(said), spec));
    }
    const rest = errors.filter(({ file }) => !right.some((spec) => isOf(spec, file)));
    if (rest.length > 0) tally.findings.push(`seed ${seed}: ${rest.map(said).join("\n")}`);
  }
  if (artifacts === undefined) return;
  tally.contracts += right.length;
  callAll(
    seed,
    random,
    right.map((spec) => ({ spec, artifact: artifacts(spec.name) })),
    artifacts("Peer"),
    tally,
    options,
  );
}

/** What may be warned of: guards that are replaced, writes after calls, guarded methods that are called from others. */
const WARNINGS = new Set(["QW143", "QW145", "QW246"]);

const isOf = ({ file, more }: ContractSpec, path: string | undefined): boolean =>
  [file, ...Object.keys(more)].some((name) => `contracts/${name}` === path);

type Diagnostic = BuildResult["diagnostics"][number];
const said = ({ code, file, line, message }: Diagnostic): string => `${code} ${file}:${line} ${message}`;

/** Every class that a rule refuses is refused by that rule, and no other class is. */
async function checkRefused(seed: number, wrong: readonly ContractSpec[], tally: ClassTally): Promise<void> {
  if (wrong.length === 0) return;
  const { result } = await build(wrong);
  for (const spec of wrong) {
    const errors = result.diagnostics.filter(({ file, severity }) => isOf(spec, file) && severity === "error");
    const found = new Set(errors.map(({ code, line }) => `${code} ${classAt(spec.text, line ?? 0)}`));
    const surplus = [...found].filter((one) => !spec.refusals.has(one)).map((one) => `unexpected ${one}`);
    const missing = [...spec.refusals].filter((one) => !found.has(one)).map((one) => `not refused ${one}`);
    tally.refused += spec.refusals.size;
    if (surplus.length + missing.length > 0)
      tally.findings.push(describe(seed, "refusals", [...missing, ...surplus, ...errors.map(said)], spec));
  }
}

/** Every query that changes something is refused, and nothing else is; or it changes an object of the state unseen, and fails. */
async function checkQueries(seed: number, spec: WaysSpec, tally: ClassTally): Promise<WaysSpec | undefined> {
  const { result } = await build([spec]);
  const lines = spec.text.split("\n");
  const named = ({ code, file, line }: Diagnostic): string =>
    `${code} ${file === `contracts/${spec.file}` ? (/@query (\w+)/.exec(lines[(line ?? 1) - 1] ?? "")?.[1] ?? line) : `${file}:${line}`}`;
  const found = new Set(result.diagnostics.map(named));
  const surplus = [...found]
    .filter((one) => !spec.queries.has(one.replace("QW108 ", "")))
    .map((one) => `unexpected ${one}`);
  const unseen = [...spec.queries].filter(([name]) => !found.has(`QW108 ${name}`));
  const missing = unseen.filter(([, isSeen]) => isSeen).map(([name]) => `not refused ${name}`);
  tally.refused += spec.queries.size - unseen.length;
  tally.unseen += unseen.length;
  if (surplus.length + missing.length > 0) {
    tally.findings.push(describe(seed, "queries", [...missing, ...surplus, ...result.diagnostics.map(said)], spec));
    return undefined;
  }
  return unseen.length === 0
    ? undefined
    : withoutQueries(
        spec,
        [...spec.queries.keys()].filter((name) => found.has(`QW108 ${name}`)),
      );
}

/** The class that a line is in. */
function classAt(text: string, line: number): string {
  const before = text.split("\n").slice(0, line).join("\n");
  return [...before.matchAll(/^export (?:abstract )?class (\w+)/gm)].at(-1)?.[1] ?? "";
}

async function build(specs: readonly ContractSpec[]) {
  const root = mkdtempSync(join(tmpdir(), "qwvm-classes-"));
  const files = [
    [PEER_FILE, PEER_SOURCE] as const,
    ...specs.flatMap(({ file, text, more }) =>
      [[file, text] as const, ...Object.entries(more)].map(([name, part]) => [`contracts/${name}`, part] as const),
    ),
  ];
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const result = await compileContracts({ root });
    const made = new Map(
      result.contracts.map(({ name, artifacts: { wasm, abi } }) => [
        name,
        { name, wasm: new Uint8Array(readFileSync(wasm)), abi: JSON.parse(readFileSync(abi, "utf8")) } as Artifact,
      ]),
    );
    return { result, artifacts: made.size === 0 ? undefined : (name: string) => made.get(name) as Artifact };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function callAll(
  seed: number,
  random: Random,
  contracts: readonly BuiltContract[],
  peer: Artifact,
  tally: ClassTally,
  { callsPerMethod = 30 }: ClassOptions,
): void {
  let pair = new ClassPair(contracts, peer);
  let made: ClassCall[] = [];
  const broken = new Set<Door>();
  const doors = contracts.flatMap(({ spec }, contract) => spec.doors.map((door) => ({ contract, door })));
  for (let i = 0; i < doors.length * callsPerMethod; i++) {
    const { contract, door } = random.pick(doors);
    const call = makeCall(random, contract, door);
    if (broken.has(door)) continue;
    made.push(call);
    tally.calls++;
    const outcome = pair.call(call);
    if (!("differs" in outcome)) {
      if (outcome.failure !== undefined) countFailure(outcome.failure, tally);
      continue;
    }
    const fewer = fewest(made, contracts, peer);
    const { spec } = contracts[contract] as BuiltContract;
    const lines = [outcome.differs, "calls:", ...fewer.map((one) => describeCall(one, contracts))];
    tally.findings.push(describe(seed, `${spec.name}.${door.name}`, lines, spec));
    broken.add(door);
    pair = new ClassPair(contracts, peer);
    made = [];
  }
}

function countFailure(data: string, tally: ClassTally): void {
  tally.failed++;
  const known = Object.entries(CODES).find(([, code]) => data.startsWith(littleEndian(BigInt(code), 4)));
  const name = known?.[0] ?? "a text";
  tally.failures.set(name, (tally.failures.get(name) ?? 0) + 1);
}

/** The calls that are needed for the last one to differ. */
function fewest(
  calls: readonly ClassCall[],
  contracts: readonly BuiltContract[],
  peer: Artifact,
): readonly ClassCall[] {
  const differs = (some: readonly ClassCall[]): boolean => {
    const pair = new ClassPair(contracts, peer);
    return some.some((call, i) => "differs" in pair.call(call) && i === some.length - 1);
  };
  let best = calls;
  for (let size = best.length >> 1; size >= 1; size >>= 1) {
    for (let start = 0; start + size < best.length; ) {
      const some = [...best.slice(0, start), ...best.slice(start + size)];
      if (differs(some)) best = some;
      else start += size;
    }
  }
  return best;
}

const FAULTS: readonly SignatureFault[] = ["replay", "chain", "args", "method", "contract", "signer"];

function makeCall(random: Random, contract: number, door: Door): ClassCall {
  const from = random.below(ACCOUNTS.length);
  const asQuery = door.kind === "query" && random.chance(50);
  const byPeer = !door.isSigned && !asQuery && random.chance(15);
  const sent = door.payable && random.chance(60) ? BigInt(random.below(200)) : random.chance(4) ? 5n : 0n;
  const by = random.below(ACCOUNTS.length);
  const fault = random.chance(50) ? "none" : random.pick(FAULTS);
  const digits = door.params.map((type) => argument(type, random, by, fault)).join("");
  const signed = door.isSigned ? { by, fault } : undefined;
  return { contract, door, args: digits, from, value: asQuery || byPeer ? 0n : sent, asQuery, byPeer, signed };
}

function argument(type: Type, random: Random, by: number, fault: SignatureFault): string {
  if (type.kind === "enum") return random.chance(40) ? anyMember(random) : encode(type, randomValue(type, random));
  if (type !== ADDRESS) return encode(type, randomValue(type, random));
  const account = ACCOUNTS[fault === "signer" ? (by + 1) % ACCOUNTS.length : by];
  return encode(ADDRESS, (account?.address ?? "").slice(2).toLowerCase());
}

function describeCall(call: ClassCall, contracts: readonly BuiltContract[]): string {
  const { door, args, from, value, asQuery, byPeer, signed } = call;
  const name = contracts[call.contract]?.spec.name;
  const how = asQuery ? "query" : "execute";
  const more = signed === undefined ? "" : ` signed by ${ACCOUNTS[signed.by]?.label}, fault ${signed.fault}`;
  return `  ${how} ${name}.${door.name}(0x${args}) from ${ACCOUNTS[from]?.label}${byPeer ? " by the peer" : ""} value ${value}${more}`;
}

function describe(seed: number, what: string, lines: readonly string[], { file, text, more }: ContractSpec): string {
  const files = [[file, text] as const, ...Object.entries(more)].map(
    ([name, part]) => `--- contracts/${name}\n${part}`,
  );
  return [`seed ${seed}: classes: ${what}`, ...lines, ...files].join("\n");
}
