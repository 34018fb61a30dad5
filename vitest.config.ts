import { defineConfig } from "vitest/config";

// The suites that build packages and scaffold projects take minutes of one core; the time limit is for them.
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "test/**/projects/**"],
    testTimeout: 60_000,
    hookTimeout: 240_000,
  },
});
