/**
 * Conditional functions: NULL handling, choice, logic.
 * https://docs.snowflake.com/en/sql-reference/expressions-conditional
 */

import { must } from "../base/assert.ts";
import { castability } from "../types/coercion.ts";
import { commonTypeOf, comparisonType } from "../types/common.ts";
import { duckType } from "../types/physical.ts";
import { BOOLEAN, FLOAT, type SnowType, TEXT } from "../types/types.ts";
import {
  type FunctionEntry,
  family,
  type LoweredArgument,
  type LoweringCall,
  type LoweringContext,
  type Signature,
  sig,
} from "./define.ts";
import { keyPair, keySql } from "./operators.ts";
import { argument, firstType, refusedTypes } from "./rules.ts";

const define = family("conditional");
const MAYBE_NULL = { nullability: "always" } as const;
const NEVER_NULL = { nullability: "never" } as const;

/** The common type of the arguments from a position on; text when all are NULL. */
function commonFrom(start: number) {
  return (types: readonly SnowType[]): SnowType => {
    const type = must(commonTypeOf(types.slice(start)), "a common type");
    return type.kind === "null" ? TEXT : type;
  };
}

function isSameType(a: SnowType, b: SnowType): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === "text" || a.kind === "number" || a.kind === "binary") return true;
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The argument as a value of the type. */
function as(value: LoweredArgument, type: SnowType, context: LoweringContext): string {
  if (value.type.kind === "null") return `CAST(NULL AS ${duckType(type)})`;
  return isSameType(value.type, type) ? value.sql : context.cast(value, type);
}

/** NULL-safe or plain equality of two arguments of any types. */
function equalSql(
  a: LoweredArgument,
  b: LoweredArgument,
  context: LoweringContext,
  symbol: string,
): string {
  if (isSameType(a.type, b.type)) {
    const [left, right] = keyPair(a, b);
    return `(${left} ${symbol} ${right})`;
  }
  const type = must(comparisonType(a.type, b.type), "comparable types");
  return `(${keySql(as(a, type, context), type)} ${symbol} ${keySql(as(b, type, context), type)})`;
}

/** Whether `equalSql` has a type that both can be compared as. */
function isComparable(a: SnowType, b: SnowType): boolean {
  return isSameType(a, b) || comparisonType(a, b) !== undefined;
}

function nullIfType(types: readonly SnowType[]): SnowType {
  if (commonTypeOf(types) === undefined) throw refusedTypes("NULLIF", types);
  return commonFrom(0)(types);
}

function equalNullType(types: readonly SnowType[]): SnowType {
  if (!isComparable(must(types[0]), must(types[1]))) throw refusedTypes("EQUAL_NULL", types);
  return BOOLEAN;
}

function decodeParts(count: number): { results: number[]; searches: number[]; otherwise: boolean } {
  const results: number[] = [];
  const searches: number[] = [];
  for (let at = 1; at + 1 < count; at += 2) {
    searches.push(at);
    results.push(at + 1);
  }
  const otherwise = count % 2 === 0;
  if (otherwise) results.push(count - 1);
  return { results, searches, otherwise };
}

function decodeType(types: readonly SnowType[]): SnowType {
  const { results, searches } = decodeParts(types.length);
  const given = results.map((at) => must(types[at]));
  const isRefused = searches.some((at) => !isComparable(firstType(types), must(types[at])));
  if (isRefused || commonTypeOf(given) === undefined) throw refusedTypes("DECODE", types);
  return commonFrom(0)(given);
}

function decodeSql(call: LoweringCall): string {
  const { results, searches, otherwise } = decodeParts(call.arguments.length);
  const value = argument(call, 0);
  const result = (at: number): string => as(argument(call, at), call.returns, call.context);
  const branches = searches.map((at) => {
    const condition = equalSql(value, argument(call, at), call.context, "IS NOT DISTINCT FROM");
    return `WHEN ${condition} THEN ${result(at + 1)}`;
  });
  const last = otherwise ? ` ELSE ${result(must(results[results.length - 1]))}` : "";
  return `CASE ${branches.join(" ")}${last} END`;
}

type Compare = (a: string, sign: string, b: string) => string;

/** SQL of a comparison where DuckDB's own order of the stored form is not Snowflake's. */
function comparer(type: SnowType): Compare | undefined {
  const by =
    (name: string): Compare =>
    (a, sign, b) =>
      `${name}(${a}, ${b}) ${sign} 0`;
  if (type.kind === "variant" || type.kind === "object" || type.kind === "array") {
    return by("_v_compare");
  }
  if (type.kind === "text" && type.collation !== undefined) {
    return (a, sign, b) => `${keySql(a, type)} ${sign} ${keySql(b, type)}`;
  }
  return type.kind === "decfloat" ? by("_decfloat_compare") : undefined;
}

