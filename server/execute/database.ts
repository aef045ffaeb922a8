/** CREATE and ALTER DATABASE, CREATE and ALTER SCHEMA. https://docs.snowflake.com/en/sql-reference/sql/create-database */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { DatabaseObject, SchemaObject } from "../catalog/objects.ts";
import type { CatalogChange, Snapshot } from "../catalog/snapshot.ts";
import type { StatementWriter } from "../storage/writer.ts";
import { checkClone, cloneDatabase, cloneSchema } from "./clone.ts";
import type { ObjectCreator } from "./create-object.ts";
import { markDropped } from "./drop.ts";
import type { Execution } from "./execution.ts";
import { findDatabase, findSchema, lastPart, schemaName, shown } from "./names.ts";
import { propertyRecord } from "./properties.ts";
import { withRetention } from "./retention.ts";
import { alreadyExists, created } from "./status.ts";

const DEFAULT_SCHEMA = "PUBLIC";
const RETENTION_DEFAULT_DAYS = 1;

/** A phrase that takes the contents from elsewhere: FROM SHARE, AS REPLICA OF …. */
function isSource({ form }: { readonly form: string }): boolean {
  return form.startsWith("FROM") || form.startsWith("AS");
}

function newSchema(
  execution: Execution,
  databaseId: number,
  name: string,
  parts: Partial<SchemaObject> = {},
): SchemaObject {
  const now = execution.account.now();
  return {
    kind: "schema",
    id: execution.account.catalog.nextId(),
    name,
    databaseId,
    createdAt: now,
    alteredAt: now,
    owner: execution.session.role,
    comment: "",
    options: {},
    transient: false,
    managedAccess: false,
    // What it inherits is known once it is in its place: withRetention.
    retentionDays: RETENTION_DEFAULT_DAYS,
    ...parts,
  };
}

/** A new database with its schema PUBLIC. */
export function newDatabase(
  execution: Execution,
  name: string,
  parts: Partial<DatabaseObject> = {},
): { readonly database: DatabaseObject; readonly changes: readonly CatalogChange[] } {
  const now = execution.account.now();
  const database: DatabaseObject = {
    kind: "database",
    id: execution.account.catalog.nextId(),
    name,
    createdAt: now,
    alteredAt: now,
    owner: execution.session.role,
    comment: "",
    options: {},
    transient: false,
    retentionDays: RETENTION_DEFAULT_DAYS,
    ...parts,
  };
  const { transient } = database;
  const schema = newSchema(execution, database.id, DEFAULT_SCHEMA, { transient });
  return {
    database,
    changes: [
      { kind: "put", object: database },
      { kind: "put", object: schema },
    ],
  };
}

export const createDatabase: ObjectCreator = async (statement, execution) => {
  const name = lastPart(statement.name, execution);
  const options = propertyRecord(statement.properties, execution);
  if (statement.clauses.some(isSource)) {
    throw snowflakeError("unsupportedFeature", { feature: "CREATE DATABASE from another source" });
  }
  const done = await execution.ddl(async (snapshot) => {
    const existing = snapshot.database(name);
    if (existing !== undefined && statement.ifNotExists) return unchanged(false);
    const parts = {
      transient: statement.persistence === "transient",
      comment: options.COMMENT ?? "",
      options,
    };
    if (existing !== undefined && statement.orAlter)
      return redefined(existing, parts, snapshot, execution);
    if (existing !== undefined && !statement.orReplace) throw exists(name);
    const replaced = existing === undefined ? [] : [markDropped(existing, execution)];
    if (statement.clone !== undefined) {
      checkClone(statement);
      const source = findDatabase(snapshot, lastPart(statement.clone.name, execution));
      const target = newDatabase(execution, name, cloned(source, options));
      const clone = cloneDatabase(source, target.database, statement, snapshot, execution);
      const own = { kind: "put" as const, object: target.database };
      return placed([...replaced, own, ...clone.changes], snapshot, clone.physical);
    }
    const { changes } = newDatabase(execution, name, parts);
    return placed([...replaced, ...changes], snapshot);
  });
  if (!done) return alreadyExists(name);
  execution.session.database = name;
  execution.session.schema = DEFAULT_SCHEMA;
  return created("Database", name);
};

/** What a clone has of its source's own, and what the statement says otherwise. */
function cloned(source: DatabaseObject | SchemaObject, given: Readonly<Record<string, string>>) {
  const { transient, options, retentionDays, tags } = source;
  const comment = given.COMMENT ?? source.comment;
  return { transient, comment, options: { ...options, ...given }, retentionDays, tags };
}

/** The changes with the retention that follows from them. */
function placed(
  changes: readonly CatalogChange[],
  snapshot: Snapshot,
  physical?: (writer: StatementWriter) => Promise<void>,
) {
  const followed = withRetention(changes, snapshot);
  return {
    changes: followed.changes,
    physical: async (writer: StatementWriter) => {
      await physical?.(writer);
      await followed.physical(writer);
    },
    result: true,
  };
}

/** CREATE OR ALTER: the object with the properties of the statement, and the defaults of those it leaves out. */
function redefined<Object extends DatabaseObject | SchemaObject>(
  existing: Object,
  parts: Partial<Object>,
  snapshot: Snapshot,
  { account }: Execution,
) {
  const object = { ...existing, ...parts, alteredAt: account.now() };
  return placed([{ kind: "put", object }], snapshot);
}

function exists(name: string) {
  return snowflakeError("objectExists", { name: shown(name) });
}

function unchanged<Result>(result: Result) {
  return { changes: [], result };
}

export const createSchema: ObjectCreator = async (statement, execution) => {
  const { database, schema: name } = schemaName(statement.name, execution, "CREATE SCHEMA");
  const options = propertyRecord(statement.properties, execution);
  if (statement.clauses.some(isSource)) {
    throw snowflakeError("unsupportedFeature", { feature: "CREATE SCHEMA from another source" });
  }
  const done = await execution.ddl(async (snapshot: Snapshot) => {
    const parent = findDatabase(snapshot, database);
    const existing = snapshot.schema(database, name);
    if (existing !== undefined && statement.ifNotExists) return unchanged(false);
    const parts = {
      transient: parent.transient || statement.persistence === "transient",
      managedAccess: statement.clauses.some(({ form }) => form === "WITH MANAGED ACCESS"),
      comment: options.COMMENT ?? "",
      options,
    };
    if (existing !== undefined && statement.orAlter)
      return redefined(existing, parts, snapshot, execution);
    if (existing !== undefined && !statement.orReplace) throw exists(name);
    const replaced = existing === undefined ? [] : [markDropped(existing, execution)];
    if (statement.clone !== undefined) {
      checkClone(statement);
      const from = schemaName(statement.clone.name, execution, "CREATE SCHEMA");
      const source = findSchema(snapshot, from.database, from.schema);
      const own = { ...cloned(source, options), managedAccess: source.managedAccess };
      const target = newSchema(execution, parent.id, name, own);
      const names = { from: from.database, to: database };
      const clone = cloneSchema(source, target, names, statement, snapshot, execution);
      const changes = [...replaced, { kind: "put" as const, object: target }, ...clone.changes];
      return placed(changes, snapshot, clone.physical);
    }
    const schema = newSchema(execution, parent.id, name, parts);
    return placed([...replaced, { kind: "put", object: schema }], snapshot);
  });
  if (!done) return alreadyExists(name);
  execution.session.database = database;
  execution.session.schema = name;
  return created("Schema", name);
};
