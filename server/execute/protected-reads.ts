/**
 * What EXPLAIN tells of a statement that reads relations with policies: the relations, and nothing of what their policies are, read
 * or make of the rows. https://docs.snowflake.com/en/user-guide/security-row-intro
 */

import type { BoundQuery } from "../../translator/bind/bound.ts";
import type { QualifiedName } from "../../translator/bind/catalog.ts";
import type { Operation } from "./explain-plan.ts";

type Read = {
  readonly relation: QualifiedName;
  /** Undefined for a relation without policies. */
  readonly protects: BoundQuery["protects"];
};

/** The relations that a bound statement reads, in order; those inside of a policy left out. */
function relationsRead(node: unknown, found: Read[] = []): readonly Read[] {
  if (Array.isArray(node)) {
    for (const item of node) relationsRead(item, found);
    return found;
  }
  if (typeof node !== "object" || node === null) return found;
  if ("protects" in node && node.protects !== undefined) {
    const protects = node.protects as NonNullable<BoundQuery["protects"]>;
    found.push({ relation: protects.relation, protects });
    return found;
  }
  if ("kind" in node && node.kind === "table" && "alias" in node && "table" in node) {
    found.push({ relation: node.table as QualifiedName, protects: undefined });
  }
  for (const [key, value] of Object.entries(node)) {
    if (key !== "entry" && key !== "signature" && key !== "type") relationsRead(value, found);
  }
  return found;
}

/** @returns undefined for a statement that reads nothing with policies */
export function protectedOperations(
  bound: unknown,
  root: Pick<Operation, "operation" | "objects" | "expressions">,
): readonly Operation[] | undefined {
  const reads = relationsRead(bound);
  if (reads.every(({ protects }) => protects === undefined)) return undefined;
  const operations = reads.map(({ relation, protects }, index): Operation => {
    const { database, schema, name } = relation;
    const isFiltered = protects?.rowAccess === true;
    return {
      id: index + 1,
      parents: [0],
      operation: isFiltered ? "DynamicSecureView" : "TableScan",
      objects: [isFiltered ? `"${name} (+ RowAccessPolicy)"` : `${database}.${schema}.${name}`],
      expressions: [],
    };
  });
  return [{ id: 0, parents: [], ...root }, ...operations];
}
