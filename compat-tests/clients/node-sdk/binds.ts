/** Bind variables: one row, and arrays of rows. */

import { deepEqual, equal } from "node:assert/strict";
import type { Checks } from "../kit/checks.ts";
import { type Connection, close, connect, failure, run, value, values } from "./session.ts";

const MANY = 1_000;
const LONG = 20_000;

export async function checkBinds(
  checks: Checks,
  connection: Connection,
  url: string,
): Promise<void> {
  await checkSingle(checks, connection);
  await checkPlaces(checks, connection);
  await checkDates(checks, connection);
  await checkBatches(checks, connection);
  await checkStaged(checks, url);
}

/** Batches of more values than the threshold travel as a file on a stage. */
async function checkStaged(checks: Checks, url: string): Promise<void> {
  await checks.check("a batch above the threshold is uploaded to a stage", async () => {
    const connection = await connect(url, {
      database: "node_sdk",
      schema: "public",
      arrayBindingThreshold: 3,
    });
    try {
      await run(
        connection,
        "create or replace table staged (id int, t varchar, f float, b boolean)",
      );
      const binds = [
        [1, "plain", 1.5, true],
        [2, "", -0.25, false],
        [3, null, null, null],
        [4, 'a "quoted", text\nwith \\ and \t', 1e300, true],
        [5, "grün 日本 🐧", 0.1, true],
      ];
      const sql = "insert into staged values (?, ?, ?, ?)";
      const { statement } = await run(connection, sql, { binds: binds as never });
      equal(statement.getNumUpdatedRows(), binds.length);
      deepEqual(await values(connection, "select * from staged order by id"), binds);
      equal((await values(connection, "list @SYSTEM$BIND")).length > 0, true);
      const error = await failure(connection, "insert into staged (id) values (?)", {
        binds: [["1"], ["x"], ["3"], ["4"]],
      });
      deepEqual([error.code, error.message], ["100038", "Numeric value 'x' is not recognized"]);
    } finally {
      await close(connection);
    }
  });
}

async function checkSingle(checks: Checks, connection: Connection): Promise<void> {
  await checks.check("positional binds of every JavaScript type", async () => {
    const sql = "select ?, ?, ?, ?, ?";
    deepEqual(await values(connection, sql, { binds: [7, 2.5, "it's", true, null] }), [
      [7, 2.5, "it's", true, null],
    ]);
  });
  await checks.check("null, numbers of any size, an object and an array", async () => {
    const sql = "select ?, ? is null, ?, ?, ?, ?, ?:a.b, ?";
    const binds = [null, null, -0.5, 1e-7, 9007199254740991, 1e21, { a: { b: 7 } }, [1, "x", null]];
    // Of an array as the first bind the driver would make rows.
    const row = await values(connection, sql, { binds: binds as never });
    deepEqual(row, [[null, true, -0.5, 1e-7, 9007199254740991, 1e21, 7, [1, "x", null]]]);
  });
  await checks.check("text that could end a literal, a comment or a line", async () => {
    const texts = [
      "it's",
      '"q" \\ \\n',
      "日本 🐧",
      "a\n\tb",
      "--x",
      "/* ? */",
      "?",
      ":1",
      "$1",
      "",
    ];
    const sql = `select ${texts.map(() => "?").join(", ")} /* ? */ -- ?`;
    deepEqual(await values(connection, sql, { binds: texts }), [texts]);
  });
  await checks.check("numbered binds, used twice and out of order", async () => {
    const sql = "select :2, :1, :2 || :1";
    deepEqual(await values(connection, sql, { binds: ["a", "b"] }), [["b", "a", "ba"]]);
  });
}

/** Where binds may stand. */
async function checkPlaces(checks: Checks, connection: Connection): Promise<void> {
  await checks.check("binds in WHERE, LIMIT and functions", async () => {
    const sql =
      "select column1 from values (1), (2), (3), (4) where column1 > ? order by column1 limit ?";
    deepEqual(await values(connection, sql, { binds: [1, 2] }), [[2], [3]]);
    equal(await value(connection, "select upper(?)", { binds: ["abc"] }), "ABC");
  });
  await checks.check("an object bound as VARIANT through PARSE_JSON", async () => {
    await run(connection, "create or replace table documents (id int, doc variant)");
    const text = JSON.stringify({ name: "x", list: [1, 2], nested: { k: null } });
    const sql = "insert into documents select ?, parse_json(?)";
    const { statement } = await run(connection, sql, { binds: [1, text] });
    equal(statement.getNumUpdatedRows(), 1);
    deepEqual(
      await values(connection, "select doc, doc:list[1]::int, doc:name::string from documents"),
      [[{ list: [1, 2], name: "x", nested: { k: null } }, 2, "x"]],
    );
  });
  await checks.check("update and delete with binds", async () => {
    await run(connection, "create or replace table people (id int, name varchar)");
    await run(connection, "insert into people values (1, 'a'), (2, 'b'), (3, 'c')");
    const update = "update people set name = ? where id >= ?";
    equal((await run(connection, update, { binds: ["z", 2] })).statement.getNumUpdatedRows(), 2);
    const remove = "delete from people where name = ?";
    equal((await run(connection, remove, { binds: ["z"] })).statement.getNumUpdatedRows(), 2);
    deepEqual(await values(connection, "select * from people"), [[1, "a"]]);
  });
  await checks.check("binds of CALL, SET, MERGE, IDENTIFIER and LIKE", async () => {
    await run(
      connection,
      "create or replace procedure joined(x int, y varchar) returns varchar language sql as 'begin return x || y; end'",
    );
    equal(await value(connection, "call joined(?, ?)", { binds: [1, "z"] }), "1z");
    await run(connection, "set bound = ?", { binds: [5] });
    await run(connection, "create or replace table merged as select 1 as id, 'a' as v");
    const merge = `merge into identifier(?) as m using (select ? as id, ? as v) s on m.id = s.id
      when matched then update set v = s.v when not matched then insert values (s.id, s.v)`;
    const { rows } = await run(connection, merge, { binds: ["merged", 2, "b"] });
    deepEqual(rows, [{ "number of rows inserted": 1, "number of rows updated": 0 }]);
    const sql = "select $bound, v from identifier(?) where v like ?";
    deepEqual(await values(connection, sql, { binds: ["merged", "b%"] }), [[5, "b"]]);
  });
}

