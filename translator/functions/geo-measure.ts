/**
 * Measures, relations and properties of geospatial values.
 * https://docs.snowflake.com/en/sql-reference/functions-geospatial
 */

import { FLOAT } from "../types/types.ts";
import { once } from "./date-parts.ts";
import { type FunctionEntry, sig } from "./define.ts";
import { both, defineGeo, type GeoResult, signature } from "./geo.ts";
import { argument } from "./rules.ts";

/** A function of one value of either kind. */
function ofOne(
  name: string,
  operation: string,
  result: GeoResult,
  summary: string,
  example: readonly [string, string],
  aliases: readonly string[] = [],
): FunctionEntry {
  return defineGeo(name, {
    doc: name.toLowerCase(),
    aliases,
    summary,
    signatures: both(operation, result, "value $"),
    examples: [example],
  });
}

/** A function of two values of the same kind. */
function ofTwo(
  name: string,
  operation: string,
  result: GeoResult,
  summary: string,
  example: readonly [string, string],
): FunctionEntry {
  return defineGeo(name, {
    doc: name.toLowerCase(),
    summary,
    signatures: both(operation, result, "first $, second $"),
    examples: [example],
  });
}

const SQUARE = "TO_GEOMETRY('POLYGON((0 0, 2 0, 2 2, 0 2, 0 0))')";
const INNER = "TO_GEOMETRY('POLYGON((0 0, 1 0, 1 1, 0 1, 0 0))')";
const LINE = "TO_GEOMETRY('LINESTRING(1 1, 2 2, 3 3, 4 4)')";

