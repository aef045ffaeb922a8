import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { configurationPage } from "./reference.ts";

test("docs/configuration.md is current; `npx tsx scripts/generate-docs.ts` makes it", () => {
  const page = new URL("../../docs/configuration.md", import.meta.url);
  expect(readFileSync(page, "utf8")).toBe(configurationPage());
});
