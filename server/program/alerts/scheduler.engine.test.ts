import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Account, openAccount } from "../../execute/account.ts";
import { type TestSession, testSession } from "../../execute/show/test-kit.ts";
import { HandClock } from "../schedules/clock.test-helpers.ts";

/** How long a statement may take to begin on a busy machine. */
const PATIENCE_MS = 15_000;

let clock: HandClock;
let account: Account;
let session: TestSession;

async function open(directory?: string): Promise<void> {
  account = await openAccount({ directory, now: clock.now, after: clock.after });
  session = await testSession(account);
}

beforeEach(async () => {
  clock = new HandClock("2024-01-01T09:03:00Z");
  await open();
  await script(`
    CREATE DATABASE d;
    CREATE TABLE gauge (gauge_value INT);
    CREATE TABLE log (what VARCHAR)`);
});

afterEach(async () => {
  await session.close();
});

async function script(text: string): Promise<void> {
  for (const statement of text.split(";")) await session.run(statement);
}

const pass = (minutes: number) => clock.pass(account, minutes);
const idle = () => account.state.alerts.idle();
const column = async (sql: string) => (await session.result(sql)).rows.map(([value]) => value);
const logged = () => column("SELECT what FROM log ORDER BY what");
/** What has begun, oldest first. */
const history = async (columns: string) =>
  (
    await session.result(
      `SELECT ${columns} FROM TABLE(information_schema.alert_history())
       WHERE state <> 'SCHEDULED' ORDER BY scheduled_time`,
    )
  ).rows.map((row) => row.join(" "));
const shownAlert = async () => (await session.rows("SHOW ALERTS"))[0];

/** Waits until an alert's action runs. */
async function running(): Promise<void> {
  const hasBegun = async () => {
    expect(await history("state || ' ' || (action_query_id IS NULL)")).toEqual(["EXECUTING false"]);
  };
  await vi.waitFor(hasBegun, { timeout: PATIENCE_MS });
}

