/**
 * Constructors and conversions of geospatial values.
 * https://docs.snowflake.com/en/sql-reference/functions-geospatial
 */

import type { GeoKind } from "../geo/shape.ts";
import { GEOGRAPHY, GEOMETRY } from "../types/types.ts";
import type { FunctionEntry, LoweringCall, ParameterPattern, Signature } from "./define.ts";
import { sig } from "./define.ts";
import { defineGeo, operationSql, signature } from "./geo.ts";
import { argument } from "./rules.ts";

const ALWAYS = { nullability: "always" } as const;

/** SQL of the input, whatever its type, as a value of a kind. */
function convertSql(call: LoweringCall, kind: GeoKind, isTry: boolean): string {
  const input = argument(call, 0);
  const allowInvalid = call.named("allow_invalid")?.sql ?? "false";
  const srid = call.named("srid");
  const rest = `${allowInvalid}, ${srid === undefined ? "''" : `CAST(${srid.sql} AS VARCHAR)`}, ${isTry}`;
  switch (input.type.kind) {
    case kind:
      return input.sql;
    case "geography":
    case "geometry":
      return `_geo_convert('${kind}', ${input.sql}, ${rest})`;
    case "binary":
      return `_geo_parse_bytes('${kind}', ${input.sql}, ${rest})`;
    default: {
      const text = call.context.cast(input, { kind: "text", length: 134_217_728 });
      return `_geo_parse('${kind}', ${text}, ${rest})`;
    }
  }
}

const GEOGRAPHY_INPUTS: readonly ParameterPattern[] = [
  "text",
  "binary",
  "object",
  "variant",
  "geometry",
  "geography",
];
const GEOMETRY_INPUTS: readonly ParameterPattern[] = [
  "text",
  "binary",
  "object",
  "variant",
  "geography",
  "geometry",
];

function converter(
  kind: GeoKind,
  inputs: readonly ParameterPattern[],
  isTry: boolean,
): Signature[] {
  const returns = kind === "geography" ? GEOGRAPHY : GEOMETRY;
  const lower = (call: LoweringCall) => convertSql(call, kind, isTry);
  return inputs.flatMap((input) => [
    sig(`value ${input}`, returns, lower, ALWAYS),
    sig(`value ${input}, allow_invalid boolean`, returns, lower, ALWAYS),
    ...(kind === "geography"
      ? []
      : [
          sig(`value ${input}, srid integer`, returns, lower, ALWAYS),
          sig(`value ${input}, srid integer, allow_invalid boolean`, returns, lower, ALWAYS),
        ]),
  ]);
}

const GEOGRAPHY_PAGE = "to_geography";
const GEOMETRY_PAGE = "to_geometry";
const INPUT = "WKT, EWKT, WKB, EWKB (bytes or hexadecimal) or GeoJSON";

