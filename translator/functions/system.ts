/**
 * System functions that mean something here.
 * https://docs.snowflake.com/en/sql-reference/functions-system
 */

import type { BoundExpression } from "../bind/bound.ts";
import { intervalFamily } from "../types/intervals.ts";
import { typeText } from "../types/names.ts";
import { type SnowType, TEXT } from "../types/types.ts";
import { type FunctionEntry, family, type LoweringCall, refuse, sig } from "./define.ts";
import { argument } from "./rules.ts";

const CATEGORY = "system";
const define = family(CATEGORY);
const NEVER_NULL = { nullability: "never" } as const;

/** Digits that fit whole numbers of 1, 2, 4 and 8 bytes. */
const DIGITS = [
  [2, "SB1"],
  [4, "SB2"],
  [9, "SB4"],
  [18, "SB8"],
] as const;

function numberSize(digits: number): string {
  return DIGITS.find(([most]) => digits <= most)?.[1] ?? "SB16";
}

/** Constants get the size of their value, as far as it can be seen. */
function constantSize(bound: BoundExpression, precision: number): string {
  if (bound.kind !== "constant" || bound.value === null) return numberSize(precision);
  const value = BigInt(String(bound.value).replace(/[^\d-]/g, "") || "0");
  for (const [bits, size] of [
    [7n, "SB1"],
    [15n, "SB2"],
    [31n, "SB4"],
    [63n, "SB8"],
  ] as const) {
    if (value >= -(1n << bits) && value < 1n << bits) return size;
  }
  return "SB16";
}

function leaf(bound: BoundExpression): BoundExpression {
  if (bound.kind === "call" && bound.entry.name === "NVL") {
    const [first, second] = bound.arguments;
    const isNull = first?.kind === "constant" && first.value === null;
    const chosen = isNull ? second : first;
    return chosen === undefined ? bound : leaf(chosen);
  }
  return bound;
}

/** How the values are held, as SYSTEM$TYPEOF shows it in brackets. */
function physicalName(type: SnowType, bound: BoundExpression): string {
  switch (type.kind) {
    case "number":
      return constantSize(leaf(bound), type.precision);
    case "boolean":
      return "SB1";
    case "date":
      return "SB4";
    case "time":
      return "SB8";
    case "timestamp":
      return type.flavor === "ntz" ? "SB8" : "SB16";
    case "interval":
      return intervalFamily(type) === "year_month" ? "SB8" : "SB16";
    case "float":
      return "DOUBLE";
    default:
      return "LOB";
  }
}

function typeOf(call: LoweringCall): string {
  const { type, bound } = argument(call, 0);
  return call.context.quote(`${typeText(type)}[${physicalName(type, bound)}]`);
}

/** Functions of the account's objects, which the server does not offer to expressions. */
const OBJECT_FUNCTIONS: readonly (readonly [name: string, needs: string])[] = [
  ["SYSTEM$GET_ALL_DEFAULT_COLUMNS_OVERRIDES", "overrides of SHOW columns"],
];

/** Entries of the server's own (streams, tags, tasks) come first in the registry and hide these. */
const REFUSED: readonly FunctionEntry[] = [
  refuse(
    CATEGORY,
    "SYSTEM$STREAM_BACKLOG",
    "system_stream_backlog",
    "The columns of its result are not documented.",
  ),
  ...OBJECT_FUNCTIONS.map(([name, needs]) =>
    refuse(
      CATEGORY,
      name,
      name.toLowerCase().replace("$", "_"),
      `It needs ${needs}, which expressions cannot reach.`,
    ),
  ),
];

export const SYSTEM_FUNCTIONS: readonly FunctionEntry[] = [
  define("SYSTEM$TYPEOF", {
    doc: "system_typeof",
    summary: "Type of an expression, and in brackets how it is held",
    signatures: [sig("value any", TEXT, typeOf, NEVER_NULL)],
    examples: [
      ["SYSTEM$TYPEOF(12.3)", "NUMBER(3,1)[SB1]"],
      ["SYSTEM$TYPEOF(TRUE)", "BOOLEAN[SB1]"],
      ["SYSTEM$TYPEOF('a'::VARCHAR)", "VARCHAR(16777216)[LOB]"],
      ["SYSTEM$TYPEOF(1::FLOAT)", "FLOAT[DOUBLE]"],
      ["SYSTEM$TYPEOF('2024-01-01'::DATE)", "DATE[SB4]"],
    ],
  }),
  ...REFUSED,
];
