/**
 * JSON and XML text, paths, kinds of values.
 * https://docs.snowflake.com/en/sql-reference/functions-semistructured
 */

import { must } from "../base/assert.ts";
import { snowflakeError } from "../base/errors.ts";
import type { BoundExpression } from "../bind/bound.ts";
import { sessionText } from "../lower/variant-casts.ts";
import {
  ARRAY,
  BINARY,
  BOOLEAN,
  DATE,
  FLOAT,
  numberType,
  OBJECT,
  type SnowType,
  TEXT,
  TIME,
  timestampType,
  VARIANT,
} from "../types/types.ts";
import { numberAt } from "./conversion-numbers.ts";
import {
  type Example,
  type FunctionEntry,
  family,
  type LoweringCall,
  type Signature,
  sig,
} from "./define.ts";

const define = family("semi-structured");
const ALWAYS = { nullability: "always" } as const;
const NEVER = { nullability: "never" } as const;

/** PARSE_JSON(s) and PARSE_JSON(s, 'd' | 's'): d keeps the last of repeated keys. */
function parsing(host: string): readonly Signature[] {
  return [
    sig("value text", VARIANT, `${host}({value})`, ALWAYS),
    sig(
      "value text, parameter const text",
      VARIANT,
      (call) => {
        const bound = must(call.arguments[1]).bound;
        const letter = bound.kind === "constant" ? String(bound.value).toLowerCase() : "";
        if (letter !== "d" && letter !== "s") {
          throw snowflakeError("invalidParameterValue", { name: "PARSE_JSON", value: letter });
        }
        const keepsLast = letter === "d";
        return `${host}${keepsLast ? "_d" : ""}(${must(call.arguments[0]).sql})`;
      },
      ALWAYS,
    ),
  ];
}

function truth(call: LoweringCall, at: number): string {
  return call.arguments[at]?.sql ?? "false";
}

/** IS_<kind>: never NULL, FALSE for SQL NULL. */
function is(kind: string, doc: string, examples: readonly Example[] = []): FunctionEntry {
  return define(`IS_${kind}`, {
    doc,
    summary: `Whether a VARIANT holds ${kind}`,
    signatures: [sig("value variant", BOOLEAN, `_v_is({value}, '${kind}')`, NEVER)],
    examples,
  });
}

/** AS_<kind>: the value when the VARIANT holds just that kind, else NULL. */
function as(
  kind: string,
  doc: string,
  type: SnowType,
  examples: readonly Example[] = [],
): FunctionEntry {
  return define(`AS_${kind}`, {
    doc,
    summary: `The value of a VARIANT that holds ${kind}, else NULL`,
    signatures: [sig("value variant", type, asSql(kind), ALWAYS)],
    examples,
  });
}

function asSql(kind: string) {
  return (call: LoweringCall): string => {
    const picked = `_v_as(${must(call.arguments[0]).sql}, '${kind}')`;
    return call.context.cast({ sql: picked, type: VARIANT }, call.returns);
  };
}

function asDecimal(name: string): FunctionEntry {
  return define(`AS_${name}`, {
    doc: "as_decimal-number",
    summary: "The number of a VARIANT that holds a fixed-point one, else NULL",
    signatures: [
      sig(
        "value variant, precision? const integer, scale? const integer",
        (_types, args) => numberAt(args, 1),
        asSql(name),
        ALWAYS,
      ),
    ],
    examples: [[`AS_${name}(PARSE_JSON('1.25'), 6, 3)`, "1.250"]],
  });
}

