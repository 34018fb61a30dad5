// The interface that a command is given: a contract of the project by name, NAME.abi.json, or a module that has one.

import { statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { checkAbi } from "../client/check-abi.js";
import { interfaceOf } from "../client/deploy.js";
import { parseJson, toPlain } from "../client/json-text.js";
import type { BuiltContract } from "../compiler/build-options.js";
import type { Abi } from "../core/abi.js";
import { QwvmError } from "../core/errors.js";
import { suggest } from "../core/suggest.js";
import { buildContracts, buildError, hasErrors } from "../vitest/build-contracts.js";
import { usageError } from "./arguments.js";
import { readGivenFile } from "./module-file.js";
import { resolveRoot } from "./root.js";

/** An interface and where it comes from. */
export interface GivenInterface {
  readonly abi: Abi;
  /** The contract, when it is one of the project's. */
  readonly contract: BuiltContract | undefined;
}

/** The contracts of a project, built if they have changed. @throws QwvmError `BUILD_FAILED` with all that is wrong */
export async function builtContracts(givenRoot: string | undefined): Promise<readonly BuiltContract[]> {
  const root = resolveRoot(givenRoot);
  const result = await buildContracts({ root });
  if (hasErrors(result)) throw buildError(result, root);
  return result.contracts;
}

/**
 * The interfaces meant: of a file, of a contract of the project, or without either of all its contracts.
 * @throws QwvmError `USAGE` for a name that is none, `BAD_ABI`, `BAD_JSON`, `NO_ABI`
 */
export async function readInterfaces(
  given: string | undefined,
  givenRoot: string | undefined,
): Promise<readonly GivenInterface[]> {
  if (given !== undefined && isFile(given)) return [{ abi: readInterfaceFile(given), contract: undefined }];
  const contracts = await builtContracts(givenRoot);
  const meant = given === undefined ? contracts : [contractNamed(given, contracts)];
  return meant.map((contract) => ({ abi: readInterfaceFile(contract.artifacts.abi), contract }));
}

function isFile(given: string): boolean {
  const endsAsFile = /\.(json|wasm)$/i.test(given) || given.includes("/");
  return endsAsFile || statSync(resolve(given), { throwIfNoEntry: false })?.isFile() === true;
}

/** The contract of a class's name, or of its file's. @throws QwvmError `USAGE` */
export function contractNamed(name: string, contracts: readonly BuiltContract[]): BuiltContract {
  const found =
    contracts.find((contract) => contract.name === name) ??
    contracts.find((contract) => contract.source === name || basename(contract.source, ".ts") === name);
  if (found !== undefined) return found;
  const names = contracts.map((contract) => contract.name);
  const nearest = suggest(name, names);
  const list = `The project's contracts are ${names.join(", ")}; a file is given by its path.`;
  throw usageError(
    `There is no contract and no file ${name}.`,
    nearest === undefined ? list : `Did you mean ${nearest}? ${list}`,
  );
}

/** The interface in NAME.abi.json, or in a module's section. @throws QwvmError */
export function readInterfaceFile(file: string): Abi {
  const bytes = readGivenFile(file);
  const isModule = bytes.subarray(0, 4).equals(Buffer.from([0, 0x61, 0x73, 0x6d]));
  if (!isModule) return checkAbi(toPlain(parseJson(bytes.toString("utf8"), file)), { from: file, isRaw: false });
  const abi = interfaceOf(new Uint8Array(bytes));
  if (abi !== undefined) return abi;
  throw new QwvmError("NO_ABI", `${file} has no interface of its own.`, {
    hint: "Give a module that qwvm build made, or an interface as JSON: NAME.abi.json.",
  });
}
