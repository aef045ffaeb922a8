/**
 * Clauses of SHOW that its grammar takes for every subject and that a subject's list does not know: refused by name, for
 * they would leave nothing out and add nothing. https://docs.snowflake.com/en/sql-reference/sql/show
 */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { StatementOf } from "../execution.ts";

type Statement = StatementOf<"show">;

/** Subjects that list what was dropped. */
const WITH_HISTORY: ReadonlySet<string> = new Set(["DATABASES", "SCHEMAS", "TABLES"]);

/** Subjects with a short list; of PRIMARY KEYS it is the whole one. */
const WITH_TERSE: ReadonlySet<string> = new Set([
  "ALERTS",
  "DATABASES",
  "HYBRID TABLES",
  "INDEXES",
  "MATERIALIZED VIEWS",
  "OBJECTS",
  "PRIMARY KEYS",
  "SCHEMAS",
  "STREAMS",
  "TABLES",
  "TASKS",
  "USERS",
  "VIEWS",
]);

/** What is the account's or the session's, in no smaller scope. */
const UNSCOPED: ReadonlySet<string> = new Set([
  "DATABASES",
  "INTEGRATIONS",
  "LOCKS",
  "NOTIFICATION INTEGRATIONS",
  "ROLES",
  "TRANSACTIONS",
  "USERS",
  "VARIABLES",
  "WAREHOUSES",
]);

/** Lists without names to choose by. */
const UNNAMED: ReadonlySet<string> = new Set([
  "EXPORTED KEYS",
  "IMPORTED KEYS",
  "LOCKS",
  "PRIMARY KEYS",
  "TRANSACTIONS",
  "UNIQUE KEYS",
]);

/** The first clause of the statement that its subject's list does not know. */
function unknownClause(statement: Statement): string | undefined {
  const { subject, history, terse, scope, like, startsWith, limit, privileges } = statement;
  if (subject !== "TASKS" && statement.filter !== undefined) return statement.filter;
  if (statement.version !== undefined) return "VERSION";
  if (statement.primary !== undefined) return "WITH PRIMARY";
  if (statement.metric !== undefined) return "FOR METRIC";
  if (privileges.length > 0) return "WITH PRIVILEGES";
  if (history && !WITH_HISTORY.has(subject)) return "HISTORY";
  if (terse && !WITH_TERSE.has(subject)) return "TERSE";
  if (UNSCOPED.has(subject) && scope !== undefined && scope.kind !== "ACCOUNT") {
    return `IN ${scope.kind === "bare" ? "a schema" : scope.kind}`;
  }
  if (!UNNAMED.has(subject)) return undefined;
  if (like !== undefined) return "LIKE";
  return startsWith !== undefined ? "STARTS WITH" : limit && "LIMIT";
}

/** @throws 000002 for such a clause */
export function refuseUnknownClauses(statement: Statement): void {
  const clause = unknownClause(statement);
  if (clause === undefined) return;
  const feature = `SHOW ${statement.subject} ${clause}`;
  throw snowflakeError("unsupportedFeature", { feature });
}