const KINDS: readonly FunctionEntry[] = [
  is("ARRAY", "is_array", [["IS_ARRAY(PARSE_JSON('[1]'))::VARCHAR", "true"]]),
  is("BINARY", "is_binary", [["IS_BINARY(TO_VARIANT(TO_BINARY('F0')))::VARCHAR", "true"]]),
  is("BOOLEAN", "is_boolean", [["IS_BOOLEAN(PARSE_JSON('true'))::VARCHAR", "true"]]),
  is("CHAR", "is_char-varchar", [["IS_CHAR(PARSE_JSON('\"x\"'))::VARCHAR", "true"]]),
  is("VARCHAR", "is_char-varchar", [["IS_VARCHAR(PARSE_JSON('1'))::VARCHAR", "false"]]),
  is("DATE", "is_date-value", [["IS_DATE(TO_VARIANT('2024-01-01'::DATE))::VARCHAR", "true"]]),
  is("DATE_VALUE", "is_date-value"),
  is("DECIMAL", "is_decimal", [["IS_DECIMAL(PARSE_JSON('12'))::VARCHAR", "true"]]),
  is("DOUBLE", "is_double-real", [["IS_DOUBLE(PARSE_JSON('1.5'))::VARCHAR", "true"]]),
  is("REAL", "is_double-real"),
  is("INTEGER", "is_integer", [["IS_INTEGER(PARSE_JSON('1.5'))::VARCHAR", "false"]]),
  is("OBJECT", "is_object", [["IS_OBJECT(PARSE_JSON('{}'))::VARCHAR", "true"]]),
  is("TIME", "is_time", [["IS_TIME(TO_VARIANT('12:00:00'::TIME))::VARCHAR", "true"]]),
  is("TIMESTAMP_LTZ", "is_timestamp"),
  is("TIMESTAMP_NTZ", "is_timestamp", [
    ["IS_TIMESTAMP_NTZ(TO_VARIANT('2024-01-01'::TIMESTAMP_NTZ))::VARCHAR", "true"],
  ]),
  is("TIMESTAMP_TZ", "is_timestamp"),
  define("IS_NULL_VALUE", {
    doc: "is_null_value",
    summary: "Whether a VARIANT is JSON null; NULL for SQL NULL",
    signatures: [sig("value variant", BOOLEAN, "_v_is({value}, 'NULL_VALUE')", ALWAYS)],
    examples: [["IS_NULL_VALUE(PARSE_JSON('null'))::VARCHAR", "true"]],
  }),
  as("ARRAY", "as_array", ARRAY, [["AS_ARRAY(PARSE_JSON('[1,2]'))::VARCHAR", "[1,2]"]]),
  as("BINARY", "as_binary", BINARY, [
    ["AS_BINARY(TO_VARIANT(TO_BINARY('F0A5')))::VARCHAR", "F0A5"],
  ]),
  as("BOOLEAN", "as_boolean", BOOLEAN, [["AS_BOOLEAN(PARSE_JSON('1'))", null]]),
  as("CHAR", "as_char-varchar", TEXT),
  as("VARCHAR", "as_char-varchar", TEXT, [["AS_VARCHAR(PARSE_JSON('\"x\"'))", "x"]]),
  as("DATE", "as_date", DATE, [["AS_DATE(TO_VARIANT('2018-10-10'::DATE))", "2018-10-10"]]),
  asDecimal("DECIMAL"),
  asDecimal("NUMBER"),
  as("DOUBLE", "as_double-real", FLOAT, [["AS_DOUBLE(PARSE_JSON('1.5'))", "1.5"]]),
  as("REAL", "as_double-real", FLOAT),
  as("INTEGER", "as_integer", numberType(38, 0), [["AS_INTEGER(PARSE_JSON('15'))", "15"]]),
  as("OBJECT", "as_object", OBJECT, [["AS_OBJECT(PARSE_JSON('{\"a\":1}'))::VARCHAR", '{"a":1}']]),
  as("TIME", "as_time", TIME, [["AS_TIME(TO_VARIANT('12:34:56'::TIME))", "12:34:56"]]),
  as("TIMESTAMP_LTZ", "as_timestamp", timestampType("ltz")),
  as("TIMESTAMP_NTZ", "as_timestamp", timestampType("ntz")),
  as("TIMESTAMP_TZ", "as_timestamp", timestampType("tz")),
  define("TYPEOF", {
    doc: "typeof",
    summary: "The kind of value that a VARIANT holds",
    signatures: [sig("value variant", TEXT, "_v_typeof({value})", ALWAYS)],
    examples: [
      ["TYPEOF(PARSE_JSON('[1]'))", "ARRAY"],
      ["TYPEOF(PARSE_JSON('null'))", "NULL_VALUE"],
    ],
  }),
];

const PARSING: readonly FunctionEntry[] = [
  define("PARSE_JSON", {
    doc: "parse_json",
    summary: "The value of a JSON text",
    signatures: parsing("_v_parse_json"),
    examples: [
      ['PARSE_JSON(\'{"b":1, "a":[1, 2]}\')::VARCHAR', '{"a":[1,2],"b":1}'],
      ["PARSE_JSON('')", null],
    ],
  }),
  define("TRY_PARSE_JSON", {
    doc: "try_parse_json",
    summary: "The value of a JSON text, NULL where it is none",
    signatures: parsing("_v_try_parse_json"),
    examples: [["TRY_PARSE_JSON('{bad')", null]],
  }),
  define("CHECK_JSON", {
    doc: "check_json",
    summary: "NULL for valid JSON text, else what is wrong",
    signatures: [
      sig("value text", TEXT, "_v_check_json({value})", ALWAYS),
      sig("value variant", TEXT, "CAST(NULL AS VARCHAR)", ALWAYS),
    ],
    examples: [["CHECK_JSON('{\"a\":1}')", null]],
  }),
  define("PARSE_XML", {
    doc: "parse_xml",
    summary: "The value of an XML text",
    signatures: [
      sig(
        "str text, disable_auto_convert? boolean",
        OBJECT,
        (call) => `_v_parse_xml(${must(call.arguments[0]).sql}, ${truth(call, 1)})`,
        ALWAYS,
      ),
    ],
    examples: [["PARSE_XML('<a>1</a>'):\"$\"::VARCHAR", "1"]],
  }),
  define("CHECK_XML", {
    doc: "check_xml",
    summary: "NULL for valid XML text, else what is wrong",
    signatures: [
      sig("str text, disable_auto_convert? boolean", TEXT, "_v_check_xml({str})", ALWAYS),
    ],
    examples: [["CHECK_XML('<a/>')", null]],
  }),
  define("XMLGET", {
    doc: "xmlget",
    summary: "An element inside an XML element by its tag",
    signatures: [
      sig(
        "value semi, tag text, instance? number",
        OBJECT,
        (call) => {
          const [value, tag, instance] = call.arguments;
          const at = instance === undefined ? "0" : `CAST(${instance.sql} AS BIGINT)`;
          return `_v_xml_get(${must(value).sql}, ${must(tag).sql}, ${at})`;
        },
        ALWAYS,
      ),
    ],
    examples: [["XMLGET(PARSE_XML('<a><b>2</b></a>'), 'b'):\"$\"::VARCHAR", "2"]],
  }),
];

