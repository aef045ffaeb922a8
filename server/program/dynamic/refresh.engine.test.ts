import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Account, openAccount } from "../../execute/account.ts";
import { type TestSession, testSession } from "../../execute/show/test-kit.ts";
import { HandClock } from "../schedules/clock.test-helpers.ts";

let clock: HandClock;
let account: Account;
let session: TestSession;

async function open(directory?: string): Promise<void> {
  account = await openAccount({ directory, now: clock.now, after: clock.after });
  session = await testSession(account);
}

beforeEach(async () => {
  // A whole multiple of 48 seconds: tables with a lag of a minute are due again and again after so many.
  clock = new HandClock("2024-01-01T09:02:24Z");
  await open();
  await script(`
    CREATE DATABASE d;
    CREATE TABLE base (id INT, name VARCHAR);
    INSERT INTO base VALUES (1, 'a'), (2, 'b')`);
});

afterEach(async () => {
  await session.close();
});

async function script(text: string): Promise<void> {
  for (const statement of text.split(";")) await session.run(statement);
}

const OPTIONS = "WAREHOUSE = compute_wh";
/** In minutes. */
const PERIOD = 0.8;
const pass = (minutes: number) => clock.pass(account, minutes);
const table = async (sql: string) =>
  (await session.result(sql)).rows.map((row) => row.map(String).join(" "));
const history = (columns: string, clause = "") =>
  table(
    `SELECT ${columns} FROM TABLE(information_schema.dynamic_table_refresh_history()) ${clause}
     ORDER BY data_timestamp, refresh_end_time, name`,
  );
const states = () =>
  table(`SELECT name, scheduling_state:state::VARCHAR,
      scheduling_state:reason_code::VARCHAR
    FROM TABLE(information_schema.dynamic_table_graph_history()) ORDER BY name`);

describe("a target lag", () => {
  it("makes a table refresh often enough, until it is suspended", async () => {
    await session.run(
      `CREATE DYNAMIC TABLE dt TARGET_LAG = '1 minute' ${OPTIONS} AS SELECT name FROM base`,
    );
    await session.run("INSERT INTO base VALUES (3, 'c')");
    expect(await table("SELECT * FROM dt ORDER BY 1")).toEqual(["a", "b"]);
    await pass(1);
    expect(await table("SELECT * FROM dt ORDER BY 1")).toEqual(["a", "b", "c"]);
    await session.run("ALTER DYNAMIC TABLE dt SUSPEND");
    expect(clock.timers).toBe(0);
    await session.run("INSERT INTO base VALUES (4, 'd')");
    await pass(60);
    expect(await table("SELECT count(*) FROM dt")).toEqual(["3"]);
    await session.run("ALTER DYNAMIC TABLE dt RESUME");
    await pass(1);
    expect(await table("SELECT count(*) FROM dt")).toEqual(["4"]);
  });

  it("begins with the first refresh of a table that waited for it", async () => {
    await session.run(
      `CREATE DYNAMIC TABLE dt TARGET_LAG = '1 minute' ${OPTIONS} INITIALIZE = ON_SCHEDULE
       AS SELECT name FROM base`,
    );
    await expect(session.run("SELECT * FROM dt")).rejects.toMatchObject({ code: "002741" });
    await expect(session.run("CREATE TABLE t AS SELECT * FROM dt")).rejects.toMatchObject({
      code: "002741",
    });
    await session.run("CREATE VIEW v AS SELECT * FROM dt");
    await expect(session.run("SELECT * FROM v")).rejects.toMatchObject({ code: "002741" });
    await pass(1);
    expect(await table("SELECT * FROM v ORDER BY 1")).toEqual(["a", "b"]);
    expect(await history("refresh_trigger, refresh_action, state")).toEqual([
      "SCHEDULED INCREMENTAL SUCCEEDED",
    ]);
  });

  it("of a table below is what one with DOWNSTREAM follows", async () => {
    await script(`
      CREATE DYNAMIC TABLE above TARGET_LAG = DOWNSTREAM ${OPTIONS} AS SELECT name FROM base;
      CREATE DYNAMIC TABLE alone TARGET_LAG = DOWNSTREAM ${OPTIONS} AS SELECT name FROM base;
      CREATE DYNAMIC TABLE below TARGET_LAG = '10 minutes' ${OPTIONS}
        AS SELECT count(*) AS n FROM above;
      INSERT INTO base VALUES (3, 'c')`);
    await pass(10);
    expect(await table("SELECT n FROM below")).toEqual(["3"]);
    expect(await table("SELECT count(*) FROM above")).toEqual(["3"]);
    expect(await table("SELECT count(*) FROM alone")).toEqual(["2"]);
  });

  it("is refreshed for nothing when nothing has changed", async () => {
    await session.run(
      `CREATE DYNAMIC TABLE dt TARGET_LAG = '1 minute' ${OPTIONS} AS SELECT name FROM base`,
    );
    await pass(1);
    expect(await history("refresh_action, refresh_trigger, statistics:numInsertedRows")).toEqual([
      "INCREMENTAL CREATION 2",
      "NO_DATA SCHEDULED 0",
    ]);
    expect(
      await table(
        "SELECT user_name FROM TABLE(information_schema.query_history()) WHERE query_text LIKE '%REFRESH'",
      ),
    ).toEqual(["SYSTEM"]);
  });
});

