/** Values and column metadata of every type. */

import { deepEqual, equal } from "node:assert/strict";
import type { Checks } from "../kit/checks.ts";
import { type Connection, run, value, values } from "./session.ts";

export async function checkTypes(checks: Checks, connection: Connection): Promise<void> {
  await checkNumbers(checks, connection);
  await checkTimes(checks, connection);
  await checkTimestamps(checks, connection);
  await checkOthers(checks, connection);
  await checkMetadata(checks, connection);
}

async function checkNumbers(checks: Checks, connection: Connection): Promise<void> {
  await checks.check("NUMBER and FLOAT values", async () => {
    const sql =
      "select 1, -7, 0.5::number(10,2), 123456.789, 1e0::float, -2.5::float, 1e300::float, null::int";
    deepEqual(await values(connection, sql), [[1, -7, 0.5, 123456.789, 1, -2.5, 1e300, null]]);
  });
  await checks.check("a NUMBER of 38 digits as text", async () => {
    const sql =
      "select 12345678901234567890123456789012345678, -0.0000000000000000000000000000000000001::number(38,37)";
    deepEqual(await values(connection, sql, { fetchAsString: ["Number"] }), [
      ["12345678901234567890123456789012345678", "-0.0000000000000000000000000000000000001"],
    ]);
  });
  await checks.check("scale is kept in text", async () => {
    const sql = "select 1.50::number(10,2), 3::number(5,3)";
    deepEqual(await values(connection, sql, { fetchAsString: ["Number"] }), [["1.50", "3.000"]]);
  });
  await checks.check("NaN and infinities", async () => {
    const sql = "select 'NaN'::float, 'inf'::float, '-inf'::float";
    // As text: the driver has no reading of `inf` as a number.
    deepEqual(await values(connection, sql, { fetchAsString: ["Number"] }), [
      ["NaN", "inf", "-inf"],
    ]);
  });
}

async function checkTimes(checks: Checks, connection: Connection): Promise<void> {
  await checks.check("intervals are whole months and nanoseconds", async () => {
    const sql =
      "select interval '1-8' year to month, interval '1.5' second, null::interval day, interval '3' day::varchar";
    deepEqual(await values(connection, sql), [["20", "1500000000", null, "+3"]]);
  });
  await checks.check("DATE values", async () => {
    const sql =
      "select '2024-02-29'::date, '1969-12-31'::date, '0001-01-01'::date, '9999-12-31'::date";
    const [row = []] = await values(connection, sql);
    deepEqual(
      row.map((cell) => (cell as Date).toISOString().slice(0, 10)),
      ["2024-02-29", "1969-12-31", "0001-01-01", "9999-12-31"],
    );
  });
  await checks.check("TIME values of every scale", async () => {
    for (let scale = 0; scale <= 6; scale++) {
      const sql = `select '13:45:07.123456'::time(${scale})`;
      equal(await value(connection, sql), "13:45:07", `scale ${scale}`);
    }
    await run(connection, "alter session set time_output_format = 'HH24:MI:SS.FF6'");
    equal(await value(connection, "select '13:45:07.123456'::time(6)"), "13:45:07.123456");
    equal(await value(connection, "select '13:45:07.123456'::time(3)"), "13:45:07.123000");
    await run(connection, "alter session unset time_output_format");
  });
}

async function checkTimestamps(checks: Checks, connection: Connection): Promise<void> {
  for (const [flavor, instant] of [
    ["timestamp_ntz", "2023-11-14T22:13:20"],
    ["timestamp_ltz", "2023-11-15T06:13:20"],
    ["timestamp_tz", "2023-11-14T20:13:20"],
  ] as const) {
    for (let scale = 0; scale <= 9; scale++) {
      await checks.check(`${flavor}(${scale})`, async () => {
        await run(connection, "alter session set timezone = 'America/Los_Angeles'");
        const offset = flavor === "timestamp_tz" ? " +02:00" : "";
        const sql = `select '2023-11-14 22:13:20.123456${offset}'::${flavor}(${scale}) as t`;
        const { rows, statement } = await run(connection, sql);
        const time = rows[0]?.T as Date;
        const shown = "123456".slice(0, scale).padEnd(3, "0").slice(0, 3);
        equal(time.toISOString(), `${instant}.${shown}Z`);
        equal(statement.getColumn("T").getScale(), scale);
        equal(statement.getColumn("T").getType(), flavor);
      });
    }
  }
  await checks.check("timestamps before 1970", async () => {
    const sql =
      "select '1969-12-31 23:59:59.5'::timestamp_ntz, '0001-01-01 00:00:00.25'::timestamp_ntz";
    const [row = []] = await values(connection, sql);
    deepEqual(
      row.map((cell) => (cell as Date).toISOString()),
      ["1969-12-31T23:59:59.500Z", "0001-01-01T00:00:00.250Z"],
    );
  });
  await checks.check("timestamps as text in the session's formats", async () => {
    await run(connection, "alter session set timezone = 'America/Los_Angeles'");
    await run(
      connection,
      "alter session set timestamp_ntz_output_format = 'YYYY/MM/DD HH24:MI:SS.FF6'",
    );
    await run(
      connection,
      "alter session set timestamp_tz_output_format = 'YYYY-MM-DD HH24:MI TZH:TZM'",
    );
    const sql =
      "select '2024-07-01 10:00:00.123456'::timestamp_ntz, '2024-07-01 10:00:00 +05:30'::timestamp_tz";
    deepEqual(await values(connection, sql, { fetchAsString: ["Date"] }), [
      ["2024/07/01 10:00:00.123456", "2024-07-01 10:00 +05:30"],
    ]);
    await run(connection, "alter session unset timestamp_ntz_output_format");
    await run(connection, "alter session unset timestamp_tz_output_format");
  });
}

