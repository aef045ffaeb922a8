/** Rows of SHOW and DESCRIBE by column name, as a result. */

import { must } from "../../../translator/base/assert.ts";
import { parseShape } from "../../catalog/information-schema/column-spec.ts";
import type { Cell } from "../../results/stream.ts";
import type { StatementResult } from "../execution.ts";
import { SHOW_STATEMENT } from "../statement-types.ts";
import { SHAPES } from "./shapes.ts";

/** A value by its column's type: times are milliseconds since the epoch. */
export type ShowValue = string | number | bigint | boolean | null;
export type ShowRow = Readonly<Record<string, ShowValue>>;

const MICROS_PER_MILLI = 1_000n;

/** The columns of a subject. */
export function shapeOf(subject: string): string {
  return must(SHAPES[subject], `no columns of SHOW ${subject}`);
}

/**
 * The result of rows that name each column of the shape.
 * @param shape columns in the notation of column-spec.ts
 */
export function shapedResult(
  shape: string,
  rows: readonly ShowRow[],
  statementType: number = SHOW_STATEMENT,
): StatementResult {
  const columns = parseShape(shape).map((column) => ({ ...column, nullable: true }));
  const cell = (row: ShowRow, name: string, kind: string): Cell => {
    const value = row[name];
    if (value === undefined) throw new Error(`a row of SHOW has no ${name}`);
    if (value === null || kind === "boolean") return value;
    if (kind === "timestamp") return BigInt(Math.round(Number(value))) * MICROS_PER_MILLI;
    return String(value);
  };
  return {
    columns,
    rows: {
      kind: "cells",
      rows: rows.map((row) => columns.map(({ name, type }) => cell(row, name, type.kind))),
    },
    statementType,
  };
}

export function yn(value: boolean): "Y" | "N" {
  return value ? "Y" : "N";
}

export function onOff(value: boolean): "ON" | "OFF" {
  return value ? "ON" : "OFF";
}

/** The role type of an owner; empty for objects that the system owns. */
export function ownerRoleType(owner: string): string {
  return owner === "" ? "" : "ROLE";
}
