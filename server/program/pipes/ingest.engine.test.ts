import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Account, openAccount } from "../../execute/account.ts";
import { type TestSession, testSession } from "../../execute/show/test-kit.ts";

let account: Account;
let session: TestSession;

async function open(directory?: string): Promise<void> {
  account = await openAccount({ directory });
  session = await testSession(account);
}

async function script(text: string): Promise<void> {
  for (const statement of text.split(";")) await session.run(statement);
}

/** Stages a file as a PUT does. */
async function put(path: string, content: string, stage = "S"): Promise<void> {
  const { snapshot } = account.state.catalog;
  const schema = snapshot.schema("D", "PUBLIC");
  const found = schema && snapshot.find("stage", schema.id, stage);
  const key = `stage:${found?.id}`;
  await account.state.stages.write(key, path, Readable.from([Buffer.from(content)]));
}

const idle = () => account.state.pipes.idle();
const column = async (sql: string) => (await session.result(sql)).rows.map(([value]) => value);
const loaded = () => column("SELECT a::TEXT FROM d.public.t ORDER BY a");

beforeEach(async () => {
  await open();
  await script("CREATE DATABASE d; CREATE TABLE t (a INT); CREATE STAGE s");
});

afterEach(async () => {
  await session.close();
});

describe("AUTO_INGEST", () => {
  it("loads a file that arrives, once, and whatever it holds later", async () => {
    await put("old.csv", "0\n");
    await session.run("CREATE PIPE p AUTO_INGEST = TRUE AS COPY INTO t FROM @s");
    await put("1.csv", "1\n2\n");
    await idle();
    expect(await loaded()).toEqual(["1", "2"]);
    await put("1.csv", "3\n");
    await put("2.csv", "4\n");
    await idle();
    expect(await loaded()).toEqual(["1", "2", "4"]);
  });

  it("looks at the path and the pattern", async () => {
    await session.run(
      "CREATE PIPE p AUTO_INGEST = TRUE AS COPY INTO t FROM @s/in/ PATTERN = '.*[.]csv'",
    );
    await put("1.csv", "1\n");
    await put("in/2.txt", "2\n");
    await put("in/deep/3.csv", "3\n");
    await idle();
    expect(await loaded()).toEqual(["3"]);
  });

  it("skips a file with errors and loads the others", async () => {
    await session.run("CREATE PIPE p AUTO_INGEST = TRUE AS COPY INTO t FROM @s");
    await put("1.csv", "1\nx\n");
    await put("2.csv", "2\n");
    await idle();
    expect(await loaded()).toEqual(["2"]);
  });
});

describe("REFRESH", () => {
  it("sends what is new", async () => {
    await put("1.csv", "1\n");
    await session.run("CREATE PIPE p AS COPY INTO t FROM @s");
    await put("2.csv", "2\n");
    await idle();
    expect(await loaded()).toEqual([]);
    expect(await session.rows("ALTER PIPE p REFRESH")).toEqual([
      { File: "1.csv", Status: "SENT" },
      { File: "2.csv", Status: "SENT" },
    ]);
    await idle();
    expect(await loaded()).toEqual(["1", "2"]);
    expect(await session.rows("ALTER PIPE p REFRESH")).toEqual([]);
  });
});

describe("a pipe that cannot load", () => {
  const status = async () => {
    const [text] = await column("SELECT SYSTEM$PIPE_STATUS('d.public.p')");
    return JSON.parse(String(text)) as Record<string, unknown>;
  };

  it("stalls on a COPY that does not compile any more, and goes on when it does", async () => {
    await session.run("CREATE PIPE p AUTO_INGEST = TRUE AS COPY INTO t (a) FROM @s");
    await script("ALTER TABLE t ADD COLUMN b INT; ALTER TABLE t DROP COLUMN a");
    await put("1.csv", "1\n");
    await idle();
    expect(await status()).toMatchObject({
      executionState: "STALLED_COMPILATION_ERROR",
      pendingFileCount: 1,
      oldestPendingFilePath: "1.csv",
      error: expect.stringContaining("A"),
    });
    await session.run("ALTER TABLE t RENAME COLUMN b TO a");
    await idle();
    expect(await loaded()).toEqual(["1"]);
    expect(await status()).toMatchObject({ executionState: "RUNNING", pendingFileCount: 0 });
  });

  it("waits for a table that comes back", async () => {
    await session.run("CREATE PIPE p AUTO_INGEST = TRUE AS COPY INTO t FROM @s");
    await session.run("DROP TABLE t");
    await put("1.csv", "1\n");
    await idle();
    expect(await status()).toMatchObject({
      executionState: "STOPPED_MISSING_TABLE",
      pendingFileCount: 1,
    });
    await expect(session.run("ALTER PIPE p REFRESH")).rejects.toThrow("does not exist");
    await session.run("CREATE TABLE t (a INT)");
    await idle();
    expect(await loaded()).toEqual(["1"]);
  });

  it("stops when its stage is another one", async () => {
    await session.run("CREATE PIPE p AUTO_INGEST = TRUE AS COPY INTO t FROM @s");
    await session.run("CREATE OR REPLACE STAGE s");
    await put("1.csv", "1\n");
    await idle();
    expect(await status()).toMatchObject({ executionState: "STOPPED_STAGE_DROPPED" });
    await expect(session.run("ALTER PIPE p REFRESH")).rejects.toThrow("does not exist");
    expect(await loaded()).toEqual([]);
  });

  it("notes a file that is gone, and loads the next", async () => {
    await session.run("CREATE PIPE p AS COPY INTO t FROM @s");
    await session.run("ALTER SCHEMA d.public SET PIPE_EXECUTION_PAUSED = TRUE");
    await put("1.csv", "1\n");
    await put("2.csv", "2\n");
    await session.run("ALTER PIPE p REFRESH");
    await session.run("REMOVE @s/1.csv");
    await session.run("ALTER SCHEMA d.public UNSET PIPE_EXECUTION_PAUSED");
    await idle();
    expect(await loaded()).toEqual(["2"]);
    const history = await session.rows(`
      SELECT file_name, status, first_error_message LIKE '%was not found%' AS lost
      FROM TABLE(information_schema.copy_history(
        table_name => 't', start_time => DATEADD(HOUR, -1, CURRENT_TIMESTAMP()))) ORDER BY 1`);
    expect(history).toEqual([
      { FILE_NAME: "s/1.csv", STATUS: "Load failed", LOST: true },
      { FILE_NAME: "s/2.csv", STATUS: "Loaded", LOST: null },
    ]);
  });

  it("waits for a transaction that has the table for itself", async () => {
    await session.run("CREATE PIPE p AUTO_INGEST = TRUE AS COPY INTO t FROM @s");
    await session.run("INSERT INTO t VALUES (0)");
    await session.run("BEGIN");
    await session.run("UPDATE t SET a = 7");
    await put("1.csv", "1\n");
    await vi.waitFor(async () => {
      const rows = await session.rows("SHOW LOCKS IN ACCOUNT");
      expect(rows.map(({ status: word }) => word)).toContain("WAITING");
    });
    expect(await loaded()).toEqual(["7"]);
    await session.run("COMMIT");
    await idle();
    expect(await loaded()).toEqual(["1", "7"]);
  });

  it("forgets what a pipe that is dropped has yet to load", async () => {
    const make = "CREATE OR REPLACE PIPE p AUTO_INGEST = TRUE AS COPY INTO t FROM @s";
    await session.run("ALTER ACCOUNT SET PIPE_EXECUTION_PAUSED = TRUE");
    await session.run(make);
    await put("1.csv", "1\n");
    expect(await status()).toMatchObject({ executionState: "PAUSED", pendingFileCount: 1 });
    await session.run(make);
    expect(await status()).toMatchObject({ executionState: "PAUSED", pendingFileCount: 0 });
    await session.run("ALTER ACCOUNT UNSET PIPE_EXECUTION_PAUSED");
    await idle();
    expect(await loaded()).toEqual([]);
  });
});

