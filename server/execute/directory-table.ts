/** DIRECTORY(@stage): the files of a stage as of its last refresh. https://docs.snowflake.com/en/user-guide/data-load-dirtables-query */

import { assert } from "../../translator/base/assert.ts";
import type { Relation } from "../../translator/bind/catalog.ts";
import { zonedSql } from "../../translator/lower/sql.ts";
import { timestampType } from "../../translator/types/types.ts";
import { parseShape } from "../catalog/information-schema/column-spec.ts";
import { type InlineRow, inlineRelation } from "../catalog/information-schema/inline.ts";
import type { StageObject } from "../catalog/objects.ts";
import { encodedPath } from "../stages/file-urls.ts";
import { listFiles, resolveStage, type StageScope, stageLocation } from "../stages/staged-files.ts";
import type { AccountState } from "./execution.ts";
import { notFound, shown } from "./names.ts";

const SHAPE = parseShape("relative_path, size n, last_modified ts, md5, etag, file_url");
const MODIFIED_SCALE = 3;

/**
 * The rows of the directory table.
 * @param reference the stage, with its @
 * @param origin what URLs of this server begin with
 * @throws 002003 when there is no such stage, or it has no directory table
 */
export function directoryTable(
  reference: string,
  scope: StageScope,
  { stages }: Pick<AccountState, "stages">,
  origin: string,
): Relation {
  const { object } = resolveStage(reference, scope);
  if (object === undefined || !object.directory.enabled) {
    throw notFound("Directory table", object === undefined ? reference : shown(object.name));
  }
  const { database, schema } = scope.snapshot.qualify(object.schemaId);
  const place = [database, schema, object.name].map(encodeURIComponent).join("/");
  const rows = filesOf(object, stages).map(
    ({ path, size, md5, modifiedAt }): InlineRow => ({
      relative_path: path,
      size,
      last_modified: modifiedAt,
      md5,
      etag: md5,
      file_url: `${origin}/api/files/${place}/${encodedPath(path)}`,
    }),
  );
  const name = { database: "", schema: "", name: "DIRECTORY" };
  return withZone(inlineRelation(name, SHAPE, rows));
}

/** With AUTO_REFRESH the directory is always in step with the stage. */
function filesOf(stage: StageObject, store: AccountState["stages"]) {
  if (!stage.directory.autoRefresh) return stage.directory.files;
  return listFiles(stageLocation(stage, ""), store).map((file) => ({
    ...file,
    md5: file.md5 ?? "",
  }));
}

/** LAST_MODIFIED is a TIMESTAMP_TZ, here in UTC. */
function withZone(relation: Relation): Relation {
  assert(relation.kind === "inline", "a directory table is rows of our own");
  const columns = relation.columns.map((column) =>
    column.name === "LAST_MODIFIED"
      ? { ...column, type: timestampType("tz", MODIFIED_SCALE) }
      : column,
  );
  const items = columns.map(({ physical, type }) =>
    type.kind === "timestamp"
      ? `${zonedSql(physical, physical, "CAST(0 AS SMALLINT)")} AS ${physical}`
      : physical,
  );
  return { ...relation, columns, sql: `SELECT ${items.join(", ")} FROM (${relation.sql})` };
}
