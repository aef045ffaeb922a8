/**
 * Operators as functions: each has one signature per kind of operand, and the binder (bind/operators.ts) picks
 * it by name after it has brought the operands to the right types.
 * https://docs.snowflake.com/en/sql-reference/operators
 */

import { must } from "../base/assert.ts";
import type { HostFunction } from "../base/host.ts";
import type { BoundExpression } from "../bind/bound.ts";
import {
  addSql,
  asNumber,
  divideSql,
  guardZero,
  multiplySql,
  NUMBER_HOST_FUNCTIONS,
} from "../lower/numbers.ts";
import { periodKey } from "../lower/periods.ts";
import { zonedSql } from "../lower/sql.ts";
import {
  additionType,
  divisionType,
  moduloType,
  multiplicationType,
  type NumberType,
} from "../types/arithmetic.ts";
import {
  BOOLEAN,
  binaryType,
  DATE,
  DECFLOAT,
  FLOAT,
  numberType,
  type SnowType,
  TEXT,
  textType,
  VARCHAR_MAX_LENGTH,
  VARIANT,
} from "../types/types.ts";
import { collationKey, commonCollation } from "./collation.ts";
import { DECFLOAT_HOST_FUNCTIONS } from "./decfloat.ts";
import { type FunctionEntry, family, type LoweringCall, type Signature, sig } from "./define.ts";
import { INTERVAL_COUNTS, intervalSum, scaledBy, TIMESTAMP_DIFFERENCE } from "./intervals.ts";
import { argument, joinedSql } from "./rules.ts";

export type Operator = {
  readonly entry: FunctionEntry;
  readonly by: Readonly<Record<string, Signature>>;
};

const define = family("operators");

function operator(
  name: string,
  doc: string,
  summary: string,
  by: Readonly<Record<string, Signature>>,
  host: readonly HostFunction[] = [],
): Operator {
  return { entry: define(name, { doc, summary, signatures: Object.values(by), host }), by };
}

function numbers(rule: (a: NumberType, b: NumberType) => NumberType) {
  return (types: readonly SnowType[]): SnowType =>
    rule(asNumber(must(types[0])), asNumber(must(types[1])));
}

function pair(call: LoweringCall) {
  return [must(call.arguments[0]), must(call.arguments[1])] as const;
}

const first = (types: readonly SnowType[]): SnowType => must(types[0]);
/** Days between any two dates fit. */
const DAYS = numberType(9, 0);

function decfloat(name: string): Signature {
  return sig("left decfloat, right decfloat", DECFLOAT, `_decfloat_${name}({1}, {2})`);
}

/** TIMESTAMP ± days, by flavor: a zone's days may have 23 or 25 hours, an offset's have 24. */
function shiftDays(sign: "+" | "-"): Readonly<Record<string, Signature>> {
  const days = "to_days(CAST({2} AS INTEGER))";
  return {
    date: sig("left date, right number", DATE, `({1} ${sign} CAST({2} AS INTEGER))`),
    timestamp: sig("left timestamp, right number", first, `({1} ${sign} ${days})`),
    timestamp_tz: sig(
      "left tz, right number",
      first,
      zonedSql(
        "{1}",
        `({1}).instant ${sign} to_hours(24 * CAST({2} AS BIGINT))`,
        "({1}).offset_minutes",
      ),
    ),
  };
}

export const ADD = operator("+", "operators-arithmetic", "addition", {
  number: sig("left number, right number", numbers(additionType), (call) =>
    addSql("+", ...pair(call)),
  ),
  float: sig("left float, right float", FLOAT, "({1} + {2})"),
  decfloat: decfloat("add"),
  ...shiftDays("+"),
  interval: intervalSum("+"),
});

export const SUBTRACT = operator("-", "operators-arithmetic", "subtraction", {
  number: sig("left number, right number", numbers(additionType), (call) =>
    addSql("-", ...pair(call)),
  ),
  float: sig("left float, right float", FLOAT, "({1} - {2})"),
  decfloat: decfloat("subtract"),
  ...shiftDays("-"),
  dates: sig("left date, right date", DAYS, "({1} - {2})"),
  timestamps: TIMESTAMP_DIFFERENCE,
  interval: intervalSum("-"),
});

