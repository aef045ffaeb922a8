/**
 * The loading half of crash.engine.test.ts, a process of its own that gets killed: it stages files that a pipe loads, beginning with
 * a number, and says so of each on standard output as soon as it is staged.
 */

import { writeSync } from "node:fs";
import { Readable } from "node:stream";
import { must } from "../../../translator/base/assert.ts";
import { openAccount } from "../../execute/account.ts";
import { testSession } from "../../execute/show/test-kit.ts";

const directory = must(process.argv[2], "data directory expected");
const first = Number(must(process.argv[3], "number of the first file expected"));
const account = await openAccount({ directory });
const session = await testSession(account);
const setUp = [
  "CREATE DATABASE IF NOT EXISTS d",
  "USE SCHEMA d.public",
  "CREATE TABLE IF NOT EXISTS t (a INT)",
  "CREATE STAGE IF NOT EXISTS s",
  "CREATE PIPE IF NOT EXISTS p AUTO_INGEST = TRUE AS COPY INTO t FROM @s",
];
for (const sql of setUp) await session.run(sql);
const { snapshot } = account.state.catalog;
const schema = must(snapshot.schema("D", "PUBLIC"));
const stage = `stage:${must(snapshot.find("stage", schema.id, "S")).id}`;
for (let n = first; ; n++) {
  await account.state.stages.write(stage, `${n}.csv`, Readable.from([Buffer.from(`${n}\n`)]));
  writeSync(1, `${n}\n`);
}
