// Writes a module's build record: what it was built from and by.

import type { Abi } from "../core/abi.js";
import type { BuildRecord } from "../core/build-record.js";
import { hashOf, readToolVersions } from "./project-files.js";
import { SDK_CONTRACTS_PATH } from "./read-contract.js";

/** How much of a SHA-256 a record holds, in hex digits: each byte of it is paid for at deployment. */
const HASH_DIGITS = 16;

/** What is recorded of a build. */
export interface RecordInput {
  /** The contract's own file first. */
  readonly sources: readonly { readonly file: string; readonly text: string }[];
  readonly sdk: ReadonlyMap<string, string>;
  readonly hostFunctions: "all" | "documented";
  readonly release: boolean;
}

/** @param abi the whole interface, as NAME.abi.json has it */
export function makeBuildRecord({ sources, sdk, hostFunctions, release }: RecordInput, abi: Abi): BuildRecord {
  const { qwvm, assemblyscript, binaryen } = readToolVersions();
  // The SDK's own contracts are among its files.
  const [own, ...imported] = sources.filter(({ file }) => !file.startsWith(SDK_CONTRACTS_PATH));
  const ordered = [...(own === undefined ? [] : [own]), ...imported.sort((a, b) => (a.file < b.file ? -1 : 1))];
  return {
    qwvm,
    assemblyscript,
    binaryen,
    hostFunctions,
    release,
    files: Object.fromEntries(ordered.map(({ file, text }) => [file, shortHash(text)])),
    sdk: shortHash(JSON.stringify([...sdk])),
    abi: shortHash(JSON.stringify(abi)),
  };
}

/** A checkout with other line ends has the same sources. */
function shortHash(text: string): string {
  return hashOf(text.replaceAll("\r\n", "\n")).slice(0, HASH_DIGITS);
}
