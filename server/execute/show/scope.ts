/** What IN of a SHOW command means: databases, schemas, or one table. */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { QualifiedName } from "../../../translator/bind/catalog.ts";
import {
  databases,
  INFORMATION_SCHEMA,
  schemas,
} from "../../catalog/information-schema/objects.ts";
import type { DatabaseObject, SchemaObject } from "../../catalog/objects.ts";
import type { Execution, StatementOf } from "../execution.ts";
import { completeMember, nameParts } from "../names.ts";
import type { ShowRow } from "./rows.ts";

type ShowScope = StatementOf<"show">["scope"];

/** A schema that is listed; INFORMATION_SCHEMA has no object. */
export type Place = {
  readonly database: DatabaseObject;
  readonly schema: SchemaObject | undefined;
  readonly schemaName: string;
};

function missing() {
  return snowflakeError("objectMissing", {});
}

function databaseNamed(name: string, { account }: Execution): DatabaseObject {
  const found = account.catalog.snapshot.database(name);
  if (found === undefined) throw missing();
  return found;
}

function currentDatabase({ session, account }: Execution): DatabaseObject | undefined {
  return session.database === undefined
    ? undefined
    : account.catalog.snapshot.database(session.database);
}

/**
 * The databases that a scope names: the current one when it names none, all of them for the account or without a current one.
 * @throws 002043 when the database does not exist
 */
export function scopeDatabases(scope: ShowScope, execution: Execution): DatabaseObject[] {
  const all = () => databases(execution.account.catalog.snapshot);
  if (scope?.kind === "ACCOUNT") return all();
  if (scope?.name !== undefined && (scope.kind === "DATABASE" || scope.kind === "bare")) {
    const parts = nameParts(scope.name, execution);
    if (parts.length === 1) return [databaseNamed(parts[0] ?? "", execution)];
  }
  if (scope !== undefined && scope.kind !== "DATABASE") throw missing();
  const current = currentDatabase(execution);
  return current === undefined ? all() : [current];
}

function placesIn(database: DatabaseObject, { account }: Execution): Place[] {
  const own: Place = { database, schema: undefined, schemaName: INFORMATION_SCHEMA };
  const made = schemas(account.catalog.snapshot, database).map((schema) => ({
    database,
    schema,
    schemaName: schema.name,
  }));
  return [own, ...made].sort((a, b) => (a.schemaName < b.schemaName ? -1 : 1));
}

/**
 * The schemas that a scope names.
 * @throws 002043 when the database or schema does not exist
 */
export function scopePlaces(scope: ShowScope, execution: Execution): Place[] {
  const { session } = execution;
  if (scope?.kind === "SCHEMA" && scope.name === undefined) {
    if (session.schema !== undefined) return onePlace([session.schema], execution);
    return scopePlaces({ kind: "DATABASE" }, execution);
  }
  if (scope?.name !== undefined && (scope.kind === "SCHEMA" || scope.kind === "bare")) {
    const parts = nameParts(scope.name, execution);
    if (scope.kind === "SCHEMA" || parts.length > 1 || isSchema(parts, execution)) {
      return onePlace(parts, execution);
    }
  }
  return scopeDatabases(scope, execution).flatMap((database) => placesIn(database, execution));
}

function isSchema([name = ""]: readonly string[], execution: Execution): boolean {
  const database = currentDatabase(execution);
  if (database === undefined) return false;
  return placesIn(database, execution).some((place) => place.schemaName === name);
}

function onePlace(parts: readonly string[], execution: Execution): Place[] {
  const [schema = "", database] = [...parts].reverse();
  const above =
    database === undefined ? currentDatabase(execution) : databaseNamed(database, execution);
  if (above === undefined) throw missing();
  const found = placesIn(above, execution).filter((place) => place.schemaName === schema);
  if (found.length === 0) throw missing();
  return found;
}

const RELATION_KINDS = new Set<string>([
  "TABLE",
  "VIEW",
  "MATERIALIZED VIEW",
  "DYNAMIC TABLE",
  "EXTERNAL TABLE",
]);

/** The one table or view that the scope of SHOW COLUMNS or SHOW … KEYS names; undefined for a larger scope. */
export function scopeRelation(scope: ShowScope, execution: Execution): QualifiedName | undefined {
  if (scope?.name === undefined) return undefined;
  if (scope.kind !== "bare" && !RELATION_KINDS.has(scope.kind)) return undefined;
  return completeMember(nameParts(scope.name, execution), execution, "SHOW");
}

/** The rows of the objects in each schema that a scope names, those of one name once where the scope is none. */
export function rowsInScope(
  scope: ShowScope,
  execution: Execution,
  rowsOf: (schema: SchemaObject) => readonly ShowRow[],
): readonly ShowRow[] {
  const rows = scopePlaces(scope, execution).flatMap(({ schema }) =>
    schema === undefined ? [] : rowsOf(schema),
  );
  return onceByName(rows, scope, execution);
}

/**
 * Without IN, objects of one name are listed once: the one that the name alone finds. Snowflake documents it as
 * a note on IN.
 */
export function onceByName(
  rows: readonly ShowRow[],
  scope: ShowScope,
  { session }: Execution,
): readonly ShowRow[] {
  if (scope !== undefined || session.database === undefined) return rows;
  const order = [session.schema, "PUBLIC"];
  const rank = (row: ShowRow) => {
    const place = order.indexOf(String(row["schema_name"]));
    return place < 0 ? order.length : place;
  };
  const best = new Map<string, ShowRow>();
  for (const row of rows) {
    // Dropped versions share their name with what replaced them.
    if ((row["dropped_on"] ?? null) !== null) continue;
    const known = best.get(String(row["name"]));
    if (known === undefined || rank(row) < rank(known)) best.set(String(row["name"]), row);
  }
  const chosen = new Set(best.values());
  return rows.filter((row) => chosen.has(row) || (row["dropped_on"] ?? null) !== null);
}
