import { qwvm } from "qwvm/vitest";
import { defineConfig } from "vitest/config";

// The plugin builds the contracts, adds the matchers and reports the gas, under `qwvm test` and under plain `vitest`.
export default defineConfig({ plugins: [qwvm()] });
