/**
 * EXPLAIN. The operations are those of DuckDB's plan under Snowflake's names. There are no micro-partitions here: each table that
 * is read counts as one partition, and bytes are 0.
 * https://docs.snowflake.com/en/sql-reference/sql/explain
 */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { BoundQuery } from "../../translator/bind/bound.ts";
import type { QualifiedName } from "../../translator/bind/catalog.ts";
import { type Plan, planLines, planRows } from "../../translator/functions/explain-text.ts";
import type { Statement } from "../../translator/statements/statement.ts";
import { numberType, type SnowType, textType } from "../../translator/types/types.ts";
import type { Cell, ResultColumn } from "../results/stream.ts";
import type { Execution, Handler, StatementResult } from "./execution.ts";
import { explainedOperations, type Operation, profiledOperations } from "./explain-plan.ts";
import { fillPlaceholders } from "./placeholders.ts";
import { protectedOperations } from "./protected-reads.ts";
import { translateFor } from "./query-plan.ts";
import { tablesRead } from "./read-tables.ts";
import { constantAt } from "./read-values.ts";
import { SELECT_STATEMENT } from "./statement-types.ts";

const TABLE_SCAN = "TableScan";
const TEXT_COLUMN = textType(16_777_216);
const COUNT = numberType(38, 0);

export const PLAN_COLUMNS: readonly (readonly [name: string, type: SnowType])[] = [
  ["step", COUNT],
  ["id", COUNT],
  ["parentOperators", TEXT_COLUMN],
  ["operation", TEXT_COLUMN],
  ["objects", TEXT_COLUMN],
  ["alias", TEXT_COLUMN],
  ["expressions", TEXT_COLUMN],
  ["partitionsTotal", COUNT],
  ["partitionsAssigned", COUNT],
  ["bytesAssigned", COUNT],
];

/** @throws what the statement itself would throw when it is compiled; 000002 for one that is no query or DML */
export const explain: Handler<"explain"> = async ({ format, statement }, execution) => {
  // The explained statement shares the text of the whole: its translation must not be kept for that text.
  execution.lookups.count++;
  const plan = await planOf(statement, execution.text, execution);
  switch (format ?? "TABULAR") {
    case "TABULAR":
      return result(PLAN_COLUMNS, planRows(plan));
    case "TEXT":
      return result(
        [["content", TEXT_COLUMN]],
        planLines(plan).map((line) => [line]),
      );
    case "JSON":
      return result([["content", TEXT_COLUMN]], [[JSON.stringify(plan)]]);
  }
};

function result(
  columns: readonly (readonly [name: string, type: SnowType])[],
  rows: readonly (readonly Cell[])[],
): StatementResult {
  const typed: readonly ResultColumn[] = columns.map(([name, type]) => ({
    name,
    type,
    nullable: true,
  }));
  return { columns: typed, rows: { kind: "cells", rows }, statementType: SELECT_STATEMENT };
}

const DML: Readonly<Partial<Record<Statement["kind"], string>>> = {
  insert: "Insert",
  multi_insert: "MultiTableInsert",
  update: "Update",
  delete: "Delete",
  merge: "Merge",
};

/**
 * The plan of a query or DML statement.
 * @param text what the statement's spans point into
 */
export async function planOf(
  statement: Statement,
  text: string,
  execution: Execution,
): Promise<Plan> {
  const operations = await operationsOf(statement, text, execution);
  const scans = operations.filter(({ operation }) => operation === TABLE_SCAN).length;
  const list = operations.map(({ id, parents, operation, objects, expressions }) => ({
    id,
    ...(parents.length > 0 && { parentOperators: parents }),
    operation,
    ...(objects.length > 0 && { objects }),
    ...(expressions.length > 0 && { expressions }),
    ...(operation === TABLE_SCAN && {
      partitionsAssigned: 1,
      partitionsTotal: 1,
      bytesAssigned: 0,
    }),
  }));
  const stats = { partitionsTotal: scans, partitionsAssigned: scans, bytesAssigned: 0 };
  return { GlobalStats: stats, Operations: [list] };
}

/** A statement's plan, and the same after a run of what it reads, where that changes nothing. */
export async function profileOf(
  statement: Statement,
  text: string,
  execution: Execution,
): Promise<readonly Operation[]> {
  return operationsOf(statement, text, execution, true);
}