function extreme(word: "greatest" | "least", skipNulls: boolean) {
  return (call: LoweringCall): string => {
    const items = call.arguments.map((item) => as(item, call.returns, call.context));
    const compared = comparer(call.returns);
    const sign = word === "greatest" ? ">=" : "<=";
    const pick = (a: string, b: string): string =>
      `CASE WHEN ${b} IS NULL OR ${compared?.(a, sign, b)} THEN ${a} ELSE ${b} END`;
    const best = compared === undefined ? `${word}(${items.join(", ")})` : items.reduce(pick);
    if (skipNulls || items.length === 1) return best;
    const isNull = items.map((item) => `${item} IS NULL`).join(" OR ");
    return `CASE WHEN ${isNull} THEN NULL ELSE ${best} END`;
  };
}

/** Behind a text everything is text: the first argument decides, unless it is a number. Docs: greatest. */
function textExtreme(name: string) {
  return (types: readonly SnowType[]): SnowType => {
    if (types.every(({ kind }) => kind === "text")) return commonFrom(0)(types);
    if (types.some((type) => castability(type, TEXT) !== "implicit")) {
      throw refusedTypes(name, types);
    }
    return TEXT;
  };
}

function extremes(name: string, skipNulls: boolean): readonly Signature[] {
  const lower = extreme(name.startsWith("GREATEST") ? "greatest" : "least", skipNulls);
  const options = skipNulls ? MAYBE_NULL : {};
  return [
    sig("first text, values?... any", textExtreme(name), lower, options),
    sig("values... same", commonFrom(0), lower, options),
  ];
}

function coalesceSql(call: LoweringCall): string {
  const items = call.arguments.map((item) => as(item, call.returns, call.context));
  return items.length === 1 ? must(items[0]) : `COALESCE(${items.join(", ")})`;
}

function nullIfSql(call: LoweringCall): string {
  const [a, b] = [argument(call, 0), argument(call, 1)];
  const value = as(a, call.returns, call.context);
  if (b.type.kind === "null" || a.type.kind === "null") return value;
  return `CASE WHEN ${equalSql(a, b, call.context, "=")} THEN NULL ELSE ${value} END`;
}

function ofSame(sql: string) {
  return [
    sig("value number", firstType, sql, MAYBE_NULL),
    sig("value float", FLOAT, sql, MAYBE_NULL),
  ];
}

function valueOfPair(kept: string) {
  return sig(
    "y float, x float",
    FLOAT,
    `CASE WHEN {1} IS NULL OR {2} IS NULL THEN NULL ELSE ${kept} END`,
    MAYBE_NULL,
  );
}

const LOGIC = [
  define("BOOLAND", {
    doc: "booland",
    summary: "Logical AND of two numbers taken as truth values",
    signatures: [sig("left boolean, right boolean", BOOLEAN, "({1} AND {2})")],
    examples: [
      ["BOOLAND(1, -2)", "true"],
      ["BOOLAND(0, NULL)", "false"],
      ["BOOLAND(NULL, 3)", null],
    ],
  }),
  define("BOOLOR", {
    doc: "boolor",
    summary: "Logical OR of two numbers taken as truth values",
    signatures: [sig("left boolean, right boolean", BOOLEAN, "({1} OR {2})")],
    examples: [
      ["BOOLOR(3, NULL)", "true"],
      ["BOOLOR(NULL, 0)", null],
    ],
  }),
  define("BOOLXOR", {
    doc: "boolxor",
    summary: "Logical XOR of two numbers taken as truth values",
    signatures: [sig("left boolean, right boolean", BOOLEAN, "({1} <> {2})")],
    examples: [
      ["BOOLXOR(2, 0)", "true"],
      ["BOOLXOR(1, -1)", "false"],
    ],
  }),
  define("BOOLNOT", {
    doc: "boolnot",
    summary: "Logical NOT of a number taken as a truth value",
    signatures: [sig("value boolean", BOOLEAN, "(NOT {1})")],
    examples: [
      ["BOOLNOT(0)", "true"],
      ["BOOLNOT(10)", "false"],
    ],
  }),
];

const CHOICE = [
  define("IFF", {
    doc: "iff",
    summary: "One of two values by a condition; NULL counts as false",
    signatures: [
      sig(
        "condition boolean, then same, else same",
        commonFrom(1),
        "CASE WHEN {1} THEN {2} ELSE {3} END",
        MAYBE_NULL,
      ),
    ],
    examples: [
      ["IFF(TRUE, 'true', 'false')", "true"],
      ["IFF(NULL, 'true', 'false')", "false"],
    ],
  }),
  define("DECODE", {
    doc: "decode",
    summary:
      "The result behind the first search value that equals the expression; NULL equals NULL",
    signatures: [
      sig("expr any, search any, result any, rest?... any", decodeType, decodeSql, MAYBE_NULL),
    ],
    examples: [
      ["DECODE(2, 1, 'one', 2, 'two', NULL, '-NULL-', 'other')", "two"],
      ["DECODE(NULL, 1, 'one', 2, 'two', NULL, '-NULL-', 'other')", "-NULL-"],
      ["DECODE(4, 1, 'one', 2, 'two', NULL, '-NULL-')", null],
    ],
  }),
  define("GREATEST", {
    doc: "greatest",
    summary: "The largest argument; NULL when one is NULL",
    signatures: extremes("GREATEST", false),
    examples: [
      ["GREATEST(1, 3, 2)", "3"],
      ["GREATEST(1, NULL, 2)", null],
    ],
  }),
  define("GREATEST_IGNORE_NULLS", {
    doc: "greatest_ignore_nulls",
    summary: "The largest argument that is not NULL",
    signatures: extremes("GREATEST_IGNORE_NULLS", true),
    examples: [["GREATEST_IGNORE_NULLS(1, NULL, 2)", "2"]],
  }),
  define("LEAST", {
    doc: "least",
    summary: "The smallest argument; NULL when one is NULL",
    signatures: extremes("LEAST", false),
    examples: [
      ["LEAST(1, 3, 0, 4)", "0"],
      ["LEAST(1, NULL)", null],
    ],
  }),
  define("LEAST_IGNORE_NULLS", {
    doc: "least_ignore_nulls",
    summary: "The smallest argument that is not NULL",
    signatures: extremes("LEAST_IGNORE_NULLS", true),
    examples: [["LEAST_IGNORE_NULLS(1, NULL, 2)", "1"]],
  }),
];

