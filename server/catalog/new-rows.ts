/**
 * A table or view that shows only the rows that came with some commits: what the condition of an alert on new data reads.
 * https://docs.snowflake.com/en/user-guide/alerts
 */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { Relation } from "../../translator/bind/catalog.ts";
import { changesBetween, versionsWhere } from "../storage/history.ts";
import { quoted } from "./information-schema/names.ts";
import type { Snapshot } from "./snapshot.ts";
import { CHANGE_COLUMNS, changesOfView } from "./stream-relation.ts";
import { type TrackedSurroundings, tablesBehind } from "./tracked-view.ts";

/** The commits after one and up to another, by their numbers. */
export type CommitRange = { readonly after: number; readonly until: number };

type Surroundings = Omit<TrackedSurroundings, "rows"> & { readonly snapshot: Snapshot };

/**
 * @throws 000002 for a view that cannot be followed, and an error for a table whose changes are not tracked
 */
export function newRowsOf(
  relation: Relation,
  { after, until }: CommitRange,
  around: Surroundings,
): Relation {
  const from = versionsWhere(`commit_number <= ${after}`);
  const to = versionsWhere(`commit_number <= ${until}`);
  if (relation.kind === "inline") return relation;
  const { name, protection } = relation;
  if (relation.kind === "view") {
    for (const id of tablesBehind(relation, around)) checkTracked(id, around.snapshot);
    const changes = changesOfView(relation, "append_only", from, to, around);
    const columns = changes.columns.filter((column) => !CHANGE_COLUMNS.includes(column));
    return { ...changes, columns };
  }
  checkTracked(relation.id, around.snapshot);
  return {
    kind: "inline",
    name,
    sql: changesBetween(around.stored(relation), "append_only", from, to),
    columns: relation.columns.map(({ default: _, ...column }) => column),
    protection,
  };
}

function checkTracked(id: number, snapshot: Snapshot): void {
  const table = snapshot.get(id);
  if (table?.options["CHANGE_TRACKING"] === "true") return;
  throw snowflakeError("changeTrackingMissing", { table: quoted(table?.name ?? "") });
}
