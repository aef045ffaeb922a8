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
    CREATE TABLE log (what VARCHAR, at TIMESTAMP_NTZ);
    CREATE TABLE flags (name VARCHAR, done BOOLEAN);
    INSERT INTO flags VALUES ('go', FALSE)`);
});

afterEach(async () => {
  await session.close();
});

async function script(text: string): Promise<void> {
  for (const statement of text.split(";")) await session.run(statement);
}

const pass = (minutes: number) => clock.pass(account, minutes);
const idle = () => account.state.tasks.idle();
const column = async (sql: string) => (await session.result(sql)).rows.map(([value]) => value);
const logged = () => column("SELECT what FROM log ORDER BY what");
const history = async (columns: string, clause = "") =>
  (
    await session.result(
      `SELECT ${columns} FROM TABLE(information_schema.task_history()) WHERE state <> 'SCHEDULED'
       ${clause} ORDER BY completed_time, name, attempt_number`,
    )
  ).rows.map((row) => row.join(" "));

describe("a schedule", () => {
  it("begins with RESUME, and ends with SUSPEND", async () => {
    await session.run("CREATE TASK t SCHEDULE = '10 MINUTE' AS INSERT INTO log SELECT 'run', NULL");
    await pass(30);
    expect(await logged()).toEqual([]);
    await session.run("ALTER TASK t RESUME");
    await pass(9);
    expect(await logged()).toEqual([]);
    await pass(1);
    expect(await logged()).toEqual(["run"]);
    await pass(20);
    expect(await logged()).toEqual(["run", "run", "run"]);
    await session.run("ALTER TASK t SUSPEND");
    await pass(60);
    expect((await logged()).length).toBe(3);
    expect(clock.timers).toBe(0);
  });

  it("may be a cron expression in a time zone", async () => {
    await script(`
      CREATE TASK t SCHEDULE = 'USING CRON 30 10 * * * Europe/Berlin'
        AS INSERT INTO log SELECT 'run', NULL;
      ALTER TASK t RESUME`);
    // Half past ten in Berlin is 9:30 UTC in winter.
    await pass(26);
    expect(await logged()).toEqual([]);
    await pass(1);
    expect(await logged()).toEqual(["run"]);
  });

  it("is in the history, with what comes next", async () => {
    await script(`
      CREATE TASK t SCHEDULE = '10 MINUTE' AS SELECT 1;
      ALTER TASK t RESUME`);
    await pass(10);
    const rows = await session.rows(`
      SELECT name, database_name, schema_name, query_text, state, scheduled_from, attempt_number,
        TO_CHAR(CONVERT_TIMEZONE('UTC', scheduled_time), 'HH24:MI') AS at, query_id IS NULL AS unrun,
        run_id
      FROM TABLE(information_schema.task_history(task_name => 't'))`);
    const common = { NAME: "T", DATABASE_NAME: "D", SCHEMA_NAME: "PUBLIC", QUERY_TEXT: "SELECT 1" };
    const from = { SCHEDULED_FROM: "SCHEDULE", ATTEMPT_NUMBER: "1" };
    const runId = (text: string) => String(Date.parse(text));
    expect(rows).toEqual([
      {
        ...{ ...common, ...from, STATE: "SCHEDULED", AT: "09:23", UNRUN: true },
        RUN_ID: runId("2024-01-01T09:23:00Z"),
      },
      {
        ...{ ...common, ...from, STATE: "SUCCEEDED", AT: "09:13", UNRUN: false },
        RUN_ID: runId("2024-01-01T09:13:00Z"),
      },
    ]);
    const view = "snowflake.account_usage.task_history WHERE name = 'T'";
    expect(await column(`SELECT state FROM ${view}`)).toEqual(["SUCCEEDED"]);
  });

  it("survives a restart, and goes with its schema", async () => {
    const directory = await mkdtemp(join(tmpdir(), "tasks-"));
    try {
      await session.close();
      await open(directory);
      await script(`
        CREATE DATABASE kept;
        CREATE TABLE log (what VARCHAR, at TIMESTAMP_NTZ);
        CREATE TASK t SCHEDULE = '10 MINUTE' AS INSERT INTO kept.public.log SELECT 'run', NULL;
        ALTER TASK t RESUME`);
      await session.close();
      expect(clock.timers).toBe(0);
      await open(directory);
      await pass(10);
      expect(await column("SELECT what FROM kept.public.log")).toEqual(["run"]);
      await session.run("DROP SCHEMA kept.public");
      expect(clock.timers).toBe(0);
      await session.run("UNDROP SCHEMA kept.public");
      await pass(10);
      expect(await column("SELECT what FROM kept.public.log")).toEqual(["run", "run"]);
    } finally {
      await session.close();
      await open();
      await rm(directory, { recursive: true });
    }
  });
});

describe("the session of a task", () => {
  it("has the task's place, owner, warehouse and parameters", async () => {
    await script(`
      CREATE SCHEMA other;
      CREATE TASK other.t WAREHOUSE = compute_wh QUERY_TAG = 'nightly' TIMEZONE = 'Asia/Tokyo'
        AS INSERT INTO public.log SELECT CONCAT_WS('|', CURRENT_SCHEMA(), CURRENT_ROLE(),
          CURRENT_WAREHOUSE(), CURRENT_USER(), SYSTEM$CURRENT_USER_TASK_NAME(),
          TO_CHAR('2024-01-01T00:00:00Z'::TIMESTAMP_LTZ, 'HH24')), NULL;
      EXECUTE TASK other.t`);
    await idle();
    expect(await logged()).toEqual(["OTHER|ACCOUNTADMIN|COMPUTE_WH|SYSTEM|T|09"]);
    expect(await column("SELECT COUNT(*) FROM TABLE(information_schema.login_history())")).toEqual([
      "1",
    ]);
    expect([...account.sessions.all()].length).toBe(1);
  });

  it("runs blocks and calls", async () => {
    await session.run(`
      CREATE TASK t AS
      BEGIN
        LET n INT := 2;
        INSERT INTO log SELECT 'block ' || :n, NULL;
        EXECUTE IMMEDIATE 'INSERT INTO log SELECT ''text'', NULL';
      END`);
    await session.run("EXECUTE TASK t");
    await idle();
    expect(await logged()).toEqual(["block 2", "text"]);
  });
});

describe("a graph", () => {
  beforeEach(async () => {
    await script(`
      CREATE TASK a CONFIG = '{"dir": "/tmp", "n": 1}'
        AS INSERT INTO log SELECT 'a ' || SYSTEM$GET_TASK_GRAPH_CONFIG('dir'), NULL;
      CREATE TASK b AFTER a AS CALL SYSTEM$SET_RETURN_VALUE('from b');
      CREATE TASK c AFTER a
        WHEN EXISTS (SELECT 1 FROM flags WHERE name = 'go' AND done) AS INSERT INTO log SELECT 'c', NULL;
      CREATE TASK e AFTER b, c
        AS INSERT INTO log SELECT 'e ' || SYSTEM$GET_PREDECESSOR_RETURN_VALUE('B'), NULL;
      CREATE TASK f FINALIZE = a AS INSERT INTO log SELECT 'f', NULL`);
  });

  it("runs its started tasks in order, and skips one whose condition is false", async () => {
    await session.run("SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('a')");
    await session.run("EXECUTE TASK a");
    await idle();
    expect(await logged()).toEqual(["a /tmp", "e from b", "f"]);
    const rows = await history("name, state, error_code, return_value");
    expect(rows.sort()).toEqual([
      "A SUCCEEDED  ",
      "B SUCCEEDED  from b",
      "C SKIPPED 40003 ",
      "E SUCCEEDED  ",
      "F SUCCEEDED  ",
    ]);
    await session.run("UPDATE flags SET done = TRUE");
    await session.run('EXECUTE TASK a USING CONFIG = \'{"dir": "/var"}\'');
    await idle();
    expect(await logged()).toEqual(["a /tmp", "a /var", "c", "e from b", "e from b", "f", "f"]);
  });

  it("leaves suspended tasks out", async () => {
    await script("ALTER TASK c RESUME; ALTER TASK e RESUME");
    await session.run("EXECUTE TASK a");
    await idle();
    // Of those before E only C takes part, and C is skipped.
    expect(await logged()).toEqual(["a /tmp"]);
  });

  it("stops behind a failure, ends with its finalizer, and can be retried", async () => {
    await script(`
      ALTER TASK b MODIFY AS SELECT 1 / (SELECT COUNT(*) FROM flags WHERE done);
      ALTER TASK b RESUME;
      ALTER TASK e REMOVE AFTER c;
      ALTER TASK e MODIFY AS INSERT INTO log SELECT 'e', NULL;
      ALTER TASK e RESUME;
      ALTER TASK f RESUME;
      EXECUTE TASK a`);
    await idle();
    expect(await logged()).toEqual(["a /tmp", "f"]);
    const graphs = () =>
      session.rows(`
        SELECT root_task_name, state, first_error_task_name, first_error_message, attempt_number
        FROM TABLE(information_schema.complete_task_graphs()) ORDER BY attempt_number`);
    const failed = {
      ROOT_TASK_NAME: "A",
      STATE: "FAILED",
      FIRST_ERROR_TASK_NAME: "B",
      FIRST_ERROR_MESSAGE: "Division by zero",
      ATTEMPT_NUMBER: "1",
    };
    expect(await graphs()).toEqual([failed]);
    await script("UPDATE flags SET done = TRUE; EXECUTE TASK a RETRY LAST");
    await idle();
    // A is not repeated.
    expect(await logged()).toEqual(["a /tmp", "e", "f", "f"]);
    expect(await graphs()).toEqual([
      failed,
      {
        ...failed,
        STATE: "SUCCEEDED",
        FIRST_ERROR_TASK_NAME: null,
        FIRST_ERROR_MESSAGE: null,
        ATTEMPT_NUMBER: "2",
      },
    ]);
    await expect(session.run("EXECUTE TASK a RETRY LAST")).rejects.toThrow(
      "Cannot perform retry: no suitable run of graph with root task D.PUBLIC.A to retry.",
    );
  });

  it("goes with a clone of its schema, suspended and in links of its own", async () => {
    await script(`
      ALTER TASK b MODIFY AS INSERT INTO log SELECT 'b ' || CURRENT_SCHEMA(), NULL;
      ALTER TASK b RESUME;
      CREATE SCHEMA twin CLONE public;
      EXECUTE TASK twin.a`);
    await idle();
    // The clone's own B is suspended, and that of the source is in another graph.
    expect(await column("SELECT what FROM d.twin.log")).toEqual(["a /tmp"]);
    await script("ALTER TASK twin.b RESUME; EXECUTE TASK twin.a");
    await idle();
    const rows = await column("SELECT what FROM d.twin.log ORDER BY what");
    expect(rows).toEqual(["a /tmp", "a /tmp", "b TWIN"]);
    expect(await column("SELECT COUNT(*) FROM d.public.log")).toEqual(["0"]);
  });

  it("tells of itself", async () => {
    await script(`
      ALTER TASK b MODIFY AS INSERT INTO log
        SELECT SYSTEM$TASK_RUNTIME_INFO('CURRENT_ROOT_TASK_NAME') || '>' ||
          SYSTEM$TASK_RUNTIME_INFO('CURRENT_TASK_NAME') || ' ' ||
          SYSTEM$TASK_RUNTIME_INFO('CURRENT_TASK_GRAPH_ORIGINAL_SCHEDULED_TIMESTAMP'), NULL;
      ALTER TASK b RESUME;
      EXECUTE TASK a`);
    await idle();
    expect(await logged()).toEqual(["A>B 2024-01-01T09:03:00.000Z", "a /tmp"]);
  });
});

describe("failures", () => {
  it("are retried as often as the task says", async () => {
    await script(`
      CREATE TASK t TASK_AUTO_RETRY_ATTEMPTS = 2 AS SELECT 1 / 0;
      EXECUTE TASK t`);
    await idle();
    expect(await history("state, attempt_number, error_code, error_message")).toEqual([
      "FAILED 1 100051 Division by zero",
      "FAILED 2 100051 Division by zero",
      "FAILED 3 100051 Division by zero",
    ]);
    const groups =
      "SELECT COUNT(DISTINCT graph_run_group_id) FROM TABLE(information_schema.task_history())";
    expect(await column(groups)).toEqual(["1"]);
  });

  it("suspend a task when there were too many in a row", async () => {
    await script(`
      CREATE TASK t SCHEDULE = '1 MINUTE' SUSPEND_TASK_AFTER_NUM_FAILURES = 2 AS SELECT 1 / 0;
      ALTER TASK t RESUME`);
    await pass(10);
    expect(await history("state")).toEqual(["FAILED", "FAILED_AND_AUTO_SUSPENDED"]);
    const [task] = await session.rows("SHOW TASKS");
    expect(task).toMatchObject({
      state: "suspended",
      last_suspended_reason: "SUSPENDED_DUE_TO_ERRORS",
    });
  });

  it("count as the schema, the database or the account says when the task does not", async () => {
    await script(`
      ALTER DATABASE d SET TASK_AUTO_RETRY_ATTEMPTS = 1;
      ALTER SCHEMA public SET SUSPEND_TASK_AFTER_NUM_FAILURES = 1;
      CREATE TASK t SCHEDULE = '1 MINUTE' AS SELECT 1 / 0;
      ALTER TASK t RESUME`);
    await pass(10);
    expect(await history("state, attempt_number")).toEqual([
      "FAILED 1",
      "FAILED_AND_AUTO_SUSPENDED 2",
    ]);
  });

  it("are the end of a run that takes too long", async () => {
    await script(`
      CREATE TASK t USER_TASK_TIMEOUT_MS = 60000 AS SELECT SYSTEM$WAIT(3600);
      EXECUTE TASK t`);
    await running();
    clock.jump(1);
    await idle();
    expect(await history("state, error_code")).toEqual(["FAILED 630"]);
  });

  it("are not what was cancelled", async () => {
    await script("CREATE TASK t AS SELECT SYSTEM$WAIT(3600); EXECUTE TASK t");
    await running();
    await session.run("SELECT SYSTEM$USER_TASK_CANCEL_ONGOING_EXECUTIONS('t')");
    await idle();
    expect(await history("state, error_code")).toEqual(["CANCELLED 604"]);
  });
});

/** Waits until a task's statement runs. */
async function running(): Promise<void> {
  const hasBegun = async () => {
    expect(await history("state", "AND query_id IS NOT NULL")).toContain("EXECUTING");
  };
  await vi.waitFor(hasBegun, { timeout: PATIENCE_MS });
}

describe("runs that would overlap", () => {
  const start = async (options: string) => {
    await script(`
      CREATE TASK t SCHEDULE = '1 MINUTE' ${options} AS UPDATE flags SET done = NOT done;
      ALTER TASK t RESUME;
      BEGIN;
      UPDATE flags SET name = 'held'`);
    clock.jump(1);
    await running();
    clock.jump(3);
  };

  it("are left out", async () => {
    await start("");
    await session.run("COMMIT");
    await idle();
    expect(await history("state")).toEqual(["SUCCEEDED"]);
    await pass(1);
    expect(await history("state")).toEqual(["SUCCEEDED", "SUCCEEDED"]);
  });

  it("take place where the task allows it", async () => {
    await start("OVERLAP_POLICY = ALLOW_ALL_OVERLAP");
    await session.run("COMMIT");
    await idle();
    expect((await history("state")).length).toBe(4);
  });

  it("wait when somebody asks for them", async () => {
    await start("");
    await session.run("COMMIT");
    await script("EXECUTE TASK t; EXECUTE TASK t");
    await idle();
    expect(await history("state")).toEqual(["SUCCEEDED", "SUCCEEDED", "SUCCEEDED"]);
  });
});

describe("a task without a schedule", () => {
  it("runs when its condition holds, and leaves no trace when it does not", async () => {
    await script(`
      CREATE TASK t WHEN (SELECT MAX(done) FROM flags) AS INSERT INTO log SELECT 'run', NULL;
      ALTER TASK t RESUME`);
    await pass(2);
    expect(await history("state")).toEqual([]);
    await session.run("UPDATE flags SET done = TRUE");
    await pass(0.5);
    expect(await logged()).toEqual(["run"]);
  });
});

it("an account that closes stops its tasks", async () => {
  await script("CREATE TASK t AS SELECT SYSTEM$WAIT(3600); EXECUTE TASK t");
  await running();
  await session.close();
  expect(clock.timers).toBe(0);
  await open();
});
