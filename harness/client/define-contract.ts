// What build/NAME.js calls: a definition whose Wasm and source map are read when they are first needed.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Abi } from "../core/abi.js";
import type { Artifact } from "../core/artifact.js";
import { copyArtifact, copyBytes, ownArtifact } from "../core/copies.js";
import { QwvmError } from "../core/errors.js";
import { freezeCopy } from "../core/freeze.js";
import type { ContractDefinition } from "./contract-types.js";
import { isBytes } from "./value-problem.js";

/** What a built contract's module says of itself. */
export interface ContractSource {
  readonly name: string;
  readonly abi: Abi;
  /** The Wasm file, or its bytes. */
  readonly wasm: URL | Uint8Array;
  readonly sourceMap?: URL | string;
}

/** Makes a definition to deploy, of which nothing can be changed. Reads no file until it is deployed. */
export function defineContract<Args extends readonly unknown[], Methods>(
  source: ContractSource,
): ContractDefinition<Args, Methods> {
  const { name } = source;
  const abi = freezeCopy(source.abi);
  const wasm = isBytes(source.wasm) ? copyBytes(source.wasm) : toUrl(source.wasm);
  const sourceMap = source.sourceMap instanceof URL ? toUrl(source.sourceMap) : source.sourceMap;
  let artifact: Artifact | undefined;
  const load = (): Artifact => {
    artifact ??= ownArtifact(loadArtifact({ name, abi, wasm, ...(sourceMap === undefined ? {} : { sourceMap }) }));
    return artifact;
  };
  const definition: ContractDefinition<Args, Methods> = Object.freeze({
    name,
    abi,
    get wasm() {
      return isBytes(wasm) ? undefined : toUrl(wasm);
    },
    get artifact() {
      return copyArtifact(load());
    },
  });
  loaders.set(definition, load);
  return definition;
}

/** Where the artifacts of definitions made here come from: the same one each time, and never handed out. */
const loaders = new WeakMap<object, () => Artifact>();

/** What a definition deploys; of one that was put together elsewhere, a copy of what it has now. */
export function artifactOf(definition: ContractDefinition<readonly unknown[], unknown>): Artifact {
  return loaders.get(definition)?.() ?? ownArtifact(definition.artifact);
}

/** What a built `@interface` says of itself. */
export interface InterfaceSource {
  readonly name: string;
  readonly abi: Abi;
}

/** Makes a definition without a module, for contracts that are there already: `vm.at(Erc20, address)`. */
export function defineInterface<Methods>({ name, abi }: InterfaceSource): ContractDefinition<never[], Methods> {
  return Object.freeze({
    name,
    abi: freezeCopy(abi),
    wasm: undefined,
    get artifact(): Artifact {
      throw new QwvmError("NOT_DEPLOYABLE", `${name} is an interface: it has no module to deploy.`, {
        hint: `Call a contract that has its methods: vm.at(${name}, address).`,
      });
    },
  });
}

function loadArtifact(source: ContractSource): Artifact {
  const wasm = isBytes(source.wasm) ? source.wasm : readBuilt(source.name, toUrl(source.wasm));
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
