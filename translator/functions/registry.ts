/** The function catalog: every family in one list, looked up by name. */

import type { HostFunction } from "../base/host.ts";
import { CAST_HOST_FUNCTIONS } from "../lower/host-casts.ts";
import { VARIANT_HOST_FUNCTIONS } from "../variant/host.ts";
import { ACCUMULATE } from "./accumulate.ts";
import { AGGREGATE_FUNCTIONS } from "./aggregate.ts";
import { BITMAP_FUNCTIONS } from "./aggregate-bitmap.ts";
import { COLLECTING_FUNCTIONS } from "./aggregate-collect.ts";
import { SKETCH_FUNCTIONS } from "./aggregate-sketch.ts";
import { STATISTICAL_FUNCTIONS } from "./aggregate-statistics.ts";
import { BITWISE_FUNCTIONS } from "./bitwise.ts";
import { COMPRESSION_FUNCTIONS } from "./compression.ts";
import { CONDITIONAL_FUNCTIONS } from "./conditional.ts";
import { CONTEXT_FUNCTIONS } from "./context.ts";
import { DATE_CONVERSIONS } from "./conversion-dates.ts";
import { NUMBER_CONVERSIONS } from "./conversion-numbers.ts";
import { TEXT_CONVERSIONS } from "./conversion-text.ts";
import { DATA_METRICS } from "./data-metrics.ts";
import { DATE_PART_FUNCTIONS } from "./date.ts";
import { DATE_ARITHMETIC_FUNCTIONS, DATE_TRUNC_SIGNATURES } from "./date-arithmetic.ts";
import { DATE_CALENDAR_FUNCTIONS } from "./date-calendar.ts";
import { DATE_CONSTRUCTION_FUNCTIONS } from "./date-construct.ts";
import type { FunctionEntry, Signature } from "./define.ts";
import { ENCRYPTION_FUNCTIONS } from "./encryption.ts";
import { FILE_FUNCTIONS } from "./file.ts";
import { FILE_VALUE_FUNCTIONS } from "./file-values.ts";
import { GENERATION_FUNCTIONS } from "./generation.ts";
import { COLLECT_PAIR, GEO_CHANGES } from "./geo-change.ts";
import { GEO_CONSTRUCTORS } from "./geo-construct.ts";
import { GEO_FORMATS } from "./geo-format.ts";
import { H3_FUNCTIONS } from "./geo-h3.ts";
import { GEO_MEASURES } from "./geo-measure.ts";
import { HASH_FUNCTIONS } from "./hash.ts";
import { LAMBDA_FUNCTIONS } from "./lambda.ts";
import { MATCH_HOST_FUNCTIONS } from "./match-recognize.ts";
import { NOTIFICATION_FUNCTIONS } from "./notification.ts";
import { NUMERIC_FUNCTIONS } from "./numeric.ts";
import { ROUNDING_FUNCTIONS } from "./numeric-rounding.ts";
import { OPERATOR_HOST_FUNCTIONS, OPERATORS } from "./operators.ts";
import { PATTERN_FUNCTIONS } from "./patterns.ts";
import { PERIOD_FUNCTIONS } from "./period.ts";
import { REFUSED_FUNCTIONS } from "./refused-table.ts";
import { REGEXP_FUNCTIONS } from "./regexp.ts";
import { SEMI_STRUCTURED_FUNCTIONS } from "./semi-structured.ts";
import { ARRAY_FUNCTIONS } from "./semi-structured-arrays.ts";
import { OBJECT_FUNCTIONS } from "./semi-structured-objects.ts";
import { STRING_FUNCTIONS } from "./string.ts";
import { STRING_ENCODING_FUNCTIONS } from "./string-encoding.ts";
import { STRING_PARSE_FUNCTIONS } from "./string-parse.ts";
import { STRING_SEARCH_FUNCTIONS } from "./string-search.ts";
import { SYSTEM_FUNCTIONS } from "./system.ts";
import { CLOUD_FUNCTIONS } from "./system-cloud.ts";
import { CONTROL_FUNCTIONS } from "./system-control.ts";
import { SYSTEM_STUB_FUNCTIONS } from "./system-stubs.ts";
import { TABLE_FUNCTIONS } from "./table.ts";
import { TEXT_SPLITTING_FUNCTIONS } from "./text-splitting.ts";
import { VECTOR_FUNCTIONS } from "./vector.ts";
import { WINDOW_FUNCTIONS } from "./window.ts";

