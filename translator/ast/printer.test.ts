import { describe, expect, it } from "vitest";
import { Cursor } from "../parse/cursor.ts";
import { parseExpression } from "../parse/expressions.ts";
import { parseQuery } from "../parse/query.ts";
import { stripSpans } from "./printer.test-helpers.ts";
import { printExpression, printQuery } from "./printer.ts";
import { walkExpression } from "./walk.ts";

function expression(text: string) {
  const cursor = new Cursor(text);
  const node = parseExpression(cursor);
  cursor.expectEnd();
  return node;
}

function query(text: string) {
  const cursor = new Cursor(text);
  const node = parseQuery(cursor);
  cursor.expectEnd();
  return node;
}

const EXPRESSIONS = [
  "1",
  "-1",
  "- -1",
  "-0.0::FLOAT",
  "+x",
  "'it''s \\\\ \\n'",
  "$$a'b$$",
  "X'0AEF'",
  "TRUE",
  "NULL",
  "DEFAULT",
  "DATE '2024-01-01'",
  "TIMESTAMP_NTZ '2024-01-01'",
  "INTERVAL '1 day, 2 hours'",
  "INTERVAL '3' DAY",
  "INTERVAL '1-2' YEAR TO MONTH",
  "INTERVAL '1' DAY(3) TO SECOND(2)",
  "INTERVAL '4.3' SECOND(5, 6)",
  "PERIOD(DATE) '[2024-01-01, 2024-12-31)'",
  "PERIOD(TIME(0)) '[09:00, 17:00)'",
  "a",
  '"a b"."c""d"',
  "d.s.t.c",
  "d..t.c",
  "$1",
  "t.$1",
  "$v",
  "?",
  ":1",
  ":name",
  "seq.NEXTVAL",
  "a + b * c - d",
  "(a + b) * c",
  "a || b || c",
  "a % 2 = 0 AND NOT b OR c",
  "NOT NOT a",
  "a <> b",
  "a IS NULL",
  "a IS NOT TRUE",
  "a IS NOT DISTINCT FROM b",
  "a NOT BETWEEN 1 AND 2 AND b",
  "a IN (1, 2)",
  "a NOT IN (SELECT 1)",
  "(a, b) IN ((1, 2), (3, 4))",
  "a IN ((SELECT 1) UNION (SELECT 2))",
  "a IN ((SELECT 1))",
  "a = ANY (SELECT 1)",
  "a > ALL (SELECT 1)",
  "a LIKE 'x%' ESCAPE '!'",
  "a NOT ILIKE b",
  "a RLIKE 'x'",
  "a REGEXP 'x'",
  "a LIKE ANY ('x', 'y') ESCAPE '!'",
  "a NOT LIKE ALL (b, c)",
  "a = b = c",
  "CASE a WHEN 1 THEN 2 ELSE 3 END",
  "CASE WHEN a THEN b END",
  "CAST(a AS NUMBER(10, 2))",
  "TRY_CAST(a AS DATE)",
  "a::VARCHAR(5)::ARRAY(NUMBER NOT NULL)",
  "a::OBJECT(x INT, y MAP(VARCHAR, INT))",
  "a::VECTOR(FLOAT, 3)",
  "a::DOUBLE PRECISION",
  "a::TIMESTAMP WITH TIME ZONE",
  "CAST(a AS VARCHAR COLLATE 'en')",
  "CAST(a AS OBJECT(x INT) RENAME FIELDS)",
  "a::INTERVAL DAY(3) TO SECOND(2)",
  "a COLLATE 'en-ci' = 'b'",
  "f()",
  "s.f(1, b => 2)",
  "COUNT(*)",
  "COUNT(t.*)",
  "COUNT(DISTINCT a, b)",
  "COUNT(ALL a)",
  "HASH(* EXCLUDE (a, b))",
  "LISTAGG(DISTINCT a, ',') WITHIN GROUP (ORDER BY b DESC NULLS LAST)",
  "FIRST_VALUE(a IGNORE NULLS) OVER (ORDER BY b)",
  "FIRST_VALUE(a) IGNORE NULLS OVER (ORDER BY b)",
  "NTH_VALUE(a, 2) FROM LAST RESPECT NULLS OVER (PARTITION BY b ORDER BY c)",
  "SUM(a) OVER w",
  "SUM(a) OVER (w ORDER BY b ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)",
  "SUM(a) OVER (ORDER BY b RANGE BETWEEN INTERVAL '1 day' PRECEDING AND 1 + 1 FOLLOWING)",
  "SUM(a) OVER ()",
  "EXTRACT(year FROM a)",
  "EXTRACT('year' FROM a)",
  "EXTRACT(year, a)",
  "POSITION('a' IN b)",
  "POSITION('a', b, 2)",
  "TRIM(a)",
  "LEFT(a, 1)",
  "INSERT(a, 1, 2, 'b')",
  "LIKE(a, 'b')",
  "RLIKE(a, 'b')",
  "SYSTEM$TYPEOF(a)",
  "CURRENT_DATE",
  "CURRENT_TIMESTAMP(3)",
  "LOCALTIME",
  "IDENTIFIER('a.b')",
  "IDENTIFIER($f)(1)",
  "m!PREDICT(INPUT_DATA => {*})",
  "FILTER(a, x -> x > 1)",
  "TRANSFORM(a, x INT -> x + 1)",
  "REDUCE(a, 0, (acc, x) -> acc + x)",
  "REDUCE(a, 0, (acc NUMBER(38, 0), x VARIANT) -> acc)",
  "v:a.b['c'][0]:d",
  'v:"A b".select.from',
  "v[0].a",
  "f(v):a::INT",
  "$1:a",
  "t.$1:a.b",
  "v:a[b + 1]",
  "{'k': v:x, 'l': [1, 2]}",
  "{}",
  "{*}",
  "{t.* ILIKE 'a%'}",
  "[]",
  "[1, [2]]",
  "EXISTS (SELECT 1)",
  "(SELECT 1)",
  "((SELECT 1))",
  "((SELECT 1) + 1)",
  "((SELECT 1) UNION ALL (SELECT 2) LIMIT 1)",
  "**a",
  "PRIOR a = b",
  "CONNECT_BY_ROOT a",
  "prior + 1",
  "f((SELECT 1), SELECT 2)",
  "t.c(+) = u.c",
  "SEARCH((*), 'x')",
  "SEARCH((a, b), 'x')",
  "date + 1",
  "top",
  "first",
  "f(@s/a.csv)",
];

