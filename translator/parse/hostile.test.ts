/**
 * Text that nobody meant as SQL: it may be refused, but only by a SnowflakeError, and reading it
 * costs steps in proportion to its length. Steps are looks at a token, which every rule takes to
 * decide anything, so that the measure does not depend on how busy the machine is.
 */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { must } from "../base/assert.ts";
import { SnowflakeError } from "../base/errors.ts";
import { MAX_NESTING_DEPTH, MAX_STATEMENT_LENGTH } from "../base/limits.ts";
import { variations } from "../statements/cases-all.test-helpers.ts";
import { generators, STATEMENT_GRAMMAR } from "../statements/generated.test-helpers.ts";
import { parseStatement, parseStatements } from "../statements/statement.ts";
import { Cursor } from "./cursor.ts";

/** Parses, or fails the one way that a statement may fail. */
function survives(sql: string): void {
  for (const parse of [parseStatement, parseStatements]) {
    try {
      parse(sql);
    } catch (error) {
      if (!(error instanceof SnowflakeError)) throw error;
    }
  }
}

const { statement } = generators(STATEMENT_GRAMMAR, 6);
const statements = fc.oneof(must(statement), variations);

const TOKENS = `
  SELECT FROM WHERE WITH AS INSERT INTO VALUES UPDATE SET DELETE MERGE USING CREATE OR REPLACE TABLE
  VIEW ALTER DROP GRANT ON TO SHOW LIKE IN BEGIN END IF THEN ELSE CASE WHEN FOR DO LOOP DECLARE LET
  RETURN CALL EXECUTE IMMEDIATE COPY PUT GET @s file:///x $$ $$x$$ $1 $v ? :1 :x ( ) [ ] { } , ; .
  .. : :: := => -> ->> || + - * / % ** = <> < 'x' ' "q" " 1 1.5e3 X'0A' -- // /* */ a t NOT NULL IS
  BETWEEN AND OVER PARTITION ORDER BY GROUP LIMIT UNION ALL JOIN LEFT LATERAL PIVOT MATCH_RECOGNIZE
  PROCEDURE FUNCTION RETURNS LANGUAGE SQL EXCEPTION CURSOR INTERVAL DATE CAST EXTRACT ~ \\ \u0000
`
  .trim()
  .split(/\s+/);

const tokens = fc.array(fc.constantFrom(...TOKENS), { maxLength: 40 }).map((all) => all.join(" "));

/** A statement's words and signs, as a person would see them. */
const PIECES = /'[^']*'|"[^"]*"|[\w$]+|\s+|./gsu;

type Mutation = { readonly what: string; readonly at: number; readonly token: string };

const mutations = fc.array(
  fc.record({
    what: fc.constantFrom("drop", "add", "replace", "repeat", "cut"),
    at: fc.nat(),
    token: fc.constantFrom(...TOKENS),
  }),
  { minLength: 1, maxLength: 4 },
);

function mutate(sql: string, changes: readonly Mutation[]): string {
  const pieces = sql.match(PIECES) ?? [];
  for (const { what, at, token } of changes) {
    const i = at % (pieces.length + 1);
    if (what === "drop") pieces.splice(i, 1);
    else if (what === "add") pieces.splice(i, 0, ` ${token} `);
    else if (what === "replace") pieces.splice(i, 1, token);
    else if (what === "repeat") pieces.splice(i, 0, ...pieces.slice(i, i + 5));
    else pieces.length = i;
  }
  return pieces.join("");
}

describe("only SnowflakeErrors", () => {
  it("for random bytes", () => {
    const bytes = fc.uint8Array({ maxLength: 200 }).map((all) => String.fromCharCode(...all));
    fc.assert(fc.property(bytes, survives), { numRuns: 2_000 });
  });

  it("for random text of any script, also halves of surrogate pairs", () => {
    const text = fc.string({ unit: "binary", maxLength: 100 });
    const halves = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 });
    fc.assert(fc.property(text, survives), { numRuns: 500 });
    fc.assert(
      fc.property(halves, (units) => survives(String.fromCharCode(...units))),
      { numRuns: 500 },
    );
  });

  it("for random sequences of tokens", () => {
    fc.assert(fc.property(tokens, survives), { numRuns: 3_000 });
  });

  it("for statements that go on with random tokens", () => {
    const both = fc.tuple(statements, tokens).map((texts) => texts.join(" "));
    fc.assert(fc.property(both, survives), { numRuns: 500 });
  });

  it("for mutated statements", () => {
    const mutated = fc.tuple(statements, mutations).map(([sql, all]) => mutate(sql, all));
    fc.assert(fc.property(mutated, survives), { numRuns: 3_000 });
  });
});

/** `head`, then `unit` over and over up to a length, then `tail`. */
type Shape = readonly [name: string, head: string, unit: string, tail: string];

