import { describe, expect, it } from "vitest";
import { printQuery } from "../ast/printer.ts";
import { Cursor } from "../parse/cursor.ts";
import { parseQuery } from "../parse/query.ts";
import { trackedQuery } from "./tracked-query.ts";

const tracked = (sql: string) => printQuery(trackedQuery(parseQuery(new Cursor(sql))));

describe("a tracked query", () => {
  it("ends in the identity and the version of its row", () => {
    expect(tracked("SELECT a FROM t")).toBe(
      `SELECT A, '' || '/' || T."METADATA$ROW_ID" AS "METADATA$ROW_ID", T."METADATA$VERSION" AS "METADATA$VERSION" FROM T`,
    );
  });

  it("joins those of all the rows that it is joined from", () => {
    const sql = tracked('SELECT * FROM d.s.t JOIN "x y" AS "p q" ON a = b, LATERAL FLATTEN(c) f');
    expect(sql).toContain(
      `'' || '/' || T."METADATA$ROW_ID" || '/' || "p q"."METADATA$ROW_ID" || '/' || COALESCE(F.PATH, '')`,
    );
    expect(sql).toContain(`T."METADATA$VERSION" || '/' || "p q"."METADATA$VERSION"`);
  });

  it("tells the branches of UNION ALL apart", () => {
    const sql = tracked("SELECT a FROM t UNION ALL (SELECT a FROM t UNION ALL SELECT a FROM t)");
    expect([...sql.matchAll(/'(\w+)' \|\|/g)].map(([, branch]) => branch)).toEqual([
      "l",
      "rl",
      "rr",
    ]);
  });

  it.each([
    ["SELECT DISTINCT a FROM t", "DISTINCT"],
    ["SELECT TOP 1 a FROM t", "TOP"],
    ["SELECT a FROM t LIMIT 1", "LIMIT"],
    ["(SELECT a FROM t LIMIT 1)", "LIMIT"],
    ["WITH c AS (SELECT 1 a) SELECT a FROM c", "WITH"],
    ["SELECT a, SUM(b) FROM t GROUP BY a", "GROUP BY"],
    ["SELECT SUM(b) FROM t", "aggregate functions"],
    ["SELECT 1 + MAX(b) FROM t", "aggregate functions"],
    ["SELECT a FROM t QUALIFY ROW_NUMBER() OVER (ORDER BY a) = 1", "QUALIFY"],
    ["SELECT ROW_NUMBER() OVER (ORDER BY a) FROM t", "window functions"],
    ["SELECT a FROM t LEFT JOIN u ON t.id = u.id", "LEFT JOIN"],
    ["SELECT a FROM t UNION SELECT a FROM u", "UNION other than UNION ALL"],
    ["SELECT a FROM t EXCEPT SELECT a FROM u", "EXCEPT other than UNION ALL"],
    ["SELECT a FROM (SELECT a FROM t)", "a subquery"],
    ["SELECT a FROM t WHERE a IN (SELECT b FROM u)", "a subquery"],
    ["SELECT a FROM t JOIN u ON t.a = (SELECT 1)", "a subquery"],
    ["SELECT 1", "no table"],
    ["SELECT a FROM VALUES (1) AS v (a)", "values"],
    ["SELECT a FROM t SAMPLE (10)", "AT, CHANGES or SAMPLE"],
    ["SELECT a FROM t AT (OFFSET => -60)", "AT, CHANGES or SAMPLE"],
    ["SELECT f.value FROM t, LATERAL FLATTEN(a)", "FLATTEN without an alias"],
    ["SELECT 1 FROM TABLE(GENERATOR(ROWCOUNT => 1)) g", "table functions"],
    ["SELECT a FROM IDENTIFIER('t')", "IDENTIFIER"],
  ])("refuses %s", (sql, what) => {
    expect(() => tracked(sql)).toThrow(`'STREAM on a view with ${what}'`);
  });
});
