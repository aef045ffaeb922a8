/**
 * DATA_RETENTION_TIME_IN_DAYS between objects: tables without a retention of their own follow their schema, database and account.
 * https://docs.snowflake.com/en/user-guide/data-time-travel
 */

import { changedRetention } from "../catalog/object-parameters.ts";
import type { CatalogChange, Snapshot } from "../catalog/snapshot.ts";
import type { StatementWriter } from "../storage/writer.ts";
import { changeHistory } from "./alter-table.ts";

/** The changes of a statement, and what follows from them for the retention of other objects. */
export function withRetention(
  changes: readonly CatalogChange[],
  snapshot: Snapshot,
): {
  readonly changes: readonly CatalogChange[];
  readonly physical: (writer: StatementWriter) => Promise<void>;
} {
  const followers = changedRetention(snapshot.with(changes));
  const followed = followers.map(({ object, retentionDays }): CatalogChange => {
    const changed = { ...object, retentionDays } as typeof object;
    return { kind: "put", object: changed };
  });
  const ids = new Set(followers.map(({ object }) => object.id));
  const others = changes.filter((change) => change.kind !== "put" || !ids.has(change.object.id));
  return {
    changes: [...others, ...followed],
    physical: async (writer) => {
      for (const { object, retentionDays } of followers) {
        if (object.kind !== "table") continue;
        await changeHistory(writer, object, { retentionDays, options: object.options });
      }
    },
  };
}
