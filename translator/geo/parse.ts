/**
 * Text and bytes of any format as values: WKT, EWKT, WKB and EWKB (bytes or hex text), GeoJSON.
 * https://docs.snowflake.com/en/sql-reference/functions/to_geography
 */

import { snowflakeError } from "../base/errors.ts";
import { shapeFromJson } from "./geojson.ts";
import { badInput, badShape } from "./problem.ts";
import { type Geo, type GeoKind, mapPositions, type Shape, WGS84 } from "./shape.ts";
import { invalidity } from "./validate.ts";
import { fromHex, parseWkb } from "./wkb.ts";
import { type Parsed, parseWkt } from "./wkt.ts";

export type ParseOptions = {
  readonly kind: GeoKind;
  /** Takes shapes that are not valid. */
  readonly allowInvalid?: boolean | undefined;
  /** The SRID of a GEOMETRY whose input names none. */
  readonly srid?: number | undefined;
};

const HEX = /^\s*(?:[0-9a-fA-F]{2}){5,}\s*$/;

/** The shape of a text in any format. @throws 100205 */
export function parseText(text: string): Parsed {
  if (/^\s*\{/.test(text)) return { shape: shapeFromJson(jsonOf(text), text), srid: undefined };
  return HEX.test(text) ? parseWkb(fromHex(text.trim())) : parseWkt(text);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badInput(text, "Invalid JSON");
  }
}

const DECIMALS = 14;

/** Snowflake keeps 14 decimal places of a GEOGRAPHY's coordinates. */
function rounded(shape: Shape): Shape {
  return mapPositions(shape, (at) => at.map((c) => Number(c.toFixed(DECIMALS))));
}

/**
 * The value of a parsed shape, checked.
 * @throws 100205 an SRID that GEOGRAPHY does not have; 100217, 100383 a shape that is not valid
 */
export function accept(parsed: Parsed, options: ParseOptions): Geo {
  const { kind } = options;
  const srid = kind === "geography" ? WGS84 : (parsed.srid ?? options.srid ?? 0);
  if (kind === "geography" && (parsed.srid ?? WGS84) !== WGS84) {
    throw badShape("TO_GEOGRAPHY", `the SRID of a GEOGRAPHY is 4326, not ${parsed.srid}`);
  }
  const shape = kind === "geography" ? rounded(parsed.shape) : parsed.shape;
  const reason = options.allowInvalid === true ? undefined : invalidity(shape, kind);
  if (reason !== undefined) {
    throw snowflakeError(kind === "geography" ? "geographyInvalid" : "geometryInvalid", { reason });
  }
  return { kind, shape, srid, computed: false };
}

export function parseGeo(text: string, options: ParseOptions): Geo {
  return accept(parseText(text), options);
}
