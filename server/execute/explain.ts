/**
 * EXPLAIN. The operations are those of DuckDB's plan under Snowflake's names. There are no micro-partitions here: each table that
 * is read counts as one partition, and bytes are 0.
 * https://docs.snowflake.com/en/sql-reference/sql/explain
 */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { QualifiedName } from "../../translator/bind/catalog.ts";
import type { Statement } from "../../translator/statements/statement.ts";
import { numberType, type SnowType, textType } from "../../translator/types/types.ts";
import type { Cell, ResultColumn } from "../results/stream.ts";
import type { Execution, Handler, StatementResult } from "./execution.ts";
import { explainedOperations, type Operation } from "./explain-plan.ts";
import { fillPlaceholders } from "./placeholders.ts";
import { translateFor } from "./query-plan.ts";
import { tablesRead } from "./read-tables.ts";
import { constantAt } from "./read-values.ts";
import { SELECT_STATEMENT } from "./statement-types.ts";

const TEXT_COLUMN = textType(16_777_216);
const COUNT = numberType(38, 0);

const COLUMNS: readonly (readonly [name: string, type: SnowType])[] = [
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
  const operations = await operationsOf(statement, execution);
  const scans = operations.filter((operation) => operation.operation === "TableScan").length;
  switch (format ?? "TABULAR") {
    case "TABULAR":
      return result(COLUMNS, tabular(operations, scans));
    case "TEXT":
      return result([["content", TEXT_COLUMN]], plainText(operations, scans));
    case "JSON":
      return result([["content", TEXT_COLUMN]], [[jsonText(operations, scans)]]);
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

async function operationsOf(
  statement: Statement,
  execution: Execution,
): Promise<readonly Operation[]> {
  const name = DML[statement.kind];
  if (name === undefined && statement.kind !== "select") {
    const feature = `EXPLAIN ${statement.kind.replaceAll("_", " ").toUpperCase()}`;
    throw snowflakeError("unsupportedFeature", { feature });
  }
  // Nothing that the statement asks of the server is done: SYSTEM$WAIT does not wait.
  const described = { ...execution, describeOnly: true };
  const translated = await translateFor(statement, execution.text, described);
  if (translated.kind === "query") {
    const expressions = translated.columns.map((column) => column.name);
    const plan = await planOf(translated.sql, execution);
    const root = { operation: "Result", objects: [], expressions };
    return explainedOperations(plan, root, tableNames(translated.bound));
  }
  const { lowered, bound } = translated;
  const plan = "select" in lowered ? await planOf(lowered.select, execution) : "[]";
  const objects = "table" in lowered ? [qualified(lowered.table.name)] : [];
  const root = { operation: name ?? "", objects, expressions: [] };
  return explainedOperations(plan, root, tableNames(bound));
}

function tableNames(bound: unknown): ReadonlyMap<string, string> {
  return new Map([...tablesRead(bound)].map(([physical, name]) => [physical, qualified(name)]));
}

function qualified({ database, schema, name }: QualifiedName): string {
  return `${database}.${schema}.${name}`;
}

/** DuckDB's plan of a SELECT as JSON. */
async function planOf(select: string, execution: Execution): Promise<string> {
  const sql = `EXPLAIN (FORMAT JSON) ${fillPlaceholders(select, execution)}`;
  const { chunks } = await execution.session.transactions.read((connection) =>
    connection.query(sql),
  );
  const plan = chunks[0]?.columns[1];
  return plan === undefined ? "[]" : String(constantAt(plan, 0));
}

function tabular(operations: readonly Operation[], scans: number): (readonly Cell[])[] {
  const totals = [String(scans), String(scans), "0"];
  const global: Cell[] = [null, null, null, "GlobalStats", null, null, null, ...totals];
  const rows = operations.map(({ id, parents, operation, objects, expressions }): Cell[] => {
    const isScan = operation === "TableScan";
    return [
      "1",
      String(id),
      parents.length === 0 ? null : `[${parents.join(", ")}]`,
      operation,
      objects.join(", ") || null,
      null,
      expressions.join(", ") || null,
      ...(isScan ? ["1", "1", "0"] : [null, null, null]),
    ];
  });
  return [global, ...rows];
}

function plainText(operations: readonly Operation[], scans: number): (readonly Cell[])[] {
  const head = [
    "GlobalStats:",
    `partitionsTotal=${scans}`,
    `partitionsAssigned=${scans}`,
    "bytesAssigned=0",
    "Operations:",
  ];
  const depths = new Map<number, number>();
  const lines = operations.map(({ id, parents, operation, objects, expressions }) => {
    const depth = parents.reduce(
      (most, parent) => Math.max(most, (depths.get(parent) ?? 0) + 1),
      0,
    );
    depths.set(id, depth);
    const statistics = "{partitionsTotal=1, partitionsAssigned=1, bytesAssigned=0}";
    const parts = [
      operation,
      objects.join(", "),
      expressions.join(", "),
      operation === "TableScan" ? statistics : "",
    ];
    const text = parts.filter((part) => part !== "").join("  ");
    return `1:${id}     ${"     ".repeat(depth)}->${text}`;
  });
  return [...head, ...lines, ""].map((line) => [line]);
}

function jsonText(operations: readonly Operation[], scans: number): string {
  const list = operations.map(({ id, parents, operation, objects, expressions }) => ({
    id,
    ...(parents.length > 0 && { parentOperators: parents }),
    operation,
    ...(objects.length > 0 && { objects }),
    ...(expressions.length > 0 && { expressions }),
    ...(operation === "TableScan" && {
      partitionsAssigned: 1,
      partitionsTotal: 1,
      bytesAssigned: 0,
    }),
  }));
  const stats = { partitionsTotal: scans, partitionsAssigned: scans, bytesAssigned: 0 };
  return JSON.stringify({ GlobalStats: stats, Operations: [list] });
}
