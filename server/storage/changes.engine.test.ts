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
  changesBetween,
  purgeHistory,
  relationAt,
  statementCommitted,
  versionsAt,
} from "./history.ts";
import { addColumn, alterColumnType, copyRows, createTable, dropColumn } from "./tables.ts";
import {
  createTestTable,
  openTestDatabase,
  openTestSession,
  type TestSession,
  testTable,
  writing,
} from "./test-kit.ts";

const TABLE = testTable(1);
const COLUMNS = ["k", "v"];

let database: DuckDatabase;
let session: TestSession;

beforeEach(async () => {
  database = await openTestDatabase();
  session = await openTestSession(database);
  await createTestTable(session, TABLE);
});
afterEach(() => database.close());

function insert(values: string, queryId?: string, on: TestSession = session) {
  const select = `SELECT * FROM (VALUES ${values}) AS s(a, b)`;
  return on.transactions.write(writing([TABLE], "share", { queryId }), (writer) =>
    insertRows(writer, { table: TABLE, columns: COLUMNS, select }),
  );
}

function update(select: string, options: { repeat?: boolean; strict?: boolean } = {}) {
  return session.transactions.write(writing([TABLE], "exclusive"), (writer) =>
    updateRows(writer, {
      table: TABLE,
      columns: ["v"],
      select,
      mayRepeat: options.repeat ?? false,
      errorOnRepeat: options.strict ?? false,
    }),
  );
}

function remove(where: string) {
  return session.transactions.write(writing([TABLE], "exclusive"), (writer) =>
    deleteRows(writer, {
      table: TABLE,
      select: `SELECT _id FROM ${TABLE.physical} WHERE ${where}`,
    }),
  );
}

function merge(select: string, errorOnRepeat = true) {
  return session.transactions.write(writing([TABLE], "exclusive"), (writer) =>
    mergeRows(writer, { table: TABLE, columns: COLUMNS, select, errorOnRepeat }),
  );
}

async function rows(relation = TABLE.physical, on: TestSession = session) {
  const found = await on.transactions.read((connection) =>
    connection.rows(`SELECT k, v FROM ${relation} ORDER BY k, v`),
  );
  return found.map(({ k, v }) => [k, v]);
}

