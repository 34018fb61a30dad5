// The command line of create-qwvm-contract. Owns the flags and their errors; asks nothing and writes nothing.

import { parseArgs } from "node:util";

export const TEMPLATES = ["counter", "token"] as const;
export type Template = (typeof TEMPLATES)[number];

/** What each template is, for the help and for the question. */
export const TEMPLATE_HINTS: Record<Template, string> = {
  counter: "the smallest contract: one number, three methods",
  token: "a fungible token: transfers, allowances, mint and burn, events, errors",
};

/** What the command line said; what it left out is undefined. */
export interface Request {
  readonly folder: string | undefined;
  readonly template: Template | undefined;
  /** Take the default for everything that was not said. */
  readonly yes: boolean;
  readonly show: "help" | "version" | undefined;
}

/** A mistake of the user's: the message says what and how to mend it. */
export class CreateError extends Error {
  override readonly name = "CreateError";
}

export const DEFAULT_FOLDER = "my-contract";

export const HELP = `Start a QWVM smart contract project.

Usage
  npm create qwvm-contract@latest [folder] [-- options]

Options
  --template NAME   ${TEMPLATES.join(" or ")}
  -y, --yes         ask nothing: folder ${DEFAULT_FOLDER}, template ${TEMPLATES[0]} unless said otherwise
  -h, --help        this text
  -v, --version     the version of this program and of the qwvm it installs

Templates
${TEMPLATES.map((name) => `  ${name.padEnd(9)} ${TEMPLATE_HINTS[name]}`).join("\n")}`;

const OPTIONS = {
  template: { type: "string", short: "t" },
  yes: { type: "boolean", short: "y" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const;

/**
 * Reads the command line. `npm create` keeps flags that stand before a `--` for itself and hands them down as
 * `npm_config_*` variables, so `--template` and `--yes` are looked for there too. Of `--template token` it keeps the flag
 * alone, as `true`, and `token` comes as one more word.
 * @throws CreateError for an unknown flag, an unknown template, or more than one folder
 */
export function parseArguments(argv: readonly string[], env: Record<string, string | undefined> = {}): Request {
  const { values, positionals } = readFlags(argv);
  const kept = env["npm_config_template"];
  const template = values.template ?? (kept === "true" ? positionals.pop() : kept);
  if (positionals.length > 1) {
    throw new CreateError(`one folder can be created at a time, not ${positionals.length}: ${positionals.join(", ")}.`);
  }
  return {
    folder: positionals[0],
    template: template === undefined ? undefined : checkTemplate(template),
    yes: values.yes === true || env["npm_config_yes"] === "true",
    show: values.help ? "help" : values.version ? "version" : undefined,
  };
}

function readFlags(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split(/\.(\s|$)/)[0] as string) : String(error);
    throw new CreateError(`${reason}.\nThe flags are --template, --yes, --help and --version.`);
  }
}

function checkTemplate(name: string): Template {
  const found = TEMPLATES.find((template) => template === name);
  if (found === undefined)
    throw new CreateError(`there is no template "${name}".\nThere are: ${TEMPLATES.join(", ")}.`);
  return found;
}
