"""Binds of both styles, executemany, row counts of DML."""

from datetime import date, datetime, time
from decimal import Decimal

import snowflake.connector

from checks import check, equal
from connecting import connect, rows, value


LONG = 10_000


def run(connection, url, modern):
    _pyformat(connection)
    _qmark(url, connection, LONG)
    _staged(url, connection, "SYSTEM$BIND" if modern else "SYSTEMBIND")
    _executemany(connection)
    _counts(connection)


def _pyformat(connection):
    @check("pyformat binds by position and by name")
    def _():
        equal(rows(connection, "select %s, %s, %s", (1, "it's", None)), [(1, "it's", None)])
        named = {"n": 2.5, "t": "back\\slash \n", "b": True}
        equal(rows(connection, "select %(n)s::float, %(t)s, %(b)s", named), [(2.5, "back\\slash \n", True)])

    @check("pyformat binds of dates, times, decimals and bytes")
    def _():
        params = (date(2024, 2, 29), datetime(2024, 2, 29, 1, 2, 3, 456000), Decimal("1.50"), b"\x00\xff")
        sql = "select %s::date, %s::timestamp_ntz, %s::number(5,2), %s"
        got = rows(connection, sql, params)[0]
        equal((*got[:3], bytes(got[3])), params)

    @check("a list in IN")
    def _():
        sql = "select column1 from values (1), (2), (3) where column1 in (%s) order by 1"
        equal(rows(connection, sql, ([1, 3],)), [(1,), (3,)])


def _qmark(url, connection, count):
    database = value(connection, "select current_database()")
    snowflake.connector.paramstyle = "qmark"
    qmark = connect(url, database=database, schema="public")
    try:

        @check("qmark binds of every type")
        def _():
            params = (7, 2.5, "x", True, None, date(2024, 2, 29), time(1, 2, 3, 456000))
            equal(rows(qmark, "select ?, ?, ?, ?, ?, ?, ?", params), [params])

        @check("qmark binds of timestamps with a named type")
        def _():
            when = datetime(2024, 2, 29, 1, 2, 3, 456000)
            sql = "select ?, to_char(?)"
            equal(rows(qmark, sql, (("TIMESTAMP_NTZ", when), "x")), [(when, "x")])

        @check("qmark binds of numbers and bytes into a table")
        def _():
            rows(qmark, "create or replace table q (n number(10,2), b binary, v variant)")
            sql = "insert into q select ?, ?, parse_json(?)"
            rows(qmark, sql, (Decimal("1.25"), b"\x01\x02", '{"a": [1]}'))
            got = rows(qmark, "select n, b, v:a[0]::int from q")[0]
            equal((got[0], bytes(got[1]), got[2]), (Decimal("1.25"), b"\x01\x02", 1))

        @check(f"qmark executemany of {count} rows")
        def _():
            rows(qmark, "create or replace table many (id int, name varchar, f float, d date)")
            with qmark.cursor() as cursor:
                data = [(i, f"name {i}" if i % 10 else None, i / 4, date(2024, 1, 1 + i % 28)) for i in range(count)]
                cursor.executemany("insert into many values (?, ?, ?, ?)", data)
                equal(cursor.rowcount, count)
            sql = "select count(*), sum(id), count(name), sum(f), max(d) from many"
            total = count * (count - 1) // 2
            equal(rows(qmark, sql), [(count, total, count - count // 10, total / 4, date(2024, 1, 28))])
    finally:
        snowflake.connector.paramstyle = "pyformat"
        qmark.close()


def _staged(url, connection, stage):
    """Batches of more values than the threshold travel as a file on a stage."""
    database = value(connection, "select current_database()")
    snowflake.connector.paramstyle = "qmark"
    low = {"CLIENT_STAGE_ARRAY_BINDING_THRESHOLD": 8}
    qmark = connect(url, database=database, schema="public", session_parameters=low)
    insert = "insert into staged values (?, ?, ?, ?, ?, ?)"
    try:

        @check("a batch above the threshold is uploaded to a stage")
        def _():
            rows(qmark, "create or replace table staged (id int, t varchar, f float, b boolean, d date, n number(10,2))")
            data = [
                (1, "plain", 1.5, True, date(2024, 2, 29), Decimal("1.25")),
                (2, "", -0.25, False, date(1999, 12, 31), Decimal("-7.00")),
                (3, None, None, None, None, None),
                (4, 'a "quoted", text\nwith \\ and \t', 1e300, True, date(9999, 12, 31), Decimal("0.01")),
                (5, "grün 日本 🐧", 0.1, True, date(2000, 1, 1), Decimal("99999999.99")),
            ]
            with qmark.cursor() as cursor:
                cursor.executemany(insert, data)
                equal(cursor.rowcount, len(data))
            equal(rows(qmark, "select * from staged order by id"), data)
            assert len(rows(qmark, f"list @{stage}")) > 0, "nothing was uploaded"

        @check("a batch with a value that does not fit")
        def _():
            bad = [(i, "x", 1.0, True, date(2024, 1, 1), Decimal("123456789.00")) for i in range(5)]
            try:
                with qmark.cursor() as cursor:
                    cursor.executemany(insert, bad)
            except snowflake.connector.errors.ProgrammingError as error:
                equal(error.errno, 100039)
            else:
                raise AssertionError("no error")
            equal(value(qmark, "select count(*) from staged"), 5)
    finally:
        snowflake.connector.paramstyle = "pyformat"
        qmark.close()


def _executemany(connection):
    @check("pyformat executemany")
    def _():
        rows(connection, "create or replace table em (id int, name varchar)")
        with connection.cursor() as cursor:
            cursor.executemany("insert into em values (%s, %s)", [(1, "a"), (2, None), (3, "c'd")])
            equal(cursor.rowcount, 3)
        equal(rows(connection, "select * from em order by id"), [(1, "a"), (2, None), (3, "c'd")])


def _counts(connection):
    @check("rowcount and stats of DML")
    def _():
        rows(connection, "create or replace table counted (id int, v varchar)")
        with connection.cursor() as cursor:

            def done(sql):
                cursor.execute(sql)
                stats = cursor.stats
                return (
                    cursor.rowcount,
                    stats.num_rows_inserted or 0,
                    stats.num_rows_updated or 0,
                    stats.num_rows_deleted or 0,
                )

            equal(done("insert into counted values (1, 'a'), (2, 'b'), (3, 'c')"), (3, 3, 0, 0))
            equal(done("update counted set v = 'z' where id > 1"), (2, 0, 2, 0))
            equal(done("delete from counted where id = 3"), (1, 0, 0, 1))
            merge = """merge into counted c using (select column1 id, column2 v from values (2, 'm'), (9, 'n')) s
              on c.id = s.id when matched then update set v = s.v when not matched then insert values (s.id, s.v)"""
            equal(done(merge), (2, 1, 1, 0))
        equal(value(connection, "select count(*) from counted"), 3)

    @check("rowcount of a query")
    def _():
        with connection.cursor() as cursor:
            cursor.execute("select column1 from values (1), (2), (3)")
            equal(cursor.rowcount, 3)
            equal(cursor.fetchone(), (1,))
            equal(cursor.fetchmany(5), [(2,), (3,)])
            equal(cursor.fetchone(), None)
