// Asks for what the command line left out, in a terminal; elsewhere it takes the defaults only when told to.

import { isCancel, select, text } from "@clack/prompts";
import { CreateError, DEFAULT_FOLDER, type Request, TEMPLATE_HINTS, TEMPLATES, type Template } from "./arguments.js";
import { folderProblem } from "./scaffold.js";

export interface Answers {
  readonly folder: string;
  readonly template: Template;
}

/**
 * Completes a request. Undefined when the user leaves the questions (Ctrl+C).
 * @throws CreateError when something is missing, nobody can be asked and `--yes` was not given
 */
export async function askMissing(request: Request, canAsk: boolean): Promise<Answers | undefined> {
  const { folder, template } = request;
  if (folder !== undefined && template !== undefined) return { folder, template };
  if (request.yes) return { folder: folder ?? DEFAULT_FOLDER, template: template ?? TEMPLATES[0] };
  if (!canAsk) {
    const missing = [folder === undefined ? "the folder" : "", template === undefined ? "--template" : ""];
    throw new CreateError(
      `${missing.filter(Boolean).join(" and ")} must be given, since this is not a terminal that could be asked.\n` +
        "For example: npm create qwvm-contract@latest my-token -- --template token --yes",
    );
  }
  const chosenFolder = folder ?? (await askFolder());
  if (chosenFolder === undefined) return undefined;
  const chosenTemplate = template ?? (await askTemplate());
  return chosenTemplate === undefined ? undefined : { folder: chosenFolder, template: chosenTemplate };
}

async function askFolder(): Promise<string | undefined> {
  const answer = await text({
    message: "Where shall the project be created?",
    placeholder: DEFAULT_FOLDER,
    defaultValue: DEFAULT_FOLDER,
    validate: (value) => folderProblem(value || DEFAULT_FOLDER, process.cwd()),
  });
  return isCancel(answer) ? undefined : answer;
}

async function askTemplate(): Promise<Template | undefined> {
  const answer = await select({
    message: "Which template?",
    options: TEMPLATES.map((name) => ({ value: name, label: name, hint: TEMPLATE_HINTS[name] })),
  });
  return isCancel(answer) ? undefined : answer;
}
