// Reads an interface that a file of the project holds (NAME.abi.json), for the check of an `@interface` class.

import { existsSync, readFileSync } from "node:fs";
import type { Abi } from "../core/abi.js";
import type { InterfaceFile } from "./check-interfaces.js";

/** The interface in a file. Lists that a hand-written one leaves out are empty. */
export function readInterfaceFile(path: string): InterfaceFile {
  if (!existsSync(path)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  const methods = (value as Partial<Abi> | null)?.methods;
  if (!Array.isArray(methods)) return { problem: "it has no list of methods." };
  const { name = "Contract", structs = [], enums = [] } = value as Partial<Abi>;
  const complete = methods.map((method) => ({ params: [], payable: false, ...method }));
  return {
    abi: {
      abiVersion: 1,
      events: [],
      errors: [],
      state: [],
      ...(value as object),
      name,
      structs,
      enums,
      methods: complete,
    },
  };
}
