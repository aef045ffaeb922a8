"""Snowpark against mockhaus: main.py <url>. Expected values are computed by hand."""

import json
import logging
import sys
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent.parent / "kit" / "python"))

import pandas
from snowflake.snowpark import Session, Window
from snowflake.snowpark import functions as f
from snowflake.snowpark.exceptions import SnowparkSQLException
from snowflake.snowpark.types import IntegerType, LongType, StringType, StructField, StructType

from checks import check, equal, finish

# Snowpark logs each refused statement with its text.
logging.disable(logging.CRITICAL)

PEOPLE = StructType(
    [
        StructField("id", LongType()),
        StructField("name", StringType()),
        StructField("dept", StringType()),
        StructField("sal", LongType()),
    ]
)


def open_session(url, **options):
    parts = urlsplit(url)
    return Session.builder.configs(
        {
            "host": parts.hostname,
            "port": parts.port,
            "protocol": parts.scheme,
            "account": "mockhaus",
            "user": "anybody",
            "password": "anything",
            **options,
        }
    ).create()


def tuples(frame):
    return [tuple(row) for row in frame.collect()]


with open_session(sys.argv[2]) as first:
    first.sql("create or replace database snowpark").collect()
session = open_session(sys.argv[2], database="SNOWPARK", schema="PUBLIC")
people = session.create_dataframe(
    [(1, "ann", "hr", 100), (2, "bob", "it", 200), (3, "cid", "it", 300), (4, "dee", "hr", 150)],
    schema=PEOPLE,
)
names = session.create_dataframe([("hr", "Human"), ("ops", "Oper")], schema=["dept", "full"])


@check("the session and its names")
def _():
    equal(session.get_current_database(), '"SNOWPARK"')
    equal(session.get_current_schema(), '"PUBLIC"')


@check("filter, select, sort")
def _():
    rich = people.filter((f.col("sal") > 120) & (f.col("dept") == "it"))
    equal(tuples(rich.select("id").sort("id")), [(2,), (3,)])
    third = people.select((f.col("sal") / f.lit(3)).as_("t")).sort("t").limit(1)
    equal(tuples(third), [(Decimal("33.333333"),)])


@check("joins")
def _():
    equal(
        tuples(people.join(names, "dept").select("name", "full").sort("name")),
        [("ann", "Human"), ("dee", "Human")],
    )
    equal(people.join(names, people.dept == names.dept, "full").count(), 5)
    equal(tuples(people.join(names, "dept", "anti").select("id").sort("id")), [(2,), (3,)])


@check("groups")
def _():
    grouped = people.group_by("dept").agg(f.sum("sal"), f.avg("sal"), f.count("*")).sort("dept")
    equal(tuples(grouped), [("hr", 250, Decimal("125.000000"), 2), ("it", 500, Decimal("250.000000"), 2)])
    equal(len(people.rollup("dept", "name").agg(f.sum("sal")).collect()), 7)


@check("windows")
def _():
    running = Window.order_by("id").rows_between(Window.UNBOUNDED_PRECEDING, Window.CURRENT_ROW)
    summed = people.select("id", f.sum("sal").over(running)).sort("id")
    equal(tuples(summed), [(1, 100), (2, 300), (3, 600), (4, 750)])


@check("pivot over values that a query finds, in order")
def _():
    sales = session.create_dataframe(
        [(1, 10, "jan"), (1, 5, "jan"), (1, 7, "feb"), (2, 3, "jan")], schema=["e", "a", "m"]
    )
    pivoted = sales.pivot("m", sales.select("m").distinct()).sum("a").sort("e")
    equal(tuples(pivoted), [(1, 7, 15), (2, None, 3)])


@check("flatten")
def _():
    docs = session.sql("""select parse_json('{"a":[{"b":1},{"b":2}]}') as v""")
    flat = docs.flatten("v", "a").select(f.col("value")["b"].cast(IntegerType()).as_("b"))
    equal(tuples(flat.sort("b")), [(1,), (2,)])


@check("sets, missing values")
def _():
    one = session.create_dataframe([1, 2, 2], schema=["a"])
    two = session.create_dataframe([2, 3], schema=["a"])
    equal(tuples(one.union(two).sort("a")), [(1,), (2,), (3,)])
    equal(tuples(one.except_(two)), [(1,)])
    holes = session.create_dataframe([(1, None), (None, "x")], schema=["n", "s"])
    equal(tuples(holes.fillna({"n": 0, "s": "z"}).sort("n")), [(0, "x"), (1, "z")])


@check("a table: modes of writing")
def _():
    people.write.save_as_table("people", mode="overwrite")
    people.write.save_as_table("people", mode="append")
    equal(session.table("people").count(), 8)
    people.write.save_as_table("people", mode="ignore")
    equal(session.table("people").count(), 8)
    people.write.save_as_table("people", mode="truncate")
    equal(session.table("people").count(), 4)
    try:
        people.write.save_as_table("people", mode="errorifexists")
    except SnowparkSQLException as error:
        equal("already exists" in str(error), True)
    else:
        raise AssertionError("the table was there")