export const GEO_MEASURES: readonly FunctionEntry[] = [
  ofOne(
    "ST_AREA",
    "area",
    "real",
    "Area of the polygons: square metres on a sphere of radius 6371010 m for GEOGRAPHY, square units for GEOMETRY",
    [`ST_AREA(${SQUARE})`, "4"],
  ),
  ofOne("ST_LENGTH", "length", "real", "Length of the lines, in metres for GEOGRAPHY", [
    "ST_LENGTH(TO_GEOMETRY('LINESTRING(0 0, 3 4)'))",
    "5",
  ]),
  ofOne("ST_PERIMETER", "perimeter", "real", "Length of the polygons' edges", [
    `ST_PERIMETER(${SQUARE})`,
    "8",
  ]),
  ofTwo("ST_DISTANCE", "distance", "real", "Shortest distance, in metres for GEOGRAPHY", [
    "ROUND(ST_DISTANCE(ST_MAKEPOINT(0, 0), ST_MAKEPOINT(1, 0)), 3)",
    "111195.101",
  ]),
  defineGeo("ST_DWITHIN", {
    doc: "st_dwithin",
    summary: "Whether the shortest distance is at most a limit",
    signatures: both("dwithin", "flag", "first $, second $, distance float"),
    examples: [["ST_DWITHIN(ST_MAKEPOINT(0, 0), ST_MAKEPOINT(1, 0), 150000)", "true"]],
  }),
  ofTwo("ST_AZIMUTH", "azimuth", "real", "Radians clockwise from north (or from the y axis)", [
    "ROUND(ST_AZIMUTH(TO_GEOGRAPHY('POINT(0 1)'), TO_GEOGRAPHY('POINT(0 0)')), 9)",
    "3.141592654",
  ]),
  defineGeo("ST_HAUSDORFFDISTANCE", {
    doc: "st_hausdorffdistance",
    summary:
      "Largest distance of a corner to the nearest corner of the other value, in degrees of arc",
    signatures: [signature("hausdorff", "geography", "real", "first $, second $")],
    examples: [["ST_HAUSDORFFDISTANCE(ST_POINT(0, 0), ST_POINT(0, 1))", "1"]],
  }),
  ofOne("ST_X", "x", "real", "Longitude or first coordinate of a point", [
    "ST_X(ST_MAKEPOINT(37.5, 45.5))",
    "37.5",
  ]),
  ofOne("ST_Y", "y", "real", "Latitude or second coordinate of a point", [
    "ST_Y(ST_MAKEPOINT(37.5, 45.5))",
    "45.5",
  ]),
  ofOne("ST_XMIN", "xmin", "real", "Lowest longitude or first coordinate", [
    `ST_XMIN(${SQUARE})`,
    "0",
  ]),
  ofOne("ST_XMAX", "xmax", "real", "Highest longitude or first coordinate", [
    `ST_XMAX(${SQUARE})`,
    "2",
  ]),
  ofOne("ST_YMIN", "ymin", "real", "Lowest latitude or second coordinate, along arcs too", [
    `ST_YMIN(${SQUARE})`,
    "0",
  ]),
  ofOne("ST_YMAX", "ymax", "real", "Highest latitude or second coordinate, along arcs too", [
    `ST_YMAX(${SQUARE})`,
    "2",
  ]),
  ofOne(
    "ST_NPOINTS",
    "npoints",
    "whole",
    "Number of points, a ring's closing point included",
    [`ST_NPOINTS(${SQUARE})`, "5"],
    ["ST_NUMPOINTS"],
  ),
  ofOne("ST_DIMENSION", "dimension", "whole", "0 for points, 1 for lines, 2 for polygons", [
    `ST_DIMENSION(${SQUARE})`,
    "2",
  ]),
  ofOne("ST_SRID", "srid", "whole", "The SRID; 4326 for every GEOGRAPHY", [
    "ST_SRID(TO_GEOGRAPHY('POINT(1 2)'))",
    "4326",
  ]),
  ofOne("ST_ISVALID", "isvalid", "flag", "Whether the shape follows the rules of its type", [
    "ST_ISVALID(TO_GEOMETRY('LINESTRING(100 102, 100 102)', TRUE))",
    "false",
  ]),
  defineGeo("ST_STARTPOINT", {
    doc: "st_startpoint",
    summary: "First point of a line",
    signatures: both("pointn", "geo", "line $", ["'1'"]),
    examples: [[`ST_ASWKT(ST_STARTPOINT(${LINE}))`, "POINT(1 1)"]],
  }),
  defineGeo("ST_ENDPOINT", {
    doc: "st_endpoint",
    summary: "Last point of a line",
    signatures: both("pointn", "geo", "line $", ["'-1'"]),
    examples: [[`ST_ASWKT(ST_ENDPOINT(${LINE}))`, "POINT(4 4)"]],
  }),
  defineGeo("ST_POINTN", {
    doc: "st_pointn",
    summary: "A line's point by its place from 1, from the end when negative",
    signatures: both("pointn", "geo", "line $, index integer"),
    examples: [[`ST_ASWKT(ST_POINTN(${LINE}, -2))`, "POINT(3 3)"]],
  }),
  defineGeo("ST_GEOHASH", {
    doc: "st_geohash",
    summary: "Geohash of a point, or the one that the whole shape is in",
    signatures: [
      ...both("geohash", "text", "value $", ["'20'"]),
      ...both("geohash", "text", "value $, precision integer"),
    ],
    examples: [["ST_GEOHASH(TO_GEOGRAPHY('POINT(-122.306100 37.554162)'), 5)", "9q9j8"]],
  }),
  ofTwo(
    "ST_CONTAINS",
    "contains",
    "flag",
    "No point of the second is outside the first, and one is inside",
    [`ST_CONTAINS(${SQUARE}, ${INNER})`, "true"],
  ),
  ofTwo("ST_WITHIN", "within", "flag", "ST_CONTAINS the other way", [
    `ST_WITHIN(${INNER}, ${SQUARE})`,
    "true",
  ]),
  ofTwo("ST_COVERS", "covers", "flag", "No point of the second is outside the first", [
    `ST_COVERS(${SQUARE}, ${INNER})`,
    "true",
  ]),
  ofTwo("ST_COVEREDBY", "coveredby", "flag", "ST_COVERS the other way", [
    `ST_COVEREDBY(${SQUARE}, ${INNER})`,
    "false",
  ]),
  ofTwo("ST_INTERSECTS", "intersects", "flag", "The values have a point in common", [
    `ST_INTERSECTS(${SQUARE}, ${LINE})`,
    "true",
  ]),
  ofTwo("ST_DISJOINT", "disjoint", "flag", "The values have no point in common", [
    `ST_DISJOINT(${INNER}, TO_GEOMETRY('POINT(3 3)'))`,
    "true",
  ]),
  defineGeo("HAVERSINE", {
    doc: "haversine",
    summary: "Kilometres between two latitudes and longitudes",
    signatures: [
      sig("lat1 float, lon1 float, lat2 float, lon2 float", FLOAT, (call) => {
        const [a = "", b = "", c = "", d = ""] = [0, 1, 2, 3].map((i) => argument(call, i).sql);
        const half =
          `(pow(sin(radians(${c} - ${a}) / 2), 2) + cos(radians(${a})) * ` +
          `cos(radians(${c})) * pow(sin(radians(${d} - ${b}) / 2), 2))`;
        // Rounding can make it more than 1.
        return once(
          half,
          (h) => `(2 * 6371.0 * asin(sqrt(CASE WHEN ${h} > 1 THEN 1 ELSE ${h} END)))`,
        );
      }),
    ],
    examples: [["ROUND(HAVERSINE(40.7127, -74.0059, 34.0500, -118.2500), 6)", "3936.385096"]],
  }),
];
