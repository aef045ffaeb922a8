/**
 * Conversion to text and to semi-structured values.
 * https://docs.snowflake.com/en/sql-reference/functions/to_char
 */

import { must } from "../base/assert.ts";
import { sessionText } from "../lower/variant-casts.ts";
import { ARRAY, OBJECT, type SnowType, TEXT, UUID, VARIANT } from "../types/types.ts";
import { CONVERSION_HOST_FUNCTIONS } from "./conversion-host.ts";
import { castFirst } from "./conversion-numbers.ts";
import { once } from "./date-parts.ts";
import {
  type FunctionEntry,
  family,
  type LoweredArgument,
  type LoweringCall,
  type LoweringContext,
  sig,
} from "./define.ts";

const define = family("conversion");

/** A value printed by a format model. */
function printSql(value: LoweredArgument, format: string, context: LoweringContext): string {
  const { sql, type } = value;
  switch (type.kind) {
    case "number":
      return `_cv_print_number(CAST(${sql} AS VARCHAR), ${format})`;
    case "date":
      return `_cv_print_date(${sql}, ${format})`;
    case "time":
      return `_cv_print_time(${sql}, ${format})`;
    case "timestamp":
      break;
    default:
      return `_cv_print_double(${sql}, ${format})`;
  }
  if (type.flavor === "ntz") return `_cv_print_ntz(${sql}, ${format})`;
  if (type.flavor === "ltz") {
    const zone = context.quote(String(context.parameter("TIMEZONE")));
    return `_cv_print_ltz(${sql}, ${zone}, ${format})`;
  }
  return once(
    sql,
    (v) => `_cv_print_tz((${v}).instant, CAST((${v}).offset_minutes AS BIGINT), ${format})`,
  );
}

function printing(call: LoweringCall): string {
  const [value, format] = call.arguments;
  return printSql(must(value), must(format).sql, call.context);
}

/** Patterns of what a format model prints. */
const PRINTED = ["number", "float", "date", "time", "timestamp"] as const;

function toText(name: string): FunctionEntry {
  return define(name, {
    doc: "to_char",
    summary: "Text of a value, by a format model or the session's formats",
    signatures: [
      sig("value any", TEXT, castFirst),
      sig("value binary, format text", TEXT, "_cv_print_binary({value}, {format})"),
      ...PRINTED.map((pattern) => sig(`value ${pattern}, format text`, TEXT, printing)),
    ],
    host: CONVERSION_HOST_FUNCTIONS,
    examples: [
      [
        `${name}('2024-04-05 01:02:03'::TIMESTAMP_NTZ, 'mm/dd/yyyy, hh24:mi hours')`,
        "04/05/2024, 01:02 hours",
      ],
      [`${name}('03-Apr-2024'::DATE, 'yyyy.mm.dd')`, "2024.04.03"],
      [`${name}(1.2::FLOAT, 'S000,000.000')`, "+000,001.200"],
    ],
  });
}

function same(types: readonly SnowType[]): SnowType {
  return must(types[0]);
}

export const TEXT_CONVERSIONS: readonly FunctionEntry[] = [
  toText("TO_CHAR"),
  toText("TO_VARCHAR"),
  define("TO_VARIANT", {
    doc: "to_variant",
    summary: "Any value as a VARIANT",
    signatures: [sig("value any", VARIANT, castFirst)],
    examples: [["TYPEOF(TO_VARIANT(3.14))", "DECIMAL"]],
  }),
  define("TO_ARRAY", {
    doc: "to_array",
    summary: "An ARRAY as it is, anything else as an array of one element",
    signatures: [
      sig("value array", same, "{value}"),
      sig("value element", ARRAY, "_v_to_array({value})", { nullability: "always" }),
    ],
    examples: [["TO_ARRAY(1)::VARCHAR", "[1]"]],
  }),
  define("TO_OBJECT", {
    doc: "to_object",
    summary: "The OBJECT inside a VARIANT",
    signatures: [
      sig("value object", same, "{value}"),
      sig("value variant", OBJECT, "_v_to_object({value})", { nullability: "always" }),
    ],
    examples: [["TO_OBJECT(PARSE_JSON('{\"a\":1}'))::VARCHAR", '{"a":1}']],
  }),
  define("TO_JSON", {
    doc: "to_json",
    summary: "The JSON text of a VARIANT",
    signatures: [
      sig("value variant", TEXT, (call) => {
        return `_v_compact(${must(call.arguments[0]).sql}, ${sessionText(call.context)})`;
      }),
    ],
    examples: [['TO_JSON(PARSE_JSON(\'{"b":1, "a":2}\'))', '{"a":2,"b":1}']],
  }),
  define("TO_XML", {
    doc: "to_xml",
    summary: "The XML text of a VARIANT",
    signatures: [
      sig("value variant", TEXT, (call) => {
        return `_v_to_xml(${must(call.arguments[0]).sql}, ${sessionText(call.context)})`;
      }),
    ],
  }),
  define("TO_UUID", {
    doc: "to_uuid",
    summary: "A UUID of its text",
    signatures: [sig("value uuid", UUID, "{value}")],
    host: CONVERSION_HOST_FUNCTIONS,
    examples: [
      ["TO_UUID('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11')", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"],
    ],
  }),
  define("TRY_TO_UUID", {
    doc: "try_to_uuid",
    summary: "A UUID of its text, NULL where the text is none",
    signatures: [sig("value text", UUID, "_cv_try_uuid({value})", { nullability: "always" })],
    host: CONVERSION_HOST_FUNCTIONS,
    examples: [["TRY_TO_UUID('x')", null]],
  }),
];