/** The declared type of what GET reaches in a structured value, else VARIANT. */
function reached(types: readonly SnowType[], args: readonly BoundExpression[]): SnowType {
  const [type] = types;
  if (type?.kind === "array") return type.element?.type ?? VARIANT;
  if (type?.kind === "map") return type.value.type;
  const key = args[1];
  if (type?.kind !== "object" || key?.kind !== "constant") return VARIANT;
  return type.fields?.find(({ name }) => name === key.value)?.type ?? VARIANT;
}

function getting(parameters: string, get: (value: string, key: string) => string): Signature {
  return sig(
    parameters,
    reached,
    (call) => {
      const [value, key] = call.arguments;
      const sql = get(must(value).sql, must(key).sql);
      return call.context.cast({ sql, type: VARIANT }, call.returns);
    },
    ALWAYS,
  );
}

const ACCESS: readonly FunctionEntry[] = [
  define("GET", {
    doc: "get",
    summary: "An element of an array by index or of an object by key",
    signatures: [
      getting("value semi, key text", (value, key) => `_v_get(${value}, ${key})`),
      getting("value map, key number", (value, key) => `_v_get(${value}, CAST(${key} AS VARCHAR))`),
      getting(
        "value semi, index number",
        (value, index) => `_v_get_index(${value}, CAST(${index} AS BIGINT))`,
      ),
      sig("value semi, key variant", VARIANT, "_v_get_variant({value}, {key})", ALWAYS),
    ],
    examples: [
      ["GET(PARSE_JSON('[10, 20]'), 1)::VARCHAR", "20"],
      ["GET(PARSE_JSON('{\"a\":1}'), 'A')", null],
    ],
  }),
  define("GET_IGNORE_CASE", {
    doc: "get_ignore_case",
    summary: "A member of an object by its key in any case",
    signatures: [
      sig("value semi, key text", VARIANT, "_v_get_ignore_case({value}, {key})", ALWAYS),
    ],
    examples: [["GET_IGNORE_CASE(PARSE_JSON('{\"aa\":1}'), 'AA')::VARCHAR", "1"]],
  }),
  define("GET_PATH", {
    doc: "get_path",
    summary: "The value at a path",
    signatures: [sig("value semi, path text", VARIANT, "_v_get_path({value}, {path})", ALWAYS)],
    examples: [["GET_PATH(PARSE_JSON('{\"a\":[{\"b\":5}]}'), 'a[0].b')::VARCHAR", "5"]],
  }),
  define("JSON_EXTRACT_PATH_TEXT", {
    doc: "json_extract_path_text",
    summary: "The value at a path of a JSON text, as text",
    signatures: [
      sig(
        "value text, path text",
        TEXT,
        (call) => {
          const [value, path] = call.arguments;
          return `_v_json_extract_path_text(${must(value).sql}, ${must(path).sql}, ${sessionText(call.context)})`;
        },
        ALWAYS,
      ),
    ],
    examples: [['JSON_EXTRACT_PATH_TEXT(\'{"a":{"b":"x"}}\', \'a.b\')', "x"]],
  }),
  define("STRIP_NULL_VALUE", {
    doc: "strip_null_value",
    summary: "SQL NULL for JSON null, else the value",
    signatures: [sig("value variant", VARIANT, "nullif({value}, 'null')", ALWAYS)],
    examples: [["STRIP_NULL_VALUE(PARSE_JSON('null'))", null]],
  }),
];

export const SEMI_STRUCTURED_FUNCTIONS: readonly FunctionEntry[] = [
  ...PARSING,
  ...ACCESS,
  ...KINDS,
];
