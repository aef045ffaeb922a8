/** The objects that an INFORMATION_SCHEMA or SHOW lists, walked in the order of their names. */

import type { PolicyObject, TagObject } from "../governance-objects.ts";
import type {
  DatabaseObject,
  FileFormatObject,
  SchemaObject,
  SequenceObject,
  StageObject,
  StreamObject,
  TableObject,
  ViewObject,
} from "../objects.ts";
import type { Snapshot } from "../snapshot.ts";

export const INFORMATION_SCHEMA = "INFORMATION_SCHEMA";
export const INFORMATION_SCHEMA_COMMENT =
  "Views describing the contents of schemas in this database";

export function databases(snapshot: Snapshot): DatabaseObject[] {
  return snapshot.list("database", 0).filter((object) => object.kind === "database");
}

export function schemas(snapshot: Snapshot, database: DatabaseObject): SchemaObject[] {
  return snapshot.list("schema", database.id).filter((object) => object.kind === "schema");
}

export function relations(
  snapshot: Snapshot,
  schema: SchemaObject,
  sessionId: string,
): (TableObject | ViewObject)[] {
  return snapshot
    .list("relation", schema.id, sessionId)
    .filter((object) => object.kind === "table" || object.kind === "view");
}

export function streams(snapshot: Snapshot, schema: SchemaObject): StreamObject[] {
  return snapshot.list("relation", schema.id).filter((object) => object.kind === "stream");
}

export function sequences(
  snapshot: Snapshot,
  schema: SchemaObject,
  sessionId: string,
): SequenceObject[] {
  return snapshot
    .list("sequence", schema.id, sessionId)
    .filter((object) => object.kind === "sequence");
}

export function stages(snapshot: Snapshot, schema: SchemaObject, sessionId: string): StageObject[] {
  return snapshot.list("stage", schema.id, sessionId).filter((object) => object.kind === "stage");
}

export function fileFormats(
  snapshot: Snapshot,
  schema: SchemaObject,
  sessionId: string,
): FileFormatObject[] {
  return snapshot
    .list("file_format", schema.id, sessionId)
    .filter((object) => object.kind === "file_format");
}

export function policies(
  snapshot: Snapshot,
  schema: SchemaObject,
  kind: PolicyObject["kind"],
): PolicyObject[] {
  return snapshot
    .list(kind, schema.id)
    .filter(
      (object): object is PolicyObject =>
        object.kind === "masking_policy" || object.kind === "row_access_policy",
    );
}

export function tags(snapshot: Snapshot, schema: SchemaObject): TagObject[] {
  return snapshot.list("tag", schema.id).filter((object) => object.kind === "tag");
}

/**
 * A DuckDB SELECT of a sequence's next value. A sequence that has never been asked has no last value.
 */
export function nextValueQuery({
  physical,
  increment,
}: Pick<SequenceObject, "physical" | "increment">): string {
  const name = physical.replace(/^.*"(.*)"$/, "$1").replaceAll("'", "''");
  return (
    `SELECT coalesce(CAST(last_value AS HUGEINT) + (${increment}), start_value) AS next_value ` +
    `FROM duckdb_sequences() WHERE sequence_name = '${name}'`
  );
}
