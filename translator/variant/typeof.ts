/**
 * TYPEOF, IS_<type> and AS_<type> on canonical text.
 * https://docs.snowflake.com/en/sql-reference/functions/typeof and .../is
 */
import { payloadOf, tagOf } from "./encoding.ts";

export type VariantType =
  | "NULL_VALUE"
  | "BOOLEAN"
  | "INTEGER"
  | "DECIMAL"
  | "DOUBLE"
  | "VARCHAR"
  | "BINARY"
  | "DATE"
  | "TIME"
  | "TIMESTAMP_NTZ"
  | "TIMESTAMP_LTZ"
  | "TIMESTAMP_TZ"
  | "ARRAY"
  | "OBJECT"
  /** An undefined array element: a SQL NULL. */
  | "NULL";

/** The type name of a value, as TYPEOF prints it. */
export function variantType(text: string): VariantType {
  switch (text.charCodeAt(0)) {
    case 34:
      return stringType(text);
    case 91:
      return "ARRAY";
    case 123:
      return "OBJECT";
    case 110:
      return "NULL_VALUE";
    case 116:
    case 102:
      return "BOOLEAN";
    default:
      return text.includes(".") ? "DECIMAL" : "INTEGER";
  }
}

function stringType(text: string): VariantType {
  switch (tagOf(text)) {
    case undefined:
    case "Q":
      return "VARCHAR";
    case "N":
      return payloadOf(text).includes(".") ? "DECIMAL" : "INTEGER";
    case "F":
      return "DOUBLE";
    case "D":
      return "DATE";
    case "T":
      return "TIME";
    case "Z":
      return "TIMESTAMP_NTZ";
    case "L":
      return "TIMESTAMP_LTZ";
    case "O":
      return "TIMESTAMP_TZ";
    case "B":
      return "BINARY";
    case "U":
      return "NULL";
  }
}

/**
 * Whether the value is of a kind: the part of the function's name behind IS_ or AS_ (INTEGER, DECIMAL, NUMBER,
 * DOUBLE, REAL, CHAR, VARCHAR, DATE, DATE_VALUE, NULL_VALUE ...), in upper case.
 * A decimal kind takes integers, a float kind takes every number.
 */
export function isKind(text: string, kind: string): boolean {
  const type = variantType(text);
  switch (kind) {
    case "DECIMAL":
    case "NUMBER":
      return type === "INTEGER" || type === "DECIMAL";
    case "DOUBLE":
    case "REAL":
    case "FLOAT":
      return type === "INTEGER" || type === "DECIMAL" || type === "DOUBLE";
    case "CHAR":
      return type === "VARCHAR";
    case "DATE_VALUE":
      return type === "DATE";
    default:
      return type === kind;
  }
}
