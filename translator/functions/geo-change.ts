/**
 * Functions that make new geospatial values out of others.
 * https://docs.snowflake.com/en/sql-reference/functions-geospatial
 */

import { GEO_HOST_FUNCTIONS } from "../geo/host.ts";
import { GEOGRAPHY, GEOMETRY } from "../types/types.ts";
import { aggregate, argumentAt } from "./aggregate-sql.ts";
import { type FunctionEntry, family, type LoweringCall, type Signature, sig } from "./define.ts";
import { both, defineGeo, operationSql, signature } from "./geo.ts";
import { argument } from "./rules.ts";

const PIECES =
  "; parts narrower than about 1e-12 of the size can come out wrong, and GEOGRAPHY values that span half the globe are refused";

function combination(
  name: string,
  operation: string,
  summary: string,
  example: readonly [string, string],
): FunctionEntry {
  return defineGeo(name, {
    doc: name.toLowerCase(),
    summary: summary + PIECES,
    signatures: both(operation, "geo", "first $, second $"),
    examples: [example],
  });
}

function listed(operation: string): Signature[] {
  return (["geography", "geometry"] as const).map((kind) =>
    sig(
      `value ${kind}`,
      kind === "geography" ? GEOGRAPHY : GEOMETRY,
      (call: LoweringCall) =>
        `_geo_list('${operation}', '${kind}', ${aggregate(call, "list", argumentAt(call, 0).sql)})`,
      { nullability: "always" },
    ),
  );
}

function collecting(
  name: string,
  operation: string,
  summary: string,
  example: readonly [string, string],
): FunctionEntry {
  return family("geospatial")(name, {
    doc: name.toLowerCase(),
    kind: "aggregate",
    summary,
    signatures: listed(operation),
    host: GEO_HOST_FUNCTIONS,
    examples: [example],
  });
}

/** ST_COLLECT of two values; of one value it is the aggregate below. */
export const COLLECT_PAIR: FunctionEntry = defineGeo("ST_COLLECT", {
  doc: "st_collect",
  summary: "Two values in one Multi… value or collection",
  signatures: both("collect", "geo", "first $, second $"),
  examples: [],
});

const A = "TO_GEOMETRY('POLYGON((0 0, 2 0, 2 2, 0 2, 0 0))')";
const B = "TO_GEOMETRY('POLYGON((1 0, 3 0, 3 2, 1 2, 1 0))')";

