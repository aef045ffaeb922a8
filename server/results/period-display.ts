/**
 * PERIOD values in results: drivers get them as text in canonical form, with all the digits of the bounds.
 * https://docs.snowflake.com/en/sql-reference/data-types-period#conversion
 */

import {
  dateToText,
  timestampLtzToText,
  timestampNtzToText,
  timestampTzToText,
  timeToText,
} from "../../translator/format/convert.ts";
import { periodText } from "../../translator/lower/periods.ts";
import { printTemporal } from "../../translator/lower/temporal-casts.ts";
import type { PeriodElement } from "../../translator/types/periods.ts";
import { type SnowType, TEXT } from "../../translator/types/types.ts";
import type { SessionParameters } from "../session/parameters.ts";
import type { Cell, ResultColumn, RowSource } from "./stream.ts";

type Result = { readonly columns: readonly ResultColumn[]; readonly rows: RowSource };

/** The result with its PERIOD columns as text; other results are returned as they are. */
export function displayedPeriods<T extends Result>(result: T, parameters: SessionParameters): T {
  const { columns, rows } = result;
  if (!columns.some(({ type }) => type.kind === "period")) return result;
  const shown = columns.map((column) =>
    column.type.kind === "period" ? { ...column, type: TEXT } : column,
  );
  if (rows.kind === "cells") {
    const zone = parameters.text("TIMEZONE");
    const cells = rows.rows.map((row) =>
      row.map((cell, index) => shownCell(cell, columns[index]?.type, zone)),
    );
    return { ...result, columns: shown, rows: { ...rows, rows: cells } };
  }
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
  return { ...result, columns: shown, rows: { ...rows, sql } };
}

/** A PERIOD constant (bound.ts) as text; other cells as they are. */
function shownCell(cell: Cell, type: SnowType | undefined, zone: string): Cell {
  if (type?.kind !== "period" || typeof cell !== "string") return cell;
  const bounds = cell.split("|").map((bound) => boundText(bound, type.element, zone));
  return `[${bounds.join(", ")})`;
}

function boundText(bound: string, element: PeriodElement, zone: string): string {
  const model = format(element);
  if (element.kind === "date") return dateToText(Number(bound), model);
  const [micros = "0", offset = "0"] = bound.split(" ");
  if (element.kind === "time") return timeToText(BigInt(micros), model);
  if (element.flavor === "ntz") return timestampNtzToText(BigInt(micros), model);
  if (element.flavor === "ltz") return timestampLtzToText(BigInt(micros), zone, model);
  return timestampTzToText(BigInt(micros), Number(offset), model);
}

function format(element: PeriodElement): string {
  if (element.kind === "date") return "YYYY-MM-DD";
  const clock = element.scale === 0 ? "HH24:MI:SS" : `HH24:MI:SS.FF${element.scale}`;
  if (element.kind === "time") return clock;
  return `YYYY-MM-DD ${clock}${element.flavor === "ntz" ? "" : " TZHTZM"}`;
}
