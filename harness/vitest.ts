// The Vitest door: the plugin for vitest.config.ts, gas labels for tests, and the matchers' types.

export { gasLabel } from "./vitest/gas-label.js";
export type { GasOptions } from "./vitest/gas-options.js";
export type { QwvmMatchers } from "./vitest/matcher-types.js";
export { type QwvmPluginOptions, qwvm } from "./vitest/plugin.js";
