// All rules of the compiler, by code.

import { ASC_CODES } from "./asc-codes.js";
import { BODY_RULES } from "./bodies.js";
import { BUILD_RULES } from "./builds.js";
import { CLASS_RULES } from "./classes.js";
import { EFFECT_RULES } from "./effects.js";
import { GUARD_RULES } from "./guards.js";
import { INHERITANCE_RULES } from "./inheritance.js";
import { LINEAGE_RULES } from "./lineage.js";
import { MEMORY_RULES } from "./memory.js";
import { METHOD_RULES } from "./methods.js";
import { NAME_RULES } from "./names.js";
import { OPERATOR_RULES } from "./operators.js";
import type { Rule } from "./rule.js";
import { TYPE_RULES } from "./types.js";
import { WORD_RULES } from "./words.js";

/** In the order of their codes. */
export const RULES: readonly Rule[] = [
  ...CLASS_RULES,
  ...METHOD_RULES,
  ...TYPE_RULES,
  ...BODY_RULES,
  ...INHERITANCE_RULES,
  ...LINEAGE_RULES,
  ...NAME_RULES,
  ...GUARD_RULES,
  ...BUILD_RULES,
  ...EFFECT_RULES,
  ...WORD_RULES,
  ...OPERATOR_RULES,
  ...MEMORY_RULES,
].sort((a, b) => (a.code < b.code ? -1 : 1));

/** Whether there is more to say of a code than its diagnostic does. */
export function isExplained(code: string): boolean {
  return Object.hasOwn(ASC_CODES, code) || RULES.some((rule) => rule.code === code);
}