export const MULTIPLY = operator(
  "*",
  "operators-arithmetic",
  "multiplication",
  {
    number: sig("left number, right number", numbers(multiplicationType), (call) =>
      multiplySql(...pair(call), call.returns),
    ),
    float: sig("left float, right float", FLOAT, "({1} * {2})"),
    decfloat: decfloat("multiply"),
    interval: scaledBy("multiply"),
  },
  [...NUMBER_HOST_FUNCTIONS, ...DECFLOAT_HOST_FUNCTIONS],
);

export const DIVIDE = operator("/", "operators-arithmetic", "division", {
  number: sig("left number, right number", numbers(divisionType), (call) =>
    divideSql(...pair(call), call.returns),
  ),
  float: sig("left float, right float", FLOAT, (call) => {
    const [a, b] = pair(call);
    return guardZero(b, `(${a.sql} / ${b.sql})`);
  }),
  decfloat: decfloat("divide"),
  interval: scaledBy("divide"),
});

export const MODULO = operator(
  "%",
  "operators-arithmetic",
  "remainder, with the sign of the left",
  {
    number: sig("left number, right number", numbers(moduloType), (call) => {
      const [a, b] = pair(call);
      return guardZero(b, `(${a.sql} % ${b.sql})`);
    }),
    float: sig("left float, right float", FLOAT, (call) => {
      const [a, b] = pair(call);
      return guardZero(b, `(${a.sql} % ${b.sql})`);
    }),
    decfloat: decfloat("modulo"),
  },
);

export const NEGATE = operator("NEGATE", "operators-arithmetic", "unary minus", {
  number: sig("value number", first, "(-{1})"),
  float: sig("value float", FLOAT, "(-{1})"),
  decfloat: sig("value decfloat", DECFLOAT, "_decfloat_subtract('0', {1})"),
  interval: sig("value interval", first, "(-{1})"),
});

function concatType(types: readonly SnowType[]): SnowType {
  let length = 0;
  for (const type of types) length += "length" in type ? type.length : 0;
  const isBinary = types[0]?.kind === "binary";
  return isBinary ? binaryType(length) : textType(Math.min(VARCHAR_MAX_LENGTH, length));
}

function concatenated(call: LoweringCall): string {
  return joinedSql(call, call.arguments, " || ");
}

export const CONCAT = operator("||", "concat", "concatenation", {
  text: sig("left text, right text", concatType, concatenated),
  binary: sig("left binary, right binary", concatType, concatenated),
});

/** The value that orders and groups: equal keys for equal values. */
export function keySql(sql: string, type: SnowType): string {
  switch (type.kind) {
    case "variant":
    case "object":
    case "array":
    case "map":
      return `_v_sort_key(${sql})`;
    case "timestamp":
      return type.flavor === "tz" ? `(${sql}).instant` : sql;
    case "period":
      return periodKey(sql, type.element);
    case "decfloat":
      return `_decfloat_key(${sql})`;
    case "text":
      return collationKey(sql, type);
    default:
      return sql;
  }
}

/** The keys of two values of one kind; texts go by the collation that either of them has. */
export function keyPair(
  a: { readonly sql: string; readonly type: SnowType },
  b: { readonly sql: string; readonly type: SnowType },
): readonly [string, string] {
  const collation = commonCollation(a.type, b.type);
  return [keySql(a.sql, collation ?? a.type), keySql(b.sql, collation ?? b.type)];
}

/** The key of a text by its collation, where two queries meet. */
export const COLLATION_KEY = operator("COLLATION_KEY", "collation", "what a collation compares", {
  text: sig("value text", TEXT, (call) => {
    const { sql, type } = argument(call, 0);
    return collationKey(sql, type);
  }),
});

function comparison(symbol: string): Operator {
  return operator(symbol, "operators-comparison", `comparison ${symbol}`, {
    plain: sig("left any, right any", BOOLEAN, `({1} ${symbol} {2})`),
    collated: sig("left text, right text", BOOLEAN, (call) => {
      const [a, b] = pair(call);
      const type = commonCollation(a.type, b.type);
      return `(${collationKey(a.sql, type)} ${symbol} ${collationKey(b.sql, type)})`;
    }),
    variant: sig("left semi, right semi", BOOLEAN, `(_v_compare({1}, {2}) ${symbol} 0)`),
    decfloat: sig(
      "left decfloat, right decfloat",
      BOOLEAN,
      `(_decfloat_compare({1}, {2}) ${symbol} 0)`,
    ),
  });
}

