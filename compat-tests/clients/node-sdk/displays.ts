/** How results describe and show values: column methods, JSON, XML, structured and other types, output formats. */

import { deepEqual, equal } from "node:assert/strict";
import type snowflake from "snowflake-sdk";
import type { Checks } from "../kit/checks.ts";
import { type Connection, run, value, values } from "./session.ts";

/** VARIANT values as the text that the server sends. */
const AS_TEXT = { fetchAsString: ["JSON"] as snowflake.DataType[] };

export async function checkDisplays(checks: Checks, connection: Connection): Promise<void> {
  await checkColumns(checks, connection);
  await checkJson(checks, connection);
  await checkStructured(checks, connection);
  await checkFormats(checks, connection);
}

const KINDS = [
  "String",
  "Binary",
  "Number",
  "Boolean",
  "Date",
  "Time",
  "Timestamp",
  "TimestampLtz",
  "TimestampNtz",
  "TimestampTz",
  "Variant",
  "Object",
  "Array",
  "Map",
] as const;

async function checkColumns(checks: Checks, connection: Connection): Promise<void> {
  const described = async (sql: string) => {
    const { statement } = await run(connection, sql, { describeOnly: true });
    return (statement.getColumns() ?? []).map((column) => {
      const kinds = KINDS.filter((kind) => column[`is${kind}`]());
      return [column.getName(), column.getType(), ...kinds].join(" ");
    });
  };
  await checks.check("what columns are", async () => {
    const sql = `select 1 as n, 1e0 as f, 'a' as s, true as b, current_date() as d, '10:00'::time as t,
      to_timestamp_ntz(0) as ntz, to_timestamp_ltz(0) as ltz, to_timestamp_tz(0) as tz, to_binary('00') as x`;
    deepEqual(await described(sql), [
      "N fixed Number",
      "F real Number",
      "S text String",
      "B boolean Boolean",
      "D date Date",
      "T time Time",
      "NTZ timestamp_ntz Timestamp TimestampNtz",
      "LTZ timestamp_ltz Timestamp TimestampLtz",
      "TZ timestamp_tz Timestamp TimestampTz",
      "X binary Binary",
    ]);
  });
  await checks.check("what columns of nested values are", async () => {
    const sql = `select to_variant(1) as v, [] as a, {} as o, [1]::array(int) as sa, {'k': 1}::object(k int) as so,
      {'k': 1}::map(varchar, int) as sm, [1]::vector(int, 1) as vec, 1::decfloat as df`;
    deepEqual(await described(sql), [
      "V variant Variant",
      // The driver reads those without a type of their elements as VARIANT.
      "A array Variant",
      "O object Variant",
      "SA array Array",
      "SO object Object",
      "SM map Map",
      "VEC vector",
      "DF decfloat",
    ]);
  });
  await checks.check("a column by its name and by its number", async () => {
    const { statement } = await run(connection, `select 1 as a, 2 as a, 3 as "a"`);
    const numbers = ["A", "a", 1].map((key) => {
      const column = statement.getColumn(key);
      return [column.getIndex(), column.getId()];
    });
    deepEqual(numbers, [
      [0, 0],
      [2, 2],
      [1, 1],
    ]);
    equal(statement.getColumn("nope"), undefined);
  });
}

async function checkJson(checks: Checks, connection: Connection): Promise<void> {
  await checks.check("JSON as text, indented by JSON_INDENT", async () => {
    const sql = `select to_variant(parse_json('{"b": [1, "x"], "a": {}}'))`;
    const text = '{\n  "a": {},\n  "b": [\n    1,\n    "x"\n  ]\n}';
    equal(await value(connection, sql, AS_TEXT), text);
    const compact = { ...AS_TEXT, parameters: { JSON_INDENT: 0 } };
    equal(await value(connection, sql, compact), '{"a":{},"b":[1,"x"]}');
    const one = { ...AS_TEXT, parameters: { JSON_INDENT: 1 } };
    equal(await value(connection, sql, one), '{\n "a": {},\n "b": [\n  1,\n  "x"\n ]\n}');
  });
  await checks.check("undefined elements are null with STRICT_JSON_OUTPUT", async () => {
    const sql = "select to_variant(array_construct(1, null))";
    const compact = { ...AS_TEXT, parameters: { JSON_INDENT: 0 } };
    equal(await value(connection, sql, compact), "[1,undefined]");
    const strict = { ...AS_TEXT, parameters: { JSON_INDENT: 0, STRICT_JSON_OUTPUT: true } };
    equal(await value(connection, sql, strict), "[1,null]");
    const many =
      "select to_variant(array_construct(seq4(), null)) from table(generator(rowcount => 50000))";
    const rows = (await values(connection, many, strict)).flat();
    equal(rows.length, 50_000);
    equal(
      rows.find((text) => !/^\[\d+,null\]$/.test(String(text))),
      undefined,
    );
  });
  await checks.check("XML", async () => {
    const sql = "select to_variant(parse_xml('<a x=\"1\"><b>2</b></a>'))";
    equal(await value(connection, sql, AS_TEXT), '<a x="1">\n  <b>2</b>\n</a>');
  });
  await checks.check("dates inside a VARIANT by the statement's own format", async () => {
    const parameters = { DATE_OUTPUT_FORMAT: "DD.MM.YYYY" };
    const sql = "select to_variant('2024-01-02'::date)";
    equal(await value(connection, sql, { parameters }), "02.01.2024");
    equal(await value(connection, sql), "2024-01-02");
  });
}

