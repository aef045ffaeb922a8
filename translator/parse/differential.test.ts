/**
 * A second opinion: what node-sql-parser takes for Snowflake SQL parses here too. It knows less
 * than Snowflake, and its grammar is looser in places; those are in the table of exceptions.
 */

import fc from "fast-check";
import nodeSqlParser from "node-sql-parser/build/snowflake.js";
import { describe, expect, it } from "vitest";
import { must } from "../base/assert.ts";
import { generators, STATEMENT_GRAMMAR } from "../statements/generated.test-helpers.ts";
import { parseStatement } from "../statements/statement.ts";

const RUNS = 2_500;

/** Of those runs, how many the other parser has to accept for the comparison to mean anything. */
const FEWEST_ACCEPTED = 300;

/** Standard SQL and the syntax of related databases, beyond what the round trips are made of. */
const WIDER = {
  ...STATEMENT_GRAMMAR,
  statement: [
    "SELECT {item,} FROM {from} {where} {group} {having} {order} {limit}",
    "{query}",
    "{insert}",
    "{update}",
    "{delete}",
    "{createTable}",
    "{createView}",
    "{create}",
    "SELECT {foreign} FROM t {foreignTail}",
    "SELECT {foreign}",
  ],
  foreign: [
    "a",
    "TRIM({leaf})",
    "TRIM(BOTH 'x' FROM {leaf})",
    "SUBSTRING({leaf} FROM 1 FOR 2)",
    "OVERLAY('abc' PLACING 'x' FROM 1)",
    "INTERVAL '1' DAY",
    "INTERVAL 1 DAY",
    "INTERVAL '1 day' + {leaf}",
    "{leaf} AT TIME ZONE 'UTC'",
    "{leaf} SIMILAR TO 'x'",
    "{leaf} RLIKE 'x'",
    "{leaf} REGEXP 'x'",
    "{leaf} NOT RLIKE 'x'",
    "{leaf} ~ 'x'",
    "{leaf} & 1",
    "{leaf} -> 'x'",
    "{leaf} ->> 'x'",
    "{leaf} @> 'x'",
    "{leaf} IS UNKNOWN",
    "{leaf} DIV 2",
    "{leaf} XOR {leaf}",
    "!{leaf}",
    "~{leaf}",
    "COUNT(*) FILTER (WHERE {leaf} > 1)",
    "COUNT(ALL {leaf})",
    "GROUP_CONCAT({leaf} SEPARATOR ',')",
    "STRING_AGG({leaf}, ',' ORDER BY a)",
    "ARRAY_AGG(DISTINCT {leaf}) WITHIN GROUP (ORDER BY a DESC)",
    "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY a) OVER (PARTITION BY b)",
    "LAG({leaf}, 1, 0) OVER (ORDER BY a)",
    "LAG({leaf}) RESPECT NULLS OVER (ORDER BY a)",
    "NTH_VALUE({leaf}, 2) FROM LAST OVER (ORDER BY a)",
    "SUM(a) OVER w",
    "SUM(a) OVER (ROWS 2 PRECEDING)",
    "ARRAY[1, 2]",
    "ROW(1, 2)",
    "a::TEXT",
    "a::TIMESTAMP WITH TIME ZONE",
    "a::TIMESTAMP_LTZ(3)",
    "a::DOUBLE PRECISION",
    "a::INT[]",
    "CAST(a AS CHARACTER VARYING(3))",
    "CAST(a AS DECIMAL(10))",
    "TRY_CAST(a AS BOOLEAN)",
    "IFF({expr}, 1, 2)",
    "IF({expr}, 1, 2)",
    "CASE a WHEN 1 THEN 2 END",
    "DATE_TRUNC('month', a)",
    "DATE_PART(year, a)",
    "EXTRACT(EPOCH FROM a)",
    "DATEDIFF('day', a, b)",
    "OBJECT_CONSTRUCT('a', 1, 'b', {expr})",
    "a:b.c::STRING",
    "a['b'][0]",
    'a:"B c"',
    "FLATTEN(a)",
    "POSITION('a', b)",
    "POSITION('a' IN b)",
    "N'x'",
    "E'x'",
    "U&'x'",
    "0x1F",
    "1.e5",
    "B'01'",
    "TIMESTAMP '2024-01-01 00:00:00'",
    "TIME '10:00:00'",
    "CURRENT_DATE",
    "CURRENT_DATE()",
    "CURRENT_USER",
    "SESSION_USER",
    "LOCALTIMESTAMP",
    "SYSDATE()",
    "@@version",
    "@v",
    "$v",
    "{leaf} AS 'text'",
    "{leaf} 'text'",
    "t.* EXCLUDE a",
    "* EXCEPT (a)",
    "DISTINCT a, b",
    "DISTINCT ON (a) b",
    "ALL a",
    "TOP 5 a",
    "SQL_CALC_FOUND_ROWS a",
  ],
  foreignTail: [
    "",
    "AS x",
    "x, u y",
    "WINDOW w AS (PARTITION BY a ORDER BY b)",
    "TABLESAMPLE BERNOULLI (10)",
    "SAMPLE ROW (10) SEED (1)",
    "FETCH FIRST 3 ROWS ONLY",
    "FETCH NEXT ROW ONLY",
    "LIMIT 3, 4",
    "LIMIT ALL",
    "LIMIT NULL OFFSET 2",
    "OFFSET 2",
    "FOR UPDATE",
    "FOR UPDATE SKIP LOCKED",
    "GROUP BY 1, 2",
    "GROUP BY a WITH ROLLUP",
    "GROUP BY ()",
    "ORDER BY 1 DESC NULLS LAST",
    "ORDER BY a USING >",
    "NATURAL LEFT JOIN u",
    "LEFT SEMI JOIN u ON t.a = u.a",
    "STRAIGHT_JOIN u ON t.a = u.a",
    "CROSS JOIN LATERAL (SELECT 1) x",
    "LEFT JOIN LATERAL FLATTEN(INPUT => t.a) f ON TRUE",
    "CROSS APPLY f(1)",
    ", LATERAL FLATTEN(t.a)",
    ", TABLE(FLATTEN(t.a, OUTER => TRUE)) f",
    ", TABLE(GENERATOR(ROWCOUNT => 3))",
    ", UNNEST(a)",
    "AT (TIMESTAMP => '2024-01-01'::TIMESTAMP)",
    "BEFORE (STATEMENT => 'x')",
    "UNION DISTINCT SELECT 1",
    "EXCEPT ALL SELECT 1",
    "INTERSECT SELECT 1",
    "QUALIFY ROW_NUMBER() OVER (PARTITION BY a ORDER BY b) = 1",
  ],
  insert: [
    "INSERT INTO {object} VALUES ({expr,})",
    "INSERT INTO t ({name,}) VALUES ({expr,}), ({expr,})",
    "INSERT INTO t ({name,}) {select}",
    "INSERT INTO t (a) WITH c AS (SELECT 1) SELECT * FROM c",
    "INSERT INTO t DEFAULT VALUES",
    "INSERT INTO t SET a = 1",
    "INSERT INTO t (a) VALUES (1) RETURNING a",
    "INSERT INTO t (a) VALUES (1) ON CONFLICT DO NOTHING",
    "INSERT t VALUES (1)",
    "INSERT INTO t AS x VALUES (1)",
    "REPLACE INTO t VALUES (1)",
  ],
  update: [
    "UPDATE {object} SET {assignment,} {where}",
    "UPDATE t SET a = u.a FROM u WHERE t.id = u.id",
    "UPDATE t x SET a = 1",
    "UPDATE t, u SET t.a = u.a",
    "UPDATE t JOIN u ON t.a = u.a SET t.b = 1",
    "UPDATE t SET (a, b) = (SELECT 1, 2)",
    "UPDATE t SET a = 1 RETURNING a",
    "UPDATE t SET a = 1 LIMIT 3",
    "WITH c AS (SELECT 1) UPDATE t SET a = 1",
  ],
  delete: [
    "DELETE FROM {object} {where}",
    "DELETE FROM t USING u WHERE t.a = u.a",
    "DELETE FROM t AS x WHERE x.a = 1",
    "DELETE t FROM t",
    "DELETE FROM t WHERE a = 1 RETURNING a",
    "DELETE FROM t LIMIT 3",
    "WITH c AS (SELECT 1) DELETE FROM t",
  ],
  definition: [
    "{name} {type}",
    "{name} {type} NOT NULL",
    "{name} {type} NULL DEFAULT {leaf}",
    "{name} INT PRIMARY KEY",
    "{name} INT UNIQUE KEY",
    "{name} INT AUTO_INCREMENT",
    "{name} INT AUTOINCREMENT",
    "{name} INT IDENTITY(1, 1)",
    "{name} INT REFERENCES u (x) ON DELETE CASCADE",
    "{name} INT CHECK ({predicate})",
    "{name} INT GENERATED ALWAYS AS (1)",
    "{name} VARCHAR(9) COLLATE 'en'",
    "{name} VARCHAR(9) COMMENT 'x'",
    "{name} TEXT",
    "{name} TIMESTAMP WITHOUT TIME ZONE",
    "{name} CHAR(3)",
    "{name} BYTEINT",
    "{name} TIME(3)",
    "{name} SERIAL",
    "{name} INT[]",
    "{name} ENUM('a')",
    "CONSTRAINT k UNIQUE (a, b)",
    "CONSTRAINT k FOREIGN KEY (a) REFERENCES u (x)",
    "CHECK ({predicate})",
    "INDEX i (a)",
  ],
  create: [
    "CREATE SCHEMA s",
    "CREATE SCHEMA IF NOT EXISTS s",
    "CREATE SCHEMA s AUTHORIZATION r",
    "CREATE DATABASE d",
    "CREATE DATABASE IF NOT EXISTS d",
    "CREATE SEQUENCE s",
    "CREATE SEQUENCE s START WITH 1 INCREMENT BY 2",
    "CREATE SEQUENCE s MINVALUE 1 MAXVALUE 9 CACHE 3 NO CYCLE",
    "CREATE INDEX i ON t (a)",
    "CREATE UNIQUE INDEX i ON t USING btree (a DESC)",
    "CREATE TABLE t AS SELECT 1 AS a",
    "CREATE TABLE t (LIKE u)",
    "CREATE TABLE t (a INT) WITH (x = 1)",
    "CREATE TABLE t (a INT) ENGINE = x",
    "CREATE TABLE IF NOT EXISTS t (a INT) COMMENT = 'x'",
    "CREATE GLOBAL TEMPORARY TABLE t (a INT)",
    "CREATE TEMP TABLE t (a INT)",
    "CREATE UNLOGGED TABLE t (a INT)",
    "CREATE MATERIALIZED VIEW v AS SELECT a FROM t",
    "CREATE OR REPLACE TEMPORARY VIEW v AS SELECT 1 AS a",
    "CREATE VIEW v (a, b) AS SELECT 1, 2 WITH CHECK OPTION",
    "CREATE RECURSIVE VIEW v (a) AS SELECT 1",
    "CREATE FUNCTION f(a INT) RETURNS INT LANGUAGE SQL AS $$ SELECT a $$",
    "CREATE FUNCTION f() RETURNS TABLE (a INT) AS $$ SELECT 1 $$",
    "CREATE EXTENSION x",
    "CREATE DOMAIN d AS INT",
    "CREATE TYPE e AS ENUM ('a')",
    "CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION f()",
  ],
};

