/**
 * Functions of the session and the statement: their values are known when the statement is bound, or are
 * placeholders that the server fills in when it starts.
 * https://docs.snowflake.com/en/sql-reference/functions-context
 */

import type { CallExpression } from "../ast/expressions.ts";
import { UTC_CLOCK } from "../functions/operators.ts";
import { DATE, type SnowType, TEXT, timestampType, timeType } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression, PlaceholderName } from "./bound.ts";
import { castTo } from "./coerce.ts";
import { constant } from "./fold.ts";
import { operatorCall } from "./operators.ts";

type ContextFunction = (
  binder: Binder,
  args: readonly (number | undefined)[],
  node: CallExpression,
) => BoundExpression;

function text(read: (binder: Binder) => string | undefined): ContextFunction {
  return (binder, _args, node) => constant(TEXT, read(binder) ?? null, node.span.start);
}

function placeholder(name: PlaceholderName, type: SnowType) {
  return (binder: Binder): BoundExpression => {
    binder.features.usesPlaceholders = true;
    return { kind: "placeholder", name, type, nullable: name === "transaction_id" };
  };
}

const now: ContextFunction = (binder, [scale]) =>
  castTo(
    placeholder("current_timestamp", timestampType("ltz"))(binder),
    timestampType("ltz", scale ?? 9),
    binder,
  );

const currentDate: ContextFunction = (binder, _args, node) =>
  castTo(now(binder, [], node), DATE, binder);

const currentTime: ContextFunction = (binder, [scale], node) =>
  castTo(now(binder, [], node), timeType(scale ?? 9), binder);

function qualified(part: string): string {
  return /^[A-Z_][A-Z0-9_$]*$/.test(part) ? part : `"${part.replaceAll('"', '""')}"`;
}

const schemas = text(({ context }) => {
  const { database } = context;
  if (database === undefined) return "[]";
  const names = [context.schema, "PUBLIC"].filter(
    (name, index, all): name is string => name !== undefined && all.indexOf(name) === index,
  );
  const list = names.map((name) => JSON.stringify(`${qualified(database)}.${qualified(name)}`));
  return `[${list.join(", ")}]`;
});

const lastQueryId: ContextFunction = (binder, [n], node) => {
  binder.features.usesVariables = true;
  return constant(TEXT, binder.context.lastQueryId(n ?? -1) ?? null, node.span.start);
};

/** By name; `bare` ones may stand without parentheses. */
const FUNCTIONS: Readonly<Record<string, ContextFunction>> = {
  CURRENT_TIMESTAMP: now,
  LOCALTIMESTAMP: now,
  GETDATE: now,
  SYSTIMESTAMP: now,
  CURRENT_DATE: currentDate,
  CURRENT_TIME: currentTime,
  LOCALTIME: currentTime,
  SYSDATE: (binder, _args, node) =>
    operatorCall(UTC_CLOCK, "ltz", [now(binder, [], node)], node.span.start),
  // In a policy's body: those of the table that it protects (docs: create-row-access-policy).
  CURRENT_DATABASE: text(({ context }) => context.policy?.relation.database ?? context.database),
  CURRENT_SCHEMA: text(({ context }) => context.policy?.relation.schema ?? context.schema),
  CURRENT_SCHEMAS: schemas,
  CURRENT_ROLE: text(({ context }) => context.role),
  INVOKER_ROLE: text(({ context }) => context.invoker ?? context.role),
  CURRENT_ROLE_TYPE: text(() => "ROLE"),
  CURRENT_USER: text(({ context }) => context.user),
  CURRENT_WAREHOUSE: text(({ context }) => context.warehouse),
  CURRENT_ACCOUNT: text(({ context }) => context.account),
  CURRENT_ACCOUNT_NAME: text(({ context }) => context.account),
  CURRENT_SESSION: text(({ context }) => context.sessionId),
  CURRENT_SECONDARY_ROLES: text(({ context }) => context.session?.("SECONDARY_ROLES") ?? undefined),
  CURRENT_STATEMENT: placeholder("current_statement", TEXT),
  CURRENT_TRANSACTION: (binder) => placeholder("transaction_id", TEXT)(binder),
  LAST_QUERY_ID: lastQueryId,
};

const MOST_ARGUMENTS: Readonly<Record<string, number>> = {
  CURRENT_TIMESTAMP: 1,
  LOCALTIMESTAMP: 1,
  CURRENT_TIME: 1,
  LOCALTIME: 1,
  LAST_QUERY_ID: 1,
};

/** True for the upper-case name of one of these functions. */
export function isContextFunction(name: string): boolean {
  return Object.hasOwn(FUNCTIONS, name);
}

/** A constant whole number, also a negative one. */
function literalInteger(node: CallExpression["arguments"][number]["value"]): number | undefined {
  if (node.kind === "number_literal") return Number(node.text);
  if (node.kind === "unary" && node.operator === "-") {
    const value = literalInteger(node.operand);
    return value === undefined ? undefined : -value;
  }
  return undefined;
}

/**
 * The call as a session value, when it names a session function.
 * @throws 000939 for too many arguments, 001015 for one that is no constant
 */
export function bindContextFunction(
  name: string,
  node: CallExpression,
  binder: Binder,
): BoundExpression | undefined {
  const found = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (found === undefined) return undefined;
  const expected = MOST_ARGUMENTS[name] ?? 0;
  const actual = node.arguments.length;
  if (actual > expected) {
    const call = binder.source(node.span);
    throw binder.error("tooManyArguments", { call, expected, actual }, node.span);
  }
  const args = node.arguments.map(({ value }, index) => {
    const number = literalInteger(value);
    if (number !== undefined) return number;
    const found = binder.source(value.span);
    throw binder.error("constantArgument", { index: index + 1, name, found });
  });
  return found(binder, args, node);
}

/** The names of session functions, for SHOW FUNCTIONS and completion. */
export const CONTEXT_FUNCTION_NAMES: readonly string[] = Object.keys(FUNCTIONS);
