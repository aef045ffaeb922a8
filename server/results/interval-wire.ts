/** What a result says of an INTERVAL column: drivers learn its fields from the scale. */

import { intervalFamily } from "../../translator/types/intervals.ts";
import type { IntervalType } from "../../translator/types/types.ts";

/** The fields of a type by their number on the wire, as snowflake-snowpark-python reads it (type_utils.py). */
const SUBTYPES: readonly string[] = [
  "year month",
  "year year",
  "month month",
  "day second",
  "day minute",
  "day hour",
  "day day",
  "hour second",
  "hour minute",
  "hour hour",
  "minute second",
  "minute minute",
  "second second",
];

/** The leading field's digits are the last four bits of a day-time precision (snowflake-connector-python converter.py). */
const LEADING_BITS = 4;

/** The protocol's `precision` and `scale` of an INTERVAL column. */
export function intervalSizes(type: IntervalType): {
  readonly precision: number;
  readonly scale: number;
} {
  const scale = SUBTYPES.indexOf(`${type.from} ${type.to}`);
  if (intervalFamily(type) === "year_month") return { precision: type.precision, scale };
  const fraction = type.to === "second" ? type.fraction : 0;
  return { precision: (fraction << LEADING_BITS) | type.precision, scale };
}
