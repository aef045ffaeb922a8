import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DuckDatabase } from "./database.ts";
import { replaceRows } from "./replace-rows.ts";
import { historyOf } from "./tables.ts";
import {
  createTestTable,
  openTestDatabase,
  openTestSession,
  type TestSession,
  testTable,
  writing,
} from "./test-kit.ts";

const TABLE = testTable(1);

let database: DuckDatabase;
let session: TestSession;

beforeEach(async () => {
  database = await openTestDatabase();
  session = await openTestSession(database);
  await createTestTable(session, TABLE);
});
afterEach(() => database.close());

function replace(values: string) {
  const select = `SELECT * FROM (VALUES ${values}) AS s(a, b)`;
  return session.transactions.write(writing([TABLE], "exclusive"), async (writer) => {
    const { inserted, deleted } = await replaceRows(writer, TABLE, select);
    return { inserted, deleted };
  });
}

async function rows(sql: string): Promise<string[]> {
  const found = await session.connection.rows(sql);
  return found.map((row) => Object.values(row).join(" "));
}

const current = () => rows(`SELECT k::INT, v FROM ${TABLE.physical} ORDER BY ALL`);
const ended = () => rows(`SELECT k::INT, v FROM ${historyOf(TABLE.physical)} ORDER BY ALL`);

describe("rows replaced by those of a query", () => {
  it("come into an empty table as they are", async () => {
    expect(await replace("(1, 'a'), (1, 'a'), (2, NULL)")).toEqual({ inserted: 3, deleted: 0 });
    expect(await current()).toEqual(["1 a", "1 a", "2 "]);
    expect(await ended()).toEqual([]);
  });

  it("leave what stays alone: its identity and its version", async () => {
    await replace("(1, 'a'), (2, NULL), (3, 'c')");
    const before = await rows(`SELECT k::INT, _id, _from FROM ${TABLE.physical} ORDER BY k`);
    expect(await replace("(2, NULL), (3, 'd'), (1, 'a')")).toEqual({ inserted: 1, deleted: 1 });
    const after = await rows(`SELECT k::INT, _id, _from FROM ${TABLE.physical} ORDER BY k`);
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
    expect(after[2]).not.toEqual(before[2]);
    expect(await ended()).toEqual(["3 c"]);
  });

  it("are counted when they are alike", async () => {
    await replace("(1, 'a'), (1, 'a'), (1, 'a'), (2, NULL)");
    expect(await replace("(1, 'a'), (2, NULL), (2, NULL)")).toEqual({ inserted: 1, deleted: 2 });
    expect(await current()).toEqual(["1 a", "2 ", "2 "]);
    expect(await ended()).toEqual(["1 a", "1 a"]);
  });

  it("change nothing when they are the same", async () => {
    await replace("(1, 'a'), (2, NULL)");
    expect(await replace("(2, NULL), (1, 'a')")).toEqual({ inserted: 0, deleted: 0 });
    expect(await ended()).toEqual([]);
  });

  it("may be none at all", async () => {
    await replace("(1, 'a'), (2, NULL)");
    const none = "SELECT 1 AS a, 'x' AS b WHERE FALSE";
    const done = await session.transactions.write(writing([TABLE], "exclusive"), (writer) =>
      replaceRows(writer, TABLE, none),
    );
    expect(done.deleted).toBe(2);
    expect(await current()).toEqual([]);
  });
});
