/** The generated pages are current. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { coveragePage } from "./coverage-page.ts";
import { functionsPage } from "./function-page.ts";
import { ROOT } from "./root.ts";

describe("generated pages", () => {
  const pages = { "docs/coverage.md": coveragePage, "docs/functions.md": functionsPage };
  test.each(Object.entries(pages))("%s is current (npm run docs)", (file, page) => {
    expect(readFileSync(join(ROOT, file), "utf8")).toBe(page());
  });
});
