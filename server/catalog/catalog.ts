/**
 * The account's catalog: loads it, replaces the snapshot on DDL, and keeps DuckDB's copy in step. The copy
 * is one row per object (`mockhaus.objects`), written in the same DuckDB transaction as the physical DDL.
 */

import type { CatalogObject } from "./objects.ts";
import { type CatalogChange, Snapshot } from "./snapshot.ts";

/** What the catalog needs of a DuckDB connection or of a statement that writes; server/storage has both. */
export interface CatalogStore {
  run(sql: string): Promise<number>;
  rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/** A DDL statement's effect: catalog changes, and the DuckDB work that goes with them. */
export type CatalogEdit<Writer extends CatalogStore, Result> = {
  readonly changes: readonly CatalogChange[];
  readonly physical?: ((writer: Writer) => Promise<void>) | undefined;
  /** The ids of the streams that the physical work consumes: CREATE TABLE AS SELECT. */
  readonly consumes?: readonly number[] | undefined;
  /** The ids of tables beside those among the changes that the physical work writes. */
  readonly writes?: readonly number[] | undefined;
  readonly result: Result;
};

const TABLE = "mockhaus.objects";

export class Catalog {
  #snapshot = Snapshot.empty;
  #nextId = 1;
  /** DDL statements take turns: each reads the snapshot that the one before left. */
  #turn: Promise<unknown> = Promise.resolve();
  /** From when an edit's work is done, so that the engine may show its commit, until the snapshot shows it as well. */
  #publication: Publication | undefined;

  readonly #listeners: ((changes: readonly CatalogChange[]) => void)[] = [];

  /** Calls the listener after every change, when the snapshot shows it. */
  onChange(listener: (changes: readonly CatalogChange[]) => void): void {
    this.#listeners.push(listener);
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /** A new object's id. Never used again, also after a drop. */
  nextId(): number {
    return this.#nextId++;
  }

  /** Resolves when the snapshot shows every change that the engine may show by now. */
  async published(): Promise<void> {
    await this.#publication?.done;
  }

  /** Reads what the database file holds; temporary objects of sessions that died are left out by the caller. */
  async load(store: CatalogStore): Promise<void> {
    await store.run(
      `CREATE TABLE IF NOT EXISTS ${TABLE} (id BIGINT PRIMARY KEY, definition VARCHAR)`,
    );
    const changes: CatalogChange[] = [];
    for (const row of await store.rows(`SELECT id, definition FROM ${TABLE}`)) {
      this.#nextId = Math.max(this.#nextId, Number(row.id) + 1);
      const object = JSON.parse(String(row.definition)) as CatalogObject;
      changes.push({ kind: "put", object });
    }
    this.#snapshot = this.#snapshot.with(changes);
  }

  /**
   * Runs one DDL statement alone. `edit` reads the newest snapshot and says what changes; its physical work and the
   * catalog's rows are written in the transaction that `transaction` opens. The snapshot is replaced
   * only after the commit, so a failure leaves everything as it was.
   * @param transaction calls `publish` between its commit and the release of its locks, so that whoever
   *   waited for a lock finds the new snapshot
   */
  async edit<Writer extends CatalogStore, Result>(
    transaction: (
      work: (writer: Writer) => Promise<void>,
      changes: readonly CatalogChange[],
      publish: () => void,
      touched: { readonly consumes: readonly number[]; readonly writes: readonly number[] },
    ) => Promise<void>,
    edit: (snapshot: Snapshot) => Promise<CatalogEdit<Writer, Result>>,
  ): Promise<Result> {
    const turn = this.#turn.then(async () => {
      const { changes, physical, consumes = [], writes = [], result } = await edit(this.#snapshot);
      const work = async (writer: Writer) => {
        await physical?.(writer);
        for (const sql of rowsOf(changes)) await writer.run(sql);
        this.#publication = newPublication();
      };
      try {
        const publish = () => {
          if (changes.length === 0) return;
          this.#snapshot = this.#snapshot.with(changes);
          for (const listener of this.#listeners) listener(changes);
        };
        await transaction(work, changes, publish, { consumes, writes });
      } finally {
        this.#publication?.end();
        this.#publication = undefined;
      }
      return result;
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

type Publication = { readonly done: Promise<void>; readonly end: () => void };

function newPublication(): Publication {
  let end = (): void => undefined;
  const done = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { done, end };
}

/** The statements that bring `mockhaus.objects` in step with the changes. */
function rowsOf(changes: readonly CatalogChange[]): string[] {
  const statements: string[] = [];
  const rows: string[] = [];
  for (const change of changes) {
    if (change.kind === "purge") {
      statements.push(`DELETE FROM ${TABLE} WHERE id = ${change.id}`);
      continue;
    }
    const definition = JSON.stringify(change.object).replaceAll("'", "''");
    rows.push(`(${change.object.id}, '${definition}')`);
  }
  if (rows.length > 0) statements.push(`INSERT OR REPLACE INTO ${TABLE} VALUES ${rows.join(", ")}`);
  return statements;
}