/** A name that occurs in several families means the first. */
const FAMILIES: readonly (readonly FunctionEntry[])[] = [
  COLLECTING_FUNCTIONS,
  STATISTICAL_FUNCTIONS,
  AGGREGATE_FUNCTIONS,
  BITMAP_FUNCTIONS,
  SKETCH_FUNCTIONS,
  DATE_CALENDAR_FUNCTIONS,
  PERIOD_FUNCTIONS,
  [ACCUMULATE],
  BITWISE_FUNCTIONS,
  CONDITIONAL_FUNCTIONS,
  CONTEXT_FUNCTIONS,
  DATE_ARITHMETIC_FUNCTIONS,
  DATE_CONSTRUCTION_FUNCTIONS,
  DATE_PART_FUNCTIONS,
  TEXT_CONVERSIONS,
  NUMBER_CONVERSIONS,
  DATE_CONVERSIONS,
  FILE_FUNCTIONS,
  FILE_VALUE_FUNCTIONS,
  GENERATION_FUNCTIONS,
  ENCRYPTION_FUNCTIONS,
  COMPRESSION_FUNCTIONS,
  HASH_FUNCTIONS,
  LAMBDA_FUNCTIONS,
  ROUNDING_FUNCTIONS,
  NUMERIC_FUNCTIONS,
  REGEXP_FUNCTIONS,
  ARRAY_FUNCTIONS,
  OBJECT_FUNCTIONS,
  SEMI_STRUCTURED_FUNCTIONS,
  STRING_ENCODING_FUNCTIONS,
  STRING_PARSE_FUNCTIONS,
  STRING_SEARCH_FUNCTIONS,
  STRING_FUNCTIONS,
  TEXT_SPLITTING_FUNCTIONS,
  SYSTEM_STUB_FUNCTIONS,
  CONTROL_FUNCTIONS,
  SYSTEM_FUNCTIONS,
  TABLE_FUNCTIONS,
  VECTOR_FUNCTIONS,
  WINDOW_FUNCTIONS,
  PATTERN_FUNCTIONS,
  CLOUD_FUNCTIONS,
  DATA_METRICS,
  NOTIFICATION_FUNCTIONS,
  GEO_CONSTRUCTORS,
  GEO_FORMATS,
  GEO_MEASURES,
  GEO_CHANGES,
  H3_FUNCTIONS,
  REFUSED_FUNCTIONS,
];

const SYSTEM_DATABASE = "SNOWFLAKE";

/** Signatures of another family under the same name. */
const FURTHER_SIGNATURES: Readonly<Record<string, readonly Signature[]>> = {
  TRUNC: DATE_TRUNC_SIGNATURES,
};

function withFurther(entry: FunctionEntry): FunctionEntry {
  const further = FURTHER_SIGNATURES[entry.name];
  return further === undefined
    ? entry
    : { ...entry, signatures: [...entry.signatures, ...further] };
}

/** Every function that can be called by name; operators are not among them. */
export const ALL_FUNCTIONS: readonly FunctionEntry[] = FAMILIES.flat().map(withFurther);

const byName = new Map<string, FunctionEntry>();
const byQualifiedName = new Map<string, FunctionEntry>();
for (const entry of ALL_FUNCTIONS) {
  const { schema } = entry;
  const names = schema === undefined ? byName : byQualifiedName;
  const prefix = schema === undefined ? "" : `${SYSTEM_DATABASE}.${schema}.`;
  for (const name of [entry.name, ...entry.aliases]) {
    if (!names.has(prefix + name)) names.set(prefix + name, entry);
  }
}

/** The built-in function of an upper-case name or alias; undefined when there is none. */
export function lookupFunction(name: string): FunctionEntry | undefined {
  return byName.get(name);
}

/** The function of database SNOWFLAKE by the upper-case parts of its name; undefined when there is none. */
export function lookupQualified(parts: readonly string[]): FunctionEntry | undefined {
  return byQualifiedName.get(parts.join("."));
}

/**
 * The built-in function of a call with so many arguments: ST_COLLECT of two values, or more by mistake, is no aggregate.
 * https://docs.snowflake.com/en/sql-reference/functions/st_collect
 */
export function lookupCall(name: string, argumentCount: number): FunctionEntry | undefined {
  return name === COLLECT_PAIR.name && argumentCount >= 2 ? COLLECT_PAIR : lookupFunction(name);
}

/** Every host function that lowered SQL may call, each name once. */
export function allHostFunctions(): readonly HostFunction[] {
  const functions = new Map<string, HostFunction>();
  const sources = [
    CAST_HOST_FUNCTIONS,
    VARIANT_HOST_FUNCTIONS,
    OPERATOR_HOST_FUNCTIONS,
    MATCH_HOST_FUNCTIONS,
    ...[...OPERATORS, ...ALL_FUNCTIONS].map((entry) => entry.host),
  ];
  for (const host of sources.flat()) {
    if (!functions.has(host.name)) functions.set(host.name, host);
  }
  return [...functions.values()];
}
