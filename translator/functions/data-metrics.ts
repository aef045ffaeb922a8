/**
 * System data metric functions, called directly on a query of one column. Each is a query itself: the column is `V` of `T`.
 * https://docs.snowflake.com/en/sql-reference/functions-data-metric
 */

import { FLOAT, INTEGER, type SnowType, timestampType } from "../types/types.ts";
import { type FunctionEntry, family, refuse, sig } from "./define.ts";

const CATEGORY = "data metric function";
const define = family(CATEGORY);

type Kinds = readonly SnowType["kind"][];

const NUMERIC: Kinds = ["number", "float"];
const TEXTUAL: Kinds = ["text"];
const TEMPORAL: Kinds = ["date", "timestamp"];
const COMMON: Kinds = ["date", "float", "number", "timestamp", "text"];

/** @param query over `T(V)`; its one value is the metric */
function metric(
  name: string,
  kinds: Kinds | undefined,
  query: string,
  returns: SnowType,
  summary: string,
): FunctionEntry {
  const entry = define(name, {
    schema: "CORE",
    doc: `dmf_${name.toLowerCase()}`,
    summary,
    signatures: [sig("query any", returns, "", { nullability: "always" })],
  });
  return { ...entry, metric: { kinds, query } };
}

/** A metric of one SELECT list over all rows. */
function measure(name: string, kinds: Kinds, value: string, summary: string): FunctionEntry {
  return metric(name, kinds, `SELECT ${value} FROM T`, INTEGER, summary);
}

/** NAME_COUNT of the rows that meet a condition, and NAME_PERCENT of them among all rows, NULLs too. */
function counted(
  name: string,
  kinds: Kinds,
  condition: string,
  what: string,
): readonly FunctionEntry[] {
  const percent = `DIV0(100 * COUNT_IF(${condition}), COUNT(*))::FLOAT`;
  return [
    measure(`${name}_COUNT`, kinds, `COUNT_IF(${condition})`, `How many values are ${what}`),
    metric(
      `${name}_PERCENT`,
      kinds,
      `SELECT ${percent} FROM T`,
      FLOAT,
      `What percentage of the values is ${what}`,
    ),
  ];
}

/** A column with fewer values than this has no outliers. */
const OUTLIER_VALUES_MIN = 100;

const QUARTILES = [1, 2, 3].map(
  (n) => `PERCENTILE_CONT(${n / 4}) WITHIN GROUP (ORDER BY V::FLOAT) AS Q${n}`,
);

/** Outliers by limits over the statistics of `S`: Q1 to Q3, or M and D. */
function outliers(name: string, low: string, high: string, what: string): readonly FunctionEntry[] {
  const statistics = `SELECT COUNT(*) AS N, ${QUARTILES.join(", ")}, AVG(V::FLOAT) AS M,
    STDDEV(V::FLOAT) AS D FROM T WHERE V IS NOT NULL AND V::FLOAT <> 'NaN'::FLOAT`;
  const isOutside = `N >= ${OUTLIER_VALUES_MIN} AND V::FLOAT <> 'NaN'::FLOAT
    AND (V::FLOAT < ${low} OR V::FLOAT > ${high})`;
  const counts = `SELECT COUNT_IF(${isOutside}) AS O, COUNT(*) AS A FROM T, (${statistics}) AS S`;
  return [
    metric(
      `${name}_COUNT`,
      NUMERIC,
      `SELECT O FROM (${counts})`,
      INTEGER,
      `How many values lie ${what}`,
    ),
    metric(
      `${name}_PERCENT`,
      NUMERIC,
      `SELECT DIV0(100 * O, A)::FLOAT FROM (${counts})`,
      FLOAT,
      `What percentage of the values lies ${what}`,
    ),
  ];
}

/** Z-scores beyond a limit; values that are all the same have none. */
function zScore(name: string, limit: number): readonly FunctionEntry[] {
  const far = `NULLIF(D, 0) * ${limit}`;
  return outliers(
    name,
    `M - ${far}`,
    `M + ${far}`,
    `more than ${limit} standard deviations from the mean`,
  );
}

const OUTLIERS: readonly FunctionEntry[] = [
  ...outliers(
    "OUTLIER",
    "Q1 - 3 * (Q2 - Q1)",
    "Q3 + 3 * (Q3 - Q2)",
    "outside the asymmetric fences",
  ),
  ...outliers(
    "EXTREME_OUTLIER",
    "Q1 - 6 * (Q2 - Q1)",
    "Q3 + 6 * (Q3 - Q2)",
    "outside the asymmetric fences of twice the width",
  ),
  ...outliers(
    "OUTLIER_IQR",
    "Q1 - 1.5 * (Q3 - Q1)",
    "Q3 + 1.5 * (Q3 - Q1)",
    "outside Tukey's fences",
  ),
  ...outliers(
    "EXTREME_OUTLIER_IQR",
    "Q1 - 3 * (Q3 - Q1)",
    "Q3 + 3 * (Q3 - Q1)",
    "outside Tukey's outer fences",
  ),
  ...zScore("OUTLIER_ZSCORE", 3),
  ...zScore("EXTREME_OUTLIER_ZSCORE", 4.5),
];

