/**
 * ALTER COLUMN … SET and UNSET of masking policies and tags, of tables and views.
 * https://docs.snowflake.com/en/sql-reference/sql/alter-table-column
 */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { ColumnChange } from "../../translator/statements/alter_column.ts";
import type { CatalogColumn, TableObject, ViewColumn, ViewObject } from "../catalog/objects.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import { taggedChange } from "./alter-tags.ts";
import type { Execution } from "./execution.ts";
import { shown } from "./names.ts";
import { maskingReference } from "./policy-attachments.ts";

type GovernanceChange = Extract<
  ColumnChange,
  { kind: "set_policy" | "unset_policy" | "set_tags" | "unset_tags" }
>;

export function isGovernanceChange(change: ColumnChange): change is GovernanceChange {
  const { kind } = change;
  return (
    kind === "set_policy" || kind === "unset_policy" || kind === "set_tags" || kind === "unset_tags"
  );
}

/**
 * The column as the change leaves it.
 * @throws 002003 for a policy or tag that is not there, 003529 for a second policy, 000002 for a kind of policy that is not here
 */
export function governedColumn<Column extends CatalogColumn | ViewColumn>(
  column: Column,
  change: GovernanceChange,
  relation: TableObject | ViewObject,
  snapshot: Snapshot,
  execution: Execution,
): Column {
  switch (change.kind) {
    case "set_policy": {
      const { policy, force } = change;
      const masking = maskingReference(policy, column, relation, force, snapshot, execution);
      return { ...column, masking };
    }
    case "unset_policy":
      if (change.policyKind !== "MASKING POLICY") {
        throw snowflakeError("unsupportedFeature", { feature: change.policyKind });
      }
      return { ...column, masking: undefined };
    case "set_tags":
    case "unset_tags":
      return { ...column, ...tagsOf(column, change, snapshot, execution) };
  }
}

function tagsOf(
  column: CatalogColumn | ViewColumn,
  change: Extract<GovernanceChange, { kind: "set_tags" | "unset_tags" }>,
  snapshot: Snapshot,
  execution: Execution,
): Pick<CatalogColumn, "tags"> {
  const { tags } = taggedChange({ tags: column.tags }, change, snapshot, execution);
  return { tags };
}

/**
 * A view's columns after ALTER VIEW … ALTER COLUMN. COMMENT is not on the page of ALTER VIEW, but Snowflake runs it and
 * SQLMesh needs it.
 * @throws 000904 for a column that is not there
 */
export function alteredViewColumns(
  view: ViewObject,
  alterations: readonly {
    readonly column: { readonly name: string };
    readonly change: ColumnChange;
  }[],
  snapshot: Snapshot,
  execution: Execution,
): ViewObject["columns"] {
  let { columns } = view;
  for (const { column: identifier, change } of alterations) {
    const current = columns.find((column) => column.name === identifier.name);
    if (current === undefined) {
      throw snowflakeError("columnNotFound", { name: shown(identifier.name) });
    }
    const now = { ...view, columns };
    const altered = isGovernanceChange(change)
      ? governedColumn(current, change, now, snapshot, execution)
      : commented(current, change);
    columns = columns.map((column) => (column === current ? altered : column));
  }
  return columns;
}

function commented(column: ViewColumn, change: ColumnChange): ViewColumn {
  if (change.kind === "set_comment") return { ...column, comment: change.comment };
  if (change.kind === "unset_comment") return { ...column, comment: "" };
  const words = change.kind.toUpperCase().replaceAll("_", " ");
  throw snowflakeError("unsupportedFeature", { feature: `ALTER VIEW ALTER COLUMN ${words}` });
}