async function checkOthers(checks: Checks, connection: Connection): Promise<void> {
  await checks.check("BOOLEAN and text values", async () => {
    const sql = "select true, false, null::boolean, 'text', '', 'Grüße 漢字 🎉', null::varchar";
    deepEqual(await values(connection, sql), [
      [true, false, null, "text", "", "Grüße 漢字 🎉", null],
    ]);
  });
  await checks.check("BINARY values", async () => {
    const [row = []] = await values(connection, "select to_binary('00FF7e', 'HEX'), null::binary");
    deepEqual([...(row[0] as Buffer)], [0, 255, 126]);
    equal(row[1], null);
    const text = { fetchAsString: ["Buffer"] as never };
    equal(await value(connection, "select to_binary('00ff7e', 'HEX')", text), "00FF7E");
  });
  await checks.check("VARIANT, OBJECT and ARRAY values", async () => {
    const sql = `select parse_json('{"b": [1, 2.5, null, "x"], "a": {"t": true}}'), to_variant('text'),
      array_construct(1, 'two', null), object_construct('k', 1), parse_json('null'), null::variant, to_variant(7)`;
    deepEqual(await values(connection, sql), [
      [
        { a: { t: true }, b: [1, 2.5, null, "x"] },
        "text",
        [1, "two", undefined],
        { k: 1 },
        null,
        null,
        7,
      ],
    ]);
  });
  await checks.check("every type comes back NULL from a table", async () => {
    await run(
      connection,
      `create or replace table all_types (n number(10,2), f float, s varchar(20), b boolean, d date, t time(3),
        ntz timestamp_ntz(3), ltz timestamp_ltz(6), tz timestamp_tz(9), bin binary(10), v variant, o object, a array)`,
    );
    await run(connection, "insert into all_types (n) values (null)");
    const [row] = await values(connection, "select * from all_types");
    const expected: unknown[] = Array(13).fill(null);
    // The driver's own way to hand over a TIME, which it gives as text.
    expected[5] = "NULL";
    deepEqual(row, expected);
  });
}

async function checkMetadata(checks: Checks, connection: Connection): Promise<void> {
  await checks.check("types, precision, scale and nullability of columns", async () => {
    const { statement } = await run(connection, "select * from all_types");
    const columns = statement.getColumns() ?? [];
    deepEqual(
      columns.map((column) => `${column.getName()} ${column.getType()}`),
      [
        "N fixed",
        "F real",
        "S text",
        "B boolean",
        "D date",
        "T time",
        "NTZ timestamp_ntz",
        "LTZ timestamp_ltz",
        "TZ timestamp_tz",
        "BIN binary",
        "V variant",
        "O object",
        "A array",
      ],
    );
    const [number, , , , , time, ntz, ltz, tz] = columns;
    deepEqual([number?.getPrecision(), number?.getScale(), number?.isNullable()], [10, 2, true]);
    deepEqual(
      [time, ntz, ltz, tz].map((column) => column?.getScale()),
      [3, 3, 6, 9],
    );
    await run(connection, "create or replace table narrow (id int not null, name varchar)");
    const narrow = (await run(connection, "select * from narrow")).statement.getColumns() ?? [];
    deepEqual(
      narrow.map((column) => column.isNullable()),
      [false, true],
    );
  });
  await checks.check("column names: folded, quoted, repeated, of an expression", async () => {
    const { statement } = await run(
      connection,
      `select 1 as lower, 2 as "Mixed Case", 1 + 1, max(3), 'x' || 'y', count(*), 1 as lower`,
    );
    deepEqual(
      (statement.getColumns() ?? []).map((column) => column.getName()),
      ["LOWER", "Mixed Case", "1 + 1", "MAX(3)", "'X' || 'Y'", "COUNT(*)", "LOWER"],
    );
  });
}
