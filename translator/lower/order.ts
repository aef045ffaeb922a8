/** The value that DuckDB sorts by, where its own order of the stored form is not Snowflake's. */

import { keySql } from "../functions/operators.ts";
import type { SnowType } from "../types/types.ts";

/** An expression that orders as Snowflake orders the type; the SQL itself for most types. */
export function sortKey(sql: string, type: SnowType): string {
  return keySql(sql, type);
}
