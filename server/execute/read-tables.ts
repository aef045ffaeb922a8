/** The tables that a bound statement reads. */

import type { QualifiedName } from "../../translator/bind/catalog.ts";

/** Snowflake's name by DuckDB's, views and subqueries looked through. */
export function tablesRead(
  node: unknown,
  found: Map<string, QualifiedName> = new Map(),
): ReadonlyMap<string, QualifiedName> {
  if (Array.isArray(node)) {
    for (const item of node) tablesRead(item, found);
  } else if (typeof node === "object" && node !== null) {
    if ("physical" in node && "table" in node && typeof node.physical === "string") {
      found.set(node.physical.replaceAll('"', ""), node.table as QualifiedName);
    }
    for (const [key, value] of Object.entries(node)) {
      if (key !== "entry" && key !== "signature" && key !== "type") tablesRead(value, found);
    }
  }
  return found;
}
