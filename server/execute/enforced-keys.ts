/**
 * Keys of hybrid tables, which Snowflake enforces: after a statement has changed rows and before it commits, no primary or unique
 * key may stand twice, and every foreign key needs its row. Standard tables only remember their constraints.
 * https://docs.snowflake.com/en/sql-reference/constraints-overview
 */

import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import { referencedKey } from "../catalog/information-schema/constraint-rows.ts";
import type { Constraint, TableObject } from "../catalog/objects.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import type { WriteStatement } from "../storage/transactions.ts";
import type { StatementWriter } from "../storage/writer.ts";

/** A foreign key with both of its tables. */
type Reference = {
  readonly child: TableObject;
  readonly constraint: Constraint;
  readonly parent: TableObject;
  readonly parentColumns: readonly string[];
};

/** The name of the index that serves a constraint; unnamed constraints are known by it. */
export function constraintIndexName(table: TableObject, constraint: Constraint): string {
  if (!constraint.name.startsWith("SYS_CONSTRAINT_")) return constraint.name;
  const { references, columns } = constraint;
  const words = {
    primary_key: ["PRIMARY"],
    unique: ["UNIQUE", ...columns],
    foreign_key: ["FOREIGN_KEY", ...columns, references?.table, ...(references?.columns ?? [])],
    check: ["CHECK"],
  }[constraint.kind];
  return ["SYS_INDEX", table.name, ...words].join("_");
}

/** The hybrid tables that have to be looked at when tables change, as locks: nobody else changes them meanwhile. */
export function keyLocks(
  locks: WriteStatement["locks"],
  snapshot: Snapshot,
): WriteStatement["locks"] {
  const own = new Set(locks.map(({ table }) => table));
  const related = [...own].flatMap((id) => {
    const table = snapshot.get(id);
    if (table?.kind !== "table" || table.hybrid !== true) return [];
    return [...parentsOf(table, snapshot), ...childrenOf(table, snapshot)].flatMap(
      ({ child, parent }) => [child, parent],
    );
  });
  const others = [...new Map(related.map((table) => [table.id, table])).values()]
    .filter(({ id }) => !own.has(id))
    .map(({ id, name }) => ({ table: id, name, mode: "share" as const }));
  const mine = locks.map((lock) => {
    const table = snapshot.get(lock.table);
    const isHybrid = table?.kind === "table" && table.hybrid === true;
    return isHybrid ? { ...lock, mode: "exclusive" as const } : lock;
  });
  return [...mine, ...others];
}

/**
 * Checks the keys of the hybrid tables among those that a statement has changed.
 * @throws 200001 for a key that stands twice, 200009 for a foreign key without its row
 */
export async function enforceKeys(
  writer: StatementWriter,
  tables: readonly TableObject[],
  snapshot: Snapshot,
): Promise<void> {
  for (const table of tables) {
    if (table.hybrid !== true) continue;
    for (const constraint of table.constraints) await enforceUnique(writer, table, constraint);
    for (const reference of parentsOf(table, snapshot)) {
      await enforceReference(writer, reference, `c._from = ${writer.version}`);
    }
    for (const reference of childrenOf(table, snapshot)) {
      await enforceReference(writer, reference, "TRUE");
    }
  }
}

async function enforceUnique(
  writer: StatementWriter,
  table: TableObject,
  constraint: Constraint,
): Promise<void> {
  if (constraint.kind !== "primary_key" && constraint.kind !== "unique") return;
  const keys = physical(table, constraint.columns).join(", ");
  const changed = `SELECT DISTINCT ${keys} FROM ${table.physical} WHERE _from = ${writer.version}`;
  // A key with a NULL in it meets none: USING compares as = does.
  const twice = await writer.rows(
    `SELECT count(*) AS n FROM ${table.physical} SEMI JOIN (${changed}) AS changed USING (${keys})
     GROUP BY ${keys} HAVING count(*) > 1 LIMIT 1`,
  );
  if (twice.length === 0) return;
  if (constraint.kind === "primary_key") throw snowflakeError("primaryKeyExists", {});
  throw snowflakeError("uniqueKeyExists", { name: constraintIndexName(table, constraint) });
}

async function enforceReference(
  writer: StatementWriter,
  { child, constraint, parent, parentColumns }: Reference,
  where: string,
): Promise<void> {
  const pairs = physical(child, constraint.columns).map(
    (column, index) => `c.${column} = p.${must(physical(parent, parentColumns)[index])}`,
  );
  const orphans = await writer.rows(
    `SELECT c._id FROM ${child.physical} AS c ANTI JOIN ${parent.physical} AS p ON ${pairs.join(" AND ")}
     WHERE ${where} LIMIT 1`,
  );
  if (orphans.length === 0) return;
  throw snowflakeError("foreignKeyViolated", { name: constraintIndexName(child, constraint) });
}

function physical(table: TableObject, names: readonly string[]): readonly string[] {
  return names.map((name) => must(table.columns.find((column) => column.name === name)).physical);
}

/** The foreign keys of a table whose parents are there. */
function parentsOf(child: TableObject, snapshot: Snapshot): readonly Reference[] {
  return child.constraints.flatMap((constraint) => {
    if (constraint.kind !== "foreign_key") return [];
    const target = referencedKey(snapshot, constraint, child.sessionId ?? "");
    if (target?.key === undefined || target.table.hybrid !== true) return [];
    const written = constraint.references?.columns ?? [];
    const parentColumns = written.length > 0 ? written : target.key.columns;
    return [{ child, constraint, parent: target.table, parentColumns }];
  });
}

/** The foreign keys of other hybrid tables that refer to a table. */
export function childrenOf(parent: TableObject, snapshot: Snapshot): readonly Reference[] {
  return [...snapshot.all()].flatMap((object) => {
    if (object.kind !== "table" || object.hybrid !== true) return [];
    if (object.droppedAt !== undefined || object.id === parent.id) return [];
    return parentsOf(object, snapshot).filter((reference) => reference.parent.id === parent.id);
  });
}