describe("a schedule", () => {
  // The example of user-guide/alerts, and of ALTER ALERT: resumed at 9:03 it runs at 9:13, 9:23 and so on.
  it("begins with RESUME, and ends with SUSPEND", async () => {
    await script(`
      CREATE ALERT a SCHEDULE = '10 MINUTE'
        IF (EXISTS (SELECT gauge_value FROM gauge WHERE gauge_value > 200))
        THEN INSERT INTO log VALUES ('exceeded');
      INSERT INTO gauge VALUES (201)`);
    await pass(30);
    expect(await logged()).toEqual([]);
    await session.run("ALTER ALERT a RESUME");
    await pass(9);
    expect(await logged()).toEqual([]);
    await pass(1);
    expect(await logged()).toEqual(["exceeded"]);
    await session.run("UPDATE gauge SET gauge_value = 200");
    await pass(10);
    expect(await logged()).toEqual(["exceeded"]);
    expect(await history("state")).toEqual(["TRIGGERED", "CONDITION_FALSE"]);
    await session.run("ALTER ALERT a SUSPEND");
    await pass(60);
    expect(await history("state")).toHaveLength(2);
    expect(clock.timers).toBe(0);
  });

  it("may be a cron expression in a time zone", async () => {
    await script(`
      CREATE ALERT a SCHEDULE = 'USING CRON 30 10 * * * Europe/Berlin'
        IF (EXISTS (SELECT 1)) THEN INSERT INTO log VALUES ('run');
      ALTER ALERT a RESUME`);
    // Half past ten in Berlin is 9:30 UTC in winter.
    await pass(26);
    expect(await logged()).toEqual([]);
    await pass(1);
    expect(await logged()).toEqual(["run"]);
  });

  it("of more than 11520 minutes never comes", async () => {
    await script(`
      CREATE ALERT a SCHEDULE = '11521 MINUTE' IF (EXISTS (SELECT 1)) THEN SELECT 1;
      ALTER ALERT a RESUME`);
    expect(clock.timers).toBe(0);
  });

  it("is in the history, with what comes next", async () => {
    await script(`
      CREATE ALERT a SCHEDULE = '10 M' RUNBOOK = 'wiki' CONFIG = '{"n": 1}'
        IF (EXISTS (SELECT 1)) THEN SELECT 2;
      ALTER ALERT a RESUME`);
    await pass(10);
    const rows = await session.rows(`
      SELECT name, database_name, schema_name, condition, action, state, scheduled_from, runbook,
        config, was_auto_suspended,
        TO_CHAR(CONVERT_TIMEZONE('UTC', scheduled_time), 'HH24:MI') AS at,
        condition_query_id IS NULL AS unrun, sql_error_code
      FROM TABLE(information_schema.alert_history(alert_name => 'a'))`);
    const common = {
      ...{ NAME: "A", DATABASE_NAME: "D", SCHEMA_NAME: "PUBLIC", RUNBOOK: "wiki" },
      ...{ CONDITION: "SELECT 1", ACTION: "SELECT 2", SCHEDULED_FROM: "SCHEDULE" },
      ...{ CONFIG: '{"n": 1}', WAS_AUTO_SUSPENDED: false, SQL_ERROR_CODE: null },
    };
    expect(rows).toEqual([
      { ...common, STATE: "SCHEDULED", AT: "09:23", UNRUN: true },
      { ...common, STATE: "TRIGGERED", AT: "09:13", UNRUN: false },
    ]);
    const queries = `
      SELECT query_text, user_name FROM TABLE(information_schema.query_history())
      WHERE query_id IN (SELECT condition_query_id FROM TABLE(information_schema.alert_history())
        UNION ALL SELECT action_query_id FROM TABLE(information_schema.alert_history()))
      ORDER BY 1`;
    expect((await session.result(queries)).rows).toEqual([
      ["SELECT 1", "SYSTEM"],
      ["SELECT 2", "SYSTEM"],
    ]);
  });

  it("survives a restart, and goes with its schema", async () => {
    const directory = await mkdtemp(join(tmpdir(), "alerts-"));
    const times = () => column("SELECT what FROM kept.public.times ORDER BY what");
    try {
      await session.close();
      await open(directory);
      await script(`
        CREATE DATABASE kept;
        CREATE TABLE times (what VARCHAR);
        ALTER SESSION SET TIMEZONE = 'UTC';
        CREATE ALERT a SCHEDULE = '10 MINUTE' IF (EXISTS (SELECT 1)) THEN
          INSERT INTO kept.public.times SELECT TO_CHAR(CONVERT_TIMEZONE('UTC',
            SNOWFLAKE.ALERT.LAST_SUCCESSFUL_SCHEDULED_TIME()), 'YYYY HH24:MI');
        ALTER ALERT a RESUME`);
      await pass(10);
      expect(await times()).toEqual(["1970 00:00"]);
      await session.close();
      expect(clock.timers).toBe(0);
      await open(directory);
      await pass(10);
      expect(await times()).toEqual(["1970 00:00", "2024 09:13"]);
      await session.run("DROP SCHEMA kept.public");
      expect(clock.timers).toBe(0);
      await session.run("UNDROP SCHEMA kept.public");
      await pass(10);
      expect(await times()).toHaveLength(3);
    } finally {
      await session.close();
      await open();
      await rm(directory, { recursive: true });
    }
  });
});

