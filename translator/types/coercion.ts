/**
 * Which casts exist, and which of them Snowflake inserts by itself.
 * https://docs.snowflake.com/en/sql-reference/data-type-conversion#data-types-that-can-be-cast
 */

import { intervalFamily, isSingleField } from "./intervals.ts";
import { sameElement } from "./periods.ts";
import type { PeriodType, SnowType, TypeKind } from "./types.ts";

export type Castability = "implicit" | "explicit" | "none";

type Row = { readonly implicit: readonly TypeKind[]; readonly explicit: readonly TypeKind[] };

const NO_CASTS: Row = { implicit: [], explicit: [] };

/** From kind → the kinds it converts to. A type always converts to its own kind. */
const CASTS: Readonly<Record<TypeKind, Row>> = {
  array: { implicit: ["variant"], explicit: ["text", "vector", "object"] },
  binary: { implicit: [], explicit: ["text", "variant"] },
  boolean: { implicit: ["decfloat", "text", "variant"], explicit: ["number", "float"] },
  date: { implicit: ["timestamp", "text"], explicit: ["variant"] },
  decfloat: { implicit: ["boolean", "float", "number", "text"], explicit: ["variant"] },
  file: { implicit: [], explicit: ["variant", "object"] },
  float: { implicit: ["boolean", "decfloat", "number", "text", "variant"], explicit: [] },
  geography: { implicit: ["variant"], explicit: ["text", "object", "geometry"] },
  geometry: { implicit: ["variant"], explicit: ["text", "object", "geography"] },
  interval: { implicit: ["text"], explicit: ["number"] },
  map: { implicit: [], explicit: ["object", "text", "variant"] },
  number: {
    implicit: ["boolean", "decfloat", "float", "timestamp", "text", "variant"],
    explicit: ["interval"],
  },
  // From one element type to another by a written cast: `castability` says when there is none.
  period: { implicit: [], explicit: ["text"] },
  object: { implicit: ["variant"], explicit: ["array", "text", "map", "geography", "geometry"] },
  text: {
    implicit: [
      "boolean",
      "date",
      "decfloat",
      "float",
      "number",
      "time",
      "timestamp",
      "interval",
      "uuid",
    ],
    explicit: ["variant", "binary", "geography", "geometry", "period"],
  },
  time: { implicit: ["text"], explicit: ["variant"] },
  timestamp: { implicit: ["date", "time", "text"], explicit: ["variant"] },
  variant: {
    implicit: [
      "array",
      "boolean",
      "date",
      "float",
      "number",
      "time",
      "timestamp",
      "text",
      "object",
      "map",
      "uuid",
    ],
    explicit: ["decfloat", "geography", "geometry", "vector", "binary"],
  },
  uuid: { implicit: ["text", "variant"], explicit: [] },
  vector: { implicit: ["array"], explicit: ["text"] },
  null: NO_CASTS,
};

function periodCast(from: PeriodType, to: PeriodType): Castability {
  if (sameElement(from.element, to.element)) return "implicit";
  return castability(from.element, to.element) === "none" ? "none" : "explicit";
}

/** How a value of one type becomes another: by itself, by a written cast, or not at all. */
export function castability(from: SnowType, to: SnowType): Castability {
  if (from.kind === "interval" && to.kind === "interval") {
    return intervalFamily(from) === intervalFamily(to) ? "implicit" : "none";
  }
  if (from.kind === "period" && to.kind === "period") return periodCast(from, to);
  // A number counts one field: it says nothing of several.
  if (from.kind === "interval" && to.kind === "number" && !isSingleField(from)) return "none";
  if (from.kind === "number" && to.kind === "interval" && !isSingleField(to)) return "none";
  if (from.kind === "null" || from.kind === to.kind) return "implicit";
  const row = CASTS[from.kind];
  if (row.implicit.includes(to.kind)) return "implicit";
  return row.explicit.includes(to.kind) ? "explicit" : "none";
}
