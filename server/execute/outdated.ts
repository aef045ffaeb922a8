/**
 * Statements that meet another session's DDL. A statement is translated against the catalog as it was when the statement began; by
 * the time it reaches the engine, or has its locks, a table may have got other columns. Then it runs again.
 */

import type { Statement } from "../../translator/statements/statement.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { TableObject } from "../catalog/objects.ts";
import { asSnowflakeError } from "./errors.ts";
import type { Execution } from "./execution.ts";

const INTERNAL = "370001";
/** So many changes in a row while one statement tries to run are a defect rather than bad luck. */
const ATTEMPTS_MAX = 20;
const REPEATABLE: ReadonlySet<Statement["kind"]> = new Set([
  "delete",
  "insert",
  "merge",
  "multi_insert",
  "select",
  "truncate",
  "update",
]);

/** The catalog has another definition of a table than the statement was translated against. */
class OutdatedTranslationError extends Error {
  override readonly name = "OutdatedTranslationError";
}

/**
 * The table that a writing statement changes, asked for when its locks are held.
 * @throws OutdatedTranslationError when the table was changed since the statement was translated; `unlessOutdated` repeats it
 */
export function lockedTable(id: number, { account, snapshot }: Execution): TableObject {
  const found = account.catalog.snapshot.get(id);
  if (found?.kind !== "table" || found !== snapshot.get(id)) {
    throw new OutdatedTranslationError(`table ${id} was changed by another session`);
  }
  return found;
}

/**
 * Runs a query or DML statement again when it failed for a reason that no statement should fail for, and another session has
 * changed the catalog since it was translated. The failed attempt has undone itself.
 * @param attempt translates against the newest catalog and runs
 */
export async function unlessOutdated<Result>(
  catalog: Catalog,
  { kind }: Statement,
  attempt: () => Promise<Result>,
): Promise<Result> {
  for (let attempts = 1; ; attempts++) {
    const { snapshot } = catalog;
    try {
      return await attempt();
    } catch (error) {
      const mayRepeat = REPEATABLE.has(kind) && asSnowflakeError(error).code === INTERNAL;
      if (!mayRepeat || attempts === ATTEMPTS_MAX) throw error;
      // The engine shows a commit a moment before the catalog does.
      await catalog.published();
      if (catalog.snapshot === snapshot) throw error;
    }
  }
}
