/**
 * DDL statements between sessions. What changes a table physically has to wait for the transactions that write it: DuckDB
 * would fail their commits. The waiting is done outside of the DDL turn, so that other objects' DDL goes on meanwhile.
 */

import { SnowflakeError } from "../../translator/base/errors.ts";
import type { Catalog, CatalogEdit } from "../catalog/catalog.ts";
import type { CatalogChange, Snapshot } from "../catalog/snapshot.ts";
import type { Transactions, WriteStatement } from "../storage/transactions.ts";
import type { StatementWriter } from "../storage/writer.ts";
import { exclusiveLocks } from "./stream-range.ts";

const LOCK_CODE = "000625";

/**
 * Runs a DDL statement: commits what is open, edits catalog and tables in one transaction.
 * @throws 000625 when a table stays locked for longer than LOCK_TIMEOUT
 */
export async function runDdl<Result>(
  catalog: Catalog,
  transactions: Transactions,
  statement: Pick<WriteStatement, "queryId" | "lockTimeoutSeconds">,
  edit: (snapshot: Snapshot) => Promise<CatalogEdit<StatementWriter, Result>>,
): Promise<Result> {
  for (;;) {
    let locks: WriteStatement["locks"] = [];
    try {
      return await catalog.edit((work, changes, publish, { consumes, writes }) => {
        const { snapshot } = catalog;
        locks = [
          ...tableLocks(snapshot, changes),
          ...exclusiveLocks([...writes, ...consumes], snapshot),
        ];
        const ddl = { ...statement, locks, lockTimeoutSeconds: 0, consumes };
        return transactions.ddl(ddl, work, publish);
      }, edit);
    } catch (error) {
      const busy = error instanceof SnowflakeError && error.code === LOCK_CODE;
      if (!busy || locks.length === 0 || statement.lockTimeoutSeconds === 0) throw error;
      await transactions.waitFor({ ...statement, locks });
    }
  }
}

/** The existing tables and streams that the changes rewrite or remove. */
function tableLocks(
  snapshot: Snapshot,
  changes: readonly CatalogChange[],
): WriteStatement["locks"] {
  return changes.flatMap((change) => {
    const id = change.kind === "put" ? change.object.id : change.id;
    const table = snapshot.get(id);
    // What consumes a stream holds it until it commits.
    if (table?.kind === "stream") return exclusiveLocks([id], snapshot);
    if (table?.kind !== "table") return [];
    // A drop keeps the table for UNDROP, with what other transactions still commit to it.
    if (change.kind === "put" && change.object.droppedAt !== undefined) return [];
    return [{ table: id, name: table.name, mode: "exclusive" as const }];
  });
}