async function checkStructured(checks: Checks, connection: Connection): Promise<void> {
  await checks.check("structured values", async () => {
    const sql = `select [1, 2]::array(int), {'x': 1, 'y': 'z'}::object(x int, y varchar), {'1': 'a'}::map(int, varchar),
      [{'x': 1}]::array(object(x int)), {'o': {'p': [1.5]}}::object(o object(p array(number(3, 1)))), null::array(int)`;
    deepEqual(await values(connection, sql), [
      [[1, 2], { x: 1, y: "z" }, new Map([[1, "a"]]), [{ x: 1 }], { o: { p: [1.5] } }, null],
    ]);
  });
  await checks.check("times and bytes inside structured values", async () => {
    const sql = `select {'n': '2024-01-02 03:04:05'::timestamp_ntz, 'b': to_binary('ff00'), 't': true}::object(
      n timestamp_ntz, b binary, t boolean)`;
    const { n, b, t } = (await value(connection, sql)) as { n: Date; b: number[]; t: boolean };
    deepEqual([n.toISOString(), b, t], ["2024-01-02T03:04:05.000Z", [255, 0], true]);
  });
  await checks.check("vectors, DECFLOAT, GEOGRAPHY and GEOMETRY", async () => {
    const sql = `select [1, 2]::vector(int, 2), [1.5]::vector(float, 1), 123456789012345678901234567890::decfloat,
      to_geography('POINT(1 2)'), to_geometry('POINT(1 2)')`;
    const point = { coordinates: [1, 2], type: "Point" };
    deepEqual(await values(connection, sql), [
      ["[1,2]", "[1.500000]", "123456789012345678901234567890", point, point],
    ]);
    const parameters = { GEOGRAPHY_OUTPUT_FORMAT: "WKT" };
    equal(
      await value(connection, "select to_geography('POINT(1 2)')", { parameters }),
      "POINT(1 2)",
    );
  });
}

async function checkFormats(checks: Checks, connection: Connection): Promise<void> {
  await checks.check("dates and times as text in formats of the statement", async () => {
    const fetchAsString: snowflake.DataType[] = ["Date"];
    const shown = (sql: string, parameters: Record<string, string>) =>
      value(connection, sql, { fetchAsString, parameters: { TIMEZONE: "UTC", ...parameters } });
    const format = "DY, DD MON YYYY HH24:MI:SS TZHTZM";
    const ltz = "select '2024-07-01 10:00:00'::timestamp_ltz";
    equal(
      await shown(ltz, { TIMESTAMP_OUTPUT_FORMAT: format, TIMEZONE: "Asia/Kolkata" }),
      "Mon, 01 Jul 2024 10:00:00 +0530",
    );
    equal(
      await shown(ltz, { TIMESTAMP_LTZ_OUTPUT_FORMAT: "MM/DD/YY HH12:MI AM" }),
      "07/01/24 10:00 AM",
    );
    const date = "select '2024-07-01'::date";
    equal(await shown(date, { DATE_OUTPUT_FORMAT: "DD-MON-YYYY" }), "01-Jul-2024");
    const time = "select '13:02:03.456'::time";
    equal(await shown(time, { TIME_OUTPUT_FORMAT: "HH12:MI:SS.FF3 AM" }), "01:02:03.456 PM");
  });
  await checks.check("BINARY in BASE64", async () => {
    const fetchAsString: snowflake.DataType[] = ["Buffer"];
    const parameters = { BINARY_OUTPUT_FORMAT: "BASE64" };
    const sql = "select to_binary('ff00ff')";
    equal(await value(connection, sql, { fetchAsString, parameters }), "/wD/");
    deepEqual([...((await value(connection, sql, { parameters })) as Buffer)], [255, 0, 255]);
  });
}