describe("changes", () => {
  it("insert, update, delete with counts", async () => {
    expect(await insert("(1, 'a'), (2, 'b'), (3, NULL)")).toMatchObject({ inserted: 3 });
    const counts = await update(`SELECT _id, 'new' FROM ${TABLE.physical} WHERE k >= 2`);
    expect(counts).toEqual({ inserted: 0, updated: 2, deleted: 0, multiJoined: 0 });
    expect(await remove("k = 1")).toMatchObject({ deleted: 1 });
    expect(await remove("k = 100")).toMatchObject({ deleted: 0 });
    expect(await rows()).toEqual([
      [2, "new"],
      [3, "new"],
    ]);
  });

  it("refuses NULL where it may not be, and undoes the statement", async () => {
    await expect(insert("(1, 'a'), (NULL, 'b')")).rejects.toMatchObject({ code: "100072" });
    expect(await rows()).toEqual([]);
    await insert("(1, 'a')");
    await expect(
      session.transactions.write(writing([TABLE], "exclusive"), (writer) =>
        updateRows(writer, {
          table: TABLE,
          columns: ["k"],
          select: `SELECT _id, NULL FROM ${TABLE.physical}`,
          mayRepeat: false,
          errorOnRepeat: false,
        }),
      ),
    ).rejects.toMatchObject({ code: "100072" });
    expect(await rows()).toEqual([[1, "a"]]);
  });

  it("update from several matches: one of them, counted, or an error", async () => {
    await insert("(1, 'a'), (2, 'b')");
    const select = `SELECT t._id, s.n FROM ${TABLE.physical} t, (VALUES (1,'x'),(1,'y'),(2,'z')) s(k,n)
      WHERE t.k = s.k`;
    await expect(update(select, { repeat: true, strict: true })).rejects.toMatchObject({
      code: "100090",
      message: 'Duplicate row detected during DML action\nRow Values: [1, "a"]',
    });
    expect(await update(select, { repeat: true })).toMatchObject({ updated: 2, multiJoined: 1 });
    expect(await rows()).toEqual([
      [1, expect.stringMatching(/^[xy]$/)],
      [2, "z"],
    ]);
  });

  it("merge does all three at once", async () => {
    await insert("(1, 'a'), (2, 'b'), (3, 'c')");
    const counts = await merge(
      `SELECT _id, 'update', k, 'new' FROM ${TABLE.physical} WHERE k = 1
       UNION ALL SELECT _id, 'delete', k, v FROM ${TABLE.physical} WHERE k = 2
       UNION ALL SELECT NULL, 'insert', 9, 'nine' UNION ALL SELECT NULL, 'insert', 9, 'nine'`,
    );
    expect(counts).toEqual({ inserted: 2, updated: 1, deleted: 1, multiJoined: 0 });
    expect(await rows()).toEqual([
      [1, "new"],
      [3, "c"],
      [9, "nine"],
      [9, "nine"],
    ]);
  });

  it("merge refuses a row that changes twice, not one that is deleted twice", async () => {
    await insert("(1, 'a')");
    const twice = (first: string, second: string) =>
      `SELECT _id, '${first}', k, 'x' FROM ${TABLE.physical}
       UNION ALL SELECT _id, '${second}', k, 'y' FROM ${TABLE.physical}`;
    await expect(merge(twice("update", "update"))).rejects.toMatchObject({ code: "100090" });
    await expect(merge(twice("update", "delete"))).rejects.toMatchObject({ code: "100090" });
    expect(await rows()).toEqual([[1, "a"]]);
    expect(await merge(twice("update", "update"), false)).toMatchObject({ updated: 1 });
    expect(await merge(twice("delete", "delete"))).toMatchObject({ deleted: 1 });
    expect(await rows()).toEqual([]);
  });

  it("overwrite may read what it replaces", async () => {
    await insert("(1, 'a'), (2, 'b')");
    const counts = await session.transactions.write(writing([TABLE], "exclusive"), (writer) =>
      overwriteRows(writer, {
        table: TABLE,
        columns: COLUMNS,
        select: `SELECT k + 10, v FROM ${TABLE.physical}`,
      }),
    );
    expect(counts).toMatchObject({ inserted: 2 });
    expect(await rows()).toEqual([
      [11, "a"],
      [12, "b"],
    ]);
  });

  it("truncate keeps the rows in the history; a table without history forgets them", async () => {
    await insert("(1, 'a')", "q-insert");
    const truncated = await session.transactions.write(writing([TABLE], "exclusive"), (writer) =>
      truncateRows(writer, TABLE),
    );
    expect(truncated).toMatchObject({ deleted: 1 });
    const then = relationAt(
      TABLE,
      versionsAt({ clause: "at", by: "statement", value: "q-insert" }),
    );
    expect(await rows(then)).toEqual([[1, "a"]]);

    const bare = testTable(2, false);
    await createTestTable(session, bare);
    const write = writing([bare], "exclusive");
    await session.transactions.write(write, async (writer) => {
      await insertRows(writer, { table: bare, columns: COLUMNS, select: "SELECT 1, 'a'" });
    });
    await session.transactions.write(writing([bare], "exclusive"), (writer) =>
      truncateRows(writer, bare),
    );
    expect(
      await rows(relationAt(bare, versionsAt({ clause: "at", by: "version", value: "99" }))),
    ).toEqual([]);
  });
});

