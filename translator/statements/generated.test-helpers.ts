/**
 * Generated statements for property tests: a grammar as a table of templates, made into fast-check
 * generators. `{name}` is another rule, `{name,}` one to three of it with commas between. The first
 * template of a rule is what deep places get, so it must not lead back to its own rule.
 */

import fc from "fast-check";
import { must } from "../base/assert.ts";

type Grammar = Readonly<Record<string, readonly string[]>>;

const EXPRESSIONS: Grammar = {
  name: ["a", "b1", "_c", "tab$1", '"Mixed Case"', '"quo""te"', "naïve", "date", "value", "left_"],
  object: ["t", "s.t", "db.s.t", "db..t", '"My T"', "IDENTIFIER('t')", "IDENTIFIER($v)"],
  literal: [
    "1",
    "0",
    "1.50",
    ".5",
    "1e10",
    "''",
    "'x'",
    "'it''s'",
    "'a\\\\b\\n'",
    "'--no'",
    "$$d'q$$",
    "X'0AFF'",
    "TRUE",
    "FALSE",
    "NULL",
    "DATE '2024-01-31'",
    "TIMESTAMP_NTZ '2024-01-31 10:00:00'",
    "INTERVAL '1 day, 2 hours'",
    "INTERVAL '3' DAY",
  ],
  column: ["{name}", "t.{name}", "s.t.{name}", '"T".{name}'],
  leaf: ["{name}", "{literal}", "{column}", "$1", "t.$2", "$v", "?", ":1", ":x", "seq.NEXTVAL"],
  type: [
    "INT",
    "NUMBER(10, 2)",
    "VARCHAR(5)",
    "DOUBLE PRECISION",
    "TIMESTAMP_NTZ(3)",
    "VARIANT",
    "ARRAY(INT NOT NULL)",
    "MAP(VARCHAR, INT)",
    "OBJECT(a INT, b VARCHAR)",
    "VECTOR(FLOAT, 3)",
  ],
  expr: [
    "{leaf}",
    "{predicate}",
    "{predicate} AND {predicate}",
    "{predicate} OR {predicate} AND NOT {predicate}",
    "NOT {predicate}",
    "{operand}",
  ],
  predicate: [
    "{leaf} = {leaf}",
    "{operand} {comparison} {operand}",
    "{operand} IS {not} NULL",
    "{operand} IS {not} DISTINCT FROM {operand}",
    "{operand} {not} BETWEEN {operand} AND {operand}",
    "{operand} {not} IN ({expr,})",
    "{operand} {not} IN ({query})",
    "({operand}, {operand}) IN (({leaf}, {leaf}), ({leaf}, {leaf}))",
    "{operand} {not} {like} {operand}",
    "{operand} {not} LIKE {operand} ESCAPE '!'",
    "{operand} {like} {quantifier} ({operand,})",
    "{operand} {comparison} {quantifier} ({query})",
    "EXISTS ({query})",
    "{operand} IS {not} TRUE",
  ],
  comparison: ["=", "<>", "!=", "<", "<=", ">", ">="],
  like: ["LIKE", "ILIKE"],
  quantifier: ["ANY", "ALL"],
  not: ["", "NOT"],
  operand: ["{leaf}", "{primary}", "{operand} {arithmetic} {operand}", "- {operand}", "+{primary}"],
  arithmetic: ["+", "-", "*", "/", "%", "||"],
  primary: [
    "{leaf}",
    "({expr})",
    "({query})",
    "{call}",
    "CASE {expr} WHEN {expr} THEN {expr} {otherwise} END",
    "CASE WHEN {expr} THEN {expr} WHEN {expr} THEN {expr} {otherwise} END",
    "CAST({expr} AS {type})",
    "TRY_CAST({expr} AS {type})",
    "{leaf}::{type}",
    "({expr})::{type}::{type}",
    "{column}:{name}.{name}[0]",
    "{column}[{expr}]",
    "{column}:{name}::{type}",
    "{leaf} COLLATE 'en-ci'",
    "[{expr,}]",
    "[]",
    "{{}}",
    "{{'k': {expr}, 'l': {expr}}}",
    "EXTRACT(year FROM {expr})",
    "POSITION({operand} IN {operand})",
  ],
  otherwise: ["", "ELSE {expr}"],
  call: [
    "f()",
    "f({expr,})",
    "db.s.f({expr})",
    "f(x => {expr}, y => {expr})",
    "COUNT(*)",
    "COUNT(DISTINCT {expr,})",
    "SUM({expr}) OVER ({partition} {order} {frame})",
    "FIRST_VALUE({expr}) IGNORE NULLS OVER ({partition} ORDER BY {orderItem,})",
    "LISTAGG({expr}, ',') WITHIN GROUP (ORDER BY {orderItem,})",
    "FILTER({column}, x -> {expr})",
    "REDUCE({column}, 0, (x, y) -> {expr})",
    "CURRENT_TIMESTAMP",
    "LEFT({expr}, 2)",
    "DATEADD(day, {expr}, {expr})",
  ],
  partition: ["", "PARTITION BY {expr,}"],
  frame: [
    "",
    "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW",
    "ROWS BETWEEN 1 PRECEDING AND 2 FOLLOWING",
    "RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
  ],
};

