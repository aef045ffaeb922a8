/**
 * Tables as DuckDB holds them (docs/decisions/0002-physical-names.md): `data."t<id>…"` has the current rows with the hidden
 * columns `_id` and `_from`, `…_history` the ended ones with `_to` besides. Names and types come from the catalog.
 */

import type { Relation } from "../../translator/bind/catalog.ts";
import { duckType } from "../../translator/types/physical.ts";
import type { DuckConnection } from "./connection.ts";
import type { Connection } from "./storage.ts";

export type TableColumn = {
  /** As SQL, quoted where needed. */
  readonly physical: string;
  readonly duckType: string;
  readonly nullable: boolean;
};

export type Table = {
  readonly id: number;
  /** For messages. */
  readonly name: string;
  /** DuckDB table of the current rows, as SQL. */
  readonly physical: string;
  /** False: DATA_RETENTION_TIME_IN_DAYS is 0 and ended rows are forgotten. */
  readonly keepsHistory: boolean;
  readonly columns: readonly TableColumn[];
};

type Sql = Pick<Connection | DuckConnection, "run">;

/** The DuckDB name of a new table: its id decides, the rest is for people who look into the file. */
export function physicalTableName(id: number, name: string): string {
  const readable = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .slice(0, 40);
  return `data."t${id}_${readable}"`;
}

/** Name of the table of ended rows. */
export function historyOf(physical: string): string {
  return physical.endsWith('"') ? `${physical.slice(0, -1)}_history"` : `${physical}_history`;
}

/** The storage's view of a table in the catalog. */
export function tableOf(
  relation: Extract<Relation, { kind: "table" }>,
  keepsHistory = true,
): Table {
  return {
    id: relation.id,
    name: relation.name.name,
    physical: relation.physical,
    keepsHistory,
    columns: relation.columns
      .filter(({ virtual }) => virtual === undefined)
      .map((column) => ({
        physical: column.physical,
        duckType: duckType(column.type),
        nullable: column.nullable,
      })),
  };
}

/** Creates the two tables, empty. */
export async function createTable(connection: Sql, table: Table): Promise<void> {
  const current = table.columns.map(
    (column) => `${column.physical} ${column.duckType}${column.nullable ? "" : " NOT NULL"}`,
  );
  await connection.run(
    `CREATE TABLE ${table.physical} (_id BIGINT, _from BIGINT, ${current.join(", ")})`,
  );
  if (table.keepsHistory) await createHistory(connection, table);
}

/** Begins to keep ended rows. */
export async function createHistory(connection: Sql, table: Table): Promise<void> {
  const ended = table.columns.map((column) => `${column.physical} ${column.duckType}`);
  await connection.run(
    `CREATE TABLE IF NOT EXISTS ${historyOf(table.physical)} (_id BIGINT, _from BIGINT, _to BIGINT, ${ended.join(", ")})`,
  );
}

/** Forgets ended rows: retention became 0. */
export async function dropHistory(connection: Sql, table: Pick<Table, "physical">): Promise<void> {
  await connection.run(`DROP TABLE IF EXISTS ${historyOf(table.physical)}`);
}

/** Removes the data for good. A DROP TABLE only hides a table; this comes when its retention has passed. */
export async function purgeTable(connection: Sql, table: Pick<Table, "physical">): Promise<void> {
  await connection.run(`DROP TABLE IF EXISTS ${table.physical}`);
  await dropHistory(connection, table);
}

/**
 * Adds a column.
 * @param defaultSql DuckDB constant that existing rows get; ended rows get it too, as if it had always been there
 */
export async function addColumn(
  connection: Sql,
  table: Table,
  column: TableColumn,
  defaultSql?: string | undefined,
): Promise<void> {
  const { physical, duckType } = column;
  for (const target of tablesOf(table)) {
    await connection.run(`ALTER TABLE ${target} ADD COLUMN ${physical} ${duckType}`);
    if (defaultSql === undefined) continue;
    // A change of type that gives the value: DuckDB fills a DEFAULT by an update, after which it refuses NOT NULL.
    await connection.run(
      `ALTER TABLE ${target} ALTER COLUMN ${physical} SET DATA TYPE ${duckType} USING ${defaultSql}`,
    );
  }
  if (!column.nullable) await setNullable(connection, table, column.physical, false);
}

export async function dropColumn(connection: Sql, table: Table, physical: string): Promise<void> {
  for (const target of tablesOf(table)) {
    await connection.run(`ALTER TABLE ${target} DROP COLUMN ${physical}`);
  }
}

/** Changes the type of a column; every value is converted. */
export async function alterColumnType(
  connection: Sql,
  table: Table,
  physical: string,
  type: string,
): Promise<void> {
  for (const target of tablesOf(table)) {
    await connection.run(`ALTER TABLE ${target} ALTER COLUMN ${physical} SET DATA TYPE ${type}`);
  }
}

/** Sets or drops NOT NULL of the current rows. Throws 100072 when a row has a NULL. */
export async function setNullable(
  connection: Sql,
  table: Table,
  physical: string,
  nullable: boolean,
): Promise<void> {
  const verb = nullable ? "DROP" : "SET";
  await connection.run(`ALTER TABLE ${table.physical} ALTER COLUMN ${physical} ${verb} NOT NULL`);
}

/**
 * Fills a new table with the rows of another, now or at a point (`rows` from history.ts), with the same
 * identities. A copy, not a share: honest about its cost until clones read their source.
 * @param version stamped on the copies: the clone's own history begins here
 */
export async function copyRows(
  connection: Sql,
  rows: string,
  target: Table,
  version: number,
): Promise<number> {
  const columns = target.columns.map((column) => column.physical).join(", ");
  return connection.run(
    `INSERT INTO ${target.physical} (_id, _from, ${columns}) SELECT _id, ${version}, ${columns} FROM ${rows}`,
  );
}

function tablesOf(table: Table): string[] {
  return table.keepsHistory ? [table.physical, historyOf(table.physical)] : [table.physical];
}
