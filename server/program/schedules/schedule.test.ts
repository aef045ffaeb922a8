import { describe, expect, it } from "vitest";
import { nextTime, parseSchedule } from "./schedule.ts";

const at = (text: string) => Date.parse(text);
const next = (text: string, base: string, now: string = base) => {
  const time = nextTime(parseSchedule(text), at(base), at(now));
  return time === undefined ? undefined : new Date(time).toISOString().replace(".000Z", "Z");
};

describe("intervals", () => {
  it.each([
    ["5 MINUTE", 300_000],
    ["5 minutes", 300_000],
    ["1 M", 60_000],
    ["10 SECONDS", 10_000],
    ["2 HOURS", 7_200_000],
    ["1 hour", 3_600_000],
    ["11520 MINUTE", 691_200_000],
  ])("reads %s", (text, milliseconds) => {
    expect(parseSchedule(text)).toEqual({ kind: "interval", milliseconds });
  });

  it.each(["", "5", "9 SECONDS", "0 MINUTE", "11521 MINUTE", "5 DAYS", "-1 MINUTE", "1.5 HOURS"])(
    "refuses %s",
    (text) => {
      expect(() => parseSchedule(text)).toThrow(`invalid value [${text}] for parameter 'SCHEDULE'`);
    },
  );

  it("counts from the moment the task was resumed", () => {
    // The documentation's own example: 10 minutes, turned on at 9:03, runs at 9:13, 9:23.
    const base = "2024-01-01T09:03:00Z";
    expect(next("10 MINUTE", base)).toBe("2024-01-01T09:13:00Z");
    expect(next("10 MINUTE", base, "2024-01-01T09:13:00Z")).toBe("2024-01-01T09:23:00Z");
    expect(next("10 MINUTE", base, "2024-01-01T10:00:00Z")).toBe("2024-01-01T10:03:00Z");
  });
});

describe("cron expressions", () => {
  it.each([
    // Every minute.
    ["USING CRON * * * * * UTC", "2024-01-01T00:00:30Z", "2024-01-01T00:01:00Z"],
    // Every night at 2 in Los Angeles, which is 10 o'clock UTC in winter.
    ["USING CRON 0 2 * * * America/Los_Angeles", "2024-01-05T11:00:00Z", "2024-01-06T10:00:00Z"],
    // The same in summer.
    ["USING CRON 0 2 * * * America/Los_Angeles", "2024-07-05T11:00:00Z", "2024-07-06T09:00:00Z"],
    // Sundays from 9 to 17; 4 February 2024 is one.
    ["USING CRON 0 9-17 * * SUN UTC", "2024-02-02T00:00:00Z", "2024-02-04T09:00:00Z"],
    // The last day of the month in a leap year.
    ["using cron 0 0 L * * UTC", "2024-02-10T00:00:00Z", "2024-02-29T00:00:00Z"],
    // The last Friday of a month: 23 February 2024.
    ["USING CRON 0 0 * * 5L UTC", "2024-02-10T00:00:00Z", "2024-02-23T00:00:00Z"],
    // Day of month and day of week both given: either matches. 5 February 2024 is a Monday.
    ["USING CRON 0 0 20 * MON UTC", "2024-02-02T00:00:00Z", "2024-02-05T00:00:00Z"],
    ["USING CRON */15 * * * * UTC", "2024-01-01T00:16:00Z", "2024-01-01T00:30:00Z"],
    ["USING CRON 0 0 29 2 * UTC", "2025-01-01T00:00:00Z", "2028-02-29T00:00:00Z"],
  ])("%s after %s", (text, now, expected) => {
    expect(next(text, now)).toBe(expected);
  });

  it("knows that some days never come", () => {
    expect(next("USING CRON 0 0 30 2 * UTC", "2024-01-01T00:00:00Z")).toBeUndefined();
  });

  it.each([
    "USING CRON * * * * *",
    "USING CRON 61 * * * * UTC",
    "USING CRON * * * * * Mars/Olympus",
    "USING CRON * * * * * * UTC",
    "USING CRON @daily UTC",
    "USING CRON a b c d e UTC",
  ])("refuses %s", (text) => {
    expect(() => parseSchedule(text)).toThrow("invalid value");
  });
});
