/** Options whose value is a bind or a session variable: `ON_ERROR = ?`, `COMMENT = $text`. */

import type { Expression } from "../../translator/ast/expressions.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { Property, PropertyValue } from "../../translator/statements/properties.ts";
import type { Statement } from "../../translator/statements/statement.ts";
import type { Execution } from "./execution.ts";

/**
 * The statement with the values in the place of the binds and variables among its options.
 * @throws 002049 for a bind that was not sent, 002211 for a variable that is not set, 000002 for other expressions
 */
export function withOptionValues(statement: Statement, execution: Execution): Statement {
  if (statement.kind === "alter_object" && "properties" in statement.alteration) {
    const { alteration } = statement;
    if (!hasExpression(alteration.properties)) return statement;
    const properties = resolved(alteration.properties, execution);
    return { ...statement, alteration: { ...alteration, properties } };
  }
  if (!("properties" in statement) || !hasExpression(statement.properties)) return statement;
  return { ...statement, properties: resolved(statement.properties, execution) };
}

function hasExpression(properties: readonly Property[]): boolean {
  return properties.some(({ value }) => isUnresolved(value));
}

function isUnresolved(value: PropertyValue): boolean {
  switch (value.kind) {
    case "expression":
      return true;
    case "list":
    case "sequence":
      return value.items.some(isUnresolved);
    case "map":
      return hasExpression(value.properties);
    default:
      return false;
  }
}

function resolved(properties: readonly Property[], execution: Execution): Property[] {
  return properties.map((property) => ({
    ...property,
    value: resolvedValue(property.value, execution),
  }));
}

function resolvedValue(value: PropertyValue, execution: Execution): PropertyValue {
  switch (value.kind) {
    case "expression":
      return constantValue(value.expression, execution);
    case "list":
    case "sequence":
      return { ...value, items: value.items.map((item) => resolvedValue(item, execution)) };
    case "map":
      return { ...value, properties: resolved(value.properties, execution) };
    default:
      return value;
  }
}

function constantValue(expression: Expression, { context }: Execution): PropertyValue {
  const found = lookedUp(expression, context);
  if (found.value === null) return { kind: "null" };
  if (typeof found.value === "boolean") return { kind: "boolean", value: found.value };
  const text = String(found.value);
  const isNumber = found.type.kind === "number" || found.type.kind === "float";
  return isNumber ? { kind: "number", text } : { kind: "text", value: text, dollarQuoted: false };
}

function lookedUp(expression: Expression, context: Execution["context"]) {
  if (expression.kind === "bind") {
    const found = context.bind(expression.index ?? expression.name?.name ?? "");
    if (found !== undefined) return found;
    throw snowflakeError("bindNotSet", { name: expression.name?.name ?? "?" });
  }
  if (expression.kind === "session_variable") {
    const found = context.variable(expression.name);
    if (found !== undefined) return found;
    throw snowflakeError("sessionVariable", { name: expression.name });
  }
  throw snowflakeError("unsupportedFeature", { feature: "an expression as an option's value" });
}
