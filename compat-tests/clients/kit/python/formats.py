"""The same values in both formats of results, JSON and Arrow; values at the ends of their types; batches that travel."""

import pickle
from datetime import date, datetime, timedelta, timezone
from datetime import time as clock
from decimal import Decimal

from checks import check, equal
from connecting import connect, failure, rows, value

PARAMETER = "PYTHON_CONNECTOR_QUERY_RESULT_FORMAT"
MANY = 50_000
LONG = f"""select n, 'row ' || n as name, (n / 4)::number(12,2) as quarter, iff(n % 10 = 0, null, n) as gaps
  from (select seq4() as n from table(generator(rowcount => {MANY})))"""
PRINTED = '{\n  "a": [\n    1,\n    "x"\n  ]\n}'
VALUES = {
    "-1.5::number(10,3)": Decimal("-1.500"),
    "99999999999999999999999999999999999999": 10**38 - 1,
    "0.1::number(38,37)": Decimal("0.1"),
    "'1.5'::decfloat": Decimal("1.5"),
    "'1e-1000'::decfloat": Decimal("1E-1000"),
    "1.5::float": 1.5,
    "123456789.125::float": 123456789.125,
    "true": True,
    "'x'::varchar(3)": "x",
    "''": "",
    "'9999-12-31'::date": date(9999, 12, 31),
    "'0001-01-01'::date": date(1, 1, 1),
    "'1582-10-10'::date": date(1582, 10, 10),
    "'23:59:59.999999'::time": clock(23, 59, 59, 999999),
    "'12:34:56.7'::time(0)": clock(12, 34, 56),
    "parse_json('{\"a\": [1, \"x\"]}')": PRINTED,
    "{'a': [1, 'x']}": PRINTED,
    "[1, 'x']": '[\n  1,\n  "x"\n]',
    "to_variant('2024-01-01'::date)": '"2024-01-01"',
    "[1, 2]::array(number)": "[\n  1,\n  2\n]",
    "{'a': 1}::object(a number)": '{\n  "a": 1\n}',
    "{'k': 1}::map(varchar, number)": '{\n  "k": 1\n}',
    "[1, 2, 3]::vector(int, 3)": [1, 2, 3],
    "[1.5, -2]::vector(float, 2)": [1.5, -2.0],
    "interval '1-2' year to month": "+1-02",
    "interval '1 02:03:04.5' day to second": timedelta(days=1, hours=2, minutes=3, seconds=4.5),
    "st_asgeojson(to_geography('POINT(1 2)')):type::varchar": "Point",
}
NULLS = "int number(10,2) float varchar boolean date time timestamp_ntz timestamp_ltz timestamp_tz binary variant object array decfloat geography".split()
# Wall clocks with their microseconds; each is read with 0, 3, 6 and 9 digits.
CLOCKS = [
    datetime(2024, 2, 29, 23, 59, 59, 999999),
    datetime(1969, 12, 31, 23, 59, 59, 500000),
    datetime(1, 1, 1, 0, 0, 0, 1),
    datetime(9999, 12, 31, 23, 59, 59, 999999),
]


def run(connection, url, modern):
    database = value(connection, "select current_database()")
    json = connect(url, database=database, session_parameters={PARAMETER: "JSON"})
    _values({"Arrow": connection, "JSON": json})
    _stamps({"Arrow": connection, "JSON": json})
    _chosen(connection, modern)
    _batches({"Arrow": connection, "JSON": json}, modern)
    _shown(connection)
    json.close()


def _values(formats):
    for name, connection in formats.items():

        @check(f"values of every type in {name}")
        def _(connection=connection):
            got = rows(connection, "select " + ", ".join(VALUES))[0]
            for sql, expected, actual in zip(VALUES, VALUES.values(), got, strict=True):
                if isinstance(expected, Decimal):
                    equal((isinstance(actual, Decimal), actual == expected), (True, True), f"{sql}: {actual!r}")
                else:
                    equal(actual, expected, sql)

        @check(f"NULL of every type in {name}")
        def _(connection=connection):
            sql = "select " + ", ".join(f"null::{kind}" for kind in NULLS)
            equal(rows(connection, sql), [(None,) * len(NULLS)])
            # A JSON null is a value, and its text.
            equal(value(connection, "select parse_json('null')"), "null")

        @check(f"bytes and numbers of floats in {name}")
        def _(connection=connection):
            binary, nan, inf, minus, tiny = rows(
                connection, "select to_binary('00ff'), 'nan'::float, 'inf'::float, '-inf'::float, 5e-324::float"
            )[0]
            equal((bytes(binary), nan != nan, inf, minus, tiny), (b"\x00\xff", True, float("inf"), -inf, 5e-324))


