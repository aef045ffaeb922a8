/** Any statement of the grammar survives printing: the printed text parses to the same tree. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stripSpans } from "../ast/printer.test-helpers.ts";
import { generators, STATEMENT_GRAMMAR } from "./generated.test-helpers.ts";
import { parseStatement, printStatement } from "./statement.ts";

const { statement, query, expr } = generators(STATEMENT_GRAMMAR, 7);

function expectRoundTrip(sql: string): void {
  const tree = parseStatement(sql);
  const printed = printStatement(tree);
  expect(stripSpans(parseStatement(printed))).toEqual(stripSpans(tree));
  expect(printStatement(parseStatement(printed))).toBe(printed);
}

describe("parse, print, parse", () => {
  it.each([
    ["expressions", expr?.map((text) => `SELECT ${text}`), 1_000],
    ["queries", query, 500],
    ["statements", statement, 1_000],
  ] as const)("%s", (_what, texts, numRuns) => {
    if (texts === undefined) throw new Error("no such rule");
    fc.assert(fc.property(texts, expectRoundTrip), { numRuns });
  });
});