async function operationsOf(
  statement: Statement,
  text: string,
  execution: Execution,
  isRun = false,
): Promise<readonly Operation[]> {
  const name = DML[statement.kind];
  if (name === undefined && statement.kind !== "select") {
    const feature = `EXPLAIN ${statement.kind.replaceAll("_", " ").toUpperCase()}`;
    throw snowflakeError("unsupportedFeature", { feature });
  }
  // Nothing that the statement asks of the server is done: SYSTEM$WAIT does not wait.
  const described = { ...execution, describeOnly: true };
  const translated = await translateFor(statement, text, described);
  const names = { tables: tableNames(translated.bound), columns: columnNames(translated.bound) };
  if (translated.kind === "query") {
    const expressions = resultExpressions(translated.bound);
    const root = { operation: "Result", objects: [], expressions };
    const guarded = protectedOperations(translated.bound, root);
    if (guarded !== undefined) return guarded;
    const isHarmless = !translated.features.isVolatile && !drawsValues(translated.bound);
    if (isRun && isHarmless) {
      const profile = await enginePlan("ANALYZE, ", translated.sql, execution);
      return profiledOperations(profile, root, names);
    }
    return explainedOperations(await enginePlan("", translated.sql, execution), root, names);
  }
  const { lowered } = translated;
  const objects = "table" in lowered ? [qualified(lowered.table.name)] : [];
  const root = { operation: name ?? "", objects, expressions: [] };
  const guarded = protectedOperations(translated.bound, root);
  if (guarded !== undefined) return guarded;
  const plan = "select" in lowered ? await enginePlan("", lowered.select, execution) : "[]";
  return explainedOperations(plan, root, names);
}

/** Plain columns with the name of their table, everything else by its column's name. */
function resultExpressions({ body, columns }: BoundQuery): string[] {
  if (body.kind !== "select") return columns.map(({ name }) => name);
  const aliases = tableAliases(body);
  return body.items.map(({ expression }, index) => {
    const table = expression.kind === "column" ? aliases.get(expression.relation) : undefined;
    const name = columns[index]?.name ?? "";
    return table === undefined || expression.kind !== "column"
      ? name
      : `${table}.${expression.name}`;
  });
}

/** The last part of a table's name by the alias that its rows have in the plan. */
function tableAliases(
  node: unknown,
  found: Map<string, string> = new Map(),
): ReadonlyMap<string, string> {
  if (Array.isArray(node)) {
    for (const item of node) tableAliases(item, found);
  } else if (typeof node === "object" && node !== null) {
    if ("kind" in node && node.kind === "table" && "alias" in node && "table" in node) {
      found.set(String(node.alias), (node.table as QualifiedName).name);
    }
    for (const [key, value] of Object.entries(node)) {
      if (key !== "entry" && key !== "signature" && key !== "type") {
        tableAliases(value, found);
      }
    }
  }
  return found;
}

/** Snowflake's names of the columns that a bound statement reads, by DuckDB's. */
function columnNames(
  node: unknown,
  found: Map<string, string> = new Map(),
): ReadonlyMap<string, string> {
  if (Array.isArray(node)) {
    for (const item of node) columnNames(item, found);
  } else if (typeof node === "object" && node !== null) {
    if ("kind" in node && node.kind === "column" && "physical" in node && "name" in node) {
      found.set(String(node.physical).replaceAll('"', ""), String(node.name));
    }
    for (const [key, value] of Object.entries(node)) {
      if (key !== "entry" && key !== "signature" && key !== "type") columnNames(value, found);
    }
  }
  return found;
}

/** Whether a bound query takes values of a sequence. */
function drawsValues(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(drawsValues);
  if (typeof node !== "object" || node === null) return false;
  if ("kind" in node && node.kind === "nextval") return true;
  return Object.entries(node).some(
    ([key, value]) => !["entry", "signature", "type"].includes(key) && drawsValues(value),
  );
}

function tableNames(bound: unknown): ReadonlyMap<string, string> {
  return new Map([...tablesRead(bound)].map(([physical, name]) => [physical, qualified(name)]));
}

function qualified({ database, schema, name }: QualifiedName): string {
  return `${database}.${schema}.${name}`;
}

/** DuckDB's plan of a SELECT as JSON; with the option ANALYZE after running it. */
async function enginePlan(
  options: "" | "ANALYZE, ",
  select: string,
  execution: Execution,
): Promise<string> {
  const sql = `EXPLAIN (${options}FORMAT JSON) ${fillPlaceholders(select, execution)}`;
  const { chunks } = await execution.session.transactions.read((connection) =>
    connection.query(sql),
  );
  const plan = chunks[0]?.columns[1];
  return plan === undefined ? "[]" : String(constantAt(plan, 0));
}
