/**
 * GEOGRAPHY and GEOMETRY in results: an object, text or bytes by the session's output format, which the
 * type of a result column carries.
 * https://docs.snowflake.com/en/sql-reference/parameters#geography-output-format
 */

import { storedJson } from "../../translator/geo/geojson.ts";
import { geoFormat, printStored, storedBytes } from "../../translator/geo/print.ts";
import { BINARY, OBJECT, type SnowType, TEXT } from "../../translator/types/types.ts";
import type { SessionParameters } from "../session/parameters.ts";
import type { Column } from "../storage/columns.ts";
import type { ResultColumn } from "./stream.ts";

type GeoType = Extract<SnowType, { kind: "geography" | "geometry" }>;

/** The columns with their output formats. */
export function displayedColumns(
  columns: readonly ResultColumn[],
  parameters: SessionParameters,
): readonly ResultColumn[] {
  if (!columns.some(({ type }) => isGeo(type))) return columns;
  return columns.map((column) => {
    if (!isGeo(column.type)) return column;
    const { kind } = column.type;
    const format = geoFormat(parameters.text(`${kind.toUpperCase()}_OUTPUT_FORMAT`));
    return { ...column, type: { kind, format } };
  });
}

function isGeo(type: SnowType): type is GeoType {
  return type.kind === "geography" || type.kind === "geometry";
}

/** The type that a result column of a type has on the wire. */
export function displayedType(type: SnowType): SnowType {
  if (!isGeo(type)) return type;
  switch (type.format) {
    case "WKT":
    case "EWKT":
      return TEXT;
    case "WKB":
    case "EWKB":
      return BINARY;
    default:
      return OBJECT;
  }
}

/** A column of stored values as one of the displayed type. */
export function displayedColumn(column: Column, type: GeoType): Column {
  if (column.kind !== "text") return column;
  const { rowCount, hasNulls, isNull, text } = column;
  const base = { rowCount, hasNulls, isNull: (row: number) => isNull.call(column, row) };
  const { format, kind } = type;
  switch (format) {
    case "WKT":
    case "EWKT":
      return { ...base, kind: "text", text: (row) => printStored(text(row), kind, format) };
    case "WKB":
    case "EWKB":
      return { ...base, kind: "blob", bytes: (row) => storedBytes(text(row), kind, format) };
    default:
      return { ...base, kind: "text", text: (row) => storedJson(text(row)) };
  }
}

/** SQL of a stored value as a value of the displayed type. */
export function displayedSql(sql: string, { kind, format }: GeoType): string {
  switch (format) {
    case "WKT":
    case "EWKT":
      return `_geo_print('${kind}', ${sql}, '${format}')`;
    case "WKB":
    case "EWKB":
      return `_geo_bytes('${kind}', ${sql}, '${format}')`;
    default:
      return `_geo_text('geojson', '${kind}', ${sql})`;
  }
}
