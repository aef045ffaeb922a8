import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  deleteRows,
  insertRows,
  mergeRows,
  overwriteRows,
  truncateRows,
  updateRows,
} from "./changes.ts";
import type { DuckDatabase } from "./database.ts";
import {
  createTestTable,
  openTestDatabase,
  openTestSession,
  type TestSession,
  testTable,
  writing,
} from "./test-kit.ts";

const TABLE = testTable(1);
const OTHER = testTable(2);
const COLUMNS = ["k", "v"];

let database: DuckDatabase;
let one: TestSession;
let two: TestSession;

beforeEach(async () => {
  database = await openTestDatabase();
  one = await openTestSession(database);
  two = await openTestSession(database);
  await createTestTable(one, TABLE);
  await createTestTable(one, OTHER);
});
afterEach(() => database.close());

/** Until one statement waits for a lock. */
function waitingLock(): Promise<void> {
  return expect.poll(() => database.locks.list().filter((lock) => lock.waiting).length).toBe(1);
}

function insert(on: TestSession, values: string, table = TABLE) {
  const select = `SELECT * FROM (VALUES ${values}) AS s(a, b)`;
  return on.transactions.write(writing([table], "share"), (writer) =>
    insertRows(writer, { table, columns: COLUMNS, select }),
  );
}

function update(on: TestSession, value: string, table = TABLE, timeout = 60) {
  return on.transactions.write(
    writing([table], "exclusive", { lockTimeoutSeconds: timeout }),
    (writer) =>
      updateRows(writer, {
        table,
        columns: ["v"],
        select: `SELECT _id, ${value} FROM ${table.physical}`,
        mayRepeat: false,
        errorOnRepeat: false,
      }),
  );
}

async function rows(on: TestSession, table = TABLE) {
  const found = await on.transactions.read((connection) =>
    connection.rows(`SELECT k, v FROM ${table.physical} ORDER BY k, v`),
  );
  return found.map(({ k, v }) => `${k}${v}`).join(" ");
}

const FAILING = "CAST('x' AS INTEGER)::VARCHAR";

describe("transactions", () => {
  it("show their changes to themselves, to others after the commit", async () => {
    one.transactions.begin();
    await insert(one, "(1, 'a')");
    expect(await rows(one)).toBe("1a");
    expect(await rows(two)).toBe("");
    await one.transactions.commit();
    expect(one.transactions.current).toBeUndefined();
    expect(await rows(two)).toBe("1a");
  });

  it("roll back", async () => {
    await insert(one, "(1, 'a')");
    one.transactions.begin();
    await update(one, "'b'");
    await insert(one, "(2, 'b')");
    await one.transactions.rollback();
    expect(await rows(one)).toBe("1a");
    const [history] = await one.connection.rows("SELECT count(*) AS n FROM data.t1_t1_history");
    expect(history).toEqual({ n: 0 });
    await one.transactions.rollback();
    await one.transactions.commit();
  });

  it("a failed statement undoes only itself; what came before is as it was", async () => {
    await insert(one, "(1, 'a'), (2, 'b'), (3, 'c')");
    one.transactions.begin();
    await insert(one, "(4, uuid()::VARCHAR), (5, 'e')");
    await update(one, "v || '!'");
    await one.transactions.write(writing([TABLE], "exclusive"), (writer) =>
      deleteRows(writer, { table: TABLE, select: `SELECT _id FROM ${TABLE.physical} WHERE k = 2` }),
    );
    await one.transactions.write(writing([TABLE], "exclusive"), (writer) =>
      mergeRows(writer, {
        table: TABLE,
        columns: COLUMNS,
        select: `SELECT _id, 'update', k, 'merged' FROM ${TABLE.physical} WHERE k = 3
          UNION ALL SELECT _id, 'delete', k, v FROM ${TABLE.physical} WHERE k = 5
          UNION ALL SELECT NULL, 'insert', 6, 'f'`,
        errorOnRepeat: true,
      }),
    );
    const everything = () =>
      one.connection.rows(
        `SELECT 0 AS h, _id, _from, NULL AS _to, k, v FROM ${TABLE.physical}
         UNION ALL SELECT 1, _id, _from, _to, k, v FROM data.t1_t1_history ORDER BY ALL`,
      );
    const before = await everything();
    await expect(update(one, FAILING)).rejects.toMatchObject({ code: "100038" });
    expect(await everything()).toEqual(before);
    await expect(
      one.transactions.read((connection) => connection.rows("SELECT CAST('x' AS INTEGER)")),
    ).rejects.toMatchObject({ code: "100038" });
    await expect(insert(one, "(NULL, 'x')")).rejects.toMatchObject({ code: "100072" });
    expect(await everything()).toEqual(before);
    await insert(one, "(7, 'g')");
    await one.transactions.commit();
    expect(await rows(two)).toMatch(/^1a! 3merged 4[-0-9a-f]{36}! 6f 7g$/);
    const scratch = await one.connection.rows(
      "SELECT count(*) AS n FROM duckdb_tables() WHERE database_name = 'scratch'",
    );
    expect(scratch).toEqual([{ n: 0 }]);
  });

  it("replays truncate, overwrite and the server's own changes", async () => {
    await insert(one, "(1, 'a')");
    await one.connection.run("CREATE TABLE mockhaus.note (t VARCHAR)");
    one.transactions.begin();
    await one.transactions.write(writing([TABLE], "exclusive"), async (writer) => {
      await truncateRows(writer, TABLE);
      await writer.apply("INSERT INTO mockhaus.note VALUES ('x')");
    });
    await one.transactions.write(writing([TABLE], "exclusive"), (writer) =>
      overwriteRows(writer, { table: TABLE, columns: COLUMNS, select: "SELECT 9, 'z'" }),
    );
    await expect(update(one, FAILING)).rejects.toMatchObject({ code: "100038" });
    await one.transactions.commit();
    expect(await rows(two)).toBe("9z");
    expect(await two.connection.rows("FROM mockhaus.note")).toEqual([{ t: "x" }]);
  });

  it("read what others committed since (read committed)", async () => {
    one.transactions.begin();
    await insert(one, "(1, 'a')");
    await insert(two, "(2, 'b')");
    await insert(two, "(3, 'c')", OTHER);
    expect(await rows(one)).toBe("1a 2b");
    expect(await update(one, "'x'", OTHER)).toMatchObject({ updated: 1 });
    await one.transactions.commit();
    expect(await rows(two)).toBe("1a 2b");
  });

  it("keep a broken stream from breaking them", async () => {
    one.transactions.begin();
    await insert(one, "(1, 'a')");
    const stream = await one.transactions.stream(
      "SELECT CASE WHEN range = 900000 THEN CAST('x' || range AS INTEGER) ELSE 1 END FROM range(1000000)",
    );
    const drain = async () => {
      while ((await stream.next()) !== undefined);
    };
    await expect(drain()).rejects.toMatchObject({ code: "100038" });
    const stopped = await one.transactions.stream("SELECT range FROM range(100000000000)");
    await stopped.next();
    await stopped.close();
    await one.transactions.commit();
    expect(await rows(two)).toBe("1a");
  });

  it("DDL commits what is open", async () => {
    one.transactions.begin();
    await insert(one, "(1, 'a')");
    await createTestTable(one, testTable(3));
    expect(one.transactions.current).toBeUndefined();
    expect(await rows(two)).toBe("1a");
  });

  it("undo a canceled statement alone", async () => {
    one.transactions.begin();
    await insert(one, "(1, 'a')");
    const long = one.transactions.write(writing([TABLE], "share"), (writer) =>
      insertRows(writer, {
        table: TABLE,
        columns: COLUMNS,
        select: "SELECT count(*), 'x' FROM range(100000000000)",
      }),
    );
    // Long after it has begun to write, and long before it could be done.
    setTimeout(() => one.connection.interrupt(), 1_000);
    await expect(long).rejects.toMatchObject({ code: "000604" });
    await one.transactions.commit();
    expect(await rows(two)).toBe("1a");
  });
});

