/** Runs one request's text: a statement, or several when MULTI_STATEMENT_COUNT says so. */

import { snowflakeError } from "../../translator/base/errors.ts";
import { MAX_STATEMENT_LENGTH } from "../../translator/base/limits.ts";
import { splitStatements } from "../../translator/lex/split.ts";
import { textType } from "../../translator/types/types.ts";
import { HISTORY_TEXT_LENGTH_MAX } from "../limits.ts";
import type { QueryRecord } from "../observe/history.ts";
import type { Observer } from "../observe/observer.ts";
import { displayedColumns } from "../results/geo-display.ts";
import { materialize } from "../results/materialize.ts";
import { displayedPeriods } from "../results/period-display.ts";
import type { StoredResult } from "../results/stored.ts";
import { newQueryId } from "../session/ids.ts";
import type { Session } from "../session/session.ts";
import type { StatementRequest, StatementRun } from "./account.ts";
import { bindCount, questionCount } from "./bind-count.ts";
import { bindingsAfter } from "./bindings.ts";
import { describedWithoutRunning, takesBatch } from "./describe-only.ts";
import { executeStatement } from "./dispatch.ts";
import { asSnowflakeError } from "./errors.ts";
import type { AccountState, StatementResult } from "./execution.ts";
import { makeExecution, parametersOf } from "./make-execution.ts";
import { unlessOutdated } from "./outdated.ts";
import { withStagedBinds } from "./staged-binds.ts";
import { MULTI_STATEMENT } from "./statement-types.ts";
import { statementWord } from "./statement-words.ts";
import { parseCached } from "./translation-cache.ts";

const MULTI_COLUMN_LENGTH = 16_777_216;

export async function runText(
  state: AccountState,
  observer: Observer,
  session: Session,
  run: StatementRun,
  request: StatementRequest,
  register: (child: StatementRun) => void,
): Promise<StoredResult> {
  const pieces = piecesOf(request.text);
  if (pieces === undefined) return runOne(state, observer, session, run, request);
  const wanted = Number(run.parameters.get("MULTI_STATEMENT_COUNT"));
  // No statement at all is an error of its own.
  if (wanted !== 0 && wanted !== Math.max(pieces.length, 1)) {
    throw snowflakeError("multipleStatements", { actual: pieces.length, desired: wanted });
  }
  if (pieces.length <= 1) return runOne(state, observer, session, run, request);
  return runSeveral(state, observer, session, run, request, pieces, register);
}

/** Undefined for a text that no parser would take: it fails as one statement, and is recorded as one. */
function piecesOf(text: string): ReturnType<typeof splitStatements> | undefined {
  if (text.length > MAX_STATEMENT_LENGTH) return undefined;
  try {
    return splitStatements(text);
  } catch {
    return undefined;
  }
}

/**
 * Each statement gets a query id of its own; the parent's result only names them. The `?` of all statements take the
 * request's values in turn.
 */
async function runSeveral(
  state: AccountState,
  observer: Observer,
  session: Session,
  run: StatementRun,
  request: StatementRequest,
  pieces: readonly { readonly text: string }[],
  register: (child: StatementRun) => void,
): Promise<StoredResult> {
  const ids: string[] = [];
  const types: number[] = [];
  let bound = 0;
  for (const { text } of pieces) {
    if (run.stop.reason !== undefined) throw run.stop.reason;
    const child: StatementRun = {
      ...run,
      queryId: newQueryId(),
      // What a statement before it has set is in force.
      parameters: parametersOf(session, request),
      extraData: {},
      transfer: undefined,
    };
    const questions = request.binds === undefined ? 0 : questionCount(text);
    const binds = questions === 0 ? request.binds : bindingsAfter(request.binds, bound);
    bound += questions;
    const result = await runOne(state, observer, session, child, { ...request, text, binds });
    register({
      ...child,
      done: Promise.resolve(result),
      stop: { state: "ended", reason: undefined },
    });
    ids.push(result.queryId);
    types.push(result.statementType);
  }
  run.parameters = parametersOf(session, request);
  run.extraData = { resultIds: ids.join(","), resultTypes: types.join(",") };
  const parent: StoredResult = {
    queryId: run.queryId,
    sessionId: session.id,
    statementType: MULTI_STATEMENT,
    columns: [
      {
        name: "multiple statement execution",
        type: textType(MULTI_COLUMN_LENGTH),
        nullable: false,
      },
    ],
    rowCount: 1,
    inline: { kind: "cells", rows: [["Multiple statements executed successfully."]] },
    exported: undefined,
    stats: undefined,
  };
  // Who did not wait for it asks for it by its id.
  state.results.put(parent);
  return parent;
}

