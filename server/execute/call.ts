/** CALL of a system function. https://docs.snowflake.com/en/sql-reference/sql/call */

import type { Expression } from "../../translator/ast/expressions.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import { lookupFunction } from "../../translator/functions/registry.ts";
import type { Handler } from "./execution.ts";
import { lastPart } from "./names.ts";
import { evaluate } from "./read-values.ts";
import { SELECT_STATEMENT } from "./statement-types.ts";

export const call: Handler<"call"> = async (statement, execution) => {
  const name = lastPart(statement.name, execution);
  if (statement.procedure !== undefined || lookupFunction(name) === undefined) {
    throw snowflakeError("unsupportedFeature", { feature: "CALL of a procedure" });
  }
  const span = { start: 0, end: 0 };
  const expression: Expression = {
    kind: "call",
    name: statement.name,
    bare: false,
    arguments: statement.arguments,
    distinct: false,
    withinGroup: [],
    fromLast: false,
    span,
  };
  const [value] = await evaluate([expression], execution);
  if (value === undefined) throw new Error("one expression has one value");
  return {
    columns: [{ name, type: value.type, nullable: true }],
    rows: { kind: "cells", rows: [[value.value]] },
    statementType: SELECT_STATEMENT,
  };
};
