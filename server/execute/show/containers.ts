/** SHOW DATABASES, SCHEMAS and SEQUENCES. https://docs.snowflake.com/en/sql-reference/sql/show-databases */

import {
  databases,
  INFORMATION_SCHEMA,
  INFORMATION_SCHEMA_COMMENT,
  nextValueQuery,
  schemas,
  sequences,
} from "../../catalog/information-schema/objects.ts";
import type { DatabaseObject, SchemaObject, SequenceObject } from "../../catalog/objects.ts";
import type { Execution, StatementOf } from "../execution.ts";
import { applyClauses } from "./clauses.ts";
import { ownerRoleType, type ShowRow, shapedResult, shapeOf, yn } from "./rows.ts";
import { onceByName, scopeDatabases, scopePlaces } from "./scope.ts";

type Statement = StatementOf<"show">;

function withHistory(subject: string, { history }: Statement): string {
  const shape = shapeOf(subject);
  return history ? shape.replace("retention_time", "retention_time, dropped_on ts") : shape;
}

function databaseRow(database: DatabaseObject, { session }: Execution): ShowRow {
  return {
    created_on: database.createdAt,
    name: database.name,
    is_default: "N",
    is_current: yn(database.droppedAt === undefined && database.name === session.database),
    origin: "",
    owner: database.owner,
    comment: database.comment,
    options: database.transient ? "TRANSIENT" : "",
    retention_time: String(database.retentionDays),
    dropped_on: database.droppedAt ?? null,
    kind: "STANDARD",
    owner_role_type: ownerRoleType(database.owner),
    object_visibility: null,
    data_quality_monitoring_settings: null,
    resharing_settings: null,
    database_name: null,
    schema_name: null,
  };
}

export async function showDatabases(statement: Statement, execution: Execution) {
  const { snapshot } = execution.account.catalog;
  const dropped = [...snapshot.all()]
    .filter((object) => object.kind === "database")
    .filter((database) => database.droppedAt !== undefined);
  const found = [...databases(snapshot), ...(statement.history ? dropped : [])];
  const rows = found.map((database) => databaseRow(database, execution)).sort(byName);
  const left = applyClauses(rows, statement);
  const shape = statement.terse ? shapeOf("TERSE") : withHistory("DATABASES", statement);
  return shapedResult(shape, left);
}

function byName(a: ShowRow, b: ShowRow): number {
  const left = String(a["name"]);
  const right = String(b["name"]);
  return left < right ? -1 : left > right ? 1 : 0;
}

function schemaRow(schema: SchemaObject, database: DatabaseObject, execution: Execution): ShowRow {
  const { session } = execution;
  const current = session.database === database.name && session.schema === schema.name;
  const options = [
    ...(schema.transient || database.transient ? ["TRANSIENT"] : []),
    ...(schema.managedAccess ? ["MANAGED ACCESS"] : []),
  ];
  return {
    created_on: schema.createdAt,
    name: schema.name,
    is_default: "N",
    is_current: yn(schema.droppedAt === undefined && current),
    database_name: database.name,
    owner: schema.owner,
    comment: schema.comment,
    options: options.join(", "),
    retention_time: String(schema.retentionDays),
    dropped_on: schema.droppedAt ?? null,
    owner_role_type: ownerRoleType(schema.owner),
    object_visibility: null,
    is_nested: "N",
    kind: null,
    schema_name: null,
  };
}

function informationSchemaRow(database: DatabaseObject, { session }: Execution): ShowRow {
  return {
    created_on: database.createdAt,
    name: INFORMATION_SCHEMA,
    is_default: "N",
    is_current: yn(session.database === database.name && session.schema === INFORMATION_SCHEMA),
    database_name: database.name,
    owner: "",
    comment: INFORMATION_SCHEMA_COMMENT,
    options: "",
    retention_time: String(database.retentionDays),
    dropped_on: null,
    owner_role_type: "",
    object_visibility: null,
    is_nested: "N",
    kind: null,
    schema_name: null,
  };
}

export async function showSchemas(statement: Statement, execution: Execution) {
  const { snapshot } = execution.account.catalog;
  const rows = scopeDatabases(statement.scope, execution).flatMap((database) => {
    const dropped = [...snapshot.all()]
      .filter((object) => object.kind === "schema")
      .filter(({ databaseId, droppedAt }) => databaseId === database.id && droppedAt !== undefined);
    const found = [...schemas(snapshot, database), ...(statement.history ? dropped : [])];
    const made = found.map((schema) => schemaRow(schema, database, execution));
    return [informationSchemaRow(database, execution), ...made].sort(byName);
  });
  const left = applyClauses(rows, statement);
  const shape = statement.terse ? shapeOf("TERSE") : withHistory("SCHEMAS", statement);
  return shapedResult(shape, left);
}

/** The rows of sequences, with the value each gives next. */
export async function sequenceRows(
  found: readonly { database: string; schema: string; sequence: SequenceObject }[],
  { session }: Execution,
): Promise<ShowRow[]> {
  if (found.length === 0) return [];
  const list = found.map(
    ({ sequence }, index) => `CAST((${nextValueQuery(sequence)}) AS VARCHAR) AS s${index}`,
  );
  const sql = `SELECT ${list.join(", ")}`;
  const [values] = await session.transactions.read((connection) => connection.rows(sql));
  return found.map(({ database, schema, sequence }, index) => ({
    name: sequence.name,
    database_name: database,
    schema_name: schema,
    next_value: values?.[`s${index}`] ?? sequence.start,
    interval: sequence.increment,
    created_on: sequence.createdAt,
    owner: sequence.owner,
    comment: sequence.comment,
    owner_role_type: ownerRoleType(sequence.owner),
    ordered: yn(sequence.ordered),
  }));
}

export async function showSequences(statement: Statement, execution: Execution) {
  const { snapshot } = execution.account.catalog;
  const sessionId = String(execution.session.id);
  const found = scopePlaces(statement.scope, execution).flatMap(({ database, schema }) =>
    schema === undefined
      ? []
      : sequences(snapshot, schema, sessionId).map((sequence) => ({
          database: database.name,
          schema: schema.name,
          sequence,
        })),
  );
  const rows = await sequenceRows(found, execution);
  const left = applyClauses(onceByName(rows, statement.scope, execution), statement);
  return shapedResult(shapeOf("SEQUENCES"), left);
}
