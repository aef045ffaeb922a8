/** Values that are known only when a statement starts: written into its SQL just before it runs. */

import type { Execution } from "./execution.ts";

const PLACEHOLDER = /⟦(\w+)⟧/g;

/** Replaces `⟦current_timestamp⟧` and its like by DuckDB constants. */
export function fillPlaceholders(sql: string, execution: Execution): string {
  if (!sql.includes("⟦")) return sql;
  return sql.replace(PLACEHOLDER, (_, name: string) => constantOf(name, execution));
}

function constantOf(name: string, { startedAt, queryId, text, session }: Execution): string {
  switch (name) {
    case "current_timestamp":
      return `TIMESTAMPTZ '${new Date(startedAt).toISOString().replace("T", " ").replace("Z", "+00")}'`;
    case "query_id":
      return quote(queryId);
    case "current_statement":
      return quote(text);
    case "transaction_id": {
      const open = session.transactions.current;
      return open === undefined ? "CAST(NULL AS VARCHAR)" : quote(String(open.id));
    }
    default:
      throw new Error(`unknown placeholder ${name}`);
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