const QUERIES = [
  "SELECT 1",
  "SELECT a, FROM t",
  'SELECT DISTINCT TOP 5 a b, c AS "d e" FROM t',
  "SELECT top FROM t",
  "SELECT * EXCLUDE a REPLACE (b + 1 AS b) RENAME (c AS d), t.* ILIKE 'x%' FROM t",
  "SELECT s.t.* FROM s.t",
  "SELECT a INTO :x, :y FROM t",
  "VALUES (1, 'a'), (2, DEFAULT)",
  "WITH RECURSIVE a (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM a), b AS (SELECT 2) SELECT * FROM a, b",
  "SELECT 1 UNION SELECT 2 INTERSECT SELECT 3 EXCEPT SELECT 4 MINUS SELECT 5",
  "SELECT 1 UNION ALL BY NAME SELECT 2",
  "(SELECT 1) UNION (SELECT 2 ORDER BY 1) ORDER BY 1 LIMIT 1 OFFSET 2",
  "SELECT 1 LIMIT NULL",
  "SELECT 1 OFFSET 1 ROWS FETCH FIRST 2 ROWS ONLY",
  "SELECT a FROM t ORDER BY ALL DESC NULLS LAST",
  "SELECT a FROM t ORDER BY a ASC NULLS FIRST, b DESC",
  "SELECT * FROM a JOIN b ON a.x = b.x LEFT OUTER JOIN c USING (x, y) RIGHT JOIN d ON TRUE FULL JOIN e ON TRUE CROSS JOIN f NATURAL LEFT JOIN g",
  "SELECT * FROM a ASOF JOIN b MATCH_CONDITION (a.t >= b.t) ON a.x = b.x",
  "SELECT * FROM (a JOIN b) AS c",
  "SELECT * FROM a INNER DIRECTED JOIN b ON TRUE",
  "SELECT * FROM a, LATERAL FLATTEN(INPUT => a.v, OUTER => TRUE) f, LATERAL (SELECT 1) AS l",
  "SELECT * FROM a LEFT JOIN LATERAL FLATTEN(a.v) f",
  "SELECT * FROM TABLE(f(1)) AS t (a, b)",
  "SELECT * FROM TABLE(f(a) OVER (PARTITION BY b ORDER BY c))",
  "SELECT * FROM FLATTEN([1])",
  "SELECT * FROM TABLE('t'), TABLE($v), TABLE(?), TABLE(:b) x, $1",
  "SELECT * FROM IDENTIFIER('a.b') i, IDENTIFIER($v)",
  "SELECT * FROM d..t",
  "SELECT * FROM VALUES (1, 2), (3, 4) AS v (a, b)",
  "SELECT * FROM (VALUES (1)) v",
  "SELECT * FROM (VALUES (1) AS t (a))",
  "SELECT * FROM (VALUES (1) ORDER BY 1)",
  "SELECT $1, t.$2 FROM @s/p/x.csv (FILE_FORMAT => 'f', PATTERN => '.*') t",
  "SELECT * FROM '@s/a b' (FILE_FORMAT => f)",
  "SELECT * FROM @~",
  "SELECT * FROM 'snow://dataset/d/versions/v' (FILE_FORMAT => 'f') t",
  "SELECT * FROM TABLE(m!EXPLAIN(a)), LATERAL m!PREDICT(b)",
  "SELECT * FROM t AT (TIMESTAMP => a::TIMESTAMP) AS x, u BEFORE (STATEMENT => 'id')",
  "SELECT * FROM t CHANGES (INFORMATION => APPEND_ONLY) AT (OFFSET => -60) END (OFFSET => -1) c",
  "SELECT * FROM t SAMPLE (10), u x TABLESAMPLE SYSTEM (3 ROWS) SEED (1), v SAMPLE BLOCK (1.5) REPEATABLE (2)",
  "SELECT * FROM (SELECT 1) SAMPLE ROW (1)",
  "SELECT * FROM t PIVOT (SUM(a) AS s, MAX(b) FOR c IN ('x' AS p, 'y') DEFAULT ON NULL (0)) AS p (q, r)",
  "SELECT * FROM t PIVOT (SUM(a) FOR c IN (ANY ORDER BY c))",
  "SELECT * FROM t PIVOT (SUM(a) FOR c IN (SELECT x FROM y)) p",
  "SELECT * FROM t UNPIVOT INCLUDE NULLS (v FOR n IN (a, b AS 'B b', c AS d)) u",
  "SELECT pivot, at FROM t pivot",
  "SELECT 1 AS left, 2 AS asof",
  "SELECT a rename FROM t",
  "SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY a ORDER BY b MEASURES FINAL LAST(c) AS l, CLASSIFIER() AS k ALL ROWS PER MATCH OMIT EMPTY MATCHES AFTER MATCH SKIP TO LAST u PATTERN (^ s u+? (d | e){2,} {- x -} PERMUTE(f, g h) y* z{,3} w? $) SUBSET su = (s, u) DEFINE u AS c > LAG(c)) AS m",
  "SELECT LEVEL FROM t START WITH a IS NULL CONNECT BY PRIOR a = b",
  "SELECT a FROM t WHERE x CONNECT BY b = PRIOR a START WITH a = 1",
  "SELECT a, SUM(b) FROM t WHERE c GROUP BY ROLLUP (a, (b, c)), CUBE (d), GROUPING SETS ((a, b), a, (), ROLLUP (e)), f HAVING SUM(b) > 1 QUALIFY ROW_NUMBER() OVER (ORDER BY a) = 1",
  "SELECT a FROM t GROUP BY ALL",
  "SELECT SUM(a) OVER w FROM t WINDOW w AS (PARTITION BY b), x AS (w ORDER BY c) QUALIFY TRUE",
  "SELECT a FROM t GROUP BY ()",
  "SELECT * FROM ((SELECT 1) UNION (SELECT 2)) u",
  "SELECT * FROM ((SELECT 1) x JOIN y ON TRUE)",
  "SELECT * FROM (((a)))",
];

