/** Every example of the function catalog, run on DuckDB and printed as `::VARCHAR` prints it. */

import { beforeAll, describe, expect, it } from "vitest";
import { ALL_FUNCTIONS } from "../../translator/functions/registry.ts";
import { type Engine, openEngine } from "./expression-kit.ts";

let engine: Engine;

beforeAll(async () => {
  engine = await openEngine();
});

for (const entry of ALL_FUNCTIONS) {
  if (entry.kind === "table" || entry.examples.length === 0) continue;
  describe(`${entry.category}: ${entry.name}`, () => {
    it.each(entry.examples)("%s", async (expression, result) => {
      expect(await engine.print(expression)).toBe(result);
    });
  });
}
