/** When dynamic tables are due to be refreshed. */

import { type DynamicTable, isDynamic } from "../../catalog/dynamic-table.ts";
import type { CatalogChange, Snapshot } from "../../catalog/snapshot.ts";
import type { Timed } from "../schedules/due.ts";
import { DynamicGraph } from "./graph.ts";
import { nextRefresh } from "./period.ts";

/** A table with a lag of its own. One without is refreshed along with those below it. */
export type Lagging = {
  readonly id: number;
  readonly table: DynamicTable;
  readonly lagSeconds: number;
};

export const REFRESH_TIMES: Timed<Lagging> = {
  concerns: mayConcernRefreshes,
  items: lagging,
  key: ({ lagSeconds }) => String(lagSeconds),
  next: ({ lagSeconds }, _snapshot, now) => nextRefresh(lagSeconds, now),
};

function lagging(snapshot: Snapshot): Lagging[] {
  const graph = new DynamicGraph(snapshot);
  return graph.tables.flatMap((table) => {
    const lagSeconds = table.dynamic.lag?.kind === "time" ? graph.lagSeconds(table.id) : undefined;
    return lagSeconds === undefined ? [] : [{ id: table.id, table, lagSeconds }];
  });
}

/** Dynamic tables come and go, also with the schema or database that holds them. */
function mayConcernRefreshes(change: CatalogChange): boolean {
  if (change.kind === "purge") return true;
  const { object } = change;
  return isDynamic(object) || ["view", "schema", "database"].includes(object.kind);
}
