"""Results as pandas frames and Arrow tables."""

from datetime import date
from decimal import Decimal

import pandas
from snowflake.connector.errors import NotSupportedError

from checks import check, equal
from connecting import connect, failure, rows
from results import LARGE, ROWS


def run(connection, url, modern):
    _frame(connection, modern)
    _batches(connection)
    _edges(connection, url)
    if not modern:
        _arrow(connection)


def frame(connection, sql):
    with connection.cursor() as cursor:
        return cursor.execute(sql).fetch_pandas_all()


def _frame(connection, modern):
    @check("a frame's columns and values")
    def _():
        sql = """select column1::int as id, column2::number(10,2) as n, column3::float as f, column4::varchar as s,
          column5::boolean as b, column6::date as d, column7::timestamp_ntz(3) as at, parse_json(column8) as v
          from values (1, 1.25, 0.5, 'a', true, '2024-02-29', '2024-02-29 01:02:03.456', '{"k": 1}'),
            (2, -7, -2.5, 'b', false, '1969-12-31', '1969-12-31 23:59:59.5', '[1]') order by 1"""
        got = frame(connection, sql)
        equal(list(got.columns), ["ID", "N", "F", "S", "B", "D", "AT", "V"])
        equal([int(cell) for cell in got["ID"]], [1, 2])
        equal([float(cell) for cell in got["N"]], [1.25, -7.0])
        equal([float(cell) for cell in got["F"]], [0.5, -2.5])
        equal(list(got["S"]), ["a", "b"])
        equal([bool(cell) for cell in got["B"]], [True, False])
        equal([str(cell) for cell in got["D"]], ["2024-02-29", "1969-12-31"])
        stamps = [pandas.Timestamp(cell).isoformat() for cell in got["AT"]]
        equal(stamps, ["2024-02-29T01:02:03.456000", "1969-12-31T23:59:59.500000"])
        equal(list(got["V"]), ['{\n  "k": 1\n}', "[\n  1\n]"])
        kinds = {name: got[name].dtype.kind for name in ("ID", "N", "F", "B", "AT")}
        equal(kinds, {"ID": "i", "N": "f", "F": "f", "B": "b", "AT": "M"})

    @check("a frame with NULLs")
    def _():
        sql = """select column1::int as i, column2::varchar as s, column3::timestamp_ntz as t
          from values (1, null, null), (null, 'x', '2024-01-01') order by 1"""
        got = frame(connection, sql)
        equal([bool(cell) for cell in got.isna().to_numpy().ravel()], [False, True, True, True, False, False])

    @check("intervals in a frame")
    def _():
        if modern:
            return
        got = frame(connection, "select interval '1-8' year to month as y, interval '1 02:03:04.5' day to second as d")
        equal([int(cell) for cell in got["Y"]], [20])
        equal([str(cell) for cell in got["D"]], ["1 days 02:03:04.500000"])

    @check("an empty frame has columns")
    def _():
        got = frame(connection, "select 1 as a, 'x' as b where false")
        equal((list(got.columns), len(got)), (["A", "B"], 0))

    @check("zones in a frame")
    def _():
        rows(connection, "alter session set timezone = 'Europe/Berlin'")
        sql = """select '2024-07-01 12:00:00.5'::timestamp_ltz(3) as l, '2024-07-01 12:00:00 +02:00'::timestamp_tz as z,
          '2024-07-01'::date as d"""
        got = frame(connection, sql).iloc[0]
        equal(got["L"].tz_convert("UTC").isoformat(), "2024-07-01T10:00:00.500000+00:00")
        equal(got["Z"].tz_convert("UTC").isoformat(), "2024-07-01T10:00:00+00:00")
        equal(str(got["D"])[:10], date(2024, 7, 1).isoformat())
        rows(connection, "alter session unset timezone")

    del modern


