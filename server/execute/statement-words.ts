/** Snowflake's word for a statement, in query history and metrics. */

import type { Statement } from "../../translator/statements/statement.ts";

/** `SELECT`, `CREATE_TABLE`, `ALTER_SESSION` …: the node's kind in upper case, objects by their own word. */
export function statementWord(statement: Statement): string {
  if (statement.kind === "drop" || statement.kind === "undrop") {
    const object = typeof statement.object === "string" ? statement.object : "OBJECT";
    return `${statement.kind.toUpperCase()}_${object.replaceAll(" ", "_")}`;
  }
  if (statement.kind === "create_object" || statement.kind === "alter_object") {
    const object = typeof statement.object === "string" ? statement.object : "OBJECT";
    const verb = statement.kind === "create_object" ? "CREATE" : "ALTER";
    return `${verb}_${object.replaceAll(" ", "_")}`;
  }
  return statement.kind.toUpperCase();
}
