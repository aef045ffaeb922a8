/** When the alerts of an account are due. https://docs.snowflake.com/en/sql-reference/sql/create-alert */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { AlertObject } from "../../catalog/alert-object.ts";
import { allReachable } from "../../catalog/reachable.ts";
import { ALERT_LOOK_MS } from "../../limits.ts";
import type { Timed } from "../schedules/due.ts";
import { nextTime, parseCron, type Schedule } from "../schedules/schedule.ts";

const MINUTES = /^\s*(\d+)\s*M(?:INUTES?)?\s*$/i;
const MINUTE_MS = 60_000;
/** 8 days: alerts with a longer interval are never evaluated. */
const MINUTES_MAX = 11_520;

/**
 * Reads the text of SCHEDULE: `5 MINUTE`, `USING CRON 0 9 * * MON-FRI Europe/Berlin`.
 * @returns undefined for a schedule that never comes
 * @throws 001008 for a text that is none
 */
export function parseAlertSchedule(text: string): Schedule | undefined {
  const minutes = MINUTES.exec(text);
  if (minutes === null) return parseCron(text);
  const count = Number(minutes[1]);
  if (count === 0) throw snowflakeError("invalidParameterValue", { value: text, name: "SCHEDULE" });
  return count > MINUTES_MAX ? undefined : { kind: "interval", milliseconds: count * MINUTE_MS };
}

/** An alert on new data looks for it again and again. */
function scheduleOf({ schedule }: AlertObject): Schedule | undefined {
  return schedule === undefined
    ? { kind: "interval", milliseconds: ALERT_LOOK_MS }
    : parseAlertSchedule(schedule);
}

export const ALERT_TIMES: Timed<AlertObject> = {
  items: (snapshot) => allReachable(snapshot, "alert").filter(({ state }) => state === "started"),
  key: ({ schedule, resumedAt }) => JSON.stringify([schedule, resumedAt]),
  next: (alert, _, now) => {
    const schedule = scheduleOf(alert);
    return schedule && nextTime(schedule, alert.resumedAt ?? now, now);
  },
};
