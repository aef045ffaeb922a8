/** CREATE PIPE. https://docs.snowflake.com/en/sql-reference/sql/create-pipe */

import type { ObjectName } from "../../translator/ast/expressions.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { QualifiedName } from "../../translator/bind/catalog.ts";
import { type PipeObject, withPaused } from "../catalog/pipe-object.ts";
import type { CatalogChange, Snapshot } from "../catalog/snapshot.ts";
import { commonFields } from "./account-objects.ts";
import type { ObjectCreator } from "./create-object.ts";
import type { Execution, StatementOf } from "./execution.ts";
import { findMember, findSchema, memberName, notFound, shown, shownQualified } from "./names.ts";
import { checkedDefinition, type PipeDefinition } from "./pipe-definition.ts";
import { type PipeOptions, pipeOptions } from "./pipe-options.ts";
import { alreadyExists, created } from "./status.ts";

type Statement = StatementOf<"create_object">;

/** A new pipe, also one that replaces another, has loaded nothing yet. */
export const createPipe: ObjectCreator = async (statement, execution) => {
  const name = memberName(statement.name, execution, "CREATE PIPE");
  const text = definitionText(statement);
  const options = pipeOptions(statement.properties, execution);
  findSchema(execution.account.catalog.snapshot, name.database, name.schema);
  const definition = await checkedDefinition(text, options.autoIngest ?? false, name, execution);
  const made = await execution.ddl(async (snapshot) => {
    const schema = findSchema(snapshot, name.database, name.schema);
    const existing = findPipe(snapshot, name, execution);
    if (existing !== undefined && statement.ifNotExists) return { changes: [], result: false };
    if (existing !== undefined && statement.orAlter) {
      return { changes: [alteredPipe(existing, definition, options, execution)], result: true };
    }
    if (existing !== undefined && !statement.orReplace) {
      throw snowflakeError("objectExists", { name: shown(name.name) });
    }
    const gone: CatalogChange[] =
      existing === undefined ? [] : [{ kind: "purge", id: existing.id }];
    const object = newPipe(name.name, schema.id, definition, options, execution);
    return { changes: [...gone, { kind: "put", object }], result: true };
  });
  return made ? created("Pipe", name.name) : alreadyExists(name.name);
};

/** @throws 000002 for phrases that pipes do not have */
function definitionText(statement: Statement): string {
  if (statement.clone !== undefined) {
    throw snowflakeError("unsupportedFeature", { feature: "CREATE PIPE CLONE" });
  }
  const [clause] = statement.clauses;
  const [body] = clause?.arguments ?? [];
  if (body?.kind === "rest") return body.text;
  throw snowflakeError("unsupportedFeature", { feature: "CREATE PIPE without AS" });
}

function newPipe(
  name: string,
  schemaId: number,
  definition: PipeDefinition,
  { autoIngest = false, paused, comment = "" }: PipeOptions,
  execution: Execution,
): PipeObject {
  const pipe: PipeObject = {
    ...commonFields(name, {}, execution),
    ...definition,
    kind: "pipe",
    schemaId,
    comment,
    account: execution.session.account,
    autoIngest,
  };
  return withPaused(pipe, paused);
}

/** CREATE OR ALTER: what is not written is unset. Only the comment and the pause of a pipe can change. */
function alteredPipe(
  existing: PipeObject,
  { definition }: PipeDefinition,
  { autoIngest = false, paused, comment = "" }: PipeOptions,
  { account }: Execution,
): CatalogChange {
  if (definition !== existing.definition || autoIngest !== existing.autoIngest) {
    throw snowflakeError("unsupportedFeature", { feature: "CREATE OR ALTER PIPE of another COPY" });
  }
  checkResumable(existing, paused);
  const object = { ...withPaused(existing, paused), comment, alteredAt: account.now() };
  return { kind: "put", object };
}

/**
 * A pipe that changed hands while it was paused goes on only when its new owner says so by force. Docs: alter-pipe.
 * @throws 000002
 */
export function checkResumable(pipe: PipeObject, paused: boolean | undefined): void {
  if (pipe.transferred !== true || paused !== false) return;
  const feature =
    "PIPE_EXECUTION_PAUSED = FALSE after the ownership was transferred: call SYSTEM$PIPE_FORCE_RESUME";
  throw snowflakeError("unsupportedFeature", { feature });
}

/** A pipe by name; undefined when there is none. */
export function findPipe(
  snapshot: Snapshot,
  name: QualifiedName,
  execution: Execution,
): PipeObject | undefined {
  const found = findMember(snapshot, "pipe", name, execution);
  return found?.kind === "pipe" ? found : undefined;
}

/** The pipe that a name means. @throws 002003 when there is none */
export function pipeNamed(name: ObjectName, verb: string, execution: Execution): PipeObject {
  const full = memberName(name, execution, verb);
  const found = findPipe(execution.account.catalog.snapshot, full, execution);
  if (found === undefined) throw notFound("Pipe", shownQualified(full));
  return found;
}
