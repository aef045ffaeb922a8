"""Whole builds, and what they leave in the tables: rows that follow by hand from the two seeds."""

import datetime
import hashlib
import json
from pathlib import Path

from checks import check, equal
from connecting import rows, value
from dbt_runs import DAYS, statuses, written
from projects import texts

# 23 models, 2 seeds, 3 snapshots; a test that warns, a unit test and 7 more; an exposure.
MADE = 28
HOOKS = 3
BUILT = {"success": MADE + HOOKS, "pass": 8, "warn": 1, "no-op": 1}
SECOND_DAYS = ["--event-time-start", "2024-05-02", "--event-time-end", "2024-05-04"]


def first(dbt, connection):
    @check("dbt build: everything is made and tested")
    def _():
        result = dbt.must("build", *DAYS)
        equal(statuses(result), BUILT)
        rows_of = written(result)
        equal((rows_of["calendar"], rows_of["riders"], rows_of["inc_append"]), (5, 4, 6))

    @check("seeds: column types, quotes, empty cells")
    def _():
        types = rows(
            connection,
            """select column_name, data_type, numeric_precision, numeric_scale,
               character_maximum_length from demo.information_schema.columns
               where table_schema = 'DBT_SEEDS' and column_name in ('PRICE', 'BOUGHT_ON', 'ELECTRIC', 'TAGS', 'FARE', 'STARTED_AT')
               order by column_name""",
        )
        expected = [
            ("BOUGHT_ON", "DATE", None, None, None),
            ("ELECTRIC", "BOOLEAN", None, None, None),
            ("FARE", "NUMBER", 8, 2, None),
            ("PRICE", "NUMBER", 10, 2, None),
            ("STARTED_AT", "TIMESTAMP_NTZ", None, None, None),
            ("TAGS", "TEXT", None, None, 200),
        ]
        equal(types, expected)
        fleet = """select bought_on, tags from demo.dbt_seeds.bike_fleet
                   where bike_id > 2 order by bike_id"""
        tandem = (datetime.date(2024, 1, 20), 'two "seats"')
        equal(rows(connection, fleet), [tandem, (None, "small")])

    @check("a table over views and an ephemeral model")
    def _():
        income = "select * from demo.dbt.bike_income order by bike_id"
        shares = ["1 2 11.25 0.2153", "2 2 36.00 0.6890", "3 1 5.00 0.0957", "4 1 0.00 0.0000"]
        equal(texts(connection, income), shares)
        methods = "select * from demo.dbt.payments_by_method order by 1"
        equal(texts(connection, methods), ["card 11.25 EUR", "cash 24.00 EUR"])
        riders = "select rider, bikes, minutes::varchar from demo.dbt.riders order by 1"
        ridden = ["ANN 1+2 [30,45,60]", "BOB 2 [120]", "CY 3 [20]", "DEE 4 [15]"]
        equal(texts(connection, riders), ridden)

    @check("store_failures: the failing rows are a table")
    def _():
        unknown = "select value_field, n_records from demo.dbt_audit.riders_unknown"
        equal(texts(connection, unknown), ["DEE 1"])

    macros(connection)


