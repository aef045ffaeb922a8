/** The host functions of geospatial values: few, each with the operation's name as its first argument. */

import { must } from "../base/assert.ts";
import { SnowflakeError } from "../base/errors.ts";
import type { HostFunction, HostValue } from "../base/host.ts";
import { list, text } from "../variant/host-arguments.ts";
import { load, store } from "./geojson.ts";
import { H3_OPERATIONS } from "./h3-operations.ts";
import { collected, folded, OPERATIONS, type Result } from "./operations.ts";
import { accept, parseGeo } from "./parse.ts";
import { geoFormat, printStored, storedBytes } from "./print.ts";
import type { Geo, GeoKind } from "./shape.ts";
import { parseWkb } from "./wkb.ts";

function kindOf(value: HostValue | undefined): GeoKind {
  return text(value) === "geometry" ? "geometry" : "geography";
}

function run(
  operation: HostValue | undefined,
  kind: HostValue | undefined,
  args: readonly HostValue[],
): Result {
  const found = must(OPERATIONS.get(text(operation)), text(operation));
  return found(kindOf(kind), ...args.map(text));
}

/** `_geo_text(operation, kind, …)` and its like by the type of the result. */
function dispatcher(name: string, returns: HostFunction["returns"]): HostFunction {
  return {
    name,
    parameters: ["VARCHAR", "VARCHAR"],
    variadic: "VARCHAR",
    returns,
    evaluate: (operation, kind, ...args) => {
      const result = run(operation ?? null, kind ?? null, args);
      return returns === "BIGINT" && typeof result === "number" ? BigInt(result) : result;
    },
  };
}

/** Invalid input as NULL, for the TRY_ functions. */
function orNull(isTry: boolean, parse: () => Geo): string | null {
  try {
    return store(parse());
  } catch (error) {
    if (isTry && error instanceof SnowflakeError) return null;
    throw error;
  }
}

/** (kind, input, allow invalid, SRID or empty, TRY) */
const PARSE: HostFunction = {
  name: "_geo_parse",
  parameters: ["VARCHAR", "VARCHAR", "BOOLEAN", "VARCHAR", "BOOLEAN"],
  returns: "VARCHAR",
  evaluate: (kind, input, allowInvalid, srid, isTry) =>
    orNull(isTry === true, () =>
      parseGeo(text(input), {
        kind: kindOf(kind),
        allowInvalid: allowInvalid === true,
        srid: srid === "" ? undefined : Number(srid),
      }),
    ),
};

const PARSE_BYTES: HostFunction = {
  name: "_geo_parse_bytes",
  parameters: ["VARCHAR", "BLOB", "BOOLEAN", "VARCHAR", "BOOLEAN"],
  returns: "VARCHAR",
  evaluate: (kind, input, allowInvalid, srid, isTry) =>
    orNull(isTry === true, () => {
      const parsed = parseWkb(input instanceof Uint8Array ? input : new Uint8Array());
      return accept(parsed, {
        kind: kindOf(kind),
        allowInvalid: allowInvalid === true,
        srid: srid === "" ? undefined : Number(srid),
      });
    }),
};

/** A GEOGRAPHY as GEOMETRY and the other way: the same shape, checked on its new surface. */
const CONVERT: HostFunction = {
  name: "_geo_convert",
  parameters: ["VARCHAR", "VARCHAR", "BOOLEAN", "VARCHAR", "BOOLEAN"],
  returns: "VARCHAR",
  evaluate: (to, input, allowInvalid, srid, isTry) =>
    orNull(isTry === true, () => {
      const kind = kindOf(to);
      const geo = load(text(input), kind === "geometry" ? "geography" : "geometry");
      const from = kind === "geography" && geo.srid === 0 ? undefined : geo.srid;
      const wanted = srid === "" ? from : Number(srid);
      const options = { kind, allowInvalid: allowInvalid === true };
      return { ...accept({ shape: geo.shape, srid: wanted }, options), computed: geo.computed };
    }),
};

/** (kind, value, format) as text, in the text formats. */
const PRINT: HostFunction = {
  name: "_geo_print",
  parameters: ["VARCHAR", "VARCHAR", "VARCHAR"],
  returns: "VARCHAR",
  evaluate: (kind, value, format) =>
    printStored(text(value), kindOf(kind), text(format) === "EWKT" ? "EWKT" : "WKT"),
};

const BYTES: HostFunction = {
  name: "_geo_bytes",
  parameters: ["VARCHAR", "VARCHAR", "VARCHAR"],
  returns: "BLOB",
  evaluate: (kind, value, format) =>
    storedBytes(text(value), kindOf(kind), geoFormat(text(format)) === "EWKB" ? "EWKB" : "WKB"),
};

/** (operation, kind, values): what the aggregates give. */
const LIST: HostFunction = {
  name: "_geo_list",
  parameters: ["VARCHAR", "VARCHAR", "VARCHAR[]"],
  returns: "VARCHAR",
  evaluate: (operation, kind, values) => {
    const stored = list(values).filter((value) => value !== null);
    const geos = stored.map((value) => load(value, kindOf(kind)));
    if (operation === "collect") return collected(geos);
    return folded(geos, operation === "union" ? "union" : "intersection");
  },
};

function h3Function(name: string, returns: "VARCHAR" | "BOOLEAN"): HostFunction {
  return {
    name,
    parameters: ["VARCHAR", "VARCHAR"],
    variadic: "VARCHAR",
    returns,
    evaluate: (operation, form, ...args) => {
      const found = must(H3_OPERATIONS[text(operation)], text(operation));
      return found(form === "number" ? "number" : "text", ...args.map(text));
    },
  };
}

/** Every host function that geospatial SQL calls. */
export const GEO_HOST_FUNCTIONS: readonly HostFunction[] = [
  dispatcher("_geo_text", "VARCHAR"),
  dispatcher("_geo_real", "DOUBLE"),
  dispatcher("_geo_whole", "BIGINT"),
  dispatcher("_geo_flag", "BOOLEAN"),
  PARSE,
  PARSE_BYTES,
  CONVERT,
  PRINT,
  BYTES,
  LIST,
  h3Function("_h3_text", "VARCHAR"),
  h3Function("_h3_flag", "BOOLEAN"),
];
