/** What dynamic tables were described as, and until when: the rows of DYNAMIC_TABLE_GRAPH_HISTORY. */

import {
  type DynamicTable,
  inputsOf,
  isDynamic,
  liveDynamicTables,
  relationWord,
} from "../../catalog/dynamic-table.ts";
import type { CatalogChange, Snapshot } from "../../catalog/snapshot.ts";
import { REFRESH_HISTORY_LIMIT } from "../../limits.ts";

export type Description = {
  readonly table: DynamicTable;
  readonly database: string;
  readonly schema: string;
  readonly inputs: readonly {
    readonly database: string;
    readonly schema: string;
    readonly name: string;
    readonly kind: string;
  }[];
  /** Undefined while it holds. */
  readonly validTo: number | undefined;
};

function describe(table: DynamicTable, snapshot: Snapshot, validTo?: number): Description {
  const inputs = inputsOf(table, snapshot).map((input) => ({
    ...snapshot.qualify(input.schemaId),
    name: input.name,
    kind: relationWord(input),
  }));
  return { table, ...snapshot.qualify(table.schemaId), inputs, validTo };
}

export class Descriptions {
  #known = new Map<number, DynamicTable>();
  /** Oldest first. */
  readonly #past: Description[] = [];

  /** Takes up the tables that are there when the account opens. */
  load(snapshot: Snapshot): void {
    this.#known = new Map(liveDynamicTables(snapshot).map((table) => [table.id, table]));
  }

  /** Ends the descriptions that changes of the catalog replace. @param snapshot the catalog with the changes */
  update(snapshot: Snapshot, changes: readonly CatalogChange[], now: number): void {
    for (const change of changes) {
      const id = change.kind === "put" ? change.object.id : change.id;
      const next = snapshot.get(id);
      const live = isDynamic(next) && next.droppedAt === undefined ? next : undefined;
      const known = this.#known.get(id);
      if (known !== undefined && known.dynamic.validFrom !== live?.dynamic.validFrom) {
        this.#past.push(describe(known, snapshot, live?.dynamic.validFrom ?? now));
        if (this.#past.length > REFRESH_HISTORY_LIMIT) this.#past.shift();
      }
      if (live === undefined) this.#known.delete(id);
      else this.#known.set(id, live);
    }
  }

  /** Those that hold now. */
  current(snapshot: Snapshot): Description[] {
    return liveDynamicTables(snapshot).map((table) => describe(table, snapshot));
  }

  /** Those that hold no more, oldest first. */
  past(): readonly Description[] {
    return this.#past;
  }
}
