/**
 * Functions on PERIOD values.
 * https://docs.snowflake.com/en/sql-reference/functions-period
 */

import { assert, must } from "../base/assert.ts";
import { boundKey, periodSql } from "../lower/periods.ts";
import {
  commonElement,
  isPeriodElement,
  type PeriodElement,
  periodOf,
  sameElement,
} from "../types/periods.ts";
import { duckType } from "../types/physical.ts";
import { BOOLEAN, type SnowType } from "../types/types.ts";
import { onceEach } from "./date-parts.ts";
import {
  type Example,
  type FunctionEntry,
  family,
  type LoweringCall,
  type Signature,
  sig,
} from "./define.ts";
import { refusedTypes } from "./rules.ts";

const define = family("period");

const P1 = "PERIOD(DATE) '[2024-01-01, 2024-04-01)'";
const P2 = "PERIOD(DATE) '[2024-03-01, 2024-06-01)'";
const P3 = "PERIOD(DATE) '[2024-04-01, 2024-07-01)'";

function elementOf(type: SnowType | undefined): PeriodElement {
  assert(type?.kind === "period", "PERIOD expected");
  return type.element;
}

/** The element type of two periods. Throws 001044 when they are not of one logical type. */
function pairElement(name: string, types: readonly SnowType[]): PeriodElement {
  const found = commonElement(elementOf(types[0]), elementOf(types[1]));
  if (found === undefined) throw refusedTypes(name, types);
  return found;
}

/** The bounds of two periods as text to compare by, and as values. */
type Bounds = {
  readonly starts: string;
  readonly ends: string;
  readonly startKey: string;
  readonly endKey: string;
};

function boundsOf(sql: string, element: PeriodElement): Bounds {
  const [starts, ends] = [`(${sql}).starts`, `(${sql}).ends`];
  return {
    starts,
    ends,
    startKey: boundKey(starts, element),
    endKey: boundKey(ends, element),
  };
}

function withBounds(call: LoweringCall, build: (a: Bounds, b: Bounds) => string): string {
  const [left, right] = [must(call.arguments[0]), must(call.arguments[1])];
  return onceEach([left.sql, right.sql], ([x = "", y = ""]) =>
    build(boundsOf(x, elementOf(left.type)), boundsOf(y, elementOf(right.type))),
  );
}

function predicateSignature(name: string, test: (a: Bounds, b: Bounds) => string): Signature {
  return sig(
    "first period, second period",
    (types) => {
      pairElement(name, types);
      return BOOLEAN;
    },
    (call) => withBounds(call, (a, b) => `(${test(a, b)})`),
  );
}

function predicate(
  name: string,
  summary: string,
  test: (a: Bounds, b: Bounds) => string,
  examples: readonly Example[],
): FunctionEntry {
  return define(name, {
    doc: name.toLowerCase(),
    summary,
    signatures: [predicateSignature(name, test)],
    examples,
  });
}

function accessor(name: string, bound: "starts" | "ends", summary: string): FunctionEntry {
  return define(name, {
    doc: name.toLowerCase(),
    summary,
    signatures: [
      sig(
        "value period",
        (types) => elementOf(types[0]),
        // DuckDB takes the field of a constant NULL for a number.
        (call) => `CAST((${must(call.arguments[0]).sql}).${bound} AS ${duckType(call.returns)})`,
      ),
    ],
    examples: [[`${name}(${P1})`, bound === "starts" ? "2024-01-01" : "2024-04-01"]],
  });
}

/** A part of the first period, NULL when the condition does not hold. */
function remainder(
  name: string,
  summary: string,
  build: (a: Bounds, b: Bounds) => { readonly when: string; starts: string; ends: string },
  examples: readonly Example[],
): FunctionEntry {
  return define(name, {
    doc: name.toLowerCase(),
    summary,
    signatures: [
      sig(
        "first period, second period",
        (types) => periodOf(pairElement(name, types)),
        (call) =>
          withBounds(call, (a, b) => {
            const { when, starts, ends } = build(a, b);
            return `CASE WHEN ${when} THEN struct_pack(starts := ${starts}, ends := ${ends}) END`;
          }),
        { nullability: "always" },
      ),
    ],
    examples,
  });
}

