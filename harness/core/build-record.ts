// What a module says of how it was built: the custom section `qwvm.build`, UTF-8 JSON. It is deployed with the code and paid
// for by the byte, so it is short: hashes are the first eight bytes of SHA-256, there to name what differs. The proof that a
// module comes from its sources is the rebuilt module itself, byte for byte (`qwvm verify`), and no hash.

/** The name of the custom section. */
export const BUILD_SECTION = "qwvm.build";

export interface BuildRecord {
  /** Versions of the tools. */
  readonly qwvm: string;
  readonly assemblyscript: string;
  readonly binaryen: string;
  /** The settings that decide what code comes out. */
  readonly hostFunctions: "all" | "documented";
  readonly release: boolean;
  /** Hash by file, relative to the project's root; the contract's own file first. Line ends count as LF. */
  readonly files: Readonly<Record<string, string>>;
  /** Hash of the SDK's sources. */
  readonly sdk: string;
  /** Hash of the interface as JSON without spaces, texts kept off chain included. */
  readonly abi: string;
}
