import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { configurationPage } from "../src/config/reference.ts";
import { coveragePage } from "./coverage-page.ts";
import { functionsPage } from "./function-page.ts";
import { ROOT } from "./root.ts";

/** Pages that are made from tables in the code, by file. Each has a test that it is current. */
const PAGES: Readonly<Record<string, () => string>> = {
  "docs/configuration.md": configurationPage,
  "docs/coverage.md": coveragePage,
  "docs/functions.md": functionsPage,
};

for (const [file, page] of Object.entries(PAGES)) {
  const path = join(ROOT, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, page());
  process.stdout.write(`${file}\n`);
}
