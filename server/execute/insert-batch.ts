/** INSERT … VALUES with array binds: all rows of the batch in one statement (wire.md 1.7). */

import type { BindReference, Expression } from "../../translator/ast/expressions.ts";
import { substituteBinds } from "../../translator/ast/substitute.ts";
import { walkExpression } from "../../translator/ast/walk.ts";
import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import { parseStatement } from "../../translator/statements/statement.ts";
import { type BatchTable, batchTable } from "./batch-table.ts";
import type { BatchBinding } from "./bindings.ts";
import { typedValue } from "./binds.ts";
import { dml, insertFromBatch } from "./dml.ts";
import type { Execution, StatementOf, StatementResult } from "./execution.ts";
import { translateFor } from "./query-plan.ts";

/** Up to this many rows are written as VALUES; more are appended to a table and read from there. */
const ROWS_AS_VALUES = 100;

type Insert = StatementOf<"insert">;

/** Whether rows of binds can go through the statement: INSERT … VALUES with one row. */
export function isOneRow({ source }: Insert): boolean {
  return source.kind === "values" && source.rows.length === 1;
}

/**
 * Runs an INSERT of one row for every row of the batch as one statement. Values keep the types of their binding.
 * @throws 390400 for a batch without rows
 */
export async function insertBatch(
  statement: Insert,
  execution: Execution,
  batch: BatchBinding,
): Promise<StatementResult> {
  const { source } = statement;
  const row = must(source.kind === "values" ? source.rows[0] : undefined);
  if (batch.rowCount === 0) throw snowflakeError("badRequest", { detail: "an empty batch" });
  if (execution.describeOnly) return dml(...insertOf(statement, row, execution, batch, 1));
  const isSmall = batch.rowCount <= ROWS_AS_VALUES;
  const table = isSmall || row.some(hasDefault) ? undefined : batchTable(batch);
  if (table === undefined) {
    return dml(...insertOf(statement, row, execution, batch, batch.rowCount));
  }
  // What VALUES may not hold is refused by the form that the user wrote.
  const [first, context] = insertOf(statement, row, execution, batch, 1);
  await translateFor(first, execution.text, context);
  return insertFromBatch(
    selectOf(statement, row, batch),
    withTable(execution, table, batch),
    table,
  );
}

function hasDefault(cell: Expression): boolean {
  let found = false;
  walkExpression(cell, {
    expression: (node) => {
      found ||= node.kind === "default";
    },
  });
  return found;
}

/** The statement's `TABLE($1)` is the batch. */
function withTable(
  execution: Execution,
  { relation }: BatchTable,
  { isStaged }: BatchBinding,
): Execution {
  const context = { ...execution.context, pipe: () => relation, textBinds: isStaged };
  return { ...execution, context, batch: undefined };
}

/** The insert as INSERT … SELECT from the batch, each bind a column of it. */
function selectOf(statement: Insert, row: readonly Expression[], batch: BatchBinding): Insert {
  const names = batch.columns.map((_, index) => `C${index + 1}`);
  const shell = parseStatement(`SELECT ${names.join(", ")} FROM TABLE($1)`);
  if (shell.kind !== "select" || shell.query.body.kind !== "select") throw new Error("a SELECT");
  const { body } = shell.query;
  const columns = new Map(
    batch.columns.map(({ key }, index) => {
      const item = must(body.items[index]);
      if (item.kind !== "expression") throw new Error("a column");
      return [key, item.expression];
    }),
  );
  const items = row.map((cell) => ({
    kind: "expression" as const,
    expression: substituteBinds(cell, (bind) => columns.get(keyOf(bind))),
    span: cell.span,
  }));
  return {
    ...statement,
    source: { kind: "query", query: { ...shell.query, body: { ...body, items } } },
  };
}

function keyOf({ name, index }: BindReference): string {
  return name?.name ?? String(index);
}

/** The insert with the batch's first rows as VALUES, each bind under a number of its own. */
function insertOf(
  statement: Insert,
  row: readonly Expression[],
  execution: Execution,
  batch: BatchBinding,
  rowCount: number,
): [Insert, Execution] {
  const width = batch.columns.length;
  const byKey = new Map(batch.columns.map((column, index) => [column.key, index]));
  const rows = Array.from({ length: rowCount }, (_, at) =>
    row.map((cell) =>
      substituteBinds(cell, (bind) => {
        const column = byKey.get(keyOf(bind));
        // Left beyond all numbers in use, so that the binder says which one is not set.
        if (column === undefined) return { ...bind, index: -1 };
        return { ...bind, name: undefined, index: at * width + column + 1 };
      }),
    ),
  );
  const bind = (key: number | string) => {
    const number = Number(key) - 1;
    if (!(number >= 0)) return undefined;
    const column = batch.columns[number % width];
    const value = column?.values[Math.floor(number / width)];
    if (column === undefined || value === undefined) return undefined;
    return typedValue({ type: column.type, value });
  };
  const context = { ...execution.context, bind, textBinds: batch.isStaged };
  return [
    { ...statement, source: { kind: "values", rows } },
    { ...execution, context, batch: undefined },
  ];
}