export const GEO_CONSTRUCTORS: readonly FunctionEntry[] = [
  defineGeo("TO_GEOGRAPHY", {
    doc: GEOGRAPHY_PAGE,
    summary: `A GEOGRAPHY from ${INPUT}; coordinates keep 14 decimal places`,
    signatures: converter("geography", GEOGRAPHY_INPUTS, false),
    examples: [
      ["ST_ASWKT(TO_GEOGRAPHY('POINT(-122.35 37.55)'))", "POINT(-122.35 37.55)"],
      ["ST_ASWKT(TO_GEOGRAPHY('POINTZ(-122.35 37.55 30)'))", "POINTZ(-122.35 37.55 30)"],
    ],
  }),
  defineGeo("TRY_TO_GEOGRAPHY", {
    doc: "try_to_geography",
    summary: "TO_GEOGRAPHY with NULL instead of an error",
    signatures: converter("geography", GEOGRAPHY_INPUTS, true),
    examples: [["TRY_TO_GEOGRAPHY('Not a valid input for this data type.') IS NULL", "true"]],
  }),
  defineGeo("TO_GEOMETRY", {
    doc: GEOMETRY_PAGE,
    summary: `A GEOMETRY from ${INPUT}; its SRID is the input's, the argument's or 0`,
    signatures: converter("geometry", GEOMETRY_INPUTS, false),
    examples: [
      ["ST_ASEWKT(TO_GEOMETRY('POINT(1820.12 890.56)', 4326))", "SRID=4326;POINT(1820.12 890.56)"],
      ["ST_ASEWKT(TO_GEOMETRY('POINT(1820.12 890.56)'))", "SRID=0;POINT(1820.12 890.56)"],
    ],
  }),
  defineGeo("TRY_TO_GEOMETRY", {
    doc: "try_to_geometry",
    summary: "TO_GEOMETRY with NULL instead of an error",
    signatures: converter("geometry", GEOMETRY_INPUTS, true),
    examples: [["TRY_TO_GEOMETRY('INVALID INPUT') IS NULL", "true"]],
  }),
  defineGeo("ST_GEOGRAPHYFROMWKT", {
    doc: "st_geographyfromwkt",
    aliases: ["ST_GEOGFROMWKT", "ST_GEOGRAPHYFROMTEXT", "ST_GEOGFROMTEXT"],
    summary: "A GEOGRAPHY from WKT or EWKT",
    signatures: converter("geography", ["text"], false),
    examples: [["ST_ASWKT(ST_GEOGRAPHYFROMWKT('POINT(-122.35 37.55)'))", "POINT(-122.35 37.55)"]],
  }),
  defineGeo("ST_GEOGRAPHYFROMWKB", {
    doc: "st_geographyfromwkb",
    aliases: ["ST_GEOGFROMWKB"],
    summary: "A GEOGRAPHY from WKB or EWKB, in bytes or hexadecimal text",
    signatures: converter("geography", ["text", "binary"], false),
    examples: [
      [
        "ST_ASWKT(ST_GEOGRAPHYFROMWKB('01010000006666666666965EC06666666666C64240'))",
        "POINT(-122.35 37.55)",
      ],
    ],
  }),
  defineGeo("ST_GEOMETRYFROMWKT", {
    doc: "st_geometryfromwkt",
    aliases: ["ST_GEOMFROMWKT", "ST_GEOMETRYFROMTEXT", "ST_GEOMFROMTEXT"],
    summary: "A GEOMETRY from WKT or EWKT",
    signatures: converter("geometry", ["text"], false),
    examples: [["ST_ASEWKT(ST_GEOMFROMWKT('POINT(1 2)', 32633))", "SRID=32633;POINT(1 2)"]],
  }),
  defineGeo("ST_GEOMETRYFROMWKB", {
    doc: "st_geometryfromwkb",
    aliases: ["ST_GEOMFROMWKB"],
    summary: "A GEOMETRY from WKB or EWKB, in bytes or hexadecimal text",
    signatures: converter("geometry", ["text", "binary"], false),
    examples: [
      [
        "ST_ASEWKT(ST_GEOMFROMWKB('0101000020E61000006666666666965EC06666666666C64240'))",
        "SRID=4326;POINT(-122.35 37.55)",
      ],
    ],
  }),
  defineGeo("ST_MAKEPOINT", {
    doc: "st_makepoint",
    aliases: ["ST_POINT"],
    summary: "A GEOGRAPHY point of a longitude and a latitude",
    signatures: [signature("point", "geography", "geo", "longitude float, latitude float")],
    examples: [["ST_ASWKT(ST_MAKEPOINT(37.5, 45.5))", "POINT(37.5 45.5)"]],
  }),
  defineGeo("ST_MAKEGEOMPOINT", {
    doc: "st_makegeompoint",
    aliases: ["ST_GEOMPOINT", "ST_GEOM_POINT"],
    summary: "A GEOMETRY point of two coordinates",
    signatures: [signature("point", "geometry", "geo", "x float, y float")],
    examples: [["ST_ASWKT(ST_MAKEGEOMPOINT(1820.12, 890.56))", "POINT(1820.12 890.56)"]],
  }),
  defineGeo("ST_MAKELINE", {
    doc: "st_makeline",
    summary: "A line through the points of two points, multipoints or lines",
    signatures: [
      signature("makeline", "geography", "geo", "first $, second $"),
      signature("makeline", "geometry", "geo", "first $, second $"),
    ],
    examples: [
      [
        "ST_ASWKT(ST_MAKELINE(TO_GEOGRAPHY('POINT(37.0 45.0)'), TO_GEOGRAPHY('POINT(38.5 46.5)')))",
        "LINESTRING(37 45,38.5 46.5)",
      ],
    ],
  }),
  defineGeo("ST_MAKEPOLYGON", {
    doc: "st_makepolygon",
    aliases: ["ST_POLYGON"],
    summary: "A polygon without holes of a closed line; of a GEOGRAPHY's two sides the smaller one",
    signatures: [
      signature("makepolygon", "geography", "geo", "line $"),
      signature("makepolygon", "geometry", "geo", "line $"),
    ],
    examples: [
      [
        "ST_ASWKT(ST_MAKEPOLYGON(TO_GEOGRAPHY('LINESTRING(0 0, 1 0, 1 2, 0 2, 0 0)')))",
        "POLYGON((0 0,1 0,1 2,0 2,0 0))",
      ],
    ],
  }),
  defineGeo("ST_MAKEPOLYGONORIENTED", {
    doc: "st_makepolygonoriented",
    summary:
      "A polygon at the left of a closed line; a clockwise line, whose polygon is larger than half the globe, is an error here",
    signatures: [signature("makeoriented", "geography", "geo", "line $")],
    examples: [
      [
        "ST_ASWKT(ST_MAKEPOLYGONORIENTED(TO_GEOGRAPHY('LINESTRING(0 0, 1 0, 1 2, 0 2, 0 0)')))",
        "POLYGON((0 0,1 0,1 2,0 2,0 0))",
      ],
    ],
  }),
  ...(["geography", "geometry"] as const).flatMap((kind) => geohashConstructors(kind)),
];

