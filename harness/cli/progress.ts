// What is shown while contracts compile: in a terminal one line that is replaced, elsewhere plain lines.

import type { BuildProgress, BuildResult } from "../compiler/build-options.js";
import { formatNumber } from "../report/gas-snapshot-file.js";
import type { Style } from "../report/style.js";

/** The part of a stream that is used. */
interface Output {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

/** Shows a build's progress and its end. */
export class ProgressLine {
  readonly #output: Output;
  readonly #style: Style;
  readonly #starts = new Map<string, number>();
  #current: string | undefined;

  constructor(output: Output, style: Style) {
    this.#output = output;
    this.#style = style;
  }

  /** For the compiler's `onProgress`. */
  readonly show = ({ step, source }: BuildProgress): void => {
    this.#finishCurrent();
    if (step !== "compiling" || source === undefined) return;
    this.#current = source;
    this.#starts.set(source, performance.now());
    if (this.#output.isTTY) this.#output.write(`  ${this.#style.dim("compiling")} ${source} ...`);
  };

  /** The build has ended: what was built, and how long it took. */
  end(result: BuildResult): void {
    this.#finishCurrent();
    const built = result.contracts.filter(({ cached }) => !cached);
    if (built.length === 0) return;
    for (const { name, source, sizeBytes } of built) {
      this.#output.write(
        `  ${this.#style.green("✓")} ${name}  ${this.#style.dim(`${source}, ${formatNumber(sizeBytes)} bytes of code`)}\n`,
      );
    }
    const count = built.length === 1 ? "1 contract" : `${built.length} contracts`;
    this.#output.write(`${this.#style.dim(`built ${count} in ${(result.durationMs / 1000).toFixed(1)} s`)}\n`);
  }

  /** Takes the line away, before something else is printed. */
  clear(): void {
    if (this.#current !== undefined && this.#output.isTTY) this.#output.write("\r\u001b[K");
    this.#current = undefined;
  }

  #finishCurrent(): void {
    const source = this.#current;
    if (source === undefined) return;
    this.clear();
    const ms = performance.now() - (this.#starts.get(source) ?? 0);
    this.#output.write(`  ${this.#style.dim(`${source}  ${(ms / 1000).toFixed(1)} s`)}\n`);
  }
}
