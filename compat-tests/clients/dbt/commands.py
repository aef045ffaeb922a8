"""dbt's commands beside build."""

import json
from pathlib import Path

from checks import check, equal
from connecting import rows, value
from dbt_runs import DAYS, messages, statuses
from projects import texts


def run(dbt, connection):
    asking(dbt)
    failing(dbt, connection)
    remaking(dbt, connection)
    refused(dbt)


def asking(dbt):
    @check("dbt debug")
    def _():
        dbt.must("debug")

    @check("dbt source freshness: one source is too old")
    def _():
        done = dbt.run("source", "freshness")
        equal(done.success, False)
        sources = [item for item in done.result.results if hasattr(item, "age")]
        found = {item.node.name: str(item.status.value) for item in sources}
        equal(found, {"payments": "pass", "complaints": "error"})

    @check("dbt show, of a model and of a query")
    def _():
        shown = dbt.must("show", "--select", "riders", "--output", "json")
        (item,) = [item for item in shown.results if item.node.name == "riders"]
        equal(sorted(item.agate_table.columns["RIDER"].values()), ["ANN", "BOB", "CY", "DEE"])
        query = "select sum(minutes) as minutes from {{ ref('stg_rentals') }}"
        (item,) = dbt.must("show", "--inline", query).results
        equal([int(row["MINUTES"]) for row in item.agate_table.rows], [290])

    @check("dbt run-operation: a macro that asks the database")
    def _():
        told = dbt.seen("run-operation", "count_rows", "--args", "{relation: demo.dbt.riders}")
        equal("ROWS 4" in told, True, told)

    @check("dbt test, and dbt list")
    def _():
        counts = statuses(dbt.must("test", "--store-failures"))
        equal((counts["pass"], counts["warn"]), (8, 1))
        equal(len(dbt.must("list", "--resource-type", "snapshot")), 3)


def failing(dbt, connection):
    @check("on_schema_change: fail, and dbt retry once it is mended")
    def _():
        broken = ["--vars", "{generation: 2, break: true}", "--select", "schema_fail"]
        done = dbt.run("run", *broken)
        said = messages(done)["schema_fail"]
        unknown = "Source columns not in target: [SnowflakeColumn(column='ELECTRIC'"
        equal(unknown in said, True, said)
        rows(connection, "alter table demo.dbt.schema_fail add column electric boolean")
        rows(connection, "alter table demo.dbt.schema_fail drop column price")
        rows(connection, "alter table demo.dbt.schema_fail alter column model type varchar(40)")
        again = [item.node.name for item in dbt.must("retry").results]
        equal("schema_fail" in again, True, again)
        merged = "select bike_id, electric from demo.dbt.schema_fail order by 1"
        equal(texts(connection, merged), ["1 False", "2 True", "3 None", "4 None"])

    @check("a test that fails and one statement that is wrong are told apart")
    def _():
        rows(connection, "insert into demo.dbt_seeds.rentals (rental_id, fare) values (101, -1)")
        selection = ["unique_rentals_rental_id", "no_negative_fares"]
        done = dbt.run("test", "--select", *selection)
        failed = "Got 1 result, configured to fail if != 0"
        equal(messages(done), dict.fromkeys(selection, failed))
        done = dbt.run("show", "--inline", "select nowhere from {{ ref('riders') }}")
        said = str(done.exception)
        equal("000904 (42000)" in said and "invalid identifier 'NOWHERE'" in said, True, said)


def remaking(dbt, connection):
    @check("dbt seed and run --full-refresh: as at first")
    def _():
        dbt.must("seed", "--full-refresh")
        dbt.must("run", "--full-refresh", *DAYS)
        counts = """select (select count(*) from demo.dbt.inc_append),
                    (select count(*) from demo.dbt.inc_merge),
                    (select count(*) from demo.dbt.inc_microbatch),
                    (select sum(generation) from demo.dbt.inc_microbatch)"""
        equal(texts(connection, counts), ["6 3 6 6"])

    @check("dbt snapshot: nothing has changed but what came back")
    def _():
        dbt.must("snapshot")
        dbt.must("snapshot")
        kept = """select bike_id, count(*), count_if(dbt_valid_to is null)
                  from demo.dbt_snapshots.bikes_ignoring_deletes group by 1 order by 1"""
        equal(texts(connection, kept), ["1 3 1", "2 1 1", "3 1 1", "4 1 1"])

    @check("dbt clone: the tables of one schema in another")
    def _():
        Path("state").mkdir()
        Path("state/manifest.json").write_bytes(Path("target/manifest.json").read_bytes())
        dbt.must("clone", "--state", "state", "--target", "copy")
        overwritten = "select * from demo.copy.inc_overwrite order by 1 limit 1"
        equal(texts(connection, overwritten), ["101 1"])
        kinds = """select table_name, table_type from demo.information_schema.tables
                   where table_schema = 'COPY' and table_name in ('BIKE_INCOME', 'STARRED')
                   order by 1"""
        equal(texts(connection, kinds), ["BIKE_INCOME BASE TABLE", "STARRED VIEW"])
        rows(connection, "delete from demo.copy.bike_income")
        equal(value(connection, "select count(*) from demo.dbt.bike_income"), 4)

    @check("the artifacts say what ran")
    def _():
        made = json.loads(Path("target/run_results.json").read_text("utf8"))
        equal(made["args"]["which"], "clone")


def refused(dbt):
    @check("Python models are refused by name")
    def _():
        done = dbt.run("run", "--vars", "{refused: true}", "--select", "in_python")
        said = messages(done)
        equal(sorted(said), ["in_python"])
        equal("Unsupported feature 'procedures in PYTHON'" in said["in_python"], True, said)
