"""SQLMesh against mockhaus: main.py sqlmesh <url>"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import checks
from checks import check, equal
from connecting import connect, rows, value
from projects import copied, run_all, snippet, texts

LOADED = [
    "create database garden",
    "create schema garden.raw_garden",
    """create table garden.raw_garden.waterings
       (plant_id int, watered_at timestamp_ntz, litres number(6, 2))""",
    """insert into garden.raw_garden.waterings values (1, '2024-05-01 08:00', 1.5),
       (1, '2024-05-01 20:00', 0.5), (2, '2024-05-02 09:00', 2), (1, '2024-05-03 23:30', 1.25)""",
    """create table garden.raw_garden.prices
       (plant_id int, name varchar(20), price number(8, 2), changed_at timestamp_ntz)""",
    """insert into garden.raw_garden.prices values (1, 'Fern', 4.5, '2024-05-01'),
       (2, 'Ivy', 3.25, '2024-05-01'), (3, 'Moss', 1, '2024-05-01')""",
]
CHANGED = [
    """insert into garden.raw_garden.waterings values (2, '2024-05-04 10:00', 3),
       (1, '2024-05-03 10:00', 9)""",
    """update garden.raw_garden.prices set price = 5, changed_at = '2024-05-03 12:00'
       where plant_id = 1""",
    "update garden.raw_garden.prices set name = 'Ivy green' where plant_id = 2",
    "delete from garden.raw_garden.prices where plant_id = 3",
]
# Nothing is sent to anybody, and tables are printed as they are.
ENVIRONMENT = {
    "SQLMESH__DISABLE_ANONYMIZED_ANALYTICS": "true",
    "PYTHONPATH": "",
    "COLUMNS": "200",
    "NO_COLOR": "1",
}
PLAN = ["plan", "--auto-apply", "--no-prompts"]


def restated(day):
    """A plan of production that computes one day again."""
    days = ["--start", day, "--end", day]
    return [*PLAN, "--restate-model", "garden.waterings_by_day", *days]


def sqlmesh(*arguments, succeeds=True):
    """What a command prints. It has to end as said."""
    program = Path(sys.executable).with_name("sqlmesh")
    done = subprocess.run(
        [program, "--ignore-warnings", *arguments],
        capture_output=True,
        text=True,
        encoding="utf8",
        env={**os.environ, **ENVIRONMENT},
    )
    said = f"{done.stdout}\n{done.stderr}"
    if (done.returncode == 0) != succeeds:
        command = f"sqlmesh {' '.join(arguments)}"
        raise AssertionError(f"{command} ended with {done.returncode}: {said[-1500:]}")
    return said


def in_production(connection):
    @check("sqlmesh plan: production is made, tested and audited")
    def _():
        said = sqlmesh(*PLAN, "--execution-time", "2024-05-04")
        equal("Virtual layer updated" in said, True, said)
        days = "select * from garden.garden.waterings_by_day order by 1, 2"
        watered = ["2024-05-01 1 2.00", "2024-05-02 2 2.00", "2024-05-03 1 1.25"]
        equal(texts(connection, days), watered)
        litres = "select * from garden.garden.litres_per_plant order by 1"
        equal(texts(connection, litres), ["1 FERN 3.25", "2 IVY 2.00", "3 MOSS 0.00"])

    @check("comments, clustering, views over physical tables")
    def _():
        described = """select comment from garden.information_schema.tables
                       where table_schema = 'GARDEN' and table_name = 'PLANTS_VIEW'"""
        equal(value(connection, described), "Plants as they are sold")
        column = """select comment from garden.information_schema.columns
                    where table_schema = 'GARDEN' and table_name = 'PLANTS_VIEW'
                    and column_name = 'PLANT_ID'"""
        equal(value(connection, column), "Key of a plant")
        clustered = """select clustering_key is not null from garden.information_schema.tables
                       where table_schema ilike 'sqlmesh__garden'
                       and table_name ilike '%waterings_by_day%'
                       and table_type = 'BASE TABLE'"""
        equal(set(rows(connection, clustered)), {(True,)})
        types = """select distinct table_type from garden.information_schema.tables
                   where table_schema = 'GARDEN'"""
        equal(texts(connection, types), ["VIEW"])

    @check("sqlmesh run: later intervals, by time, by key, by SCD type 2")
    def _():
        run_all(connection, CHANGED)
        said = sqlmesh("run", "--ignore-cron")
        equal("Run finished for environment 'prod'" in said, True, said)
        # The days that are done are not read again: what came late to 3 May is missing.
        days = "select * from garden.garden.waterings_by_day where day > '2024-05-02' order by 1, 2"
        equal(texts(connection, days), ["2024-05-03 1 1.25", "2024-05-04 2 3.00"])
        last = "select * from garden.garden.last_watering order by 1"
        equal(texts(connection, last), ["1 2024-05-03 23:30:00", "2 2024-05-04 10:00:00"])
        prices = """select plant_id, price, valid_from, iff(plant_id = 3, valid_to is not null, null),
                    iff(plant_id = 3, null, valid_to)
                    from garden.garden.price_history order by 1, 3"""
        expected = [
            "1 4.50 1970-01-01 00:00:00 None 2024-05-03 12:00:00",
            "1 5.00 2024-05-03 12:00:00 None None",
            "2 3.25 1970-01-01 00:00:00 None None",
            "3 1.00 1970-01-01 00:00:00 True None",
        ]
        equal(texts(connection, prices), expected)
        names = """select plant_id, name, valid_to is null from garden.garden.name_history
                   order by plant_id, valid_from"""
        known = ["1 Fern True", "2 Ivy False", "2 Ivy green True", "3 Moss True"]
        equal(texts(connection, names), known)

    @check("sqlmesh plan --restate-model: late rows are taken in")
    def _():
        sqlmesh(*restated("2024-05-03"))
        days = "select * from garden.garden.waterings_by_day order by 1, 2"
        first = ["2024-05-01 1 2.00", "2024-05-02 2 2.00"]
        equal(texts(connection, days), [*first, "2024-05-03 1 10.25", "2024-05-04 2 3.00"])

    @check("sqlmesh audit")
    def _():
        said = sqlmesh("audit", "--start", "2024-05-01", "--end", "2024-05-04")
        equal("Found 4 audit(s)" in said, True, said)
        equal("Finished with 0 audit errors" in said, True, said)

    @check("sqlmesh fetchdf and evaluate")
    def _():
        total = "select sum(litres) as litres from garden.garden.waterings_by_day"
        said = sqlmesh("fetchdf", total)
        equal("17.25" in said, True, said)
        day = ["--start", "2024-05-01", "--end", "2024-05-01"]
        said = sqlmesh("evaluate", "garden.last_watering", *day)
        equal("2024-05-01 20:00:00" in said and "2024-05-04" not in said, True, said)


def in_development(connection, project):
    @check("sqlmesh plan dev: a change is seen there alone")
    def _():
        model = project / "models" / "plants_view.sql"
        changed = model.read_text("utf8").replace("UPPER(name) AS name", "LOWER(name) AS name")
        model.write_text(changed, "utf8")
        sqlmesh(*PLAN, "dev", "--include-unmodified")
        shown = "select name from garden.{}.plants_view order by plant_id"
        equal(texts(connection, shown.format("garden__dev")), ["fern", "ivy", "moss"])
        equal(texts(connection, shown.format("garden")), ["FERN", "IVY", "MOSS"])

    @check("sqlmesh table_diff: rows that differ between the environments")
    def _():
        said = sqlmesh("table_diff", "prod:dev", "garden.litres_per_plant", "--show-sample")
        equal("fern" in said and "FERN" in said, True, said)
        equal("PARTIAL MATCH: 3 rows (100.0%)" in said, True, said)

    @check("an audit that fails stops a plan")
    def _():
        late = "(1, '2024-05-02 10:00', -50)"
        rows(connection, f"insert into garden.raw_garden.waterings values {late}")
        said = sqlmesh(*restated("2024-05-02"), succeeds=False)
        equal("litres_above_zero" in said.lower(), True, said)

    @check("sqlmesh invalidate: the environment goes")
    def _():
        sqlmesh("invalidate", "dev", "--sync")
        left = """select count(*) from garden.information_schema.schemata
                  where schema_name ilike 'garden__dev'"""
        equal(value(connection, left), 0)


def main():
    url = sys.argv[2]
    connection = connect(url)
    run_all(connection, LOADED)
    with tempfile.TemporaryDirectory() as folder:
        project = copied(Path(__file__).parent / "project", folder)
        (project / "config.py").write_text(snippet("python", url), "utf8")
        os.chdir(project)
        in_production(connection)
        in_development(connection, project)
        os.chdir(Path(__file__).parent)
    connection.close()
    return checks.finish()


sys.exit(main())