export type ComparisonSymbol = "=" | "<>" | "<" | "<=" | ">" | ">=";

export const COMPARISONS: Readonly<Record<ComparisonSymbol, Operator>> = {
  "=": comparison("="),
  "<>": comparison("<>"),
  "<": comparison("<"),
  "<=": comparison("<="),
  ">": comparison(">"),
  ">=": comparison(">="),
};

function distinctSql(words: string) {
  return (call: LoweringCall): string => {
    const [a, b] = keyPair(...pair(call));
    return `(${a} ${words} ${b})`;
  };
}

const NEVER_NULL = { nullability: "never" } as const;

export const IS_DISTINCT = operator(
  "IS DISTINCT FROM",
  "is-distinct-from",
  "NULL-safe inequality",
  {
    distinct: sig("left any, right any", BOOLEAN, distinctSql("IS DISTINCT FROM"), NEVER_NULL),
    same: sig("left any, right any", BOOLEAN, distinctSql("IS NOT DISTINCT FROM"), NEVER_NULL),
  },
);

export const IS_TRUTH = operator("IS TRUE", "operators-logical", "test of a truth value", {
  true: sig("value boolean", BOOLEAN, "COALESCE({1}, FALSE)", NEVER_NULL),
  false: sig("value boolean", BOOLEAN, "(NOT COALESCE({1}, TRUE))", NEVER_NULL),
});

function like(word: "LIKE" | "ILIKE"): Operator {
  return operator(word, word.toLowerCase(), "pattern with % and _ over the whole text", {
    plain: sig("subject text, pattern text", BOOLEAN, `({1} ${word} {2})`),
    escape: sig(
      "subject text, pattern text, escape const text",
      BOOLEAN,
      `({1} ${word} {2} ESCAPE {3})`,
    ),
  });
}

export const LIKE = like("LIKE");
export const ILIKE = like("ILIKE");

function constantPath(bound: BoundExpression | undefined): string {
  return bound?.kind === "constant" ? String(bound.value) : "$";
}

/** Steps of constant keys and indexes; the second argument is DuckDB's JSON path. */
export const PATH = operator("GET_PATH", "get_path", "extraction from a semi-structured value", {
  constant: sig(
    "value semi, path const text",
    VARIANT,
    (call) => {
      const [value, path] = pair(call);
      const quoted = call.context.quote(constantPath(path.bound));
      return `nullif(CAST(json_extract(${value.sql}, ${quoted}) AS VARCHAR), '"\uF8FFU"')`;
    },
    { nullability: "always" },
  ),
  index: sig("value semi, index number", VARIANT, "_v_get_index({1}, CAST({2} AS BIGINT))", {
    nullability: "always",
  }),
  key: sig("value semi, key text", VARIANT, "_v_get({1}, {2})", { nullability: "always" }),
  variant: sig("value semi, key variant", VARIANT, "_v_get_variant({1}, {2})", {
    nullability: "always",
  }),
});

/** TIMESTAMP_LTZ as the wall clock of UTC. */
export const UTC_CLOCK = operator("SYSDATE", "sysdate", "wall clock of UTC", {
  ltz: sig("value ltz", { kind: "timestamp", flavor: "ntz", scale: 9 }, "({1} AT TIME ZONE 'UTC')"),
});

/** An INTERVAL as the number of months or microseconds that DATEADD takes. */
export const INTERVAL_COUNT = operator(
  "INTERVAL",
  "data-types-datetime",
  "months or microseconds of an INTERVAL",
  INTERVAL_COUNTS,
);

export const OPERATOR_HOST_FUNCTIONS: readonly HostFunction[] = [
  ...NUMBER_HOST_FUNCTIONS,
  ...DECFLOAT_HOST_FUNCTIONS,
];

export const OPERATORS: readonly FunctionEntry[] = [
  ADD,
  SUBTRACT,
  MULTIPLY,
  DIVIDE,
  MODULO,
  NEGATE,
  CONCAT,
  ...Object.values(COMPARISONS),
  IS_DISTINCT,
  IS_TRUTH,
  LIKE,
  ILIKE,
].map((item) => item.entry);
