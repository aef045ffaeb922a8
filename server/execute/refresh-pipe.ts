/** ALTER PIPE … REFRESH: sends staged files to the pipe. https://docs.snowflake.com/en/sql-reference/sql/alter-pipe */

import { snowflakeError } from "../../translator/base/errors.ts";
import { moment } from "../catalog/information-schema-functions.ts";
import type { PipeObject } from "../catalog/pipe-object.ts";
import { contentKey } from "../stages/content-key.ts";
import { loadedFiles } from "../stages/load/load-history.ts";
import type { SentFile } from "../stages/load/pipe-queue.ts";
import { listFiles } from "../stages/staged-files.ts";
import { fileKey } from "./copy-plan.ts";
import type { Execution, StatementOf, StatementResult } from "./execution.ts";
import { pipeScope, pipeSource, pipeStatement, pipeTable } from "./pipe-definition.ts";
import { propertyText } from "./properties.ts";
import { shapedResult } from "./show/rows.ts";
import { DDL_STATEMENT } from "./statement-types.ts";

type Alteration = StatementOf<"alter_object">["alteration"];
type Clause = Extract<Alteration, { kind: "clause" }>["clause"];

const DAY_MS = 86_400_000;
/** REFRESH looks back so far, and MODIFIED_AFTER no further. */
const REFRESH_DAYS = 7;

/**
 * Sends what neither the pipe nor a COPY of its table has loaded; the loading goes on after the answer.
 * @throws 001008 for a MODIFIED_AFTER that is no time of the last 7 days, 002003 for a table, stage or format that is gone
 */
export async function refreshPipe(
  pipe: PipeObject,
  clause: Clause,
  execution: Execution,
): Promise<StatementResult> {
  const { account, session } = execution;
  const { state, error } = account.pipes.status(pipe);
  if (state.startsWith("STOPPED") && error !== undefined) throw error;
  await session.transactions.commit();
  const { prefix, after } = limits(clause, execution);
  const found = await newFiles(pipe, prefix, after, execution);
  const sent = await account.pipes.send(pipe, found);
  const rows = sent.map(({ path }) => ({ File: path, Status: "SENT" }));
  return shapedResult("File, Status", rows, DDL_STATEMENT);
}

/** What PREFIX and MODIFIED_AFTER say. */
function limits({ arguments: given }: Clause, execution: Execution) {
  const earliest = execution.account.now() - REFRESH_DAYS * DAY_MS;
  let prefix = "";
  let after = earliest;
  for (const argument of given) {
    if (argument.kind === "text") prefix = argument.text.replace(/^\/+/, "");
    if (argument.kind !== "value") continue;
    const name = "MODIFIED_AFTER";
    const text = propertyText(argument.value, execution);
    after = moment(text, name) ?? earliest;
    if (after < earliest) throw snowflakeError("invalidParameterValue", { value: text, name });
  }
  return { prefix, after };
}

async function newFiles(
  pipe: PipeObject,
  prefix: string,
  after: number,
  { account, session }: Execution,
): Promise<SentFile[]> {
  const { snapshot } = account.catalog;
  const scope = pipeScope(snapshot.qualify(pipe.schemaId), snapshot);
  const table = pipeTable(pipeStatement(pipe.definition), scope);
  const source = pipeSource(pipe, snapshot);
  if (table === undefined || source === undefined) return [];
  const { location, pattern } = source;
  const loaded = await session.transactions.read((connection) => loadedFiles(connection, table.id));
  const files: SentFile[] = [];
  for (const file of listFiles(location, account.stages, pattern)) {
    const isMeant = file.path.slice(location.path.length).startsWith(prefix);
    if (!isMeant || file.modifiedAt < after) continue;
    const key = fileKey(location, file);
    if (loaded.get(key) === (await contentKey(file))) continue;
    files.push({ path: file.path, size: file.size, key });
  }
  return files;
}
