/** Columns of SHOW and DESCRIBE as JSON. */

import { printStoredName } from "../../../translator/statements/properties.ts";
import type { ShownRow } from "./request.ts";

/** What a row says of one property. */
export type Reading = (row: ShownRow) => unknown;

/** By JSON property. */
export type Readings = Readonly<Record<string, Reading>>;

const MS_PER_SECOND = 1_000;

/** The column's text; an empty one and the word null are nothing. */
export function text(column: string): Reading {
  return (row) => {
    const cell = row[column] ?? "";
    return cell === "" || cell === "null" ? null : cell;
  };
}

/** As {@link text}, where an empty text is a value: a comment. */
export function anyText(column: string): Reading {
  return (row) => row[column] ?? null;
}

/** An identifier: in double quotes where it needs them. */
export function name(column: string): Reading {
  return (row) => {
    const cell = row[column] ?? "";
    return cell === "" || cell === "null" ? null : printStoredName(cell);
  };
}

export function number(column: string): Reading {
  return (row) => {
    const cell = row[column] ?? "";
    return cell === "" || !Number.isFinite(Number(cell)) ? null : Number(cell);
  };
}

const YES = new Set(["Y", "YES", "ON", "TRUE"]);

export function flag(column: string): Reading {
  return (row) => {
    const cell = row[column];
    return cell === null || cell === undefined ? null : YES.has(cell.toUpperCase());
  };
}

/** A time as ISO 8601 in UTC. */
export function time(column: string): Reading {
  return (row) => {
    const cell = row[column];
    if (cell === null || cell === undefined) return null;
    return new Date(Math.round(Number(cell) * MS_PER_SECOND)).toISOString();
  };
}

export function read(row: ShownRow, readings: Readings): Record<string, unknown> {
  return Object.fromEntries(Object.entries(readings).map(([key, reading]) => [key, reading(row)]));
}
