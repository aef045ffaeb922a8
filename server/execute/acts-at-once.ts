/**
 * Statements that do not wait for their turn in the session: those that stop others. A client cancels the statement that it
 * started asynchronously from the same session (Snowpark's AsyncJob.cancel does), which must not wait for its end.
 */

import type { Expression, ObjectName } from "../../translator/ast/expressions.ts";
import { parseStatement, type Statement } from "../../translator/statements/statement.ts";

const CONTROLS: ReadonlySet<string> = new Set([
  "SYSTEM$CANCEL_QUERY",
  "SYSTEM$CANCEL_ALL_QUERIES",
  "SYSTEM$ABORT_SESSION",
  "SYSTEM$ABORT_TRANSACTION",
]);
/** Most texts are not worth parsing twice. */
const MAYBE = /SYSTEM\$(CANCEL|ABORT)_/i;

/** Whether a text only calls functions that stop statements, transactions or sessions. */
export function actsAtOnce(text: string): boolean {
  if (!MAYBE.test(text)) return false;
  try {
    return isControl(parseStatement(text));
  } catch {
    return false;
  }
}

function isControl(statement: Statement): boolean {
  if (statement.kind === "call") return isControlName(statement.name);
  if (statement.kind !== "select" || statement.query.body.kind !== "select") return false;
  const { from, items } = statement.query.body;
  return (
    from.length === 0 &&
    items.every((item) => item.kind === "expression" && isControlCall(item.expression))
  );
}

function isControlCall(expression: Expression): boolean {
  return expression.kind === "call" && isControlName(expression.name);
}

function isControlName(name: ObjectName): boolean {
  const [only, ...more] = name.kind === "name" ? name.parts : [];
  return only !== undefined && more.length === 0 && CONTROLS.has(only.name.toUpperCase());
}
