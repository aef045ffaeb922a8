/** Any statement of the grammar survives printing: the printed text parses to the same tree. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stripSpans } from "../ast/printer.test-helpers.ts";
import { ALL_CASES, variations } from "./cases-all.test-helpers.ts";
import { generators, STATEMENT_GRAMMAR } from "./generated.test-helpers.ts";
import { parseStatement, printStatement, STATEMENT_KINDS } from "./statement.ts";

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
    ["every kind of statement", variations, 2_000],
  ] as const)("%s", (_what, texts, numRuns) => {
    if (texts === undefined) throw new Error("no such rule");
    fc.assert(fc.property(texts, expectRoundTrip), { numRuns });
  });
});

describe("the case tables", () => {
  it("hold every kind of statement", () => {
    const statements = ALL_CASES.flatMap(([, all]) => all);
    const kinds = new Set(statements.map((sql) => parseStatement(sql).kind));
    expect(STATEMENT_KINDS.filter((kind) => !kinds.has(kind))).toEqual([]);
  });
});