const SHAPES: readonly Shape[] = [
  ["OR chain", "SELECT a = 1", " OR a = 1", ""],
  ["AND chain without operands' end", "SELECT a = 1", " AND a = 1", " AND"],
  ["sum", "SELECT 1", " + 1", ""],
  ["concatenation", "SELECT 'a'", " || 'a'", ""],
  ["IN list", "SELECT a IN (1", ", 1", ")"],
  ["IN list of parentheses", "SELECT a IN ((1)", ", (1)", ")"],
  ["IN list of tuples", "SELECT (a, b) IN ((1, 2)", ", (1, 2)", ")"],
  ["select list", "SELECT a", ", b AS c", " FROM t"],
  ["subqueries", "SELECT (SELECT 1)", ", (SELECT 1)", ""],
  ["parenthesised calls", "SELECT f((a))", ", f((a), (b))", ""],
  ["lambdas", "SELECT f(x -> x)", ", f((x, y) -> x)", ""],
  ["objects", "SELECT {'a': 1", ", 'b': {'c': 1}", "}"],
  ["array", "SELECT [1", ", [1]", "]"],
  ["CASE branches", "SELECT CASE", " WHEN a = 1 THEN 2", " END"],
  ["joins", "SELECT * FROM t", " JOIN u ON t.a = u.a", ""],
  ["commas in FROM", "SELECT * FROM t", ", (u)", ""],
  ["cross joined parentheses", "SELECT * FROM (t)", " CROSS JOIN (t JOIN u)", ""],
  ["CTEs", "WITH c AS (SELECT 1)", ", c AS (SELECT 1)", " SELECT 1"],
  ["set operations", "SELECT 1", " UNION ALL SELECT 1", ""],
  ["parenthesised set operations", "(SELECT 1)", " UNION (SELECT 1)", ""],
  ["VALUES", "INSERT INTO t VALUES (1)", ", (1, 'x', NULL)", ""],
  ["GROUP BY", "SELECT 1 FROM t GROUP BY a", ", (b)", ""],
  ["columns", "CREATE TABLE t (a INT", ", a INT NOT NULL DEFAULT (1)", ")"],
  ["properties", "CREATE WAREHOUSE w", " AUTO_SUSPEND = 60", ""],
  ["assignments", "UPDATE t SET a = 1", ", b = (2)", ""],
  ["MERGE clauses", "MERGE INTO t USING u ON a = b", " WHEN MATCHED AND c THEN DELETE", ""],
  ["name parts", "SELECT a", ".b", ""],
  ["open parentheses", "SELECT ", "(", ""],
  ["open brackets", "SELECT a", "[", ""],
  ["open braces", "SELECT ", "{'a': ", ""],
  ["open CASE", "SELECT ", "CASE WHEN ", ""],
  ["minus signs", "SELECT ", "- ", "1"],
  ["casts", "SELECT 1", "::INT", ""],
  ["statements", "SELECT 1", "; SELECT 1", ""],
  ["empty statements", "", ";", ""],
  ["block", "BEGIN", " LET x := 1; IF (x) THEN x := 2; END IF;", " END"],
  ["open blocks", "", "BEGIN ", ""],
  ["string", "SELECT '", "ab\\\\ ''", "'"],
  ["open string", "SELECT '", "ab'' ", ""],
  ["open identifier", 'SELECT "', 'ab"" ', ""],
  ["open comment", "SELECT /*", " * / /*", ""],
  ["comments", "SELECT 1", " /* x */ -- y\n", ""],
  ["open dollars", "SELECT $$", "a$ $b", ""],
  ["blanks", "SELECT", " \t\n", "1"],
  ["digits", "SELECT 1", "1", ""],
  ["dots", "SELECT ", ".", ""],
  ["letters", "SELECT a", "é", ""],
  ["stage path", "LIST @", '"a"', ""],
  ["operators", "SELECT ", "<>=", ""],
];

/** The shapes that are tried at full length too: those that people write, and what the lexer reads. */
const LONGEST: ReadonlySet<string> = new Set([
  "OR chain",
  "IN list",
  "joins",
  "CTEs",
  "CASE branches",
  "open parentheses",
  "string",
  "open string",
  "open identifier",
  "open comment",
  "comments",
  "open dollars",
  "blanks",
  "digits",
  "letters",
]);

function text([, head, unit, tail]: Shape, length: number): string {
  const room = length - head.length - tail.length;
  return head + unit.repeat(Math.floor(room / unit.length)) + tail;
}

/** How often tokens are looked at while a text is parsed. No mock: those remember every call. */
function steps(sql: string): number {
  let count = 0;
  const { peek } = Cursor.prototype;
  Cursor.prototype.peek = function (n) {
    count++;
    return peek.call(this, n);
  };
  try {
    survives(sql);
  } finally {
    Cursor.prototype.peek = peek;
  }
  return count;
}

describe("linear cost", () => {
  it.each(SHAPES)("%s", (...shape) => {
    const [small, middle, large] = [8, 16, 32].map((kilobytes) =>
      steps(text(shape, kilobytes * 1024)),
    );
    // Twice the text, twice the steps; a constant part only makes the factor smaller.
    expect(must(middle)).toBeLessThanOrEqual(must(small) * 2.1 + 100);
    expect(must(large)).toBeLessThanOrEqual(must(middle) * 2.1 + 100);
  });

  it.each(SHAPES.filter(([name]) => LONGEST.has(name)))("1 MB ends: %s", (...shape) => {
    const sql = text(shape, MAX_STATEMENT_LENGTH);
    try {
      parseStatement(sql);
    } catch (error) {
      expect(error).toBeInstanceOf(SnowflakeError);
    }
  });

  it.each([
    ["(", ")"],
    ["(a + ", ")"],
    ["f(", ")"],
    ["[", "]"],
    ["CASE WHEN ", " THEN 1 END"],
    ["(SELECT ", ")"],
    ["a IN (", ")"],
    ["NOT (", ")"],
  ])("every level of %s%s costs the same", (open, close) => {
    const nest = (levels: number) => `SELECT ${open.repeat(levels)}1${close.repeat(levels)}`;
    const [few, more] = [MAX_NESTING_DEPTH / 12, MAX_NESTING_DEPTH / 6].map((levels) =>
      steps(nest(levels)),
    );
    expect(must(more)).toBeLessThanOrEqual(must(few) * 2.1);
  });
});