async function checkDates(checks: Checks, connection: Connection): Promise<void> {
  await checks.check("a Date for every kind of time", async () => {
    await run(connection, "alter session set timezone = 'America/Los_Angeles'");
    await run(
      connection,
      "create or replace table times (id int, d date, ntz timestamp_ntz, ltz timestamp_ltz, tz timestamp_tz)",
    );
    const when = new Date("2009-02-13T23:31:30.123Z");
    // An ISO text in UTC: what has no time zone keeps its digits, what has one its instant.
    const stored = [
      "2009-02-13",
      "2009-02-13 23:31:30.123",
      "2009-02-13 15:31:30.123 -0800",
      "2009-02-13 23:31:30.123 +0000",
    ];
    const insert = "insert into times values (?, ?, ?, ?, ?)";
    await run(connection, insert, { binds: [1, when, when, when, when] as never });
    const rows = [2, 3].map((id) => [id, when, when, when, when]);
    await run(connection, insert, { binds: rows as never });
    const sql =
      "select id, to_char(d), to_char(ntz), to_char(ltz), to_char(tz) from times order by id";
    deepEqual(
      await values(connection, sql),
      [1, 2, 3].map((id) => [id, ...stored]),
    );
  });
  await checks.check("a Date goes in as text and comes out as a timestamp", async () => {
    const when = new Date("2024-05-06T07:08:09.123Z");
    const time = await value(connection, "select to_timestamp_ntz(?)", {
      binds: [when.toISOString().replace("Z", "")],
    });
    equal((time as Date).toISOString(), when.toISOString());
  });
}

async function checkBatches(checks: Checks, connection: Connection): Promise<void> {
  await checks.check("an array of 3 rows", async () => {
    await run(
      connection,
      "create or replace table batch (id int, name varchar, f float, b boolean)",
    );
    const binds = [
      [1, "one", 1.5, true],
      [2, null, -0.25, false],
      [3, "drei ü", null, null],
    ];
    const sql = "insert into batch values (?, ?, ?, ?)";
    const { statement } = await run(connection, sql, { binds: binds as never });
    equal(statement.getNumUpdatedRows(), 3);
    deepEqual(await values(connection, "select * from batch order by id"), binds);
  });
  for (const count of [MANY, LONG]) {
    await checks.check(`an array of ${count} rows`, async () => {
      await run(connection, "truncate table batch");
      const binds = Array.from({ length: count }, (_, i) => [i, `name ${i}`, i / 4, i % 2 === 0]);
      const sql = "insert into batch (id, name, f, b) values (?, ?, ?, ?)";
      const { statement } = await run(connection, sql, { binds: binds as never });
      equal(statement.getNumUpdatedRows(), count);
      const sums = "select count(*), sum(id), sum(f), count_if(b), max(name) from batch";
      const total = (count * (count - 1)) / 2;
      const last = binds
        .map(([, name]) => String(name))
        .sort()
        .at(-1);
      deepEqual(await values(connection, sums), [[count, total, total / 4, count / 2, last]]);
    });
  }
  await checks.check("an array with typed targets", async () => {
    await run(
      connection,
      "create or replace table typed (d date, t timestamp_ntz, n number(10,2), v varchar(3))",
    );
    const binds = [
      ["2024-01-31", "2024-01-31 12:00:00.5", "1.25", "abc"],
      ["1999-12-31", "1999-12-31 23:59:59", "-7", "d"],
    ];
    await run(connection, "insert into typed values (?, ?, ?, ?)", { binds });
    deepEqual(
      await values(connection, "select to_char(d), to_char(t), n, v from typed order by d"),
      [
        ["1999-12-31", "1999-12-31 23:59:59.000", -7, "d"],
        ["2024-01-31", "2024-01-31 12:00:00.500", 1.25, "abc"],
      ],
    );
  });
}