describe("a run", () => {
  it("has the alert's place, owner and warehouse, and the times of its schedule", async () => {
    await script(`
      CREATE SCHEMA other;
      CREATE ALERT other.a WAREHOUSE = compute_wh SCHEDULE = '5 MINUTE' IF (EXISTS (SELECT 1)) THEN
        INSERT INTO d.public.log SELECT CONCAT_WS('|', CURRENT_SCHEMA(), CURRENT_ROLE(),
          CURRENT_WAREHOUSE(), CURRENT_USER(),
          TO_CHAR(CONVERT_TIMEZONE('UTC', SNOWFLAKE.ALERT.LAST_SUCCESSFUL_SCHEDULED_TIME()), 'YYYY-MM-DD HH24:MI'),
          TO_CHAR(CONVERT_TIMEZONE('UTC', SNOWFLAKE.ALERT.SCHEDULED_TIME()), 'HH24:MI'));
      ALTER ALERT other.a RESUME`);
    await pass(10);
    const owner = "OTHER|ACCOUNTADMIN|COMPUTE_WH|SYSTEM|";
    // Before a first success the last one is the epoch.
    expect(await logged()).toEqual([
      `${owner}1970-01-01 00:00|09:08`,
      `${owner}2024-01-01 09:08|09:13`,
    ]);
    expect([...account.sessions.all()].length).toBe(1);
  });

  // https://docs.snowflake.com/en/user-guide/alerts: "Checking the results of the SQL statement for the condition"
  it("gives its action the condition's result", async () => {
    await session.run("INSERT INTO gauge VALUES (1), (300), (400)");
    await session.run(`
      CREATE ALERT a SCHEDULE = '1 MINUTE'
        IF (EXISTS (SELECT gauge_value FROM gauge WHERE gauge_value > 200))
        THEN
        BEGIN
          LET found RESULTSET := (SELECT * FROM TABLE(RESULT_SCAN(SNOWFLAKE.ALERT.GET_CONDITION_QUERY_UUID())));
          FOR row_variable IN found DO
            LET v INT := row_variable.gauge_value;
            INSERT INTO log SELECT 'value ' || :v;
          END FOR;
        END`);
    await session.run("EXECUTE ALERT a");
    await idle();
    expect(await logged()).toEqual(["value 300", "value 400"]);
    expect(await history("state, scheduled_from, sql_error_message")).toEqual([
      "TRIGGERED EXECUTE ALERT ",
    ]);
    // It did not resume the alert.
    expect(await shownAlert()).toMatchObject({ state: "suspended" });
  });

  // https://docs.snowflake.com/en/sql-reference/functions/system_get_alert_config
  it("reads the configuration in the condition and in the action", async () => {
    await session.run("INSERT INTO gauge VALUES (11)");
    await session.run(`
      CREATE ALERT a SCHEDULE = '5 MINUTE'
        CONFIG = $\${"enabled": true, "threshold": 10, "notify": "ops"}$$
        IF (EXISTS (SELECT 1 FROM gauge
          WHERE COALESCE(TRY_TO_BOOLEAN(SYSTEM$GET_ALERT_CONFIG('enabled')), FALSE)
            AND gauge_value > COALESCE(TRY_TO_NUMBER(SYSTEM$GET_ALERT_CONFIG('threshold')), 0)))
        THEN INSERT INTO log SELECT SYSTEM$GET_ALERT_CONFIG('notify')`);
    await session.run("EXECUTE ALERT a");
    await idle();
    await session.run(`ALTER ALERT a SET CONFIG = $\${"enabled": true, "threshold": 25}$$`);
    await session.run("EXECUTE ALERT a");
    await idle();
    expect(await logged()).toEqual(["ops"]);
    await session.run("ALTER ALERT a UNSET CONFIG");
    await session.run(
      "ALTER ALERT a MODIFY CONDITION EXISTS (SELECT 1 WHERE SYSTEM$GET_ALERT_CONFIG() IS NULL)",
    );
    await session.run("ALTER ALERT a MODIFY ACTION INSERT INTO log SELECT 'no config'");
    await session.run("EXECUTE ALERT a");
    await idle();
    expect(await logged()).toEqual(["no config", "ops"]);
  });

  it("takes SHOW and CALL for conditions", async () => {
    await session.run(`
      CREATE PROCEDURE found(name VARCHAR) RETURNS TABLE (v INT) LANGUAGE SQL AS
      $$
      DECLARE r RESULTSET DEFAULT (SELECT gauge_value FROM gauge);
      BEGIN RETURN TABLE(r); END
      $$`);
    await script(`
      CREATE ALERT shown SCHEDULE = '1 MINUTE' IF (EXISTS (SHOW TABLES LIKE 'gauge'))
        THEN INSERT INTO log VALUES ('shown');
      CREATE ALERT absent SCHEDULE = '1 MINUTE' IF (EXISTS (SHOW TABLES LIKE 'nothing'))
        THEN INSERT INTO log VALUES ('absent');
      CREATE ALERT called SCHEDULE = '1 MINUTE' IF (EXISTS (CALL found('x')))
        THEN INSERT INTO log VALUES ('called');
      EXECUTE ALERT shown;
      EXECUTE ALERT absent;
      EXECUTE ALERT called`);
    await idle();
    // The procedure gives no rows yet.
    expect(await logged()).toEqual(["shown"]);
    await script("INSERT INTO gauge VALUES (1); EXECUTE ALERT called");
    await idle();
    expect(await logged()).toEqual(["called", "shown"]);
  });

  it("waits for the one before it when somebody asks for it, and is left out when it is its time", async () => {
    await script(`
      CREATE ALERT a SCHEDULE = '1 MINUTE' IF (EXISTS (SELECT 1))
        THEN UPDATE gauge SET gauge_value = gauge_value + 1;
      INSERT INTO gauge VALUES (0);
      ALTER ALERT a RESUME;
      BEGIN;
      UPDATE gauge SET gauge_value = gauge_value`);
    clock.jump(1);
    await running();
    clock.jump(3);
    await session.run("EXECUTE ALERT a");
    await session.run("COMMIT");
    await idle();
    expect(await history("state, scheduled_from")).toEqual([
      "TRIGGERED SCHEDULE",
      "TRIGGERED EXECUTE ALERT",
    ]);
    expect(await column("SELECT gauge_value FROM gauge")).toEqual(["2"]);
  });
});

