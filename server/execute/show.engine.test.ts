import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestSession, type TestSession } from "./show/test-kit.ts";

let session: TestSession;

beforeAll(async () => {
  session = await openTestSession();
  await session.run("CREATE DATABASE shop");
  await session.run(
    "CREATE TABLE customers (id INT AUTOINCREMENT PRIMARY KEY, name VARCHAR(20) NOT NULL COMMENT 'full name', code VARCHAR UNIQUE DEFAULT 'x')",
  );
  await session.run(
    "CREATE TRANSIENT TABLE orders (id INT, customer INT, CONSTRAINT fk_c FOREIGN KEY (customer) REFERENCES customers (id)) COMMENT = 'what was bought'",
  );
  await session.run("INSERT INTO orders VALUES (1, 1), (2, 1)");
  await session.run("CREATE VIEW recent AS SELECT id FROM orders");
  await session.run("CREATE SEQUENCE numbers START = 5 INCREMENT = 2");
  await session.run("CREATE SCHEMA archive");
  await session.run("CREATE TABLE old (a INT)");
  await session.run("USE SCHEMA shop.public");
});

afterAll(async () => {
  await session.close();
});

const at = (row: Readonly<Record<string, unknown>>, ...names: string[]) =>
  names.map((name) => row[name]);

describe("SHOW TABLES", () => {
  it("counts rows, and knows kind and comment", async () => {
    const rows = await session.rows("SHOW TABLES IN SCHEMA public");
    expect(rows.map((row) => at(row, "name", "kind", "rows", "comment", "retention_time"))).toEqual(
      [
        ["CUSTOMERS", "TABLE", "0", "", "1"],
        ["ORDERS", "TRANSIENT", "2", "what was bought", "1"],
      ],
    );
  });

  it("filters by LIKE, STARTS WITH and LIMIT FROM", async () => {
    const names = async (sql: string) => (await session.rows(sql)).map((row) => row["name"]);
    expect(await names("SHOW TABLES LIKE 'ord%'")).toEqual(["ORDERS"]);
    expect(await names("SHOW TABLES STARTS WITH 'ord'")).toEqual([]);
    expect(await names("SHOW TABLES IN ACCOUNT LIMIT 1 FROM 'D'")).toEqual(["OLD"]);
    expect(await names("SHOW TABLES IN DATABASE shop")).toEqual(["OLD", "CUSTOMERS", "ORDERS"]);
  });

  it("has five columns when TERSE, and dropped tables with HISTORY", async () => {
    const [terse] = await session.rows("SHOW TERSE TABLES LIKE 'orders'");
    expect(Object.keys(terse ?? {})).toEqual([
      "created_on",
      "name",
      "kind",
      "database_name",
      "schema_name",
    ]);
    await session.run("CREATE TABLE gone (a INT)");
    await session.run("DROP TABLE gone");
    const [gone] = await session.rows("SHOW TABLES HISTORY LIKE 'gone'");
    expect(gone?.["dropped_on"]).not.toBeNull();
    expect(await session.rows("SHOW TABLES LIKE 'gone'")).toEqual([]);
  });

  it("fails for a schema that is not there", async () => {
    await expect(session.rows("SHOW TABLES IN SCHEMA nowhere")).rejects.toMatchObject({
      code: "002043",
    });
  });
});

