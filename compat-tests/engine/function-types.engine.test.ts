/** The DuckDB type of every scalar function's examples is exactly the one of its Snowflake type. */

import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { provideH3Library } from "../../server/execute/h3-library.ts";
import { registerHostFunctions } from "../../server/storage/host-functions.ts";
import { ALL_FUNCTIONS, allHostFunctions } from "../../translator/functions/registry.ts";
import { duckType } from "../../translator/types/physical.ts";
import { bindText, lowerText } from "./expression-kit.ts";

/** DuckDB prints type names its own way. */
function printed(type: string): string {
  return type.replaceAll("TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE");
}

describe("physical types", () => {
  it("holds for every example", async () => {
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    provideH3Library();
    registerHostFunctions(connection, allHostFunctions());
    const wrong: string[] = [];
    for (const entry of ALL_FUNCTIONS) {
      if (entry.kind !== "scalar") continue;
      for (const [expression] of entry.examples) {
        const expected = printed(duckType(bindText(expression).bound.type));
        const sql = `SELECT typeof(v) FROM (SELECT ${lowerText(expression, false)} AS v)`;
        const rows = await connection.runAndReadAll(sql);
        const actual = String(rows.getRows()[0]?.[0]);
        if (actual !== expected) wrong.push(`${expression}: ${actual}, not ${expected}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
