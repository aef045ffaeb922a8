import { afterEach, beforeEach, expect, it } from "vitest";
import type { LoweredColumn, LoweredDml, LoweredInsert } from "../../translator/lower/dml.ts";
import { numberType, textType } from "../../translator/types/types.ts";
import { applyDml, type DmlOutcome, locksOf } from "./apply-dml.ts";
import { insertRows } from "./changes.ts";
import type { DuckDatabase } from "./database.ts";
import {
  createTestTable,
  openTestDatabase,
  openTestSession,
  type TestSession,
  testTable,
  writing,
} from "./test-kit.ts";

const TABLES = [testTable(1), testTable(2)] as const;
const COLUMNS: readonly LoweredColumn[] = [
  { name: "K", type: numberType(38, 0), nullable: false, physical: "k" },
  { name: "V", type: textType(), nullable: true, physical: "v" },
];

let database: DuckDatabase;
let session: TestSession;

beforeEach(async () => {
  database = await openTestDatabase();
  session = await openTestSession(database);
  for (const table of TABLES) await createTestTable(session, table);
});
afterEach(() => database.close());

function target(index: 0 | 1) {
  const { id, name, physical } = TABLES[index];
  return { id, name: { database: "D", schema: "S", name }, physical };
}

function insertOf(index: 0 | 1, select: string, overwrite = false): LoweredInsert {
  return { kind: "insert", table: target(index), overwrite, columns: COLUMNS, select };
}

function apply(dml: LoweredDml): Promise<DmlOutcome> {
  const statement = { queryId: "q", locks: locksOf(dml), lockTimeoutSeconds: 1 };
  return session.transactions.write(statement, (writer) =>
    applyDml(writer, dml, {
      table: (id) => (id === 1 ? TABLES[0] : TABLES[1]),
      errorOnNondeterministicUpdate: false,
      errorOnNondeterministicMerge: true,
    }),
  );
}

async function rows(index: 0 | 1): Promise<string> {
  const found = await session.transactions.read((connection) =>
    connection.rows(`SELECT k, v FROM ${TABLES[index].physical} ORDER BY k, v`),
  );
  return found.map(({ k, v }) => `${k}${v}`).join(" ");
}

it("runs every kind of statement", async () => {
  await apply(insertOf(0, "SELECT range AS c1, 'a' AS c2 FROM range(4)"));
  const from = TABLES[0].physical;
  expect(
    await apply({
      kind: "update",
      table: target(0),
      columns: COLUMNS.slice(1),
      select: `SELECT _id, 'b' AS c1 FROM ${from} WHERE k = 1`,
    }),
  ).toMatchObject({ updated: 1, multiJoined: 0 });
  expect(
    await apply({
      kind: "delete",
      table: target(0),
      select: `SELECT _id FROM ${from} WHERE k = 0`,
    }),
  ).toMatchObject({ deleted: 1 });
  const merge = `SELECT 0 AS _clause, _id, k AS c1, 'm' AS c2 FROM ${from} WHERE k = 2
    UNION ALL SELECT 1, _id, NULL, NULL FROM ${from} WHERE k = 3 UNION ALL SELECT 2, NULL, 8, 'i'`;
  expect(
    await apply({
      kind: "merge",
      table: target(0),
      actions: ["update", "delete", "insert"],
      columns: COLUMNS,
      select: merge,
    }),
  ).toMatchObject({ inserted: 1, updated: 1, deleted: 1 });
  expect(await rows(0)).toBe("1b 2m 8i");
  expect(await apply(insertOf(0, `SELECT k + 1, v FROM ${from}`, true))).toMatchObject({
    inserted: 3,
  });
  expect(await rows(0)).toBe("2b 3m 9i");
});

it("inserts into several tables, also twice into one, and again after an error", async () => {
  session.transactions.begin();
  const outcome = await apply({
    kind: "multi_insert",
    overwrite: false,
    sourceTable: "_multi_insert_source",
    source: "SELECT range AS c1, uuid()::VARCHAR AS c2 FROM range(3)",
    inserts: [
      insertOf(0, "SELECT c1, 'x' FROM _multi_insert_source"),
      insertOf(1, "SELECT c1, 'y' FROM _multi_insert_source WHERE c1 > 0"),
      insertOf(0, "SELECT c1 + 10, 'z' FROM _multi_insert_source WHERE c1 > 1"),
    ],
  });
  expect(outcome).toMatchObject({ inserted: 6, insertedByTarget: [3, 2, 1] });
  await expect(apply(insertOf(0, "SELECT NULL, 'n'"))).rejects.toMatchObject({ code: "100072" });
  await session.transactions.commit();
  expect(await rows(0)).toBe("0x 1x 2x 12z");
  expect(await rows(1)).toBe("1y 2y");
});

it("inserts array binds from a temporary table", async () => {
  const insert = () =>
    session.transactions.write(writing([TABLES[0]], "share"), async (writer) => {
      const { relation } = await writer.values([
        { duckType: "VARCHAR", values: ["1", "2"] },
        { duckType: "VARCHAR", values: ["a", null] },
      ]);
      const change = {
        table: TABLES[0],
        columns: ["k", "v"],
        select: `SELECT CAST(c1 AS DECIMAL(38,0)), c2 FROM ${relation}`,
      };
      const counts = await insertRows(writer, change);
      await writer.cleanUp();
      return counts;
    });
  expect(await insert()).toMatchObject({ inserted: 2 });
  session.transactions.begin();
  expect(await insert()).toMatchObject({ inserted: 2 });
  await session.transactions.rollback();
  expect(await rows(0)).toBe("1a 2null");
});
