"""The cursor: fetching, several statements, executemany, describe, results and states by query id, stopping."""

import io
import time
from contextlib import suppress

import numpy
from snowflake.connector import DictCursor
from snowflake.connector.constants import QueryStatus
from snowflake.connector.errors import Error, NotSupportedError, ProgrammingError

from checks import check, equal
from connecting import connect, failure, rows, value
from errors import LONG_STATEMENT

FOUR = "select column1 from values (1), (2), (3), (4) order by 1"
UNKNOWN_ID = "01000000-0000-0000-0000-000000000000"
PATIENCE_S = 30


def run(connection, url, modern):
    database = value(connection, "select current_database()")
    qmark = connect(url, database=database, schema="public", paramstyle="qmark")
    _fetching(connection, url)
    _texts(connection)
    _several(connection, qmark, modern)
    _many(connection, qmark)
    _calls(connection, qmark)
    _described(connection)
    _by_id(connection, url)
    _stopping(connection, url)
    qmark.close()


def _sets(cursor):
    """The rows of all results of several statements."""
    got = [cursor.fetchall()]
    while cursor.nextset() is not None:
        got.append(cursor.fetchall())
    return got


def _fetching(connection, url):
    @check("fetchone, fetchmany, arraysize, iteration, rownumber")
    def _():
        with connection.cursor() as cursor:
            cursor.execute(FOUR)
            equal((cursor.rowcount, cursor.rownumber, cursor.arraysize), (4, None, 1))
            equal((cursor.fetchone(), cursor.rownumber), ((1,), 0))
            cursor.arraysize = 2
            equal(cursor.fetchmany(), [(2,), (3,)])
            equal((list(cursor), cursor.fetchall(), cursor.fetchone()), ([(4,)], [], None))
            equal((cursor.lastrowid, cursor.sqlstate), (None, None))

    @check("the session's formats at a cursor")
    def _():
        with connection.cursor() as cursor:
            cursor.execute("select 1")
            equal((cursor.date_output_format, cursor.time_output_format), ("YYYY-MM-DD", "HH24:MI:SS"))
            equal(cursor.timestamp_ntz_output_format, "YYYY-MM-DD HH24:MI:SS.FF3")
            equal((cursor.timezone, cursor.binary_output_format), ("America/Los_Angeles", "HEX"))

    @check("parameters of one statement")
    def _():
        with connection.cursor() as cursor:
            zoned = {"TIMEZONE": "Asia/Tokyo", "DATE_OUTPUT_FORMAT": "DD.MM.YYYY"}
            sql = "select to_char(to_timestamp_ltz(0), 'HH24 TZH'), to_char('2024-03-01'::date)"
            equal(cursor.execute(sql, _statement_params=zoned).fetchall(), [("09 +09", "01.03.2024")])
            equal(cursor.execute(sql).fetchall(), [("16 -08", "2024-03-01")])

    @check("numpy's types for those who ask")
    def _():
        connection = connect(url, numpy=True)
        sql = """select 1::int, 1.5::number(5,2), 2.5::float, '2024-02-29'::date,
          '2024-02-29 01:02:03.5'::timestamp_ntz, null::int"""
        (row,) = rows(connection, sql)
        expected = [numpy.int64, numpy.float64, numpy.float64, numpy.datetime64, numpy.datetime64, type(None)]
        equal([type(cell) for cell in row] == expected, True, str(row))
        equal([str(cell) for cell in row[2:4]], ["2.5", "2024-02-29"])
        connection.close()


def _texts(connection):
    @check("execute_string with comments, quotes and cursor classes")
    def _():
        text = "select 1 as a; select 'a;b' as b; -- c;\n select $$x;y$$ as c; /* ; */ select 2 as d"
        got = [cursor.fetchall() for cursor in connection.execute_string(text, cursor_class=DictCursor)]
        equal(got, [[{"A": 1}], [{"B": "a;b"}], [{"C": "x;y"}], [{"D": 2}]])
        equal(list(connection.execute_string("select 1; select 2", return_cursors=False)), [])

    @check("execute_stream")
    def _():
        stream = io.StringIO("select 1;\nselect\n  2;\n-- no more\nselect 3")
        equal([cursor.fetchall() for cursor in connection.execute_stream(stream)], [[(1,)], [(2,)], [(3,)]])

    @check("execute_string ends at the first error")
    def _():
        rows(connection, "create or replace table reached (a int)")
        insert = "insert into reached values"
        error = failure(
            lambda: list(connection.execute_string(f"{insert} (1); select * from lost; {insert} (2)"))
        )
        equal(error.errno, 2003)
        equal(rows(connection, "select * from reached"), [(1,)])