describe("a definition", () => {
  it("may transform, and read the stage of its table", async () => {
    await session.run(`
      CREATE PIPE p AUTO_INGEST = TRUE AS
      COPY INTO t (a) FROM (SELECT $1:n::INT * 2 FROM @%t/in (PATTERN => '.*[.]json'))
      FILE_FORMAT = (TYPE = JSON)`);
    const { snapshot } = account.state.catalog;
    const schema = snapshot.schema("D", "PUBLIC");
    const table = schema && snapshot.find("relation", schema.id, "T");
    const write = (path: string, content: string) =>
      account.state.stages.write(`table:${table?.id}`, path, Readable.from([Buffer.from(content)]));
    await write("in/1.json", '{"n": 4}');
    await write("in/1.txt", '{"n": 5}');
    await write("1.json", '{"n": 6}');
    await idle();
    expect(await loaded()).toEqual(["8"]);
  });

  it("resolves its names in the schema of the pipe", async () => {
    await script(`
      CREATE SCHEMA d.other; CREATE TABLE d.other.t (a INT);
      CREATE PIPE d.public.p AUTO_INGEST = TRUE AS COPY INTO t FROM @s`);
    await put("1.csv", "1\n");
    await idle();
    expect(await loaded()).toEqual(["1"]);
  });

  it("brings the table into the shape of the files, where the table evolves", async () => {
    await script(`
      CREATE OR REPLACE TABLE t (a INT) ENABLE_SCHEMA_EVOLUTION = TRUE;
      CREATE PIPE p AUTO_INGEST = TRUE AS COPY INTO t FROM @s
        FILE_FORMAT = (TYPE = CSV PARSE_HEADER = TRUE ERROR_ON_COLUMN_COUNT_MISMATCH = FALSE)
        MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE`);
    await put("1.csv", "a,b\n1,x\n");
    await put("2.csv", "a,b,c\n2,y,z\n");
    await idle();
    expect(await session.rows("SELECT a::TEXT AS a, b, c FROM t ORDER BY 1")).toEqual([
      { A: "1", B: "x", C: null },
      { A: "2", B: "y", C: "z" },
    ]);
  });

  it("may be older than its stage, which it reads as soon as there is one", async () => {
    await session.run("DROP STAGE s");
    await session.run("CREATE PIPE p AUTO_INGEST = TRUE AS COPY INTO t FROM @s");
    await session.run("CREATE STAGE s");
    await put("1.csv", "1\n");
    await idle();
    expect(await loaded()).toEqual(["1"]);
  });
});

describe("a restart", () => {
  it("keeps what a paused pipe was sent, and what was loaded", async () => {
    const directory = await mkdtemp(join(tmpdir(), "pipes-"));
    try {
      await session.close();
      await open(directory);
      await script(`
        CREATE DATABASE d; CREATE TABLE t (a INT); CREATE STAGE s;
        CREATE PIPE p AUTO_INGEST = TRUE AS COPY INTO t FROM @s`);
      await put("1.csv", "1\n");
      await idle();
      await session.run("ALTER PIPE p SET PIPE_EXECUTION_PAUSED = TRUE");
      await put("2.csv", "2\n");
      await idle();
      await session.close();
      await open(directory);
      await idle();
      expect(await loaded()).toEqual(["1"]);
      await session.run("ALTER PIPE d.public.p SET PIPE_EXECUTION_PAUSED = FALSE");
      await put("1.csv", "1\n");
      await idle();
      expect(await loaded()).toEqual(["1", "2"]);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});
