#!/usr/bin/env node
// The program behind `npm create qwvm-contract`: arguments, then questions for what is missing, then the project.

import { CreateError, HELP, parseArguments } from "./arguments.js";
import { nextSteps } from "./next-steps.js";
import { askMissing } from "./questions.js";
import { packageVersion, scaffold } from "./scaffold.js";

async function main(argv: readonly string[]): Promise<void> {
  const request = parseArguments(argv, process.env);
  if (request.show === "help") return print(HELP);
  if (request.show === "version") return print(packageVersion());
  const answers = await askMissing(request, process.stdin.isTTY === true && process.stdout.isTTY === true);
  if (answers === undefined) {
    process.exitCode = 130;
    return print("Nothing was created.");
  }
  const project = scaffold(answers, process.cwd());
  print(nextSteps(project, process.env["npm_config_user_agent"]));
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof CreateError)) throw error;
  process.stderr.write(`create-qwvm-contract: ${error.message}\n`);
  process.exitCode = 2;
});
