/** CREATE and ALTER DATABASE, CREATE and ALTER SCHEMA. https://docs.snowflake.com/en/sql-reference/sql/create-database */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { DatabaseObject, SchemaObject } from "../catalog/objects.ts";
import type { CatalogChange, Snapshot } from "../catalog/snapshot.ts";
import { checkClone, cloneDatabase, cloneSchema } from "./clone.ts";
import type { ObjectCreator } from "./create-object.ts";
import { markDropped } from "./drop.ts";
import type { Execution } from "./execution.ts";
import { findDatabase, findSchema, lastPart, schemaName, shown } from "./names.ts";
import { propertyRecord, wholeNumber } from "./properties.ts";
import { alreadyExists, created } from "./status.ts";

const DEFAULT_SCHEMA = "PUBLIC";
const RETENTION = { minimum: 0, maximum: 90 } as const;
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
  const schema = newSchema(execution, database.id, DEFAULT_SCHEMA);
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
      retentionDays: retention(options),
    };
    if (existing !== undefined && statement.orAlter) return redefined(existing, parts, execution);
    if (existing !== undefined && !statement.orReplace) throw exists(name);
    const replaced = existing === undefined ? [] : [markDropped(existing, execution)];
    if (statement.clone !== undefined) {
      checkClone(statement);
      const source = findDatabase(snapshot, lastPart(statement.clone.name, execution));
      const target = newDatabase(execution, name, { ...cloneable(source), ...given(options) });
      const clone = cloneDatabase(source, target.database, statement, snapshot, execution);
      const own = { kind: "put" as const, object: target.database };
      return {
        changes: [...replaced, own, ...clone.changes],
        physical: clone.physical,
        result: true,
      };
    }
    const { changes } = newDatabase(execution, name, parts);
    return { changes: [...replaced, ...changes], result: true };
  });
  if (!done) return alreadyExists(name);
  execution.session.database = name;
  execution.session.schema = DEFAULT_SCHEMA;
  return created("Database", name);
};

/** What a clone has of its source's own. */
function cloneable(source: DatabaseObject | SchemaObject) {
  const { transient, comment, options, retentionDays, tags } = source;
  return { transient, comment, options, retentionDays, tags };
}

/** What the statement says otherwise. */
function given(options: Readonly<Record<string, string>>) {
  return {
    ...(options.COMMENT !== undefined && { comment: options.COMMENT }),
    ...(options["DATA_RETENTION_TIME_IN_DAYS"] !== undefined && {
      retentionDays: retention(options),
    }),
  };
}

/** CREATE OR ALTER: the object with the properties of the statement, and the defaults of those it leaves out. */
function redefined<Object extends DatabaseObject | SchemaObject>(
  existing: Object,
  parts: Partial<Object>,
  { account }: Execution,
) {
  const object = { ...existing, ...parts, alteredAt: account.now() };
  return { changes: [{ kind: "put" as const, object }], result: true };
}

function exists(name: string) {
  return snowflakeError("objectExists", { name: shown(name) });
}

function unchanged<Result>(result: Result) {
  return { changes: [], result };
}

function retention(options: Readonly<Record<string, string>>): number {
  return wholeNumber(options, "DATA_RETENTION_TIME_IN_DAYS", RETENTION_DEFAULT_DAYS, RETENTION);
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
      transient: statement.persistence === "transient",
      managedAccess: statement.clauses.some(({ form }) => form === "WITH MANAGED ACCESS"),
      comment: options.COMMENT ?? "",
      options,
      retentionDays: retention(options),
    };
    if (existing !== undefined && statement.orAlter) return redefined(existing, parts, execution);
    if (existing !== undefined && !statement.orReplace) throw exists(name);
    const replaced = existing === undefined ? [] : [markDropped(existing, execution)];
    if (statement.clone !== undefined) {
      checkClone(statement);
      const from = schemaName(statement.clone.name, execution, "CREATE SCHEMA");
      const source = findSchema(snapshot, from.database, from.schema);
      const own = { ...cloneable(source), managedAccess: source.managedAccess, ...given(options) };
      const target = newSchema(execution, parent.id, name, own);
      const names = { from: from.database, to: database };
      const clone = cloneSchema(source, target, names, statement, snapshot, execution);
      return {
        changes: [...replaced, { kind: "put" as const, object: target }, ...clone.changes],
        physical: clone.physical,
        result: true,
      };
    }
    const schema = newSchema(execution, parent.id, name, parts);
    return {
      changes: [...replaced, { kind: "put" as const, object: schema }],
      result: true,
    };
  });
  if (!done) return alreadyExists(name);
  execution.session.database = database;
  execution.session.schema = name;
  return created("Schema", name);
};
