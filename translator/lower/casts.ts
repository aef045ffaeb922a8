/**
 * Casts to DuckDB SQL, by the pair of types.
 * https://docs.snowflake.com/en/sql-reference/data-type-conversion
 */

import { assert } from "../base/assert.ts";
import { snowflakeError } from "../base/errors.ts";
import { once } from "../functions/date-parts.ts";
import { geoFormat } from "../geo/print.ts";
import { typeText } from "../types/names.ts";
import type { PeriodElement } from "../types/periods.ts";
import { duckType } from "../types/physical.ts";
import { numberType, type SnowType, TEXT, type TypeKind } from "../types/types.ts";
import { named } from "./host-define.ts";
import { intervalNumber, intervalTextSql, toInterval } from "./interval-casts.ts";
import { asNumber, decimalFromText } from "./numbers.ts";
import { periodSql, periodText } from "./periods.ts";
import { quoteText, raiseSql } from "./sql.ts";
import type { LoweringState } from "./state.ts";
import { outputFormat, printTemporal, toDate, toTime, toTimestamp } from "./temporal-casts.ts";
import { fromVariant, sessionText, toVariant } from "./variant-casts.ts";

export type CastRequest = {
  /** SQL of exactly the DuckDB type of `from`. */
  readonly sql: string;
  readonly from: SnowType;
  readonly to: SnowType;
  readonly isTry: boolean;
};

type To<Kind extends TypeKind> = Omit<CastRequest, "to"> & {
  readonly to: Extract<SnowType, { kind: Kind }>;
  readonly state: LoweringState;
};

const SEMI = new Set<TypeKind>(["variant", "object", "array", "map"]);

/** The SQL of a cast. The result has exactly the DuckDB type of `to`. */
export function castSql(request: CastRequest, state: LoweringState): string {
  const { sql, from, to, isTry } = request;
  if (from.kind === "null") return `CAST(${sql} AS ${duckType(to)})`;
  if (to.kind === "null") return sql;
  const isGeo = to.kind === "geography" || to.kind === "geometry";
  if (from.kind === "variant" && !SEMI.has(to.kind) && !isGeo)
    return fitted(fromVariant(request, state), to, isTry);
  if (SEMI.has(from.kind) && to.kind === "text") {
    return fitted(`_v_to_text(${sql}, ${sessionText(state)})`, to, isTry);
  }
  if (SEMI.has(to.kind)) return toSemi(request, state);
  if (to.kind === "vector") return toVector(request, state);
  const caster = CASTERS[to.kind] as ((request: To<TypeKind>) => string) | undefined;
  if (caster === undefined) return `CAST(${sql} AS ${duckType(to)})`;
  return caster({ sql, from, to, isTry, state });
}

/** Text of unknown length checked against the target's; everything else is as it is. */
function fitted(sql: string, to: SnowType, isTry: boolean): string {
  if (to.kind !== "text" || to.length >= LONG_TEXT) return sql;
  return `_${isTry ? "try_" : ""}text_fit(${sql}, ${to.length})`;
}

/** Lengths from here on are not checked on casts: a value that long does not occur by accident. */
const LONG_TEXT = 16_777_216;

/** Whether the type says what its elements are: a cast gives each of them its form. */
function isStructured(type: SnowType): boolean {
  if (type.kind === "array") return type.element !== undefined;
  return type.kind === "map" || (type.kind === "object" && type.fields !== undefined);
}

function toSemi({ sql, from, to, isTry }: CastRequest, state: LoweringState): string {
  if (to.kind === "variant" || SEMI.has(from.kind)) {
    if (!SEMI.has(from.kind)) return toVariant(sql, from);
    const prefix = isTry ? "_v_try_to_" : "_v_to_";
    if (isStructured(to)) {
      const cast = isTry ? "_v_try_cast_structured" : "_v_cast_structured";
      return `${cast}(${sql}, ${quoteText(JSON.stringify(to))}, ${sessionText(state)})`;
    }
    if (to.kind === "array" && from.kind !== "array") return `${prefix}array(${sql})`;
    if (to.kind === "object" && from.kind === "variant") return `${prefix}object(${sql})`;
    return sql;
  }
  return castSql({ sql: toVariant(sql, from), from: { kind: "variant" }, to, isTry }, state);
}

