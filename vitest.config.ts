import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "happy-dom",
    include: ["tests/page/**/*.test.ts"],
    restoreMocks: true,
    testTimeout: 60_000,
  },
});
