/**
 * Schedules: intervals and cron expressions with a time zone.
 * https://docs.snowflake.com/en/sql-reference/sql/create-task
 */

import { Cron } from "croner";
import { snowflakeError } from "../../../translator/base/errors.ts";

export type Schedule =
  | { readonly kind: "interval"; readonly milliseconds: number }
  | { readonly kind: "cron"; readonly expression: string; readonly zone: string };

const UNITS: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1_000 };
const INTERVAL = /^\s*(\d+)\s*(?:(H)(?:OURS?)?|(M)(?:INUTES?)?|(S)(?:ECONDS?)?)\s*$/i;
const CRON = /^\s*USING\s+CRON\s+((?:\S+\s+){5})(\S+)\s*$/i;
/** 10 seconds to 8 days (11520 minutes). */
const INTERVAL_MIN_MS = 10_000;
const INTERVAL_MAX_MS = 11_520 * 60_000;

/**
 * Reads the text of SCHEDULE: `5 MINUTES`, `USING CRON 0 9 * * MON-FRI Europe/Berlin`.
 * @throws 001008 for a text that is none, or an interval outside of 10 seconds to 8 days
 */
export function parseSchedule(text: string): Schedule {
  const interval = INTERVAL.exec(text);
  if (interval !== null) {
    const unit = (interval[2] ?? interval[3] ?? interval[4] ?? "M").toUpperCase();
    const milliseconds = Number(interval[1]) * (UNITS[unit] ?? 0);
    if (milliseconds >= INTERVAL_MIN_MS && milliseconds <= INTERVAL_MAX_MS) {
      return { kind: "interval", milliseconds };
    }
  }
  return parseCron(text);
}

/**
 * Reads `USING CRON …`.
 * @throws 001008 for another text
 */
export function parseCron(text: string): Schedule {
  const cron = CRON.exec(text);
  if (cron !== null) {
    const schedule = {
      kind: "cron" as const,
      expression: (cron[1] ?? "").trim().replace(/\s+/g, " "),
      zone: cron[2] ?? "",
    };
    if (isReadable(schedule)) return schedule;
  }
  throw snowflakeError("invalidParameterValue", { value: text, name: "SCHEDULE" });
}

/** Numbers, names of months and days, `*`, `,`, `-`, `/` and L: what Snowflake documents. */
const FIELD = /^[\dA-Z*,/-]+$/i;

function isReadable({ expression, zone }: { expression: string; zone: string }): boolean {
  if (!expression.split(" ").every((field) => FIELD.test(field))) return false;
  try {
    new Cron(expression, { timezone: zone }).nextRun(new Date(0));
    return true;
  } catch {
    return false;
  }
}

/**
 * The next time after `now`; undefined when there is none (30 February).
 * @param base from when intervals are counted: the task's RESUME
 */
export function nextTime(schedule: Schedule, base: number, now: number): number | undefined {
  if (schedule.kind === "interval") {
    const passed = Math.max(0, Math.floor((now - base) / schedule.milliseconds));
    return base + (passed + 1) * schedule.milliseconds;
  }
  const cron = new Cron(schedule.expression, { timezone: schedule.zone });
  return cron.nextRun(new Date(now))?.getTime();
}