function geohashConstructors(kind: GeoKind): FunctionEntry[] {
  const prefix = kind === "geography" ? "ST_GEOG" : "ST_GEOM";
  const returns = kind === "geography" ? GEOGRAPHY : GEOMETRY;
  const box = (call: LoweringCall) => {
    const precision = call.named("precision");
    const digits = precision === undefined ? "''" : `CAST(${precision.sql} AS VARCHAR)`;
    return operationSql("fromgeohash", kind, "geo", [argument(call, 0).sql, digits]);
  };
  return [
    defineGeo(`${prefix}FROMGEOHASH`, {
      doc: `${prefix}FROMGEOHASH`.toLowerCase(),
      summary: `The area of a geohash, or of its first digits, as a ${kind.toUpperCase()} polygon`,
      signatures: [
        sig("hash text", returns, box, ALWAYS),
        sig("hash text, precision integer", returns, box, ALWAYS),
      ],
      examples: [
        [
          `ST_ASWKT(${prefix}FROMGEOHASH('9q9j8ue2v71y5zzy0s4q', 1))`,
          "POLYGON((-135 0,-135 45,-90 45,-90 0,-135 0))",
        ],
      ],
    }),
    defineGeo(`${prefix}POINTFROMGEOHASH`, {
      doc: `${prefix}POINTFROMGEOHASH`.toLowerCase(),
      summary: `The middle of a geohash's area as a ${kind.toUpperCase()} point`,
      signatures: [signature("pointfromgeohash", kind, "geo", "hash text")],
      examples: [[`ST_ASWKT(${prefix}POINTFROMGEOHASH('9'))`, "POINT(-112.5 22.5)"]],
    }),
  ];
}