const NULLS = [
  define("COALESCE", {
    doc: "coalesce",
    summary: "The first argument that is not NULL",
    signatures: [sig("values... same", commonFrom(0), coalesceSql, MAYBE_NULL)],
    examples: [
      ["COALESCE(NULL, 2, 3)", "2"],
      ["COALESCE(NULL, NULL)", null],
    ],
  }),
  define("NVL", {
    doc: "nvl",
    aliases: ["IFNULL"],
    summary: "The first argument, or the second when it is NULL",
    signatures: [sig("value same, otherwise same", commonFrom(0), coalesceSql, MAYBE_NULL)],
    examples: [
      ["NVL(NULL, 'a')", "a"],
      ["IFNULL(12.3, 0)", "12.3"],
      ["SYSTEM$TYPEOF(IFNULL(12.3, 0))", "NUMBER(3,1)[SB1]"],
    ],
  }),
  define("NVL2", {
    doc: "nvl2",
    summary: "The second argument when the first is not NULL, else the third",
    signatures: [
      sig(
        "value any, then same, otherwise same",
        commonFrom(1),
        "CASE WHEN {1} IS NOT NULL THEN {2} ELSE {3} END",
        MAYBE_NULL,
      ),
    ],
    examples: [
      ["NVL2(NULL, 2, 3)", "3"],
      ["NVL2(0, 2, 3)", "2"],
    ],
  }),
  define("NULLIF", {
    doc: "nullif",
    summary: "NULL when both arguments are equal, else the first",
    signatures: [sig("value any, other any", nullIfType, nullIfSql, MAYBE_NULL)],
    examples: [
      ["NULLIF(0, 0)", null],
      ["NULLIF(1, 0)", "1"],
      ["NULLIF(0, NULL)", "0"],
    ],
  }),
  define("ZEROIFNULL", {
    doc: "zeroifnull",
    summary: "0 in place of NULL",
    signatures: [
      sig("value number", firstType, "COALESCE({1}, 0)", NEVER_NULL),
      sig("value float", FLOAT, "COALESCE({1}, 0)", NEVER_NULL),
    ],
    examples: [
      ["ZEROIFNULL(NULL)", "0"],
      ["ZEROIFNULL(3.14159)", "3.14159"],
    ],
  }),
  define("NULLIFZERO", {
    doc: "nullifzero",
    summary: "NULL in place of 0",
    signatures: ofSame("nullif({1}, 0)"),
    examples: [
      ["NULLIFZERO(0)", null],
      ["NULLIFZERO(52)", "52"],
    ],
  }),
  define("EQUAL_NULL", {
    doc: "equal_null",
    summary: "Equality in which NULL equals NULL",
    signatures: [
      sig(
        "left any, right any",
        equalNullType,
        (call) =>
          equalSql(argument(call, 0), argument(call, 1), call.context, "IS NOT DISTINCT FROM"),
        NEVER_NULL,
      ),
    ],
    examples: [
      ["EQUAL_NULL(NULL, NULL)", "true"],
      ["EQUAL_NULL(1, NULL)", "false"],
      ["EQUAL_NULL(2, 2)", "true"],
    ],
  }),
  define("REGR_VALX", {
    doc: "regr_valx",
    summary: "x, or NULL when y is NULL",
    signatures: [valueOfPair("{2}")],
    examples: [
      ["REGR_VALX(NULL, 10)", null],
      ["REGR_VALX(1, NULL)", null],
    ],
  }),
  define("REGR_VALY", {
    doc: "regr_valy",
    summary: "y, or NULL when x is NULL",
    signatures: [valueOfPair("{1}")],
    examples: [
      ["REGR_VALY(NULL, 10)", null],
      ["REGR_VALY(1, NULL)", null],
    ],
  }),
];

export const CONDITIONAL_FUNCTIONS: readonly FunctionEntry[] = [...LOGIC, ...CHOICE, ...NULLS];