const QUERIES: Grammar = {
  query: [
    "SELECT {leaf} FROM t",
    "{with} {body} {order} {limit}",
    "{body} {order} {limit}",
    "{select}",
  ],
  with: ["", "WITH {cte,}", "WITH RECURSIVE {cte}"],
  cte: ["c AS (SELECT 1)", "{name} AS ({query})", "{name} (a, b) AS ({query})"],
  body: [
    "SELECT 1",
    "{select}",
    "{body} {set} {select}",
    "({query}) {set} ({query})",
    "VALUES ({expr,}), ({expr,})",
  ],
  set: ["UNION ALL", "UNION", "INTERSECT", "EXCEPT", "MINUS", "UNION ALL BY NAME"],
  select: [
    "SELECT {leaf}",
    "SELECT {distinct} {item,} FROM {from} {where} {group} {having} {qualify}",
    "SELECT {item,} FROM {from} START WITH {expr} CONNECT BY PRIOR {column} = {column}",
    "SELECT TOP 3 {item,} FROM {from,}",
  ],
  distinct: ["", "ALL", "DISTINCT"],
  item: [
    "*",
    "{expr}",
    "{expr} AS {name}",
    "{operand} {name}",
    "t.*",
    "* EXCLUDE ({name})",
    "* ILIKE 'a%'",
    "* RENAME (a AS b)",
    "* REPLACE ({expr} AS a)",
  ],
  from: ["{object}", "{from} {join}", "{table}", "({from})"],
  table: [
    "{object}",
    "{object} {alias}",
    "({query}) {alias}",
    "LATERAL FLATTEN(INPUT => {operand}) {alias}",
    "TABLE(f({expr,})) {alias}",
    "(VALUES ({expr}, {expr})) AS v (a, b)",
    "@stage/path (FILE_FORMAT => 'f') {alias}",
    "{object} SAMPLE (10) {alias}",
    "{object} AT (OFFSET => -60) {alias}",
    "{object} PIVOT (SUM(a) FOR b IN ('x', 'y' AS z)) {alias}",
    "{object} UNPIVOT (a FOR b IN (c, d)) {alias}",
  ],
  alias: ["", "x", "AS x", "AS {name}", 'AS "X y" (a, b)'],
  join: [
    "CROSS JOIN u",
    "JOIN {table} ON {expr}",
    "{outer} JOIN {table} ON {expr}",
    "JOIN {table} USING (a, b)",
    "NATURAL JOIN {table}",
    "ASOF JOIN {table} MATCH_CONDITION (t.a >= u.a) ON t.b = u.b",
  ],
  outer: ["LEFT", "RIGHT OUTER", "FULL OUTER", "INNER"],
  where: ["", "WHERE {expr}"],
  group: [
    "",
    "GROUP BY {expr,}",
    "GROUP BY ALL",
    "GROUP BY ROLLUP ({expr,})",
    "GROUP BY CUBE (a, b), {column}",
    "GROUP BY GROUPING SETS ((a, b), (a), ())",
  ],
  having: ["", "HAVING {expr}"],
  qualify: ["", "QUALIFY {expr}"],
  order: ["", "ORDER BY {orderItem,}"],
  orderItem: ["{leaf}", "{expr}", "{expr} DESC", "{expr} ASC NULLS FIRST", "{expr} NULLS LAST"],
  limit: ["", "LIMIT 10", "LIMIT 10 OFFSET 5", "OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY"],
};

