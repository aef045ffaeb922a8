/**
 * QUOTED_IDENTIFIERS_IGNORE_CASE: quoted identifiers of a statement mean the same as unquoted ones.
 * https://docs.snowflake.com/en/sql-reference/identifiers-syntax
 */

import type { Statement } from "./statement.ts";

/** The statement with its quoted identifiers in upper case; keys of paths into values stay as they are. */
export function foldQuotedIdentifiers(statement: Statement): Statement {
  return folded(statement);
}

function folded<T>(node: T): T {
  if (Array.isArray(node)) return node.map(folded) as T;
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node).map(([key, value]) => [key, folded(value)]);
  const copy = Object.fromEntries(entries);
  const isQuoted = "span" in node && "quoted" in node && node.quoted === true;
  if (isQuoted && "name" in node && typeof node.name === "string") {
    copy.name = node.name.toUpperCase();
  }
  return copy as T;
}