const CONDITIONS: readonly FunctionEntry[] = [
  ...counted("NULL", COMMON, "V IS NULL", "NULL"),
  ...counted("BLANK", TEXTUAL, "TRIM(V) = ''", "empty or only spaces"),
  ...counted("NEGATIVE", NUMERIC, "V < 0", "negative"),
  ...counted("ZERO", NUMERIC, "V = 0", "zero"),
  ...counted("INVALID_JSON", TEXTUAL, "CHECK_JSON(V) IS NOT NULL", "no valid JSON"),
  ...counted(
    "INVALID_NUMERIC_TYPE_CAST",
    TEXTUAL,
    "V IS NOT NULL AND TRY_TO_NUMBER(V) IS NULL",
    "no numbers",
  ),
  ...counted("SPECIAL_CHARACTER", TEXTUAL, "NOT RLIKE(V, '[A-Za-z0-9]*')", "not alphanumeric"),
  ...counted(
    "UNTRIMMED_STRING",
    TEXTUAL,
    "RLIKE(V, '\\\\s.*', 's') OR RLIKE(V, '.*\\\\s', 's')",
    "preceded or followed by white space",
  ),
  ...counted(
    "CASE_FORMAT_VIOLATION",
    TEXTUAL,
    "V <> UPPER(V) AND V <> LOWER(V) AND V <> INITCAP(V)",
    "in neither upper, lower nor title case",
  ),
  ...counted(
    "FUTURE_TIMESTAMP",
    TEMPORAL,
    "V::TIMESTAMP_LTZ > CURRENT_TIMESTAMP()",
    "in the future",
  ),
];

const STATISTICS: readonly FunctionEntry[] = [
  ...["AVG", "MAX", "MEDIAN", "MIN", "STDDEV", "VARIANCE"].map((name) =>
    measure(name, NUMERIC, `${name}(V)`, `${name} of the values`),
  ),
  ...[25, 50, 99].map((percent) =>
    metric(
      `APPROX_QUANTILE_${percent}`,
      NUMERIC,
      `SELECT APPROX_PERCENTILE(V, ${percent / 100}) FROM T`,
      FLOAT,
      `Approximate ${percent}th percentile of the values`,
    ),
  ),
  ...["AVG", "MAX", "MIN"].map((name) =>
    measure(`STRING_LENGTH_${name}`, TEXTUAL, `${name}(LENGTH(V))`, `${name} of the lengths`),
  ),
  measure("UNIQUE_COUNT", COMMON, "COUNT(DISTINCT V)", "How many different values there are"),
  metric(
    "DUPLICATE_COUNT",
    COMMON,
    "SELECT COALESCE(SUM(N), 0) FROM (SELECT COUNT(*) AS N FROM T GROUP BY V HAVING COUNT(*) > 1)",
    INTEGER,
    "How many values occur more than once, NULLs too",
  ),
  metric("ROW_COUNT", undefined, "SELECT COUNT(*) FROM T", INTEGER, "How many rows there are"),
  measure(
    "FRESHNESS",
    TEMPORAL,
    "DATEDIFF(SECOND, MAX(V)::TIMESTAMP_LTZ, CURRENT_TIMESTAMP())",
    "Seconds since the latest value",
  ),
];

const NOT_CALLABLE: readonly (readonly [name: string, reason: string])[] = [
  ["ACCEPTED_VALUES", "it can only be associated with a table, not called"],
  ["REFERENTIAL_INTEGRITY_COUNT", "it can only be associated with a table, not called"],
  ["SCHEMA_CHANGE_COUNT", "it compares runs of a schedule, which there is none of"],
];

export const DATA_METRICS: readonly FunctionEntry[] = [
  ...CONDITIONS,
  ...OUTLIERS,
  ...STATISTICS,
  define("DATA_METRIC_SCHEDULED_TIME", {
    schema: "CORE",
    doc: "dmf_data_metric_scheduled_time",
    summary: "When the metric was scheduled to run: now, where nothing is scheduled",
    signatures: [
      sig("", timestampType("ltz"), (call) => call.context.currentTimestamp(), {
        nullability: "never",
      }),
    ],
    volatile: true,
  }),
  ...NOT_CALLABLE.map(([name, reason]) =>
    refuse(CATEGORY, name, `dmf_${name.toLowerCase()}`, reason, "CORE"),
  ),
];