export const GEO_CHANGES: readonly FunctionEntry[] = [
  combination("ST_UNION", "union", "What is in either value", [
    `ST_AREA(ST_UNION(${A}, ${B}))`,
    "6",
  ]),
  combination("ST_INTERSECTION", "intersection", "What is in both values; NULL when nothing is", [
    `ST_AREA(ST_INTERSECTION(${A}, ${B}))`,
    "2",
  ]),
  combination("ST_DIFFERENCE", "difference", "What is in the first value alone", [
    `ST_AREA(ST_DIFFERENCE(${A}, ${B}))`,
    "2",
  ]),
  combination("ST_SYMDIFFERENCE", "symdifference", "What is in one of the values alone", [
    `ST_AREA(ST_SYMDIFFERENCE(${A}, ${B}))`,
    "4",
  ]),
  collecting("ST_COLLECT", "collect", "All values in one Multi… value or collection", [
    "ST_ASWKT(ST_COLLECT(TO_GEOMETRY('POINT(1 2)')))",
    "MULTIPOINT((1 2))",
  ]),
  collecting("ST_UNION_AGG", "union", `What is in any of the values${PIECES}`, [
    `ST_AREA(ST_UNION_AGG(${A}))`,
    "4",
  ]),
  collecting("ST_INTERSECTION_AGG", "intersection", `What is in all values${PIECES}`, [
    `ST_AREA(ST_INTERSECTION_AGG(${A}))`,
    "4",
  ]),
  defineGeo("ST_CENTROID", {
    doc: "st_centroid",
    summary: "Middle point of the parts of the highest dimension",
    signatures: both("centroid", "geo", "value $"),
    examples: [
      [
        "ST_ASWKT(ST_CENTROID(TO_GEOMETRY('POLYGON((10 10, 10 20, 20 20, 20 10, 10 10))')))",
        "POINT(15 15)",
      ],
    ],
  }),
  defineGeo("ST_ENVELOPE", {
    doc: "st_envelope",
    summary: "The bounding box as a polygon, line or point",
    signatures: both("envelope", "geo", "value $"),
    examples: [
      [
        "ST_ASWKT(ST_ENVELOPE(TO_GEOMETRY('LINESTRING(0 0, 1 2)')))",
        "POLYGON((0 0,1 0,1 2,0 2,0 0))",
      ],
    ],
  }),
  defineGeo("ST_BUFFER", {
    doc: "st_buffer",
    summary:
      "Everything nearer to a GEOMETRY than a distance (inside by it when negative), corners rounded with 32 segments a turn",
    signatures: [signature("buffer", "geometry", "geo", "value $, distance float")],
    examples: [["ROUND(ST_AREA(ST_BUFFER(TO_GEOMETRY('POINT(0 0)'), 1)), 6)", "3.121445"]],
  }),
  defineGeo("ST_SIMPLIFY", {
    doc: "st_simplify",
    summary:
      "Without the points that are within a tolerance of the simpler edges (metres for GEOGRAPHY)",
    signatures: [
      ...both("simplify", "geo", "value $, tolerance float", ["'false'"]),
      ...both("simplify", "geo", "value $, tolerance float, preserve_collapsed boolean"),
    ],
    examples: [
      [
        "ST_ASWKT(ST_SIMPLIFY(TO_GEOMETRY('LINESTRING(0 0, 1 0.1, 2 0)'), 0.5))",
        "LINESTRING(0 0,2 0)",
      ],
    ],
  }),
  defineGeo("ST_INTERPOLATE", {
    doc: "st_interpolate",
    summary:
      "With points along the arcs, so that straight lines on a map are within a tolerance in metres (100 by default, a number of ours) of them",
    signatures: [
      signature("interpolate", "geography", "geo", "value $", ["'100'"]),
      signature("interpolate", "geography", "geo", "value $, tolerance float"),
    ],
    examples: [["ST_NPOINTS(ST_INTERPOLATE(TO_GEOGRAPHY('LINESTRING(0 0, 10 0)'), 1000))", "2"]],
  }),
  defineGeo("ST_SETSRID", {
    doc: "st_setsrid",
    summary: "The same coordinates under another SRID",
    signatures: [signature("setsrid", "geometry", "geo", "value $, srid integer")],
    examples: [["ST_ASEWKT(ST_SETSRID(TO_GEOMETRY('POINT(1 2)'), 4326))", "SRID=4326;POINT(1 2)"]],
  }),
  defineGeo("ST_TRANSFORM", {
    doc: "st_transform",
    summary:
      "In another reference system: between 4326, 3857 and the UTM zones 32601–32660 and 32701–32760; others are refused",
    signatures: [
      signature("transform", "geometry", "geo", "value $, to_srid integer"),
      sig(
        "value geometry, from_srid integer, to_srid integer",
        GEOMETRY,
        (call) => {
          const [from, to] = [1, 2].map((i) => `CAST(${argument(call, i).sql} AS VARCHAR)`);
          const args = [argument(call, 0).sql, to ?? "", from ?? ""];
          return operationSql("transform", "geometry", "geo", args);
        },
        { nullability: "always" },
      ),
    ],
    examples: [
      [
        "ROUND(ST_X(ST_TRANSFORM(ST_GEOMFROMWKT('POINT(389866.35 5819003.03)', 32633), 3857)), 3)",
        "1489140.094",
      ],
    ],
  }),
];
