/** Object names of statements: completed with the session's database and schema, found in the catalog. */

import type { ObjectName } from "../../translator/ast/expressions.ts";
import { must } from "../../translator/base/assert.ts";
import { type SnowflakeError, snowflakeError } from "../../translator/base/errors.ts";
import type { QualifiedName } from "../../translator/bind/catalog.ts";
import { nameParts as boundNameParts } from "../../translator/bind/from-names.ts";
import { createBinder } from "../../translator/translate.ts";
import type { CatalogObject, DatabaseObject, NameSpace, SchemaObject } from "../catalog/objects.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import type { Execution } from "./execution.ts";

const DEFAULT_SCHEMA = "PUBLIC";
const PLAIN = /^[A-Z_][A-Z0-9_$]*$/;

/** A stored name as messages print it: in double quotes when it needs them. */
export function shown(name: string): string {
  return PLAIN.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

export function shownQualified(name: QualifiedName): string {
  return [name.database, name.schema, name.name].map(shown).join(".");
}

/** The parts of a name, IDENTIFIER(…) resolved. */
export function nameParts(name: ObjectName, execution: Execution): readonly string[] {
  if (name.kind === "name") return name.parts.map((part) => part.name);
  const binder = createBinder(execution.text, execution.context);
  return boundNameParts(name, binder).map((part) => part.name);
}

/** The last part: what status texts print. */
export function lastPart(name: ObjectName, execution: Execution): string {
  return must(nameParts(name, execution).at(-1));
}

/**
 * A name of a schema's member, with current database and schema put in front.
 * @param verb for the error text: "CREATE TABLE"
 * @throws 090105, 090106 when there is no current database or schema to complete it with
 */
export function memberName(name: ObjectName, execution: Execution, verb: string): QualifiedName {
  return completeMember(nameParts(name, execution), execution, verb);
}

export function completeMember(
  parts: readonly string[],
  { session }: Execution,
  verb: string,
): QualifiedName {
  const [last = "", schema, database] = [...parts].reverse();
  const inDatabase = database ?? session.database;
  if (inDatabase === undefined) throw snowflakeError("noCurrentDatabase", { operation: verb });
  const inSchema =
    schema === ""
      ? DEFAULT_SCHEMA
      : (schema ?? (database === undefined ? session.schema : DEFAULT_SCHEMA));
  if (inSchema === undefined) throw snowflakeError("noCurrentSchema", { operation: verb });
  return { database: inDatabase, schema: inSchema, name: last };
}

/** Database and schema of `[db.]schema`. */
export function schemaName(
  name: ObjectName,
  execution: Execution,
  verb: string,
): { readonly database: string; readonly schema: string } {
  const [schema = "", database] = [...nameParts(name, execution)].reverse();
  const inDatabase = database ?? execution.session.database;
  if (inDatabase === undefined) throw snowflakeError("noCurrentDatabase", { operation: verb });
  return { database: inDatabase, schema };
}

export function findDatabase(snapshot: Snapshot, name: string): DatabaseObject {
  const database = snapshot.database(name);
  if (database !== undefined) return database;
  throw snowflakeError("containerNotFound", { kind: "Database", name: shown(name) });
}

export function findSchema(snapshot: Snapshot, database: string, name: string): SchemaObject {
  findDatabase(snapshot, database);
  const schema = snapshot.schema(database, name);
  if (schema !== undefined) return schema;
  throw snowflakeError("containerNotFound", {
    kind: "Schema",
    name: `${shown(database)}.${shown(name)}`,
  });
}

/**
 * The error for an object that is not there. What can be queried has an SQLSTATE of its own.
 * @param kind as messages show it: `Table`
 */
export function notFound(kind: string, name: string): SnowflakeError {
  const relation = /\b(table|view)$/i.test(kind);
  return snowflakeError(relation ? "relationNotFound" : "containerNotFound", { kind, name });
}

/** A schema's member, or undefined; the container must exist. */
export function findMember(
  snapshot: Snapshot,
  space: NameSpace,
  name: QualifiedName,
  execution: Execution,
): CatalogObject | undefined {
  const schema = findSchema(snapshot, name.database, name.schema);
  return snapshot.find(space, schema.id, name.name, String(execution.session.id));
}
