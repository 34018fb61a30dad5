// Deployment: a definition or bare bytes become a message, and its receipt a client or an error.

import { sha256 } from "@noble/hashes/sha2.js";
import { ABI_SECTION, type Abi } from "../core/abi.js";
import type { Artifact } from "../core/artifact.js";
import { copyBytes, ownArtifact } from "../core/copies.js";
import { QwvmError } from "../core/errors.js";
import type { SettledReceipt } from "../vm/settled-receipt.js";
import { type AbiInput, checkAbi } from "./check-abi.js";
import { codecOf, decodeText } from "./codec.js";
import { contractClient } from "./contract.js";
import { contractError } from "./contract-error.js";
import type { CallOptions, ContractClient, ContractDefinition } from "./contract-types.js";
import { artifactOf, defineContract } from "./define-contract.js";
import { parseJson, toPlain } from "./json-text.js";
import { type Machine, type ResolvedOptions, resolveOptions } from "./machine.js";
import { RawContract } from "./raw-contract.js";
import { isBytes, showValue, toHex } from "./value-problem.js";

/** How a contract is deployed. */
export interface DeployOptions extends CallOptions {
  /** Stored as `metadata:NAME` before the constructor runs. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Whether the contract's memory lasts from call to call. By default `fresh` for SDK modules, `kept` for raw ones. */
  readonly memory?: "fresh" | "kept";
}

/** How a module is deployed. */
export interface DeployWasmOptions extends DeployOptions {
  /** For messages and reports; by default the interface's, or `module-` and 8 hex digits of the module's SHA-256. */
  readonly name?: string;
  /** The interface, for a module that has none of its own. Lists that are left out are empty. */
  readonly abi?: AbiInput;
  /** The module's source map (version 3, JSON text), so that failures name lines. */
  readonly sourceMap?: string;
  /** Arguments of `init`: bytes, or values when there is an interface. */
  readonly args?: Uint8Array | readonly unknown[];
}

const DEPLOY_OPTIONS = ["from", "value", "gasLimit", "metadata", "memory"];
const DEPLOY_WASM_OPTIONS = [...DEPLOY_OPTIONS, "name", "abi", "sourceMap", "args"];

/** Deploys a definition. `calledBy` is the function that the test called. */
export function deployDefinition<Methods>(
  machine: Machine,
  defaults: ResolvedOptions,
  // biome-ignore lint/complexity/noBannedTypes: what Error.captureStackTrace takes is any function.
  calledBy: Function,
  definition: ContractDefinition<readonly unknown[], Methods>,
  args: readonly unknown[],
  options: DeployOptions,
): ContractClient<Methods> {
  if (typeof definition !== "object" || definition === null || !("abi" in definition)) {
    throw new QwvmError("BAD_DEFINITION", `deploy takes a contract's definition, but got ${showValue(definition)}.`, {
      hint: 'Import it from the build: import { Counter } from "../build/counter.js". For Wasm bytes use vm.deployWasm.',
    });
  }
  if (!Array.isArray(args)) {
    throw new QwvmError("BAD_ARGUMENT", `The constructor's arguments of ${definition.name} are ${showValue(args)}.`, {
      hint: `Give them as an array: vm.deploy(${definition.name}, [...], options).`,
    });
  }
  const resolved = resolveOptions(options, defaults, DEPLOY_OPTIONS);
  const encoded = codecOf(definition.abi).init.encodeArgs(args);
  const receipt = send(machine, calledBy, artifactOf(definition), encoded, options, resolved, definition.wasm);
  return contractClient(machine, receipt.to, definition, { ...resolved, value: 0n, gasLimit: defaults.gasLimit });
}

/** Deploys bytes. */
export function deployModule(
  machine: Machine,
  defaults: ResolvedOptions,
  // biome-ignore lint/complexity/noBannedTypes: what Error.captureStackTrace takes is any function.
  calledBy: Function,
  bytes: Uint8Array,
  options: DeployWasmOptions,
): RawContract {
  const wasm = copyBytes(bytes);
  const resolved = resolveOptions(options, defaults, DEPLOY_WASM_OPTIONS);
  const isRaw = isRawModule(wasm);
  const abi =
    options.abi === undefined ? interfaceOf(wasm) : checkAbi(options.abi, { from: "deployWasm's option abi", isRaw });
  const name = options.name ?? abi?.name ?? `module-${toHex(sha256(wasm).subarray(0, 4))}`;
  const args = encodeInitArgs(name, abi, options.args ?? []);
  const { sourceMap } = options;
  const artifact = ownArtifact({
    name,
    wasm,
    ...(abi === undefined ? {} : { abi }),
    ...(sourceMap === undefined ? {} : { sourceMap }),
  });
  const receipt = send(machine, calledBy, artifact, args, options, resolved, undefined);
  const definition = defineContract<readonly unknown[], unknown>({ name, abi: artifact.abi ?? emptyAbi(name), wasm });
  const callOptions = { ...resolved, value: 0n, gasLimit: defaults.gasLimit };
  return new RawContract(machine, receipt.to, definition, artifact.abi, isRaw, callOptions);
}

