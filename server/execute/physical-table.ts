/** A catalog table as storage sees it, and the first rows of a new one. */

import { duckType } from "../../translator/types/physical.ts";
import { keepsHistory, type TableObject } from "../catalog/objects.ts";
import { insertRows } from "../storage/changes.ts";
import { createTable, type Table } from "../storage/tables.ts";
import type { StatementWriter } from "../storage/writer.ts";

export function storageTable(table: TableObject): Table {
  return {
    id: table.id,
    name: table.name,
    physical: table.physical,
    keepsHistory: keepsHistory(table),
    columns: table.columns
      .filter((column) => column.expression === undefined)
      .map((column) => ({
        name: column.name,
        physical: column.physical,
        duckType: duckType(column.type),
        nullable: column.nullable,
      })),
  };
}

export async function createPhysicalTable(
  writer: StatementWriter,
  table: TableObject,
): Promise<void> {
  await createTable(writer, storageTable(table));
}

/**
 * @param select gives the table's columns in order, in their physical types
 * @returns how many rows there were
 */
export async function fillTable(
  writer: StatementWriter,
  table: TableObject,
  select: string,
): Promise<number> {
  const target = storageTable(table);
  const columns = target.columns.map((column) => column.physical);
  const { inserted } = await insertRows(writer, { table: target, columns, select });
  return inserted;
}
