/**
 * How each Snowflake type is stored and computed in DuckDB (design.md 5). Every lowered expression has
 * exactly the DuckDB type named here for its Snowflake type: the encoder and the storage rely on it.
 */

import { intervalFamily } from "./intervals.ts";
import type { SnowType } from "./types.ts";

/** TIMESTAMP_TZ: an instant and the offset it prints with. Compares by instant. */
export const TIMESTAMP_TZ_STORAGE = "STRUCT(instant TIMESTAMPTZ, offset_minutes SMALLINT)";

/** The DuckDB type (as SQL text) that holds values of the type. */
export function duckType(type: SnowType): string {
  switch (type.kind) {
    case "number":
      return `DECIMAL(${type.precision},${type.scale})`;
    case "float":
      return "DOUBLE";
    case "text":
    case "decfloat":
    case "uuid":
    case "variant":
    case "object":
    case "array":
    case "map":
    case "file":
    case "geography":
    case "geometry":
    case "null":
      return "VARCHAR";
    case "binary":
      return "BLOB";
    case "boolean":
      return "BOOLEAN";
    case "date":
      return "DATE";
    case "time":
      return "TIME";
    case "timestamp":
      if (type.flavor === "tz") return TIMESTAMP_TZ_STORAGE;
      return type.flavor === "ltz" ? "TIMESTAMPTZ" : "TIMESTAMP";
    case "vector":
      return `${type.element === "int" ? "INTEGER" : "FLOAT"}[${type.dimension}]`;
    case "period":
      return `STRUCT(starts ${duckType(type.element)}, ends ${duckType(type.element)})`;
    case "interval":
      // Whole months or nanoseconds: nine digits of days are more nanoseconds than a machine word holds.
      return intervalFamily(type) === "year_month" ? "DECIMAL(18,0)" : "DECIMAL(38,0)";
  }
}
