// All words for what AssemblyScript or a contract does not have, by what was found. read-syntax, read-constructs and
// read-declarations find them, check-syntax says them.

import { BODY_WORDS, GLOBAL_WORDS, OWN_WORDS } from "./body-words.js";
import { DECLARATION_WORDS } from "./declaration-words.js";

/** All of them. */
export const CONSTRUCT_WORDS = { ...OWN_WORDS, ...GLOBAL_WORDS, ...BODY_WORDS, ...DECLARATION_WORDS };

export type ConstructName = keyof typeof CONSTRUCT_WORDS;
