import { describe, expect, it } from "vitest";
import { parseAlertSchedule } from "./alert-times.ts";
import { isCondition, newDataSource } from "./condition.ts";

describe("a condition", () => {
  it.each(["SELECT 1", "WITH a AS (SELECT 1) SELECT * FROM a", "SHOW TABLES", "CALL p()"])(
    "may be %s",
    (text) => expect(isCondition(text)).toBe(true),
  );

  it.each(["INSERT INTO t VALUES (1)", "BEGIN SELECT 1; END", "DESCRIBE TABLE t"])(
    "is not %s",
    (text) => expect(isCondition(text)).toBe(false),
  );
});

describe("an alert on new data", () => {
  it.each([
    "SELECT * FROM d.s.t WHERE a > 1",
    "SELECT COUNT(*) FROM (d.s.t) AS x GROUP BY a HAVING COUNT(*) > 2",
    "(SELECT a FROM d.s.t)",
    "SELECT a FROM d.s.t WHERE a IN (SELECT b FROM other)",
  ])("follows the table of %s", (text) => {
    const source = newDataSource(text);
    const parts = source?.kind === "name" ? source.parts.map(({ name }) => name) : [];
    expect(parts).toEqual(["D", "S", "T"]);
  });

  it.each([
    "SELECT 1",
    "SELECT * FROM t, u",
    "SELECT * FROM t JOIN u ON t.a = u.a",
    "WITH c AS (SELECT * FROM t) SELECT * FROM c",
    "(WITH c AS (SELECT * FROM t) SELECT * FROM c)",
    "SELECT * FROM (SELECT * FROM t)",
    "SELECT * FROM t UNION ALL SELECT * FROM u",
    "SELECT * FROM t AT (OFFSET => -60)",
    "SELECT * FROM TABLE(f())",
    "SHOW TABLES",
    "CALL p()",
  ])("cannot follow %s", (text) => {
    expect(newDataSource(text)).toBeUndefined();
  });
});

describe("a schedule", () => {
  it.each([
    ["1 minute", 60_000],
    ["2 MINUTES", 120_000],
    ["10 M", 600_000],
    ["11520 MINUTE", 691_200_000],
  ])("may be %s", (text, milliseconds) => {
    expect(parseAlertSchedule(text)).toEqual({ kind: "interval", milliseconds });
  });

  it("of more than 8 days never comes", () => {
    expect(parseAlertSchedule("11521 MINUTE")).toBeUndefined();
  });

  it("may be a cron expression", () => {
    expect(parseAlertSchedule("USING CRON 0 9 * * MON UTC")).toEqual({
      ...{ kind: "cron", expression: "0 9 * * MON", zone: "UTC" },
    });
  });

  it.each(["", "5", "0 MINUTE", "-1 MINUTE", "1.5 MINUTE", "1 HOUR", "30 SECONDS"])(
    "is not %s",
    (text) => {
      expect(() => parseAlertSchedule(text)).toThrow(
        `invalid value [${text}] for parameter 'SCHEDULE'`,
      );
    },
  );
});
