// What `qwvm build --size` prints, for 80 columns: a contract's bytes by origin and by method.

import type { CodeSizes } from "../instrument/code-sizes.js";
import type { SizedPart } from "../instrument/inspect-module.js";
import { formatNumber } from "./gas-snapshot-file.js";
import type { Style } from "./style.js";
import { figureTable, percent } from "./text-lines.js";

const CUSTOM_TITLES: Readonly<Record<string, string>> = {
  "qwvm.abi": "interface (qwvm.abi)",
  "qwvm.build": "build record (qwvm.build)",
};

/** The tables of one contract. @param budget in bytes, when it has one */
export function formatSizes(name: string, sizes: CodeSizes, budget: number | undefined, style: Style): string {
  const { sizeBytes, deployedBytes, parts, custom, methods } = sizes;
  const limit = budget === undefined ? "" : ` of ${formatNumber(budget)}`;
  const title = `${formatNumber(sizeBytes)}${limit} bytes of code, ${formatNumber(deployedBytes)} with what is deployed beside it`;
  const row = (part: SizedPart, title = part.name) => [
    `  ${title}`,
    formatNumber(part.sizeBytes),
    percent(part.sizeBytes, sizeBytes),
  ];
  const beside = custom.map((part) => [...row(part, titleOf(part.name)).slice(0, 2), ""]);
  const rows = figureTable([...parts.map((part) => row(part)), ...beside]);
  const lines = [
    `${style.bold(name)}  ${title}`,
    ...rows.slice(0, parts.length),
    ...rows.slice(parts.length).map(style.dim),
  ];
  if (methods.length === 0) return lines.join("\n");
  const sorted = [...methods].sort((a, b) => b.ownBytes + b.aloneBytes - a.ownBytes - a.aloneBytes);
  const [head = "", ...table] = figureTable([
    ["  method", "own code", "only it needs", "together", "shared with others"],
    ...sorted.map(({ name: method, ownBytes, aloneBytes, sharedBytes }) => [
      `  ${method}`,
      formatNumber(ownBytes),
      formatNumber(aloneBytes),
      formatNumber(ownBytes + aloneBytes),
      formatNumber(sharedBytes),
    ]),
  ]);
  return [...lines, "", style.dim(head), ...table].join("\n");
}

/** The largest parts and methods in a sentence, for who has to make it smaller. */
export function largestParts({ parts, methods }: CodeSizes): string {
  const byPart = parts.slice(0, 3).map(({ name, sizeBytes }) => `${name} ${formatNumber(sizeBytes)}`);
  const byMethod = [...methods]
    .sort((a, b) => b.ownBytes + b.aloneBytes - a.ownBytes - a.aloneBytes)
    .slice(0, 3)
    .map(({ name, ownBytes, aloneBytes }) => `${name} ${formatNumber(ownBytes + aloneBytes)}`);
  const methodsText = byMethod.length === 0 ? "" : `; the largest methods: ${byMethod.join(", ")}`;
  return `The largest parts: ${byPart.join(", ")}${methodsText}.`;
}

/** A custom section's title; its name is the module's to choose. */
function titleOf(name: string): string {
  return (Object.hasOwn(CUSTOM_TITLES, name) ? CUSTOM_TITLES[name] : undefined) ?? name;
}