/** @returns SQL that raises 100402 for a vector of another dimension: vectors are not cut or filled */
function toVector(request: CastRequest, state: LoweringState): string {
  const { sql, from, to, isTry } = request;
  if (SEMI.has(from.kind)) return fromVariant(request, state);
  const type = duckType(to);
  if (from.kind !== "vector" || to.kind !== "vector" || from.dimension === to.dimension) {
    return `CAST(${sql} AS ${type})`;
  }
  const { dimension: actual } = from;
  const wrong = snowflakeError("vectorDimension", { actual, expected: to.dimension });
  return `CASE WHEN ${sql} IS NOT NULL ${isTry ? "AND FALSE " : ""}THEN CAST(${raiseSql(wrong)} AS ${type}) END`;
}

function toNumber({ sql, from, to, isTry }: To<"number">): string {
  const type = duckType(to);
  switch (from.kind) {
    case "number":
      return `${isTry ? "TRY_CAST" : "CAST"}(${sql} AS ${type})`;
    case "boolean":
      return `CAST(CAST(${sql} AS TINYINT) AS ${type})`;
    case "float":
      return decimalFromText(
        `${named(isTry, "float_number")}(${sql}, ${to.precision}, ${to.scale})`,
        asNumber(to),
      );
    case "interval":
      return `CAST(${intervalNumber(sql, from)} AS ${type})`;
    default:
      return decimalFromText(
        `${named(isTry, "number_parse")}(${sql}, ${to.precision}, ${to.scale})`,
        asNumber(to),
      );
  }
}

function toFloat({ sql, from, isTry }: To<"float">): string {
  if (from.kind === "text" || from.kind === "decfloat") {
    return `${named(isTry, "float_parse")}(${sql})`;
  }
  if (from.kind === "boolean") return `CAST(CAST(${sql} AS TINYINT) AS DOUBLE)`;
  return `CAST(${sql} AS DOUBLE)`;
}

function toDecfloat({ sql, from, isTry }: To<"decfloat">): string {
  const text =
    from.kind === "boolean"
      ? `CAST(CAST(${sql} AS TINYINT) AS VARCHAR)`
      : `CAST(${sql} AS VARCHAR)`;
  return `${named(isTry, "decfloat_parse")}(${text})`;
}

function toBoolean({ sql, from, isTry }: To<"boolean">): string {
  if (from.kind === "text") return `${named(isTry, "boolean_parse")}(${sql})`;
  if (from.kind === "decfloat") return `(${sql} <> '0')`;
  if (from.kind === "float") {
    const bad = raiseSql(snowflakeError("floatRange", { value: "NaN or inf" }));
    return `CASE WHEN NOT isfinite(${sql}) THEN ${bad} ELSE ${sql} <> 0 END`;
  }
  return `(${sql} <> 0)`;
}

/** DuckDB leaves the zero before the point away when all digits are behind it. */
function numberText(sql: string, from: SnowType): string {
  if (from.kind === "number" && from.scale > 0 && from.precision === from.scale) {
    return `CAST(CAST(${sql} AS ${duckType(numberType(from.precision + 1, from.scale))}) AS VARCHAR)`;
  }
  return `CAST(${sql} AS VARCHAR)`;
}

function textSql({ sql, from, state }: To<"text">): string {
  switch (from.kind) {
    case "text":
    case "uuid":
    case "decfloat":
      return sql;
    case "geography":
    case "geometry":
      return geoText(sql, from.kind, state);
    case "number":
      return numberText(sql, from);
    case "float":
      return `_float_text(${sql})`;
    case "binary":
      return binaryText(sql, state);
    case "date":
    case "time":
    case "timestamp":
      return printTemporal(sql, from, outputFormat(from, state), state);
    case "interval":
      return intervalTextSql(sql, from);
    case "period":
      return periodText(sql, (bound) => castSql(boundCast(bound, from.element), state));
    default:
      return `CAST(${sql} AS VARCHAR)`;
  }
}