def macros(connection):
    @check("macros: dates, keys, union by information_schema, star, pivot")
    def _():
        days = [f"2024-02-{day}" for day in (27, 28, 29)] + ["2024-03-01", "2024-03-02"]
        equal(texts(connection, "select day::date from demo.dbt.calendar order by 1"), days)
        dates = ["2023-03-01", "2023-04-15", "2024-01-20", "_null_"]
        hashes = [
            f"{number} {hashlib.md5(f'{number}-{date}'.encode()).hexdigest()}"
            for number, date in enumerate(dates, 1)
        ]
        equal(texts(connection, "select * from demo.dbt.hashed order by 1"), hashes)
        union = """select _relation, count(*), count(model), count(income), sum(income)
                   from demo.dbt.everything group by 1 order by 1"""
        # DATA_TYPE of INFORMATION_SCHEMA has no scale, so that 11.25 becomes 11: 11 + 36 + 5 + 0.
        equal(texts(connection, union), ["bike_fleet 4 4 0 None", "bike_income 4 0 4 52"])
        names = """select column_name from demo.information_schema.columns
                   where table_schema = 'DBT' and table_name = 'STARRED'
                   order by ordinal_position"""
        equal(texts(connection, names), ["BIKE_ID", "MODEL", "BOUGHT_ON", "ELECTRIC"])
        pivoted = 'select day, "ANN", "BOB", "CY", "DEE" from demo.dbt.pivoted order by day'
        table = [
            "2024-05-01 30 120 None None",
            "2024-05-02 45 None 20 None",
            "2024-05-03 60 None None 15",
        ]
        equal(texts(connection, pivoted), table)

    @check("macros: dbt's own of all databases")
    def _():
        (row,) = rows(connection, "select * from demo.dbt.cross_database")
        found = [json.loads(item) if str(item).startswith("[") else str(item) for item in row]
        md5 = hashlib.md5(b"abc").hexdigest()
        dates = ["2024-03-01", "5", "2024-02-01 00:00:00", "2024-02-29", "None"]
        strings = ["b", "2", "bc", md5, "ab", "axc", "3", "it's"]
        arrays = [[1, 2], [1, 2, 3], [1, 2]]
        # Of the models in their order, LISTAGG keeps two.
        rest = ["True", "v", "Cargo, Folding"]
        equal(found, dates + strings + arrays + rest)


def catalog(dbt, connection):
    @check("persist_docs, grants, clustering, hooks, kinds")
    def _():
        comment = """select comment, is_transient, clustering_key, auto_clustering_on
                     from demo.information_schema.tables where table_name = 'BIKE_INCOME'"""
        about = "Income of each bike; it's per bike, not per hire."
        (row,) = rows(connection, comment)
        clustered = (about, "NO", "linear(bike_id, hires)", "YES")
        equal((row[0], row[1], row[2].lower(), row[3]), clustered)
        columns = """select column_name, comment, is_nullable from demo.information_schema.columns
                     where table_name = 'BIKE_INCOME' order by ordinal_position limit 3"""
        described = [
            ("BIKE_ID", "Key of a bike", "NO"),
            ("HIRES", None, "YES"),
            ("INCOME", "Sum of the fares", "YES"),
        ]
        equal(rows(connection, columns), described)
        grants = """show grants on table demo.dbt.bike_income
                    ->> select "privilege", "grantee_name" from $1 order by 1, 2"""
        granted = ["OWNERSHIP ACCOUNTADMIN", "SELECT ANALYST", "SELECT AUDITOR"]
        equal(texts(connection, grants), granted)
        log = "select * from demo.dbt.run_log order by event"
        equal(texts(connection, log), ["built bike_income", "end 38", "start build"])
        secure = "show views like 'stg_bikes' in database demo ->> select \"is_secure\" from $1"
        equal(value(connection, secure), "true")
        tagged = """select count(*) > 0
                    from table(demo.information_schema.query_history(result_limit => 10000))
                    where query_tag = 'bikes_models' and query_text ilike '%bike_income%'
                    and query_text ilike '%/* bikes */%'"""
        equal(value(connection, tagged), True)

    @check("dbt docs generate: the catalog has every relation and column")
    def _():
        dbt.must("docs", "generate")
        made = json.loads(Path("target/catalog.json").read_text("utf8"))
        # With the table of the test that stores its failures.
        equal((len(made["nodes"]), len(made["sources"]), made["errors"]), (MADE + 1, 2, None))
        node = made["nodes"]["model.bikes.bike_income"]
        equal(node["metadata"]["owner"], "ACCOUNTADMIN")
        equal(node["stats"]["row_count"]["value"], 4)
        columns = [(name, column["type"]) for name, column in node["columns"].items()]
        equal(columns, [(name, "NUMBER") for name in ("BIKE_ID", "HIRES", "INCOME", "SHARE")])
        equal(made["nodes"]["model.bikes.stg_rentals"]["metadata"]["type"], "VIEW")