describe("SHOW of other subjects", () => {
  it("lists views, objects and containers", async () => {
    const [view] = await session.rows("SHOW VIEWS LIKE 'recent'");
    expect(at(view ?? {}, "name", "is_secure", "text")).toEqual([
      "RECENT",
      "false",
      "CREATE VIEW recent AS SELECT id FROM orders",
    ]);
    // kind is TABLE or VIEW, whatever the table's own kind: docs.snowflake.com/en/sql-reference/sql/show-objects
    const objects = await session.rows("SHOW OBJECTS IN shop.public");
    expect(objects.map((row) => at(row, "name", "kind"))).toEqual([
      ["CUSTOMERS", "TABLE"],
      ["ORDERS", "TABLE"],
      ["RECENT", "VIEW"],
    ]);
    const schemas = await session.rows("SHOW SCHEMAS IN DATABASE shop");
    expect(schemas.map((row) => at(row, "name", "is_current"))).toEqual([
      ["ARCHIVE", "N"],
      ["INFORMATION_SCHEMA", "N"],
      ["PUBLIC", "Y"],
    ]);
    const [database] = await session.rows("SHOW DATABASES");
    expect(at(database ?? {}, "name", "kind", "is_current")).toEqual(["SHOP", "STANDARD", "Y"]);
  });

  it("describes columns as the protocol does", async () => {
    const rows = await session.rows("SHOW COLUMNS IN TABLE customers");
    expect(rows.map((row) => at(row, "column_name", "null?", "default", "autoincrement"))).toEqual([
      ["ID", "false", "", "IDENTITY START 1 INCREMENT 1 NOORDER"],
      ["NAME", "false", "", ""],
      ["CODE", "true", "'x'", ""],
    ]);
    expect(rows[1]?.["data_type"]).toBe(
      '{"type":"TEXT","length":20,"byteLength":80,"nullable":false,"fixed":false}',
    );
  });

  it("lists keys in both directions", async () => {
    const [primary] = await session.rows("SHOW PRIMARY KEYS IN TABLE customers");
    expect(at(primary ?? {}, "table_name", "column_name", "key_sequence")).toEqual([
      "CUSTOMERS",
      "ID",
      "1",
    ]);
    const [imported] = await session.rows("SHOW IMPORTED KEYS IN SCHEMA shop.public");
    const [exported] = await session.rows("SHOW EXPORTED KEYS IN TABLE customers");
    expect(at(imported ?? {}, "pk_column_name", "fk_column_name", "fk_name")).toEqual([
      "ID",
      "CUSTOMER",
      "FK_C",
    ]);
    expect(exported).toEqual(imported);
  });

  it("tells the next value of a sequence", async () => {
    await session.run("SELECT numbers.NEXTVAL");
    const [row] = await session.rows("SHOW SEQUENCES");
    expect(at(row ?? {}, "name", "next_value", "interval")).toEqual(["NUMBERS", "7", "2"]);
  });

  it("lists parameters with the level that set them", async () => {
    await session.run("ALTER SESSION SET QUERY_TAG = 'test'");
    const [tag] = await session.rows("SHOW PARAMETERS LIKE 'query_tag' IN SESSION");
    expect(at(tag ?? {}, "value", "default", "level", "type")).toEqual([
      "test",
      "",
      "SESSION",
      "STRING",
    ]);
    const [retention] = await session.rows("SHOW PARAMETERS LIKE 'data_ret%' IN DATABASE shop");
    expect(retention?.["value"]).toBe("1");
  });

  it("lists account objects, variables and transactions", async () => {
    const [warehouse] = await session.rows("SHOW WAREHOUSES");
    expect(at(warehouse ?? {}, "name", "size", "is_current")).toEqual([
      "COMPUTE_WH",
      "X-Small",
      "Y",
    ]);
    await session.run("SET answer = 42");
    const [variable] = await session.rows("SHOW VARIABLES");
    expect(at(variable ?? {}, "name", "value", "type")).toEqual(["ANSWER", "42", "fixed"]);
    await session.run("BEGIN");
    const [open] = await session.rows("SHOW TRANSACTIONS");
    expect(open?.["state"]).toBe("running");
    await session.run("ROLLBACK");
  });

  it("knows the columns of what cannot be made, and refuses what it does not know", async () => {
    const result = await session.result("SHOW STAGES");
    expect(result.columns.map(({ name }) => name).slice(0, 5)).toEqual([
      "created_on",
      "name",
      "database_name",
      "schema_name",
      "url",
    ]);
    expect(result.rows).toEqual([]);
    await expect(session.rows("SHOW REGIONS")).rejects.toMatchObject({ code: "000002" });
  });
});
