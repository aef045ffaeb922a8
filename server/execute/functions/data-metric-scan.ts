/**
 * SYSTEM$DATA_METRIC_SCAN: the rows that a data metric counts, of a table or view.
 * https://docs.snowflake.com/en/sql-reference/functions/system_data_metric_scan
 */

import { must } from "../../../translator/base/assert.ts";
import { snowflakeError } from "../../../translator/base/errors.ts";
import { splitName } from "../../../translator/bind/binder.ts";
import type { Relation } from "../../../translator/bind/catalog.ts";
import { Cursor } from "../../../translator/parse/cursor.ts";
import { parseQuery } from "../../../translator/parse/query.ts";
import { completeMember, notFound, shown, shownQualified } from "../names.ts";
import { requiredText, type ServerRequest } from "./request.ts";

/** What comes behind FROM, by metric. */
const CONDITIONS: Readonly<Record<string, (column: string) => string>> = {
  NULL_COUNT: (column) => `WHERE ${column} IS NULL`,
  NULL_PERCENT: (column) => `WHERE ${column} IS NULL`,
  BLANK_COUNT: (column) => `WHERE TRIM(${column}) = ''`,
  BLANK_PERCENT: (column) => `WHERE TRIM(${column}) = ''`,
  DUPLICATE_COUNT: (column) => `QUALIFY COUNT(*) OVER (PARTITION BY ${column}) > 1`,
};

const CORE = "SNOWFLAKE.CORE.";
const NO_SPAN = { start: 0, end: 0 };

/** @throws 002003 for an object that is not there, 000904 for such a column, 001008 for a metric whose rows cannot be told */
export function dataMetricScan(request: ServerRequest): Relation {
  const { execution } = request;
  const written = requiredText(request, 0);
  const metric = requiredText(request, 1).toUpperCase();
  const condition = metric.startsWith(CORE) ? CONDITIONS[metric.slice(CORE.length)] : undefined;
  if (condition === undefined) {
    throw snowflakeError("invalidParameterValue", { value: metric, name: "METRIC_NAME" });
  }
  const parts = splitName(written, NO_SPAN).map(({ name }) => name);
  const member = completeMember(parts, execution, "SELECT");
  const relation = execution.context.catalog.relation(member);
  if (relation === undefined) throw notFound("Object", shownQualified(member));
  const { name: column } = must(splitName(requiredText(request, 2), NO_SPAN)[0]);
  if (!relation.columns.some(({ name }) => name === column)) {
    throw snowflakeError("invalidIdentifier", { name: shown(column) });
  }
  const text = `SELECT * FROM ${shownQualified(member)} ${condition(shown(column))}`;
  const { columns } = relation;
  return { kind: "view", name: member, id: 0, query: parseQuery(new Cursor(text)), text, columns };
}