describe("locks", () => {
  it("let inserts side by side, make updates wait for the commit", async () => {
    await insert(one, "(1, 'a')");
    one.transactions.begin();
    two.transactions.begin();
    await insert(one, "(2, 'b')");
    await insert(two, "(3, 'c')");
    await two.transactions.commit();
    const third = await openTestSession(database);
    const waiting = update(third, "v || '!'");
    await waitingLock();
    await one.transactions.commit();
    expect(await waiting).toMatchObject({ updated: 3 });
    expect(await rows(two)).toBe("1a! 2b! 3c!");
    expect(database.locks.list()).toEqual([]);
  });

  it("give up after LOCK_TIMEOUT, at once with 0, and when canceled", async () => {
    await insert(one, "(1, 'a')");
    one.transactions.begin();
    await update(one, "'x'");
    await expect(update(two, "'y'", TABLE, 0)).rejects.toMatchObject({ code: "000625" });
    await expect(update(two, "'y'", TABLE, 0.05)).rejects.toMatchObject({ code: "000625" });
    const waiting = update(two, "'y'");
    await waitingLock();
    two.connection.interrupt();
    await expect(waiting).rejects.toMatchObject({ code: "000604" });
    await one.transactions.commit();
    expect(await update(two, "'y'")).toMatchObject({ updated: 1 });
    expect(database.locks.list()).toEqual([]);
  });

  it("abort the statement that closes a circle, and leave its transaction open", async () => {
    await insert(one, "(1, 'a')");
    await insert(one, "(1, 'a')", OTHER);
    one.transactions.begin();
    two.transactions.begin();
    await update(one, "'one'");
    await update(two, "'two'", OTHER);
    const waiting = update(one, "'one'", OTHER);
    await expect(update(two, "'two'")).rejects.toMatchObject({ code: "000625" });
    await two.transactions.commit();
    expect(await waiting).toMatchObject({ updated: 1 });
    await one.transactions.commit();
    expect(`${await rows(one)} ${await rows(one, OTHER)}`).toBe("1one 1one");
  });

  it("let concurrent autocommit updates of one row through, one after the other", async () => {
    await insert(one, "(0, '')");
    const sessions = await Promise.all(Array.from({ length: 6 }, () => openTestSession(database)));
    const work = sessions.map(async (session, i) => {
      for (let n = 0; n < 5; n++) {
        await update(session, "v || '+'");
        await insert(session, `(${i + 1}, '')`, OTHER);
      }
    });
    await Promise.all(work);
    expect(await rows(one)).toBe(`0${"+".repeat(30)}`);
    expect((await rows(one, OTHER)).split(" ")).toHaveLength(30);
  });
});
