/**
 * Geospatial values as text, bytes and objects.
 * https://docs.snowflake.com/en/sql-reference/functions-geospatial
 */

import type { GeoKind } from "../geo/shape.ts";
import { OBJECT } from "../types/types.ts";
import { type FunctionEntry, type Signature, sig } from "./define.ts";
import { both, defineGeo, operationSql } from "./geo.ts";
import { argument, MAX_BINARY } from "./rules.ts";

const KINDS: readonly GeoKind[] = ["geography", "geometry"];

function bytes(format: "WKB" | "EWKB"): Signature[] {
  return KINDS.map((kind) =>
    sig(
      `value ${kind}`,
      MAX_BINARY,
      (call) => `_geo_bytes('${kind}', ${argument(call, 0).sql}, '${format}')`,
    ),
  );
}

export const GEO_FORMATS: readonly FunctionEntry[] = [
  defineGeo("ST_ASGEOJSON", {
    doc: "st_asgeojson",
    summary: "The GeoJSON OBJECT of a value",
    signatures: KINDS.map((kind) =>
      sig(`value ${kind}`, OBJECT, (call) =>
        operationSql("geojson", kind, "text", [argument(call, 0).sql]),
      ),
    ),
    examples: [
      [
        "ST_ASGEOJSON(TO_GEOGRAPHY('POINT(-122.35 37.55)'))::VARCHAR",
        '{"coordinates":[-122.35,37.55],"type":"Point"}',
      ],
    ],
  }),
  defineGeo("ST_ASWKT", {
    doc: "st_aswkt",
    aliases: ["ST_ASTEXT"],
    summary: "A value as WKT; computed coordinates have 10 to 15 digits",
    signatures: both("wkt", "text", "value $"),
    examples: [
      ["ST_ASWKT(TO_GEOMETRY('LINESTRING(0.75 0.75, -10 20)'))", "LINESTRING(0.75 0.75,-10 20)"],
    ],
  }),
  defineGeo("ST_ASEWKT", {
    doc: "st_asewkt",
    summary: "A value as WKT behind its SRID",
    signatures: both("ewkt", "text", "value $"),
    examples: [
      ["ST_ASEWKT(TO_GEOGRAPHY('POINT(-122.35 37.55)'))", "SRID=4326;POINT(-122.35 37.55)"],
    ],
  }),
  defineGeo("ST_ASWKB", {
    doc: "st_aswkb",
    aliases: ["ST_ASBINARY"],
    summary: "A value as WKB, little-endian",
    signatures: bytes("WKB"),
    examples: [
      [
        "ST_ASWKB(TO_GEOGRAPHY('POINT(-122.35 37.55)'))",
        "01010000006666666666965EC06666666666C64240",
      ],
    ],
  }),
  defineGeo("ST_ASEWKB", {
    doc: "st_asewkb",
    summary: "A value as WKB with its SRID, little-endian",
    signatures: bytes("EWKB"),
    examples: [
      [
        "ST_ASEWKB(TO_GEOGRAPHY('POINT(-122.35 37.55)'))",
        "0101000020E61000006666666666965EC06666666666C64240",
      ],
    ],
  }),
];
