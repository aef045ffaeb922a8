/** COMMENT ON. https://docs.snowflake.com/en/sql-reference/sql/comment */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { CatalogObject } from "../catalog/objects.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import { locateFunction } from "../program/functions-alter.ts";
import { kindTitle, locateObject } from "./drop.ts";
import type { Execution, Handler, StatementOf } from "./execution.ts";
import { completeMember, findMember, lastPart, nameParts, notFound } from "./names.ts";
import { executed } from "./status.ts";

export const comment: Handler<"comment"> = async (statement, execution) => {
  await execution.ddl(async (snapshot) => {
    const object = commented(statement, snapshot, execution);
    if (object === undefined) {
      if (statement.ifExists) return { changes: [], result: undefined };
      throw notFound(kindTitle(statement.object), lastPart(statement.name, execution));
    }
    const changed: CatalogObject =
      statement.object === "COLUMN"
        ? object
        : { ...object, comment: statement.comment, alteredAt: execution.account.now() };
    return { changes: [{ kind: "put", object: changed }], result: undefined };
  });
  return executed();
};

function commented(
  statement: StatementOf<"comment">,
  snapshot: Snapshot,
  execution: Execution,
): CatalogObject | undefined {
  const { object, name, signature } = statement;
  if (object === "COLUMN") return commentedTable(statement, execution);
  if (object === "FUNCTION") {
    return locateFunction(snapshot, name, signature, execution, "COMMENT ON FUNCTION");
  }
  return locateObject(snapshot, object, name, execution, "COMMENT ON");
}

/** COMMENT ON COLUMN t.c: the table with the column's new comment. */
function commentedTable(
  statement: StatementOf<"comment">,
  execution: Execution,
): CatalogObject | undefined {
  const parts = nameParts(statement.name, execution);
  const column = parts.at(-1);
  const name = completeMember(parts.slice(0, -1), execution, "COMMENT ON COLUMN");
  const { snapshot } = execution.account.catalog;
  const found = findMember(snapshot, "relation", name, execution);
  if (found?.kind !== "table" && found?.kind !== "view") return undefined;
  if (!found.columns.some((candidate) => candidate.name === column)) {
    throw snowflakeError("columnNotFound", { name: column ?? "" });
  }
  if (found.kind === "view") {
    return {
      ...found,
      columns: found.columns.map((candidate) =>
        candidate.name === column ? { ...candidate, comment: statement.comment } : candidate,
      ),
    };
  }
  return {
    ...found,
    columns: found.columns.map((candidate) =>
      candidate.name === column ? { ...candidate, comment: statement.comment } : candidate,
    ),
  };
}
