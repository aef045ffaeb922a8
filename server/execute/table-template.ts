/**
 * CREATE TABLE … USING TEMPLATE: the query's one value is an array with an object for each column, as INFER_SCHEMA gives them.
 * https://docs.snowflake.com/en/sql-reference/sql/create-table
 */

import type { Query } from "../../translator/ast/queries.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import { Cursor } from "../../translator/parse/cursor.ts";
import { parseTypeName } from "../../translator/parse/types.ts";
import type { ColumnDefinition } from "../../translator/statements/columns.ts";
import {
  decodeVariant,
  isObjectValue,
  type VariantValue,
} from "../../translator/variant/encoding.ts";
import type { Execution } from "./execution.ts";
import { evaluateRow } from "./read-values.ts";

/**
 * The columns that the query describes.
 * @throws 001008 for a value that describes none
 */
export async function templateColumns(
  query: Query,
  execution: Execution,
): Promise<ColumnDefinition[]> {
  const [value] = await evaluateRow(query, execution);
  const list = typeof value?.value === "string" ? decodeVariant(value.value) : null;
  if (!Array.isArray(list) || list.length === 0) throw badTemplate();
  return list.map(columnOf);
}

function columnOf(described: VariantValue): ColumnDefinition {
  const member = (name: string) =>
    isObjectValue(described) && Object.hasOwn(described, name) ? described[name] : undefined;
  const [name, type] = [member("COLUMN_NAME"), member("TYPE")];
  if (typeof name !== "string" || typeof type !== "string") throw badTemplate();
  const cursor = new Cursor(type);
  const typeName = parseTypeName(cursor);
  cursor.expectEnd();
  const span = { start: 0, end: 0 };
  return {
    name: { name, quoted: true, span },
    type: typeName,
    nullable: member("NULLABLE") !== false,
    constraints: [],
    policies: [],
    tags: [],
  };
}

function badTemplate() {
  const value = "a query that gives no list of columns";
  return snowflakeError("invalidParameterValue", { value, name: "TEMPLATE" });
}