function boundCast(sql: string, from: PeriodElement): CastRequest {
  return { sql, from, to: TEXT, isTry: false };
}

/** From text in the form `[begin, end)`, or from a PERIOD of another element type. */
function toPeriod({ sql, from, to, isTry, state }: To<"period">): string {
  const { element } = to;
  if (from.kind === "text") {
    const read = (at: number): string => {
      const text = `${named(isTry, "period_bound")}(${sql}, ${at})`;
      return castSql({ sql: text, from: TEXT, to: element, isTry }, state);
    };
    return periodSql(read(0), read(1), element, isTry);
  }
  assert(from.kind === "period", `a cast from ${from.kind} to PERIOD`);
  if (typeText(from.element) === typeText(element)) return sql;
  const source = from.element;
  return once(sql, (v) => {
    const moved = (name: string): string =>
      castSql({ sql: `(${v}).${name}`, from: source, to: element, isTry }, state);
    return periodSql(moved("starts"), moved("ends"), element, isTry);
  });
}

/** A geospatial value in the session's output format; binary formats as hexadecimal text. */
function geoText(sql: string, kind: "geography" | "geometry", state: LoweringState): string {
  const format = geoFormat(String(state.parameter(`${kind.toUpperCase()}_OUTPUT_FORMAT`)));
  switch (format) {
    case "GEOJSON":
      return `_v_to_text(_geo_text('geojson', '${kind}', ${sql}), ${sessionText(state)})`;
    case "WKT":
    case "EWKT":
      return `_geo_print('${kind}', ${sql}, '${format}')`;
    default:
      return `hex(_geo_bytes('${kind}', ${sql}, '${format}'))`;
  }
}

/** Text, an object or the other geospatial type as a value of the type. */
function toGeo({ sql, from, to, isTry, state }: To<"geography" | "geometry">): string {
  const rest = `false, '', ${isTry}`;
  if (from.kind === to.kind) return sql;
  if (from.kind === "geography" || from.kind === "geometry") {
    return `_geo_convert('${to.kind}', ${sql}, ${rest})`;
  }
  if (from.kind === "binary") return `_geo_parse_bytes('${to.kind}', ${sql}, ${rest})`;
  const text = SEMI.has(from.kind) ? `_v_to_text(${sql}, ${sessionText(state)})` : sql;
  return `_geo_parse('${to.kind}', ${text}, ${rest})`;
}

function toText(request: To<"text">): string {
  const { from, to, isTry } = request;
  const sql = textSql(request);
  if (from.kind === "text" && from.length <= to.length) return sql;
  return fitted(sql, to, isTry);
}

/** Text in the session's BINARY_INPUT_FORMAT. */
function toBinary({ sql, from, isTry, state }: To<"binary">): string {
  if (from.kind !== "text") return sql;
  const format = binaryFormatOf("BINARY_INPUT_FORMAT", state);
  if (format === "HEX") return `${named(isTry, "binary_parse")}(${sql})`;
  return `${isTry ? "_cv_try" : "_cv"}_binary(${sql}, ${quoteText(format)})`;
}

function binaryText(sql: string, state: LoweringState): string {
  const format = binaryFormatOf("BINARY_OUTPUT_FORMAT", state);
  return format === "HEX" ? `hex(${sql})` : `_cv_print_binary(${sql}, ${quoteText(format)})`;
}

function binaryFormatOf(parameter: string, state: LoweringState): string {
  return String(state.parameter(parameter) || "HEX").toUpperCase();
}

const CASTERS: { readonly [Kind in TypeKind]?: (request: To<Kind>) => string } = {
  number: toNumber,
  float: toFloat,
  decfloat: toDecfloat,
  boolean: toBoolean,
  text: toText,
  binary: toBinary,
  date: toDate,
  time: toTime,
  timestamp: toTimestamp,
  geography: toGeo,
  geometry: toGeo,
  period: toPeriod,
  uuid: ({ sql, isTry }) => `${isTry ? "_cv_try" : "_cv"}_uuid(${sql})`,
  interval: ({ sql, from, to, isTry }) => toInterval(sql, from, to, isTry),
};