def _stamps(formats):
    def cut(stamp, scale):
        return stamp.replace(microsecond=stamp.microsecond // 10 ** max(0, 6 - scale) * 10 ** max(0, 6 - scale))

    for name, connection in formats.items():

        @check(f"timestamps of all digits and years in {name}")
        def _(connection=connection):
            for scale in (0, 3, 6, 9):
                columns = ", ".join(f"'{stamp.isoformat()}'::timestamp_ntz({scale})" for stamp in CLOCKS)
                equal(list(rows(connection, f"select {columns}")[0]), [cut(stamp, scale) for stamp in CLOCKS], str(scale))

        @check(f"timestamps with zones in {name}")
        def _(connection=connection):
            offsets = {"+05:30": 330, "-11:30": -690, "+00:00": 0, "+14:00": 840}
            for scale in (0, 3, 6, 9):
                for text, minutes in offsets.items():
                    zone = timezone(timedelta(minutes=minutes))
                    for stamp in CLOCKS[:2]:
                        sql = f"select '{stamp.isoformat()} {text}'::timestamp_tz({scale})"
                        got = value(connection, sql)
                        equal((got == cut(stamp, scale).replace(tzinfo=zone), got.utcoffset()), (True, zone.utcoffset(None)), sql)


def _chosen(connection, modern):
    if modern:
        return

    @check("the format by session and by statement")
    def _():
        with connection.cursor() as cursor:
            used = lambda: cursor.execute("select 1")._query_result_format  # noqa: E731
            equal(used(), "arrow")
            rows(connection, f"alter session set {PARAMETER} = 'JSON'")
            equal(used(), "json")
            rows(connection, f"alter session unset {PARAMETER}")
            once = cursor.execute("select 1", _statement_params={PARAMETER: "JSON"})
            equal((once._query_result_format, used()), ("json", "arrow"))


def _batches(formats, modern):
    for name, connection in formats.items():

        @check(f"batches of a result travel to another process in {name}")
        def _(connection=connection):
            with connection.cursor() as cursor:
                cursor.execute(LONG)
                batches = pickle.loads(pickle.dumps(cursor.get_result_batches()))
            equal(sum(batch.rowcount for batch in batches), MANY)
            equal(len(batches) > 1, True, f"{len(batches)} batches")
            got = [row for batch in batches for row in batch]
            equal((len(got), got[0], sum(row[0] for row in got)), (MANY, (0, "row 0", Decimal("0.00"), None), MANY * (MANY - 1) // 2))

    if not modern:

        @check("batches as frames and Arrow tables")
        def _():
            with formats["Arrow"].cursor() as cursor:
                batches = cursor.execute(LONG).get_result_batches()
            equal(sum(len(batch.to_pandas()) for batch in batches), MANY)
            equal(sum(batch.to_arrow().num_rows for batch in batches), MANY)

    @check("rows one by one, some, and the rest of a large result")
    def _():
        with formats["Arrow"].cursor() as cursor:
            cursor.execute(LONG)
            got = (cursor.fetchone()[0], len(cursor.fetchmany(1000)), len(cursor.fetchall()))
            equal(got, (0, 1000, MANY - 1001))


def _shown(connection):
    @check("SHOW and DESCRIBE as results")
    def _():
        rows(connection, "create or replace table shown_table (id int not null comment 'the key', name varchar(7))")
        with connection.cursor() as cursor:
            cursor.execute("show tables like 'shown_table'")
            names = [column.name for column in cursor.description]
            (row,) = cursor.fetchall()
            shown = dict(zip(names, row, strict=True))
            equal((shown["name"], shown["kind"], shown["rows"]), ("SHOWN_TABLE", "TABLE", 0))
            equal(isinstance(shown["created_on"], datetime) and shown["created_on"].utcoffset() is not None, True)
            cursor.execute("describe table shown_table")
            equal([row[:4] for row in cursor], [("ID", "NUMBER(38,0)", "COLUMN", "N"), ("NAME", "VARCHAR(7)", "COLUMN", "Y")])
            query_id = cursor.sfqid
        sql = f"""select "name", "comment" from table(result_scan('{query_id}')) order by 1"""
        equal(rows(connection, sql), [("ID", "the key"), ("NAME", None)])

    @check("results that were never asked for")
    def _():
        equal(failure(lambda: rows(connection, "select * from table(result_scan(last_query_id(-90000)))")).errno, 709)