def _several(connection, qmark, modern):
    @check("any number of statements in one request, of every kind")
    def _():
        text = """create or replace table one_of (a int); insert into one_of values (1), (2);
          update one_of set a = a + 1; select a from one_of order by a"""
        with connection.cursor() as cursor:
            cursor.execute(text, num_statements=0)
            equal(_sets(cursor), [[("Table ONE_OF successfully created.",)], [(2,)], [(2, 0)], [(2,), (3,)]])

    @check("the number of statements has to be right, and a failing one is the error")
    def _():
        with connection.cursor() as cursor:
            for wrong, text in ((3, "select 1; select 2"), (1, "select 1; select 2")):
                error = failure(lambda: cursor.execute(text, num_statements=wrong))
                expected = f"Actual statement count 2 did not match the desired statement count {wrong}."
                equal((error.errno, error.sqlstate, expected in str(error)), (8, "0A000", True), str(error))
            text = "insert into one_of values (9); select * from lost"
            equal(failure(lambda: cursor.execute(text, num_statements=2)).errno, 2003)
        equal(value(connection, "select count(*) from one_of where a = 9"), 1)

    @check("binds of several statements are taken in turn")
    def _():
        with connection.cursor() as cursor:
            cursor.execute("select %s; select %s, %s", (1, "b", None), num_statements=2)
            equal(_sets(cursor), [[(1,)], [("b", None)]])
        with qmark.cursor() as cursor:
            cursor.execute("select ?; select 'none'; select ?, ?", (1, "b", 2.5), num_statements=3)
            equal(_sets(cursor), [[(1,)], [("none",)], [("b", 2.5)]])

    if not modern:

        @check("executemany of several statements")
        def _():
            rows(qmark, "create or replace table pairs (a int)")
            with qmark.cursor() as cursor:
                text = "insert into pairs values (?); delete from pairs where a = ?"
                cursor.executemany(text, [(1, 1), (2, 9), (3, 2)], num_statements=2)
            equal(rows(qmark, "select a from pairs"), [(3,)])


def _many(connection, qmark):
    @check("executemany that is no INSERT, or an INSERT of expressions")
    def _():
        rows(qmark, "create or replace table many_of (a int, v varchar)")
        with qmark.cursor() as cursor:
            cursor.executemany("insert into many_of (v, a) values (upper(?), ? + 100)", [("x", 1), ("y", 2)])
            equal(cursor.rowcount, 2)
            cursor.executemany("update many_of set v = ? where a = ?", [("z", 101), ("none", 5)])
            equal(rows(qmark, "select * from many_of order by a"), [(101, "z"), (102, "Y")])
            equal(cursor.executemany("select ?", [(1,), (2,)]).fetchall(), [(2,)])

    @check("executemany with names, and with rows of different lengths")
    def _():
        with connection.cursor() as cursor:
            named = [{"i": 1, "t": "it's"}, {"i": 2, "t": None}]
            cursor.executemany("insert into many_of values (%(i)s, %(t)s)", named)
            equal(cursor.rowcount, 2)
        with qmark.cursor() as cursor:
            error = failure(lambda: cursor.executemany("insert into many_of values (?, ?)", [(1, "a"), (2,)]))
            equal(isinstance(error, Error), True)
        equal(value(qmark, "select count(*) from many_of"), 4)


def _calls(connection, qmark):
    @check("callproc in both styles")
    def _():
        body = "returns varchar language sql as $$ begin return a || b; end $$"
        rows(connection, f"create or replace procedure joined (a int, b varchar) {body}")
        for one in (connection, qmark):
            with one.cursor() as cursor:
                equal(tuple(cursor.callproc("joined", (1, "x"))), (1, "x"))
                equal(cursor.fetchall(), [("1x",)])