describe("failures", () => {
  it("of the condition and of the action are told apart", async () => {
    await script(`
      CREATE ALERT a SCHEDULE = '1 MINUTE' IF (EXISTS (SELECT * FROM nothing)) THEN SELECT 1;
      CREATE ALERT b SCHEDULE = '1 MINUTE' IF (EXISTS (SELECT 1)) THEN SELECT 1 / 0;
      EXECUTE ALERT a`);
    await idle();
    await session.run("EXECUTE ALERT b");
    await idle();
    const rows = await history("name, state, sql_error_code, action_query_id IS NULL");
    expect(rows.sort()).toEqual(["A CONDITION_FAILED 2003 true", "B ACTION_FAILED 100051 false"]);
  });

  it("leave the last successful time as it is", async () => {
    await script(`
      CREATE ALERT a SCHEDULE = '1 MINUTE' IF (EXISTS (SELECT 1)) THEN
        INSERT INTO log SELECT TO_CHAR(CONVERT_TIMEZONE('UTC',
          SNOWFLAKE.ALERT.LAST_SUCCESSFUL_SCHEDULED_TIME()), 'HH24:MI');
      ALTER ALERT a RESUME`);
    await pass(1);
    await session.run("ALTER TABLE log RENAME TO elsewhere");
    await pass(2);
    await session.run("ALTER TABLE elsewhere RENAME TO log");
    await pass(1);
    expect(await history("state")).toEqual([
      ...["TRIGGERED", "ACTION_FAILED", "ACTION_FAILED", "TRIGGERED"],
    ]);
    expect(await logged()).toEqual(["00:00", "09:04"]);
  });

  it("suspend an alert when there were too many in a row", async () => {
    await script(`
      CREATE ALERT a SCHEDULE = '1 MINUTE' SUSPEND_ALERT_AFTER_NUM_FAILURES = 2
        IF (EXISTS (SELECT 1 FROM gauge)) THEN SELECT 1 / (SELECT MAX(gauge_value) FROM gauge);
      INSERT INTO gauge VALUES (0);
      ALTER ALERT a RESUME`);
    await pass(1);
    await session.run("UPDATE gauge SET gauge_value = 1");
    await pass(1);
    await session.run("UPDATE gauge SET gauge_value = 0");
    await pass(10);
    expect(await history("state, was_auto_suspended")).toEqual([
      ...["ACTION_FAILED false", "TRIGGERED false", "ACTION_FAILED false", "ACTION_FAILED true"],
    ]);
    expect(await shownAlert()).toMatchObject({ state: "suspended", was_auto_suspended: true });
    await session.run("ALTER ALERT a RESUME");
    expect(await shownAlert()).toMatchObject({ state: "started", was_auto_suspended: false });
    await pass(1);
    expect(await shownAlert()).toMatchObject({ state: "started" });
  });

  it("count as the schema, the database or the account says when the alert does not", async () => {
    await script(`
      ALTER ACCOUNT SET SUSPEND_ALERT_AFTER_NUM_FAILURES = 3;
      ALTER SCHEMA public SET SUSPEND_ALERT_AFTER_NUM_FAILURES = 1;
      CREATE ALERT a SCHEDULE = '1 MINUTE' IF (EXISTS (SELECT 1)) THEN SELECT 1 / 0;
      ALTER ALERT a RESUME`);
    await pass(5);
    expect(await history("was_auto_suspended")).toEqual(["true"]);
    await script(
      "ALTER SCHEMA public UNSET SUSPEND_ALERT_AFTER_NUM_FAILURES; ALTER ALERT a RESUME",
    );
    await pass(5);
    expect(await history("was_auto_suspended")).toEqual(["true", "false", "false", "true"]);
  });

  it("are not what SUSPEND stops", async () => {
    await script(`
      CREATE ALERT a SCHEDULE = '1 MINUTE' IF (EXISTS (SELECT 1)) THEN SELECT SYSTEM$WAIT(3600);
      EXECUTE ALERT a;
      ALTER ALERT a RESUME`);
    await running();
    await session.run("ALTER ALERT a SUSPEND");
    await idle();
    expect(await history("state, sql_error_code")).toEqual(["CANCELLED 604"]);
  });

  it("are not what suspends itself", async () => {
    await session.run(`
      CREATE ALERT a SCHEDULE = '1 MINUTE' IF (EXISTS (SELECT 1)) THEN
      BEGIN
        ALTER ALERT a SUSPEND;
        INSERT INTO log VALUES ('once');
      END`);
    await session.run("ALTER ALERT a RESUME");
    await pass(5);
    expect(await logged()).toEqual(["once"]);
    expect(await history("state")).toEqual(["TRIGGERED"]);
  });
});

