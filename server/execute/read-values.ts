/** Reads single values of small queries back into JavaScript: SET, prequeries, defaults of new columns. */

import type { Expression } from "../../translator/ast/expressions.ts";
import type { Query } from "../../translator/ast/queries.ts";
import type { ConstantValue } from "../../translator/bind/bound.ts";
import type { TypedValue } from "../../translator/bind/context.ts";
import type { SnowType } from "../../translator/types/types.ts";
import { scaledText } from "../results/json-cells.ts";
import type { Column } from "../storage/columns.ts";
import type { Execution } from "./execution.ts";
import { planQuery } from "./query-plan.ts";

/** A cell as a constant of its Snowflake type's form. */
export function constantAt(column: Column, row: number): ConstantValue {
  if (column.isNull(row)) return null;
  switch (column.kind) {
    case "boolean":
      return column.values[row] !== 0;
    case "int":
    case "float":
    case "date":
      return column.values[row] ?? null;
    case "bigint":
      return String(column.values[row]);
    case "hugeint":
      return String(column.at(row));
    case "decimal":
      return scaledText(column.at(row), column.scale);
    case "time":
    case "timestamp":
    case "timestamptz":
      return column.values[row] ?? null;
    case "text":
      return column.text(row);
    case "blob":
      return Buffer.from(column.bytes(row)).toString("hex").toUpperCase();
    case "struct": {
      if (column.fields[0]?.name === "starts") {
        return column.fields.map((field) => boundText(constantAt(field.column, row))).join("|");
      }
      const [instant, offset] = column.fields.map((field) => constantAt(field.column, row));
      return { micros: BigInt(String(instant)), offsetMinutes: Number(offset) };
    }
    default:
      return null;
  }
}

/** A bound of a PERIOD in the form of its constants (bound.ts). */
function boundText(value: ConstantValue): string {
  if (typeof value !== "object" || value === null) return String(value);
  return `${value.micros} ${value.offsetMinutes}`;
}

/** The first column of a query as text. */
export async function firstColumnTexts(
  sql: string,
  { session }: Execution,
): Promise<(string | null)[]> {
  const result = await session.transactions.read((connection) => connection.query(sql));
  return result.chunks.flatMap(({ columns, rowCount }) => {
    const [column] = columns;
    return Array.from({ length: rowCount }, (_, row) => {
      const value = column === undefined ? null : constantAt(column, row);
      return value === null ? null : String(value);
    });
  });
}

/**
 * The values of expressions without columns, as one row.
 * @param types what each value is converted to; undefined leaves it
 */
export async function evaluate(
  expressions: readonly Expression[],
  execution: Execution,
  types?: readonly (SnowType | undefined)[] | undefined,
): Promise<TypedValue[]> {
  if (expressions.length === 0) return [];
  const span = { start: 0, end: 0 };
  const query: Query = {
    kind: "query",
    recursive: false,
    ctes: [],
    orderBy: [],
    span,
    body: {
      kind: "select",
      distinct: false,
      items: expressions.map((expression) => ({ kind: "expression", expression, span })),
      into: [],
      from: [],
      windows: [],
      span,
    },
  };
  return evaluateRow(query, execution, types);
}

/** A query's first row; NULLs when it has none. */
export async function evaluateRow(
  query: Query,
  execution: Execution,
  types?: readonly (SnowType | undefined)[] | undefined,
): Promise<TypedValue[]> {
  const plan = await planQuery(query, execution, types);
  const result = await execution.session.transactions.read((connection) =>
    connection.query(plan.sql),
  );
  const [chunk] = result.chunks;
  return plan.columns.map(({ type }, index) => {
    const column = chunk?.columns[index];
    return { type, value: column === undefined ? null : constantAt(column, 0) };
  });
}
