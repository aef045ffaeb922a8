"""errno, sqlstate and message of errors; stopping statements."""

import time

from snowflake.connector.errors import DatabaseError, IntegrityError, ProgrammingError

from checks import check, equal, skip
from connecting import error_of, rows, value

CASES = [
    ("select * from nope", 2003, "42S02", "Object 'NOPE' does not exist or not authorized."),
    ("select nope from strict_table", 904, "42000", "error line 1 at position 7\ninvalid identifier 'NOPE'"),
    ("selec 1", 1003, "42000", "syntax error line 1 at position 0 unexpected 'selec'."),
    ("select 1 / 0", 100051, "22012", "Division by zero"),
    ("select 'abc'::int", 100038, "22018", "Numeric value 'abc' is not recognized"),
    ("select nope(1)", 2140, "42601", "Unknown function NOPE"),
    ("create table strict_table (a int)", 2002, "42710", "already exists."),
    ("select 'x'::date", 100040, "22007", "Date 'x' is not recognized"),
    ("select 'x'::timestamp", 100035, "22007", "Timestamp 'x' is not recognized"),
    ("select 'x'::boolean", 100037, "22018", "Boolean value 'x' is not recognized"),
    ("select parse_json('{')", 100069, "22P02", "Error parsing JSON"),
    ("select a from strict_table x, strict_table y", 2028, "42601", "ambiguous column name 'A'"),
    ("select 1 union select 1, 2", 1789, "42601", "invalid number of result columns for set operator input branches"),
    (
        "select 1 from strict_table where sum(a) > 1",
        2035,
        "42601",
        "Invalid aggregate function in where clause [SUM(STRICT_TABLE.A)]",
    ),
    ("create table twice (a int, a int)", 2025, "42S21", "duplicate column name 'A'"),
    ("call nope()", 2141, "42601", "Unknown user-defined function NOPE"),
    ("use database nope", 2043, "02000", "Object does not exist, or operation cannot be performed."),
    ("drop table nope", 2003, "42S02", "does not exist or not authorized."),
]

# Ten thousand million pairs: minutes, when nobody stops it.
LONG_STATEMENT = """select count(*) from (select seq4() as a from table(generator(rowcount => 100000))) x,
  (select seq4() as b from table(generator(rowcount => 1000000))) y where hash(x.a, y.b) = 1"""
STOPPED_WITHIN_S = 8


def run(connection, url, modern):
    del url
    rows(connection, "create or replace table strict_table (a int not null, s varchar(3))")
    for sql, errno, sqlstate, message in CASES:

        @check(f"error of {sql}")
        def _(sql=sql, errno=errno, sqlstate=sqlstate, message=message):
            error = error_of(connection, sql)
            equal((error.errno, error.sqlstate), (errno, sqlstate), str(error))
            equal(isinstance(error, ProgrammingError), True, type(error).__name__)
            equal(message in str(error), True, str(error))
            equal(len(error.sfqid), 36)

    @check("NULL in a column that is NOT NULL is an IntegrityError")
    def _():
        error = error_of(connection, "insert into strict_table values (null, 'x')")
        equal((error.errno, error.sqlstate), (100072, "22000"), str(error))
        equal(isinstance(error, IntegrityError), True, type(error).__name__)
        equal("NULL result in a non-nullable column" in str(error), True, str(error))

    @check("a text that is too long")
    def _():
        error = error_of(connection, "insert into strict_table values (1, 'four')")
        equal((error.errno, error.sqlstate), (100078, "22000"), str(error))
        equal("String 'four' is too long and would be truncated" in str(error), True, str(error))

    @check("the session goes on after errors")
    def _():
        equal(value(connection, "select 41 + 1"), 42)

    _stopping(connection, modern)


def _stopping(connection, modern):
    if modern:
        skip("a timeout of one cursor.execute", "version 5 of the connector has no such argument")
    else:
        _execute_timeout(connection)

    @check("STATEMENT_TIMEOUT_IN_SECONDS ends a statement")
    def _():
        started = time.monotonic()
        rows(connection, "alter session set statement_timeout_in_seconds = 1")
        error = error_of(connection, LONG_STATEMENT)
        rows(connection, "alter session unset statement_timeout_in_seconds")
        equal((error.errno, error.sqlstate), (630, "57014"), str(error))
        equal(time.monotonic() - started < STOPPED_WITHIN_S, True, "it took too long")


def _execute_timeout(connection):
    @check("a timeout of one cursor.execute")
    def _():
        started = time.monotonic()
        try:
            with connection.cursor() as cursor:
                cursor.execute(LONG_STATEMENT, timeout=2)
        except DatabaseError as error:
            # The connector aborts the statement; 604 and 630 are what an account answers.
            equal(error.errno in (604, 630), True, repr(error))
        else:
            raise AssertionError("it was not stopped")
        equal(value(connection, "select 1"), 1)
        equal(time.monotonic() - started < STOPPED_WITHIN_S, True, "it took too long")
