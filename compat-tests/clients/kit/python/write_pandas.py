"""write_pandas: a temporary stage, Parquet files by PUT, COPY INTO."""

from datetime import date, datetime, time
from decimal import Decimal
from types import SimpleNamespace

import pandas
from snowflake.connector.pandas_tools import pd_writer, write_pandas

from checks import check, equal, skip
from connecting import failure, rows


COLUMNS = "id int, t varchar, f float, b boolean, d date, ts timestamp_ntz"
WHEN = datetime(2024, 2, 29, 1, 2, 3, 456000)


def _frame(count):
    index = range(count)
    return pandas.DataFrame(
        {
            "ID": list(index),
            "T": [None if i % 3 == 0 else f"text {i} ü'\"" for i in index],
            "F": [None if i % 4 == 0 else i / 4 for i in index],
            "B": [i % 2 == 0 for i in index],
            "D": [date(2024, 1, 1 + i % 28) for i in index],
            "TS": pandas.to_datetime([WHEN] * count),
        }
    )


def _row(i):
    text = None if i % 3 == 0 else f"text {i} ü'\""
    number = None if i % 4 == 0 else i / 4
    return (i, text, number, i % 2 == 0, date(2024, 1, 1 + i % 28), WHEN)


def _tables(connection):
    @check("write_pandas makes tables of every kind, in other places, with other names")
    def _():
        small = _frame(3)[["ID"]]
        for word, kind in (("temp", "TEMPORARY"), ("temporary", "TEMPORARY"), ("transient", "TRANSIENT"), ("", "TABLE")):
            name = f"KIND_{word}".upper()
            write_pandas(connection, small, name, auto_create_table=True, table_type=word)
            equal([row[4] for row in rows(connection, f"show tables like '{name}'")], [kind])
        rows(connection, "create schema if not exists pandas_place")
        rows(connection, "use schema public")
        write_pandas(connection, small, "THERE", schema="PANDAS_PLACE", auto_create_table=True)
        equal(rows(connection, "select count(*) from pandas_place.there"), [(3,)])
        mixed = small.rename(columns={"ID": "my id"})
        write_pandas(connection, mixed, "Mixed 名", auto_create_table=True)
        equal(rows(connection, 'select sum("my id") from "Mixed 名"'), [(3,)])
        plain = small.rename(columns={"ID": "id"})
        write_pandas(connection, plain, "unquoted", auto_create_table=True, quote_identifiers=False)
        equal(rows(connection, "select sum(id) from unquoted"), [(3,)])

    @check("write_pandas leaves defaults to the table, and the index out")
    def _():
        columns = "id int, five int default 5, counted int autoincrement, at timestamp default current_timestamp"
        rows(connection, f"create or replace table defaulted ({columns})")
        write_pandas(connection, pandas.DataFrame({"ID": [1, 2]}, index=[7, 8]), "DEFAULTED")
        equal(rows(connection, "select id, five, at is not null from defaulted order by id"), [(1, 5, True), (2, 5, True)])

    @check("write_pandas into a table or column that is not there")
    def _():
        equal(failure(lambda: write_pandas(connection, _frame(1), "NOT_MADE")).errno, 2003)
        equal(failure(lambda: write_pandas(connection, pandas.DataFrame({"NO": [1]}), "DEFAULTED")).errno, 904)


def _options(connection, modern):
    @check("write_pandas of lists, dictionaries, decimals, times and zones")
    def _():
        data = {
            "ID": [1, 2],
            "L": [[1, 2], None],
            "J": [{"a": 1}, None],
            "N": [Decimal("1.50"), None],
            "T": [time(1, 2, 3), None],
            "Z": pandas.to_datetime(["2024-02-29 01:02:03+05:30"] * 2),
        }
        made = {"use_logical_type": True, "auto_create_table": True}
        write_pandas(connection, pandas.DataFrame(data), "OTHERS", **made)
        sql = """select l[1]::int, j:a::int, n, t, to_char(convert_timezone('UTC', z), 'YYYY-MM-DD HH24:MI:SS')
          from others order by id"""
        stamp = "2024-02-28 19:32:03"
        equal(rows(connection, sql), [(2, 1, Decimal("1.50"), time(1, 2, 3), stamp), (None, None, None, None, stamp)])

    @check("write_pandas uploads its chunks together")
    def _():
        rows(connection, "create or replace table together (a int)")
        # Equal chunks are files of their own.
        result = write_pandas(
            connection, pandas.DataFrame({"A": [7] * 100}), "TOGETHER", chunk_size=10, bulk_upload_chunks=True
        )
        equal((result[0], result[1], result[2]), (True, 10, 100))
        equal(rows(connection, "select count(*), sum(a) from together"), [(100, 700)])

    if modern:
        skip("pd_writer", "version 5 of the connector wants SQLAlchemy for it")
        return

    @check("pd_writer, which pandas calls from to_sql")
    def _():
        rows(connection, "create or replace table by_writer (id int, t varchar)")
        # What pandas hands over: a table with its names, and SQLAlchemy's connection around the connector's.
        table = SimpleNamespace(name="BY_WRITER", schema=None)
        around = SimpleNamespace(connection=SimpleNamespace(connection=connection))
        pd_writer(table, around, ["ID", "T"], iter([(1, "a"), (2, None)]))
        equal(rows(connection, "select * from by_writer order by id"), [(1, "a"), (2, None)])


def run(connection, url, modern):
    del url
    _tables(connection)
    _options(connection, modern)

    @check("write_pandas into a table")
    def _():
        rows(connection, f"create or replace table wp ({COLUMNS})")
        result = write_pandas(connection, _frame(5), "WP", use_logical_type=True)
        equal((result[0], result[1], result[2]), (True, 1, 5))
        equal(rows(connection, "select * from wp order by id"), [_row(i) for i in range(5)])

    @check("write_pandas in several chunks, with another compression")
    def _():
        rows(connection, f"create or replace table wp ({COLUMNS})")
        options = {"use_logical_type": True, "compression": "snappy", "chunk_size": 300, "parallel": 2}
        result = write_pandas(connection, _frame(1000), "WP", **options)
        equal((result[0], result[1], result[2]), (True, 4, 1000))
        total = sum(range(1000))
        equal(rows(connection, "select count(*), sum(id), count(t) from wp"), [(1000, total, 666)])

    @check("write_pandas makes the table, replaces it, empties it")
    def _():
        rows(connection, "drop table if exists made")
        create = {"use_logical_type": True, "auto_create_table": True}
        write_pandas(connection, _frame(3), "MADE", **create)
        types = [row[1].split("(")[0] for row in rows(connection, "describe table made")]
        equal(types, ["NUMBER", "VARCHAR", "FLOAT", "BOOLEAN", "DATE", "TIMESTAMP_NTZ"])
        equal(rows(connection, "select * from made order by id"), [_row(i) for i in range(3)])
        write_pandas(connection, _frame(4), "MADE", overwrite=True, **create)
        equal(rows(connection, "select count(*) from made"), [(4,)])
        write_pandas(connection, _frame(2), "MADE", overwrite=True, use_logical_type=True)
        equal(rows(connection, "select * from made order by id"), [_row(i) for i in range(2)])