const STATEMENTS: Grammar = {
  statement: [
    "{query}",
    "{insert}",
    "{update}",
    "{delete}",
    "{merge}",
    "{createTable}",
    "{createView}",
    "{alterTable}",
    "{other}",
  ],
  insert: [
    "INSERT INTO {object} VALUES ({expr,})",
    "INSERT INTO {object} {columns} VALUES ({value,}), ({value,})",
    "INSERT OVERWRITE INTO {object} {columns} {select}",
    "INSERT ALL WHEN {expr} THEN INTO {object} ELSE INTO t (a) VALUES ({value}) {select}",
  ],
  columns: ["", "({name,})"],
  value: ["DEFAULT", "{expr}"],
  update: [
    "UPDATE {object} SET a = {expr}",
    "UPDATE {object} SET {assignment,} {where}",
    "UPDATE {object} AS x SET {assignment} FROM {from} {where}",
  ],
  assignment: ["a = 1", "{name} = {expr}", "t.{name} = DEFAULT"],
  delete: ["DELETE FROM {object}", "DELETE FROM {object} {where}", "DELETE FROM t USING u {where}"],
  merge: [
    "MERGE INTO {object} USING u ON {expr} WHEN MATCHED THEN DELETE",
    "MERGE INTO {object} x USING ({query}) AS y ON {expr} {matched} {unmatched}",
  ],
  matched: ["WHEN MATCHED THEN UPDATE SET {assignment,}", "WHEN MATCHED AND {expr} THEN DELETE"],
  unmatched: ["", "WHEN NOT MATCHED AND {expr} THEN INSERT (a, b) VALUES ({value}, {value})"],
  createTable: [
    "CREATE TABLE {object} ({definition,})",
    "CREATE {orReplace} {kind} TABLE {ifNotExists} {object} ({definition,}, PRIMARY KEY (a)) {options}",
    "CREATE {orReplace} TABLE {object} AS {query}",
    "CREATE TABLE {object} LIKE t",
    "CREATE TABLE {object} CLONE t AT (TIMESTAMP => {expr})",
  ],
  orReplace: ["", "OR REPLACE"],
  ifNotExists: ["", "IF NOT EXISTS"],
  kind: ["", "TRANSIENT", "TEMPORARY"],
  definition: [
    "{name} {type}",
    "{name} {type} NOT NULL",
    "{name} {type} DEFAULT {expr}",
    "{name} INT AUTOINCREMENT START 1 INCREMENT 2 ORDER",
    "{name} VARCHAR(9) COLLATE 'en' COMMENT 'it''s'",
    "{name} INT REFERENCES u (x)",
    "{name} INT UNIQUE",
  ],
  options: ["", "COMMENT = 'c'", "CLUSTER BY ({operand})", "DATA_RETENTION_TIME_IN_DAYS = 1"],
  createView: [
    "CREATE VIEW {object} AS {query}",
    "CREATE {orReplace} SECURE VIEW {ifNotExists} {object} (a, b COMMENT 'x') AS {query}",
  ],
  alterTable: [
    "ALTER TABLE {object} RENAME TO u",
    "ALTER TABLE {object} ADD COLUMN {definition}",
    "ALTER TABLE {object} DROP COLUMN {name,}",
    "ALTER TABLE {object} ALTER COLUMN a SET DATA TYPE {type}",
    "ALTER TABLE {object} SET COMMENT = 'x'",
  ],
  other: [
    "COMMIT",
    "DROP TABLE IF EXISTS {object}",
    "TRUNCATE TABLE {object}",
    "USE SCHEMA s",
    "SET v = {expr}",
    "SHOW TABLES LIKE 'x%' IN SCHEMA s LIMIT 3",
    "DESCRIBE TABLE {object}",
    "GRANT SELECT ON TABLE {object} TO ROLE r",
    "CALL p({expr,})",
    "EXPLAIN {query}",
    "COMMENT ON TABLE {object} IS 'x'",
    "CREATE SEQUENCE s START 1 INCREMENT 2",
    "EXECUTE IMMEDIATE 'select ?' USING (a)",
  ],
};

/** The rules for statements that every Snowflake parser has to know. */
export const STATEMENT_GRAMMAR: Grammar = { ...EXPRESSIONS, ...QUERIES, ...STATEMENTS };

const HOLE = /\{([A-Za-z]+)(,?)\}/g;

/** A template's texts: its holes filled by their rules; `{{` and `}}` stand for one brace. */
function filled(
  template: string,
  tie: (rule: string) => fc.Arbitrary<string>,
): fc.Arbitrary<string> {
  const holes = [...template.matchAll(HOLE)].map(([, rule, comma]) => {
    const one = tie(must(rule));
    if (comma !== ",") return one;
    return fc
      .array(one, { minLength: 1, maxLength: 3, size: "small" })
      .map((all) => all.join(", "));
  });
  const pieces = template.split(HOLE).filter((_, i) => i % 3 === 0);
  return fc
    .tuple(...holes)
    .map((texts) =>
      pieces
        .map((piece, i) => piece.replaceAll("{{", "{").replaceAll("}}", "}") + (texts[i] ?? ""))
        .join(""),
    );
}

/** Generators of texts, one for each rule of a grammar; nesting ends after `maxDepth` rules. */
export function generators(
  grammar: Grammar,
  maxDepth: number,
): Readonly<Record<string, fc.Arbitrary<string>>> {
  const depthIdentifier = fc.createDepthIdentifier();
  return fc.letrec<Record<string, string>>((tie) =>
    Object.fromEntries(
      Object.entries(grammar).map(([rule, templates]) => {
        const options = templates.map((template) => filled(template, (name) => tie(name)));
        const isLeaf = templates.every((template) => template.search(HOLE) < 0);
        if (isLeaf) return [rule, fc.constantFrom(...templates)];
        return [rule, fc.oneof({ maxDepth, depthIdentifier, depthSize: "medium" }, ...options)];
      }),
    ),
  );
}
