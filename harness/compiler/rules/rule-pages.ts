// The rules as Markdown: a page for each and a list of all, committed in sdk-as/docs/rules and made anew by
// `npm run docs:rules`.

import { RULES } from "./catalogue.js";
import { type Rule, withImport } from "./rule.js";

/** File name → text. */
export function rulePages(): Map<string, string> {
  return new Map([
    ["README.md", listPage()],
    ...RULES.map((rule): [string, string] => [`${rule.code}.md`, page(rule)]),
  ]);
}

function page(rule: Rule): string {
  const { code, title, severity, why, wrong, right, also } = rule;
  const parts = [
    `# ${code}: ${title}`,
    severity === "warning" ? "A warning: the contract is built all the same." : "An error: the contract is not built.",
    why,
  ];
  if (wrong !== undefined && right !== undefined) {
    parts.push("## Wrong", codeBlock(wrong), "## Right", codeBlock(right));
    for (const [file, text] of Object.entries(also ?? {})) {
      parts.push(`Beside it, in \`${file}\`:`, `\`\`\`ts\n${text.trimEnd()}\n\`\`\``);
    }
  }
  parts.push("[All rules](README.md)");
  return `${parts.join("\n\n")}\n`;
}

function codeBlock(example: string): string {
  return `\`\`\`ts\n${withImport(example).trimEnd()}\n\`\`\``;
}

function listPage(): string {
  const rows = RULES.map(({ code, title, severity }) => `| [${code}](${code}.md) | ${title} | ${severity} |`);
  return `# The compiler's rules

\`qwvm build\` checks them in all files before it compiles, and reports all problems at once. \`qwvm explain QW108\` shows a
page in the terminal, \`qwvm build --fix\` mends what can be mended without a question. Codes that begin with AS are those
of the AssemblyScript compiler: names, types and syntax.

| code | rule | |
| --- | --- | --- |
${rows.join("\n")}
`;
}
