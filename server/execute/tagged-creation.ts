/** WITH TAG of a CREATE whose grammar is options only: the tags are put on the object in the edit that makes it. */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { CatalogChange, Snapshot } from "../catalog/snapshot.ts";
import type { Execution, StatementOf } from "./execution.ts";
import { lastPart } from "./names.ts";
import { tagValues } from "./tag-assignments.ts";

/** Kinds that have no tags. https://docs.snowflake.com/en/user-guide/object-tagging/introduction */
const WITHOUT_TAGS: ReadonlySet<string> = new Set(["FILE FORMAT", "INDEX", "SEQUENCE", "TAG"]);

/** @throws 391801 for a kind of object that has no tags */
export function checkTaggable(word: string): void {
  if (!WITHOUT_TAGS.has(word)) return;
  throw snowflakeError("taggingUnsupported", { kind: word });
}

/** An execution whose DDL tags what the statement creates. */
export function tagging(
  { name, tags, object: word }: StatementOf<"create_object">,
  execution: Execution,
): Execution {
  if (tags.length === 0) return execution;
  checkTaggable(String(word));
  const label = lastPart(name, execution);
  const kind = String(word)
    .toLowerCase()
    .replace(/^.* integration$/, "integration")
    .replaceAll(" ", "_");
  const tagged = (change: CatalogChange, snapshot: Snapshot): CatalogChange => {
    if (change.kind !== "put") return change;
    const { object } = change;
    const isMade = object.kind === kind && object.name === label && object.droppedAt === undefined;
    if (!isMade) return change;
    const values = tagValues(tags, snapshot, execution, object.tags);
    return { kind: "put", object: { ...object, tags: values } };
  };
  return {
    ...execution,
    ddl: (edit) =>
      execution.ddl(async (snapshot) => {
        const made = await edit(snapshot);
        return { ...made, changes: made.changes.map((change) => tagged(change, snapshot)) };
      }),
  };
}