/** The type of the bounds of PERIOD_CONSTRUCT: text is not converted. */
function boundsElement(types: readonly SnowType[]): PeriodElement {
  const [a, b] = types.filter(({ kind }) => kind !== "null");
  const only = a ?? b;
  if (only !== undefined && isPeriodElement(only)) {
    const other = b ?? only;
    const found = isPeriodElement(other) ? commonElement(only, other) : undefined;
    if (found !== undefined) return found;
  }
  throw refusedTypes("PERIOD_CONSTRUCT", types);
}

const CONSTRUCT: FunctionEntry = define("PERIOD_CONSTRUCT", {
  doc: "period_construct",
  summary: "A period of two bounds of one type",
  signatures: [
    sig(
      "begin any, end any",
      (types) => periodOf(boundsElement(types)),
      (call) => {
        const element = elementOf(call.returns);
        const [starts, ends] = call.arguments.map((bound) => call.context.cast(bound, element));
        return periodSql(must(starts), must(ends), element);
      },
    ),
  ],
  examples: [
    ["PERIOD_CONSTRUCT(DATE '2024-01-01', DATE '2024-12-31')::VARCHAR", "[2024-01-01, 2024-12-31)"],
    ["PERIOD_CONSTRUCT(CAST(NULL AS DATE), DATE '2024-12-31')::VARCHAR", null],
  ],
});

const CONTAINS: FunctionEntry = define("PERIOD_CONTAINS", {
  doc: "period_contains",
  summary: "Whether a period has another, or an instant, in it",
  signatures: [
    predicateSignature(
      "PERIOD_CONTAINS",
      (a, b) => `${a.startKey} <= ${b.startKey} AND ${b.endKey} <= ${a.endKey}`,
    ),
    sig(
      "period period, value any",
      (types) => {
        const value = must(types[1]);
        const isInstant = isPeriodElement(value) && sameElement(elementOf(types[0]), value);
        if (!isInstant && value.kind !== "null") throw refusedTypes("PERIOD_CONTAINS", types);
        return BOOLEAN;
      },
      (call) => {
        const [period, value] = [must(call.arguments[0]), must(call.arguments[1])];
        const element = elementOf(period.type);
        return onceEach([period.sql, call.context.cast(value, element)], ([x = "", y = ""]) => {
          const { startKey, endKey } = boundsOf(x, element);
          const at = boundKey(y, element);
          return `(${startKey} <= ${at} AND ${at} < ${endKey})`;
        });
      },
    ),
  ],
  examples: [
    [`PERIOD_CONTAINS(${P1}, PERIOD(DATE) '[2024-02-01, 2024-03-01)')::VARCHAR`, "true"],
    [`PERIOD_CONTAINS(${P1}, DATE '2024-01-01')::VARCHAR`, "true"],
    [`PERIOD_CONTAINS(${P1}, DATE '2024-04-01')::VARCHAR`, "false"],
  ],
});

const overlap = (a: Bounds, b: Bounds): string =>
  `${a.startKey} < ${b.endKey} AND ${b.startKey} < ${a.endKey}`;