def second(dbt, connection):
    @check("dbt build again, with other data: nothing goes wrong")
    def _():
        result = dbt.must("build", "--vars", "{generation: 2}", *SECOND_DAYS)
        equal(statuses(result), BUILT)

    incremental = {
        "inc_append": ["101 1", "102 1", "103 1", "104 1", "105 1", "105 2", "106 1", "106 2"],
        "inc_merge": [
            "1 Roadster 500.90 1",
            "2 Cargo 1901.00 1",
            "3 Tandem 1252.50 1",
            "9 Unicycle 99.00 2",
        ],
        "inc_delete_insert": [
            "1 2024-05-01 30 1",
            "1 2024-05-02 45 2",
            "2 2024-05-01 120 1",
            "2 2024-05-03 60 2",
            "3 2024-05-02 20 2",
            "4 2024-05-03 15 2",
        ],
        "inc_overwrite": ["102 2", "105 2"],
        # Batches are UTC days and the account's day begins eight hours later (seven in summer).
        "inc_microbatch": [
            "101 2024-05-01 08:00:00 1",
            "102 2024-05-01 09:15:00 1",
            "103 2024-05-02 10:30:00 2",
            "104 2024-05-02 23:50:00 2",
            "105 2024-05-03 07:05:00 2",
            "106 2024-05-03 12:00:00 2",
        ],
        "schema_append_new_columns": [
            "1 Roadster 499.90 False",
            "2 Cargo 1899.00 True",
            "3 Tandem 1250.50 None",
            "4 Folding 799.00 None",
        ],
        "schema_sync_all_columns": [
            "1 Roadster False",
            "2 Cargo True",
            "3 Tandem None",
            "4 Folding None",
        ],
        "schema_ignore": ["1 500.90", "2 1900.00", "3 1251.50", "4 800.00"],
    }
    for name, expected in incremental.items():

        @check(f"incremental: {name}")
        def _(name=name, expected=expected):
            equal(texts(connection, f"select * from demo.dbt.{name} order by 1, 2"), expected)

    @check("incremental: sync_all_columns widens a column")
    def _():
        length = """select character_maximum_length from demo.information_schema.columns
                    where table_name = 'SCHEMA_SYNC_ALL_COLUMNS' and column_name = 'MODEL'"""
        equal(value(connection, length), 40)

    snapshots(connection)


def snapshots(connection):
    changed = ["1 499.90 closed", "1 550.00 open", "2 1899.00 open"]

    @check("snapshot by check, deletions as new records")
    def _():
        history = """select bike_id, price, iff(dbt_valid_to is null, 'open', 'closed'),
                     dbt_is_deleted from demo.dbt_snapshots.bikes_by_check
                     order by bike_id, dbt_valid_from"""
        kept = [f"{row} False" for row in changed]
        gone = ["3 1250.50 closed False", "3 1250.50 open True", "4 799.00 open False"]
        equal(texts(connection, history), kept + gone)

    @check("snapshot by time, a key of two columns, deletions close")
    def _():
        history = """select bike_id, since, iff(bike_id = 3, until < '9999-01-01', null),
                     iff(bike_id = 3, null, until) from demo.dbt_snapshots.bikes_by_time
                     order by bike_id, since"""
        forever = "9999-12-31 00:00:00"
        expected = [
            "1 2024-06-01 00:00:00 None 2024-06-02 00:00:00",
            f"1 2024-06-02 00:00:00 None {forever}",
            f"2 2024-06-01 00:00:00 None {forever}",
            "3 2024-06-01 00:00:00 True None",
            f"4 2024-06-01 00:00:00 None {forever}",
        ]
        equal(texts(connection, history), expected)

    @check("snapshot by check, deletions ignored")
    def _():
        history = """select bike_id, price, iff(dbt_valid_to is null, 'open', 'closed')
                     from demo.dbt_snapshots.bikes_ignoring_deletes
                     order by bike_id, dbt_valid_from"""
        equal(texts(connection, history), [*changed, "3 1250.50 open", "4 799.00 open"])
