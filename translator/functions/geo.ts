/** What the geospatial families share: calls of the operations in translator/geo as SQL. */

import { GEO_HOST_FUNCTIONS } from "../geo/host.ts";
import type { GeoKind } from "../geo/shape.ts";
import { BOOLEAN, FLOAT, GEOGRAPHY, GEOMETRY, numberType, type SnowType } from "../types/types.ts";
import {
  type FunctionDefinition,
  type FunctionEntry,
  family,
  type LoweredArgument,
  type LoweringCall,
  type Signature,
  sig,
} from "./define.ts";

const define = family("geospatial");

/** A geospatial function; the host functions come with it. */
export function defineGeo(name: string, definition: FunctionDefinition): FunctionEntry {
  return define(name, { ...definition, host: GEO_HOST_FUNCTIONS });
}

export type GeoResult = "text" | "real" | "whole" | "flag" | "geo";

const HOST: Readonly<Record<GeoResult, string>> = {
  text: "_geo_text",
  geo: "_geo_text",
  real: "_geo_real",
  whole: "_geo_whole",
  flag: "_geo_flag",
};

const MAX_TEXT: SnowType = { kind: "text", length: 134_217_728 };

/** Every argument of an operation is text. */
export function argumentText({ sql, type }: LoweredArgument): string {
  const isText = type.kind === "text" || type.kind === "geography" || type.kind === "geometry";
  return isText || type.kind === "array" ? sql : `CAST(${sql} AS VARCHAR)`;
}

/** SQL of an operation on the arguments given. */
export function operationSql(
  operation: string,
  kind: GeoKind,
  result: GeoResult,
  args: readonly string[],
): string {
  return `${HOST[result]}('${operation}', '${kind}', ${args.join(", ")})`;
}

export function typeOf(result: GeoResult, kind: GeoKind): SnowType {
  switch (result) {
    case "real":
      return FLOAT;
    case "whole":
      return numberType(18, 0);
    case "flag":
      return BOOLEAN;
    case "text":
      return MAX_TEXT;
    case "geo":
      return kind === "geography" ? GEOGRAPHY : GEOMETRY;
  }
}

const ALWAYS = { nullability: "always" } as const;

/**
 * The signature of an operation on values of one kind: `parameters` has `$` where the kind's pattern goes.
 * `extra` are SQL texts of defaults behind the arguments.
 */
export function signature(
  operation: string,
  kind: GeoKind,
  result: GeoResult,
  parameters: string,
  extra: readonly string[] = [],
): Signature {
  const lower = (call: LoweringCall) =>
    operationSql(operation, kind, result, [...call.arguments.map(argumentText), ...extra]);
  return sig(parameters.replaceAll("$", kind), typeOf(result, kind), lower, ALWAYS);
}

/** The same for GEOGRAPHY and for GEOMETRY. */
export function both(
  operation: string,
  result: GeoResult,
  parameters: string,
  extra: readonly string[] = [],
): Signature[] {
  return (["geography", "geometry"] as const).map((kind) =>
    signature(operation, kind, result, parameters, extra),
  );
}
