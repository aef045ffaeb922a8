/** Small results as plain objects, for the server's own tables. */

import { must } from "../../translator/base/assert.ts";
import type { Column } from "./columns.ts";
import type { PlainRow, PlainValue, QueryResult } from "./storage.ts";

/** Rows by column name. Integers are numbers when they are safe ones; timestamps are bigint microseconds. */
export function plainRows(result: QueryResult): PlainRow[] {
  const rows: PlainRow[] = [];
  for (const chunk of result.chunks) {
    for (let row = 0; row < chunk.rowCount; row++) {
      const record: Record<string, PlainValue> = {};
      result.names.forEach((name, i) => {
        record[name] = plainValue(must(chunk.columns[i]), row);
      });
      rows.push(record);
    }
  }
  return rows;
}

function plainValue(column: Column, row: number): PlainValue {
  if (column.isNull(row)) return null;
  switch (column.kind) {
    case "boolean":
      return column.values[row] !== 0;
    case "int":
    case "float":
    case "date":
      return must(column.values[row]);
    case "bigint":
      return safe(must(column.values[row]));
    case "hugeint":
      return safe(column.at(row));
    case "decimal":
      return column.scale === 0
        ? safe(column.at(row))
        : Number(column.at(row)) / 10 ** column.scale;
    case "time":
    case "timestamp":
    case "timestamptz":
      return must(column.values[row]);
    case "text":
      return column.text(row);
    case "null":
      return null;
    default:
      throw new Error(`no plain value of a ${column.kind}`);
  }
}

function safe(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
