import { describe, expect, it } from "vitest";
import { SnowflakeError } from "../base/errors.ts";
import { MAX_STATEMENT_LENGTH } from "../base/limits.ts";
import { Cursor } from "./cursor.ts";
import { parseExpression } from "./expressions.ts";
import { parseQuery } from "./query.ts";
import { parseTypeName } from "./types.ts";

function nest(open: string, inner: string, close: string, levels: number): string {
  return open.repeat(levels) + inner + close.repeat(levels);
}

/** Constructs that make the tree one level deeper: what opens one, its inside, what closes it. */
const NESTINGS: readonly (readonly [string, string, string])[] = [
  ["(", "1", ")"],
  ["NOT ", "a", ""],
  ["- ", "1", ""],
  ["PRIOR a + (", "1", ")"],
  ["CASE WHEN a THEN ", "1", " END"],
  ["CASE ", "1", " WHEN 1 THEN 1 END"],
  ["(SELECT ", "1", ")"],
  ["(SELECT * FROM (SELECT 1) x JOIN (SELECT ", "1", ") y)"],
  ["EXISTS (SELECT ", "1", ")"],
  ["f(", "1", ")"],
  ["f(x -> ", "1", ")"],
  ["[", "1", "]"],
  ["{'a': ", "1", "}"],
  ["a[", "1", "]"],
  ["a IN (", "1", ")"],
  ["a BETWEEN (", "1", ") AND 2"],
  ["a + b * (a OR b AND c = d + ", "1", ")"],
  ["CAST(", "1", " AS INT)"],
  ["", "a", "::INT"],
  ["", "a", " IS NULL"],
  ["", "a", " COLLATE 'x'"],
  ["", "a", "[0]::INT"],
  ["POSITION(", "1", " IN b)"],
  ["f(1) OVER (ORDER BY ", "1", ")"],
];

describe("nesting", () => {
  it.each(NESTINGS)("70 levels of %s%s%s parse, 10,000 are refused", (open, inner, close) => {
    const shallow = new Cursor(nest(open, inner, close, 70));
    parseExpression(shallow);
    expect(shallow.atEnd()).toBe(true);
    const deep = new Cursor(nest(open, inner, close, 10_000));
    expect(() => parseExpression(deep)).toThrow(SnowflakeError);
  });

  it.each([
    ["(", "SELECT 1", ")"],
    ["SELECT * FROM (", "SELECT 1", ")"],
    ["WITH a AS (", "SELECT 1", ") SELECT 1"],
    ["SELECT 1 FROM a WHERE x IN (", "SELECT 1", ")"],
    ["SELECT 1 UNION (", "SELECT 1", ")"],
    ["SELECT * FROM (a JOIN (", "SELECT 1", "))"],
  ])("queries: %s%s%s", (open, inner, close) => {
    const shallow = new Cursor(nest(open, inner, close, 70));
    parseQuery(shallow);
    expect(shallow.atEnd()).toBe(true);
    const deep = new Cursor(nest(open, inner, close, 10_000));
    expect(() => parseQuery(deep)).toThrow(SnowflakeError);
  });

  it("type names", () => {
    const deep = new Cursor(nest("ARRAY(", "INT", ")", 10_000));
    expect(() => parseTypeName(deep)).toThrow(SnowflakeError);
  });

  it("statements that are too long are refused", () => {
    expect(() => new Cursor(" ".repeat(MAX_STATEMENT_LENGTH + 1))).toThrow(SnowflakeError);
  });
});

describe("syntax errors", () => {
  it.each([
    ["select", "syntax error line 1 at position 6 unexpected '<EOF>'."],
    ["select 1 +\n  from t", "syntax error line 2 at position 2 unexpected 'from'."],
    ["select 'a' 'b'", "syntax error line 1 at position 11 unexpected ''b''."],
    ["select 1 select", "syntax error line 1 at position 9 unexpected 'select'."],
    ["select * from t where", "syntax error line 1 at position 21 unexpected '<EOF>'."],
    ["select (1", "syntax error line 1 at position 9 unexpected '<EOF>'."],
    ["select * from left", "syntax error line 1 at position 14 unexpected 'left'."],
    ["select a as order from t", "syntax error line 1 at position 12 unexpected 'order'."],
    ["select 1 intersect all select 2", "syntax error line 1 at position 19 unexpected 'all'."],
    ["select a from t group a", "syntax error line 1 at position 22 unexpected 'a'."],
    ["select a from t start with a = 1", "syntax error line 1 at position 32 unexpected '<EOF>'."],
    ["select case end", "syntax error line 1 at position 15 unexpected '<EOF>'."],
    ["select x'0'", "syntax error line 1 at position 7 unexpected 'x'0''."],
    ["select a\u00a0from t", "syntax error line 1 at position 8 unexpected '\u00a0'."],
  ])("%s", (text, message) => {
    const parse = () => {
      const cursor = new Cursor(text);
      parseQuery(cursor);
      cursor.expectEnd();
    };
    expect(parse).toThrow(
      new RegExp(`^SQL compilation error:\n${message.replace(/[.'<>]/g, "\\$&")}$`),
    );
  });
});
