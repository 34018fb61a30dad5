// `npm run docs:rules`: writes the pages of the compiler's rules into sdk-as/docs/rules, from the catalogue as it is built.

import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { rulePages } from "../../dist/compiler/rules/rule-pages.js";

const folder = new URL("../../sdk-as/docs/rules/", import.meta.url);
mkdirSync(folder, { recursive: true });
const pages = rulePages();
for (const name of readdirSync(folder)) if (!pages.has(name)) rmSync(new URL(name, folder));
for (const [name, text] of pages) writeFileSync(new URL(name, folder), text);
