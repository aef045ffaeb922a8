/**
 * A stored value in the formats of GEOGRAPHY_OUTPUT_FORMAT and GEOMETRY_OUTPUT_FORMAT.
 * https://docs.snowflake.com/en/sql-reference/parameters#geography-output-format
 */

import type { GeoFormat } from "../types/types.ts";
import { load } from "./geojson.ts";
import type { Geo, GeoKind } from "./shape.ts";
import { printWkb } from "./wkb.ts";
import { printWkt } from "./wkt.ts";

/** The format of a parameter's value, written in any case. */
export function geoFormat(value: string): GeoFormat {
  const upper = value.toUpperCase();
  return upper === "WKT" || upper === "EWKT" || upper === "WKB" || upper === "EWKB"
    ? upper
    : "GEOJSON";
}

const DIGITS_BEHIND = 9;
const FEWEST_DIGITS = 10;
const MOST_DIGITS = 15;

/** A computed coordinate as the documented WKT has it: nine digits behind the point, 10 to 15 in all. */
function computedText(value: number): string {
  const whole = Math.abs(value) < 1 ? 0 : Math.floor(Math.log10(Math.abs(value))) + 1;
  const digits = Math.min(MOST_DIGITS, Math.max(FEWEST_DIGITS, whole + DIGITS_BEHIND));
  return String(Number(value.toPrecision(digits)));
}

export function wktOf({ shape, computed }: Geo): string {
  return printWkt(shape, computed ? computedText : String);
}

export function ewktOf(geo: Geo): string {
  return `SRID=${geo.srid};${wktOf(geo)}`;
}

/** The text of a stored value in a text format. */
export function printStored(text: string, kind: GeoKind, format: "WKT" | "EWKT"): string {
  const geo = load(text, kind);
  return format === "WKT" ? wktOf(geo) : ewktOf(geo);
}

/** The bytes of a stored value in a binary format. */
export function storedBytes(text: string, kind: GeoKind, format: "WKB" | "EWKB"): Uint8Array {
  const geo = load(text, kind);
  return printWkb(geo.shape, format === "EWKB" ? geo.srid : undefined);
}
