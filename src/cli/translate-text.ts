/** A translation as text: the DuckDB SQL alone, or with the steps that led to it. */

import type { OutputColumn } from "../../translator/bind/bound.ts";
import { tokenize } from "../../translator/lex/lexer.ts";
import type { LoweredColumn, LoweredDml, LoweredInsert } from "../../translator/lower/dml.ts";
import {
  parseStatement,
  printStatement,
  type Statement,
} from "../../translator/statements/statement.ts";
import {
  type NeedsPrequery,
  type TranslatedDml,
  type TranslatedQuery,
  translateStatement,
} from "../../translator/translate.ts";
import { typeText } from "../../translator/types/names.ts";
import type { DeclaredCatalog } from "../declared-catalog.ts";

type Translated = TranslatedQuery | TranslatedDml | NeedsPrequery;

/** The DuckDB SQL of one statement; a CREATE statement is declared to the catalog instead. */
export function translated(text: string, catalog: DeclaredCatalog): string {
  const statement = parseStatement(text);
  if (catalog.declare(statement, text)) return `-- declared: ${printStatement(statement)}`;
  return duckSql(translateStatement(statement, text, catalog.context()));
}

/** The steps of one statement: tokens, the tree as SQL, columns with their types, DuckDB SQL. */
export function explain(text: string, catalog: DeclaredCatalog): string {
  const tokens = tokenize(text).length - 1;
  const statement = parseStatement(text);
  const steps = [
    step("tokens", [String(tokens)]),
    step("statement", [statement.kind.replaceAll("_", " ")]),
    step("parsed", printStatement(statement).split("\n")),
  ];
  if (catalog.declare(statement, text)) return [...steps, step("declared", ["yes"])].join("\n");
  return [...steps, ...boundSteps(statement, text, catalog)].join("\n");
}

function boundSteps(statement: Statement, text: string, catalog: DeclaredCatalog): string[] {
  const result = translateStatement(statement, text, catalog.context());
  const sql = step("DuckDB", duckSql(result).split("\n"));
  if (result.kind !== "query") return [sql];
  const { isVolatile } = result.features;
  return [
    step("columns", columnLines(result.columns)),
    step("volatile", [isVolatile ? "yes: another run may give other rows" : "no"]),
    sql,
  ];
}

const LABEL_WIDTH = 11;

function step(label: string, lines: readonly string[]): string {
  return lines
    .map((line, index) => `${(index === 0 ? label : "").padEnd(LABEL_WIDTH)}${line}`.trimEnd())
    .join("\n");
}

function columnLines(columns: readonly OutputColumn[]): string[] {
  const width = Math.max(0, ...columns.map(({ name }) => name.length));
  return columns.map(({ name, type, nullable, physical }) => {
    const full = `${typeText(type)}${nullable ? "" : " NOT NULL"}`;
    return `${name.padEnd(width)}  ${full}  (${physical})`;
  });
}

function duckSql(result: Translated): string {
  switch (result.kind) {
    case "query":
      return result.sql;
    case "dml":
      return dmlSql(result.lowered);
    case "prequery":
      return `-- the columns depend on data; DuckDB is first asked for them:\n${result.sql}`;
  }
}

/** The server applies a change set: the SELECT that computes it is what DuckDB runs. */
function dmlSql(dml: LoweredDml): string {
  switch (dml.kind) {
    case "insert":
      return insertSql(dml);
    case "multi_insert":
      return [
        `-- rows of the source, kept as ${dml.sourceTable}`,
        dml.source,
        ...dml.inserts.map(insertSql),
      ].join("\n");
    case "update":
      return `-- rows of ${dml.table.physical} to update: _id${namesOf(dml.columns)}\n${dml.select}`;
    case "delete":
      return `-- rows of ${dml.table.physical} to delete: _id\n${dml.select}`;
    case "merge":
      return (
        `-- changes of ${dml.table.physical}: _clause (${dml.actions.join(", ")}), _id` +
        `${namesOf(dml.columns)}\n${dml.select}`
      );
    default:
      return JSON.stringify(dml);
  }
}

function insertSql({ table, overwrite, columns, select }: LoweredInsert): string {
  const emptied = overwrite ? ", which is emptied first" : "";
  return `-- rows for ${table.physical}${emptied}:${namesOf(columns).slice(1)}\n${select}`;
}

function namesOf(columns: readonly LoweredColumn[]): string {
  return columns.map(({ name }, index) => `, c${index + 1} = ${name}`).join("");
}
