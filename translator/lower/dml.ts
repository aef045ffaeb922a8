/** Bound DML to what the storage layer runs: SELECTs of the change set, with the columns they are for. */

import type { RelationColumn } from "../bind/catalog.ts";
import type {
  BoundDelete,
  BoundDml,
  BoundInsert,
  BoundMerge,
  BoundUpdate,
  TargetTable,
} from "../bind/dml.ts";
import { MULTI_INSERT_SOURCE } from "../bind/dml-multi-insert.ts";
import { queryOver } from "../bind/query.ts";
import { parenthesize } from "./layout.ts";
import { lowerQuery } from "./query.ts";
import type { LoweringState } from "./state.ts";

/** A column of the target: storage checks NOT NULL by it. */
export type LoweredColumn = Pick<RelationColumn, "name" | "type" | "nullable" | "physical">;

export type LoweredTable = {
  readonly id: number;
  readonly name: TargetTable["name"];
  readonly physical: string;
};

/** `select` gives a value for each of `columns`, as c1, c2, …: always all columns of the table. */
export type LoweredInsert = {
  readonly kind: "insert";
  readonly table: LoweredTable;
  readonly overwrite: boolean;
  readonly columns: readonly LoweredColumn[];
  readonly select: string;
};

/** Storage keeps the rows of `source` in a temporary table of the name `sourceTable`; the inserts read from it. */
export type LoweredMultiInsert = {
  readonly kind: "multi_insert";
  readonly overwrite: boolean;
  readonly sourceTable: string;
  readonly source: string;
  readonly inserts: readonly LoweredInsert[];
};

/**
 * `select` gives _id and c1, c2, …: the new values of `columns`. An _id that comes several times was joined with
 * several rows: Snowflake takes any of them, or fails under ERROR_ON_NONDETERMINISTIC_UPDATE.
 */
export type LoweredUpdate = {
  readonly kind: "update";
  readonly table: LoweredTable;
  readonly columns: readonly LoweredColumn[];
  readonly select: string;
};

/** `select` gives each _id once. */
export type LoweredDelete = {
  readonly kind: "delete";
  readonly table: LoweredTable;
  readonly select: string;
};

/**
 * `select` gives _clause (INTEGER, index into `actions`), _id (NULL for inserts) and c1, c2, … for `columns`, which are all
 * columns of the table: the new row of an insert or update. Rows that no clause acts on are left out. An _id that comes
 * several times is error 100090 unless every one of its actions is a delete.
 */
export type LoweredMerge = {
  readonly kind: "merge";
  readonly table: LoweredTable;
  readonly actions: BoundMerge["actions"];
  readonly columns: readonly LoweredColumn[];
  readonly select: string;
};

export type LoweredDml =
  | LoweredInsert
  | LoweredMultiInsert
  | LoweredUpdate
  | LoweredDelete
  | LoweredMerge;

export function lowerDml(dml: BoundDml, state: LoweringState): LoweredDml {
  switch (dml.kind) {
    case "insert":
      return lowerInsert(dml, state);
    case "multi_insert":
      return {
        kind: "multi_insert",
        overwrite: dml.overwrite,
        sourceTable: MULTI_INSERT_SOURCE,
        source: lowerQuery(dml.source, state),
        inserts: dml.inserts.map((insert) => lowerInsert(insert, state)),
      };
    case "update":
      return {
        kind: "update",
        table: tableOf(dml.table),
        columns: dml.columns.map(columnOf),
        select: lowerSelectOf(dml, state),
      };
    case "delete":
      return { kind: "delete", table: tableOf(dml.table), select: lowerSelectOf(dml, state) };
    case "merge":
      return lowerMerge(dml, state);
  }
}

function lowerInsert(insert: BoundInsert, state: LoweringState): LoweredInsert {
  return {
    kind: "insert",
    table: tableOf(insert.table),
    overwrite: insert.overwrite,
    columns: insert.table.columns.map(columnOf),
    select: lowerQuery(insert.query, state),
  };
}

function lowerMerge(merge: BoundMerge, state: LoweringState): LoweredMerge {
  const columns = merge.table.columns.map((_, index) => `c${index + 1}`).join(", ");
  const rows = parenthesize(lowerSelectOf(merge, state));
  return {
    kind: "merge",
    table: tableOf(merge.table),
    actions: merge.actions,
    columns: merge.table.columns.map(columnOf),
    select: `SELECT CAST(_clause AS INTEGER) AS _clause, _id, ${columns}\nFROM ${rows} AS m\nWHERE _clause IS NOT NULL`,
  };
}

function lowerSelectOf(dml: BoundUpdate | BoundDelete | BoundMerge, state: LoweringState): string {
  return lowerQuery(queryOver(dml.select), state);
}

function tableOf(table: TargetTable): LoweredTable {
  return { id: table.id, name: table.name, physical: table.physical };
}

function columnOf(column: RelationColumn): LoweredColumn {
  const { name, type, nullable, physical } = column;
  return { name, type, nullable, physical };
}
