// Reads the command line of `qwvm run`: a file, and steps that are carried out in order. An amount belongs to the step
// before it. Sender and gas limit hold for all steps; given more than once, each holds for the step before it.

import { suggest } from "../core/suggest.js";
import { usageError } from "./arguments.js";

/** How a step is carried out, as it was written. */
export interface StepOptions {
  readonly from?: string;
  readonly value?: string;
  readonly "gas-limit"?: string;
}

/** A call, as it was written. */
export interface Step {
  readonly kind: "init" | "execute" | "query" | "invoke";
  /** Empty for `init`. */
  readonly name: string;
  readonly args: readonly string[];
  readonly options: StepOptions;
}

export interface RunArguments {
  readonly file: string;
  readonly steps: readonly Step[];
  /** For steps that are not written: a deployment without arguments. */
  readonly options: StepOptions;
  readonly abi: string | undefined;
  readonly memory: string | undefined;
  readonly chainId: string | undefined;
  readonly json: boolean;
}

/** Every flag, and what follows it. */
export const RUN_FLAGS = {
  invoke: "NAME ARGS",
  init: "ARGS",
  execute: "NAME ARGS",
  query: "NAME ARGS",
  abi: "FILE",
  from: "NAME",
  value: "N",
  memory: "KIND",
  "chain-id": "N",
  "gas-limit": "N",
  json: "",
} as const;

type FlagName = keyof typeof RUN_FLAGS;
type StepOption = keyof StepOptions;
const SHARED_OPTIONS: readonly StepOption[] = ["from", "gas-limit"];
const HELP = "qwvm help run shows how it is used.";

/** @throws QwvmError `USAGE` */
export function readRunArguments(args: readonly string[]): RunArguments {
  return new Reader(args).read();
}

interface Draft {
  kind: Step["kind"];
  name: string;
  args: string[];
  options: { [option in StepOption]?: string };
}

class Reader {
  readonly #args: readonly string[];
  #at = 0;
  readonly #steps: Draft[] = [];
  /** What was written before the first step, and what holds for all. */
  readonly #options: { [option in StepOption]?: string } = {};
  readonly #single: { [flag: string]: string } = {};
  #file: string | undefined;
  #json = false;

  constructor(args: readonly string[]) {
    this.#args = args;
  }

  read(): RunArguments {
    while (this.#at < this.#args.length) {
      const argument = this.#args[this.#at++] as string;
      const flag = /^--([a-z-]+)(?:=(.*))?$/s.exec(argument);
      if (flag !== null) this.#flag(flag[1] as string, flag[2], argument);
      else if (argument.startsWith("-") && argument !== "-") this.#unknown(argument);
      else if (this.#file === undefined && this.#steps.length === 0) this.#file = argument;
      else throw usageError(`qwvm run does not know what ${JSON.stringify(argument)} is for.`, this.#strayHint());
    }
    if (this.#file === undefined) {
      throw usageError("qwvm run needs a file.", "Write it first: qwvm run module.wasm --invoke NAME.");
    }
    this.#refuseMixtures();
    for (const option of SHARED_OPTIONS) this.#share(option);
    const { abi, memory, "chain-id": chainId } = this.#single;
    return { file: this.#file, steps: this.#steps, options: this.#options, abi, memory, chainId, json: this.#json };
  }

  #flag(name: string, inline: string | undefined, argument: string): void {
    if (!Object.hasOwn(RUN_FLAGS, name)) this.#unknown(argument);
    const flag = name as FlagName;
    if (flag === "json") {
      if (inline !== undefined) throw usageError("--json takes no value.", "Write --json alone.");
      this.#json = true;
    } else if (RUN_FLAGS[flag] === "NAME ARGS" || flag === "init") {
      this.#step(flag as Step["kind"], inline);
    } else {
      this.#option(flag, inline ?? this.#next(flag));
    }
  }

  #step(kind: Step["kind"], inline: string | undefined): void {
    const name = kind === "init" ? "" : (inline ?? this.#next(kind));
    const args = kind === "init" && inline !== undefined ? [inline] : [];
    const most = kind === "invoke" ? Number.POSITIVE_INFINITY : 1;
    while (args.length < most && this.#at < this.#args.length && !this.#args[this.#at]?.startsWith("--")) {
      args.push(this.#args[this.#at++] as string);
    }
    this.#steps.push({ kind, name, args, options: {} });
  }

  #option(flag: FlagName, value: string): void {
    const step = this.#steps.at(-1);
    if (flag === "value" && step === undefined) {
      throw usageError("--value stands before the first call.", "Write it after the call that it is sent with.");
    }
    const isShared = SHARED_OPTIONS.includes(flag as StepOption);
    const target = flag === "value" || isShared ? (step?.options ?? this.#options) : this.#single;
    if (target[flag as StepOption] !== undefined) {
      throw usageError(`--${flag} was given twice.`, isShared ? "Give it once for each call." : "Give it once.");
    }
    target[flag as StepOption] = value;
  }

  /** An option that was given once holds for all steps, wherever it stands. */
  #share(option: StepOption): void {
    const holders = this.#steps.filter(({ options }) => options[option] !== undefined);
    if (this.#options[option] === undefined && holders.length === 1) {
      this.#options[option] = holders[0]?.options[option] as string;
    }
    const shared = this.#options[option];
    if (shared !== undefined) for (const { options } of this.#steps) options[option] ??= shared;
  }

  #next(flag: FlagName): string {
    const next = this.#args[this.#at];
    if (next === undefined || next.startsWith("--")) {
      throw usageError(
        `--${flag} needs ${RUN_FLAGS[flag].startsWith("NAME ") ? "a name" : "a value"}.`,
        `Write --${flag} ${RUN_FLAGS[flag]}.`,
      );
    }
    this.#at++;
    return next;
  }

  #unknown(argument: string): never {
    const name = argument.replace(/^-+/, "").replace(/=.*$/s, "");
    const nearest = suggest(name, Object.keys(RUN_FLAGS));
    const hint = nearest === undefined ? HELP : `Did you mean --${nearest}? ${HELP}`;
    throw usageError(`qwvm run has no flag ${argument.replace(/=.*$/s, "")}.`, hint);
  }

  #strayHint(): string {
    const { kind } = this.#steps.at(-1) ?? {};
    if (kind === undefined) return `The file is ${this.#file} already; calls follow it: --invoke NAME, --execute NAME.`;
    return `A contract's arguments are one JSON object in 'single quotes': --${kind} ${kind === "init" ? "" : "NAME "}'{"amount": 5}'.`;
  }

  #refuseMixtures(): void {
    const kinds = this.#steps.map(({ kind }) => kind);
    if (kinds.filter((kind) => kind === "init").length > 1) {
      throw usageError("--init was given twice.", "A contract is deployed once.");
    }
    if (kinds.includes("init") && kinds[0] !== "init") {
      throw usageError(
        "--init stands after other calls.",
        "Write it first: a contract is deployed before it is called.",
      );
    }
    if (!kinds.includes("invoke")) return;
    const other = kinds.find((kind) => kind !== "invoke");
    if (other !== undefined) {
      throw usageError(
        `--invoke and --${other} contradict each other.`,
        "--invoke is for plain modules, the others for contracts.",
      );
    }
    for (const name of ["abi", "memory", "chain-id"]) {
      if (this.#single[name] !== undefined)
        throw usageError(`--${name} is for contracts.`, "Leave it out beside --invoke.");
    }
  }
}
