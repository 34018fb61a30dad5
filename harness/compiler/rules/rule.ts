// What the catalogue knows of a rule: why there is one, and a source that breaks it beside one that does not.

/** A rule of the compiler, by the code that its diagnostics carry. */
export interface Rule {
  readonly code: string;
  /** One sentence without a full stop: what is to be so. */
  readonly title: string;
  readonly severity: "error" | "warning";
  /** Two to four sentences. */
  readonly why: string;
  /** A contract file that breaks this rule and no other; none where no source breaks it for certain. */
  readonly wrong?: string;
  /** The same without the mistake. */
  readonly right?: string;
  /** Files beside the examples, by path. */
  readonly also?: Readonly<Record<string, string>>;
  /** The examples are built for the documented host functions alone. */
  readonly documentedOnly?: true;
  /** The mistake is found by compiling, not by looking at the source. */
  readonly foundByCompiling?: true;
}

/** Names of the SDK that examples use. */
const SDK_NAMES = [
  "Address",
  "Bytes",
  "Remote",
  "StorageMap",
  "callContract",
  "context",
  "contract",
  "emit",
  "error",
  "event",
  "execute",
  "guard",
  "indexed",
  "init",
  "log",
  "metadata",
  "mix",
  "nonReentrant",
  "only",
  "payable",
  "query",
  "remote",
  "require",
  "revert",
  "signed",
  "struct",
  "transfer",
  "tryCallContract",
  "u256",
  "unguarded",
  "wrapping",
];

/** An example as a whole file: with the import of what it uses. */
export function withImport(example: string): string {
  const code = example.replace(/\/\/.*$/gm, "").replace(/"[^"\n]*"/g, '""');
  const used = SDK_NAMES.filter((name) => new RegExp(`(?<![.\\w])${name}(?![\\w:])`).test(code));
  return `import { ${used.join(", ")} } from "qwvm/sdk-as";\n\n${example.trim()}\n`;
}
