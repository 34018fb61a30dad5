// Which of the SDK's exports the files of a contract use: by the names that resolve to them, and not by what is imported
// from where. What is passed on through a barrel, `import * as sdk` or under another name counts like everything else.

import type { SourceModel } from "../model.js";

/** Whether any of the files means one of the SDK's exports of these names. */
export function usesSdk(sources: readonly SourceModel[], names: readonly string[]): boolean {
  return sources.some(({ sdkNames }) => sdkNames.has("*") || names.some((name) => sdkNames.has(name)));
}
