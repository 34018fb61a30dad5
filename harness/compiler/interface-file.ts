// Reads an interface that a file of the project holds (NAME.abi.json), for the check of an `@interface` class.

import { existsSync, readFileSync } from "node:fs";
import type { Abi, AbiMethod } from "../core/abi.js";
import { printableText } from "../core/printable.js";
import type { InterfaceFile } from "./check-interfaces.js";
import { Damage, listOf, nameOf, objectOf, readType, shown } from "./json-types.js";

/**
 * The interface in a file. Lists that a hand-written one leaves out are empty.
 * @param onRead told the bytes that were read
 */
export function readInterfaceFile(path: string, onRead: (bytes: Uint8Array) => void = () => {}): InterfaceFile {
  if (!existsSync(path)) return undefined;
  try {
    const bytes = readFileSync(path);
    onRead(bytes);
    return { abi: readAbi(JSON.parse(bytes.toString("utf8").replace(/^\uFEFF/, ""))) };
  } catch (error) {
    return { problem: printableText(error instanceof Error ? error.message : String(error), 400) };
  }
}

/** What is compared of an interface are its methods; the rest is taken as it is. */
function readAbi(value: unknown): Abi {
  const file = objectOf(value, "it");
  if (!Array.isArray(file.get("methods"))) throw new Damage("it has no list of methods.");
  const methods = listOf(file.get("methods"), "methods").map(readMethod);
  const list = (key: string) => (Array.isArray(file.get(key)) ? (file.get(key) as []) : []);
  const name = file.has("name") ? nameOf(file.get("name"), "its name") : "Contract";
  const rest = { events: list("events"), errors: list("errors"), state: list("state") };
  return { abiVersion: 1, name, ...rest, structs: list("structs"), enums: list("enums"), methods };
}

function readMethod(value: unknown, index: number): AbiMethod {
  const entry = objectOf(value, `the method ${index}`);
  const name = nameOf(entry.get("name"), `the name of the method ${index}`);
  const kind = entry.get("kind");
  if (kind !== "execute" && kind !== "query") throw new Damage(`the kind of ${name} is ${shown(kind)}`);
  const params = (entry.has("params") ? listOf(entry.get("params"), `parameters of ${name}`) : []).map((param, i) => {
    const what = `the parameter ${i} of ${name}`;
    const field = objectOf(param, what);
    return { name: nameOf(field.get("name"), `the name of ${what}`), type: readType(field.get("type"), what) };
  });
  const signed = entry.get("signed") as AbiMethod["signed"];
  return {
    name,
    kind,
    params,
    payable: entry.get("payable") === true,
    ...(entry.has("result") ? { result: readType(entry.get("result"), `the result of ${name}`) } : {}),
    ...(signed === undefined ? {} : { signed }),
  };
}
