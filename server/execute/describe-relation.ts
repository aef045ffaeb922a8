/** DESCRIBE TABLE and VIEW. https://docs.snowflake.com/en/sql-reference/sql/desc-table */

import type { QualifiedName } from "../../translator/bind/catalog.ts";
import {
  columnsOf,
  columnTypeText,
  expressionDefault,
  identityText,
  type RelationColumnFacts,
} from "../catalog/information-schema/column-facts.ts";
import { INFORMATION_SCHEMA } from "../catalog/information-schema/objects.ts";
import type { Constraint } from "../catalog/objects.ts";
import { referencedPolicy } from "../catalog/protection.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import type { Execution, StatementResult } from "./execution.ts";
import { findMember, notFound, shownQualified } from "./names.ts";
import { relationColumns } from "./show/columns.ts";
import { type ShowRow, shapedResult, yn } from "./show/rows.ts";
import { DESCRIBE_STATEMENT } from "./statement-types.ts";

/** What DESCRIBE RESULT lists, and DESCRIBE TABLE with two more. */
export const RESULT_SHAPE =
  "name, type, kind, null?, default, primary key, unique key, check, expression, comment";
const RELATION_SHAPE = `${RESULT_SHAPE}, policy name, privacy domain`;

export function describedColumn(
  column: RelationColumnFacts,
  constraints: readonly Constraint[],
): ShowRow {
  const isIn = (kind: Constraint["kind"]) =>
    yn(constraints.some((item) => item.kind === kind && item.columns.includes(column.name)));
  return {
    name: column.name,
    type: columnTypeText(column.type),
    kind: column.expression === undefined ? "COLUMN" : "VIRTUAL",
    "null?": yn(column.nullable),
    default: identityText(column.default) ?? expressionDefault(column.default) ?? null,
    "primary key": isIn("primary_key"),
    "unique key": isIn("unique"),
    check: null,
    expression: column.expression ?? null,
    comment: column.comment === "" ? null : column.comment,
    "policy name": null,
    "privacy domain": null,
  };
}

/**
 * One row per column. TABLE and VIEW mean the same.
 * @param title the kind for the message: `Table`
 * @throws 002003 when there is no such table or view
 */
export function describeRelation(
  name: QualifiedName,
  title: string,
  execution: Execution,
): StatementResult {
  if (name.schema === INFORMATION_SCHEMA) {
    const rows = relationColumns(name, execution).map((column) => describedColumn(column, []));
    return shapedResult(RELATION_SHAPE, rows, DESCRIBE_STATEMENT);
  }
  const found = findMember(execution.account.catalog.snapshot, "relation", name, execution);
  if (found?.kind !== "table" && found?.kind !== "view") {
    throw notFound(title, shownQualified(name));
  }
  const constraints = found.kind === "table" ? found.constraints : [];
  const { snapshot } = execution.account.catalog;
  const rows = columnsOf(found).map((column) => ({
    ...describedColumn(column, constraints),
    "policy name": maskName(column, snapshot),
  }));
  return shapedResult(RELATION_SHAPE, rows, DESCRIBE_STATEMENT);
}

/** The whole name of a column's own masking policy. */
function maskName({ masking }: RelationColumnFacts, snapshot: Snapshot): string | null {
  if (masking === undefined) return null;
  const { schemaId, name } = referencedPolicy(masking, snapshot);
  return shownQualified({ ...snapshot.qualify(schemaId), name });
}
