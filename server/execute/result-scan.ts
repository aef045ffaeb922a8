/** RESULT_SCAN: a stored result as a relation. https://docs.snowflake.com/en/sql-reference/functions/result_scan */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { Relation } from "../../translator/bind/catalog.ts";
import { resultScanSql } from "../results/scan.ts";
import type { StoredResult } from "../results/stored.ts";
import type { AccountState } from "./execution.ts";

export function resultScanRelation({ results }: AccountState, queryId: string): Relation {
  const result = results.get(queryId);
  if (result === undefined) throw snowflakeError("statementNotFound", { queryId });
  return storedRelation(result);
}

export function storedRelation(result: StoredResult): Relation {
  const scan = resultScanSql(result);
  const names = distinctNames(scan.columns.map(({ name }) => name));
  const columns = scan.columns.map((column, index) => ({
    ...column,
    name: names[index] ?? column.name,
    physical: `c${index}`,
  }));
  const { sql } = scan;
  return { kind: "inline", name: { database: "", schema: "", name: "RESULT_SCAN" }, sql, columns };
}

/** Columns of one name: the second is called `A_1`, also when the result has an `A_1` already. */
function distinctNames(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  });
}