describe("a refresh", () => {
  it("takes what it reads along, and gives all of it one moment", async () => {
    await script(`
      CREATE DYNAMIC TABLE one TARGET_LAG = DOWNSTREAM ${OPTIONS} AS SELECT id, name FROM base;
      CREATE VIEW between_them AS SELECT id FROM one;
      CREATE DYNAMIC TABLE two TARGET_LAG = DOWNSTREAM ${OPTIONS}
        AS SELECT count(*) AS n FROM between_them;
      INSERT INTO base VALUES (3, 'c')`);
    const [row] = await session.rows("ALTER DYNAMIC TABLE two REFRESH");
    expect(row).toMatchObject({
      dt_name: "D.PUBLIC.TWO",
      statistics: '{"insertedRows":1,"copiedRows":0,"deletedRows":1}',
      refreshed_dt_count: "2",
    });
    expect(await table("SELECT n FROM two")).toEqual(["3"]);
    expect(
      await table(`SELECT COUNT(DISTINCT data_timestamp), COUNT(DISTINCT query_id), COUNT(*)
        FROM TABLE(information_schema.dynamic_table_refresh_history())
        WHERE refresh_trigger = 'MANUAL'`),
    ).toEqual(["1 1 2"]);
    const [again] = await session.rows("ALTER DYNAMIC TABLE two REFRESH");
    expect(again).toMatchObject({ statistics: "No new data", refreshed_dt_count: "0" });
  });

  it("that fails keeps the former rows, and does not keep the others from theirs", async () => {
    await script(`
      CREATE TABLE other (id INT);
      INSERT INTO other VALUES (1);
      CREATE DYNAMIC TABLE good TARGET_LAG = DOWNSTREAM ${OPTIONS} AS SELECT name FROM base;
      CREATE DYNAMIC TABLE bad TARGET_LAG = DOWNSTREAM ${OPTIONS} AS SELECT 10 / id AS q FROM other;
      CREATE DYNAMIC TABLE below TARGET_LAG = DOWNSTREAM ${OPTIONS}
        AS SELECT name, q FROM good, bad;
      INSERT INTO base VALUES (3, 'c');
      INSERT INTO other VALUES (0)`);
    await expect(session.run("ALTER DYNAMIC TABLE below REFRESH")).rejects.toMatchObject({
      code: "002753",
      message: "Manual refresh failed because an upstream dynamic table failed to refresh.",
    });
    expect(await table("SELECT count(*) FROM good")).toEqual(["3"]);
    expect(await table("SELECT q FROM bad")).toEqual(["10.000000"]);
    expect(await table("SELECT count(*) FROM below")).toEqual(["2"]);
    expect(
      (await history("name, state, state_code", "WHERE refresh_trigger = 'MANUAL'")).sort(),
    ).toEqual(["BAD FAILED 100051", "BELOW UPSTREAM_FAILED 002753", "GOOD SUCCEEDED null"]);
    await expect(session.run("ALTER DYNAMIC TABLE bad REFRESH")).rejects.toMatchObject({
      code: "100051",
    });
  });

  it("runs as the owner of the table", async () => {
    await script(`
      CREATE ROLE keeper;
      CREATE ROW ACCESS POLICY p AS (n VARCHAR) RETURNS BOOLEAN -> CURRENT_ROLE() = 'KEEPER';
      ALTER TABLE base ADD ROW ACCESS POLICY p ON (name);
      USE ROLE keeper;
      CREATE DYNAMIC TABLE dt TARGET_LAG = '1 minute' ${OPTIONS} AS SELECT name FROM d.public.base;
      USE ROLE accountadmin;
      INSERT INTO base VALUES (3, 'c');
      ALTER DYNAMIC TABLE dt REFRESH`);
    expect(await table("SELECT count(*) FROM base")).toEqual(["0"]);
    expect(await table("SELECT count(*) FROM dt")).toEqual(["3"]);
    await session.run("INSERT INTO base VALUES (4, 'd')");
    await pass(1);
    expect(await table("SELECT count(*) FROM dt")).toEqual(["4"]);
  });

  it("writes no more than what has changed, for time travel and streams", async () => {
    await script(`
      CREATE DYNAMIC TABLE dt TARGET_LAG = DOWNSTREAM ${OPTIONS}
        AS SELECT name, count(*) AS n FROM base GROUP BY name;
      CREATE STREAM s ON DYNAMIC TABLE dt;
      INSERT INTO base VALUES (3, 'b')`);
    const { queryId } = await session.run("ALTER DYNAMIC TABLE dt REFRESH");
    expect(await table("SELECT name, n, METADATA$ACTION FROM s ORDER BY n")).toEqual([
      "b 1 DELETE",
      "b 2 INSERT",
    ]);
    expect(
      await table(`SELECT name, n FROM dt BEFORE (STATEMENT => '${queryId}') ORDER BY 1`),
    ).toEqual(["a 1", "b 1"]);
    const [stream] = await session.rows("SHOW STREAMS");
    expect(stream).toMatchObject({ source_type: "Dynamic Table", table_name: "D.PUBLIC.DT" });
  });
});

