import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStagedSession, type StagedTestSession } from "./staged-test-kit.ts";

let session: StagedTestSession;
beforeAll(async () => {
  session = await openStagedSession();
  await session.run("CREATE DATABASE d");
  await session.put("csv/a.csv", "a,1\nb,2\n");
  await session.put("csv/b.csv.gz", gzipSync("c,3,x\n"));
  await session.put("json/a.json", '{"a":{"b":1},"k":"x"}\n{"a":{"b":2}}');
});
afterAll(() => session.close());

describe("columns by number", () => {
  it("are the fields of all files, NULL where a record has no such field", async () => {
    const found = await session.texts("SELECT $1, t.$2, $3, $9 FROM @~/csv t ORDER BY 1");
    expect(found).toEqual(["a|1|null|null", "b|2|null|null", "c|3|x|null"]);
    const { columns } = await session.result("SELECT t.$1, $2::INT n FROM @~/csv t");
    expect(columns.map(({ name, type }) => [name, type.kind])).toEqual([
      ["$1", "text"],
      ["N", "number"],
    ]);
  });

  it("may be none", async () => {
    expect(await session.texts("SELECT count(*) FROM @~/csv")).toEqual(["3"]);
    expect(await session.texts("SELECT count(*) FROM @~/nothing")).toEqual(["0"]);
    await expect(session.run("SELECT * FROM @~/csv")).rejects.toThrow("SELECT with no columns");
  });
});

it("METADATA$ columns say where a row is from", async () => {
  const found = await session.texts(
    "SELECT METADATA$FILENAME, METADATA$FILE_ROW_NUMBER, $1 FROM @~/csv ORDER BY 1, 2",
  );
  expect(found).toEqual(["csv/a.csv|1|a", "csv/a.csv|2|b", "csv/b.csv.gz|1|c"]);
  // md5 of the first file's bytes: printf 'a,1\nb,2\n' | md5sum
  const key = "SELECT DISTINCT METADATA$FILE_CONTENT_KEY FROM @~/csv/a.csv";
  expect(await session.texts(key)).toEqual(["ee8e9358932193278ce5b339bcb7414d"]);
  const { columns } = await session.result(
    "SELECT METADATA$FILE_LAST_MODIFIED, METADATA$START_SCAN_TIME FROM @~/csv",
  );
  expect(columns.map(({ type }) => type)).toMatchObject([{ flavor: "ntz" }, { flavor: "ltz" }]);
});

it("PATTERN picks files", async () => {
  const sql = "SELECT count(*) FROM @~ (PATTERN => '.*[.]gz')";
  expect(await session.texts(sql)).toEqual(["1"]);
});

it("staged files join tables, and one another", async () => {
  await session.run("CREATE TABLE t (k TEXT, v INT) AS SELECT 'a', 10");
  const joined = "SELECT s.$1, t.v FROM @~/csv s LEFT JOIN t ON t.k = s.$1 ORDER BY 1";
  expect(await session.texts(joined)).toEqual(["a|10", "b|null", "c|null"]);
  const self = "SELECT x.$1, y.$2 FROM @~/csv x JOIN @~/csv y ON x.$1 = y.$1 ORDER BY 1";
  expect(await session.texts(self)).toEqual(["a|1", "b|2", "c|3"]);
});

it("staged files fill tables, also in an open transaction", async () => {
  await session.run("CREATE TABLE made AS SELECT $1 k, $2::INT v FROM @~/csv");
  expect(await session.texts("SELECT count(*), sum(v) FROM made")).toEqual(["3|6"]);
  await session.run("BEGIN");
  await session.run("INSERT INTO made SELECT $1, $2 FROM @~/csv");
  expect(await session.texts("SELECT count(*) FROM @~/csv x JOIN made ON k = $1")).toEqual(["6"]);
  await session.run("ROLLBACK");
  expect(await session.texts("SELECT count(*) FROM made")).toEqual(["3"]);
});

it("a view over staged files reads them anew each time", async () => {
  await session.run("CREATE VIEW v AS SELECT $1 k FROM @~/views");
  expect(await session.texts("SELECT * FROM v")).toEqual([]);
  await session.put("views/a.csv", "1\n");
  expect(await session.texts("SELECT * FROM v")).toEqual(["1"]);
  await session.put("views/b.csv", "2\n");
  expect(await session.texts("SELECT * FROM v ORDER BY 1")).toEqual(["1", "2"]);
});

it("EXPLAIN reads nothing", async () => {
  await session.put("explained/a.csv", '"a"x\n');
  const found = await session.texts(
    "EXPLAIN USING TEXT SELECT $1, METADATA$FILENAME FROM @~/explained",
  );
  expect(found.join("\n")).toContain("->Result");
});

it("describing reads nothing", async () => {
  await session.put("broken/a.csv", '"a"x\n');
  const { columns } = await session.result("SELECT $1 FROM @~/broken LIMIT 0");
  expect(columns).toHaveLength(1);
});

it("a stage or file format that is not there is an error", async () => {
  await expect(session.run("SELECT $1 FROM @nothing")).rejects.toMatchObject({ code: "002003" });
  const sql = "SELECT $1 FROM @~/csv (FILE_FORMAT => 'nothing')";
  await expect(session.run(sql)).rejects.toMatchObject({ code: "002003" });
});
