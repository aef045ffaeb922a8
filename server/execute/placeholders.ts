/** Values that are known only when a statement starts: written into its SQL just before it runs. */

import type { RangePart } from "../catalog/stream-relation.ts";
import type { Execution } from "./execution.ts";
import { rangeText } from "./stream-range.ts";

const PLACEHOLDER = /⟦((?!stream_)\w+)⟧/g;
const STREAM = /⟦stream_(before|until|initial)_(\d+)⟧/g;
const SCAN = /⟪\w+⟫/g;

/** Replaces `⟦current_timestamp⟧` and its like by DuckDB constants. */
export function fillPlaceholders(sql: string, execution: Execution): string {
  return fillStreams(fillValues(sql, execution), execution);
}

/** Replaces all but the ranges of streams: a statement that consumes them reads those under its locks. */
export function fillValues(sql: string, execution: Execution): string {
  const whole = execution.staged.size === 0 ? sql : withStaged(sql, execution.staged);
  if (!whole.includes("⟦")) return whole;
  return whole.replace(PLACEHOLDER, (_, name: string) => constantOf(name, execution));
}

/** Replaces the ranges of streams. */
export function fillStreams(sql: string, execution: Execution): string {
  if (!sql.includes("⟦stream_")) return sql;
  return sql.replace(STREAM, (_, part: string, id: string) =>
    rangeText(part as RangePart, Number(id), execution),
  );
}

/** Puts the rows of staged files where they are read. */
function withStaged(sql: string, staged: ReadonlyMap<string, string>): string {
  return sql.replace(SCAN, (token) => staged.get(token) ?? token);
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