const PREDICATES: readonly FunctionEntry[] = [
  CONTAINS,
  predicate("PERIOD_OVERLAPS", "Whether two periods share an instant", overlap, [
    [`PERIOD_OVERLAPS(${P1}, ${P2})::VARCHAR`, "true"],
    [`PERIOD_OVERLAPS(${P1}, ${P3})::VARCHAR`, "false"],
  ]),
  predicate(
    "PERIOD_EQUALS",
    "Whether two periods have the same bounds",
    (a, b) => `${a.startKey} = ${b.startKey} AND ${a.endKey} = ${b.endKey}`,
    [[`PERIOD_EQUALS(${P1}, ${P1})::VARCHAR`, "true"]],
  ),
  predicate(
    "PERIOD_PRECEDES",
    "Whether the first period ends at or before the begin of the second",
    (a, b) => `${a.endKey} <= ${b.startKey}`,
    [[`PERIOD_PRECEDES(${P1}, ${P3})::VARCHAR`, "true"]],
  ),
  predicate(
    "PERIOD_SUCCEEDS",
    "Whether the first period begins at or after the end of the second",
    (a, b) => `${a.startKey} >= ${b.endKey}`,
    [[`PERIOD_SUCCEEDS(${P3}, ${P1})::VARCHAR`, "true"]],
  ),
  predicate(
    "PERIOD_IMMEDIATELY_PRECEDES",
    "Whether the first period ends where the second begins",
    (a, b) => `${a.endKey} = ${b.startKey}`,
    [[`PERIOD_IMMEDIATELY_PRECEDES(${P1}, ${P3})::VARCHAR`, "true"]],
  ),
  predicate(
    "PERIOD_IMMEDIATELY_SUCCEEDS",
    "Whether the first period begins where the second ends",
    (a, b) => `${a.startKey} = ${b.endKey}`,
    [[`PERIOD_IMMEDIATELY_SUCCEEDS(${P3}, ${P1})::VARCHAR`, "true"]],
  ),
  predicate(
    "PERIOD_MEETS",
    "Whether two periods are adjacent, in either order",
    (a, b) => `${a.endKey} = ${b.startKey} OR ${b.endKey} = ${a.startKey}`,
    [
      [`PERIOD_MEETS(${P1}, ${P3})::VARCHAR`, "true"],
      [`PERIOD_MEETS(${P1}, ${P2})::VARCHAR`, "false"],
    ],
  ),
];

const Q1 = "PERIOD(DATE) '[2024-01-01, 2024-07-01)'";
const Q2 = "PERIOD(DATE) '[2024-04-01, 2024-10-01)'";

const SETS: readonly FunctionEntry[] = [
  remainder(
    "PERIOD_INTERSECT",
    "What two periods share",
    (a, b) => ({
      when: overlap(a, b),
      starts: `CASE WHEN ${a.startKey} >= ${b.startKey} THEN ${a.starts} ELSE ${b.starts} END`,
      ends: `CASE WHEN ${a.endKey} <= ${b.endKey} THEN ${a.ends} ELSE ${b.ends} END`,
    }),
    [
      [`PERIOD_INTERSECT(${Q1}, ${Q2})::VARCHAR`, "[2024-04-01, 2024-07-01)"],
      [`PERIOD_INTERSECT(${P1}, ${P3})::VARCHAR`, null],
    ],
  ),
  remainder(
    "PERIOD_LDIFF",
    "The part of the first period before the second",
    (a, b) => ({
      when: `${a.startKey} < ${b.startKey} AND ${b.startKey} < ${a.endKey}`,
      starts: a.starts,
      ends: b.starts,
    }),
    [[`PERIOD_LDIFF(${Q1}, ${Q2})::VARCHAR`, "[2024-01-01, 2024-04-01)"]],
  ),
  remainder(
    "PERIOD_RDIFF",
    "The part of the first period after the second",
    (a, b) => ({
      when: `${a.startKey} < ${b.endKey} AND ${b.endKey} < ${a.endKey}`,
      starts: b.ends,
      ends: a.ends,
    }),
    [[`PERIOD_RDIFF(${Q1}, ${P1})::VARCHAR`, "[2024-04-01, 2024-07-01)"]],
  ),
];

export const PERIOD_FUNCTIONS: readonly FunctionEntry[] = [
  CONSTRUCT,
  accessor("PERIOD_BEGIN", "starts", "The inclusive begin of a period"),
  accessor("PERIOD_END", "ends", "The exclusive end of a period"),
  ...PREDICATES,
  ...SETS,
];
