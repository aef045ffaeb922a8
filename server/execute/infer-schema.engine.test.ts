import { afterAll, beforeAll, expect, it } from "vitest";
import { openStagedSession, type StagedTestSession } from "./staged-test-kit.ts";

let session: StagedTestSession;
beforeAll(async () => {
  session = await openStagedSession();
  await session.run("CREATE DATABASE d");
  await session.run("CREATE FILE FORMAT csv TYPE = CSV PARSE_HEADER = TRUE");
  await session.run("CREATE FILE FORMAT plain TYPE = CSV");
  await session.run("CREATE FILE FORMAT json TYPE = JSON");
  await session.run("CREATE FILE FORMAT pq TYPE = PARQUET");
});
afterAll(() => session.close());

const infer = (location: string, format: string, more = "") =>
  session.texts(
    `SELECT * FROM TABLE(INFER_SCHEMA(LOCATION => '${location}', FILE_FORMAT => '${format}'${more})) ORDER BY order_id`,
  );

it("reads names and the narrowest types of CSV files", async () => {
  await session.put(
    "csv/a.csv",
    "id,Name,price,d,ts,b,none\n1,x,1.25,2024-01-02,2024-01-02 03:04:05,true,\n",
  );
  await session.put(
    "csv/b.csv",
    "id,Name,price,d,ts,b,none\n1000,2,-17,2024-01-02 03:04:05,2024-01-02 00:00:00,FALSE,\n",
  );
  expect(await infer("@~/csv/", "csv")).toEqual([
    "id|NUMBER(4, 0)|true|$1::NUMBER(4, 0)|csv/a.csv, csv/b.csv|0",
    "Name|TEXT|true|$2::TEXT|csv/a.csv, csv/b.csv|1",
    "price|NUMBER(4, 2)|true|$3::NUMBER(4, 2)|csv/a.csv, csv/b.csv|2",
    "d|TIMESTAMP_NTZ|true|$4::TIMESTAMP_NTZ|csv/a.csv, csv/b.csv|3",
    "ts|TIMESTAMP_NTZ|true|$5::TIMESTAMP_NTZ|csv/a.csv, csv/b.csv|4",
    "b|BOOLEAN|true|$6::BOOLEAN|csv/a.csv, csv/b.csv|5",
    "none|TEXT|true|$7::TEXT|csv/a.csv, csv/b.csv|6",
  ]);
  expect(await infer("@~/csv/", "plain", ", FILES => ('b.csv')")).toContain(
    "c1|TEXT|true|$1::TEXT|csv/b.csv|0",
  );
});

// The names and types of the page's example for JSON files.
it("reads the members of JSON documents", async () => {
  await session.put(
    "json/schema_A_1.json",
    '{"col_bool":true,"col_date":"2022-01-05","col_ts":"2022-02-05 08:06:05","n":1.5,"o":{"x":1}}\n{"n":22,"extra":"t"}\n',
  );
  expect(await infer("@~/json/", "json")).toEqual([
    "col_bool|BOOLEAN|true|$1:col_bool::BOOLEAN|json/schema_A_1.json|0",
    "col_date|DATE|true|$1:col_date::DATE|json/schema_A_1.json|1",
    "col_ts|TIMESTAMP_NTZ|true|$1:col_ts::TIMESTAMP_NTZ|json/schema_A_1.json|2",
    "n|NUMBER(3, 1)|true|$1:n::NUMBER(3, 1)|json/schema_A_1.json|3",
    "o|VARIANT|true|$1:o::VARIANT|json/schema_A_1.json|4",
    "extra|TEXT|true|$1:extra::TEXT|json/schema_A_1.json|5",
  ]);
  const [first = ""] = await infer("@~/json/", "json", ", IGNORE_CASE => TRUE");
  expect(first).toBe(
    "COL_BOOL|BOOLEAN|true|GET_IGNORE_CASE ($1, 'COL_BOOL')::BOOLEAN|json/schema_A_1.json|0",
  );
  expect(await infer("@~/json/", "json", ", MAX_RECORDS_PER_FILE => 1")).toHaveLength(5);
});

it("reads the columns of Parquet files, and makes a table of them", async () => {
  await session.run(`COPY INTO @~/pq/ FROM (SELECT 1::INT "continent", 'x' AS country, 1.5::NUMBER(5,2) n)
    FILE_FORMAT = (TYPE = PARQUET) HEADER = TRUE`);
  const file = "pq/data_0_0_0.snappy.parquet";
  expect(await infer("@~/pq/", "pq")).toEqual([
    `continent|NUMBER(38, 0)|true|$1:continent::NUMBER(38, 0)|${file}|0`,
    `COUNTRY|TEXT|true|$1:COUNTRY::TEXT|${file}|1`,
    `N|NUMBER(5, 2)|true|$1:N::NUMBER(5, 2)|${file}|2`,
  ]);
  await session.run(`CREATE TABLE made USING TEMPLATE (
    SELECT ARRAY_AGG(OBJECT_CONSTRUCT(*)) WITHIN GROUP (ORDER BY order_id)
    FROM TABLE(INFER_SCHEMA(LOCATION => '@~/pq/', FILE_FORMAT => 'pq')))`);
  const columns = await session.rows("DESCRIBE TABLE made");
  expect(columns.map((column) => [column.name, column.type])).toEqual([
    ["continent", "NUMBER(38,0)"],
    ["COUNTRY", "VARCHAR(16777216)"],
    ["N", "NUMBER(5,2)"],
  ]);
  await session.run(
    "COPY INTO made FROM @~/pq/ FILE_FORMAT = (TYPE = PARQUET) MATCH_BY_COLUMN_NAME = CASE_SENSITIVE",
  );
  expect(await session.texts("SELECT * FROM made")).toEqual(["1|x|1.50"]);
});

it("takes session variables", async () => {
  await session.run("SET loc = '@~/csv/'");
  await session.run("SET fmt = 'plain'");
  const sql =
    "SELECT column_name FROM TABLE(INFER_SCHEMA(LOCATION => $loc, FILE_FORMAT => $fmt, FILES => ('b.csv')))";
  expect(await session.texts(`${sql} WHERE order_id = 0`)).toEqual(["c1"]);
});

it("needs a location and a format, and knows its arguments", async () => {
  await expect(
    session.run("SELECT * FROM TABLE(INFER_SCHEMA(LOCATION => '@~'))"),
  ).rejects.toMatchObject({ code: "001008" });
  await expect(
    session.run("SELECT * FROM TABLE(INFER_SCHEMA(LOCATION => '@~', WHAT => 1))"),
  ).rejects.toMatchObject({ code: "001044" });
  await expect(
    session.run("CREATE TABLE x USING TEMPLATE (SELECT ARRAY_CONSTRUCT(1))"),
  ).rejects.toMatchObject({ code: "001008" });
});
