/**
 * Values as Parquet files have them.
 * https://docs.snowflake.com/en/user-guide/data-unload-considerations
 */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { OutputColumn } from "../../translator/bind/bound.ts";
import { quoteText } from "../../translator/lower/sql.ts";
import type { UnloadQuery } from "./unload-query.ts";

/**
 * @param header columns keep their names; else they are called _COL_0, _COL_1, …
 * @param partition which rows; undefined for all
 * @throws 000002 for types that Parquet has no form for: TIMESTAMP_TZ and TIMESTAMP_LTZ, as on Snowflake, and intervals
 */
export function parquetSelect(
  { columns, sql, partition: physical }: UnloadQuery,
  header: boolean,
  partition: string | null | undefined,
): string {
  const items = columns.map((column, index) => {
    const name = header ? column.name : `_COL_${index}`;
    return `${parquetValue(`q.${column.physical}`, column)} AS "${name.replaceAll('"', '""')}"`;
  });
  const value = partition === null || partition === undefined ? "NULL" : quoteText(partition);
  const where = partition === undefined ? "" : ` WHERE q.${physical} IS NOT DISTINCT FROM ${value}`;
  return `SELECT ${items.join(", ")} FROM (${sql}) AS q${where}`;
}

function parquetValue(sql: string, { name, type }: OutputColumn): string {
  switch (type.kind) {
    case "number":
      return type.scale === 0 ? integerValue(sql, type.precision) : sql;
    case "timestamp":
      if (type.flavor === "ntz") return sql;
      throw unsupported(name, `TIMESTAMP_${type.flavor.toUpperCase()}`);
    case "interval":
      throw unsupported(name, "INTERVAL");
    default:
      return sql;
  }
}

const INT_DIGITS = 9;
const BIGINT_DIGITS = 18;

/** Whole numbers are integers in the file as far as their digits fit. */
function integerValue(sql: string, precision: number): string {
  if (precision <= INT_DIGITS) return `CAST(${sql} AS INTEGER)`;
  return precision <= BIGINT_DIGITS ? `CAST(${sql} AS BIGINT)` : sql;
}

function unsupported(column: string, type: string) {
  return snowflakeError("unsupportedFeature", {
    feature: `unloading column ${column} of type ${type} to Parquet`,
  });
}
