/** The DuckDB type of every scalar function's examples is exactly the one of its Snowflake type. */

import { describe, expect, it } from "vitest";
import { provideH3Library } from "../../server/execute/h3-library.ts";
import { openDatabase } from "../../server/storage/database.ts";
import { ALL_FUNCTIONS, allHostFunctions } from "../../translator/functions/registry.ts";
import { duckType } from "../../translator/types/physical.ts";
import { bindText, lowerText } from "./expression-kit.ts";

/** DuckDB prints type names its own way. */
function printed(type: string): string {
  return type.replaceAll("TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE");
}

describe("physical types", () => {
  it("holds for every example", async () => {
    provideH3Library();
    const database = await openDatabase({ hostFunctions: allHostFunctions() });
    const connection = await database.connect();
    const wrong: string[] = [];
    for (const entry of ALL_FUNCTIONS) {
      if (entry.kind !== "scalar") continue;
      for (const [expression] of entry.examples) {
        const expected = printed(duckType(bindText(expression).bound.type));
        const sql = `SELECT typeof(v) AS type FROM (SELECT ${lowerText(expression, false)} AS v)`;
        const [row] = await connection.rows(sql);
        const actual = String(row?.type);
        if (actual !== expected) wrong.push(`${expression}: ${actual}, not ${expected}`);
      }
    }
    await database.close();
    expect(wrong).toEqual([]);
  });
});
