"""write_pandas: a temporary stage, Parquet files by PUT, COPY INTO."""

from datetime import date, datetime

import pandas
from snowflake.connector.pandas_tools import write_pandas

from checks import check, equal
from connecting import rows


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


def run(connection, url, modern):
    del url, modern

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
