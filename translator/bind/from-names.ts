/** Object names in a query: completion with the session's database, schema and search path (docs: name-resolution). */

import type { Identifier, ObjectName } from "../ast/expressions.ts";
import { must } from "../base/assert.ts";
import { snowflakeError } from "../base/errors.ts";
import type { Binder } from "./binder.ts";
import type { QualifiedName, Relation } from "./catalog.ts";
import type { BindContext } from "./context.ts";

const DEFAULT_SCHEMA = "PUBLIC";
const CLASS_METHODS = "methods of class instances";
const CURRENT = /^\$current$/i;
const PUBLIC = /^\$public$/i;

/**
 * The full names that a written name may mean, the preferred one first. Empty when a part is missing and the session has
 * no current database.
 */
export function candidateNames(
  parts: readonly Pick<Identifier, "name">[],
  context: BindContext,
): readonly QualifiedName[] {
  const [name, schema, database] = [...parts].reverse();
  if (name === undefined) return [];
  const databaseName = database?.name || context.database;
  if (databaseName === undefined) return [];
  if (schema !== undefined) {
    const schemaName = schema.name === "" ? DEFAULT_SCHEMA : schema.name;
    return [{ database: databaseName, schema: schemaName, name: name.name }];
  }
  return searchPath(context).map((path) => ({ ...path, name: name.name }));
}

/** The schemas an unqualified name is looked up in. */
function searchPath(context: BindContext): readonly { database: string; schema: string }[] {
  const { database } = context;
  if (database === undefined) return [];
  const setting = String(context.parameter("SEARCH_PATH") ?? "");
  const entries = setting.trim() === "" ? ["$current", "$public"] : setting.split(",");
  const paths: { database: string; schema: string }[] = [];
  for (const entry of entries.map((item) => item.trim())) {
    if (CURRENT.test(entry)) {
      if (context.schema !== undefined) paths.push({ database, schema: context.schema });
    } else if (PUBLIC.test(entry)) {
      paths.push({ database, schema: DEFAULT_SCHEMA });
    } else {
      const [schema = "", of] = entry.split(".").reverse().map(unquoted);
      paths.push({ database: of ?? database, schema });
    }
  }
  return paths;
}

function unquoted(part: string): string {
  return part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part.toUpperCase();
}

/**
 * The parts of a name, also of `IDENTIFIER(…)`, whose argument must be constant.
 * @throws 000002 for a reference, which the consumer of a Native App binds, and for a method of an instance
 */
export function nameParts(name: ObjectName, binder: Binder): readonly Identifier[] {
  switch (name.kind) {
    case "name":
      if (name.method === undefined) return name.parts;
      throw binder.error("unsupportedFeature", { feature: CLASS_METHODS }, name.span);
    case "identifier_function":
      return binder.identifierParts(name.argument);
    case "reference_function":
      throw binder.error("unsupportedFeature", { feature: "REFERENCE" }, name.span);
  }
}

/**
 * The table or view that a name in a query means.
 * @throws object not found (002003), or no current database (090105)
 */
export function findRelation(name: ObjectName, binder: Binder): Relation {
  const parts = nameParts(name, binder);
  const { context } = binder;
  for (const candidate of candidateNames(parts, context)) {
    const relation = context.catalog.relation(candidate);
    if (relation !== undefined) return relation;
  }
  requireCurrent(parts, context, "SELECT");
  throw binder.error("objectNotFound", { name: writtenName(parts, context) }, undefined);
}

/**
 * The target of a DML statement: an unqualified name is completed with the current schema only.
 * @throws object not found (002003), or no current database or schema (090105, 090106)
 */
export function findTarget(name: ObjectName, binder: Binder, operation: string): Relation {
  const parts = nameParts(name, binder);
  const { context } = binder;
  requireCurrent(parts, context, operation);
  const [table, schema, database] = [...parts].reverse();
  const full: QualifiedName = {
    database: database?.name || must(context.database),
    schema: schema === undefined ? must(context.schema) : schema.name || DEFAULT_SCHEMA,
    name: must(table).name,
  };
  const relation = context.catalog.relation(full);
  if (relation !== undefined) return relation;
  throw binder.error("objectNotFound", { name: writtenName(parts, context) }, undefined);
}

function requireCurrent(
  parts: readonly Identifier[],
  context: BindContext,
  operation: string,
): void {
  if (parts.length < 3 && context.database === undefined) {
    throw snowflakeError("noCurrentDatabase", { operation });
  }
  if (parts.length < 2 && context.schema === undefined) {
    throw snowflakeError("noCurrentSchema", { operation });
  }
}

/** The name as errors print it: completed when its schema was written, else as it stands. */
function writtenName(parts: readonly Identifier[], context: BindContext): string {
  const names = parts.map((part) => part.name || DEFAULT_SCHEMA);
  if (names.length === 2 && context.database !== undefined) names.unshift(context.database);
  return names.map(printable).join(".");
}

/** A stored name as it must be written: quoted unless it is a plain upper-case word. */
export function printable(name: string): string {
  return /^[A-Z_][A-Z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
