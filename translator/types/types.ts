/**
 * Snowflake's data types as plain frozen data. A type carries everything a driver or DESCRIBE shows
 * of it: precision, scale, length. Nullability is a property of a column or an expression, not of a type.
 */

export type TimestampFlavor = "ntz" | "ltz" | "tz";

export type StructuredField = {
  readonly name: string;
  readonly type: SnowType;
  readonly nullable: boolean;
};

/** The values of GEOGRAPHY_OUTPUT_FORMAT and GEOMETRY_OUTPUT_FORMAT, in capitals. */
export type GeoFormat = "GEOJSON" | "WKT" | "EWKT" | "WKB" | "EWKB";

/** The fields of intervals, largest first: two of the year-month family, four of the day-time family. */
export type IntervalField = "year" | "month" | "day" | "hour" | "minute" | "second";

export type SnowType =
  | { readonly kind: "number"; readonly precision: number; readonly scale: number }
  | { readonly kind: "float" }
  | { readonly kind: "decfloat" }
  | { readonly kind: "text"; readonly length: number; readonly collation?: string | undefined }
  | { readonly kind: "binary"; readonly length: number }
  | { readonly kind: "boolean" }
  | { readonly kind: "date" }
  | { readonly kind: "time"; readonly scale: number }
  | { readonly kind: "timestamp"; readonly flavor: TimestampFlavor; readonly scale: number }
  /** Text in the form 8-4-4-4-12, in lower case. */
  | { readonly kind: "uuid" }
  | { readonly kind: "variant" }
  | { readonly kind: "object"; readonly fields?: readonly StructuredField[] | undefined }
  | {
      readonly kind: "array";
      readonly element?: { readonly type: SnowType; readonly nullable: boolean } | undefined;
    }
  | {
      readonly kind: "map";
      readonly key: SnowType;
      readonly value: { readonly type: SnowType; readonly nullable: boolean };
    }
  | { readonly kind: "vector"; readonly element: "int" | "float"; readonly dimension: number }
  /** `format` is how a result prints it: the server sets it, and nothing else asks for it. */
  | { readonly kind: "geography"; readonly format?: GeoFormat | undefined }
  | { readonly kind: "geometry"; readonly format?: GeoFormat | undefined }
  /**
   * INTERVAL DAY(precision) TO SECOND(fraction) and the like; `from` and `to` are the same for a single field.
   * `precision` counts the digits of the leading field, `fraction` those of the second, where there is one.
   */
  | {
      readonly kind: "interval";
      readonly from: IntervalField;
      readonly to: IntervalField;
      readonly precision: number;
      readonly fraction: number;
    }
  /** A half-open range `[begin, end)` of DATE, TIME or TIMESTAMP. */
  | {
      readonly kind: "period";
      readonly element: Extract<SnowType, { kind: "date" | "time" | "timestamp" }>;
    }
  /** A reference to a staged file: the JSON text of its metadata. */
  | { readonly kind: "file" }
  /** The type of a bare NULL (and of an untyped NULL bind): converts to every type. */
  | { readonly kind: "null" };

export type TypeKind = SnowType["kind"];
export type PeriodType = Extract<SnowType, { kind: "period" }>;
export type IntervalType = Extract<SnowType, { kind: "interval" }>;

/** Length of VARCHAR without a length in a column definition, in characters. */
export const VARCHAR_DEFAULT_LENGTH = 16_777_216;
/** Longest VARCHAR, in characters; the length of computed text. */
export const VARCHAR_MAX_LENGTH = 134_217_728;
/** Length of BINARY without a length, in bytes. */
export const BINARY_DEFAULT_LENGTH = 8_388_608;
export const BINARY_MAX_LENGTH = 67_108_864;
export const NUMBER_MAX_PRECISION = 38;
export const NUMBER_MAX_SCALE = 37;
/** Fraction digits of TIME and TIMESTAMP types without a precision. */
export const TIME_DEFAULT_SCALE = 9;

export function numberType(precision: number, scale: number): SnowType {
  return { kind: "number", precision, scale };
}
export function textType(length: number = VARCHAR_DEFAULT_LENGTH): SnowType {
  return { kind: "text", length };
}
export function binaryType(length: number = BINARY_DEFAULT_LENGTH): SnowType {
  return { kind: "binary", length };
}
export function timeType(scale: number = TIME_DEFAULT_SCALE): SnowType {
  return { kind: "time", scale };
}
export function timestampType(
  flavor: TimestampFlavor,
  scale: number = TIME_DEFAULT_SCALE,
): SnowType {
  return { kind: "timestamp", flavor, scale };
}

export const INTEGER: SnowType = numberType(38, 0);
export const FLOAT: SnowType = { kind: "float" };
export const DECFLOAT: SnowType = { kind: "decfloat" };
export const TEXT: SnowType = textType();
export const BINARY: SnowType = binaryType();
export const BOOLEAN: SnowType = { kind: "boolean" };
export const DATE: SnowType = { kind: "date" };
export const TIME: SnowType = timeType();
export const UUID: SnowType = { kind: "uuid" };
/** Characters of a UUID's text. */
export const UUID_LENGTH = 36;
export const VARIANT: SnowType = { kind: "variant" };
export const OBJECT: SnowType = { kind: "object" };
export const ARRAY: SnowType = { kind: "array" };
export const NULL_TYPE: SnowType = { kind: "null" };
export const FILE: SnowType = { kind: "file" };
export const GEOGRAPHY: SnowType = { kind: "geography" };
export const GEOMETRY: SnowType = { kind: "geometry" };
