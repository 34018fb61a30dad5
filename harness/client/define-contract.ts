// What build/NAME.js calls: a definition whose Wasm and source map are read when they are first needed.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Abi } from "../core/abi.js";
import type { Artifact } from "../core/artifact.js";
import { QwvmError } from "../core/errors.js";
import type { ContractDefinition } from "./contract-types.js";

/** What a built contract's module says of itself. */
export interface ContractSource {
  readonly name: string;
  readonly abi: Abi;
  /** The Wasm file, or its bytes. */
  readonly wasm: URL | Uint8Array;
  readonly sourceMap?: URL | string;
}

/** Makes a definition to deploy. Reads no file until `artifact` is asked for. */
export function defineContract<Args extends readonly unknown[], Methods>(
  source: ContractSource,
): ContractDefinition<Args, Methods> {
  let artifact: Artifact | undefined;
  return {
    name: source.name,
    abi: source.abi,
    wasm: source.wasm instanceof Uint8Array ? undefined : toUrl(source.wasm),
    get artifact() {
      artifact ??= loadArtifact(source);
      return artifact;
    },
  };
}

/** What a built `@interface` says of itself. */
export interface InterfaceSource {
  readonly name: string;
  readonly abi: Abi;
}

/** Makes a definition without a module, for contracts that are there already: `vm.at(Erc20, address)`. */
export function defineInterface<Methods>({ name, abi }: InterfaceSource): ContractDefinition<never[], Methods> {
  return {
    name,
    abi,
    wasm: undefined,
    get artifact(): Artifact {
      throw new QwvmError("NOT_DEPLOYABLE", `${name} is an interface: it has no module to deploy.`, {
        hint: `Call a contract that has its methods: vm.at(${name}, address).`,
      });
    },
  };
}

function loadArtifact(source: ContractSource): Artifact {
  const wasm = source.wasm instanceof Uint8Array ? source.wasm : readBuilt(source.name, toUrl(source.wasm));
  let sourceMap: string | undefined;
  if (typeof source.sourceMap === "string") sourceMap = source.sourceMap;
  else if (source.sourceMap !== undefined) {
    try {
      sourceMap = readFileSync(fileURLToPath(toUrl(source.sourceMap)), "utf8");
    } catch {
      // Without its map a contract runs all the same; failures then have no line.
    }
  }
  return { name: source.name, wasm, abi: source.abi, ...(sourceMap === undefined ? {} : { sourceMap }) };
}

function readBuilt(name: string, url: URL): Uint8Array {
  const path = fileURLToPath(url);
  try {
    return new Uint8Array(readFileSync(path));
  } catch (cause) {
    throw new QwvmError("NOT_BUILT", `The Wasm file of ${name} cannot be read: ${path}`, {
      hint: "Build the contracts with: npx qwvm build",
      cause,
    });
  }
}

/** Test environments such as jsdom have a URL class of their own, which Node's file functions refuse. */
function toUrl(url: URL): URL {
  return new URL(url.href);
}
