/**
 * The consuming half of streams.engine.test.ts, a process of its own that gets killed: it writes a number to a table, moves what the
 * table's stream gives into another table, and acknowledges that on standard output.
 */

import { writeSync } from "node:fs";
import { must } from "../../translator/base/assert.ts";
import { openAccount } from "./account.ts";
import { testSession } from "./show/test-kit.ts";

const directory = must(process.argv[2], "data directory expected");
const session = await testSession(await openAccount({ directory }));
const setUp = [
  "CREATE DATABASE IF NOT EXISTS d",
  "USE SCHEMA d.public",
  "CREATE TABLE IF NOT EXISTS source (id INT)",
  "CREATE TABLE IF NOT EXISTS sink (id INT)",
  "CREATE STREAM IF NOT EXISTS s ON TABLE source",
];
for (const sql of setUp) await session.run(sql);
const [[last] = []] = (await session.result("SELECT COALESCE(MAX(id), 0) FROM source")).rows;
for (let n = Number(last) + 1; ; n++) {
  await session.run(`INSERT INTO source VALUES (${n})`);
  if (n % 2 === 0) await session.run("BEGIN");
  await session.run("INSERT INTO sink SELECT id FROM s");
  if (n % 2 === 0) await session.run("COMMIT");
  writeSync(1, `${n}\n`);
}
