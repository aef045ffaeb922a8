/** The values of an array bind as columns of a DuckDB table: one type for each, so that a batch of any size is one INSERT … SELECT. */

import { must } from "../../translator/base/assert.ts";
import type { Relation } from "../../translator/bind/catalog.ts";
import type { TypedValue } from "../../translator/bind/context.ts";
import { duckType } from "../../translator/types/physical.ts";
import { numberType, type SnowType, textType } from "../../translator/types/types.ts";
import type { AppendColumn } from "../storage/storage.ts";
import type { BatchBinding } from "./bindings.ts";
import { typedValue } from "./binds.ts";

/** Stands in lowered SQL for the table's name, which is known once the statement runs. */
const TABLE_TOKEN = "⟪batch⟫";
const DECIMAL_DIGITS = 38;

export type BatchTable = {
  /** As it is bound: one column for each bind, called C1, C2, …. */
  readonly relation: Relation;
  readonly columns: readonly AppendColumn[];
};

type Column = {
  readonly type: SnowType;
  /** What is appended; a TIMESTAMP_TZ takes two columns. */
  readonly stored: readonly AppendColumn[];
  /** The value from the stored columns' names. */
  readonly sql: (names: readonly string[]) => string;
};

/**
 * @returns undefined when a column's values have types that only the values one by one can say
 * @throws 100038 and its like for text that is not of the binding's type
 */
export function batchTable(batch: BatchBinding): BatchTable | undefined {
  const columns: Column[] = [];
  for (const { type, values } of batch.columns) {
    const column = columnOf(values.map((value) => typedValue({ type, value })));
    if (column === undefined) return undefined;
    columns.push(column);
  }
  const stored = columns.flatMap((column) => column.stored);
  let next = 1;
  const items = columns.map((column, index) => {
    const names = column.stored.map(() => `c${next++}`);
    return `${column.sql(names)} AS b${index + 1}`;
  });
  const relation: Relation = {
    kind: "inline",
    name: { database: "", schema: "", name: "BATCH" },
    sql: `SELECT ${items.join(", ")} FROM ${TABLE_TOKEN}`,
    columns: columns.map(({ type }, index) => ({
      name: `C${index + 1}`,
      type,
      nullable: true,
      physical: `b${index + 1}`,
    })),
  };
  return { relation, columns: stored };
}

/** The SQL with the name of the table that holds the batch. */
export function readBatchFrom(sql: string, table: string): string {
  return sql.replaceAll(TABLE_TOKEN, () => table);
}

function columnOf(values: readonly TypedValue[]): Column | undefined {
  const kinds = new Set<string>();
  for (const { type, value } of values) {
    if (value !== null)
      kinds.add(type.kind === "timestamp" ? `timestamp_${type.flavor}` : type.kind);
  }
  const first = values.find(({ value }) => value !== null) ?? must(values[0]);
  if (kinds.has("number")) return kinds.size === 1 ? numberColumn(values) : looseNumbers(values);
  if (kinds.size > 1) return undefined;
  const { type } = first;
  switch (type.kind) {
    case "text":
    case "null":
      return textColumn(values);
    case "float":
    case "boolean":
    case "date":
    case "time":
      return plain(type, values);
    case "timestamp":
      return type.flavor === "tz" ? zonedColumn(type, values) : plain(type, values);
    case "binary":
      return plainOf(type, values, (hex) => Buffer.from(String(hex), "hex"));
    default:
      return undefined;
  }
}

type Stored = AppendColumn["values"][number];

function plainOf(
  type: SnowType,
  values: readonly TypedValue[],
  store: (value: NonNullable<TypedValue["value"]>) => Stored,
): Column {
  const stored = values.map(({ value }) => (value === null ? null : store(value)));
  return {
    type,
    stored: [{ duckType: duckType(type), values: stored }],
    sql: ([name = ""]) => name,
  };
}

function plain(type: SnowType, values: readonly TypedValue[]): Column {
  return plainOf(type, values, (value) => value as Stored);
}

function textColumn(values: readonly TypedValue[]): Column {
  let length = 1;
  for (const { type, value } of values) {
    if (value !== null && type.kind === "text") length = Math.max(length, type.length);
  }
  const isNull = values.every(({ type }) => type.kind === "null");
  return plainOf(isNull ? { kind: "null" } : textType(length), values, String);
}

/** Numbers of which some have an exponent or too many digits: text, which the engine casts. */
function looseNumbers(values: readonly TypedValue[]): Column {
  const texts = values.map(({ value }): TypedValue => {
    const text = value === null ? null : String(value);
    return { type: textType(Math.max(1, text?.length ?? 1)), value: text };
  });
  return textColumn(texts);
}

function numberColumn(values: readonly TypedValue[]): Column {
  let [whole, scale] = [1, 0];
  for (const { type } of values) {
    if (type.kind !== "number") continue;
    whole = Math.max(whole, type.precision - type.scale);
    scale = Math.max(scale, type.scale);
  }
  if (whole + scale > DECIMAL_DIGITS) return looseNumbers(values);
  return plainOf(numberType(whole + scale, scale), values, (value) => scaled(String(value), scale));
}

/** `12.5` with two digits behind the point is 1250. */
function scaled(text: string, scale: number): bigint {
  const [whole = "", fraction = ""] = text.split(".");
  return BigInt((whole + fraction.padEnd(scale, "0")).replace(/^\+/, ""));
}

function zonedColumn(type: SnowType, values: readonly TypedValue[]): Column {
  const parts = values.map(({ value }) =>
    value !== null && typeof value === "object" ? value : null,
  );
  return {
    type,
    stored: [
      { duckType: "TIMESTAMPTZ", values: parts.map((part) => part?.micros ?? null) },
      { duckType: "INTEGER", values: parts.map((part) => part?.offsetMinutes ?? null) },
    ],
    sql: ([instant = "", offset = ""]) =>
      `CASE WHEN ${instant} IS NOT NULL THEN struct_pack(instant := ${instant}, offset_minutes := ${offset}::SMALLINT) END`,
  };
}
