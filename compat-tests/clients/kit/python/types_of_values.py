"""Values of every type, and cursor.description."""

import json
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

from checks import check, equal
from connecting import rows, value

# PEP 249 type codes of the connector: FIXED 0, REAL 1, TEXT 2, DATE 3, VARIANT 5, TIMESTAMP_LTZ 6, TIMESTAMP_TZ 7,
# TIMESTAMP_NTZ 8, OBJECT 9, ARRAY 10, BINARY 11, TIME 12, BOOLEAN 13
# https://docs.snowflake.com/en/developer-guide/python-connector/python-connector-api#type-codes
COLUMNS = [
    # name, type code, internal size, precision, scale, nullable; and the type in the table
    ("ID", 0, None, 38, 0, False, "int not null"),
    ("N", 0, None, 10, 2, True, "number(10,2)"),
    ("F", 1, None, None, None, True, "float"),
    ("S", 2, 20, None, None, True, "varchar(20)"),
    ("LONG", 2, 16777216, None, None, True, "varchar"),
    ("B", 13, None, None, None, True, "boolean"),
    ("D", 3, None, None, None, True, "date"),
    ("T", 12, None, 0, 3, True, "time(3)"),
    ("NTZ", 8, None, 0, 3, True, "timestamp_ntz(3)"),
    ("LTZ", 6, None, 0, 6, True, "timestamp_ltz(6)"),
    ("TZ", 7, None, 0, 9, True, "timestamp_tz(9)"),
    ("BIN", 11, 10, None, None, True, "binary(10)"),
    ("V", 5, None, None, None, True, "variant"),
    ("O", 9, None, None, None, True, "object"),
    ("A", 10, None, None, None, True, "array"),
]


def run(connection, url, modern):
    del url, modern
    _numbers(connection)
    _times(connection)
    _others(connection)
    _description(connection)


def _numbers(connection):
    @check("NUMBER and FLOAT values")
    def _():
        sql = "select 1, -7, 0.5::number(10,2), 123456.789, 1::float, 1e300::float, null::int, 3::number(5,3)"
        expected = (1, -7, Decimal("0.50"), Decimal("123456.789"), 1.0, 1e300, None, Decimal("3.000"))
        equal(rows(connection, sql), [expected])

    @check("NUMBERs of 38 digits")
    def _():
        sql = """select 12345678901234567890123456789012345678, -99999999999999999999999999999999999999,
          0.0000000000000000000000000000000000001::number(38,37), 9223372036854775807, -9223372036854775809"""
        expected = (
            12345678901234567890123456789012345678,
            -99999999999999999999999999999999999999,
            Decimal("1E-37"),
            9223372036854775807,
            -9223372036854775809,
        )
        equal(rows(connection, sql), [expected])

    @check("integers of every width in one column")
    def _():
        for top in (127, 128, 32767, 32768, 2147483647, 2147483648, 9223372036854775807, 10**30):
            sql = f"select column1 from values ({top}), ({-top}), (null), (0) order by column1 nulls last"
            equal(rows(connection, sql), [(-top,), (0,), (top,), (None,)])

    @check("NaN and infinities")
    def _():
        nan, inf, minus = rows(connection, "select 'NaN'::float, 'inf'::float, '-inf'::float")[0]
        equal((nan != nan, inf, minus), (True, float("inf"), float("-inf")))


def _times(connection):
    @check("DATE values")
    def _():
        sql = "select '2024-02-29'::date, '1969-12-31'::date, '0001-01-01'::date, '9999-12-31'::date"
        expected = (date(2024, 2, 29), date(1969, 12, 31), date(1, 1, 1), date(9999, 12, 31))
        equal(rows(connection, sql), [expected])

    @check("TIME values of every scale")
    def _():
        for scale in range(10):
            micros = int("123456"[:scale].ljust(6, "0"))
            sql = f"select '13:45:07.123456'::time({scale})"
            equal(value(connection, sql), time(13, 45, 7, micros), f"scale {scale}")

    @check("TIMESTAMP_NTZ values of every scale")
    def _():
        for scale in range(10):
            micros = int("123456"[:scale].ljust(6, "0"))
            sql = f"select '2023-11-14 22:13:20.123456'::timestamp_ntz({scale})"
            equal(value(connection, sql), datetime(2023, 11, 14, 22, 13, 20, micros), f"scale {scale}")

    @check("TIMESTAMP_TZ values of every scale keep their offset")
    def _():
        zone = timezone(timedelta(hours=5, minutes=30))
        for scale in range(10):
            micros = int("123456"[:scale].ljust(6, "0"))
            got = value(connection, f"select '2023-11-14 22:13:20.123456 +05:30'::timestamp_tz({scale})")
            equal(got == datetime(2023, 11, 14, 22, 13, 20, micros, zone), True, f"scale {scale}: {got}")
            equal(got.utcoffset(), timedelta(hours=5, minutes=30))

    @check("TIMESTAMP_LTZ values are of the session's zone")
    def _():
        rows(connection, "alter session set timezone = 'Asia/Tokyo'")
        for scale in range(10):
            micros = int("123456"[:scale].ljust(6, "0"))
            got = value(connection, f"select '2023-11-14 22:13:20.123456'::timestamp_ltz({scale})")
            equal(got == datetime(2023, 11, 14, 13, 13, 20, micros, timezone.utc), True, f"scale {scale}: {got}")
            equal(got.utcoffset(), timedelta(hours=9))
        rows(connection, "alter session unset timezone")

    @check("timestamps before 1970")
    def _():
        sql = "select '1969-12-31 23:59:59.5'::timestamp_ntz, '0001-01-01 00:00:00.25'::timestamp_ntz"
        expected = (datetime(1969, 12, 31, 23, 59, 59, 500000), datetime(1, 1, 1, 0, 0, 0, 250000))
        equal(rows(connection, sql), [expected])


    @check("intervals of months are text, those of seconds timedeltas")
    def _():
        sql = """select interval '1-8' year to month, interval '-3' year, interval '14' month,
          interval '2 03:04:05.5' day to second, interval '-90' minute, interval '100000000' day(9),
          null::interval day"""
        expected = (
            "+1-08",
            "-3",
            "+14",
            timedelta(days=2, hours=3, minutes=4, seconds=5, microseconds=500000),
            timedelta(minutes=-90),
            timedelta(days=100000000),
            None,
        )
        equal(rows(connection, sql), [expected])


