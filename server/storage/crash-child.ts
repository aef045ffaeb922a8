/**
 * The writing half of crash.engine.test.ts, a process of its own that gets killed: each transaction writes one number to two
 * tables and is then acknowledged on standard output.
 */

import { writeSync } from "node:fs";
import { must } from "../../translator/base/assert.ts";
import { insertRows, updateRows } from "./changes.ts";
import { createTable } from "./tables.ts";
import { openTestDatabase, openTestSession, testTable, writing } from "./test-kit.ts";

const TABLES = [testTable(1), testTable(2)] as const;
const directory = must(process.argv[2], "data directory expected");

const database = await openTestDatabase(directory);
const session = await openTestSession(database);
const [known] = await session.connection.rows(
  "SELECT count(*) AS n FROM duckdb_tables() WHERE table_name = 't1_t1'",
);
if (known?.n === 0) {
  await session.transactions.ddl(writing(TABLES, "exclusive"), async (writer) => {
    for (const table of TABLES) await createTable(writer, table);
  });
}

const [last] = await session.connection.rows(
  `SELECT coalesce(max(k), 0) AS n FROM ${TABLES[0].physical}`,
);
for (let n = Number(last?.n) + 1; ; n++) {
  session.transactions.begin();
  for (const table of TABLES) {
    await session.transactions.write(writing([table], "share"), (writer) =>
      insertRows(writer, { table, columns: ["k", "v"], select: `SELECT ${n}, 'new'` }),
    );
    await session.transactions.write(writing([table], "exclusive"), (writer) =>
      updateRows(writer, {
        table,
        columns: ["v"],
        select: `SELECT _id, 'done' FROM ${table.physical} WHERE k = ${n}`,
        mayRepeat: false,
        errorOnRepeat: false,
      }),
    );
  }
  await session.transactions.commit();
  writeSync(1, `${n}\n`);
}
