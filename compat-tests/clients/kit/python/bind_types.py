"""Binds of every Python type, in the text of a statement and on the wire, and binds with a type of their own."""

import time
from datetime import date, datetime, timedelta, timezone
from datetime import time as clock
from decimal import Decimal

import numpy

from checks import check, equal
from connecting import connect, failure, rows, value

WHEN = datetime(2024, 2, 29, 1, 2, 3, 456789)
INDIA = timezone(timedelta(hours=5, minutes=30))
TEXTS = ["", "it's \"q\" \\ \\n % %s ? :1 $$ /* -- */ {}", "\t\r\n", "grün 日本 🐧", "a\x00b"]
INTEGERS = [0, -5, 2**31, 2**63, 10**37, -(10**38) + 1]
FLOATS = [1.5, 0.1, 1e308, 5e-324, -0.25]
# A decimal with an exponent is how Python prints some, and a number all the same.
DECIMALS = [Decimal("1.10"), Decimal("-12345678901234567890.123456789"), Decimal("1E+3"), Decimal("1E-10")]
DATES = [date(2024, 2, 29), date(1, 1, 1), date(9999, 12, 31), date(1969, 12, 31)]
CLOCKS = [clock(1, 2, 3, 456789), clock(0, 0), clock(23, 59, 59, 999999)]
STAMPS = [WHEN, datetime(1, 1, 1), datetime(1969, 12, 31, 23, 59, 59, 500000), datetime(9999, 12, 31, 23, 59, 59)]


def run(connection, url, modern):
    database = value(connection, "select current_database()")
    qmark = connect(url, database=database, schema="public", paramstyle="qmark")
    _in_text(connection, modern)
    _on_the_wire(qmark, modern)
    _typed(qmark, modern)
    _placed(qmark)
    _styles(url)
    _stored(qmark)
    qmark.close()


def _same(connection, marker, cast, values):
    for one in values:
        got = value(connection, f"select {marker}{cast} as v", (one,))
        if got != one:
            raise AssertionError(f"{one!r} became {got!r}")


def _in_text(connection, modern):
    @check("values in a statement's text: each comes back")
    def _():
        _same(connection, "%s", "", [None, True, False, *TEXTS, *INTEGERS])
        _same(connection, "%s", "::float", FLOATS)
        _same(connection, "%s", "::date", DATES[:1] + DATES[2:])
        _same(connection, "%s", "::time", CLOCKS)
        _same(connection, "%s", "::timestamp_ntz", [STAMPS[0], *STAMPS[2:]])
        _same(connection, "%s", "", [b"", b"\x00\xff", bytearray(b"\x01\x02")])
        _same(connection, "%s", "::number(38,10)", DECIMALS)

    @check("values in a statement's text: zones, durations, struct_time, numpy")
    def _():
        got = value(connection, "select %s::timestamp_tz", (WHEN.replace(tzinfo=INDIA),))
        equal((got, got.utcoffset()), (WHEN.replace(tzinfo=INDIA), timedelta(hours=5, minutes=30)))
        equal(value(connection, "select %s::time", (timedelta(hours=1, seconds=2),)), clock(1, 0, 2))
        broken = time.struct_time((2024, 2, 29, 1, 2, 3, 3, 60, 0))
        equal(value(connection, "select %s::timestamp_ntz", (broken,)), WHEN.replace(microsecond=0))
        equal(value(connection, "select %s::float", (numpy.float64(2.5),)), 2.5)
        equal(value(connection, "select %s", (numpy.bool_(True),)), True)
        if modern:
            equal(value(connection, "select %s", (numpy.int64(-5),)), -5)

    @check("values in a statement's text: NaN and infinities are words that nothing is called")
    def _():
        for one in ("nan", "inf"):
            equal(failure(lambda: value(connection, "select %s", (float(one),))).errno, 904)
            got = value(connection, "select %s::float", (one,))
            equal(str(got), one)

    @check("percent signs, lists and names")
    def _():
        equal(rows(connection, "select 'a%%b', %s", (1,)), [("a%b", 1)])
        equal(rows(connection, "select 'a%b'"), [("a%b",)])
        equal(rows(connection, "select %(a)s, %(a)s, %(b)s", {"a": "x", "b": None}), [("x", "x", None)])
        equal(rows(connection, "select 1 where 2 in (%s) and 'b' in (%s)", ([1, 2], ["a", "b"])), [(1,)])


def _on_the_wire(qmark, modern):
    @check("values on the wire: each comes back with its type")
    def _():
        stamps = STAMPS[:3]
        values = [None, True, False, *TEXTS[:-1], *INTEGERS, *FLOATS, *DATES, *CLOCKS, *stamps]
        for one in values:
            equal(value(qmark, "select ?", (one,)), one, repr(one))
        _same(qmark, "?", "", DECIMALS)
        for one in (b"", b"\x00\xff", bytearray(b"\x01\x02")):
            equal(bytes(value(qmark, "select ?", (one,))), bytes(one))
        nan, inf, minus = rows(qmark, "select ?, ?, ?", (float("nan"), float("inf"), float("-inf")))[0]
        equal((nan != nan, inf, minus), (True, float("inf"), float("-inf")))

    # https://docs.snowflake.com/en/developer-guide/python-connector/python-connector-example#data-type-mappings-for-qmark-and-numeric-bindings
    @check("values on the wire: the types that the server sees")
    def _():
        for one, kind in (
            (1, "NUMBER(38,0)"),
            (Decimal("1E+3"), "NUMBER(38,0)"),
            (Decimal("-0.25"), "NUMBER(38,2)"),
            (2.5, "FLOAT"),
            ("abc", "VARCHAR(16777216)"),
            (True, "BOOLEAN"),
            (DATES[0], "DATE"),
            (CLOCKS[0], "TIME(9)"),
            (WHEN, "TIMESTAMP_NTZ(9)"),
            (b"\x01", "BINARY(8388608)"),
        ):
            equal(value(qmark, "select system$typeof(?)", (one,)).split("[")[0], kind, repr(one))

    @check("values on the wire: durations, lists, too few")
    def _():
        equal(value(qmark, "select ?", (timedelta(hours=1, seconds=2, microseconds=5),)), clock(1, 0, 2, 5))
        equal(failure(lambda: value(qmark, "select ?, ?", (1,))).errno, 2049)
        equal(failure(lambda: value(qmark, "select ?")).errno, 2049)
        if modern:
            equal(value(qmark, "select ?", (numpy.int64(-5),)), -5)


