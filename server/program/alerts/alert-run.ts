/**
 * One run of an alert: a session of its own with the rights of the owner, the condition, then the action if the condition gave rows.
 * https://docs.snowflake.com/en/user-guide/alerts
 */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { StatementRun } from "../../execute/account.ts";
import { asSnowflakeError } from "../../execute/errors.ts";
import type { AccountState } from "../../execute/execution.ts";
import type { StoredResult } from "../../results/stored.ts";
import type { Session } from "../../session/session.ts";
import { openOwnSession, type ScheduleHost } from "../schedules/host.ts";
import type { AlertHistory, AlertRecord, AlertState } from "./history.ts";
import { showNewRows } from "./new-data.ts";

/** The code of a statement that somebody stopped. */
const CANCELED = "000604";

export type AlertRunner = {
  readonly state: AccountState;
  readonly host: ScheduleHost;
  readonly history: AlertHistory;
};

/** A run that has not ended: the statement that it is at, and whether somebody stopped it. */
export type OngoingRun = {
  readonly record: AlertRecord;
  /** Of an alert on new data: the commits that it looks at. */
  readonly commits: { readonly after: number; readonly until: number } | undefined;
  statement: StatementRun | undefined;
  canceled: boolean;
};

/** What is being done: it says how the run failed if that fails. */
type Stage = Extract<AlertState, "FAILED" | "CONDITION_FAILED" | "ACTION_FAILED">;

/**
 * Runs an alert to its end; failures are in the record.
 * @returns false when its source has no new rows: an alert on new data was only looked at
 */
export async function runAlert(ongoing: OngoingRun, runner: AlertRunner): Promise<boolean> {
  const { record, commits } = ongoing;
  const { host, state, history } = runner;
  let stage: Stage = "FAILED";
  let session: Session | undefined;
  try {
    session = await openSession(record, host);
    stage = "CONDITION_FAILED";
    const { condition, action } = record.alert;
    if (commits !== undefined && !(await showNewRows(condition, commits, session, state))) {
      return false;
    }
    history.add(record);
    const found = await submit(condition, session, ongoing, runner, (id) => {
      record.conditionQueryId = id;
    });
    leaveCondition(session, record);
    if (found.rowCount === 0) {
      record.state = "CONDITION_FALSE";
      // New data that the condition does not hold for leaves no trace.
      if (commits !== undefined) history.forget(record);
      return true;
    }
    stage = "ACTION_FAILED";
    await submit(action, session, ongoing, runner, (id) => {
      record.actionQueryId = id;
    });
    record.state = "TRIGGERED";
  } catch (error) {
    const known = asSnowflakeError(error);
    record.state = known.code === CANCELED ? "CANCELLED" : stage;
    record.errorCode = known.code;
    record.errorMessage = known.message;
    history.add(record);
  } finally {
    if (session !== undefined) await host.close(session).catch(host.failed);
  }
  return true;
}

async function openSession(record: AlertRecord, host: ScheduleHost): Promise<Session> {
  const { alert, scheduledAt } = record;
  const session = await openOwnSession(host, "ALERT", alert, record, undefined);
  session.alert = {
    id: alert.id,
    scheduledAt,
    lastSuccessAt: alert.lastSuccessAt,
    config: alert.config,
    conditionQueryId: undefined,
    newRows: undefined,
  };
  return session;
}

/** The action may ask for the condition's result, and reads tables whole. */
function leaveCondition({ alert }: Session, { conditionQueryId }: AlertRecord): void {
  if (alert === undefined) return;
  alert.conditionQueryId = conditionQueryId;
  alert.newRows = undefined;
}

/** @throws what the statement throws, 000604 when the run was stopped before it */
async function submit(
  text: string,
  session: Session,
  ongoing: OngoingRun,
  { host }: AlertRunner,
  begun: (queryId: string) => void,
): Promise<StoredResult> {
  if (ongoing.canceled) throw snowflakeError("canceled");
  const statement = host.submit(session, { text });
  begun(statement.queryId);
  ongoing.statement = statement;
  try {
    return await statement.done;
  } finally {
    ongoing.statement = undefined;
  }
}