def _described(connection):
    @check("describe of statements that change nothing by it")
    def _():
        with connection.cursor() as cursor:
            equal([column.name for column in cursor.describe("create table undone (a int)")], ["status"])
            equal([column.name for column in cursor.describe("insert into one_of values (7)")], ["number of rows inserted"])
            shown = [column.name for column in cursor.describe("show tables")]
            equal(shown[:5], ["created_on", "name", "database_name", "schema_name", "kind"])
            equal(failure(lambda: cursor.describe("select * from lost")).errno, 2003)
        equal(rows(connection, "show tables like 'undone'"), [])

    @check("what a cursor refuses")
    def _():
        with connection.cursor() as cursor:
            equal(isinstance(failure(lambda: cursor.scroll(1)), NotSupportedError), True)
            equal(failure(lambda: cursor.execute("-- nothing but a comment")).errno, 900)


def _by_id(connection, url):
    @check("results and states by query id, of this session and of another")
    def _():
        with connection.cursor() as cursor:
            query_id = cursor.execute("insert into one_of values (7), (8)").sfqid
        equal(connection.get_query_status(query_id), QueryStatus.SUCCESS)
        other = connect(url)
        for one in (connection, other):
            with one.cursor() as cursor:
                equal(cursor.query_result(query_id).fetchall(), [(2,)])
        other.close()

    @check("a query id that nobody has, and a text that is none")
    def _():
        equal(connection.get_query_status(UNKNOWN_ID), QueryStatus.NO_DATA)
        with connection.cursor() as cursor:
            equal(failure(lambda: cursor.query_result(UNKNOWN_ID)).errno, 709)
        try:
            connection.get_query_status("none")
        except ValueError:
            pass
        else:
            raise AssertionError("no error")

    @check("asynchronous statements of every kind by id")
    def _():
        statements = {
            "insert into one_of values (5)": [(1,)],
            "create or replace table made_later (a int)": [("Table MADE_LATER successfully created.",)],
            "select 'x', null": [("x", None)],
        }
        for sql, expected in statements.items():
            with connection.cursor() as cursor:
                cursor.execute_async(sql)
                cursor.get_results_from_sfqid(cursor.sfqid)
                equal(cursor.fetchall(), expected, sql)

    @check("an asynchronous statement that fails, by status and by result")
    def _():
        with connection.cursor() as cursor:
            cursor.execute_async("select 1 / 0")
            query_id = cursor.sfqid
        status = _ended(connection, query_id)
        equal((status, connection.is_an_error(status)), (QueryStatus.FAILED_WITH_ERROR, True))
        error = failure(lambda: connection.get_query_status_throw_if_error(query_id))
        equal((isinstance(error, ProgrammingError), error.errno), (True, 100051))
        with connection.cursor() as cursor:
            equal(failure(lambda: cursor.query_result(query_id)).errno, 100051)


def _ended(connection, query_id):
    deadline = time.monotonic() + PATIENCE_S
    while True:
        status = connection.get_query_status(query_id)
        if not connection.is_still_running(status):
            return status
        if time.monotonic() > deadline:
            raise AssertionError(f"still {status}")
        time.sleep(0.05)


def _stopping(connection, url):
    @check("abort_query ends an asynchronous statement")
    def _():
        with connection.cursor() as cursor:
            cursor.execute_async(LONG_STATEMENT)
            query_id = cursor.sfqid
            equal(connection.is_still_running(connection.get_query_status(query_id)), True)
            equal(cursor.abort_query(query_id), True)
            status = _ended(connection, query_id)
            equal((status.name, connection.is_an_error(status)), ("ABORTED", True))
            equal(failure(lambda: connection.get_query_status_throw_if_error(query_id)).errno, 604)
            equal(cursor.abort_query(query_id), False)

    @check("SYSTEM$CANCEL_ALL_QUERIES from another session")
    def _():
        victim = connect(url)
        with victim.cursor() as cursor:
            cursor.execute_async(LONG_STATEMENT)
            query_id = cursor.sfqid
        rows(connection, f"select system$cancel_all_queries({victim.session_id})")
        equal(_ended(connection, query_id).name, "ABORTED")
        with suppress(Error):
            victim.close()