@check("a table: update, merge, delete")
def _():
    table = session.table("people")
    equal(table.update({"sal": table.sal + 1}, table.dept == "hr").rows_updated, 2)
    source = session.create_dataframe([(2, "B"), (9, "N")], schema=["id", "nm"])
    merged = table.merge(
        source,
        table["id"] == source["id"],
        [
            f.when_matched().update({"name": source["nm"]}),
            f.when_not_matched().insert({"id": source["id"], "name": source["nm"]}),
        ],
    )
    equal((merged.rows_inserted, merged.rows_updated, merged.rows_deleted), (1, 1, 0))
    equal(table.delete(table.id == 4).rows_deleted, 1)
    equal(
        tuples(table.sort("id")),
        [(1, "ann", "hr", 101), (2, "B", "it", 200), (3, "cid", "it", 300), (9, "N", None, None)],
    )


@check("files: put, read, copy into a table")
def _():
    session.sql("create or replace stage st").collect()
    schema = StructType([StructField("id", IntegerType()), StructField("name", StringType())])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "in.csv"
        path.write_text("id,name\n1,a\n2,b\n")
        equal(session.file.put(path.as_uri(), "@st/d")[0].target, "in.csv.gz")
    frame = session.read.schema(schema).option("skip_header", 1).csv("@st/d/in.csv.gz")
    equal(tuples(frame.sort("id")), [(1, "a"), (2, "b")])
    frame.copy_into_table("copied")
    equal(session.table("copied").count(), 2)
    people.write.parquet("@st/parquet/", overwrite=True)
    equal(sorted(tuples(session.read.parquet("@st/parquet/")))[0], (1, "ann", "hr", 100))


@check("cached results, views, parameters, jobs that run on")
def _():
    cached = people.filter(f.col("sal") > 120).cache_result()
    equal(tuples(cached.select("id").sort("id")), [(2,), (3,), (4,)])
    people.create_or_replace_view("people_view")
    equal(session.table("people_view").count(), 4)
    equal(tuples(session.sql("select ? + ?, ?", params=[1, 2, "x"])), [(3, "x")])
    equal(people.count(block=False).result(), 4)


@check("pandas and Arrow")
def _():
    equal(people.sort("id").to_pandas()["SAL"].tolist(), [100, 200, 300, 150])
    equal(people.sort("id").to_arrow()["SAL"].to_pylist(), [100, 200, 300, 150])
    equal(sum(len(batch) for batch in session.range(20000).to_pandas_batches()), 20000)
    frame = pandas.DataFrame(
        {"A": [1, 2], "b": ["x", None], "C": pandas.to_datetime(["2024-01-01", "2024-01-02"])}
    )
    written = session.write_pandas(frame, "written", auto_create_table=True, use_logical_type=True)
    equal(written.count(), 2)
    again = session.write_pandas(frame, "written", overwrite=True, chunk_size=1, use_logical_type=True)
    equal(again.sort("A").to_pandas()["C"].tolist(), frame["C"].tolist())


@check("an asynchronous job: its result, and one that is cancelled")
def _():
    equal([tuple(row) for row in session.sql("select 1 as a").collect_nowait().result()], [(1,)])
    # It would go on for a day; what cancels it comes from the same session.
    long = session.sql("call system$wait(1, 'DAYS')").collect_nowait()
    long.cancel()
    equal(session.sql("select 2 as a").collect()[0]["A"], 2)
    equal(long.is_failed(), True)


@check("procedures and functions in SQL")
def _():
    session.sql(
        "create or replace procedure twice(x int) returns int language sql as begin return x * 2; end"
    ).collect()
    equal(session.call("twice", 21), 42)
    session.sql("create or replace function next(x int) returns int as 'x + 1'").collect()
    called = session.range(2).select(f.call_udf("next", f.col("id")).as_("n")).sort("n")
    equal(tuples(called), [(1,), (2,)])


@check("a function in Python is refused by name")
def _():
    try:
        f.udf(
            lambda x: x + 1, return_type=IntegerType(), input_types=[IntegerType()], session=session
        )
    except SnowparkSQLException as error:
        equal("Unsupported feature" in str(error) and "PYTHON" in str(error), True)
    else:
        raise AssertionError("no Python runs here")


@check("aggregates to semi-structured values")
def _():
    listed = people.group_by("dept").agg(f.array_agg("id").within_group("id").as_("l"))
    equal([json.loads(row[1]) for row in listed.sort("dept").collect()], [[1, 4], [2, 3]])


session.sql("drop database snowpark").collect()
session.close()
sys.exit(finish())
