import { defineConfig } from "vitest/config";

const PURE = [
  "statistics",
  "loading",
  "rendering",
  "charts",
  "client",
  "contract",
  "report-document",
  "project",
];

/** Four projects by what they need: nothing, a PostgreSQL, the built server, a real browser. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "pure",
          include: PURE.map((folder) => `tests/${folder}/**/*.test.{ts,tsx}`),
          testTimeout: 60_000, // a busy machine makes no test fail
        },
      },
      {
        test: {
          name: "databases",
          include: ["tests/storage/**/*.test.ts", "tests/server/**/*.test.ts"],
          globalSetup: ["tests/support/postgres-global.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "end-to-end",
          include: ["tests/end-to-end/**/*.test.ts"],
          globalSetup: ["tests/support/postgres-global.ts", "tests/support/browser-global.ts"],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