describe("an alert on new data", () => {
  const made = (condition: string) => `
    CREATE ALERT a IF (EXISTS (${condition})) THEN
      INSERT INTO log SELECT 'new ' || gauge_value
        FROM TABLE(RESULT_SCAN(SNOWFLAKE.ALERT.GET_CONDITION_QUERY_UUID()));
    ALTER ALERT a RESUME`;
  const look = () => pass(0.5);

  it("sees the rows that came since it looked, and only them", async () => {
    await script(`
      ALTER TABLE gauge SET CHANGE_TRACKING = TRUE;
      INSERT INTO gauge VALUES (500);
      ${made("SELECT gauge_value FROM gauge WHERE gauge_value > 200")}`);
    await look();
    expect(await logged()).toEqual([]);
    await session.run("INSERT INTO gauge VALUES (100), (300)");
    await look();
    await look();
    expect(await logged()).toEqual(["new 300"]);
    await session.run("INSERT INTO gauge VALUES (100)");
    await look();
    // A condition that does not hold for the new rows leaves no trace.
    expect(await history("state, scheduled_from")).toEqual(["TRIGGERED TRIGGER"]);
    await session.run("INSERT INTO gauge VALUES (400)");
    await look();
    expect(await logged()).toEqual(["new 300", "new 400"]);
  });

  it("is not triggered by a query that always has a row, nor by its own action", async () => {
    await script(`
      ALTER TABLE gauge SET CHANGE_TRACKING = TRUE;
      ${made("SELECT COUNT(*) AS gauge_value FROM gauge")}`);
    await session.run("INSERT INTO log VALUES ('other')");
    await look();
    await session.run("INSERT INTO gauge VALUES (1), (2)");
    await look();
    await look();
    expect(await logged()).toEqual(["new 2", "other"]);
  });

  it("may follow a view", async () => {
    await script(`
      CREATE VIEW high AS SELECT gauge_value FROM gauge WHERE gauge_value > 200;
      ALTER TABLE gauge SET CHANGE_TRACKING = TRUE;
      ${made("SELECT * FROM high")}`);
    await session.run("INSERT INTO gauge VALUES (100), (300)");
    await look();
    expect(await logged()).toEqual(["new 300"]);
  });

  it("fails when the changes of its source are not tracked", async () => {
    await script(made("SELECT * FROM gauge"));
    await session.run("INSERT INTO gauge VALUES (1)");
    await look();
    expect(await history("state, scheduled_from")).toEqual(["CONDITION_FAILED TRIGGER"]);
  });

  it("cannot be executed, nor get a schedule", async () => {
    await script(made("SELECT * FROM gauge"));
    await expect(session.run("EXECUTE ALERT a")).rejects.toThrow("alert on new data");
    await expect(session.run("ALTER ALERT a SET SCHEDULE = '1 MINUTE'")).rejects.toThrow(
      "alert on new data",
    );
  });
});