async function runOne(
  state: AccountState,
  observer: Observer,
  session: Session,
  run: StatementRun,
  request: StatementRequest,
): Promise<StoredResult> {
  const record = newRecord(state, session, run, request.text);
  if (!run.describeOnly) {
    state.history.add(record);
    session.rememberQuery(run.queryId);
  }
  session.connection.statement(true);
  try {
    const statement = parseCached(request.text, ignoresCase(run.parameters));
    record.statementKind = statementWord(statement);
    if (run.describeOnly) {
      run.numberOfBinds = bindCount(request.text);
      run.arrayBindSupported = takesBatch(statement, run.numberOfBinds);
    }
    await session.connection.setTimeZone(run.parameters.text("TIMEZONE"));
    const bound = await withStagedBinds(state, session, request);
    const stored = await unlessOutdated(state.catalog, statement, async () => {
      const execution = makeExecution(state, session, run, bound, record.startedAt);
      const described = run.describeOnly ? describedWithoutRunning(statement) : undefined;
      const result = described ?? (await executeStatement(statement, execution));
      run.transfer = result.transfer;
      return store(state, session, run, result);
    });
    run.parameters = parametersOf(session, request);
    record.rowsProduced = stored.rowCount;
    record.status = "SUCCESS";
    if (!run.describeOnly) state.results.put(stored);
    return stored;
  } catch (error) {
    const known = run.stop.reason ?? asSnowflakeError(error);
    record.status = run.stop.reason === undefined ? "FAILED_WITH_ERROR" : "ABORTED";
    record.errorCode = known.code;
    record.errorMessage = known.message;
    throw known;
  } finally {
    session.connection.statement(false);
    for (const cleanUp of run.cleanUps.splice(0)) await cleanUp();
    record.endedAt = state.now();
    observer.finished(record);
  }
}

function ignoresCase(parameters: StatementRun["parameters"]): boolean {
  return parameters.get("QUOTED_IDENTIFIERS_IGNORE_CASE") === true;
}

async function store(
  state: AccountState,
  session: Session,
  run: StatementRun,
  found: StatementResult,
): Promise<StoredResult> {
  const result = limited(displayedPeriods(found, run.parameters), run.parameters);
  const ids = {
    queryId: run.queryId,
    sessionId: session.id,
    statementType: result.statementType,
    stats: result.stats,
    columns: displayedColumns(result.columns, run.parameters),
  };
  if (run.describeOnly) {
    return {
      ...ids,
      rowCount: 0,
      inline: { kind: "cells", rows: [] },
      exported: undefined,
    };
  }
  const rows = await materialize(result, session.transactions, state.results, run.parameters);
  return { ...ids, ...rows };
}

/** At most ROWS_PER_RESULTSET rows, of which 0 sets no limit. JDBC's setMaxRows is this parameter. */
function limited(result: StatementResult, parameters: StatementRun["parameters"]): StatementResult {
  const most = Number(parameters.get("ROWS_PER_RESULTSET"));
  const { rows } = result;
  if (most === 0) return result;
  if (rows.kind === "cells")
    return { ...result, rows: { ...rows, rows: rows.rows.slice(0, most) } };
  return { ...result, rows: { ...rows, sql: `SELECT * FROM (\n${rows.sql}\n)\nLIMIT ${most}` } };
}

function newRecord(
  state: AccountState,
  session: Session,
  run: StatementRun,
  text: string,
): QueryRecord {
  return {
    queryId: run.queryId,
    sessionId: session.id,
    requestId: run.requestId,
    text: text.slice(0, HISTORY_TEXT_LENGTH_MAX),
    user: session.user,
    role: session.role,
    warehouse: session.warehouse,
    database: session.database,
    schema: session.schema,
    queryTag: run.parameters.text("QUERY_TAG"),
    startedAt: state.now(),
    status: "RUNNING",
    endedAt: undefined,
    statementKind: "",
    rowsProduced: 0,
    errorCode: "",
    errorMessage: "",
  };
}
