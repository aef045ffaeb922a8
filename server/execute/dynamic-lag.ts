/**
 * How far behind a dynamic table was, by what its refreshes say: between two of them its rows grow older, from the time that the refresh took.
 * https://docs.snowflake.com/en/sql-reference/functions/dynamic_tables
 */

import type { DynamicTable } from "../catalog/dynamic-table.ts";
import type { InlineRow } from "../catalog/information-schema/inline.ts";
import type { RefreshRecord } from "../program/dynamic/refresh-history.ts";

const SECOND_MS = 1_000;

/** A time during which the rows were of one moment. */
type Span = { readonly from: number; readonly to: number; readonly dataTimestamp: number };

/** The spans within a range, by the refreshes that succeeded. */
function spansOf(records: readonly RefreshRecord[], from: number, now: number): Span[] {
  const done = records
    .filter(({ state }) => state === "SUCCEEDED")
    .sort((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0));
  return done.flatMap(({ endedAt = 0, dataTimestamp }, index) => {
    const to = done[index + 1]?.endedAt ?? now;
    const begin = Math.max(endedAt, from);
    return to >= begin ? [{ from: begin, to, dataTimestamp }] : [];
  });
}

/**
 * The measures of DYNAMIC_TABLES; all NULL for a suspended table, and for one without refreshes.
 * @param from since when; a change of the table's description begins anew
 */
export function lagMeasures(
  { dynamic }: DynamicTable,
  records: readonly RefreshRecord[],
  from: number,
  now: number,
): InlineRow {
  const spans = spansOf(records, Math.max(from, dynamic.validFrom), now);
  const first = spans[0];
  if (first === undefined || dynamic.suspended !== undefined) return {};
  const total = now - first.from;
  const age = (at: number, span: Span) => at - span.dataTimestamp;
  const ages = spans.map((span) => age(span.to, span));
  const area = spans.reduce(
    (sum, span) => sum + ((age(span.from, span) + age(span.to, span)) / 2) * (span.to - span.from),
    0,
  );
  const mean = total === 0 ? (ages[0] ?? 0) : area / total;
  const measures = {
    mean_lag_sec: Math.round(mean / SECOND_MS),
    maximum_lag_sec: Math.round(Math.max(...ages) / SECOND_MS),
  };
  if (dynamic.lag?.kind !== "time") return measures;
  const target = dynamic.lag.seconds * SECOND_MS;
  const above = spans.reduce((sum, span) => {
    const late = Math.max(span.from, span.dataTimestamp + target);
    return sum + Math.max(0, span.to - late);
  }, 0);
  return {
    ...measures,
    time_above_target_lag_sec: Math.round(above / SECOND_MS),
    time_within_target_lag_ratio: total === 0 ? 1 : (total - above) / total,
  };
}
