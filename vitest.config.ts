import { defineConfig } from "vitest/config";

/**
 * Three kinds of test, told apart by suffix: a plain `.test.ts` is pure, `.engine.test.ts` opens
 * DuckDB, `.net.test.ts` opens a socket. `npm run check` runs the first only.
 */
const everywhere = "{translator,server,src,scripts,compat-tests,bench,examples,docker}/**";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          setupFiles: ["scripts/fixed-seed.ts"],
          include: [`${everywhere}/*.test.ts`],
          exclude: ["**/*.engine.test.ts", "**/*.net.test.ts", "**/node_modules/**"],
          // Property tests take their time on a machine that does other things as well.
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: "engine",
          include: [`${everywhere}/*.engine.test.ts`],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "net",
          include: [`${everywhere}/*.net.test.ts`],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