describe("history", () => {
  it("shows the table at statements, times and versions", async () => {
    await insert("(1, 'a')", "q1");
    const first = String(database.commits.current);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const time = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await update(`SELECT _id, 'b' FROM ${TABLE.physical}`);
    await insert("(2, 'c')", "q3");
    await remove("k = 1");
    const at = (
      clause: "at" | "before",
      by: "statement" | "timestamp" | "version",
      value: string,
    ) => rows(relationAt(TABLE, versionsAt({ clause, by, value })));
    expect(await at("before", "statement", "q1")).toEqual([]);
    expect(await at("at", "statement", "q1")).toEqual([[1, "a"]]);
    expect(await at("at", "version", first)).toEqual([[1, "a"]]);
    expect(await at("at", "timestamp", time)).toEqual([[1, "a"]]);
    expect(await at("before", "statement", "q3")).toEqual([[1, "b"]]);
    expect(await at("at", "statement", "q3")).toEqual([
      [1, "b"],
      [2, "c"],
    ]);
    expect(await rows()).toEqual([[2, "c"]]);
    const offset = relationAt(TABLE, versionsAt({ clause: "at", by: "offset", value: "-3600" }));
    expect(await rows(offset)).toEqual([]);
    expect(await statementCommitted(session.connection, "q3")).toBe(true);
    expect(await statementCommitted(session.connection, "nope")).toBe(false);
  });

  it("tells statements of one transaction apart", async () => {
    session.transactions.begin();
    await insert("(1, 'a')", "t1");
    await insert("(2, 'b')", "t2");
    await session.transactions.commit();
    expect(
      await rows(relationAt(TABLE, versionsAt({ clause: "before", by: "statement", value: "t2" }))),
    ).toEqual([[1, "a"]]);
  });

  it("nets changes between two points", async () => {
    await insert("(1, 'a'), (2, 'b')");
    const start = { clause: "at", by: "version", value: String(database.commits.current) } as const;
    await insert("(3, 'c'), (4, 'gone')");
    await update(`SELECT _id, 'x' FROM ${TABLE.physical} WHERE k = 1`);
    await update(`SELECT _id, 'y' FROM ${TABLE.physical} WHERE k = 1`);
    await remove("k IN (2, 4)");
    const middle = { ...start, value: String(database.commits.current) };
    await remove("k = 3");
    const list = (sql: string) =>
      session.connection.rows(
        `SELECT k, v, "metadata$action" AS a, "metadata$isupdate" AS u FROM ${sql} ORDER BY k, v, a`,
      );
    const expected = [
      { k: 1, v: "a", a: "DELETE", u: true },
      { k: 1, v: "y", a: "INSERT", u: true },
      { k: 2, v: "b", a: "DELETE", u: false },
    ];
    expect(await list(changesBetween(TABLE, "default", versionsAt(start), undefined))).toEqual(
      expected,
    );
    expect(
      await list(changesBetween(TABLE, "default", versionsAt(start), versionsAt(middle))),
    ).toEqual([...expected, { k: 3, v: "c", a: "INSERT", u: false }]);
    expect(await list(changesBetween(TABLE, "append_only", versionsAt(start), undefined))).toEqual([
      { k: 3, v: "c", a: "INSERT", u: false },
      { k: 4, v: "gone", a: "INSERT", u: false },
    ]);
    const [ids] = await session.connection.rows(
      `SELECT count(DISTINCT "metadata$row_id") AS n, max(length("metadata$row_id")) AS l
       FROM ${changesBetween(TABLE, "default", versionsAt(start), undefined)}`,
    );
    expect(ids).toEqual({ n: 2, l: 40 });
  });

  it("forgets rows past retention, and clones at a point", async () => {
    await insert("(1, 'a')", "c1");
    await update(`SELECT _id, 'b' FROM ${TABLE.physical}`);
    const copy = testTable(3);
    const source = relationAt(TABLE, versionsAt({ clause: "at", by: "statement", value: "c1" }));
    await session.transactions.ddl(writing([copy], "exclusive"), async (writer) => {
      await createTable(writer, copy);
      await copyRows(writer, source, copy, writer.version);
    });
    expect(await rows(copy.physical)).toEqual([[1, "a"]]);
    const later = BigInt(Date.now() + 60_000) * 1000n;
    expect(await purgeHistory(session.connection, TABLE, later)).toBe(1);
    expect(await rows(source)).toEqual([]);
  });

  it("follows columns that are added, changed and dropped", async () => {
    await insert("(1, 'a')", "a1");
    const wider = {
      ...TABLE,
      columns: [...TABLE.columns, { physical: "n", duckType: "DECIMAL(5,0)", nullable: false }],
    };
    await session.transactions.ddl(writing([TABLE], "exclusive"), async (writer) => {
      await addColumn(
        writer,
        TABLE,
        { physical: "n", duckType: "DECIMAL(5,0)", nullable: false },
        "7",
      );
      await alterColumnType(writer, wider, "n", "DECIMAL(9,2)");
      await dropColumn(writer, wider, "v");
    });
    expect(await session.connection.rows(`SELECT k, n FROM ${TABLE.physical}`)).toEqual([
      { k: 1, n: 7 },
    ]);
  });
});
