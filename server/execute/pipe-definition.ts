/** The COPY statement of a pipe: what it may be, and what it reads. https://docs.snowflake.com/en/sql-reference/sql/create-pipe */

import { SnowflakeError, snowflakeError } from "../../translator/base/errors.ts";
import { parseStatement } from "../../translator/statements/statement.ts";
import type { TableObject } from "../catalog/objects.ts";
import type { PipeObject } from "../catalog/pipe-object.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import { valueText } from "../stages/format-values.ts";
import { qualifiedName, type StageLocation, type StageScope } from "../stages/staged-files.ts";
import { loaderOf } from "./copy-loader.ts";
import {
  type CopySource,
  type CopyStatement,
  copyLocation,
  copyPattern,
  copySource,
  planOf,
  targetTable,
} from "./copy-plan.ts";
import type { Execution } from "./execution.ts";

/** Docs: create-pipe, "Usage notes". */
const REFUSED_OPTIONS: ReadonlySet<string> = new Set([
  "FILES",
  "FORCE",
  "PURGE",
  "RETURN_FAILED_ONLY",
  "SIZE_LIMIT",
  "VALIDATION_MODE",
]);

type Place = { readonly database: string; readonly schema: string };

/** What a definition decides of its pipe. */
export type PipeDefinition = Pick<PipeObject, "definition" | "pattern" | "stage">;

function unsupported(feature: string) {
  return snowflakeError("unsupportedFeature", { feature });
}

/** @throws 000002 for another statement than COPY INTO a table, and for what it cannot have in a pipe */
export function pipeStatement(definition: string): CopyStatement {
  const statement = parseStatement(definition);
  if (statement.kind !== "copy_into_table") {
    throw unsupported("a PIPE AS another statement than COPY INTO a table");
  }
  for (const { name, value } of statement.properties) {
    const isAbort = name === "ON_ERROR" && valueText(value).toUpperCase() === "ABORT_STATEMENT";
    if (!isAbort && !REFUSED_OPTIONS.has(name)) continue;
    throw unsupported(`COPY ${isAbort ? "ON_ERROR = ABORT_STATEMENT" : name} in a PIPE`);
  }
  if (statement.from?.kind === "url") throw unsupported("a PIPE that reads a URL");
  return statement;
}

/** Where the names of a pipe resolve: in its schema, and to nothing that belongs to a session. */
export function pipeScope({ database, schema }: Place, snapshot: Snapshot): StageScope {
  return { snapshot, database, schema, user: "", sessionId: "" };
}

/** The table that a pipe loads; undefined when it is not there. @throws 000002 for a name that is computed */
export function pipeTable({ table }: CopyStatement, scope: StageScope): TableObject | undefined {
  if (table.kind !== "name") throw unsupported("IDENTIFIER in a PIPE");
  const parts = table.parts.map(({ name }) => name);
  const [database, schema, name] = qualifiedName(parts, scope);
  const container = scope.snapshot.schema(database, schema);
  const found = container && scope.snapshot.find("relation", container.id, name);
  return found?.kind === "table" ? found : undefined;
}

/**
 * Checks a definition as the COPY itself would be.
 * @param place the pipe's schema
 * @throws 002003 for a table or format that is not there, 000002 for what a pipe cannot read or do
 */
export async function checkedDefinition(
  definition: string,
  autoIngest: boolean,
  place: Place,
  execution: Execution,
): Promise<PipeDefinition> {
  const statement = pipeStatement(definition);
  return inPlace(definition, place, execution, async (inner) => {
    const scope = pipeScope(place, inner.account.catalog.snapshot);
    const table = pipeTable(statement, scope) ?? targetTable(statement, inner);
    const location = unlessGone(() => copyLocation(statement, table, scope));
    const pattern = copyPattern(statement, definition);
    // A pipe may be older than its stage: the recorded cases have one.
    if (location instanceof SnowflakeError) return { definition, pattern };
    checkLocation(location, autoIngest);
    const source = copySource(statement, table, scope, definition);
    const files = { files: [], missing: [] };
    await loaderOf(planOf(statement, table, source, files), inner);
    const { object } = location;
    return {
      definition,
      pattern,
      stage: object && { id: object.id, url: object.url },
    };
  });
}

/** What is found, or the error that an object on the way is gone. */
export function unlessGone<Result>(find: () => Result): Result | SnowflakeError {
  try {
    return find();
  } catch (error) {
    if (error instanceof SnowflakeError && error.sqlState === "02000") return error;
    throw error;
  }
}

function checkLocation({ place }: StageLocation, autoIngest: boolean): void {
  if (place.kind === "stored") {
    if (place.stage.startsWith("user:")) throw unsupported("a PIPE on the stage of a user");
    return;
  }
  // Nobody tells us of new files there: that takes the message queue of a cloud.
  if (autoIngest) throw unsupported("AUTO_INGEST of a PIPE on an external stage");
}

/** Does work as if the session stood in the pipe's schema. */
async function inPlace<Result>(
  text: string,
  place: Place,
  execution: Execution,
  work: (inner: Execution) => Promise<Result>,
): Promise<Result> {
  const { session, queryId } = execution;
  const { database, schema } = session;
  Object.assign(session, place);
  try {
    return await work(execution.inner(text, queryId));
  } finally {
    Object.assign(session, { database, schema });
  }
}

/** What a pipe reads. @throws 002003 for a table, stage or format that is gone */
export function pipeSource(
  { definition, schemaId }: Pick<PipeObject, "definition" | "schemaId">,
  snapshot: Snapshot,
): CopySource | undefined {
  const statement = pipeStatement(definition);
  const scope = pipeScope(snapshot.qualify(schemaId), snapshot);
  const table = pipeTable(statement, scope);
  return table && copySource(statement, table, scope, definition);
}
