// What the user reads when the project is there: the commands of the package manager that they came with.

import type { Project } from "./scaffold.js";

const RUNNERS: Record<string, { install: string; test: string }> = {
  npm: { install: "npm install", test: "npx qwvm test" },
  pnpm: { install: "pnpm install", test: "pnpm qwvm test" },
  yarn: { install: "yarn", test: "yarn qwvm test" },
  bun: { install: "bun install", test: "bunx qwvm test" },
};

/** @param userAgent what package managers put into `npm_config_user_agent`, for example `npm/11.0.0 node/v22.0.0` */
export function nextSteps(project: Project, userAgent: string | undefined): string {
  const manager = userAgent?.split("/")[0] ?? "npm";
  const { install, test } = RUNNERS[manager] ?? (RUNNERS["npm"] as { install: string; test: string });
  const folder = /\s/.test(project.folder) ? `"${project.folder}"` : project.folder;
  return `
Created ${project.packageName} from the template ${project.template}.

  cd ${folder}
  ${install}
  ${test}

contracts/ has the contract, test/ its tests, .gas-snapshot what its calls cost.`;
}
