// Colours of a terminal, or none: NO_COLOR and FORCE_COLOR are respected, and pipes get plain text.

/** Functions that colour a text, or leave it. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

/** The style of a stream. */
export function styleOf(stream: { readonly isTTY?: boolean | undefined }, env: NodeJS.ProcessEnv = process.env): Style {
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined && forced !== "") return makeStyle(forced !== "0" && forced !== "false");
  return makeStyle(stream.isTTY === true && !env["NO_COLOR"] && env["TERM"] !== "dumb");
}

/** @param colored whether to colour at all */
export function makeStyle(colored: boolean): Style {
  const paint = (open: number, close: number) => (text: string) =>
    colored && text !== "" ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
    cyan: paint(36, 39),
  };
}