def _batches(connection):
    @check(f"{ROWS} rows as one frame")
    def _():
        got = frame(connection, LARGE)
        equal(len(got), ROWS)
        equal(int(got["N"].sum()), ROWS * (ROWS - 1) // 2)
        equal(int(got["GAPS"].isna().sum()), ROWS // 10)
        equal(float(got["QUARTER"].astype(float).sum()), ROWS * (ROWS - 1) / 8)
        equal(bool((got["NAME"] == "row " + got["N"].astype(str)).all()), True)
        stamps = (got["AT"] - pandas.Timestamp("1970-01-01")) // pandas.Timedelta(seconds=1)
        equal(bool((stamps == got["N"]).all()), True)

    @check(f"{ROWS} rows in batches")
    def _():
        with connection.cursor() as cursor:
            batches = list(cursor.execute(LARGE).fetch_pandas_batches())
        equal(sum(len(batch) for batch in batches), ROWS)
        equal(sum(int(batch["N"].sum()) for batch in batches), ROWS * (ROWS - 1) // 2)
        equal(len(batches) > 1, True, f"{len(batches)} batches")


def _edges(connection, url):
    @check("tables of no rows, by wish")
    def _():
        with connection.cursor() as cursor:
            sql = "select 1::int as a, 'x' as b, 1.5::float as c where false"
            equal(cursor.execute(sql).fetch_arrow_all(), None)
            table = cursor.execute(sql).fetch_arrow_all(force_return_table=True)
            equal((table.num_rows, table.column_names), (0, ["A", "B", "C"]))

    @check("timestamps that nanoseconds cannot hold")
    def _():
        got = frame(connection, "select '9999-12-31'::timestamp_ntz as late, '0001-01-01'::timestamp_ntz as early")
        equal([str(cell)[:10] for cell in got.iloc[0]], ["9999-12-31", "0001-01-01"])

    @check("NUMBERs as decimals")
    def _():
        exact = connect(url, arrow_number_to_decimal=True)
        got = frame(exact, "select 1.5::number(10,2) as n, 12345678901234567.89::number(38,2) as b").iloc[0]
        equal([got["N"], got["B"]], [Decimal("1.50"), Decimal("12345678901234567.89")])
        exact.close()

    @check("a frame of every other type")
    def _():
        sql = """select '01:02:03.5'::time as t, to_binary('00ff') as b, {'a': 1} as o, [1, 2]::vector(int, 2) as v,
          99999999999999999999999999999999999999 as big"""
        got = frame(connection, sql).iloc[0]
        equal((str(got["T"])[:10], bytes(got["B"]), got["O"]), ("01:02:03.5", b"\x00\xff", '{\n  "a": 1\n}'))
        equal(([int(cell) for cell in got["V"]], int(got["BIG"])), ([1, 2], 10**38 - 1))


def _arrow(connection):
    @check("Arrow batches, with microseconds by wish")
    def _():
        with connection.cursor() as cursor:
            cursor.execute(LARGE)
            equal(sum(table.num_rows for table in cursor.fetch_arrow_batches()), ROWS)
            cursor.execute("select '2024-02-29 01:02:03.456789'::timestamp_ntz as at")
            equal(str(cursor.fetch_arrow_all(force_microsecond_precision=True).schema.field("AT").type), "timestamp[us]")

    @check("frames and tables of results that are JSON are refused")
    def _():
        with connection.cursor() as cursor:
            cursor.execute("show databases")
            for fetch in (cursor.fetch_pandas_all, cursor.fetch_arrow_all):
                equal(isinstance(failure(fetch), NotSupportedError), True)

    @check("an Arrow table")
    def _():
        with connection.cursor() as cursor:
            sql = "select column1::number(20,2) as n, column2 as s from values (1.5, 'a'), (null, null) order by 2"
            table = cursor.execute(sql).fetch_arrow_all()
        equal(table.column_names, ["N", "S"])
        numbers = [None if cell is None else Decimal(str(cell)) for cell in table["N"].to_pylist()]
        equal((numbers, table["S"].to_pylist()), ([Decimal("1.5"), None], ["a", None]))