def _others(connection):
    @check("BOOLEAN and text values")
    def _():
        sql = "select true, false, null::boolean, 'text', '', 'Grüße 漢字 🎉', null::varchar"
        equal(rows(connection, sql), [(True, False, None, "text", "", "Grüße 漢字 🎉", None)])

    @check("BINARY values")
    def _():
        got = rows(connection, "select to_binary('00FF7e', 'HEX'), null::binary")[0]
        equal((bytes(got[0]), got[1]), (b"\x00\xff\x7e", None))

    @check("VARIANT, OBJECT and ARRAY values are printed JSON")
    def _():
        sql = """select parse_json('{"b": [1, 2.5, null], "a": {"t": true}}'), to_variant('text'),
          array_construct(1, 'two', null), parse_json('null'), null::variant, to_variant(7)"""
        expected = (
            '{\n  "a": {\n    "t": true\n  },\n  "b": [\n    1,\n    2.5,\n    null\n  ]\n}',
            '"text"',
            '[\n  1,\n  "two",\n  undefined\n]',
            "null",
            None,
            "7",
        )
        equal(rows(connection, sql), [expected])

    @check("structured ARRAY, OBJECT and MAP values are printed JSON")
    def _():
        sql = """select [1, 2]::array(number), {'x': 1}::object(x number), {'k': 1.5}::map(varchar, float)"""
        expected = ("[\n  1,\n  2\n]", '{\n  "x": 1\n}')
        got = rows(connection, sql)[0]
        equal(got[:2], expected)
        equal(json.loads(got[2]), {"k": 1.5})


def _description(connection):
    @check("description of every type")
    def _():
        columns = ", ".join(f"{column[0]} {column[-1]}" for column in COLUMNS)
        rows(connection, f"create or replace table all_types ({columns})")
        with connection.cursor() as cursor:
            cursor.execute("select * from all_types")
            for got, expected in zip(cursor.description, COLUMNS, strict=True):
                name, code, size, precision, scale, nullable, _ = expected
                equal((got[0], got[1], *got[3:7]), (name, code, size, precision, scale, nullable))

    @check("every type comes back NULL")
    def _():
        rows(connection, "insert into all_types (id) values (1)")
        equal(rows(connection, "select * from all_types"), [(1, *[None] * 14)])

    @check("description of expressions")
    def _():
        with connection.cursor() as cursor:
            cursor.execute("""select count(*), 1 / 3, sum(n), avg(n), max(s), 'abc' as "Lit", sum(n) * 2.5
              from all_types""")
            got = [(column[0], column[1], column[5]) for column in cursor.description]
            expected = [
                ("COUNT(*)", 0, 0),
                ("1 / 3", 0, 6),
                ("SUM(N)", 0, 2),
                ("AVG(N)", 0, 8),
                ("MAX(S)", 2, None),
                ("Lit", 2, None),
                ("SUM(N) * 2.5", 0, 3),
            ]
            equal(got, expected)

    @check("describe gives columns and runs nothing")
    def _():
        rows(connection, "create or replace table described (a number(5,2) not null, b varchar(7))")
        with connection.cursor() as cursor:
            got = [(c[0], c[1], c[3], c[4], c[5], c[6]) for c in cursor.describe("select * from described")]
            equal(got, [("A", 0, None, 5, 2, False), ("B", 2, 7, None, None, True)])
            cursor.describe("insert into described values (1, 'x')")
        equal(value(connection, "select count(*) from described"), 0)
