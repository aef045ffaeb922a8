/** Plans of statements by text or query id, and the table functions that show them. */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { BoundExpression } from "../../../translator/bind/bound.ts";
import type { Relation } from "../../../translator/bind/catalog.ts";
import { parsePlan, planRows } from "../../../translator/functions/explain-text.ts";
import { parseStatement } from "../../../translator/statements/statement.ts";
import {
  encodeVariant,
  floatValue,
  type VariantValue,
} from "../../../translator/variant/encoding.ts";
import { parseShape } from "../../catalog/information-schema/column-spec.ts";
import { type InlineRow, inlineRelation } from "../../catalog/information-schema/inline.ts";
import type { Execution } from "../execution.ts";
import { PLAN_COLUMNS, planOf, profileOf } from "../explain.ts";
import type { Operation } from "../explain-plan.ts";
import { answered, requiredText, type ServerRequest } from "./request.ts";

const QUERY_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type Recorded = { readonly text: string; readonly execution: Execution };

/** A statement of the history, and an execution in which its names mean what they meant. */
function recorded(queryId: string, execution: Execution): Recorded {
  const record = execution.account.history.get(queryId);
  if (record === undefined) throw snowflakeError("statementNotFound", { queryId });
  const { database, schema } = record;
  const context = { ...execution.context, database, schema };
  return { text: record.text, execution: { ...execution, context } };
}

/** https://docs.snowflake.com/en/sql-reference/functions/system_explain_plan_json */
export function explainPlanJson(request: ServerRequest): BoundExpression {
  const given = requiredText(request, 0);
  const { text, execution } = QUERY_ID.test(given)
    ? recorded(given, request.execution)
    : { text: given, execution: request.execution };
  return answered(request, async () => {
    return JSON.stringify(await planOf(parseStatement(text), text, execution));
  });
}

/** https://docs.snowflake.com/en/sql-reference/functions/explain_json */
export function explainJson(request: ServerRequest): Relation {
  const rows = planRows(parsePlan(requiredText(request, 0)));
  const columns = PLAN_COLUMNS.map(([name, type]) => ({ name, type }));
  const cells = rows.map(
    (row): InlineRow =>
      Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])),
  );
  const relation = inlineRelation(functionName("EXPLAIN_JSON"), columns, cells);
  // Its columns are called as those of EXPLAIN, whose names have small letters.
  return {
    ...relation,
    columns: relation.columns.map((column, index) => ({
      ...column,
      name: columns[index]?.name ?? column.name,
    })),
  };
}

function functionName(name: string) {
  return { database: "", schema: "", name };
}

const STATISTICS_SHAPE = parseShape(`
  query_id, step_id n, operator_id n, parent_operators array, operator_type,
  operator_statistics variant, execution_time_breakdown variant, operator_attributes variant`);

/**
 * GET_QUERY_OPERATOR_STATS. Rows and times are those of another run of the query, as the tables are by now; a statement that
 * changes something is not run again and has its operators only.
 * https://docs.snowflake.com/en/sql-reference/functions/get_query_operator_stats
 */
export function queryOperatorStats(request: ServerRequest): Relation {
  const queryId = requiredText(request, 0);
  const { text, execution } = recorded(queryId, request.execution);
  const operations =
    request.answers.get(`GET_QUERY_OPERATOR_STATS:${queryId}`, () =>
      profileOf(parseStatement(text), text, execution),
    ) ?? [];
  const total = operations.reduce((sum, { measured }) => sum + (measured?.seconds ?? 0), 0);
  const rows = operations.map((operation) => statisticsRow(queryId, operation, operations, total));
  return inlineRelation(functionName("GET_QUERY_OPERATOR_STATS"), STATISTICS_SHAPE, rows);
}

function statisticsRow(
  queryId: string,
  { id, parents, operation, objects, expressions, measured }: Operation,
  all: readonly Operation[],
  total: number,
): InlineRow {
  const inputs = all.filter((other) => other.parents.includes(id));
  const inputRows = inputs.reduce((sum, input) => sum + (input.measured?.rows ?? 0), 0);
  const share = total === 0 ? 0 : (measured?.seconds ?? 0) / total;
  const statistics: VariantValue =
    measured === undefined
      ? {}
      : { ...(inputs.length > 0 && { input_rows: inputRows }), output_rows: measured.rows };
  const times: VariantValue =
    measured === undefined ? {} : { overall_percentage: floatValue(Number(share.toFixed(4))) };
  return {
    query_id: queryId,
    step_id: 1,
    operator_id: id,
    parent_operators: parents.length === 0 ? null : encodeVariant([...parents]),
    operator_type: operation,
    operator_statistics: encodeVariant(statistics),
    execution_time_breakdown: encodeVariant(times),
    operator_attributes: encodeVariant(attributesOf(operation, objects, expressions)),
  };
}

/** The documented attributes of each operator. */
function attributesOf(
  operation: string,
  objects: readonly string[],
  expressions: readonly string[],
): VariantValue {
  const [table] = objects;
  const [first = ""] = expressions;
  switch (operation) {
    case "TableScan":
      return { table_name: table ?? "", columns: [...expressions] };
    case "Filter":
      return { filter_condition: first };
    case "Sort":
    case "SortWithLimit":
      return { sort_keys: [...expressions] };
    case "Insert":
    case "Update":
    case "Delete":
    case "Merge":
      return { table_name: table ?? "" };
    default:
      if (operation.endsWith("Join") && expressions.length > 0) {
        return { equality_join_condition: first.replace(/^joinKey: /, "") };
      }
      return { expressions: [...expressions] };
  }
}
