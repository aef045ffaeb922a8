/** The handler of each kind of statement. A kind without one is refused by name. */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { Statement } from "../../translator/statements/statement.ts";
import { createFunction } from "../program/functions-create.ts";
import { createProcedure } from "../program/procedures/create.ts";
import { alterObject } from "./alter-object.ts";
import { alterSession } from "./alter-session.ts";
import { alterTable } from "./alter-table.ts";
import type { BatchBinding } from "./bindings.ts";
import { block } from "./block.ts";
import { call } from "./call.ts";
import { comment } from "./comment.ts";
import { copyFiles } from "./copy-files.ts";
import { copyIntoLocation } from "./copy-into-location.ts";
import { copyIntoTable } from "./copy-into-table.ts";
import { createObject } from "./create-object.ts";
import { createTable } from "./create-table.ts";
import { describe } from "./describe.ts";
import { dml, truncate } from "./dml.ts";
import { drop, undrop } from "./drop.ts";
import { executeImmediate } from "./execute-immediate.ts";
import { executeImmediateFrom } from "./execute-immediate-from.ts";
import { executeObject } from "./execute-object.ts";
import type { Execution, StatementOf, StatementResult } from "./execution.ts";
import { explain } from "./explain.ts";
import { flow } from "./flow.ts";
import { grant, revoke } from "./grant.ts";
import { createSpecialTable } from "./hybrid-table.ts";
import { insertBatch, isOneRow } from "./insert-batch.ts";
import { checkOptionValues, refuseSilentOptions } from "./option-effects.ts";
import { withOptionValues } from "./option-values.ts";
import { select } from "./select.ts";
import { alterSequence, createSequence } from "./sequence.ts";
import { show, showGrants } from "./show.ts";
import { list, remove } from "./staged-files.ts";
import { statementWord } from "./statement-words.ts";
import { begin, commit, rollback } from "./transaction.ts";
import { get, put } from "./transfer.ts";
import { use } from "./use.ts";
import { setVariables, unsetVariables } from "./variables.ts";
import { alterView, createView } from "./view.ts";

type Handlers = {
  readonly [Kind in Statement["kind"]]?: (
    statement: StatementOf<Kind>,
    execution: Execution,
  ) => Promise<StatementResult>;
};

const HANDLERS: Handlers = {
  alter_object: alterObject,
  alter_sequence: alterSequence,
  alter_session: alterSession,
  alter_table: alterTable,
  alter_view: alterView,
  begin,
  block,
  call,
  comment,
  commit,
  copy_into_location: copyIntoLocation,
  copy_into_table: copyIntoTable,
  copy_files: copyFiles,
  create_function: createFunction,
  create_object: createObject,
  create_procedure: createProcedure,
  create_sequence: createSequence,
  create_special_table: createSpecialTable,
  create_table: createTable,
  create_view: createView,
  delete: dml,
  describe,
  drop,
  execute_immediate: executeImmediate,
  execute_immediate_from: executeImmediateFrom,
  execute_object: executeObject,
  explain,
  flow,
  get,
  grant,
  insert: dml,
  list,
  merge: dml,
  multi_insert: dml,
  put,
  remove,
  revoke,
  rollback,
  select,
  set: setVariables,
  show,
  show_grants: showGrants,
  truncate,
  undrop,
  unset: unsetVariables,
  update: dml,
  use,
};

/** The kinds of statements that run. */
export const HANDLED_STATEMENTS: readonly string[] = Object.keys(HANDLERS);

/**
 * Rows of binds are for INSERT … VALUES: anywhere else only a single row counts as values that are set.
 * @throws 000002 for a kind of statement that mockhaus does not run, 002049 for several rows of binds elsewhere
 */
export async function executeStatement(
  statement: Statement,
  execution: Execution,
): Promise<StatementResult> {
  const { batch } = execution;
  if (statement.kind === "insert" && batch !== undefined && isOneRow(statement)) {
    return insertBatch(statement, execution, batch);
  }
  const handler = HANDLERS[statement.kind] as
    | ((statement: Statement, execution: Execution) => Promise<StatementResult>)
    | undefined;
  if (handler === undefined) {
    const feature = statementWord(statement).replaceAll("_", " ");
    throw snowflakeError("unsupportedFeature", { feature });
  }
  refuseSilentOptions(statement);
  const bound = batch === undefined ? execution : withoutRows(execution, batch);
  const complete = withOptionValues(statement, bound);
  checkOptionValues(complete, bound);
  return handler(complete, bound);
}

/** The execution with no binds set where they come in several rows. */
function withoutRows(execution: Execution, { rowCount }: BatchBinding): Execution {
  const single = { ...execution, batch: undefined };
  if (rowCount === 1 || execution.describeOnly) return single;
  return { ...single, context: { ...execution.context, bind: () => undefined } };
}
