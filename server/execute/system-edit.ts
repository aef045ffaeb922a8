/** Changes of the catalog that no statement of a session makes. */

import type { CatalogChange, Snapshot } from "../catalog/snapshot.ts";
import type { Connection } from "../storage/storage.ts";
import type { AccountState } from "./execution.ts";

export type SystemChange = {
  readonly changes: readonly CatalogChange[];
  readonly physical?: ((writer: Connection) => Promise<void>) | undefined;
};

/** Makes the changes in a transaction of their own. */
export async function systemEdit(
  { catalog, database }: AccountState,
  edit: (snapshot: Snapshot) => SystemChange,
): Promise<void> {
  const connection = await database.connect();
  try {
    await catalog.edit<Connection, undefined>(
      async (work, _changes, publish) => {
        await connection.run("BEGIN TRANSACTION");
        await work(connection);
        await connection.run("COMMIT");
        publish();
      },
      async (snapshot) => ({ ...edit(snapshot), result: undefined }),
    );
  } finally {
    await connection.close();
  }
}
