// Reads the command line: commands, this package's own flags, and everything else, which is passed on or refused.

import { QwvmError } from "../core/errors.js";
import { suggest } from "../core/suggest.js";

/** A flag: whether it takes a value, and whether it may be given more than once. */
export interface Flag {
  readonly value?: "required" | "optional";
  readonly repeatable?: boolean;
  readonly short?: string;
}

export interface ParsedArguments {
  /** By flag name: true for a flag without value, the values for others. */
  readonly flags: ReadonlyMap<string, readonly (string | true)[]>;
  /** What is not a flag of ours, in order. */
  readonly rest: readonly string[];
}

/**
 * Splits arguments into known flags and the rest. `--name=value` and, for flags that need one, `--name value` are
 * accepted; after `--` nothing is looked at.
 * @throws QwvmError `USAGE` for a missing value, one too many, or a flag given twice
 */
export function splitArguments(args: readonly string[], known: Readonly<Record<string, Flag>>): ParsedArguments {
  const flags = new Map<string, (string | true)[]>();
  const rest: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] as string;
    if (argument === "--") {
      rest.push(...args.slice(index));
      break;
    }
    const [name, inline] = readFlag(argument, known);
    const flag = name !== undefined && Object.hasOwn(known, name) ? known[name] : undefined;
    if (name === undefined || flag === undefined) {
      rest.push(argument);
      continue;
    }
    let value: string | true = inline ?? true;
    const written = argument.startsWith("--") ? `--${name}` : argument;
    if (flag.value === undefined && inline !== undefined) {
      throw usageError(`--${name} takes no value, but ${JSON.stringify(inline)} was given.`, `Write --${name} alone.`);
    }
    if (flag.value === "required" && inline === undefined) {
      const next = args[index + 1];
      if (next === undefined || next.startsWith("-")) {
        const hint = written.startsWith("--") ? ` or ${written}=VALUE` : "";
        throw usageError(`${written} needs a value.`, `Write ${written} VALUE${hint}.`);
      }
      value = next;
      index++;
    }
    const values = flags.get(name) ?? [];
    if (values.length > 0 && flag.repeatable !== true && flag.value !== undefined) {
      throw usageError(`${written} was given twice.`, "Give it once.");
    }
    flags.set(name, [...values, value]);
  }
  return { flags, rest };
}

function readFlag(argument: string, known: Readonly<Record<string, Flag>>): [name?: string, inline?: string] {
  const long = /^--([^=]+)(?:=(.*))?$/s.exec(argument);
  if (long !== null) return long[2] === undefined ? [long[1] as string] : [long[1] as string, long[2]];
  const short = /^-([a-zA-Z])$/.exec(argument)?.[1];
  const name = Object.keys(known).find((candidate) => short !== undefined && known[candidate]?.short === short);
  return name === undefined ? [] : [name];
}

/** @throws QwvmError `USAGE` when anything is left over: an unknown flag, or a word that the command does not take */
export function refuseRest(command: string, rest: readonly string[], known: Readonly<Record<string, Flag>>): void {
  const first = rest.find((argument) => argument !== "--");
  if (first === undefined) return;
  const help = `qwvm help ${command} lists what there is.`;
  if (!first.startsWith("-")) throw usageError(`qwvm ${command} takes no ${JSON.stringify(first)}.`, help);
  const name = first.replace(/^-+/, "").replace(/=.*$/s, "");
  const nearest = suggest(name, Object.keys(known));
  const hint = nearest === undefined ? help : `Did you mean --${nearest}? ${help}`;
  throw usageError(`qwvm ${command} has no flag ${first.replace(/=.*$/s, "")}.`, hint);
}

/** A mistake on the command line. */
export function usageError(message: string, hint: string): QwvmError {
  return new QwvmError("USAGE", message, { hint });
}

/** The one value of a flag that takes a value; undefined when it was not given. */
export function flagValue(parsed: ParsedArguments, name: string): string | undefined {
  const value = parsed.flags.get(name)?.at(-1);
  return typeof value === "string" ? value : undefined;
}
