"""Dynamic tables: made, changed, refreshed and replaced by dbt."""

from checks import check, equal
from connecting import rows, value
from dbt_runs import statuses
from projects import texts

from builds import HOOKS

# Two models, and the hooks of the project.
MADE = {"success": 2 + HOOKS}
SELECTED = ["--select", "dynamic_fares", "dynamic_income"]
INCOME = "select * from demo.dbt.dynamic_income order by bike_id"


def run_models(dbt, **variables):
    given = ", ".join(f"{name}: {text}" for name, text in {"dynamic": "true", **variables}.items())
    return dbt.must("run", "--vars", f"{{{given}}}", *SELECTED)


def shown(connection, columns):
    show = f"""show dynamic tables like 'dynamic_%' in schema demo.dbt
               ->> select {columns} from $1 order by "name" """
    return texts(connection, show)


def run(dbt, connection):
    @check("dynamic tables: the first run makes them with their rows")
    def _():
        equal(statuses(run_models(dbt)), MADE)
        equal(texts(connection, INCOME), ["1 11.25", "2 36.00", "3 5.00", "4 0.00"])
        columns = '"name", "target_lag", "scheduler", "refresh_mode", "warehouse", "comment"'
        fares = "DYNAMIC_FARES 2 minutes ENABLE INCREMENTAL COMPUTE_WH Fares as they come"
        income = "DYNAMIC_INCOME None DISABLE INCREMENTAL COMPUTE_WH "
        equal(shown(connection, columns), [fares, income])
        commented = """select column_name, comment from demo.information_schema.columns
                       where table_name = 'DYNAMIC_FARES' and comment is not null"""
        equal(texts(connection, commented), ["FARE What was paid"])
        granted = """show grants on dynamic table demo.dbt.dynamic_fares
                     ->> select "grantee_name" from $1 where "privilege" = 'SELECT'"""
        equal(texts(connection, granted), ["ANALYST"])

    @check("dynamic tables: another run finds them, and refreshes what has no lag")
    def _():
        made = shown(connection, '"created_on"')
        paid = "insert into demo.dbt_seeds.rentals (rental_id, bike_id, fare) values (999, 1, 7)"
        rows(connection, paid)
        rows(connection, "alter dynamic table demo.dbt.dynamic_fares refresh")
        equal(texts(connection, INCOME)[0], "1 11.25")
        run_models(dbt)
        equal(texts(connection, INCOME)[0], "1 18.25")
        equal(shown(connection, '"created_on"'), made)
        rows(connection, "delete from demo.dbt_seeds.rentals where rental_id = 999")

    @check("dynamic tables: a changed lag is altered, a full refresh makes them anew")
    def _():
        made = shown(connection, '"created_on"')
        run_models(dbt, lag="'5 minutes'")
        equal(shown(connection, '"target_lag"'), ["5 minutes", "None"])
        equal(shown(connection, '"created_on"'), made)
        given = ["--vars", "{dynamic: true}", "--full-refresh"]
        equal(statuses(dbt.must("run", *given, *SELECTED)), MADE)
        equal(shown(connection, '"target_lag"'), ["2 minutes", "None"])
        equal(texts(connection, INCOME)[0], "1 11.25")

    @check("dynamic tables: tests and the catalog know them")
    def _():
        given = ["--vars", "{dynamic: true}"]
        equal(statuses(dbt.must("test", *given, "--select", "dynamic_fares")), {"success": HOOKS, "pass": 1})
        kinds = """select count(*) from demo.information_schema.tables
                   where is_dynamic = 'YES' and table_type = 'BASE TABLE'"""
        equal(value(connection, kinds), 2)