describe("five scheduled failures in a row", () => {
  const broken = `
    CREATE TABLE other (id INT);
    INSERT INTO other VALUES (1);
    CREATE DYNAMIC TABLE bad TARGET_LAG = '1 minute' ${OPTIONS} AS SELECT 10 / id AS q FROM other;
    CREATE DYNAMIC TABLE below TARGET_LAG = '1 minute' ${OPTIONS} AS SELECT q FROM bad;
    INSERT INTO other VALUES (0)`;

  it("suspend a table, and those below it", async () => {
    await script(broken);
    await pass(4 * PERIOD);
    expect(await states()).toEqual(["BAD ACTIVE null", "BELOW ACTIVE null"]);
    await pass(PERIOD);
    expect(await states()).toEqual([
      "BAD SUSPENDED SUSPENDED_DUE_TO_ERRORS",
      "BELOW SUSPENDED UPSTREAM_SUSPENDED_DUE_TO_ERRORS",
    ]);
    expect(clock.timers).toBe(0);
    expect(
      await table(`SELECT last_completed_refresh_state, last_completed_refresh_state_code
        FROM TABLE(information_schema.dynamic_tables(name => 'd.public.bad'))`),
    ).toEqual(["FAILED 100051"]);
    await script("DELETE FROM other WHERE id = 0; ALTER DYNAMIC TABLE bad RESUME");
    expect(await states()).toEqual(["BAD ACTIVE null", "BELOW ACTIVE null"]);
    await pass(1);
    expect(await table("SELECT q FROM below")).toEqual(["10.000000"]);
  });

  it("are counted anew after a success, and manual ones are not counted", async () => {
    await script(broken);
    await pass(4 * PERIOD);
    await script("DELETE FROM other WHERE id = 0; ALTER DYNAMIC TABLE bad REFRESH");
    await session.run("INSERT INTO other VALUES (0)");
    for (let attempt = 0; attempt < 5; attempt++) {
      await expect(session.run("ALTER DYNAMIC TABLE bad REFRESH")).rejects.toThrow();
    }
    await pass(4 * PERIOD);
    expect(await states()).toEqual(["BAD ACTIVE null", "BELOW ACTIVE null"]);
  });
});

describe("a restart", () => {
  it("finds tables, rows and freshness as they were, and goes on with the schedule", async () => {
    const directory = await mkdtemp(join(tmpdir(), "dynamic-"));
    try {
      await session.close();
      await open(directory);
      await script(`
        CREATE DATABASE kept;
        CREATE TABLE base (id INT);
        INSERT INTO base VALUES (1);
        CREATE DYNAMIC TABLE above TARGET_LAG = DOWNSTREAM ${OPTIONS} AS SELECT id FROM base;
        CREATE DYNAMIC TABLE dt TARGET_LAG = '1 minute' ${OPTIONS} AS SELECT id FROM above;
        CREATE DYNAMIC TABLE later TARGET_LAG = DOWNSTREAM ${OPTIONS} INITIALIZE = ON_SCHEDULE
          AS SELECT id FROM base;
        INSERT INTO base VALUES (2)`);
      const [before] = await session.rows("SHOW DYNAMIC TABLES LIKE 'dt'");
      await session.close();
      expect(clock.timers).toBe(0);
      await open(directory);
      await session.run("USE SCHEMA kept.public");
      expect(await table("SELECT id FROM dt ORDER BY 1")).toEqual(["1"]);
      expect((await session.rows("SHOW DYNAMIC TABLES LIKE 'dt'"))[0]).toEqual(before);
      await expect(session.run("SELECT * FROM later")).rejects.toMatchObject({ code: "002741" });
      await pass(1);
      expect(await table("SELECT id FROM dt ORDER BY 1")).toEqual(["1", "2"]);
    } finally {
      await session.close();
      await open();
      await rm(directory, { recursive: true, force: true });
    }
  });
});
