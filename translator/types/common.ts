/**
 * The type that values of two types are brought to: in CASE, COALESCE, set operations and VALUES
 * (`commonType`), and in comparisons (`comparisonType`).
 * https://docs.snowflake.com/en/sql-reference/data-type-conversion
 */

import { widerNumber } from "./arithmetic.ts";
import { commonInterval, INTERVAL_MAX_DIGITS } from "./intervals.ts";
import { commonElement, periodOf } from "./periods.ts";
import {
  BINARY_MAX_LENGTH,
  binaryType,
  NUMBER_MAX_PRECISION,
  numberType,
  type SnowType,
  timestampType,
  timeType,
  VARCHAR_MAX_LENGTH,
  VARIANT,
} from "./types.ts";

/** Fraction digits kept when a VARIANT or a text is compared with a NUMBER. */
const LOOSE_COMPARISON_SCALE = 9;

/** Text gives way to these: the string is converted. */
const WINS_OVER_TEXT = new Set<SnowType["kind"]>([
  "float",
  "decfloat",
  "date",
  "time",
  "timestamp",
  "uuid",
  "variant",
]);

/** VARIANT takes in these. */
const FITS_VARIANT = new Set<SnowType["kind"]>([
  "number",
  "float",
  "boolean",
  "date",
  "time",
  "timestamp",
  "uuid",
  "array",
  "object",
  "map",
  "binary",
]);

function sameKind(a: SnowType, b: SnowType): SnowType | undefined {
  if (a.kind === "number" && b.kind === "number") return widerNumber(a, b);
  if (a.kind === "text" && b.kind === "text") {
    const length = Math.min(VARCHAR_MAX_LENGTH, Math.max(a.length, b.length));
    return { kind: "text", length, collation: a.collation ?? b.collation };
  }
  if (a.kind === "binary" && b.kind === "binary") {
    return binaryType(Math.min(BINARY_MAX_LENGTH, Math.max(a.length, b.length)));
  }
  if (a.kind === "time" && b.kind === "time") return timeType(Math.max(a.scale, b.scale));
  if (a.kind === "timestamp" && b.kind === "timestamp") {
    const flavor = a.flavor === b.flavor ? a.flavor : widerFlavor(a.flavor, b.flavor);
    return timestampType(flavor, Math.max(a.scale, b.scale));
  }
  if (a.kind === "period" && b.kind === "period") {
    const element = commonElement(a.element, b.element);
    return element === undefined ? undefined : periodOf(element);
  }
  if (a.kind === "interval" && b.kind === "interval") return commonInterval(a, b);
  if (a.kind === "array" && b.kind === "array" && a.element !== undefined && b.element) {
    const type = commonType(a.element.type, b.element.type);
    if (type === undefined) return undefined;
    return { kind: "array", element: { type, nullable: a.element.nullable || b.element.nullable } };
  }
  return a;
}

function widerFlavor(a: string, b: string): "tz" | "ltz" {
  return a === "tz" || b === "tz" ? "tz" : "ltz";
}

/** Of the word `false`. */
const BOOLEAN_TEXT_LENGTH = 5;

/** One direction of the pairs of unlike kinds; the caller asks both ways. */
function unlike(a: SnowType, b: SnowType): SnowType | undefined {
  if (a.kind === "null") return b;
  // A text may hold more digits than the NUMBER beside it.
  if (a.kind === "text" && b.kind === "number") return numberType(NUMBER_MAX_PRECISION, b.scale);
  // And more digits than the INTERVAL beside it.
  if (a.kind === "text" && b.kind === "interval") {
    return { ...b, precision: INTERVAL_MAX_DIGITS, fraction: INTERVAL_MAX_DIGITS };
  }
  if (a.kind === "text" && WINS_OVER_TEXT.has(b.kind)) return b;
  if (a.kind === "text" && (b.kind === "geography" || b.kind === "geometry")) return b;
  if (a.kind === "boolean" && b.kind === "text") {
    return { ...b, length: Math.max(b.length, BOOLEAN_TEXT_LENGTH) };
  }
  if (a.kind === "number" && (b.kind === "float" || b.kind === "decfloat")) return b;
  if (a.kind === "float" && b.kind === "decfloat") return b;
  if ((a.kind === "number" || a.kind === "float") && b.kind === "boolean") return b;
  if (a.kind === "date" && b.kind === "timestamp") return b;
  if (b.kind === "variant" && FITS_VARIANT.has(a.kind)) return VARIANT;
  return undefined;
}

/** The common type of two expressions; undefined when there is none. */
export function commonType(a: SnowType, b: SnowType): SnowType | undefined {
  if (a.kind === b.kind) return sameKind(a, b);
  return unlike(a, b) ?? unlike(b, a);
}

/** The common type of any number of expressions; undefined when two of them have none. */
export function commonTypeOf(types: readonly SnowType[]): SnowType | undefined {
  let result: SnowType | undefined;
  for (const type of types) {
    const next: SnowType | undefined = result === undefined ? type : commonType(result, type);
    if (next === undefined) return undefined;
    result = next;
  }
  return result;
}

/**
 * The type that two values are compared in. As `commonType`, but a VARIANT is cast to the type of the SQL value
 * beside it, and TIMESTAMP_TZ compares by its instant.
 */
export function comparisonType(a: SnowType, b: SnowType): SnowType | undefined {
  const type = comparedAs(a, b);
  if (type?.kind === "timestamp" && type.flavor === "tz") return timestampType("ltz", type.scale);
  if (type?.kind === "text") return { ...type, length: VARCHAR_MAX_LENGTH };
  if (type?.kind === "period" && type.element.kind === "timestamp") {
    const { flavor, scale } = type.element;
    return periodOf({ kind: "timestamp", flavor: flavor === "tz" ? "ltz" : flavor, scale });
  }
  return type;
}

function comparedAs(a: SnowType, b: SnowType): SnowType | undefined {
  if (a.kind === "variant" && b.kind !== "variant" && b.kind !== "null") return besideVariant(b);
  if (b.kind === "variant" && a.kind !== "variant" && a.kind !== "null") return besideVariant(a);
  if (a.kind === "text" && b.kind === "number") return besideVariant(b);
  if (b.kind === "text" && a.kind === "number") return besideVariant(a);
  // A text is read as the BOOLEAN beside it: 'yes' = TRUE, and 'x' = TRUE is an error.
  if (a.kind === "boolean" && b.kind === "text") return a;
  if (b.kind === "boolean" && a.kind === "text") return b;
  return commonType(a, b);
}

function besideVariant(type: SnowType): SnowType {
  if (type.kind === "number") {
    return numberType(38, Math.max(type.scale, LOOSE_COMPARISON_SCALE));
  }
  if (type.kind === "array" || type.kind === "object" || type.kind === "map") return VARIANT;
  return type;
}
