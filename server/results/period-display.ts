/**
 * PERIOD values in results: drivers get them as text in canonical form, with all the digits of the bounds.
 * https://docs.snowflake.com/en/sql-reference/data-types-period#conversion
 */

import { periodText } from "../../translator/lower/periods.ts";
import { printTemporal } from "../../translator/lower/temporal-casts.ts";
import type { PeriodElement } from "../../translator/types/periods.ts";
import { TEXT } from "../../translator/types/types.ts";
import type { SessionParameters } from "../session/parameters.ts";
import type { ResultColumn, RowSource } from "./stream.ts";

type Result = { readonly columns: readonly ResultColumn[]; readonly rows: RowSource };

/** The result with its PERIOD columns as text; other results are returned as they are. */
export function displayedPeriods<T extends Result>(result: T, parameters: SessionParameters): T {
  const { columns, rows } = result;
  if (rows.kind !== "query" || !columns.some(({ type }) => type.kind === "period")) return result;
  const state = { parameter: (name: string) => parameters.get(name) ?? "" };
  const names = columns.map((_, index) => `c${index}`);
  const items = columns.map(({ type }, index) => {
    const name = `c${index}`;
    if (type.kind !== "period") return name;
    const { element } = type;
    const print = (bound: string) => printTemporal(bound, element, format(element), state);
    return `${periodText(name, print)} AS ${name}`;
  });
  const sql = `SELECT ${items.join(", ")} FROM (${rows.sql}) AS shown(${names.join(", ")})`;
  return {
    ...result,
    columns: columns.map((column) =>
      column.type.kind === "period" ? { ...column, type: TEXT } : column,
    ),
    rows: { ...rows, sql },
  };
}

function format(element: PeriodElement): string {
  if (element.kind === "date") return "YYYY-MM-DD";
  const clock = element.scale === 0 ? "HH24:MI:SS" : `HH24:MI:SS.FF${element.scale}`;
  if (element.kind === "time") return clock;
  return `YYYY-MM-DD ${clock}${element.flavor === "ntz" ? "" : " TZHTZM"}`;
}