describe("parse, print, parse again", () => {
  it.each(EXPRESSIONS)("%s", (text) => {
    const node = expression(text);
    expect(stripSpans(expression(printExpression(node)))).toEqual(stripSpans(node));
  });

  it.each(QUERIES)("%s", (text) => {
    const node = query(text);
    expect(stripSpans(query(printQuery(node)))).toEqual(stripSpans(node));
  });
});

describe("printed text", () => {
  it.each([
    ["a+b*c", "A + B * C"],
    ["- -1", "- -1"],
    ["x not in (1)", "X NOT IN (1)"],
    ['count(distinct "x")over(order by y)', 'COUNT(DISTINCT "x") OVER (ORDER BY Y)'],
    ["v['a'][0]:b", "V['a'][0].b"],
  ])("%s", (text, printed) => {
    expect(printExpression(expression(text))).toBe(printed);
  });
});

describe("long chains", () => {
  it.each([["+"], ["AND"], ["||"]])("20,000 terms joined by %s print and walk", (operator) => {
    const text = Array.from({ length: 20_000 }, () => "A").join(` ${operator} `);
    const node = expression(text);
    expect(printExpression(node)).toBe(text);
    let columns = 0;
    walkExpression(node, {
      expression: ({ kind }) => {
        if (kind === "column") columns++;
        return true;
      },
    });
    expect(columns).toBe(20_000);
  });

  it("a union of 5,000 queries prints", () => {
    const text = Array.from({ length: 5_000 }, () => "SELECT 1").join(" UNION ALL ");
    expect(printQuery(query(text))).toBe(text);
  });
});