it("an account that closes stops its alerts", async () => {
  await script(`
    CREATE ALERT a SCHEDULE = '1 MINUTE' IF (EXISTS (SELECT 1)) THEN SELECT SYSTEM$WAIT(3600);
    EXECUTE ALERT a`);
  await running();
  await session.close();
  expect(clock.timers).toBe(0);
  await open();
});

it("GET_DDL gives the statement that makes an alert again", async () => {
  await session.run("CREATE TAG cost");
  await session.run(`
    CREATE ALERT a WITH TAG (cost = 'it''s') WAREHOUSE = compute_wh SCHEDULE = '5 MINUTE' COMMENT = 'one ''two'''
      CONFIG = $\${"text": "a\\nb"}$$ RUNBOOK = 'wiki' SUSPEND_ALERT_AFTER_NUM_FAILURES = 2
      IF (EXISTS (SELECT ')' FROM gauge -- the end
      )) THEN BEGIN LET x := 1; INSERT INTO log SELECT :x; END`);
  const { created_on: _, ...before } = (await shownAlert()) ?? {};
  const [ddl] = await column("SELECT GET_DDL('ALERT', 'a')");
  await session.run(String(ddl));
  expect(await shownAlert()).toMatchObject(before);
  expect(await column("SELECT SYSTEM$GET_TAG('cost', 'a', 'ALERT')")).toEqual(["it's"]);
});

it("alerts go with a clone of their schema, suspended", async () => {
  await script(`
    CREATE ALERT a SCHEDULE = '1 MINUTE' COMMENT = 'c' IF (EXISTS (SELECT 1))
      THEN INSERT INTO log SELECT CURRENT_SCHEMA();
    ALTER ALERT a RESUME;
    CREATE SCHEMA twin CLONE public`);
  await pass(1);
  expect(await column("SELECT what FROM d.public.log")).toEqual(["PUBLIC"]);
  await session.run("ALTER ALERT twin.a RESUME");
  await pass(1);
  expect(await column("SELECT what FROM d.twin.log")).toEqual(["TWIN"]);
});