/** What the other parser accepts although Snowflake does not, each with what Snowflake documents. */
const EXCEPTIONS: readonly (readonly [RegExp, string])[] = [
  // Operators of MySQL and PostgreSQL; Snowflake's are in its operators reference.
  [/SELECT [!~]|[^-]->{1,2} 'x'|@> 'x'|SIMILAR TO|IS UNKNOWN/, "not among Snowflake's operators"],
  [/SELECT [NEB]'/, "Snowflake has no prefixed strings but X'…'"],
  [/INTERVAL 1 DAY/, "interval constants are quoted"],
  [/ARRAY\[|INT\[\]/, "PostgreSQL's arrays; Snowflake writes [1, 2] and ARRAY(INT)"],
  [/\bROW\(1/, "ROW is a reserved word and no function"],
  [/TRIM\(BOTH/, "Snowflake's TRIM takes arguments with commas only"],
  [/'text'/, "an alias in single quotes"],
  [/DISTINCT ON|SQL_CALC_FOUND_ROWS/, "PostgreSQL's and MySQL's SELECT"],
  [/LIMIT ALL|LIMIT 3, 4/, "LIMIT takes a number, NULL or an empty text"],
  [/^DELETE t |^INSERT t |REPLACE INTO|INSERT .*SET a = 1$/, "MySQL's INSERT and DELETE"],
  [/^UPDATE t,|^UPDATE t JOIN|SET \(a, b\)|RETURNING|ON CONFLICT|LIMIT 3$/, "other UPDATEs"],
  [/CREATE (?:DOMAIN|EXTENSION|TYPE|TRIGGER|UNLOGGED)|AUTHORIZATION/, "not in Snowflake"],
  [/ENUM|UNIQUE KEY|AUTO_INCREMENT|ENGINE/, "MySQL's CREATE TABLE; Snowflake has AUTOINCREMENT"],
  [/STRING_AGG\(.* ORDER BY/, "the order is WITHIN GROUP"],
  [/^WITH .*\) UPDATE/, "UPDATE has no WITH"],
  [/USING btree|CHECK OPTION|MINVALUE/, "options that Snowflake's CREATE does not have"],
];

const parser = new nodeSqlParser.Parser();

function otherAccepts(sql: string): boolean {
  try {
    parser.parse(sql, { database: "Snowflake" });
    return true;
  } catch {
    return false;
  }
}

describe("node-sql-parser", () => {
  it("accepts nothing as Snowflake SQL that does not parse here", () => {
    const texts = must(generators(WIDER, 4).statement);
    let accepted = 0;
    fc.assert(
      fc.property(texts, (sql) => {
        if (EXCEPTIONS.some(([pattern]) => pattern.test(sql)) || !otherAccepts(sql)) return;
        accepted++;
        expect(() => parseStatement(sql), sql).not.toThrow();
      }),
      { numRuns: RUNS },
    );
    expect(accepted).toBeGreaterThan(FEWEST_ACCEPTED);
  });
});