def _typed(qmark, modern):
    @check("binds with a named type")
    def _():
        zoned = WHEN.replace(tzinfo=INDIA)
        cases = [
            (("TIMESTAMP_NTZ", WHEN), "TIMESTAMP_NTZ(9)", "2024-02-29 01:02:03.456789000"),
            (("TIMESTAMP_LTZ", zoned), "TIMESTAMP_LTZ(9)", "2024-02-28 11:32:03.456789000"),
            (("TIMESTAMP_TZ", WHEN), "TIMESTAMP_TZ(9)", "2024-02-29 01:02:03.456789000"),
            (("DATE", DATES[0]), "DATE", None),
            (("TIME", CLOCKS[0]), "TIME(9)", None),
            (("FIXED", "12.50"), "NUMBER(38,2)", None),
            (("REAL", 5), "FLOAT", None),
            (("TEXT", 5), "VARCHAR(16777216)", None),
            (("BOOLEAN", True), "BOOLEAN", None),
            (("BINARY", b"\x01"), "BINARY(8388608)", None),
            (("VARIANT", '{"a": 1}'), "VARIANT", None),
            (("OBJECT", '{"a": 1}'), "OBJECT", None),
            (("ARRAY", "[1]"), "ARRAY", None),
        ]
        for bind, kind, text in cases:
            got = value(qmark, "select system$typeof(?)", (bind,))
            equal(got.split("[")[0], kind, str(bind))
            if text is not None:
                equal(value(qmark, "select to_char(?, 'YYYY-MM-DD HH24:MI:SS.FF9')", (bind,)), text, str(bind))
        if not modern:
            # Version 5 binds the instant alone.
            equal(value(qmark, "select to_char(?, 'HH24:MI TZH:TZM')", (("TIMESTAMP_TZ", zoned),)), "01:02 +05:30")

    @check("binds of another type than their value")
    def _():
        for bind, errno in (
            (("FIXED", "abc"), 100038),
            (("REAL", "abc"), 100038),
            (("BOOLEAN", "maybe"), 100037),
            (("BINARY", "xyz"), 100115),
        ):
            equal(failure(lambda: value(qmark, "select ?", (bind,))).errno, errno, str(bind))


def _placed(qmark):
    @check("binds where names and numbers stand")
    def _():
        rows(qmark, "create or replace table identifier(?) (a int default 1)", ("placed",))
        rows(qmark, "insert into placed values (?), (?), (?)", (1, 2, 3))
        sql = "select a from identifier(?) where a in (?, ?) order by a limit ? offset ?"
        equal(rows(qmark, sql, ("placed", 2, 3, 1, 1)), [(3,)])
        equal(rows(qmark, "select '?', ? -- ?\n /* ? */, $$?$$", (1,)), [("?", 1, "?")])
        equal(rows(qmark, "select 'abc' like ?, ? || 'x', coalesce(?, 'z')", ("a%", "y", None)), [(True, "yx", "z")])
        equal(rows(qmark, "execute immediate ?", ("select 5",)), [(5,)])
        rows(qmark, "set bound = ?", ("kept",))
        equal(value(qmark, "select $bound"), "kept")
        columns = [(c.name, c.type_code) for c in qmark.cursor().describe("select ? as a, ?::date as b", (1, "x"))]
        equal(columns, [("A", 0), ("B", 3)])


def _styles(url):
    @check("each parameter style of connect()")
    def _():
        for style, sql in {"qmark": "select ?, ?", "numeric": "select :1, :2", "format": "select %s, %s"}.items():
            connection = connect(url, paramstyle=style)
            equal(rows(connection, sql, (1, "a")), [(1, "a")], style)
            connection.close()
        numeric = connect(url, paramstyle="numeric")
        equal(rows(numeric, "select :2, :1, :2", (1, "a")), [("a", 1, "a")])
        numeric.close()


def _stored(qmark):
    @check("binds into columns of other types")
    def _():
        rows(qmark, "create or replace table cast_to (o object, a array, n number(10,2), d decfloat, s varchar, t timestamp_ntz)")
        insert = "insert into cast_to"
        rows(qmark, f"{insert} (o, a) select ?, ?", (("OBJECT", '{"a": 1}'), ("ARRAY", "[1]")))
        equal(value(qmark, "select o:a::int + a[0]::int from cast_to"), 2)
        rows(qmark, "delete from cast_to")
        exact = Decimal("1.2345678901234567890123456789")
        rows(qmark, f"{insert} (n, d, s, t) values (?, ?, ?, ?)", (1.256, exact, WHEN, "2024-01-01 01:02:03"))
        equal(
            rows(qmark, "select n, d::varchar, s, t from cast_to"),
            [(Decimal("1.26"), str(exact), "2024-02-29 01:02:03.456", datetime(2024, 1, 1, 1, 2, 3))],
        )