function encodeInitArgs(name: string, abi: Abi | undefined, args: Uint8Array | readonly unknown[]): Uint8Array {
  if (isBytes(args)) return copyBytes(args);
  if (abi !== undefined) return codecOf(abi).init.encodeArgs(args);
  if (args.length === 0) return new Uint8Array(0);
  throw new QwvmError("NO_ABI", `${name} cannot take ${showValue(args)} as arguments of init: it has no interface.`, {
    hint: "Give them as a Uint8Array, or the interface: vm.deployWasm(bytes, { abi, args }).",
  });
}

function send(
  machine: Machine,
  // biome-ignore lint/complexity/noBannedTypes: what Error.captureStackTrace takes is any function.
  calledBy: Function,
  artifact: Artifact,
  args: Uint8Array,
  options: DeployOptions,
  resolved: ResolvedOptions,
  builtAt: URL | undefined,
): SettledReceipt {
  const message = {
    kind: "deploy",
    artifact,
    args,
    metadata: checkMetadata(options.metadata ?? {}),
    ...checkMemory(options.memory),
    ...resolved,
  } as const;
  const receipt = machine.deploy(message);
  if (receipt.failure !== undefined) throw contractError(machine, receipt, calledBy, builtAt);
  return receipt;
}

function checkMemory(memory: unknown): { readonly memory?: "fresh" | "kept" } {
  if (memory === undefined) return {};
  if (memory === "fresh" || memory === "kept") return { memory };
  throw new QwvmError("BAD_OPTION", `The option memory is ${showValue(memory)}.`, {
    hint: 'It is "fresh", a new memory for every call, or "kept", the same one from call to call.',
  });
}

/** The metadata as it is now. */
function checkMetadata(given: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const metadata = { ...given };
  for (const [name, value] of Object.entries(metadata)) {
    if (typeof value === "string") continue;
    throw new QwvmError("BAD_METADATA", `The metadata ${JSON.stringify(name)} is ${showValue(value)}.`, {
      hint: `Metadata is text: ${name}: ${JSON.stringify(String(value))}.`,
    });
  }
  return metadata as Readonly<Record<string, string>>;
}

function emptyAbi(name: string): Abi {
  return { abiVersion: 1, name, methods: [], events: [], errors: [], structs: [], enums: [], state: [] };
}

/** Whether a module has no interface of its own: the machine then treats its memory and its results as a raw module's. */
export function isRawModule(wasm: Uint8Array): boolean {
  return findCustomSection(wasm, ABI_SECTION) === undefined;
}

/** The interface in a module's custom section; undefined when it has none. @throws QwvmError `BAD_ABI` */
export function interfaceOf(wasm: Uint8Array): Abi | undefined {
  const section = findCustomSection(wasm, ABI_SECTION);
  if (section === undefined) return undefined;
  const from = `the module's section ${ABI_SECTION}`;
  let value: unknown;
  try {
    value = toPlain(parseJson(decodeText(section) ?? "", from));
  } catch (cause) {
    throw new QwvmError("BAD_ABI", `The interface in ${from} is not JSON.`, {
      hint: "Build the module again, or give its interface: { abi }.",
      cause,
    });
  }
  return checkAbi(value, { from, isRaw: false, isCompiled: true });
}

/** Walks a module's sections without compiling it. */
function findCustomSection(wasm: Uint8Array, name: string): Uint8Array | undefined {
  let offset = 8;
  const readSize = (): number => {
    let value = 0;
    for (let shift = 0; shift < 35 && offset < wasm.length; shift += 7) {
      const byte = wasm[offset++] as number;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    return value;
  };
  while (offset < wasm.length) {
    const id = wasm[offset++];
    const size = readSize();
    const end = offset + size;
    if (end > wasm.length) return undefined;
    if (id === 0) {
      const length = readSize();
      if (decodeText(wasm.subarray(offset, offset + length)) === name) return wasm.subarray(offset + length, end);
    }
    offset = end;
  }
  return undefined;
}
