/** Every recorded query must parse, and print to text that parses to the same tree. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { stripSpans } from "../ast/printer.test-helpers.ts";
import { printQuery } from "../ast/printer.ts";
import { Cursor } from "./cursor.ts";
import { parseQuery } from "./query.ts";

const FOLDER = fileURLToPath(new URL("../../../shared/conformance/", import.meta.url));

/** Beginnings of documentation examples that are not SQL. */
const NOT_SQL = [
  "WITH\n    decrypted_but_not_decoded as (\n        decrypt_raw", // a CTE without a query
  "WITH d AS\n  ( ST_DISTANCE", // a CTE without a query
  "SELECT ST_AZIMUTH(\n    TO_GEOMETRY('POINT(0 1)', TO_GEOMETRY", // unbalanced parentheses
  "SELECT ST_AZIMUTH(\n    TO_GEOMETRY('POINT(0 0)', TO_GEOMETRY", // unbalanced quotes
  "SELECT TO_FILE(`https", // a truncated placeholder
];

type Step = { readonly sql: string; readonly expected: unknown };

function stepsOfJsonLines(text: string): string[] {
  const files = text.split("\n").filter((line) => line !== "");
  return files.flatMap((line) => {
    const { steps } = JSON.parse(line) as { steps: Step[] };
    return steps.filter((step) => step.expected !== null).map((step) => step.sql);
  });
}

/** The statements of `query` records and `statement ok` records. */
function statementsOfSlt(text: string): string[] {
  return text.split(/\n\s*\n/).flatMap((record) => {
    const match = /^(?:query\b[^\n]*|statement ok)\n([\s\S]*)/m.exec(record);
    const sql = match?.[1]?.split(/\n----(?:\n|$)/)[0];
    return sql === undefined ? [] : [sql];
  });
}

function recordedQueries(): string[] {
  const statements = (readdirSync(FOLDER, { recursive: true }) as string[]).flatMap((name) => {
    if (name.endsWith(".slt")) return statementsOfSlt(readFileSync(FOLDER + name, "utf8"));
    return name.endsWith(".jsonl") ? stepsOfJsonLines(readFileSync(FOLDER + name, "utf8")) : [];
  });
  const isQuery = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:select\b|with\b|\()/i;
  const queries = statements.filter((sql) => isQuery.test(sql));
  return [...new Set(queries)].filter((sql) => !NOT_SQL.some((start) => sql.startsWith(start)));
}

function parse(text: string) {
  const cursor = new Cursor(text);
  const query = parseQuery(cursor);
  cursor.expectEnd();
  return query;
}

describe.skipIf(!existsSync(FOLDER))("recorded queries", () => {
  it("parse, and survive printing", () => {
    const failures: string[] = [];
    const queries = recordedQueries();
    for (const sql of queries) {
      try {
        const query = parse(sql);
        const printed = printQuery(query);
        const again = JSON.stringify(stripSpans(parse(printed)));
        if (again !== JSON.stringify(stripSpans(query))) failures.push(`${sql}\n=> ${printed}`);
      } catch (error) {
        failures.push(`${sql}\n=> ${String(error)}`);
      }
    }
    expect(failures).toEqual([]);
    expect(queries.length).toBeGreaterThan(1_500);
  }, 60_000);
});
